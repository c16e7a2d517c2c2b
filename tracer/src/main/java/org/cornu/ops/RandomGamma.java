package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The gamma distribution and those that are made of it. */
abstract sealed class RandomGamma extends RandomInversion permits RandomCounts {
  RandomGamma() {}

  private static final Sampler GAMMA =
      Sampler.of("gamma", s -> GammaSampler.draw(s.key(), s.parameter(0), false));

  private static final Sampler LOG_GAMMA =
      Sampler.of("loggamma", s -> GammaSampler.draw(s.key(), s.parameter(0), true));

  private static final Sampler BETA =
      Sampler.of(
          "beta",
          s -> {
            Tensor[] keys = s.keys(2);
            Tensor a = logGamma(s.withKey(keys[0]), s.parameter(0));
            Tensor b = logGamma(s.withKey(keys[1]), s.parameter(1));
            // a / (a + b) without losing the small one
            Tensor max = Lax.max(a, b);
            Tensor x = Lax.exp(Lax.sub(a, max));
            return Lax.div(x, Lax.add(x, Lax.exp(Lax.sub(b, max))));
          });

  private static final Sampler CHI_SQUARE =
      Sampler.of(
          "chisquare",
          s -> {
            Tensor half = Lax.div(s.parameter(0), s.full(2));
            return Lax.mul(Lax.exp(logGamma(s, half)), s.full(2));
          });

  private static final Sampler F =
      Sampler.of(
          "f",
          s -> {
            Tensor[] keys = s.keys(2);
            Tensor numerator = s.parameter(0);
            Tensor denominator = s.parameter(1);
            Tensor below = chisquare(keys[0], denominator, s.dtype(), s.shape().dims());
            Tensor above = chisquare(keys[1], numerator, s.dtype(), s.shape().dims());
            return Lax.div(Lax.div(above, numerator), Lax.div(below, denominator));
          });

  private static final Sampler T =
      Sampler.of(
          "t",
          s -> {
            Tensor[] keys = s.keys(2);
            Tensor half = Lax.div(s.parameter(0), s.full(2));
            Tensor g = GAMMA.apply(keys[1], s.dtype(), s.shape().dims(), half);
            return Lax.mul(standard(s.withKey(keys[0])), Lax.sqrt(Lax.div(half, g)));
          });

  private static final Sampler GENERALIZED_NORMAL =
      Sampler.of(
          "generalizedNormal",
          s -> {
            Tensor[] keys = s.keys(2);
            Tensor inverse = s.parameter(0);
            Tensor g = GAMMA.apply(keys[0], s.dtype(), s.shape().dims(), inverse);
            Tensor sign = rademacher(keys[1], s.dtype(), s.shape().dims());
            return Lax.mul(sign, Lax.pow(g, inverse));
          });

  private static Tensor logGamma(Sampler.Draw s, Tensor a) {
    return LOG_GAMMA.apply(s.key(), s.dtype(), s.shape().dims(), a);
  }

  /** Gamma with shape {@code a} and scale 1. */
  public static Tensor gamma(Tensor key, double a, DType dtype, long... dims) {
    return gamma(key, Sampler.number("gamma", dtype, a), dtype, dims);
  }

  /**
   * Gamma with shape {@code a} and scale 1, by Marsaglia and Tsang's method ("A simple method for
   * generating gamma variables", 2000). Differentiable in {@code a}, by implicit differentiation.
   */
  public static Tensor gamma(Tensor key, Tensor a, DType dtype, long... dims) {
    return GAMMA.apply(key, dtype, dims, a);
  }

  /** The logarithm of {@link #gamma}: exact also where a small shape gives numbers near 0. */
  public static Tensor loggamma(Tensor key, double a, DType dtype, long... dims) {
    return loggamma(key, Sampler.number("loggamma", dtype, a), dtype, dims);
  }

  /** The logarithm of {@link #gamma}: exact also where a small shape gives numbers near 0. */
  public static Tensor loggamma(Tensor key, Tensor a, DType dtype, long... dims) {
    return LOG_GAMMA.apply(key, dtype, dims, a);
  }

