package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of {@code scatter}, by what its region does. */
final class ScatterJvp {
  private final JvpSite s;
  private final Emit e;
  private final Builder b;
  private final DimensionNumbers.Scatter dims;
  private final boolean sorted;
  private final boolean unique;
  private final Value indices;

  private ScatterJvp(JvpSite s, int n) {
    this.s = s;
    this.e = s.e;
    this.b = s.b;
    this.dims = s.op.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class);
    this.sorted = s.op.boolAttribute("indices_are_sorted", false);
    this.unique = s.op.boolAttribute("unique_indices", false);
    this.indices = s.x(n);
  }

  static List<@Nullable Value> scatter(JvpSite s) {
    int n = (s.arity() - 1) / 2;
    ScatterJvp rule = new ScatterJvp(s, n);
    Block body = s.op.region(0);
    List<@Nullable Value> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean active = s.isActive(i) || s.isActive(n + 1 + i);
      out.add(active ? rule.tangent(body, i, n) : null);
    }
    return out;
  }

  private @Nullable Value tangent(Block body, int i, int n) {
    int update = n + 1 + i;
    if (Monoid.isReplacement(body, i, n)) {
      return unique ? put(s.dxOrZeros(i), s.dxOrZeros(update), null) : winner(i, update, n);
    }
    OpCode code = Monoid.of(body, i, n);
    if (code == OpCode.ADD) {
      return put(s.dxOrZeros(i), s.dxOrZeros(update), OpCode.ADD);
    }
    if (code == OpCode.MULTIPLY) {
      return product(i, update);
    }
    if (code == OpCode.MAXIMUM || code == OpCode.MINIMUM) {
      return extremum(i, update);
    }
    throw s.missing("its region must add, multiply, take the maximum or minimum, or replace");
  }

  private Value put(Value x, Value update, @Nullable OpCode code) {
    return b.scatter(x, indices, update, dims, sorted, unique, code);
  }

  private Value read(Value from, Shape update) {
    long[] sizes = Indices.sliceSizes(dims, from.shape(), update);
    return b.gather(from, indices, Indices.mirror(dims), sizes, sorted);
  }

  private @Nullable Value product(int i, int update) {
    Value first = s.isActive(i) ? put(s.dxOrZeros(i), s.x(update), OpCode.MULTIPLY) : null;
    Value du = s.dx(update);
    if (du == null) {
      return first;
    }
    if (!unique) {
      throw s.missing(
          "multiplying has a derivative in its updates only where indices are unique "
              + "(unique_indices = true)");
    }
    Value spread = put(e.zeros(s.x(i).type()), du, OpCode.ADD);
    return e.sum(first, b.multiply(s.x(i), spread));
  }

  /** All that equal the result, the old value among them, share its tangent. */
  private @Nullable Value extremum(int i, int update) {
    Value x = s.x(i);
    Value y = s.results().get(i);
    Value u = s.x(update);
    DType dtype = y.dtype();
    Value lands = Indices.lands(e, indices, dims, x.shape(), u.shape());
    Value equal = b.and(b.compare(u, read(y, u.shape()), Comparison.EQ), lands);
    Value won = e.indicator(equal, dtype);
    Value kept = e.indicator(b.compare(x, y, Comparison.EQ), dtype);
    Value count = b.add(kept, put(e.zeros(x.type()), won, OpCode.ADD));
    Value du = s.dx(update);
    Value total = e.mul(s.dx(i), kept);
    if (du != null) {
      total = e.sum(total, put(e.zeros(x.type()), b.multiply(du, won), OpCode.ADD));
    }
    return total == null ? null : b.divide(total, count);
  }

  /**
   * Replacement where several updates may hit one place: numbers of updates are scattered in their
   * stead to learn which one won, the others are masked, and sums take the place of replacement, in
   * the value as in the tangent, so that both follow the same winner.
   */
  private Value winner(int i, int update, int n) {
    Value x = s.x(i);
    Value u = s.x(update);
    Shape shape = u.shape();
    long[] window = Emit.longs(dims.updateWindowDims());
    long[] places = Emit.others(shape.rank(), window);
    long[] sizes = new long[places.length];
    long count = 1;
    for (int d = 0; d < places.length; d++) {
      sizes[d] = shape.dim((int) places[d]);
      count *= sizes[d];
    }
    DType id = count < Integer.MAX_VALUE ? DType.I32 : DType.I64;
    Value numbers = e.plus(b.iota(TensorType.of(id, count), 0), 1);
    Value ids = b.broadcastInDim(e.reshape(numbers, Shape.of(sizes)), shape, places);
    Value landed = put(e.zeros(TensorType.of(id, x.shape())), ids, null);
    Value won = b.compare(ids, read(landed, shape), Comparison.EQ);
    Value untouched = b.compare(landed, e.like(landed, 0), Comparison.EQ);
    if (n == 1) {
      Value value =
          put(
              b.select(untouched, x, e.zeros(x.type())),
              b.select(won, u, e.zeros(u.type())),
              OpCode.ADD);
      s.emitted(List.of(value));
    }
    return put(
        e.orZeros(e.where(untouched, s.dx(i)), x.type()),
        e.orZeros(e.where(won, s.dx(update)), u.type()),
        OpCode.ADD);
  }
}
