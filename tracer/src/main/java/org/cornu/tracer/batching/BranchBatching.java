package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Closures;

/** {@code if} and {@code case}. */
final class BranchBatching {
  private BranchBatching() {}

  static List<BatchedValue> branch(OpContext c) {
    return c.batched(0) ? selected(c) : shared(c);
  }

  /** The whole batch takes the same branch. */
  private static List<BatchedValue> shared(OpContext c) {
    boolean[] mask = c.batcher.propagation().op(c.op, c.mask(), c.scope::isBatched);
    List<Block> branches = new ArrayList<>();
    for (Block branch : c.op.regions()) {
      branches.add(c.batcher.region(branch, c.scope, new boolean[0], mask));
    }
    return LoopBatching.masked(c, c.op.code(), List.of(c.raw(0)), mask, c.op.results(), branches);
  }

  /** Elements take different branches: all are computed, and each element selects its own. */
  private static List<BatchedValue> selected(OpContext c) {
    Builder b = c.builder;
    int count = c.op.regions().size();
    List<Value> taken = new ArrayList<>();
    if (c.op.code() == OpCode.IF) {
      taken.add(c.raw(0));
      taken.add(b.not(c.raw(0)));
    } else {
      Value index = inRange(c, count);
      for (int i = 0; i < count; i++) {
        Value number = c.full(BatchedValue.shared(c.scalar(DType.I32, i)));
        taken.add(b.compare(index, number, Comparison.EQ));
      }
    }
    List<BatchedValue> results = List.of();
    for (int i = count - 1; i >= 0; i--) {
      List<BatchedValue> branch = run(c, c.op.region(i), taken.get(i));
      results = i == count - 1 ? branch : choose(c, taken.get(i), branch, results);
    }
    return results;
  }

  /** The index of the branch; all indices without a branch mean the last. */
  private static Value inRange(OpContext c, int count) {
    Builder b = c.builder;
    Value index = c.raw(0);
    Value last = c.full(BatchedValue.shared(c.scalar(DType.I32, count - 1)));
    Value zero = c.full(BatchedValue.shared(c.scalar(DType.I32, 0)));
    Value negative = b.compare(index, zero, Comparison.LT);
    return b.select(negative, last, b.minimum(index, last));
  }

  /**
   * Computes a branch for the whole batch. Where an element does not take it, the branch must not
   * be differentiated: its derivative may be infinite there, and zero times infinity would reach
   * the gradient of what it captures. So each captured value enters the branch without its
   * derivative for those elements.
   */
  private static List<BatchedValue> run(OpContext c, Block branch, Value taken) {
    Scope scope = new Scope(c.scope, c.builder);
    scope.only(taken);
    for (Value captured : Closures.freeValues(branch)) {
      if (captured.type() instanceof TensorType type
          && type.element() instanceof DType dtype
          && dtype.isInexact()
          && !isConstant(captured)) {
        Value x = c.full(c.scope.get(captured));
        Value cut = c.builder.select(c.spread(taken, x.shape()), x, c.builder.stopGradient(x));
        scope.put(captured, BatchedValue.batched(cut));
      }
    }
    List<BatchedValue> results = c.batcher.evaluate(branch, scope);
    c.builder.location(c.op.location());
    return results.stream()
        .map(r -> BatchTypes.isBatchable(r.value().type()) ? BatchedValue.batched(c.full(r)) : r)
        .toList();
  }

  private static boolean isConstant(Value value) {
    Op op = value.op();
    return op != null
        && (op.code() == OpCode.CONSTANT
            || op.code() == OpCode.IOTA
            || op.code() == OpCode.BROADCAST_IN_DIM && isConstant(op.operand(0)));
  }

  private static List<BatchedValue> choose(
      OpContext c, Value taken, List<BatchedValue> branch, List<BatchedValue> others) {
    List<BatchedValue> out = new ArrayList<>();
    for (int i = 0; i < branch.size(); i++) {
      Value x = branch.get(i).value();
      if (!(x.type() instanceof TensorType)) {
        throw c.missing("result " + i + " is a " + x.type() + ", which cannot be selected");
      }
      Value y = others.get(i).value();
      out.add(BatchedValue.batched(c.builder.select(c.spread(taken, x.shape()), x, y)));
    }
    return out;
  }
}
