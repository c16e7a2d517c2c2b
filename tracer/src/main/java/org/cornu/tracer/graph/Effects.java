package org.cornu.tracer.graph;

import java.util.HashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;

/** Which ops must run even when nobody uses their results. */
public final class Effects {
  private Effects() {}

  /**
   * True for sends, receives, feeds, asynchronous starts, custom calls with a side effect, and ops
   * whose regions or callees contain one.
   */
  public static boolean hasEffect(Op op) {
    return hasEffect(op, new HashMap<>());
  }

  /** As above; {@code known} remembers the answers for functions between calls. */
  static boolean hasEffect(Op op, Map<Func, Boolean> known) {
    switch (op.code()) {
      case SEND, RECV, INFEED, OUTFEED, ASYNC_START, ASYNC_DONE, OPAQUE -> {
        return true;
      }
      case CUSTOM_CALL -> {
        return op.boolAttribute("has_side_effect", false);
      }
      default -> {
        // every other op has an effect only through what it contains
      }
    }
    for (Block region : op.regions()) {
      for (Op inner : region.ops()) {
        if (hasEffect(inner, known)) {
          return true;
        }
      }
    }
    for (Attribute attribute : op.attributes().values()) {
      if (attribute instanceof Attribute.Callee callee && hasEffect(callee.func(), known)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasEffect(Func func, Map<Func, Boolean> known) {
    Boolean answer = known.get(func);
    if (answer == null) {
      answer = false;
      if (!func.isDeclaration()) {
        for (Op op : func.body().ops()) {
          if (hasEffect(op, known)) {
            answer = true;
            break;
          }
        }
      }
      known.put(func, answer);
    }
    return answer;
  }
}
