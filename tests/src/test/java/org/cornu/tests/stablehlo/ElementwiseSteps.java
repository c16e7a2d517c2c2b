package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs that work element by element. */
final class ElementwiseSteps {
  private static final OpCode[] REAL = {
    ABS,
    CBRT,
    CEIL,
    COSINE,
    EXPONENTIAL,
    EXPONENTIAL_MINUS_ONE,
    FLOOR,
    LOG,
    LOG_PLUS_ONE,
    LOGISTIC,
    NEGATE,
    ROUND_NEAREST_AFZ,
    ROUND_NEAREST_EVEN,
    RSQRT,
    SIGN,
    SINE,
    SQRT,
    TAN,
    TANH,
    CHLO_ACOS,
    CHLO_ACOSH,
    CHLO_ASIN,
    CHLO_ASINH,
    CHLO_ATAN,
    CHLO_ATANH,
    CHLO_BESSEL_I1E,
    CHLO_COSH,
    CHLO_DIGAMMA,
    CHLO_ERF,
    CHLO_ERF_INV,
    CHLO_ERFC,
    CHLO_SINH,
    CHLO_SQUARE,
    CHLO_TAN
  };
  private static final OpCode[] COMPLEX = {
    COSINE,
    EXPONENTIAL,
    EXPONENTIAL_MINUS_ONE,
    LOG,
    LOG_PLUS_ONE,
    LOGISTIC,
    NEGATE,
    RSQRT,
    SIGN,
    SINE,
    SQRT,
    TANH,
    CHLO_CONJ,
    CHLO_SQUARE
  };
  private static final OpCode[] REAL_BINARY = {
    ADD, SUBTRACT, MULTIPLY, DIVIDE, MAXIMUM, MINIMUM, ATAN2, POWER, REMAINDER, CHLO_NEXT_AFTER
  };
  private static final OpCode[] BROADCASTING = {
    CHLO_BROADCAST_ADD,
    CHLO_BROADCAST_ATAN2,
    CHLO_BROADCAST_DIVIDE,
    CHLO_BROADCAST_MAXIMUM,
    CHLO_BROADCAST_MINIMUM,
    CHLO_BROADCAST_MULTIPLY,
    CHLO_BROADCAST_NEXT_AFTER,
    CHLO_BROADCAST_POWER,
    CHLO_BROADCAST_REMAINDER,
    CHLO_BROADCAST_SUBTRACT,
    CHLO_BROADCAST_COMPARE,
    CHLO_BROADCAST_COMPLEX
  };
  private static final OpCode[] INTEGER_BROADCASTING = {
    CHLO_BROADCAST_AND,
    CHLO_BROADCAST_OR,
    CHLO_BROADCAST_XOR,
    CHLO_BROADCAST_SHIFT_LEFT,
    CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC,
    CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL
  };
  private static final OpCode[] INTEGER_BINARY = {
    ADD,
    SUBTRACT,
    MULTIPLY,
    DIVIDE,
    MAXIMUM,
    MINIMUM,
    AND,
    OR,
    XOR,
    REMAINDER,
    SHIFT_LEFT,
    SHIFT_RIGHT_ARITHMETIC,
    SHIFT_RIGHT_LOGICAL,
    POWER
  };

  private ElementwiseSteps() {}

  static void real(Draft d) {
    OpCode code = d.one(REAL);
    Value x = d.real();
    // XLA's logarithm of 1 + x in f64 has 14 digits where x is between -0.41 and -0.29.
    if (x.dtype() == DType.F64 && code == LOG_PLUS_ONE) {
      x = d.b.abs(x);
    } else if (x.dtype() == DType.F64 && code == CHLO_ATANH) {
      x = d.b.multiply(d.b.tanh(x), like(d, x, 0.25));
    }
    d.add(d.b.unary(code, x));
  }

  static void realBinary(Draft d) {
    Value x = d.real();
    d.add(d.b.binary(d.one(REAL_BINARY), x, d.mate(x)));
  }

  static void broadcasting(Draft d) {
    boolean integer = d.below(3) == 0;
    Value x = integer ? d.integer() : d.real();
    OpCode code = d.one(integer ? INTEGER_BROADCASTING : BROADCASTING);
    if (code == CHLO_BROADCAST_COMPLEX && x.dtype().bits() < 32) {
      return;
    }
    Value y = d.input(x.dtype(), x.shape());
    Map<String, Attribute> attributes =
        code == CHLO_BROADCAST_COMPARE
            ? Map.of("comparison_direction", new Attribute.Opaque("#chlo<comparison_direction LE>"))
            : Map.of();
    d.add(d.b.create(code, List.of(x, y), attributes, List.of()).result());
  }

  static void integerBinary(Draft d) {
    Value x = d.integer();
    Value y = d.mate(x);
    OpCode code = d.one(INTEGER_BINARY);
    // XLA reads exponents of more than 31 bits otherwise than the specification.
    d.add(d.b.binary(code, x, code == POWER ? d.b.and(y, like(d, x, 7)) : y));
  }

  static Value like(Draft d, Value x, double number) {
    return d.b.constant(x.tensorType(), number);
  }

  static void integer(Draft d) {
    Value x = d.integer();
    OpCode[] all = {NOT, POPCNT, COUNT_LEADING_ZEROS, NEGATE, ABS, SIGN};
    d.add(d.b.unary(all[d.below(x.dtype().isSigned() ? 6 : 4)], x));
  }

