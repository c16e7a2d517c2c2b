package org.cornu.ops;

import java.util.Locale;
import org.cornu.tracer.OpException;

/** What stands beyond the edges of an image. */
public enum FillMode {
  /** A constant. */
  CONSTANT,
  /** The pixel at the edge. */
  NEAREST,
  /** The other end. */
  WRAP,
  /** Mirrored at the centre of the pixel at the edge. */
  MIRROR,
  /** Mirrored at the edge: the pixel there comes twice. */
  REFLECT;

  /** The mode by Keras' name. */
  public static FillMode of(String name) {
    for (FillMode mode : values()) {
      if (mode.name().equalsIgnoreCase(name)) {
        return mode;
      }
    }
    throw new OpException(
        "fill mode: must be constant, nearest, wrap, mirror or reflect: got '" + name + "'");
  }

  /** Keras' name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
