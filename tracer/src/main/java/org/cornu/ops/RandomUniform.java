package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Jit4;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Numbers of equal probability: uniform floats and integers, coins. */
abstract sealed class RandomUniform extends RandomKeys permits RandomNormal {
  RandomUniform() {}

  private static final Sampler UNIFORM =
      Sampler.of(
          "uniform",
          s ->
              between(
                  bits(s.key(), s.dtype(), s.shape()), s.dtype(), s.parameter(0), s.parameter(1)));

  private static final Sampler BERNOULLI =
      Sampler.of("bernoulli", s -> Lax.lt(s.uniform(), s.parameter(0)));

  /** Numbers of type f32 in [0, 1), in a shape. */
  public static Tensor uniform(Tensor key, long... dims) {
    return uniform(key, DType.F32, dims);
  }

  /** Uniform in [0, 1). */
  public static Tensor uniform(Tensor key, DType dtype, long... dims) {
    return uniform(key, 0, 1, dtype, dims);
  }

  /** Uniform in [low, high). */
  public static Tensor uniform(Tensor key, double low, double high, DType dtype, long... dims) {
    return UNIFORM.apply(
        key,
        dtype,
        dims,
        Sampler.number("uniform", dtype, low),
        Sampler.number("uniform", dtype, high));
  }

  /** Uniform in [low, high) with bounds that broadcast to the result. */
  public static Tensor uniform(Tensor key, Tensor low, Tensor high, DType dtype, long... dims) {
    return UNIFORM.apply(key, dtype, dims, low, high);
  }

  /** The random bits of which {@link #between} makes floats of a type. */
  static Tensor bits(Tensor key, DType dtype, Shape shape) {
    return Keys.bits(key, unsigned(randomBits(dtype)), shape);
  }

  /** Fewer than 8 random bits per element are drawn from 8. */
  private static int randomBits(DType dtype) {
    return FloatFormat.mantissaBits(dtype) < 8 ? 8 : dtype.bits();
  }

  /** Uniform floats in [low, high), which have the shape of the bits. */
  static Tensor between(Tensor bits, DType dtype, Tensor low, Tensor high) {
    int surplus = randomBits(dtype) - FloatFormat.mantissaBits(dtype);
    Tensor fraction =
        Lax.convertElementType(
            Lax.shiftRightLogical(bits, Lax.fullLike(bits, surplus)), unsigned(dtype.bits()));
    Tensor one =
        Lax.constant(
            Literal.ofLongs(
                TensorType.of(fraction.type().element(), bits.shape()),
                FloatFormat.encode(dtype, 1)));
    Tensor inOneTwo = Lax.bitcastConvertType(Lax.bitwiseOr(fraction, one), dtype);
    Tensor unit = Lax.sub(inOneTwo, Lax.fullLike(inOneTwo, 1));
    return Lax.max(low, Lax.add(Lax.mul(unit, Lax.sub(high, low)), low));
  }

  private static DType unsigned(int bits) {
    return switch (bits) {
      case 8 -> DType.U8;
      case 16 -> DType.U16;
      case 32 -> DType.U32;
      default -> DType.U64;
    };
  }

  /** True with probability {@code p}. */
  public static Tensor bernoulli(Tensor key, double p, long... dims) {
    return bernoulli(key, Sampler.number("bernoulli", DType.F32, p), dims);
  }

  /**
   * True with probability {@code p}, floats that broadcast to the result and give its precision.
   */
  public static Tensor bernoulli(Tensor key, Tensor p, long... dims) {
    return BERNOULLI.apply(key, p.dtype(), dims, p);
  }

  /**
   * -1 or 1 with equal probability, as integers or floats. Types of 64 bits are tossed with f64, as
   * in JAX's 64-bit mode.
   */
  public static Tensor rademacher(Tensor key, DType dtype, long... dims) {
    DType tossed = dtype.bits() == 64 ? DType.F64 : DType.F32;
    Tensor coin = bernoulli(key, Sampler.number("rademacher", tossed, 0.5), dims);
    return Lax.select(coin, Lax.full(dtype, 1, dims), Lax.full(dtype, -1, dims));
  }

  /** {@code beyond}: per element or for all, whether the upper bound is one beyond the type. */
  private record Integers(DType dtype, Shape shape, boolean beyond) {}

  private static final Jit4<Tensor, Integers, Tensor, Tensor, Tensor> RANDINT =
      Transforms.jit(
          (Tensor key, Integers draw, Tensor low, Tensor high) -> randint(key, draw, low, high));

