package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Numbers in nested lists, as arrays stand in configs. */
final class NumberTree {
  private NumberTree() {}

  /** The tensor of a number, or of lists of numbers nested to any depth. */
  static Tensor tensor(Object tree, DType dtype) {
    List<Long> dims = new ArrayList<>();
    Object first = tree;
    while (first instanceof List<?> list) {
      dims.add((long) list.size());
      first = list.isEmpty() ? 0 : list.get(0);
    }
    List<Double> flat = new ArrayList<>();
    collect(tree, flat);
    long[] sizes = dims.stream().mapToLong(Long::longValue).toArray();
    TensorType type = TensorType.of(dtype, sizes);
    if (type.shape().count() != flat.size()) {
      throw new OpException("array: the lists are not of equal length: got " + tree);
    }
    return Lax.constant(
        Literal.ofDoubles(type, flat.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private static void collect(@Nullable Object tree, List<Double> out) {
    if (tree instanceof List<?> list) {
      for (Object item : list) {
        collect(item, out);
      }
    } else if (tree instanceof Number number) {
      out.add(number.doubleValue());
    } else {
      throw new OpException("array: must hold numbers: got " + tree);
    }
  }
}
