package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/**
 * A while loop that counts from a constant to a constant: what exported programs hold in place of a
 * scan. Its trip count is known, and with it what each step reads and writes: carries that never
 * change are constants of the loop, slices of those at the counter are sequences, carries that are
 * only written at the counter are stacked outputs.
 */
final class CountedLoop {
  /** Functions up to this size are inlined to find slices in them. */
  private static final int SMALL = 16;

  /** A slice of an unchanging array at position {@code index.at(t)}. */
  record Read(Value array, Affine.Form index) {}

  /** A carry that each step writes at position {@code index.at(t)}. */
  record Write(int carry, Op update, Affine.Form index) {}

  final Op loop;
  final long steps;
  final Block body;
  final List<Integer> invariants = new ArrayList<>();
  final List<Integer> carries = new ArrayList<>();
  final List<Write> writes = new ArrayList<>();

  /** The slice ops of the body that read a sequence. */
  final Map<Op, Read> reads = new LinkedHashMap<>();

  private final Affine affine;
  private final Set<Op> inner;

  private CountedLoop(Op loop, Block body, long steps, Affine affine) {
    this.loop = loop;
    this.body = body;
    this.steps = steps;
    this.affine = affine;
    this.inner = new HashSet<>(body.ops());
  }

  /** The counted loop that {@code loop} is, or null when it is not seen to be one. */
  static @Nullable CountedLoop of(Op loop) {
    if (loop.operands().stream().anyMatch(v -> !(v.type() instanceof TensorType))) {
      return null;
    }
    Block body = inlined(loop.region(1));
    Block condition = loop.region(0);
    Op compare = condition.results().get(0).op();
    if (compare == null || compare.code() != OpCode.COMPARE) {
      return null;
    }
    Comparison direction = Comparison.valueOf(compare.keyword("comparison_direction", "EQ"));
    Value left = compare.operand(0);
    Value right = compare.operand(1);
    Long bound = constant(loop, body, condition, right);
    if (bound == null) {
      bound = constant(loop, body, condition, left);
      left = right;
      direction = Monoid.mirrored(direction);
    }
    if (bound == null || left.block() != condition || left.dtype().isInexact()) {
      return null;
    }
    int counter = left.index();
    Long start = constant(loop.operand(counter));
    Long step = step(loop, body, counter);
    if (start == null || step == null || step == 0) {
      return null;
    }
    long steps = steps(direction, start, bound, step);
    if (steps < 0) {
      return null;
    }
    Affine affine = new Affine(Math.max(1, steps));
    affine.let(body.argument(counter), new Affine.Form(step, start));
    CountedLoop out = new CountedLoop(loop, body, steps, affine);
    out.classify();
    return out;
  }

  private static Block inlined(Block source) {
    Block out = new Block(source.argumentTypes());
    Inliner inliner = new Inliner(out).map(source.arguments(), out.arguments());
    for (Op op : source.ops()) {
      Func callee = op.code() == OpCode.CALL ? op.callee("callee") : null;
      if (callee != null && isSmall(callee)) {
        inliner.map(
            op.results(), new Inliner(out).inline(callee.body(), inliner.get(op.operands())));
      } else {
        inliner.copy(op);
      }
    }
    return out.returns(inliner.get(source.results()));
  }

  private static boolean isSmall(Func callee) {
    if (callee.isDeclaration() || callee.body().ops().size() > SMALL) {
      return false;
    }
    boolean slices = false;
    for (Op op : callee.body().ops()) {
      slices |= op.code() == OpCode.DYNAMIC_SLICE || op.code() == OpCode.DYNAMIC_UPDATE_SLICE;
      if (op.code() == OpCode.CALL) {
        return false;
      }
    }
    return slices;
  }

  private static @Nullable Long constant(Value value) {
    Literal literal = value.type() instanceof TensorType ? Monoid.constant(value) : null;
    return literal != null && literal.count() == 1 ? Long.valueOf(literal.longAt(0)) : null;
  }

  /** The constant that a value of a region is, seen through carries that never change. */
  private static @Nullable Long constant(Op loop, Block body, Block region, Value value) {
    if (value.block() == region) {
      int i = value.index();
      return body.results().get(i) == body.argument(i) ? constant(loop.operand(i)) : null;
    }
    return constant(value);
  }

