package org.cornu.stablehlo.passes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Makes one dynamic slice of a dynamic slice of a dynamic slice: its starts are the sums of theirs,
 * each clamped first. XLA does the same without the clamping, and so reads elsewhere when the first
 * slice would have begun outside. Where something stands between the two that XLA may move out of
 * the way (a reshape, a transpose, the border of a called function), a barrier keeps them apart.
 */
public final class MergeSlices extends Rewrite {
  /** Arguments of functions that are called: what they are sliced from is not seen. */
  private final Set<Value> passed = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Func> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private MergeSlices() {}

  /** The function, and all that it calls, with slices merged; itself when there are none. */
  public static Func run(Func func) {
    MergeSlices pass = new MergeSlices();
    pass.collect(func.body());
    return pass.function(func);
  }

  /** The module with slices merged; itself when there are none. */
  public static Module run(Module module) {
    MergeSlices pass = new MergeSlices();
    module.functions().stream()
        .filter(func -> !func.isDeclaration())
        .forEach(func -> pass.collect(func.body()));
    return pass.module(module);
  }

  private void collect(Block block) {
    for (Op op : block.ops()) {
      if (op.isLeaf()) {
        continue;
      }
      op.regions().forEach(this::collect);
      for (Func callee : op.callees()) {
        if (!callee.isDeclaration() && seen.add(callee)) {
          passed.addAll(callee.body().arguments());
          collect(callee.body());
        }
      }
    }
  }

  @Override
  boolean concerns(Op op) {
    return (op.code() == OpCode.DYNAMIC_SLICE || readsOnce(op)) && mayBeSlice(op.operand(0));
  }

  /** True for a gather at a single place, which XLA makes a dynamic slice of. */
  private static boolean readsOnce(Op op) {
    return switch (op.code()) {
      case TORCH_INDEX_SELECT -> places(op.operand(1).shape(), op.operand(1).shape().rank()) == 1;
      case GATHER ->
          places(
                  op.operand(1).shape(),
                  op.attribute("dimension_numbers", DimensionNumbers.Gather.class).indexVectorDim())
              == 1;
      default -> false;
    };
  }

  /** How many places indices name, or -1 where that is open. */
  private static long places(Shape indices, long vectorDim) {
    if (!indices.isStatic()) {
      return -1;
    }
    long length = vectorDim < indices.rank() ? indices.dim((int) vectorDim) : 1;
    return length == 0 ? -1 : indices.count() / length;
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    if (!concerns(op)) {
      return null;
    }
    List<Value> operands = new ArrayList<>(scope.get(op.operands()));
    Builder b = scope.builder();
    if (op.code() != OpCode.DYNAMIC_SLICE) {
      operands.set(0, b.optimizationBarrier(operands.subList(0, 1)).get(0));
      return b.block().append(op.with(operands, op.attributes(), List.of())).results();
    }
    long[] sizes = op.longs("slice_sizes");
    Op inner = operands.get(0).op();
    if (inner != null && inner.code() == OpCode.OPTIMIZATION_BARRIER) {
      return null;
    }
    if (inner == null
        || inner.code() != OpCode.DYNAMIC_SLICE
        || !inner.operand(0).shape().isStatic()) {
      operands.set(0, b.optimizationBarrier(operands.subList(0, 1)).get(0));
      return List.of(b.dynamicSlice(operands.get(0), operands.subList(1, operands.size()), sizes));
    }
    Value from = inner.operand(0);
    long[] kept = inner.longs("slice_sizes");
    List<Value> starts = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      Value first = start(inner.operand(i + 1), from.shape().dim(i) - kept[i], b);
      Value second = start(operands.get(i + 1), kept[i] - sizes[i], b);
      starts.add(b.add(first, second));
    }
    return List.of(b.dynamicSlice(from, starts, sizes));
  }

  /** A start between 0 and the last one possible, in a type that holds sums of such. */
  private static Value start(Value start, long last, Builder b) {
    DType dtype = start.dtype();
    int bits = dtype.bits() - (dtype.isSigned() ? 1 : 0);
    long most = bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    TensorType type = TensorType.of(dtype);
    Value inside =
        b.clamp(
            b.constant(Literal.ofLongs(type, 0)),
            start,
            b.constant(Literal.ofLongs(type, Math.min(last, most))));
    return dtype == DType.I64 ? inside : b.convert(inside, DType.I64);
  }

  /** True if XLA may find that this is a dynamic slice. */
  private boolean mayBeSlice(Value value) {
    Value at = value;
    while (true) {
      Op op = at.op();
      if (op == null) {
        return passed.contains(at);
      }
      switch (op.code()) {
        case DYNAMIC_SLICE, CALL -> {
          return true;
        }
        case RESHAPE, TRANSPOSE, BROADCAST, BROADCAST_IN_DIM, CONVERT, SLICE, REVERSE ->
            at = op.operand(0);
        default -> {
          return false;
        }
      }
    }
  }
}
