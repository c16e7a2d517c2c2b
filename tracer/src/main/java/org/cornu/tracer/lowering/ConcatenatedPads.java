package org.cornu.tracer.lowering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Sums of parts that are padded with zeros and fill one dimension side by side, as the transpose of
 * a split gives them, by putting the parts together. XLA's CPU compiler asks for each element of
 * such a sum in which part it lies, once per part.
 */
final class ConcatenatedPads {
  private static final int MOST_PARTS = 64;

  /** One part: what is padded, and where it starts along the dimension. */
  private record Part(Value value, long start) {}

  private ConcatenatedPads() {}

  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Shape shape = op.result().shape();
    if (!shape.isStatic() || operands.get(0) == operands.get(1)) {
      return null;
    }
    List<Op> pads = pads(operands);
    int dim = pads.isEmpty() ? -1 : dimension(pads.get(0), shape);
    if (dim < 0) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    for (Op pad : pads) {
      if (dimension(pad, shape) != dim) {
        return null;
      }
      parts.add(new Part(pad.operand(0), pad.longs("edge_padding_low")[dim]));
    }
    parts.sort(Comparator.comparingLong(Part::start));
    long end = 0;
    for (Part part : parts) {
      if (part.start() != end) {
        return null;
      }
      end += part.value().shape().dim(dim);
    }
    return end == shape.dim(dim)
        ? List.of(b.concatenate(parts.stream().map(Part::value).toList(), dim))
        : null;
  }

  /** The paddings that are summed; none when anything else is. */
  private static List<Op> pads(List<Value> operands) {
    List<Op> out = new ArrayList<>();
    Deque<Value> pending = new ArrayDeque<>(operands);
    while (!pending.isEmpty()) {
      Op op = pending.pop().op();
      if (op == null || out.size() == MOST_PARTS) {
        return List.of();
      }
      if (op.code() == OpCode.ADD) {
        op.operands().forEach(pending::push);
      } else if (op.code() == OpCode.PAD && isZero(op.operand(1))) {
        out.add(op);
      } else {
        return List.of();
      }
    }
    return out;
  }

  private static boolean isZero(Value value) {
    Op op = value.op();
    return op != null
        && op.code() == OpCode.CONSTANT
        && op.attribute("value") instanceof Attribute.Elements elements
        && elements.literal().doubleAt(0) == 0
        && elements.literal().imagAt(0) == 0;
  }

  /** The only dimension that is padded, and at its ends alone; -1 when there is none such. */
  private static int dimension(Op pad, Shape shape) {
    long[] low = pad.longs("edge_padding_low");
    long[] high = pad.longs("edge_padding_high");
    long[] interior = pad.longs("interior_padding");
    int found = -1;
    for (int d = 0; d < shape.rank(); d++) {
      if (low[d] < 0 || high[d] < 0 || interior[d] != 0) {
        return -1;
      }
      if (low[d] > 0 || high[d] > 0) {
        if (found >= 0) {
          return -1;
        }
        found = d;
      }
    }
    return found;
  }
}
