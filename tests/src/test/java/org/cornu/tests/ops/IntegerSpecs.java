package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;

/** Rows of integer arithmetic, bit operations and logic. */
final class IntegerSpecs {
  private static final long[] LEFT = {7, -7, 123456789, -2147483648L, 0, 1};
  private static final long[] RIGHT = {2, 2, -1000, 3, 5, -31};
  private static final long[] SHIFTS = {0, 1, 31, 4, 32, 40};

  private IntegerSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    arithmetic(out);
    bits(out);
    logic(out);
    return out;
  }

  private static OpSpec unary(
      OpCode code, DType dtype, F1<Tensor, Tensor> op, LongUnaryOperator f) {
    return OpSpec.of(code)
        .named("bits of " + dtype)
        .ints(dtype, l(6), LEFT)
        .op(x -> op.apply(x.get(0)))
        .means(x -> x.get(0).map(v -> wrap(dtype, f.applyAsLong((long) v))));
  }

  private static OpSpec binary(
      OpCode code, DType dtype, F2<Tensor, Tensor, Tensor> op, long[] right, LongBinaryOperator f) {
    return OpSpec.of(code)
        .named("integers " + dtype)
        .ints(dtype, l(6), LEFT)
        .ints(dtype, l(6), right)
        .op(x -> op.apply(x.get(0), x.get(1)))
        .means(
            x -> x.get(0).zip(x.get(1), (a, b) -> wrap(dtype, f.applyAsLong((long) a, (long) b))));
  }

  /** The value that 32 bits keep. */
  private static long wrap(DType dtype, long value) {
    return dtype == DType.U32 ? value & 0xFFFFFFFFL : (int) value;
  }

  private static void arithmetic(List<OpSpec> out) {
    for (DType dtype : List.of(DType.I32, DType.U32)) {
      out.add(binary(OpCode.ADD, dtype, Lax::add, RIGHT, (a, b) -> a + b));
      out.add(binary(OpCode.SUBTRACT, dtype, Lax::sub, RIGHT, (a, b) -> a - b));
      out.add(binary(OpCode.MULTIPLY, dtype, Lax::mul, RIGHT, (a, b) -> a * b));
      out.add(binary(OpCode.DIVIDE, dtype, Lax::div, RIGHT, (a, b) -> a / b));
      out.add(binary(OpCode.REMAINDER, dtype, Lax::rem, RIGHT, (a, b) -> a % b));
      out.add(binary(OpCode.MAXIMUM, dtype, Lax::max, RIGHT, Math::max));
      out.add(binary(OpCode.MINIMUM, dtype, Lax::min, RIGHT, Math::min));
    }
    out.add(
        OpSpec.of(OpCode.POWER)
            .named("of integers")
            .ints(DType.I32, l(5), 2, -3, 0, 7, 1)
            .ints(DType.I32, l(5), 10, 3, 0, 0, 31)
            .op(x -> Lax.pow(x.get(0), x.get(1)))
            .means(x -> x.get(0).zip(x.get(1), Math::pow)));
    out.add(unary(OpCode.ABS, DType.I32, Lax::abs, Math::abs));
    out.add(unary(OpCode.NEGATE, DType.I32, Lax::neg, v -> -v));
    out.add(unary(OpCode.SIGN, DType.I32, Lax::sign, Long::signum));
  }

  private static void bits(List<OpSpec> out) {
    for (DType dtype : List.of(DType.I32, DType.U32)) {
      out.add(binary(OpCode.AND, dtype, Lax::bitwiseAnd, RIGHT, (a, b) -> a & b));
      out.add(binary(OpCode.OR, dtype, Lax::bitwiseOr, RIGHT, (a, b) -> a | b));
      out.add(binary(OpCode.XOR, dtype, Lax::bitwiseXor, RIGHT, (a, b) -> a ^ b));
      out.add(unary(OpCode.NOT, dtype, Lax::bitwiseNot, v -> ~v));
      out.add(
          unary(
              OpCode.COUNT_LEADING_ZEROS,
              dtype,
              Lax::clz,
              v -> Integer.numberOfLeadingZeros((int) v)));
      out.add(unary(OpCode.POPCNT, dtype, Lax::populationCount, v -> Integer.bitCount((int) v)));
      // A shift by 32 or more leaves nothing, or the sign.
      out.add(
          binary(
              OpCode.SHIFT_LEFT,
              dtype,
              Lax::shiftLeft,
              SHIFTS,
              (a, b) -> b >= 32 ? 0 : (int) a << b));
      out.add(
          binary(
              OpCode.SHIFT_RIGHT_LOGICAL,
              dtype,
              Lax::shiftRightLogical,
              SHIFTS,
              (a, b) -> b >= 32 ? 0 : (int) a >>> b));
      out.add(
          binary(
              OpCode.SHIFT_RIGHT_ARITHMETIC,
              dtype,
              Lax::shiftRightArithmetic,
              SHIFTS,
              (a, b) -> (int) a >> Math.min(31, b)));
    }
  }

  private static void logic(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.AND, OpCode.OR, OpCode.XOR, OpCode.NOT)
            .named("of bool")
            .ints(DType.BOOL, l(4), 0, 0, 1, 1)
            .ints(DType.BOOL, l(4), 0, 1, 0, 1)
            .ops(
                x ->
                    List.of(
                        Lax.bitwiseAnd(x.get(0), x.get(1)),
                        Lax.bitwiseOr(x.get(0), x.get(1)),
                        Lax.bitwiseXor(x.get(0), x.get(1)),
                        Lax.bitwiseNot(x.get(0))))
            .meansAll(
                x ->
                    List.of(
                        x.get(0).zip(x.get(1), (a, b) -> a * b),
                        x.get(0).zip(x.get(1), Math::max),
                        x.get(0).zip(x.get(1), (a, b) -> a == b ? 0 : 1),
                        x.get(0).map(a -> 1 - a))));
  }
}
