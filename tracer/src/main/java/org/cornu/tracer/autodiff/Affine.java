package org.cornu.tracer.autodiff;

import java.util.HashMap;
import java.util.Map;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Integer scalars of a loop's body as functions {@code slope t + offset} of the step number {@code
 * t}, which runs from 0 to {@code steps - 1}.
 */
final class Affine {
  private static final int DEPTH = 32;

  /** {@code slope t + offset}. */
  record Form(long slope, long offset) {
    Form plus(Form other, long factor) {
      return new Form(slope + factor * other.slope, offset + factor * other.offset);
    }

    Form times(long factor) {
      return new Form(slope * factor, offset * factor);
    }

    long at(long t) {
      return slope * t + offset;
    }
  }

  private final long steps;
  private final Map<Value, Form> known = new HashMap<>();

  Affine(long steps) {
    this.steps = steps;
  }

  /** Says what a value is. */
  void let(Value value, Form form) {
    known.put(value, form);
  }

  long low(Form form) {
    return Math.min(form.at(0), form.at(steps - 1));
  }

  long high(Form form) {
    return Math.max(form.at(0), form.at(steps - 1));
  }

  /** The form of {@code value}, or null where it has none that can be seen. */
  @Nullable Form of(Value value) {
    return of(value, DEPTH);
  }

  private @Nullable Form of(Value value, int depth) {
    Form form = known.get(value);
    Op op = value.op();
    if (form != null || op == null || depth == 0 || value.dtype().isInexact()) {
      return form;
    }
    return switch (op.code()) {
      case CONSTANT -> {
        Literal literal = Monoid.constant(value);
        yield literal == null || literal.count() == 0 || literal.count() > 1 && !literal.isSplat()
            ? null
            : new Form(0, literal.longAt(0));
      }
      case ADD, SUBTRACT, MULTIPLY -> binary(op, depth);
      case NEGATE -> {
        Form x = of(op.operand(0), depth - 1);
        yield x == null ? null : x.times(-1);
      }
      case CONVERT, RESHAPE, BROADCAST_IN_DIM ->
          op.operand(0).shape().count() == 1 && value.shape().count() == 1
              ? of(op.operand(0), depth - 1)
              : null;
      case SELECT -> {
        Boolean choice = decided(op.operand(0), depth - 1);
        yield choice == null ? null : of(op.operand(choice ? 1 : 2), depth - 1);
      }
      default -> null;
    };
  }

  private @Nullable Form binary(Op op, int depth) {
    Form x = of(op.operand(0), depth - 1);
    Form y = of(op.operand(1), depth - 1);
    if (x == null || y == null) {
      return null;
    }
    return switch (op.code()) {
      case ADD -> x.plus(y, 1);
      case SUBTRACT -> x.plus(y, -1);
      default -> x.slope() == 0 ? y.times(x.offset()) : y.slope() == 0 ? x.times(y.offset()) : null;
    };
  }

  /** What a comparison says in every step, or null where that changes or cannot be seen. */
  private @Nullable Boolean decided(Value predicate, int depth) {
    Op op = predicate.op();
    if (op == null || op.code() != org.cornu.stablehlo.ir.OpCode.COMPARE) {
      return null;
    }
    Form x = of(op.operand(0), depth);
    Form y = of(op.operand(1), depth);
    if (x == null || y == null) {
      return null;
    }
    Form difference = x.plus(y, -1);
    long low = low(difference);
    long high = high(difference);
    return switch (Comparison.valueOf(op.keyword("comparison_direction", "EQ"))) {
      case LT -> high < 0 ? Boolean.TRUE : low >= 0 ? Boolean.FALSE : null;
      case LE -> high <= 0 ? Boolean.TRUE : low > 0 ? Boolean.FALSE : null;
      case GT -> low > 0 ? Boolean.TRUE : high <= 0 ? Boolean.FALSE : null;
      case GE -> low >= 0 ? Boolean.TRUE : high < 0 ? Boolean.FALSE : null;
      case EQ, NE -> null;
    };
  }
}
