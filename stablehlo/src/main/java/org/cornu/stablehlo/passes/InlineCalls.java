package org.cornu.stablehlo.passes;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Puts the bodies of called functions in the place of their calls, innermost first. Calls of
 * functions whose arguments or results carry attributes of their own, such as shardings, stay.
 */
public final class InlineCalls extends Rewrite {
  private InlineCalls() {}

  /** The function without calls; itself when there are none. */
  public static Func run(Func func) {
    return new InlineCalls().function(func);
  }

  /** The module without calls; itself when there are none. */
  public static Module run(Module module) {
    return new InlineCalls().module(module);
  }

  @Override
  boolean concerns(Op op) {
    return op.code() == OpCode.CALL;
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    if (op.code() != OpCode.CALL) {
      return null;
    }
    Func callee = op.callee("callee");
    if (callee.isDeclaration() || isAnnotated(callee)) {
      return null;
    }
    return scope.splice(callee.body(), scope.get(op.operands()));
  }

  private static boolean isAnnotated(Func func) {
    for (int i = 0; i < func.type().inputs().size(); i++) {
      if (hasSharding(func.argumentAttributes(i))) {
        return true;
      }
    }
    for (int i = 0; i < func.type().results().size(); i++) {
      if (hasSharding(func.resultAttributes(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasSharding(Map<String, Attribute> attributes) {
    return attributes.containsKey("sdy.sharding") || attributes.containsKey("mhlo.sharding");
  }
}
