package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** What the small regions of reductions, windows and scatters compute. */
final class Monoid {
  private Monoid() {}

  /**
   * The op code when result {@code i} of a region over {@code n} pairs is one commutative op on its
   * own pair {@code (argument i, argument n + i)}; null when it is anything else.
   */
  static @Nullable OpCode of(Block body, int i, int n) {
    Op op = body.results().get(i).op();
    if (op == null || op.operands().size() != 2) {
      return null;
    }
    switch (op.code()) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, AND, OR, XOR -> {
        Value x = plain(op.operand(0));
        Value y = plain(op.operand(1));
        Value first = body.argument(i);
        Value second = body.argument(n + i);
        boolean own = x == first && y == second || x == second && y == first;
        return own ? op.code() : null;
      }
      default -> {
        return null;
      }
    }
  }

  /** The op code of a region with one pair. */
  static @Nullable OpCode of(Block body) {
    return body.results().size() == 1 ? of(body, 0, 1) : null;
  }

  /** Looks through conversions, which accumulate in another type. */
  private static Value plain(Value value) {
    Op op = value.op();
    return op != null && op.code() == OpCode.CONVERT ? op.operand(0) : value;
  }

  /** True when the region returns its second argument {@code n + i}: an update replaces. */
  static boolean isReplacement(Block body, int i, int n) {
    return body.results().get(i) == body.argument(n + i);
  }

  /**
   * The direction of a select region {@code compare(a, b)} or {@code compare(b, a)} as seen from
   * its first argument; null when it is anything else.
   */
  static @Nullable Comparison comparison(Block body) {
    Op op = body.results().size() == 1 ? body.results().get(0).op() : null;
    if (op == null || op.code() != OpCode.COMPARE) {
      return null;
    }
    Comparison direction = Comparison.valueOf(op.keyword("comparison_direction", "EQ"));
    if (op.operand(0) == body.argument(0) && op.operand(1) == body.argument(1)) {
      return direction;
    }
    if (op.operand(0) == body.argument(1) && op.operand(1) == body.argument(0)) {
      return mirrored(direction);
    }
    return null;
  }

  /** The direction that says the same of exchanged operands. */
  static Comparison mirrored(Comparison direction) {
    return switch (direction) {
      case GE -> Comparison.LE;
      case GT -> Comparison.LT;
      case LE -> Comparison.GE;
      case LT -> Comparison.GT;
      case EQ, NE -> direction;
    };
  }

  /** True when {@code init} is known to be the value that {@code code} leaves everything as is. */
  static boolean isIdentity(OpCode code, Value init) {
    Literal literal = constant(init);
    if (literal == null) {
      return false;
    }
    double value = literal.doubleAt(0);
    DType dtype = init.dtype();
    return switch (code) {
      case ADD -> value == 0 && literal.imagAt(0) == 0;
      case MULTIPLY -> value == 1 && literal.imagAt(0) == 0;
      case MAXIMUM -> value <= lowest(dtype);
      case MINIMUM -> value >= -lowest(dtype);
      default -> false;
    };
  }

  private static double lowest(DType dtype) {
    return switch (dtype) {
      case F64 -> -Double.MAX_VALUE;
      case F32, BF16 -> -3.38e38;
      case F16 -> -65504;
      default -> Double.NEGATIVE_INFINITY;
    };
  }

  /** The literal behind a constant or a broadcast or conversion of a splat, or null. */
  static @Nullable Literal constant(Value value) {
    Op op = value.op();
    while (op != null) {
      switch (op.code()) {
        case CONSTANT -> {
          return op.attribute("value", Attribute.Elements.class).literal();
        }
        case BROADCAST_IN_DIM, RESHAPE -> {
          if (op.operand(0).shape().rank() != 0) {
            return null;
          }
          op = op.operand(0).op();
        }
        case CONVERT -> {
          Literal inner = constant(op.operand(0));
          return inner != null && inner.type().dtype().isFloat() && op.result().dtype().isFloat()
              ? inner
              : null;
        }
        default -> {
          return null;
        }
      }
    }
    return null;
  }
}