  /**
   * Integers in [low, high) of a type of 8 to 64 bits. {@code high} may be one more than the
   * largest value of the type; larger bounds are taken as that, and {@code low} as the smallest
   * value where it lies below. Where {@code high <= low} the result is {@code low}.
   */
  public static Tensor randint(Tensor key, long low, long high, DType dtype, long... dims) {
    Sampler.requireInteger("randint", dtype);
    DType drawn = drawn(dtype);
    long max = max(dtype);
    long min = dtype.isUnsigned() ? 0 : -max - 1;
    // Narrow types are drawn in 32 bits, which hold the bound beyond the last value.
    long last = drawn == dtype ? max : max + 1;
    TensorType type = TensorType.of(drawn);
    return draw(
        key,
        new Integers(drawn, Shape.of(dims), high > last),
        Lax.constant(Literal.ofLongs(type, Math.max(min, Math.min(low, max)))),
        Lax.constant(Literal.ofLongs(type, Math.max(min, Math.min(high, last)))),
        dtype);
  }

  /**
   * Integers in [low, high) with bounds that are integers of any type and broadcast to the result.
   */
  public static Tensor randint(Tensor key, Tensor low, Tensor high, DType dtype, long... dims) {
    Sampler.requireInteger("randint", dtype);
    DType drawn = drawn(dtype);
    long max = max(dtype);
    long min = dtype.isUnsigned() ? 0 : -max - 1;
    long last = drawn == dtype ? max : max + 1;
    Shape shape = Sampler.shape("randint", dims, low, high);
    return draw(
        key,
        new Integers(drawn, shape, false),
        Dims.broadcastTo(clipped(low, min, max, drawn), shape),
        Dims.broadcastTo(clipped(high, min, last, drawn), shape),
        dtype);
  }

  private static Tensor draw(Tensor key, Integers draw, Tensor low, Tensor high, DType dtype) {
    Keys.kind(key);
    return Lax.convertElementType(RANDINT.apply(key, draw, low, high), dtype);
  }

  /** JAX draws types of fewer than 32 bits in i32, for less bias. */
  private static DType drawn(DType dtype) {
    return dtype.bits() < 32 ? DType.I32 : dtype;
  }

  private static long max(DType dtype) {
    int bits = dtype.isUnsigned() ? dtype.bits() : dtype.bits() - 1;
    return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
  }

  /** Bounds within a type, in that type; bounds of wider types are cut off, not wrapped. */
  private static Tensor clipped(Tensor x, long min, long max, DType dtype) {
    DType own = x.dtype();
    long least = own.isUnsigned() ? 0 : -max(own) - 1;
    TensorType type = TensorType.of(own);
    Tensor low = Lax.constant(Literal.ofLongs(type, Math.max(min, least)));
    Tensor high = Lax.constant(Literal.ofLongs(type, Math.min(max, max(own))));
    return Lax.convertElementType(Np.minimum(Np.maximum(x, low), high), dtype);
  }

  private static Tensor randint(Tensor key, Integers draw, Tensor low, Tensor high) {
    DType unsigned = unsigned(draw.dtype().bits());
    Tensor[] keys = Keys.several(key, 2);
    Tensor higher = Keys.bits(keys[0], unsigned, draw.shape());
    Tensor lower = Keys.bits(keys[1], unsigned, draw.shape());
    Tensor span = Lax.convertElementType(Lax.sub(high, low), unsigned);
    Tensor one = Lax.fullLike(span, 1);
    span = Lax.select(Lax.le(high, low), one, span);
    if (draw.beyond()) {
      // Wraps to 0 where every value of the type may come: a remainder by 0 is the number itself.
      span = Lax.select(Lax.gt(high, low), Lax.add(span, one), span);
    }
    // 2^bits modulo span, in two steps that stay in range.
    Tensor half = Lax.rem(Lax.fullLike(span, Math.scalb(1.0, draw.dtype().bits() / 2)), span);
    Tensor multiplier = Lax.rem(Lax.mul(half, half), span);
    Tensor spans = Dims.broadcastTo(span, draw.shape());
    Tensor offset =
        Lax.add(
            Lax.mul(Lax.rem(higher, spans), Dims.broadcastTo(multiplier, draw.shape())),
            Lax.rem(lower, spans));
    offset = Lax.rem(offset, spans);
    return Lax.add(
        Dims.broadcastTo(low, draw.shape()), Lax.convertElementType(offset, draw.dtype()));
  }
}