  /** Whether results of computations are equal is a matter of rounding; inputs are compared. */
  static void compare(Draft d) {
    Value x = d.any();
    Comparison direction = Comparison.values()[d.below(x.dtype().isComplex() ? 2 : 6)];
    boolean equality = direction == Comparison.EQ || direction == Comparison.NE;
    if (equality && x.dtype().isInexact()) {
      x = d.input(x.dtype(), x.shape());
      d.add(d.b.compare(x, d.input(x.dtype(), x.shape()), direction));
    } else {
      d.add(d.b.compare(x, d.mate(x), direction));
    }
  }

  static void select(Draft d) {
    Value x = d.any();
    boolean scalar = d.below(3) == 0;
    Value p = d.input(DType.BOOL, scalar ? Shape.SCALAR : x.shape());
    Value y = d.mate(x);
    d.add(
        !scalar && d.coin()
            ? d.b.create(CHLO_BROADCAST_SELECT, List.of(p, x, y), Map.of(), List.of()).result()
            : d.b.select(p, x, y));
  }

  static void clamp(Draft d) {
    Value x = d.wide();
    if (!x.dtype().isComplex() && !x.dtype().isBool()) {
      d.add(d.b.clamp(d.mate(x), x, d.mate(x)));
    }
  }

  static void convert(Draft d) {
    Value x = d.wide();
    if (!x.dtype().isComplex()) {
      d.add(d.b.convert(x, d.coin() ? d.one(Draft.FLOATS) : d.one(Draft.INTEGERS)));
    }
  }

  static void bits(Draft d) {
    Value x = d.integer();
    if (x.dtype().bits() == 64) {
      d.add(d.b.bitcastConvert(x, DType.U32));
    } else {
      DType[] unsigned = {DType.U8, DType.U16, DType.U32};
      for (DType dtype : unsigned) {
        if (dtype.bits() == x.dtype().bits()) {
          d.add(d.b.bitcastConvert(x, dtype));
        }
      }
    }
  }

  static void rounding(Draft d) {
    Value x = d.real();
    int mantissa = FloatFormat.mantissaBits(x.dtype());
    int exponent = x.dtype().bits() - 1 - mantissa;
    switch (d.below(5)) {
      case 0 -> d.add(d.b.reducePrecision(x, exponent, 2 + d.below(mantissa)));
      case 1 -> d.add(d.b.isFinite(x));
      case 2 -> d.add(d.b.unary(CHLO_IS_INF, x));
      case 3 -> d.add(d.b.unary(d.coin() ? CHLO_IS_POS_INF : CHLO_IS_NEG_INF, x));
      default ->
          d.add(
              d.b
                  .create(
                      CHLO_CONSTANT_LIKE,
                      List.of(x),
                      Map.of("value", new Attribute.Real(1.5, x.dtype().mlir())),
                      List.of())
                  .result());
    }
  }

  /** Special functions, away from the zeros where XLA's digits cancel. */
  static void special(Draft d) {
    Value y = d.tame(d.real());
    Value x = d.b.add(d.b.abs(y), like(d, y, 3));
    d.add(
        switch (d.below(3)) {
          case 0 -> d.b.unary(CHLO_LGAMMA, x);
          case 1 -> {
            OpCode code = d.coin() ? CHLO_POLYGAMMA : CHLO_BROADCAST_POLYGAMMA;
            yield d.b.binary(code, like(d, x, 1 + d.below(3)), x);
          }
          default -> {
            OpCode code = d.coin() ? CHLO_ZETA : CHLO_BROADCAST_ZETA;
            yield d.b.binary(code, x, d.b.add(x, like(d, x, 1)));
          }
        });
  }

  static void complex(Draft d) {
    Value x = d.complex();
    switch (d.below(8)) {
      case 0, 1 -> d.add(d.b.unary(d.one(COMPLEX), x));
      case 2 -> d.add(d.b.multiply(x, d.mate(x)));
      case 3 -> d.add(d.b.divide(x, d.mate(x)));
      case 4 -> d.add(d.coin() ? d.b.real(x) : d.b.imag(x));
      case 5 -> d.add(d.b.abs(x));
      case 6 -> d.add(d.coin() ? d.b.add(x, d.mate(x)) : d.b.subtract(x, d.mate(x)));
      default -> {
        DType part = x.dtype().real();
        d.add(d.b.complex(d.input(part, x.shape()), d.input(part, x.shape())));
      }
    }
  }

  /**
   * Types of few bits: to and from them, and arithmetic. Arrays of types below 8 bits stay inside
   * one elementwise computation: the plugin can overrun buffers of them.
   */
  static void small(Draft d) {
    DType dtype = d.one(Draft.SMALL);
    boolean packed = dtype.bits() < 8;
    Value x;
    if (!packed && d.coin()) {
      x = d.input(dtype, d.shape());
    } else if (dtype == DType.F8E8M0FNU) {
      // A type without zero or sign.
      Value from = d.plain(d.real());
      x = d.b.convert(d.b.maximum(d.b.abs(from), like(d, from, 0.125)), dtype);
    } else {
      Value from = dtype.isFloat() ? d.plain(d.real()) : d.integer();
      // Four bits have no infinity, and what they make of one is open.
      x = d.b.convert(dtype == DType.F4E2M1FN ? d.b.tanh(from) : from, dtype);
    }
    Value y = packed ? x : d.mate(x);
    OpCode[] codes = {ADD, SUBTRACT, MULTIPLY, MAXIMUM, MINIMUM, AND, OR, XOR};
    boolean plain = dtype == DType.F8E8M0FNU || dtype == DType.F4E2M1FN;
    Value z = plain ? x : d.b.binary(codes[d.below(dtype.isInteger() ? 8 : 5)], x, y);
    if (!packed) {
      d.add(x);
      d.add(z);
    }
    d.add(d.b.convert(z, dtype.isFloat() ? d.one(Draft.FLOATS) : d.one(Draft.INTEGERS)));
  }
}