  /** What each step adds to the counter. */
  private static @Nullable Long step(Op loop, Block body, int counter) {
    Op op = body.results().get(counter).op();
    if (op == null) {
      return null;
    }
    Value self = body.argument(counter);
    if (op.code() == OpCode.ADD && op.operand(0) == self) {
      return constant(loop, body, body, op.operand(1));
    }
    if (op.code() == OpCode.ADD && op.operand(1) == self) {
      return constant(loop, body, body, op.operand(0));
    }
    if (op.code() == OpCode.SUBTRACT && op.operand(0) == self) {
      Long step = constant(loop, body, body, op.operand(1));
      return step == null ? null : Long.valueOf(-step);
    }
    return null;
  }

  /** How often the body runs; -1 where that is unknown or without end. */
  private static long steps(Comparison direction, long start, long bound, long step) {
    long distance = bound - start;
    return switch (direction) {
      case LT -> distance <= 0 ? 0 : step > 0 ? (distance + step - 1) / step : -1;
      case LE -> distance < 0 ? 0 : step > 0 ? distance / step + 1 : -1;
      case GT -> distance >= 0 ? 0 : step < 0 ? (distance + step + 1) / step : -1;
      case GE -> distance > 0 ? 0 : step < 0 ? distance / step + 1 : -1;
      case NE -> distance % step == 0 && distance / step >= 0 ? distance / step : -1;
      case EQ -> distance != 0 ? 0 : -1;
    };
  }

  private void classify() {
    for (int i = 0; i < body.arguments().size(); i++) {
      if (body.results().get(i) == body.argument(i)) {
        invariants.add(i);
        Long value = constant(loop.operand(i));
        if (value != null && !loop.operand(i).dtype().isInexact()) {
          affine.let(body.argument(i), new Affine.Form(0, value));
        }
      }
    }
    for (int i = 0; i < body.arguments().size(); i++) {
      if (!invariants.contains(i)) {
        Write write = write(i);
        if (write != null) {
          writes.add(write);
        } else {
          carries.add(i);
        }
      }
    }
    for (Op op : body.ops()) {
      if (op.code() == OpCode.DYNAMIC_SLICE && isUnchanging(op.operand(0))) {
        Affine.Form index = index(op, 1, op.longs("slice_sizes"), op.operand(0));
        if (index != null) {
          reads.put(op, new Read(op.operand(0), index));
        }
      }
    }
  }

  /** True for carries that never change and for values from outside of the loop. */
  private boolean isUnchanging(Value value) {
    return value.block() == body
        ? invariants.contains(value.index())
        : value.op() == null || !inner.contains(value.op());
  }

  private @Nullable Write write(int carry) {
    Op op = body.results().get(carry).op();
    Value self = body.argument(carry);
    if (op == null
        || op.code() != OpCode.DYNAMIC_UPDATE_SLICE
        || op.operand(0) != self
        || uses(self) != 1
        || uses(op.result()) != 1) {
      return null;
    }
    Affine.Form index = index(op, 2, op.operand(1).shape().dims(), self);
    return index == null || Math.abs(index.slope()) != 1 ? null : new Write(carry, op, index);
  }

  private int uses(Value value) {
    int count = 0;
    for (Op op : body.ops()) {
      for (Value operand : op.operands()) {
        count += operand == value ? 1 : 0;
      }
      if (!op.regions().isEmpty()) {
        count += Closures.freeValues(op.regions()).contains(value) ? 1 : 0;
      }
    }
    for (Value result : body.results()) {
      count += result == value ? 1 : 0;
    }
    return count;
  }

  /**
   * Where along the first dimension of {@code array} a slice or update lies, if it covers the
   * others and stays in bounds.
   */
  private Affine.@Nullable Form index(Op op, int firstStart, long[] sizes, Value array) {
    int rank = array.shape().rank();
    if (steps == 0 || rank == 0 || sizes[0] != 1) {
      return null;
    }
    for (int d = 1; d < rank; d++) {
      if (sizes[d] != array.shape().dim(d)) {
        return null;
      }
    }
    Affine.Form form = affine.of(op.operand(firstStart));
    boolean fits =
        form != null
            && form.slope() != 0
            && affine.low(form) >= 0
            && affine.high(form) < array.shape().dim(0);
    return fits ? form : null;
  }
}
