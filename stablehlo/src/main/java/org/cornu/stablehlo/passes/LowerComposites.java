package org.cornu.stablehlo.passes;

import java.util.List;
import java.util.function.Predicate;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Replaces composites by calls of their decompositions. */
public final class LowerComposites extends Rewrite {
  private final Predicate<String> names;

  private LowerComposites(Predicate<String> names) {
    this.names = names;
  }

  /** The function without composites; itself when there are none. */
  public static Func run(Func func) {
    return new LowerComposites(name -> true).function(func);
  }

  /** The function without composites of these names. */
  public static Func run(Func func, Predicate<String> names) {
    return new LowerComposites(names).function(func);
  }

  /** The module without composites; itself when there are none. */
  public static Module run(Module module) {
    return new LowerComposites(name -> true).module(module);
  }

  @Override
  boolean concerns(Op op) {
    return op.code() == OpCode.COMPOSITE && names.test(op.string("name", ""));
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    return concerns(op)
        ? scope.builder().call(function(op.callee("decomposition")), scope.get(op.operands()))
        : null;
  }
}
