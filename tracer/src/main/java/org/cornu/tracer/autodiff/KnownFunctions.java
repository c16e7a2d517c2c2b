package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/**
 * Functions of exported programs whose derivative is not that of their body at every point: JAX
 * gives them one of their own, which export loses. They are recognised by name and by body.
 */
final class KnownFunctions {
  private static final Pattern NAME =
      Pattern.compile("_?(relu|relu6|softmax|log_softmax|logsumexp)(_\\d+)?");

  private KnownFunctions() {}

  /** The tangents of a call of a known function, or null for any other. */
  static @Nullable List<@Nullable Value> tangents(JvpSite s, Func callee) {
    Matcher matcher = NAME.matcher(callee.name());
    if (!matcher.matches() || callee.isDeclaration()) {
      return null;
    }
    Block body = callee.body();
    return switch (matcher.group(1)) {
      case "relu" -> isRelu(body) ? s.one(inside(s, false)) : null;
      case "relu6" -> isRelu6(body) ? s.one(inside(s, true)) : null;
      default -> {
        Func shifted = s.scope.jvp.rewritten(callee, KnownFunctions::withConstantMaximum);
        yield shifted == callee ? null : CallJvp.call(s, shifted);
      }
    };
  }

  private static boolean isConstant(Value value, double expected) {
    Literal literal = Monoid.constant(value);
    return literal != null && literal.doubleAt(0) == expected;
  }

  private static boolean isOp(Value value, OpCode code, Value first, double second) {
    Op op = value.op();
    return op != null
        && op.code() == code
        && op.operand(0) == first
        && isConstant(op.operand(1), second);
  }

  private static boolean isRelu(Block body) {
    return body.arguments().size() == 1
        && body.results().size() == 1
        && isOp(body.results().get(0), OpCode.MAXIMUM, body.argument(0), 0);
  }

  private static boolean isRelu6(Block body) {
    Op outer = body.results().size() == 1 ? body.results().get(0).op() : null;
    return outer != null
        && outer.code() == OpCode.MINIMUM
        && body.arguments().size() == 1
        && isOp(outer.operand(0), OpCode.MAXIMUM, body.argument(0), 0)
        && isConstant(outer.operand(1), 6);
  }

  /** The slope is 1 strictly between the bounds, 0 on them. */
  private static @Nullable Value inside(JvpSite s, boolean bounded) {
    Value x = s.x(0);
    Value open = s.b.compare(x, s.e.like(x, 0), Comparison.GT);
    if (bounded) {
      open = s.b.and(open, s.b.compare(x, s.e.like(x, 6), Comparison.LT));
    }
    return s.e.where(open, s.dx(0));
  }

  /**
   * The function with the gradient of its maxima stopped: they shift what does not depend on it.
   */
  private static Func withConstantMaximum(Func source) {
    Block body = new Block(source.body().argumentTypes());
    Inliner inliner = new Inliner(body).map(source.body().arguments(), body.arguments());
    List<Op> stopped = new ArrayList<>();
    for (Op op : source.body().ops()) {
      inliner.copy(op);
      if (op.code() == OpCode.REDUCE
          && op.results().size() == 1
          && Monoid.of(op.region(0)) == OpCode.MAXIMUM
          && op.result().dtype() != DType.BOOL) {
        Builder b = new Builder(body);
        b.location(op.location());
        inliner.map(op.result(), b.stopGradient(inliner.get(op.result())));
        stopped.add(op);
      }
    }
    if (stopped.size() != 1) {
      return source;
    }
    return new Func(source.name(), body.returns(inliner.get(source.body().results())));
  }
}
