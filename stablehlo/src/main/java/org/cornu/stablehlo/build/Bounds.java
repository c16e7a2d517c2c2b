package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/**
 * Upper bounds of open sizes, as the encoding {@code #stablehlo.bounds<3, ?>} of a tensor type
 * spells them. An absent bound is {@link Shape#DYNAMIC}.
 */
final class Bounds {
  private static final long[] NONE = new long[0];

  private Bounds() {}

  private static long number(String word) {
    try {
      return Long.parseUnsignedLong(word);
    } catch (NumberFormatException e) {
      throw new VerifyException(
          "type", "", "bounds must be numbers or ?, got '" + word + "'", Location.UNKNOWN);
    }
  }

  /** One bound per dimension; an empty array when the type carries no bounds. */
  static long[] of(TensorType type) {
    String encoding = type.encoding();
    if (encoding == null) {
      return NONE;
    }
    int from;
    int to;
    if (encoding.startsWith("#stablehlo.bounds<")) {
      from = encoding.indexOf('<') + 1;
      to = encoding.lastIndexOf('>');
    } else if (encoding.startsWith("#stablehlo.type_extensions<")) {
      from = encoding.indexOf('[') + 1;
      to = encoding.indexOf(']');
    } else {
      return NONE;
    }
    List<Long> out = new ArrayList<>();
    int at = from;
    while (at < to) {
      int comma = encoding.indexOf(',', at);
      int end = comma < 0 || comma > to ? to : comma;
      String word = encoding.substring(at, end).trim();
      if (!word.isEmpty()) {
        out.add(word.equals("?") ? Shape.DYNAMIC : number(word));
      }
      at = end + 1;
    }
    long[] bounds = new long[out.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = out.get(i);
    }
    return bounds;
  }

  /** Checks that a type has one bound per dimension, and none where the size is known. */
  static void checkType(Type type, Location location) {
    if (!(type instanceof TensorType tensor) || tensor.encoding() == null) {
      return;
    }
    String encoding = tensor.encoding();
    if (!encoding.startsWith("#stablehlo.")) {
      return;
    }
    long[] bounds = of(tensor);
    boolean fits = bounds.length == tensor.rank();
    for (int i = 0; fits && i < bounds.length; i++) {
      fits = bounds[i] == Shape.DYNAMIC || tensor.dim(i) == Shape.DYNAMIC;
    }
    if (!fits) {
      throw new VerifyException(
          "type",
          "",
          "bounds must be one per dimension, and ? where the size is known, got " + type,
          location);
    }
  }

  /** The encoding with these bounds, or null when none is given. */
  static @Nullable String encoding(long[] bounds) {
    boolean any = false;
    StringBuilder out = new StringBuilder("#stablehlo.bounds<");
    for (int i = 0; i < bounds.length; i++) {
      any |= bounds[i] != Shape.DYNAMIC;
      out.append(i == 0 ? "" : ", ");
      out.append(bounds[i] == Shape.DYNAMIC ? "?" : Long.toString(bounds[i]));
    }
    return any ? out.append('>').toString() : null;
  }

  /** A tensor type with these sizes and bounds. */
  static TensorType tensor(TensorType like, long[] dims, long[] bounds) {
    return new TensorType(Shape.of(dims), like.element(), encoding(bounds));
  }

  /** The bounds of a type, filled with {@link Shape#DYNAMIC} where it carries none. */
  static long[] filled(TensorType type) {
    long[] bounds = of(type);
    if (bounds.length == type.rank()) {
      return bounds;
    }
    long[] out = new long[type.rank()];
    java.util.Arrays.fill(out, Shape.DYNAMIC);
    return out;
  }
}
