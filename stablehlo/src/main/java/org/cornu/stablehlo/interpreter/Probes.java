package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values that {@code interpreter.probe} ops have seen, by probe and in order. */
final class Probes {
  private final Map<String, List<Array>> seen = new HashMap<>();

  synchronized void record(String id, Array value) {
    seen.computeIfAbsent(id, k -> new ArrayList<>()).add(value);
  }

  /** The value of one visit, counted from 0. */
  synchronized Array get(String id, int iteration) {
    List<Array> values = seen.getOrDefault(id, List.of());
    if (iteration < 0 || iteration >= values.size()) {
      throw new InterpreterException(
          "probe '"
              + id
              + "' was visited "
              + values.size()
              + " times, so not in iteration "
              + iteration);
    }
    return values.get(iteration);
  }
}
