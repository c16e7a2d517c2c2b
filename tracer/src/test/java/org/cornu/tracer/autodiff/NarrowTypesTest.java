package org.cornu.tracer.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules in f32, bf16 and f16 give what the same rule gives in f64, up to a few units of the type.
 */
class NarrowTypesTest {
  record Case(OpCode code, double low, double high, DType dtype) {}

  static Stream<Case> cases() {
    List<Case> out = new ArrayList<>();
    for (DType dtype : List.of(DType.F32, DType.BF16, DType.F16)) {
      for (OpCode code :
          List.of(
              OpCode.ABS,
              OpCode.COSINE,
              OpCode.EXPONENTIAL,
              OpCode.EXPONENTIAL_MINUS_ONE,
              OpCode.LOG_PLUS_ONE,
              OpCode.LOGISTIC,
              OpCode.NEGATE,
              OpCode.SINE,
              OpCode.TANH,
              OpCode.CHLO_SQUARE,
              OpCode.CHLO_ERF,
              OpCode.CHLO_ATAN,
              OpCode.CHLO_SINH,
              OpCode.CHLO_COSH,
              OpCode.CHLO_ASINH)) {
        out.add(new Case(code, -0.9, 1, dtype));
      }
      for (OpCode code :
          List.of(
              OpCode.LOG,
              OpCode.SQRT,
              OpCode.RSQRT,
              OpCode.CBRT,
              OpCode.ADD,
              OpCode.SUBTRACT,
              OpCode.MULTIPLY,
              OpCode.DIVIDE,
              OpCode.POWER,
              OpCode.ATAN2,
              OpCode.MAXIMUM)) {
        out.add(new Case(code, 0.5, 2, dtype));
      }
    }
    return out.stream();
  }

  private static boolean isBinary(OpCode code) {
    return switch (code) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, ATAN2, MAXIMUM -> true;
      default -> false;
    };
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreeWithTheWideRule(Case c) {
    int n = 64;
    int arity = isBinary(c.code()) ? 2 : 1;
    TensorType narrow = TensorType.of(c.dtype(), n);
    Random random = new Random(9);
    List<Literal> inputs = new ArrayList<>();
    for (int i = 0; i < 2 * arity; i++) {
      double[] values = new double[n];
      for (int k = 0; k < n; k++) {
        values[k] =
            i < arity
                ? c.low() + (c.high() - c.low()) * random.nextDouble()
                : 1 + random.nextDouble();
      }
      inputs.add(Literal.ofDoubles(narrow, values));
    }
    Literal got = tangent(c, c.dtype(), arity, inputs);
    List<Literal> wide = new ArrayList<>();
    for (Literal input : inputs) {
      double[] values = new double[n];
      for (int k = 0; k < n; k++) {
        values[k] = input.doubleAt(k);
      }
      wide.add(Literal.ofDoubles(TensorType.of(DType.F64, n), values));
    }
    Literal expected = tangent(c, DType.F64, arity, wide);
    double unit =
        switch (c.dtype()) {
          case F32 -> Math.pow(2, -23);
          case BF16 -> Math.pow(2, -7);
          default -> Math.pow(2, -10);
        };
    for (int k = 0; k < n; k++) {
      double size = Math.max(Math.abs(expected.doubleAt(k)), 1);
      assertThat(Math.abs(got.doubleAt(k) - expected.doubleAt(k)))
          .as(
              "%s at %s: %s, %s",
              c, inputs.get(0).doubleAt(k), got.doubleAt(k), expected.doubleAt(k))
          .isLessThan(6 * unit * size);
    }
  }

  private static Literal tangent(Case c, DType dtype, int arity, List<Literal> inputs) {
    TensorType type = TensorType.of(dtype, 64);
    Func func =
        GradientCheck.func(
            java.util.Collections.nCopies(arity, type), (b, x) -> List.of(apply(c, b, x)));
    boolean[] active = Masks.all(arity);
    return GradientCheck.run(Differentiation.jvp(func, active).func(), inputs).get(1);
  }

  private static Value apply(Case c, Builder b, List<Value> x) {
    return x.size() == 1 ? b.unary(c.code(), x.get(0)) : b.binary(c.code(), x.get(0), x.get(1));
  }
}
