package org.cornu.ops;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.Jit4;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.Transforms;

/**
 * Random numbers from explicit keys ({@code u32[2]}), as {@code jax.random} with its default
 * generator: the same key gives the same numbers, always. Use a key once; derive others with {@link
 * #split} and {@link #foldIn}. Integers, bits and {@code uniform} in [0, 1) equal JAX's bit for
 * bit, the other distributions to rounding.
 *
 * <pre>{@code
 * Tensor key = Random.key(42);
 * Tensor keys = Random.split(key, 2);
 * Tensor x = Random.normal(key, DType.F32, 3, 4);
 * }</pre>
 */
public final class Random {
  private Random() {}

  /** The key of a seed: {@code u32[2]}, the seed's low 32 bits in the second word. */
  public static Tensor key(long seed) {
    long high = seed == (int) seed || seed >>> 32 == 0 ? 0 : seed >>> 32;
    return Tensor.of(Literal.ofLongs(TensorType.of(DType.U32, 2), high, seed & 0xFFFFFFFFL));
  }

  /** {@code count} independent keys: {@code u32[count, 2]}. */
  public static Tensor split(Tensor key, int count) {
    return Threefry.split(key, Shape.of(count));
  }

  /** Independent keys in an array: {@code u32[dims..., 2]}. */
  public static Tensor split(Tensor key, long... dims) {
    return Threefry.split(key, Shape.of(dims));
  }

  /** Key {@code i} of the keys that {@link #split} gave. */
  public static Tensor keyAt(Tensor keys, int i) {
    return Lax.reshape(Lax.slice(keys, new long[] {i, 0}, new long[] {i + 1L, 2}), 2);
  }

  /** The key for item number {@code data} of a stream. */
  public static Tensor foldIn(Tensor key, int data) {
    return foldIn(key, scalar(Literal.ofLongs(TensorType.of(DType.I32), data)));
  }

  /** The key for item number {@code data} (a scalar integer) of a stream. */
  public static Tensor foldIn(Tensor key, Tensor data) {
    return Threefry.foldIn(key, data);
  }

  /** Uniform bits: u8, u16, u32 or u64 of shape {@code dims}. */
  public static Tensor bits(Tensor key, DType dtype, long... dims) {
    if (!dtype.isUnsigned() || dtype.bits() < 8) {
      throw new OpException("bits: the type must be u8, u16, u32 or u64: got " + dtype);
    }
    return Threefry.bits(key, dtype, Shape.of(dims));
  }

  private record Draw(DType dtype, Shape shape) {}

  private static final Jit4<Tensor, Draw, Tensor, Tensor, Tensor> UNIFORM =
      Transforms.jit(
          (Tensor key, Draw draw, Tensor low, Tensor high) -> uniform(key, draw, low, high));

  /** Uniform in [0, 1). */
  public static Tensor uniform(Tensor key, DType dtype, long... dims) {
    return uniform(key, 0, 1, dtype, dims);
  }

  /** Uniform in [low, high). */
  public static Tensor uniform(Tensor key, double low, double high, DType dtype, long... dims) {
    return uniform(key, scalar("uniform", dtype, low), scalar("uniform", dtype, high), dtype, dims);
  }

  /** Uniform in [low, high) with bounds that are scalars or of shape {@code dims}. */
  public static Tensor uniform(Tensor key, Tensor low, Tensor high, DType dtype, long... dims) {
    Threefry.requireKey(key);
    requireFloat("uniform", dtype);
    return UNIFORM.apply(key, new Draw(dtype, Shape.of(dims)), low, high);
  }

  private static Tensor uniform(Tensor key, Draw draw, Tensor low, Tensor high) {
    DType dtype = draw.dtype();
    int mantissa = FloatFormat.mantissaBits(dtype);
    // Fewer than 8 random bits per element are drawn from 8.
    int random = mantissa < 8 ? 8 : dtype.bits();
    Tensor bits = Threefry.bits(key, unsigned(random), draw.shape());
    Tensor fraction =
        Lax.convertElementType(
            Lax.shiftRightLogical(bits, Lax.fullLike(bits, random - mantissa)),
            unsigned(dtype.bits()));
    Tensor one =
        Lax.constant(
            Literal.ofLongs(
                TensorType.of(fraction.type().element(), draw.shape()),
                FloatFormat.encode(dtype, 1)));
    Tensor inOneTwo = Lax.bitcastConvertType(Lax.bitwiseOr(fraction, one), dtype);
    Tensor unit = Lax.sub(inOneTwo, Lax.fullLike(inOneTwo, 1));
    Tensor lo = spread(low, draw.shape());
    Tensor hi = spread(high, draw.shape());
    return Lax.max(lo, Lax.add(Lax.mul(unit, Lax.sub(hi, lo)), lo));
  }

