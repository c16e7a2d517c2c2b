package org.cornu.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerState;

/**
 * The paths under which Keras stores the variables of a model and its layers: attributes in sorted
 * order, list members named by class in snake case with a number; the first path of a shared layer
 * counts.
 */
final class SavedTree {
  /** One layer and its path, empty for the model itself. */
  record Entry(String path, Layer<?> layer) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Set<Layer<?>> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private SavedTree() {}

  static List<Entry> of(Model model) {
    SavedTree tree = new SavedTree();
    tree.walk("", model);
    return tree.entries;
  }

  private void walk(String path, Layer<?> layer) {
    if (!seen.add(layer)) {
      return;
    }
    entries.add(new Entry(path, layer));
    if (layer instanceof Model model && (model.graph() != null || model instanceof Sequential)) {
      walkList(join(path, "layers"), model.layers());
    }
    List<LayerState.Child> children = new ArrayList<>(layer.children());
    children.sort(
        Comparator.comparing((LayerState.Child c) -> c.attribute().startsWith("_"))
            .thenComparing(LayerState.Child::attribute));
    Map<String, List<Layer<?>>> lists = new java.util.LinkedHashMap<>();
    for (LayerState.Child child : children) {
      if (child.inList()) {
        lists.computeIfAbsent(child.attribute(), a -> new ArrayList<>()).add(child.layer());
      }
    }
    Set<String> done = new java.util.HashSet<>();
    for (LayerState.Child child : children) {
      if (!child.inList()) {
        walk(join(path, child.attribute()), child.layer());
      } else if (done.add(child.attribute())) {
        walkList(join(path, child.attribute()), lists.getOrDefault(child.attribute(), List.of()));
      }
    }
  }

  private void walkList(String path, List<Layer<?>> layers) {
    Map<String, Integer> used = new HashMap<>();
    for (Layer<?> layer : layers) {
      String name = layer.plainName();
      int count = used.merge(name, 1, Integer::sum) - 1;
      walk(join(path, count == 0 ? name : name + "_" + count), layer);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }
}
