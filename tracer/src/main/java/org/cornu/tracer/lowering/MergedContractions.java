package org.cornu.tracer.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Contracted dimensions that lie side by side in both factors, as batch and time do in the gradient
 * of a weight, merged into one by reshaping, which costs nothing. XLA's CPU compiler brings a
 * product over several dimensions into its own form by transposing a factor in memory.
 */
final class MergedContractions {
  private MergedContractions() {}

  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    DimensionNumbers.Dot dims = op.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    Value left = operands.get(0);
    Value right = operands.get(1);
    DimensionNumbers.Dot next = dims;
    boolean known = left.shape().isStatic() && right.shape().isStatic();
    int pair = known ? pair(next) : -1;
    while (pair >= 0) {
      left = merged(b, left, next.lhsContracting().get(pair).intValue());
      right = merged(b, right, next.rhsContracting().get(pair).intValue());
      next = merged(next, pair);
      pair = pair(next);
    }
    if (next == dims) {
      return null;
    }
    Map<String, Attribute> attributes = new TreeMap<>(op.attributes());
    attributes.put("dot_dimension_numbers", next);
    return b.create(
            OpCode.DOT_GENERAL,
            List.of(left, right),
            attributes,
            List.of(),
            List.of(op.result().type()))
        .results();
  }

  /** The number of a contraction that the next one follows directly in both factors, or -1. */
  private static int pair(DimensionNumbers.Dot dims) {
    for (int i = 0; i + 1 < dims.lhsContracting().size(); i++) {
      if (dims.lhsContracting().get(i) + 1 == dims.lhsContracting().get(i + 1)
          && dims.rhsContracting().get(i) + 1 == dims.rhsContracting().get(i + 1)) {
        return i;
      }
    }
    return -1;
  }

  private static Value merged(Builder b, Value x, int dim) {
    Shape shape = x.shape();
    return b.reshape(x, shape.with(dim, shape.dim(dim) * shape.dim(dim + 1)).remove(dim + 1));
  }

  private static DimensionNumbers.Dot merged(DimensionNumbers.Dot dims, int pair) {
    long left = dims.lhsContracting().get(pair);
    long right = dims.rhsContracting().get(pair);
    return new DimensionNumbers.Dot(
        without(dims.lhsBatching(), left, -1),
        without(dims.rhsBatching(), right, -1),
        without(dims.lhsContracting(), left, pair + 1),
        without(dims.rhsContracting(), right, pair + 1));
  }

  /** Dimensions after {@code merged + 1} move up by one; entry {@code dropped} goes. */
  private static List<Long> without(List<Long> dims, long merged, int dropped) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      if (i != dropped) {
        out.add(dims.get(i) > merged ? dims.get(i) - 1 : dims.get(i));
      }
    }
    return out;
  }
}