  private static DType unsigned(int bits) {
    return switch (bits) {
      case 8 -> DType.U8;
      case 16 -> DType.U16;
      case 32 -> DType.U32;
      default -> DType.U64;
    };
  }

  private static Tensor spread(Tensor x, Shape shape) {
    return x.rank() == 0 ? Lax.broadcast(x, shape.dims()) : x;
  }

  private static void requireFloat(String what, DType dtype) {
    if (dtype != DType.F32 && dtype != DType.F64 && dtype != DType.F16 && dtype != DType.BF16) {
      throw new OpException(what + ": the type must be f16, bf16, f32 or f64: got " + dtype);
    }
  }

  private static Tensor scalar(String what, DType dtype, double value) {
    requireFloat(what, dtype);
    return scalar(Literal.scalar(dtype, value));
  }

  /**
   * A constant of the program being recorded; outside a trace an argument, so that it may change.
   */
  private static Tensor scalar(Literal value) {
    return Trace.current() == null ? Tensor.of(value) : Lax.constant(value);
  }

  private static final Jit1<Sample, Tensor> SAMPLE =
      Transforms.jit((Sample sample) -> sample.distribution().draw(sample));

  /** A draw from a named distribution: everything but the key and the parameters is static. */
  private record Sample(
      Distribution distribution, Tensor key, DType dtype, Shape shape, List<Tensor> parameters) {

    Tensor unit() {
      return uniform(key, dtype, shape.dims());
    }

    Tensor between(double low, double high) {
      return Random.uniform(
          key, new Draw(dtype, shape), Lax.full(dtype, low), Lax.full(dtype, high));
    }

    Tensor parameter(int i) {
      return spread(parameters.get(i), shape);
    }

    Tensor full(double value) {
      return Lax.full(dtype, value, shape.dims());
    }
  }

  private enum Distribution {
    NORMAL {
      @Override
      Tensor draw(Sample s) {
        // The open interval: -1 itself would give -infinity.
        Tensor u = s.between(above(s.dtype(), -1), 1);
        return Lax.mul(s.full(Math.sqrt(2)), Lax.erfInv(u));
      }
    },
    TRUNCATED_NORMAL {
      @Override
      Tensor draw(Sample s) {
        Tensor lower = s.parameter(0);
        Tensor upper = s.parameter(1);
        Tensor root = s.full(Math.sqrt(2));
        Tensor a = Lax.erf(Lax.div(lower, root));
        Tensor b = Lax.erf(Lax.div(upper, root));
        Tensor u = Random.uniform(s.key(), new Draw(s.dtype(), s.shape()), a, b);
        Tensor out = Lax.mul(root, Lax.erfInv(u));
        return Lax.clamp(
            Lax.nextAfter(lower, s.full(Double.POSITIVE_INFINITY)),
            out,
            Lax.nextAfter(upper, s.full(Double.NEGATIVE_INFINITY)));
      }
    },
    BERNOULLI {
      @Override
      Tensor draw(Sample s) {
        return Lax.lt(s.unit(), s.parameter(0));
      }
    },
    GUMBEL {
      @Override
      Tensor draw(Sample s) {
        Tensor u = s.between(smallest(s.dtype()), 1);
        return Lax.neg(Lax.log(Lax.neg(Lax.log(u))));
      }
    },
    EXPONENTIAL {
      @Override
      Tensor draw(Sample s) {
        return Lax.neg(Lax.log1p(Lax.neg(s.unit())));
      }
    },
    LAPLACE {
      @Override
      Tensor draw(Sample s) {
        Tensor u = s.between(above(s.dtype(), -1), 1);
        return Lax.mul(Lax.sign(u), Lax.log1p(Lax.neg(Lax.abs(u))));
      }
    },
    LOGISTIC {
      @Override
      Tensor draw(Sample s) {
        Tensor u = s.between(smallest(s.dtype()), 1);
        return Lax.sub(Lax.log(u), Lax.log1p(Lax.neg(u)));
      }
    },
    CAUCHY {
      @Override
      Tensor draw(Sample s) {
        Tensor u = s.between(Math.scalb(1.0, -FloatFormat.mantissaBits(s.dtype())), 1);
        return Lax.tan(Lax.mul(s.full(Math.PI), Lax.sub(u, s.full(0.5))));
      }
    };

