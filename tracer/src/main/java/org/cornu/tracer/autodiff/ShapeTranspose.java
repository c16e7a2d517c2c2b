package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of the ops that move, cut, pad and repeat. */
final class ShapeTranspose {
  private ShapeTranspose() {}

  /** Sums over what was repeated: new dimensions, and dimensions of size 1 made larger. */
  static Value broadcastInDim(TransposeSite s) {
    long[] places = s.op.longs("broadcast_dimensions");
    Shape from = s.type(0).shape();
    Shape to = s.op.result().shape();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (from.dim(i) == to.dim((int) places[i])) {
        order.add(i);
      }
    }
    order.sort((x, y) -> Long.compare(places[x], places[y]));
    long[] kept = order.stream().mapToLong(i -> places[i]).toArray();
    Value sum = s.e.reduceSum(s.ct(), Emit.others(to.rank(), kept));
    // dimensions now stand in the order of the result; put them in the order of the operand
    List<Integer> sorted = order.stream().sorted().toList();
    long[] permutation = sorted.stream().mapToLong(order::indexOf).toArray();
    return s.e.reshape(s.e.transpose(sum, permutation), from);
  }

  static Value broadcast(TransposeSite s) {
    return s.e.reduceSum(s.ct(), Emit.range(0, s.op.longs("broadcast_sizes").length));
  }

  static List<@Nullable Value> concatenate(TransposeSite s) {
    int dim = (int) s.op.intAttribute("dimension", 0);
    List<@Nullable Value> out = s.empty();
    long from = 0;
    for (int i = 0; i < s.arity(); i++) {
      long size = s.type(i).dim(dim);
      if (s.isLinear(i)) {
        out.set(i, s.e.slice(s.ct(), dim, from, from + size));
      }
      from += size;
    }
    return out;
  }

  static Value slice(TransposeSite s) {
    return slice(s, s.op.longs("start_indices"), s.op.longs("strides"));
  }

  private static Value slice(TransposeSite s, long[] starts, long[] strides) {
    Shape from = s.type(0).shape();
    Shape out = s.ct().shape();
    long[] high = new long[starts.length];
    long[] low = starts.clone();
    for (int i = 0; i < high.length; i++) {
      if (out.dim(i) == 0) {
        low[i] = from.dim(i);
      } else {
        high[i] = from.dim(i) - (starts[i] + 1 + (out.dim(i) - 1) * strides[i]);
      }
    }
    Value zero = s.e.scalar(s.ct().dtype(), 0);
    return s.b.pad(s.ct(), zero, low, high, Windows.minusOne(strides));
  }

  static Value realDynamicSlice(TransposeSite s) {
    return slice(s, constants(s, 1), constants(s, 3));
  }

  /** The elements of a constant operand. */
  static long[] constants(TransposeSite s, int operand) {
    Literal literal = Monoid.constant(s.x(operand));
    if (literal == null) {
      throw s.missing("operand " + operand + " would have to be a constant");
    }
    long[] out = new long[Math.toIntExact(s.type(operand).shape().count())];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.longAt(literal.count() == 1 ? 0 : i);
    }
    return out;
  }

  static List<@Nullable Value> pad(TransposeSite s) {
    return pad(
        s,
        s.op.longs("edge_padding_low"),
        s.op.longs("edge_padding_high"),
        s.op.longs("interior_padding"));
  }

  static List<@Nullable Value> dynamicPad(TransposeSite s) {
    return pad(s, constants(s, 2), constants(s, 3), constants(s, 4));
  }

  private static List<@Nullable Value> pad(
      TransposeSite s, long[] low, long[] high, long[] interior) {
    Value operand = unpad(s.b, s.ct(), s.type(0).shape(), low, high, interior);
    List<@Nullable Value> out = s.first(operand);
    if (s.isLinear(1)) {
      Value all = s.e.reduceSum(s.ct(), Emit.range(0, low.length));
      Value kept = s.e.reduceSum(operand, Emit.range(0, low.length));
      out.set(1, s.b.subtract(all, kept));
    }
    return out;
  }

  /** What lies where the elements of an operand of shape {@code from} went; 0 for those cut off. */
  static Value unpad(
      Builder b, Value padded, Shape from, long[] low, long[] high, long[] interior) {
    int rank = low.length;
    Value zero = b.constant(padded.dtype(), 0);
    Value full = b.pad(padded, zero, negated(low), negated(high), new long[rank]);
    long[] strides = interior.clone();
    long[] limits = new long[rank];
    for (int i = 0; i < rank; i++) {
      strides[i]++;
      limits[i] = Windows.dilated(from.dim(i), strides[i]);
    }
    return b.slice(full, new long[rank], limits, strides);
  }

  private static long[] negated(long[] values) {
    return Arrays.stream(values).map(v -> -v).toArray();
  }

  private static List<Value> starts(TransposeSite s, int from) {
    return s.op.operands().subList(from, s.arity());
  }

  static Value dynamicSlice(TransposeSite s) {
    return s.b.dynamicUpdateSlice(s.e.zeros(s.type(0)), s.ct(), starts(s, 1));
  }

  static List<@Nullable Value> dynamicUpdateSlice(TransposeSite s) {
    List<@Nullable Value> out = s.empty();
    if (s.isLinear(0)) {
      out.set(0, s.b.dynamicUpdateSlice(s.ct(), s.e.zeros(s.type(1)), starts(s, 2)));
    }
    if (s.isLinear(1)) {
      out.set(1, s.b.dynamicSlice(s.ct(), starts(s, 2), s.type(1).shape().dims()));
    }
    return out;
  }
}
