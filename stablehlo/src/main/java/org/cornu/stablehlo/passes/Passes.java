package org.cornu.stablehlo.passes;

import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;

/** The passes in an order that suits them. */
public final class Passes {
  private Passes() {}

  /** Lowers own ops and composites, inlines calls, and leaves out what is not needed. */
  public static Module simplify(Module module) {
    Module flat = InlineCalls.run(LowerComposites.run(LowerOwnOps.run(module)));
    Module plain = FoldConstants.run(Canonicalize.run(flat));
    return EliminateDeadCode.run(EliminateCommonSubexpressions.run(Canonicalize.run(plain)));
  }

  /** The same for one function and what it calls. */
  public static Func simplify(Func func) {
    Func flat = InlineCalls.run(LowerComposites.run(LowerOwnOps.run(func)));
    Func plain = FoldConstants.run(Canonicalize.run(flat));
    return EliminateDeadCode.run(EliminateCommonSubexpressions.run(Canonicalize.run(plain)));
  }
}