    abstract Tensor draw(Sample s);
  }

  private static double above(DType dtype, double value) {
    // -1 has the mantissa 0, so the next value toward 0 has half the spacing of [1, 2).
    return value + Math.scalb(1.0, -FloatFormat.mantissaBits(dtype) - 1);
  }

  private static double smallest(DType dtype) {
    return switch (dtype) {
      case F16 -> Math.scalb(1.0, -14);
      case F64 -> Double.MIN_NORMAL;
      default -> Math.scalb(1.0, -126);
    };
  }

  private static Tensor sample(
      Distribution distribution, Tensor key, DType dtype, long[] dims, Tensor... parameters) {
    Threefry.requireKey(key);
    requireFloat(distribution.name().toLowerCase(java.util.Locale.ROOT), dtype);
    return SAMPLE.apply(new Sample(distribution, key, dtype, Shape.of(dims), List.of(parameters)));
  }

  /** Normal with mean 0 and standard deviation 1. */
  public static Tensor normal(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.NORMAL, key, dtype, dims);
  }

  /** Standard normal, restricted to [lower, upper]. */
  public static Tensor truncatedNormal(
      Tensor key, double lower, double upper, DType dtype, long... dims) {
    return sample(
        Distribution.TRUNCATED_NORMAL,
        key,
        dtype,
        dims,
        scalar("truncatedNormal", dtype, lower),
        scalar("truncatedNormal", dtype, upper));
  }

  /** True with probability {@code p}. */
  public static Tensor bernoulli(Tensor key, double p, long... dims) {
    return bernoulli(key, scalar("bernoulli", DType.F32, p), dims);
  }

  /** True with probability {@code p}, a float scalar or of shape {@code dims}. */
  public static Tensor bernoulli(Tensor key, Tensor p, long... dims) {
    return sample(Distribution.BERNOULLI, key, p.dtype(), dims, p);
  }

  /** Standard Gumbel: {@code -log(-log(u))}. */
  public static Tensor gumbel(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.GUMBEL, key, dtype, dims);
  }

  /** Exponential with mean 1. */
  public static Tensor exponential(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.EXPONENTIAL, key, dtype, dims);
  }

  /** Laplace with mean 0 and scale 1. */
  public static Tensor laplace(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.LAPLACE, key, dtype, dims);
  }

  /** Logistic with mean 0 and scale 1. */
  public static Tensor logistic(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.LOGISTIC, key, dtype, dims);
  }

  /** Cauchy with median 0 and scale 1. */
  public static Tensor cauchy(Tensor key, DType dtype, long... dims) {
    return sample(Distribution.CAUCHY, key, dtype, dims);
  }

  /** -1 or 1 with equal probability, as integers or floats. */
  public static Tensor rademacher(Tensor key, DType dtype, long... dims) {
    Tensor coin = bernoulli(key, 0.5, dims);
    return Lax.select(coin, Lax.full(dtype, 1, dims), Lax.full(dtype, -1, dims));
  }

  /** The bound {@code high} is one beyond the largest value of the type. */
  private record Integers(DType dtype, Shape shape, boolean toTheEnd) {}

  private static final Jit4<Tensor, Integers, Tensor, Tensor, Tensor> RANDINT =
      Transforms.jit(
          (Tensor key, Integers draw, Tensor low, Tensor high) -> randint(key, draw, low, high));

  private static final Jit3<Tensor, Tensor, Integer, Tensor> SHUFFLE =
      Transforms.jit((Tensor key, Tensor x, Integer rounds) -> shuffle(key, x, rounds));

  /**
   * Integers in [low, high) of a type of 8 to 64 bits. {@code high} may be one more than the
   * largest value of the type; larger bounds are taken as that, and {@code low} as the smallest
   * value where it lies below.
   */
  public static Tensor randint(Tensor key, long low, long high, DType dtype, long... dims) {
    Threefry.requireKey(key);
    if (!dtype.isInteger() || dtype.bits() < 8) {
      throw new OpException("randint: the type must be an integer of 8 to 64 bits: got " + dtype);
    }
    TensorType type = TensorType.of(dtype);
    int bits = dtype.isUnsigned() ? dtype.bits() : dtype.bits() - 1;
    long max = bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
    long min = dtype.isUnsigned() ? 0 : -max - 1;
    boolean toTheEnd = high > max;
    return RANDINT.apply(
        key,
        new Integers(dtype, Shape.of(dims), toTheEnd),
        scalar(Literal.ofLongs(type, Math.max(min, Math.min(low, max)))),
        scalar(Literal.ofLongs(type, Math.max(min, Math.min(high, max)))));
  }

  private static Tensor randint(Tensor key, Integers draw, Tensor low, Tensor high) {
    DType unsigned = unsigned(draw.dtype().bits());
    long[] dims = draw.shape().dims();
    Tensor keys = split(key, 2);
    Tensor higher = Threefry.bits(keyAt(keys, 0), unsigned, draw.shape());
    Tensor lower = Threefry.bits(keyAt(keys, 1), unsigned, draw.shape());
    Tensor span = Lax.convertElementType(Lax.sub(high, low), unsigned);
    Tensor one = Lax.full(unsigned, 1);
    span = Lax.select(Lax.le(high, low), one, span);
    if (draw.toTheEnd()) {
      // Wraps to 0 where every value of the type may come: a remainder by 0 is the number itself.
      span = Lax.select(Lax.gt(high, low), Lax.add(span, one), span);
    }
    // 2^bits modulo span, in two steps that stay in range.
    Tensor half = Lax.rem(Lax.full(unsigned, Math.scalb(1.0, draw.dtype().bits() / 2)), span);
    Tensor multiplier = Lax.rem(Lax.mul(half, half), span);
    Tensor spans = Lax.broadcast(span, dims);
    Tensor offset =
        Lax.add(
            Lax.mul(Lax.rem(higher, spans), Lax.broadcast(multiplier, dims)),
            Lax.rem(lower, spans));
    offset = Lax.rem(offset, spans);
    return Lax.add(Lax.broadcast(low, dims), Lax.convertElementType(offset, draw.dtype()));
  }

  /** The elements of {@code x} in random order along axis 0, rows kept whole. */
  public static Tensor permutation(Tensor key, Tensor x) {
    Threefry.requireKey(key);
    if (x.rank() == 1) {
      return SHUFFLE.apply(key, x, rounds(x.count()));
    }
    long n = x.shape().dim(0);
    Tensor order = permutation(key, n);
    long[] sizes = x.shape().dims();
    sizes[0] = 1;
    List<Long> offsets = java.util.stream.LongStream.range(1, x.rank()).boxed().toList();
    return Lax.gather(
        x,
        Lax.reshape(order, n, 1),
        new org.cornu.stablehlo.ir.DimensionNumbers.Gather(
            offsets, List.of(0L), List.of(), List.of(), List.of(0L), 1),
        sizes,
        false);
  }

  /** The integers 0 to {@code n - 1} (i32) in random order. */
  public static Tensor permutation(Tensor key, long n) {
    return SHUFFLE.apply(key, Lax.iota(DType.I32, n), rounds(n));
  }

  private static int rounds(long count) {
    return (int) Math.ceil(3 * Math.log(Math.max(1, count)) / Math.log(0xFFFFFFFFL));
  }

  /** Sorts by random keys, as often as makes equal keys harmless. */
  private static Tensor shuffle(Tensor key, Tensor x, int rounds) {
    for (int i = 0; i < rounds; i++) {
      Tensor keys = split(key, 2);
      key = keyAt(keys, 0);
      Tensor order = Threefry.bits(keyAt(keys, 1), DType.U32, x.shape());
      x = Lax.sort(List.of(order, x), 0, true).get(1);
    }
    return x;
  }
}
