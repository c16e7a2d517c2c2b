package org.cornu.stablehlo.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The names of values that may be used at the cursor: those of the regions around it. */
final class Scope {
  private final Map<String, Group> values = new HashMap<>();
  private final Deque<Level> levels = new ArrayDeque<>();

  /** The values of a name, and how many regions stand around their definition. */
  record Group(List<Value> values, int depth) {}

  private record Level(boolean isolated, List<Hidden> hidden) {}

  private record Hidden(String name, @Nullable Group before) {}

  /** Forgets everything, at the beginning of a function. */
  void clear() {
    values.clear();
    levels.clear();
    levels.push(new Level(true, new ArrayList<>()));
  }

  /** Begins a region; names within an isolated one may repeat names outside. */
  void push(boolean isolated) {
    levels.push(new Level(isolated, new ArrayList<>()));
  }

  /** Ends a region and forgets its names. */
  void pop() {
    List<Hidden> hidden = levels.pop().hidden();
    for (int i = hidden.size() - 1; i >= 0; i--) {
      Hidden entry = hidden.get(i);
      if (entry.before() == null) {
        values.remove(entry.name());
      } else {
        values.put(entry.name(), entry.before());
      }
    }
  }

  /** Names a group of values; false if the name is taken. */
  boolean define(String name, List<Value> group) {
    Group before = values.put(name, new Group(group, levels.size()));
    Level level = levels.element();
    if (before != null && (!level.isolated() || definedHere(level, name))) {
      return false;
    }
    level.hidden().add(new Hidden(name, before));
    return true;
  }

  private static boolean definedHere(Level level, String name) {
    for (Hidden hidden : level.hidden()) {
      if (hidden.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Gives a name another meaning until the region ends. */
  void shadow(String name, List<Value> group) {
    Group before = values.put(name, new Group(group, levels.size()));
    levels.element().hidden().add(new Hidden(name, before));
  }

  /** The values of this name, or null. */
  @Nullable Group get(String name) {
    return values.get(name);
  }

  /** How many regions are open. */
  int depth() {
    return levels.size();
  }
}
