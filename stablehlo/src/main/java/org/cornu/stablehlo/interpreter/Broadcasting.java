package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;

/** Implicit broadcasting of CHLO, and the ops of it whose attributes need reading. */
final class Broadcasting {
  private Broadcasting() {}

  static Array binary(Call c, OpCode code) {
    Array[] pair = pair(c);
    return ElementwiseKernels.binary(code, pair[0], pair[1]);
  }

  /** Both operands at their common shape. */
  static Array[] pair(Call c) {
    Array x = c.x(0);
    Array y = c.x(1);
    if (c.op.attribute("broadcast_dimensions") instanceof Attribute.Longs longs
        && x.rank() != y.rank()) {
      int[] to = Indexing.ints(longs.values());
      int[] wide = x.rank() > y.rank() ? x.dims : y.dims;
      int[] padded = new int[wide.length];
      Arrays.fill(padded, 1);
      Array narrow = x.rank() > y.rank() ? y : x;
      for (int i = 0; i < to.length; i++) {
        padded[to[i]] = narrow.dims[i];
      }
      x = x.rank() > y.rank() ? x : x.reshape(padded);
      y = c.x(0).rank() > y.rank() ? y.reshape(padded) : y;
    }
    int[] dims = common(x.dims, y.dims);
    return new Array[] {expand(x, dims), expand(y, dims)};
  }

  /** The shape that two shapes broadcast to, aligned at their last dimensions. */
  private static int[] common(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] out = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int x = i <= a.length ? a[a.length - i] : 1;
      int y = i <= b.length ? b[b.length - i] : 1;
      if (x != y && x != 1 && y != 1) {
        throw new InterpreterException(
            "shapes must broadcast: got " + Arrays.toString(a) + " and " + Arrays.toString(b));
      }
      out[rank - i] = x == 1 ? y : x;
    }
    return out;
  }

  private static Array expand(Array x, int[] dims) {
    if (Arrays.equals(x.dims, dims)) {
      return x;
    }
    int[] to = new int[x.rank()];
    for (int i = 0; i < to.length; i++) {
      to[i] = dims.length - x.rank() + i;
    }
    return ShapeKernels.broadcastInDim(x, dims, to);
  }

  static Array select(Array predicate, Array onTrue, Array onFalse) {
    int[] dims = common(common(onTrue.dims, onFalse.dims), predicate.dims);
    Array chooser = predicate.rank() == 0 ? predicate : expand(predicate, dims);
    return ElementwiseKernels.select(chooser, expand(onTrue, dims), expand(onFalse, dims));
  }

  /** The legacy {@code broadcast}: new dimensions in front. */
  static Array broadcast(Array x, int[] sizes) {
    int[] to = new int[x.rank()];
    for (int i = 0; i < to.length; i++) {
      to[i] = sizes.length + i;
    }
    return ShapeKernels.broadcastInDim(x, Indexing.concat(sizes, x.dims), to);
  }

  static Array constantLike(Call c) {
    DType dtype = c.resultDtype();
    Attribute value = c.op.attribute("value");
    Array scalar;
    if (value instanceof Attribute.Int integer) {
      scalar = Array.scalar(DType.I64, integer.value().longValue());
    } else if (value instanceof Attribute.Real real) {
      scalar = Array.ofReals(DType.F64, Array.SCALAR, new double[] {real.value()});
    } else if (value instanceof Attribute.Bool bool) {
      scalar = Array.bool(bool.value());
    } else if (value instanceof Attribute.Elements elements) {
      scalar = Array.of(elements.literal());
    } else {
      throw new InterpreterException("value must be a number, got " + value);
    }
    return ShapeKernels.splat(Conversions.convert(scalar, dtype), c.x(0).dims);
  }

  /** Padding of {@code dynamic_conv}: a matrix of low and high amounts. */
  static int[][] pairs(Array x) {
    int[] flat = ShapeKernels.ints(x);
    int[][] out = new int[flat.length / 2][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new int[] {flat[2 * i], flat[2 * i + 1]};
    }
    return out;
  }

  /** Cuts a dimension to a size, or fills it up with zeros. */
  static Array resize(Array x, int axis, int size) {
    int[] none = new int[x.rank()];
    int[] high = new int[x.rank()];
    high[axis] = size - x.dims[axis];
    return ShapeKernels.pad(x, Array.zeros(x.element, Array.SCALAR), none, high, none);
  }

  static Array raggedDot(Call c) {
    String numbers = String.valueOf(c.op.attribute("ragged_dot_dimension_numbers"));
    int[] ragged = field(numbers, "lhs_ragged_dimensions");
    return DotKernels.raggedDot(
        c.x(0),
        c.x(1),
        c.x(2),
        field(numbers, "lhs_batching_dimensions"),
        field(numbers, "rhs_batching_dimensions"),
        field(numbers, "lhs_contracting_dimensions"),
        field(numbers, "rhs_contracting_dimensions"),
        ragged.length == 0 ? -1 : ragged[0],
        field(numbers, "rhs_group_dimensions"),
        c.resultDtype());
  }

  private static int[] field(String struct, String name) {
    Matcher matcher = Pattern.compile(name + "\\s*=\\s*\\[([^\\]]*)\\]").matcher(struct);
    if (!matcher.find() || matcher.group(1).isBlank()) {
      return new int[0];
    }
    return Arrays.stream(matcher.group(1).split(","))
        .mapToInt(text -> Integer.parseInt(text.trim()))
        .toArray();
  }
}
