package org.cornu.stablehlo.passes;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Replaces Cornu's own ops by StableHLO: a scan becomes a while loop, calls with a derivative rule
 * or a rematerialisation policy become plain calls, the tangent of window maxima a {@code
 * reduce_window} of two operands. Ops over named axes must have been bound before.
 */
public final class LowerOwnOps extends Rewrite {
  private LowerOwnOps() {}

  /** The function without own ops, and all that it calls; itself when there are none. */
  public static Func run(Func func) {
    return new LowerOwnOps().function(func);
  }

  /** The module without own ops; itself when there are none. */
  public static Module run(Module module) {
    return new LowerOwnOps().module(module);
  }

  @Override
  boolean concerns(Op op) {
    return op.code().isOwn();
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    if (!op.code().isOwn()) {
      return null;
    }
    Builder b = scope.builder();
    return switch (op.code()) {
      case SCAN -> ScanLowering.lower(op, scope);
      case STOP_GRADIENT -> scope.get(op.operands());
      case CUSTOM_DERIVATIVE -> b.call(function(op.callee("callee")), scope.get(op.operands()));
      case REMAT -> {
        List<Value> operands = scope.get(op.operands());
        // Behind a barrier the compiler cannot merge the recomputation with the forward pass.
        boolean barrier = op.boolAttribute("prevent_cse", false) && !operands.isEmpty();
        List<Value> inputs = barrier ? b.optimizationBarrier(operands) : operands;
        yield b.call(function(op.callee("callee")), inputs);
      }
      case SELECT_AND_GATHER_ADD -> List.of(WindowTangentLowering.lower(op, scope));
      case AXIS_INDEX, AXIS_REDUCE, AXIS_GATHER, AXIS_SCATTER, AXIS_PERMUTE, AXIS_ALL_TO_ALL ->
          throw new IllegalArgumentException(
              op.code().shortName()
                  + ": axis '"
                  + op.string("axis", "")
                  + "' must be bound before a program is lowered: wrap it in vmap or shardMap");
      default -> throw new IllegalStateException("no lowering of " + op.name());
    };
  }
}
