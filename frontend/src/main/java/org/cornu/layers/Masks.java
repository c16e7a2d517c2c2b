package org.cornu.layers;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The mask that a layer attached to a tensor it returned ({@code _keras_mask} in Keras). */
public final class Masks {
  private static final Map<Tensor, Tensor> MASKS = Collections.synchronizedMap(new WeakHashMap<>());

  private Masks() {}

  /** The mask of a tensor: bool, true where elements count; null when it has none. */
  public static @Nullable Tensor of(Tensor x) {
    return MASKS.get(x);
  }

  /** Attaches a mask. */
  public static Tensor attach(Tensor x, @Nullable Tensor mask) {
    if (mask == null) {
      MASKS.remove(x);
    } else {
      MASKS.put(x, mask);
    }
    return x;
  }
}
