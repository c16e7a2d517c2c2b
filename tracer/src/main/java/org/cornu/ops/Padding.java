package org.cornu.ops;

import org.cornu.tracer.OpException;

/** How the edges of a window that moves over an axis are treated. */
public enum Padding {
  /** Windows lie inside. */
  VALID,
  /**
   * Zeros around, so that the output has {@code ceil(size / stride)} positions; where their number
   * is odd, one more stands behind.
   */
  SAME,
  /** Zeros before only: no output depends on later input. Convolutions of one dimension. */
  CAUSAL;

  /** The padding by Keras' name. */
  public static Padding of(String name) {
    for (Padding padding : values()) {
      if (padding.name().equalsIgnoreCase(name)) {
        return padding;
      }
    }
    throw new OpException("padding: must be valid, same or causal: got '" + name + "'");
  }

  /** Keras' name. */
  public String kerasName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Padding {before, behind} of an axis. */
  public long[] amounts(long size, long window, long stride, long dilation) {
    long reach = (window - 1) * dilation + 1;
    return switch (this) {
      case VALID -> new long[] {0, 0};
      case SAME -> {
        long outputs = (size + stride - 1) / stride;
        long total = Math.max((outputs - 1) * stride + reach - size, 0);
        yield new long[] {total / 2, total - total / 2};
      }
      case CAUSAL -> new long[] {reach - 1, 0};
    };
  }
}
