package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code log(exp(x) + exp(y))} as JAX spells it: {@code select(isnan(x - y), x + y, max(x, y) +
 * log1p(exp(-|x - y|)))}. Its derivative is a weighted mean of the tangents, also where x equals y;
 * that of the spelling is not, since an absolute value has slope 1 at 0.
 */
record LogAddExp(Value x, Value y) {

  /** What {@code op} adds, or null where it is another selection. */
  static @Nullable LogAddExp of(Op op) {
    if (op.code() != OpCode.SELECT || !op.result().dtype().isFloat()) {
      return null;
    }
    Op isNan = made(op.operand(0), OpCode.COMPARE);
    Op total = made(op.operand(2), OpCode.ADD);
    if (isNan == null
        || total == null
        || !isNan.keyword("comparison_direction", "").equals(Comparison.NE.name())
        || isNan.operand(0) != isNan.operand(1)) {
      return null;
    }
    Op difference = made(isNan.operand(0), OpCode.SUBTRACT);
    Op absolute =
        through(
            total.operand(1), OpCode.LOG_PLUS_ONE, OpCode.EXPONENTIAL, OpCode.NEGATE, OpCode.ABS);
    if (difference == null || absolute == null) {
      return null;
    }
    LogAddExp found = new LogAddExp(difference.operand(0), difference.operand(1));
    boolean same =
        found.isOperandsOf(op.operand(1), OpCode.ADD)
            && found.isOperandsOf(total.operand(0), OpCode.MAXIMUM)
            && found.isOperandsOf(absolute.operand(0), OpCode.SUBTRACT);
    return same ? found : null;
  }

  /** The op that made a value, where it is this one; else null. */
  private static @Nullable Op made(Value value, OpCode code) {
    Op op = value.op();
    return op != null && op.code() == code ? op : null;
  }

  private boolean isOperandsOf(Value value, OpCode code) {
    Op op = made(value, code);
    return op != null && same(op.operand(0), x) && same(op.operand(1), y);
  }

  /** One value, or what the exporter writes anew at each use: broadcasts, and constants. */
  private static boolean same(Value a, Value b) {
    Op left = a.op();
    Op right = b.op();
    if (a == b || left == null || right == null || left.code() != right.code()) {
      return a == b;
    }
    boolean repeated = left.code() == OpCode.BROADCAST_IN_DIM || left.code() == OpCode.CONSTANT;
    return repeated
        && left.attributes().equals(right.attributes())
        && a.type().equals(b.type())
        && (left.operands().isEmpty() || same(left.operand(0), right.operand(0)));
  }

  /** The last of these ops, each applied to the next, outermost first; null for other ops. */
  private static @Nullable Op through(Value value, OpCode... chain) {
    Op op = null;
    for (OpCode code : chain) {
      op = made(op == null ? value : op.operand(0), code);
      if (op == null) {
        return null;
      }
    }
    return op;
  }

  /** The tangent of the sum. */
  @Nullable Value tangent(JvpSite s) {
    Value sum = finite(s, s.y());
    Value out = null;
    for (Value part : new Value[] {x, y}) {
      Value tangent = s.scope.tangent(part);
      if (tangent != null) {
        Value weight = s.b.exponential(s.b.subtract(finite(s, s.scope.primal(part)), sum));
        out = s.e.sum(out, s.e.mul(tangent, weight));
      }
    }
    return out;
  }

  /** Plus infinity counts as 0, so that two of them give a slope. */
  private static Value finite(JvpSite s, Value x) {
    Value infinite = s.b.compare(x, s.e.like(x, Double.POSITIVE_INFINITY), Comparison.EQ);
    return s.b.select(infinite, s.e.like(x, 0), x);
  }
}
