package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Rows of real and complex elementwise ops, comparisons, choices and conversions. */
final class ElementwiseSpecs {
  private ElementwiseSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    reals(out);
    pairs(out);
    choices(out);
    conversions(out);
    complex(out);
    return out;
  }

  static OpSpec unary(
      OpCode code, F1<Tensor, Tensor> op, double low, double high, DoubleUnaryOperator f) {
    return OpSpec.of(code)
        .domain(low, high)
        .real(2, 3)
        .op(x -> op.apply(x.get(0)))
        .means(x -> x.get(0).map(f));
  }

  static OpSpec binary(
      OpCode code, F2<Tensor, Tensor, Tensor> op, double low, double high, DoubleBinaryOperator f) {
    return OpSpec.of(code)
        .domain(low, high)
        .real(2, 3)
        .real(2, 3)
        .op(x -> op.apply(x.get(0), x.get(1)))
        .means(x -> x.get(0).zip(x.get(1), f));
  }

  private static void reals(List<OpSpec> out) {
    out.add(unary(OpCode.ABS, Lax::abs, -2, -0.1, Math::abs).named("negative"));
    out.add(unary(OpCode.ABS, Lax::abs, 0.1, 2, Math::abs));
    out.add(unary(OpCode.CBRT, Lax::cbrt, 0.2, 3, Math::cbrt));
    out.add(unary(OpCode.CEIL, Lax::ceil, 2.1, 2.9, Math::ceil));
    out.add(unary(OpCode.COSINE, Lax::cos, -3, 3, Math::cos));
    out.add(unary(OpCode.EXPONENTIAL, Lax::exp, -3, 3, Math::exp));
    out.add(unary(OpCode.EXPONENTIAL_MINUS_ONE, Lax::expm1, -1e-3, 1e-3, Math::expm1));
    out.add(unary(OpCode.FLOOR, Lax::floor, -2.9, -2.1, Math::floor));
    out.add(unary(OpCode.LOG, Lax::log, 0.2, 4, Math::log));
    out.add(unary(OpCode.LOG_PLUS_ONE, Lax::log1p, -1e-3, 1e-3, Math::log1p));
    out.add(unary(OpCode.LOGISTIC, Lax::logistic, -4, 4, x -> 1 / (1 + Math.exp(-x))));
    out.add(unary(OpCode.NEGATE, Lax::neg, -2, 2, x -> -x));
    out.add(
        unary(
            OpCode.ROUND_NEAREST_AFZ,
            Lax::roundNearestAfz,
            -2.9,
            -2.55,
            x -> Math.signum(x) * Math.floor(Math.abs(x) + 0.5)));
    out.add(unary(OpCode.ROUND_NEAREST_EVEN, Lax::roundNearestEven, 1.55, 1.95, Math::rint));
    out.add(unary(OpCode.RSQRT, Lax::rsqrt, 0.2, 4, x -> 1 / Math.sqrt(x)));
    out.add(unary(OpCode.SIGN, Lax::sign, -2, -0.1, Math::signum));
    out.add(unary(OpCode.SINE, Lax::sin, -3, 3, Math::sin));
    out.add(unary(OpCode.SQRT, Lax::sqrt, 0.2, 4, Math::sqrt));
    out.add(unary(OpCode.TAN, Lax::tan, -1, 1, Math::tan));
    out.add(unary(OpCode.TANH, Lax::tanh, -3, 3, Math::tanh));
    out.add(
        unary(
            OpCode.STOP_GRADIENT,
            // Times a constant of derivative zero, so that differences see the same.
            x -> Lax.mul(x, Transforms.stopGradient(Lax.sign(x))),
            0.5,
            2,
            x -> x));
    out.add(
        OpSpec.of(OpCode.REDUCE_PRECISION)
            .named("to bf16")
            .ints(DType.I32, l(4), 1, -3, 257, 261)
            .op(x -> Lax.reducePrecision(Lax.convertElementType(x.get(0), DType.F32), 8, 7))
            .means(
                x ->
                    Grid.fill(l(4), i -> new double[] {1, -3, 256, 260}[(int) i[0]])
                        .as(DType.F32)));
  }

  private static void pairs(List<OpSpec> out) {
    out.add(binary(OpCode.ADD, Lax::add, -2, 2, Double::sum));
    out.add(binary(OpCode.ATAN2, Lax::atan2, 0.3, 2, Math::atan2));
    out.add(binary(OpCode.ATAN2, Lax::atan2, -2, -0.3, Math::atan2).named("negative"));
    out.add(binary(OpCode.DIVIDE, Lax::div, 0.5, 2, (a, b) -> a / b));
    out.add(binary(OpCode.MAXIMUM, Lax::max, -2, 2, Math::max));
    out.add(binary(OpCode.MINIMUM, Lax::min, -2, 2, Math::min));
    out.add(binary(OpCode.MULTIPLY, Lax::mul, -2, 2, (a, b) -> a * b));
    out.add(binary(OpCode.POWER, Lax::pow, 0.5, 2, Math::pow));
    out.add(binary(OpCode.SUBTRACT, Lax::sub, -2, 2, (a, b) -> a - b));
    out.add(
        OpSpec.of(OpCode.REMAINDER)
            .named("has the sign of the dividend")
            .values(l(4), 5.3, -5.3, 5.3, -1.2)
            .values(l(4), 2.1, 2.1, -2.1, 3.3)
            .op(x -> Lax.rem(x.get(0), x.get(1)))
            .means(x -> x.get(0).zip(x.get(1), (a, b) -> a % b)));
    for (OpCode code : List.of(OpCode.MAXIMUM, OpCode.MINIMUM)) {
      boolean max = code == OpCode.MAXIMUM;
      out.add(
          OpSpec.of(code)
              .named("NaN wins")
              .ints(DType.I32, l(3), 1, 0, -1)
              .op(
                  x -> {
                    // log(1) = 0, log(0) = -inf, log(-1) = NaN
                    Tensor v = Lax.log(Lax.convertElementType(x.get(0), DType.F64));
                    Tensor one = Lax.fullLike(v, max ? -1 : 1);
                    return max ? Lax.max(v, one) : Lax.min(one, v);
                  })
              .means(
                  x ->
                      x.get(0)
                          .as(DType.F64)
                          .map(Math::log)
                          .map(v -> max ? Math.max(v, -1) : Math.min(v, 1)))
              .doubleOnly());
    }
  }

  private static void choices(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.COMPARE)
            .named("all six")
            .values(l(4), 1, 2, 3, -0.5)
            .values(l(4), 1, 3, 2, -0.5)
            .ops(
                x ->
                    List.of(
                        Lax.eq(x.get(0), x.get(1)),
                        Lax.ne(x.get(0), x.get(1)),
                        Lax.ge(x.get(0), x.get(1)),
                        Lax.gt(x.get(0), x.get(1)),
                        Lax.le(x.get(0), x.get(1)),
                        Lax.lt(x.get(0), x.get(1))))
            .meansAll(
                x ->
                    List.of(
                        truth(x, (a, b) -> a == b ? 1 : 0),
                        truth(x, (a, b) -> a != b ? 1 : 0),
                        truth(x, (a, b) -> a >= b ? 1 : 0),
                        truth(x, (a, b) -> a > b ? 1 : 0),
                        truth(x, (a, b) -> a <= b ? 1 : 0),
                        truth(x, (a, b) -> a < b ? 1 : 0))));
    out.add(
        OpSpec.of(OpCode.IS_FINITE)
            .ints(DType.I32, l(3), 1, 0, -1)
            .op(x -> Lax.isFinite(Lax.log(Lax.convertElementType(x.get(0), DType.F32))))
            .means(x -> x.get(0).map(v -> Double.isFinite(Math.log(v)) ? 1 : 0).as(DType.BOOL)));
    out.add(
        OpSpec.of(OpCode.SELECT)
            .ints(DType.BOOL, l(2, 2), 1, 0, 0, 1)
            .real(2, 2)
            .real(2, 2)
            .op(x -> Lax.select(x.get(0), x.get(1), x.get(2)))
            .means(
                x ->
                    Grid.fill(
                        l(2, 2), i -> x.get(0).at(i) != 0 ? x.get(1).at(i) : x.get(2).at(i))));
    out.add(
        OpSpec.of(OpCode.SELECT)
            .named("by one scalar")
            .ints(DType.BOOL, l(), 0)
            .real(3)
            .real(3)
            .op(x -> Lax.select(x.get(0), Lax.sin(x.get(1)), x.get(2)))
            .means(x -> x.get(2)));
    out.add(
        OpSpec.of(OpCode.CLAMP)
            .values(l(4), 0.5, -1, 0, -4)
            .values(l(4), 0.1, 0.2, 3, -3)
            .values(l(4), 1, 1, 2, -2)
            .op(x -> Lax.clamp(x.get(0), x.get(1), x.get(2)))
            .means(
                x ->
                    Grid.fill(
                        l(4),
                        i -> Math.min(Math.max(x.get(0).at(i), x.get(1).at(i)), x.get(2).at(i)))));
    out.add(
        OpSpec.of(OpCode.CLAMP)
            .named("scalar bounds")
            .values(l(), -0.5)
            .values(l(4), -1, -0.2, 0.3, 2)
            .values(l(), 0.9)
            .op(x -> Lax.clamp(x.get(0), x.get(1), x.get(2)))
            .means(x -> x.get(1).map(v -> Math.min(Math.max(x.get(0).at(), v), x.get(2).at()))));
  }

  private static Grid truth(List<Grid> x, DoubleBinaryOperator f) {
    return x.get(0).zip(x.get(1), f).as(DType.BOOL);
  }

  private static void conversions(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.CONVERT)
            .named("to integers: toward zero; to bool: not zero")
            .values(l(5), 2.7, -2.7, 0.4, 100, -1.5)
            .ops(
                x ->
                    List.of(
                        Lax.convertElementType(x.get(0), DType.I32),
                        Lax.convertElementType(x.get(0), DType.I8),
                        Lax.convertElementType(x.get(0), DType.BOOL)))
            .meansAll(
                x ->
                    List.of(
                        x.get(0).map(v -> (int) v).as(DType.I32),
                        x.get(0).map(v -> (byte) v).as(DType.I8),
                        x.get(0).map(v -> v != 0 ? 1 : 0).as(DType.BOOL))));
    out.add(
        OpSpec.of(OpCode.CONVERT)
            .named("integers wrap")
            .ints(DType.I32, l(4), 300, -1, 65537, 70000)
            .ops(
                x ->
                    List.of(
                        Lax.convertElementType(x.get(0), DType.U8),
                        Lax.convertElementType(x.get(0), DType.I16),
                        Lax.convertElementType(x.get(0), DType.F32)))
            .meansAll(
                x ->
                    List.of(
                        x.get(0).map(v -> (int) v & 255).as(DType.U8),
                        x.get(0).map(v -> (short) v).as(DType.I16),
                        x.get(0).as(DType.F32))));
    out.add(
        OpSpec.of(OpCode.BITCAST_CONVERT)
            .ints(DType.I32, l(3), 0x3F800000, 0xC0490FDBL, 7)
            .ops(
                x ->
                    List.of(
                        Lax.bitcastConvertType(x.get(0), DType.F32),
                        Lax.bitcastConvertType(x.get(0), DType.U8)))
            .meansAll(
                x ->
                    List.of(
                        x.get(0).map(v -> Float.intBitsToFloat((int) v)).as(DType.F32),
                        Grid.fill(
                                l(3, 4), i -> ((int) x.get(0).at(i[0]) >>> (8 * (int) i[1])) & 255)
                            .as(DType.U8))));
  }

  // ---- complex numbers, made of two real arguments and taken apart again

  private static OpSpec complexUnary(OpCode code, F1<Tensor, Tensor> op, F1<double[], double[]> f) {
    return OpSpec.of(code)
        .named("complex")
        .domain(0.3, 1.3)
        .real(3)
        .real(3)
        .ops(x -> parts(op.apply(Lax.complex(x.get(0), x.get(1)))))
        .meansAll(
            x -> {
              double[][] z = new double[3][];
              for (int i = 0; i < 3; i++) {
                z[i] = f.apply(new double[] {x.get(0).at(i), x.get(1).at(i)});
              }
              return List.of(
                  Grid.fill(l(3), i -> z[(int) i[0]][0]), Grid.fill(l(3), i -> z[(int) i[0]][1]));
            });
  }

  static List<Tensor> parts(Tensor z) {
    return List.of(Lax.real(z), Lax.imag(z));
  }

  private static double[] times(double[] a, double[] b) {
    return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
  }

  private static double[] exp(double[] z) {
    double size = Math.exp(z[0]);
    return new double[] {size * Math.cos(z[1]), size * Math.sin(z[1])};
  }

  private static double[] log(double[] z) {
    return new double[] {Math.log(Math.hypot(z[0], z[1])), Math.atan2(z[1], z[0])};
  }

  private static double[] power(double[] z, double exponent) {
    double[] log = log(z);
    return exp(new double[] {exponent * log[0], exponent * log[1]});
  }

  private static void complex(List<OpSpec> out) {
    out.add(complexUnary(OpCode.COMPLEX, z -> z, z -> z));
    out.add(complexUnary(OpCode.REAL, z -> Lax.mul(z, z), z -> times(z, z)));
    out.add(complexUnary(OpCode.IMAG, Lax::neg, z -> new double[] {-z[0], -z[1]}));
    out.add(complexUnary(OpCode.EXPONENTIAL, Lax::exp, ElementwiseSpecs::exp));
    out.add(complexUnary(OpCode.LOG, Lax::log, ElementwiseSpecs::log));
    out.add(complexUnary(OpCode.SQRT, Lax::sqrt, z -> power(z, 0.5)));
    out.add(complexUnary(OpCode.RSQRT, Lax::rsqrt, z -> power(z, -0.5)));
    out.add(
        complexUnary(
            OpCode.SINE,
            Lax::sin,
            z ->
                new double[] {Math.sin(z[0]) * Math.cosh(z[1]), Math.cos(z[0]) * Math.sinh(z[1])}));
    out.add(
        complexUnary(
            OpCode.COSINE,
            Lax::cos,
            z ->
                new double[] {
                  Math.cos(z[0]) * Math.cosh(z[1]), -Math.sin(z[0]) * Math.sinh(z[1])
                }));
    out.add(complexUnary(OpCode.DIVIDE, z -> Lax.div(Lax.fullLike(z, 1), z), z -> power(z, -1)));
    out.add(complexUnary(OpCode.CHLO_CONJ, Lax::conj, z -> new double[] {z[0], -z[1]}));
    out.add(
        OpSpec.of(OpCode.ABS)
            .named("complex")
            .domain(0.3, 1.3)
            .real(3)
            .real(3)
            .op(x -> Lax.abs(Lax.complex(x.get(0), x.get(1))))
            .means(x -> x.get(0).zip(x.get(1), Math::hypot)));
  }
}
