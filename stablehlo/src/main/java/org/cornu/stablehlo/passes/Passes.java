package org.cornu.stablehlo.passes;

import java.util.List;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Type;

/** The passes in an order that suits them. */
public final class Passes {
  private Passes() {}

  /** Lowers own ops and composites, inlines calls, and leaves out what is not needed. */
  public static Module simplify(Module module) {
    Module flat = InlineCalls.run(LowerComposites.run(LowerOwnOps.run(module)));
    Module plain = FoldConstants.run(Canonicalize.run(flat));
    return EliminateDeadCode.run(EliminateCommonSubexpressions.run(Canonicalize.run(plain)));
  }

  /**
   * The form that a plugin gets: without own ops, with sizes as attributes where they are known,
   * and without what XLA is known to compile wrongly ({@link LowerMaps}, {@link MergeSlices}).
   * Itself when there is nothing to do.
   */
  public static Func forCompiler(Func func) {
    Func plain = LowerOwnOps.run(func);
    Func closed = RefineShapes.run(plain, plain.type().inputs());
    return MergeSlices.run(LowerMaps.run(closed));
  }

  /** The same for the module, whose entry point takes inputs of these types. */
  public static Module forCompiler(Module module, List<? extends Type> inputs) {
    Module closed = RefineShapes.run(LowerOwnOps.run(module), inputs);
    return MergeSlices.run(LowerMaps.run(closed));
  }

  /** As {@link #simplify(Module)} for one function and what it calls. */
  public static Func simplify(Func func) {
    Func flat = InlineCalls.run(LowerComposites.run(LowerOwnOps.run(func)));
    Func plain = FoldConstants.run(Canonicalize.run(flat));
    return EliminateDeadCode.run(EliminateCommonSubexpressions.run(Canonicalize.run(plain)));
  }
}
