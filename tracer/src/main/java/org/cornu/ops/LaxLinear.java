package org.cornu.ops;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.Precision;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.jspecify.annotations.Nullable;

/** The part of {@link Lax} that contracts: products, convolutions, reductions, windows, sorting. */
abstract sealed class LaxLinear extends LaxShape permits LaxControl {

  /**
   * Sum of products over the contracting dimensions, for each index of the batching dimensions.
   * Result dimensions: batching, then what is left of {@code x}, then of {@code y}.
   *
   * @param result element type of the result, or null for that of {@code x}
   */
  public static Tensor dotGeneral(
      Tensor x,
      Tensor y,
      DimensionNumbers.Dot dims,
      @Nullable Precision precision,
      @Nullable DType result) {
    DType dtype = result == null ? x.dtype() : result;
    return Dispatch.one((b, v) -> b.dotGeneral(v[0], v[1], dims, precision, dtype), x, y);
  }

  /** Convolution with general strides, padding, dilations, groups and layouts (spec). */
  public static Tensor convGeneralDilated(Tensor x, Tensor kernel, ConvolutionConfig config) {
    return Dispatch.one((b, v) -> b.convolution(v[0], v[1], config), x, kernel);
  }

  /** The kind of a reduction with a known neutral element. */
  public enum Reduction {
    /** Sum; of bool: or. */
    ADD(OpCode.ADD),
    /** Product; of bool: and. */
    MUL(OpCode.MULTIPLY),
    /** Maximum. */
    MAX(OpCode.MAXIMUM),
    /** Minimum. */
    MIN(OpCode.MINIMUM),
    /** Logical or bitwise and. */
    AND(OpCode.AND),
    /** Logical or bitwise or. */
    OR(OpCode.OR);

    private final OpCode op;

    Reduction(OpCode op) {
      this.op = op;
    }

    /** The op of the body. */
    public OpCode op() {
      return op;
    }

    /** The neutral element of this reduction in a type. */
    public Literal neutral(DType dtype) {
      TensorType type = TensorType.of(dtype);
      return switch (this) {
        case ADD, OR -> Literal.ofLongs(type, 0);
        case MUL -> Literal.ofLongs(type, 1);
        case AND -> Literal.ofLongs(type, dtype.isBool() ? 1 : -1);
        case MAX -> extreme(type, -1);
        case MIN -> extreme(type, 1);
      };
    }

    private static Literal extreme(TensorType type, int sign) {
      DType dtype = type.dtype();
      if (dtype.isFloat()) {
        double limit =
            FloatFormat.hasInfinity(dtype) ? Double.POSITIVE_INFINITY : FloatFormat.max(dtype);
        return Literal.ofDoubles(type, sign * limit);
      } else if (dtype.isBool()) {
        return Literal.ofLongs(type, sign > 0 ? 1 : 0);
      } else if (dtype.isUnsigned()) {
        return Literal.ofLongs(type, sign > 0 ? -1 : 0);
      }
      long max = dtype.bits() == 64 ? Long.MAX_VALUE : (1L << (dtype.bits() - 1)) - 1;
      return Literal.ofLongs(type, sign > 0 ? max : -max - 1);
    }
  }

  /** Reduces dimensions, which disappear. */
  public static Tensor reduce(Tensor x, Reduction kind, long... dimensions) {
    return Dispatch.unary(
        x, (b, v) -> b.reduce(v, b.constant(kind.neutral(x.dtype())), kind.op(), dimensions));
  }

  /**
   * Reduces dimensions with a function of two scalars, which must be associative and may not use
   * tensors from outside.
   *
   * @param init neutral element of {@code f}
   */
  public static Tensor reduce(Tensor x, Tensor init, F2<Tensor, Tensor, Tensor> f, long... dims) {
    Block body = scalarBody("reduce", x.dtype(), f);
    return Dispatch.one(
        (b, v) -> b.reduce(List.of(v[0]), List.of(v[1]), dims, body).get(0), x, init);
  }

  private static Block scalarBody(String name, DType dtype, F2<Tensor, Tensor, Tensor> f) {
    Type scalar = TensorType.of(dtype);
    try (Trace trace = Trace.open(Trace.Kind.CLOSED_REGION, name, List.of(scalar, scalar))) {
      Tensor result = f.apply(trace.argument(0), trace.argument(1));
      return trace.block().returns(List.of(trace.lift(result)));
    }
  }

