package org.cornu.tracer.lowering;

import java.util.List;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code select_and_scatter} whose windows do not overlap, by masks: the winner of each window is
 * found by comparing its elements one after the other, as the op is defined, and each element of
 * the result is then the source's or none. What the select region says of ties and NaN is kept,
 * since it is its comparison that is used.
 */
final class PoolGradientMasks {
  /** The most elements of a window, each a comparison that is written out. */
  private static final long MOST_ELEMENTS = 32;

  private PoolGradientMasks() {}

  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Op comparison = only(op.region(0), OpCode.COMPARE);
    Op sum = only(op.region(1), OpCode.ADD);
    WindowConfig w = WindowConfig.fromOp(op);
    Shape shape = op.operand(0).shape();
    Shape windows = op.operand(1).shape();
    if (comparison == null
        || sum == null
        || !isZero(op.operand(2))
        || !shape.isStatic()
        || shape.count() == 0
        || windows.count() == 0
        || Convolved.product(w.dimensions()) > MOST_ELEMENTS
        || Convolved.product(w.dimensions()) == 1) {
      return null;
    }
    for (int d = 0; d < shape.rank(); d++) {
      if (w.strides()[d] < w.dimensions()[d] || w.padding()[d][0] < 0 || w.padding()[d][1] < 0) {
        return null;
      }
    }
    return List.of(new Winners(b, w, shape, windows, comparison).scattered(operands));
  }

  /** Only then do the specification's interpreter and XLA agree on what is added how often. */
  private static boolean isZero(Value init) {
    Op op = init.op();
    return op != null
        && op.code() == OpCode.CONSTANT
        && op.attribute("value") instanceof Attribute.Elements elements
        && elements.literal().doubleAt(0) == 0;
  }

  /** The only op of a region, if it is {@code code} of the region's arguments in order. */
  private static @Nullable Op only(Block region, OpCode code) {
    if (region.ops().size() != 1) {
      return null;
    }
    Op op = region.ops().get(0);
    return op.code() == code
            && op.operands().equals(region.arguments())
            && region.results().equals(op.results())
        ? op
        : null;
  }

  /** The writing of one op. */
  private record Winners(Builder b, WindowConfig w, Shape shape, Shape windows, Op comparison) {

    Value scattered(List<Value> operands) {
      Value winner = winner(operands.get(0));
      Value source = operands.get(1);
      Value init = operands.get(2);
      // one more dimension behind each that is more than one element of a window wide
      Shape wide = Shape.SCALAR;
      long[] kept = new long[windows.rank()];
      for (int d = 0; d < windows.rank(); d++) {
        kept[d] = wide.rank();
        wide = wide.insert(wide.rank(), windows.dim(d));
        wide = w.dimensions()[d] == 1 ? wide : wide.insert(wide.rank(), w.dimensions()[d]);
      }
      Value places = places(wide);
      Value wins = b.compare(b.broadcastInDim(winner, wide, kept), places, Comparison.EQ);
      Value none = b.broadcast(init, wide);
      Value chosen = b.select(wins, b.broadcastInDim(source, wide, kept), none);
      return laidOut(chosen, init);
    }

    /** For each window the number of the element that its comparisons end with. */
    private Value winner(Value operand) {
      TensorType numbers = TensorType.of(DType.I32, windows.dims());
      Value best = null;
      Value number = null;
      Value bestInside = null;
      int k = 0;
      for (long[] place : Convolved.places(w.dimensions())) {
        Value next = element(operand, place);
        Value nextNumber = b.constant(numbers, k++);
        Value nextInside = inside(place);
        if (best == null || number == null) {
          best = next;
          number = nextNumber;
          bestInside = nextInside;
          continue;
        }
        Value keeps =
            b.create(
                    OpCode.COMPARE,
                    List.of(best, next),
                    new TreeMap<>(comparison.attributes()),
                    List.of())
                .result();
        // what is not inside the operand loses against what is, and against nothing else
        if (bestInside != null) {
          keeps = b.and(keeps, bestInside);
        }
        if (nextInside != null) {
          keeps = b.or(keeps, b.not(nextInside));
        }
        bestInside = bestInside == null || nextInside == null ? null : b.or(bestInside, nextInside);
        best = b.select(keeps, best, next);
        number = b.select(keeps, number, nextNumber);
      }
      return java.util.Objects.requireNonNull(number);
    }

    /** The element at {@code place} of every window. */
    private Value element(Value operand, long[] place) {
      long[] low = new long[place.length];
      long[] high = new long[place.length];
      long[] limits = new long[place.length];
      boolean pads = false;
      for (int d = 0; d < place.length; d++) {
        low[d] = w.padding()[d][0];
        high[d] = w.padding()[d][1];
        limits[d] = place[d] + (windows.dim(d) - 1) * w.strides()[d] + 1;
        pads |= low[d] > 0 || high[d] > 0;
      }
      Value padded =
          pads
              ? b.pad(operand, b.constant(operand.dtype(), 0), low, high, new long[place.length])
              : operand;
      return b.slice(padded, place, limits, w.strides());
    }

    /** Whether the element at {@code place} of each window is one of the operand; null for all. */
    private @Nullable Value inside(long[] place) {
      Value out = null;
      TensorType type = TensorType.of(DType.I32, windows.dims());
      for (int d = 0; d < place.length; d++) {
        long first = place[d] - w.padding()[d][0];
        long last = first + (windows.dim(d) - 1) * w.strides()[d];
        if (first >= 0 && last < shape.dim(d)) {
          continue;
        }
        Value at =
            b.add(
                b.multiply(b.iota(type, d), b.constant(type, w.strides()[d])),
                b.constant(type, first));
        Value within =
            b.and(
                b.compare(at, b.constant(type, 0), Comparison.GE),
                b.compare(at, b.constant(type, shape.dim(d)), Comparison.LT));
        out = out == null ? within : b.and(out, within);
      }
      return out;
    }

    /** The number of each element within its window, in the widened shape. */
    private Value places(Shape wide) {
      TensorType type = TensorType.of(DType.I32, wide.dims());
      Value out = b.constant(type, 0);
      int axis = 0;
      for (int d = 0; d < windows.rank(); d++, axis++) {
        if (w.dimensions()[d] > 1) {
          axis++;
          Value scaled = b.multiply(out, b.constant(type, w.dimensions()[d]));
          out = b.add(scaled, b.iota(type, axis));
        }
      }
      return out;
    }

    /** From the widened shape to that of the operand. */
    private Value laidOut(Value chosen, Value init) {
      // gaps between windows, then the padding cut off or what no window covers put in
      Value spaced = chosen;
      int rank = chosen.shape().rank();
      long[] gaps = new long[rank];
      int axis = 0;
      boolean any = false;
      for (int d = 0; d < windows.rank(); d++, axis++) {
        long gap = w.strides()[d] - w.dimensions()[d];
        axis += w.dimensions()[d] > 1 ? 1 : 0;
        if (w.dimensions()[d] > 1) {
          gaps[axis] = gap;
          any |= gap > 0;
        }
      }
      if (any) {
        spaced = b.pad(chosen, init, new long[rank], gaps, new long[rank]);
      }
      Shape flat = windows;
      long[] low = new long[windows.rank()];
      long[] high = new long[windows.rank()];
      long[] interior = new long[windows.rank()];
      boolean moves = false;
      for (int d = 0; d < windows.rank(); d++) {
        if (w.dimensions()[d] > 1) {
          flat = flat.with(d, windows.dim(d) * w.strides()[d]);
        } else {
          interior[d] = w.strides()[d] - 1;
        }
        long covered = flat.dim(d) + (flat.dim(d) - 1) * interior[d];
        low[d] = -w.padding()[d][0];
        high[d] = shape.dim(d) - covered - low[d];
        moves |= low[d] != 0 || high[d] != 0 || interior[d] != 0;
      }
      Value out = b.reshape(spaced, flat);
      return moves ? b.pad(out, init, low, high, interior) : out;
    }
  }
}
