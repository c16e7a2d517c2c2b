package org.cornu.optim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/** Trees whose leaves are met together with their paths. */
final class Paths {
  private Paths() {}

  /** What becomes of one leaf of two trees. */
  interface LeafFunction {
    Tensor apply(String path, Tensor first, Tensor second);
  }

  /** A tree made of two trees of equal structure. */
  static <T> T map(T tree, T other, LeafFunction f) {
    List<String> paths = Trees.paths(tree);
    int[] at = new int[1];
    return Trees.map(tree, other, (a, b) -> f.apply(paths.get(at[0]++), a, b));
  }

  /** The leaves whose paths are chosen. */
  static Map<String, Tensor> select(Object tree, Predicate<String> chosen) {
    Map<String, Tensor> out = new LinkedHashMap<>();
    Trees.byPath(tree)
        .forEach(
            (path, leaf) -> {
              if (chosen.test(path)) {
                out.put(path, leaf);
              }
            });
    return out;
  }

  /** The tree with the leaves that {@code replacements} holds replaced. */
  static <T> T replace(T tree, Map<String, Tensor> replacements) {
    return Trees.mapWithPath(tree, (path, leaf) -> replacements.getOrDefault(path, leaf));
  }

  /** The entry of a path, which must be there. */
  static <V> V at(Map<String, V> map, String path) {
    V value = map.get(path);
    if (value == null) {
      throw new IllegalArgumentException(
          "optim.update: the state has nothing for '"
              + path
              + "': it was made for other parameters, with "
              + new ArrayList<>(map.keySet()));
    }
    return value;
  }
}
