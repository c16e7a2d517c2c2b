package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Distinct rows of a matrix: sorted, then compared with their neighbours. */
final class Distinct {
  private Distinct() {}

  /** Rows {@code [n, m]} in lexicographic order, where each stood, and whether it is the first. */
  static List<Tensor> sorted(Tensor rows) {
    int n = rows.size(0);
    int m = rows.size(1);
    List<Tensor> operands = new ArrayList<>();
    for (int j = 0; j < m; j++) {
      operands.add(Lax.reshape(Lax.sliceInDim(rows, j, j + 1L, 1, 1), n));
    }
    operands.add(Lax.iota(DType.I32, n));
    List<Tensor> out =
        Dispatch.many(
            (b, v) -> b.sort(List.of(v), 0, true, lexicographic(List.of(v))),
            operands.toArray(new Tensor[0]));
    Tensor order = out.get(m);
    Tensor first = Lax.full(DType.BOOL, m == 0 ? 0 : 1, Math.min(1, n));
    if (n > 1) {
      Tensor changed = Lax.full(DType.BOOL, 0, n - 1L);
      for (Tensor column : out.subList(0, m)) {
        changed =
            Lax.bitwiseOr(
                changed,
                Lax.ne(
                    Lax.sliceInDim(column, 1, n, 1, 0), Lax.sliceInDim(column, 0, n - 1L, 1, 0)));
      }
      first = Lax.concatenate(List.of(Lax.full(DType.BOOL, 1, 1), changed), 0);
    }
    Tensor ordered = n == 0 ? rows : NpIndexing.get(rows, Index.at(order));
    return List.of(ordered, order, first);
  }

  /** {@code (a0, b0, a1, b1, …, i, j) -> (a0, a1, …) < (b0, b1, …)}. */
  private static Block lexicographic(List<Value> operands) {
    List<Type> types = new ArrayList<>();
    for (Value operand : operands) {
      types.add(TensorType.of(operand.dtype()));
      types.add(TensorType.of(operand.dtype()));
    }
    Block body = new Block(types);
    Builder b = new Builder(body);
    Value less = b.constant(DType.BOOL, 0);
    for (int k = operands.size() - 2; k >= 0; k--) {
      Value x = body.argument(2 * k);
      Value y = body.argument(2 * k + 1);
      Value smaller = b.compare(x, y, Comparison.LT);
      Value equal = b.compare(x, y, Comparison.EQ);
      if (x.dtype().isFloat()) {
        Value xNan = b.compare(x, x, Comparison.NE);
        Value yNan = b.compare(y, y, Comparison.NE);
        smaller = b.or(smaller, b.and(yNan, b.not(xNan)));
        equal = b.or(equal, b.and(xNan, yNan));
      }
      less = b.or(smaller, b.and(equal, less));
    }
    return body.returns(List.of(less));
  }

  /** Distinct rows, their first positions, the number of each row, and counts. */
  static List<Tensor> select(
      Tensor rows, Tensor order, Tensor first, int size, @Nullable Double fill) {
    long n = rows.shape().dim(0);
    Tensor flags = Lax.convertElementType(first, DType.I32);
    if (n == 0 || size == 0) {
      return List.of(
          Lax.full(rows.dtype(), fill == null ? 0 : fill, size, rows.shape().dim(1)),
          Lax.full(DType.I32, 0, size),
          Lax.full(DType.I32, 0, n),
          Lax.full(DType.I32, 0, size));
    }
    Tensor number = Np.subtract(Np.cumsum(flags, 0), 1L);
    Tensor bounds = Np.nonzero(first, size + 1, (int) n).get(0);
    Tensor starts = Lax.sliceInDim(bounds, 0, size, 1, 0);
    Tensor missing = Np.greaterEqual(starts, n);
    Tensor safe = Np.where(missing, 0L, starts);
    Tensor values = Np.get(rows, Index.at(safe));
    if (fill != null) {
      values = Np.where(Np.expandDims(missing, 1), fill, values);
    }
    Tensor index = Np.get(order, Index.at(safe));
    Tensor inverse = new Updates(Lax.full(DType.I32, 0, n), Index.at(order)).set(number);
    Tensor next = Lax.sliceInDim(bounds, 1, size + 1L, 1, 0);
    Tensor counts = Np.where(missing, 0L, Lax.sub(next, starts));
    return List.of(Lax.convertElementType(values, rows.dtype()), index, inverse, counts);
  }
}