  /** Beta: {@code g(a) / (g(a) + g(b))} of gamma numbers g. */
  public static Tensor beta(Tensor key, double a, double b, DType dtype, long... dims) {
    return beta(
        key, Sampler.number("beta", dtype, a), Sampler.number("beta", dtype, b), dtype, dims);
  }

  /** Beta: {@code g(a) / (g(a) + g(b))} of gamma numbers g. */
  public static Tensor beta(Tensor key, Tensor a, Tensor b, DType dtype, long... dims) {
    return BETA.apply(key, dtype, dims, a, b);
  }

  /**
   * Vectors of positive numbers with sum 1.
   *
   * @param alpha {@code [..., n]}
   * @param dims the result's shape without the last axis n; none: that of {@code alpha}
   */
  public static Tensor dirichlet(Tensor key, Tensor alpha, DType dtype, long... dims) {
    if (alpha.rank() < 1) {
      throw new OpException(
          "dirichlet: alpha must have at least one axis: got " + alpha.type().brief());
    }
    Shape shape = dims.length == 0 ? alpha.shape() : Shape.of(dims);
    if (dims.length != 0) {
      shape = shape.insert(shape.rank(), alpha.shape().dim(-1));
    }
    return Nn.softmax(LOG_GAMMA.apply(key, dtype, shape.dims(), alpha), -1);
  }

  /** Chi-square with {@code df} degrees of freedom. */
  public static Tensor chisquare(Tensor key, double df, DType dtype, long... dims) {
    return chisquare(key, Sampler.number("chisquare", dtype, df), dtype, dims);
  }

  /** Chi-square with {@code df} degrees of freedom. */
  public static Tensor chisquare(Tensor key, Tensor df, DType dtype, long... dims) {
    return CHI_SQUARE.apply(key, dtype, dims, df);
  }

  /** Fisher's F with these degrees of freedom of the numerator and the denominator. */
  public static Tensor f(Tensor key, double dfnum, double dfden, DType dtype, long... dims) {
    return f(
        key, Sampler.number("f", dtype, dfnum), Sampler.number("f", dtype, dfden), dtype, dims);
  }

  /** Fisher's F with these degrees of freedom of the numerator and the denominator. */
  public static Tensor f(Tensor key, Tensor dfnum, Tensor dfden, DType dtype, long... dims) {
    return F.apply(key, dtype, dims, dfnum, dfden);
  }

  /** Student's t with {@code df} degrees of freedom. */
  public static Tensor t(Tensor key, double df, DType dtype, long... dims) {
    return t(key, Sampler.number("t", dtype, df), dtype, dims);
  }

  /** Student's t with {@code df} degrees of freedom. */
  public static Tensor t(Tensor key, Tensor df, DType dtype, long... dims) {
    return T.apply(key, dtype, dims, df);
  }

  /** Density proportional to {@code exp(-|x|^p)}. */
  public static Tensor generalizedNormal(Tensor key, double p, DType dtype, long... dims) {
    return GENERALIZED_NORMAL.apply(
        key, dtype, dims, Sampler.number("generalizedNormal", dtype, 1 / p));
  }

  /** Points {@code [dims..., d]}, uniformly distributed in the unit ball of the p-norm. */
  public static Tensor ball(Tensor key, int d, double p, DType dtype, long... dims) {
    if (d < 1) {
      throw new OpException("ball: the dimension must be positive: got " + d);
    }
    Tensor[] keys = Keys.several(key, 2);
    Shape shape = Shape.of(dims);
    Tensor g = generalizedNormal(keys[0], p, dtype, shape.insert(shape.rank(), d).dims());
    Tensor e = exponential(keys[1], dtype, dims);
    Tensor norm = Np.power(Np.add(Np.sum(Np.power(Np.abs(g), p), -1), e), 1 / p);
    return Np.divide(g, Np.expandDims(norm, -1));
  }
}