  /** Reduces every window of {@code x}; padding counts as the neutral element. */
  public static Tensor reduceWindow(Tensor x, Reduction kind, WindowConfig window) {
    return Dispatch.unary(
        x, (b, v) -> b.reduceWindow(v, b.constant(kind.neutral(x.dtype())), kind.op(), window));
  }

  /** Reduces every window of {@code x} with a function of two scalars. */
  public static Tensor reduceWindow(
      Tensor x, Tensor init, F2<Tensor, Tensor, Tensor> f, WindowConfig window) {
    Block body = scalarBody("reduceWindow", x.dtype(), f);
    return Dispatch.one(
        (b, v) -> b.reduceWindow(List.of(v[0]), List.of(v[1]), window, body).get(0), x, init);
  }

  /**
   * Sorts along a dimension in ascending order of the first operand; the others are permuted along.
   * NaN comes last, -0 before 0 is not distinguished.
   */
  public static List<Tensor> sort(List<Tensor> operands, int dimension, boolean stable) {
    return Dispatch.many(
        (b, v) -> b.sort(Arrays.asList(v), dimension, stable, lessThan(Arrays.asList(v))),
        operands.toArray(new Tensor[0]));
  }

  /** Sorts along a dimension in ascending order, stable. */
  public static Tensor sort(Tensor x, int dimension) {
    return sort(List.of(x), dimension, true).get(0);
  }

  /** {@code (a0, b0, a1, b1, ...) -> a0 < b0}, NaN after everything, equal zeros equal. */
  private static Block lessThan(List<Value> operands) {
    List<Type> types = new java.util.ArrayList<>();
    for (Value operand : operands) {
      types.add(TensorType.of(operand.dtype()));
      types.add(TensorType.of(operand.dtype()));
    }
    Block body = new Block(types);
    Builder b = new Builder(body);
    Value x = body.argument(0);
    Value y = body.argument(1);
    DType dtype = x.dtype();
    if (dtype.isComplex()) {
      Value realLess = less(b, b.real(x), b.real(y));
      Value realEqual = b.compare(b.real(x), b.real(y), org.cornu.stablehlo.build.Comparison.EQ);
      Value less = b.or(realLess, b.and(realEqual, less(b, b.imag(x), b.imag(y))));
      return body.returns(List.of(less));
    }
    return body.returns(List.of(less(b, x, y)));
  }

  private static Value less(Builder b, Value x, Value y) {
    if (!x.dtype().isFloat()) {
      return b.compare(x, y, org.cornu.stablehlo.build.Comparison.LT);
    }
    // As JAX does: all zeros and all NaNs are made alike, then a total order puts NaN last.
    return b.compare(
        canonical(b, x), canonical(b, y), org.cornu.stablehlo.build.Comparison.LT, "TOTALORDER");
  }

  private static Value canonical(Builder b, Value x) {
    Value zero = b.constant(x.dtype(), 0);
    Value nan = b.constant(x.dtype(), Double.NaN);
    Value plain = b.select(b.compare(x, zero, org.cornu.stablehlo.build.Comparison.EQ), zero, x);
    return b.select(b.compare(x, x, org.cornu.stablehlo.build.Comparison.NE), nan, plain);
  }

  /** The {@code k} largest of the last dimension in descending order, and their indices (i32). */
  public static List<Tensor> topK(Tensor x, int k) {
    return Dispatch.many(
        (b, v) ->
            b.create(
                    OpCode.CHLO_TOP_K,
                    List.of(v[0]),
                    java.util.Map.of("k", org.cornu.stablehlo.ir.Attribute.Int.i64(k)),
                    List.of())
                .results(),
        x);
  }

  /** Lower triangular {@code L} with {@code L Lᴴ = x}; {@code x [..., n, n]}, one triangle read. */
  public static Tensor cholesky(Tensor x, boolean lower) {
    return Dispatch.unary(x, (b, v) -> b.cholesky(v, lower));
  }

  /** Solves {@code op(a) x = y} (or {@code x op(a) = y}) for triangular {@code a [..., n, n]}. */
  public static Tensor triangularSolve(
      Tensor a,
      Tensor y,
      boolean leftSide,
      boolean lower,
      boolean unitDiagonal,
      String transposeA) {
    return Dispatch.one(
        (b, v) -> b.triangularSolve(v[0], v[1], leftSide, lower, unitDiagonal, transposeA), a, y);
  }

  /** Discrete Fourier transform over the last dimensions: FFT, IFFT, RFFT or IRFFT. */
  public static Tensor fft(Tensor x, String type, long... length) {
    return Dispatch.unary(x, (b, v) -> b.fft(v, type, length));
  }
}
