package org.cornu.tracer;

import java.util.List;

/**
 * A class of the user's own that is a pytree node. Records, lists, maps, arrays and optionals are
 * nodes without it.
 *
 * @param <T> the class itself
 */
public interface TreeNode<T extends TreeNode<T>> {
  /** Names of the components, as they appear in paths. */
  List<String> componentNames();

  /** The components, tensors, trees or static values, in the order of their names. */
  List<Object> components();

  /** The same object around other components. */
  T withComponents(List<Object> components);
}
