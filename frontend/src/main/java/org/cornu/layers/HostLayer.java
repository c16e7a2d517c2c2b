package org.cornu.layers;

import java.util.List;

/**
 * A layer that works on the host, before what a program computes: on strings, or on integers whose
 * values are known. It prepares data; it cannot stand inside a compiled model.
 */
public interface HostLayer {
  /**
   * The output for inputs of any kind that the layer takes.
   *
   * @param inputs each a {@link Strings} or a tensor with values
   * @return a tensor, or {@link Strings} where categories become strings again
   */
  Object transform(List<?> inputs);
}
