package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.tracer.Tensor;

/** Distributions drawn by inverting their distribution function at a uniform number. */
abstract sealed class RandomInversion extends RandomNormal permits RandomGamma {
  RandomInversion() {}

  private static final Sampler GUMBEL =
      Sampler.of(
          "gumbel", s -> Lax.neg(Lax.log(Lax.neg(Lax.log(s.uniform(smallest(s.dtype()), 1))))));

  private static final Sampler EXPONENTIAL =
      Sampler.of("exponential", s -> Lax.neg(Lax.log1p(Lax.neg(s.uniform()))));

  private static final Sampler LAPLACE =
      Sampler.of(
          "laplace",
          s -> {
            // The open interval: -1 itself would give -infinity.
            Tensor u = s.uniform(-1 + Math.scalb(1.0, -mantissa(s) - 1), 1);
            return Lax.mul(Lax.sign(u), Lax.log1p(Lax.neg(Lax.abs(u))));
          });

  private static final Sampler LOGISTIC =
      Sampler.of(
          "logistic",
          s -> {
            Tensor u = s.uniform(smallest(s.dtype()), 1);
            return Lax.sub(Lax.log(u), Lax.log1p(Lax.neg(u)));
          });

  private static final Sampler CAUCHY =
      Sampler.of(
          "cauchy",
          s -> {
            Tensor u = s.uniform(Math.scalb(1.0, -mantissa(s)), 1);
            return Lax.tan(Lax.mul(s.full(Math.PI), Lax.sub(u, s.full(0.5))));
          });

  private static final Sampler PARETO =
      Sampler.of("pareto", s -> Lax.exp(Lax.div(exponential(s), s.parameter(0))));

  private static final Sampler WEIBULL =
      Sampler.of(
          "weibullMin",
          s ->
              Lax.mul(Lax.pow(exponential(s), Lax.div(s.full(1), s.parameter(1))), s.parameter(0)));

  private static final Sampler TRIANGULAR =
      Sampler.of(
          "triangular",
          s -> {
            Tensor left = s.parameter(0);
            Tensor mode = s.parameter(1);
            Tensor right = s.parameter(2);
            Tensor width = Lax.sub(right, left);
            Tensor u = s.uniform();
            Tensor rising =
                Lax.add(left, Lax.sqrt(Lax.mul(Lax.mul(u, width), Lax.sub(mode, left))));
            Tensor falling =
                Lax.sub(
                    right,
                    Lax.sqrt(Lax.mul(Lax.mul(Lax.sub(s.full(1), u), width), Lax.sub(right, mode))));
            return Lax.select(Lax.lt(u, Lax.div(Lax.sub(mode, left), width)), rising, falling);
          });

  private static final Sampler GEOMETRIC =
      Sampler.of(
          "geometric",
          s -> {
            Tensor p = s.parameter(0);
            Tensor u = uniform(s.key(), p.dtype(), s.shape().dims());
            u = Np.where(Lax.eq(u, Lax.fullLike(u, 0)), 1.0, u);
            Tensor trials = Lax.floor(Lax.div(Lax.log(u), Lax.log1p(Lax.neg(p))));
            return Lax.convertElementType(Np.add(trials, 1.0), s.dtype());
          });

  private static int mantissa(Sampler.Draw s) {
    return FloatFormat.mantissaBits(s.dtype());
  }

  private static double smallest(DType dtype) {
    return switch (dtype) {
      case F16 -> Math.scalb(1.0, -14);
      case F64 -> Double.MIN_NORMAL;
      default -> Math.scalb(1.0, -126);
    };
  }

  static Tensor exponential(Sampler.Draw s) {
    return exponential(s.key(), s.dtype(), s.shape().dims());
  }

  /** Standard Gumbel: {@code -log(-log(u))}. */
  public static Tensor gumbel(Tensor key, DType dtype, long... dims) {
    return GUMBEL.apply(key, dtype, dims);
  }

  /** Exponential with mean 1. */
  public static Tensor exponential(Tensor key, DType dtype, long... dims) {
    return EXPONENTIAL.apply(key, dtype, dims);
  }

  /** Laplace with mean 0 and scale 1. */
  public static Tensor laplace(Tensor key, DType dtype, long... dims) {
    return LAPLACE.apply(key, dtype, dims);
  }

  /** Logistic with mean 0 and scale 1. */
  public static Tensor logistic(Tensor key, DType dtype, long... dims) {
    return LOGISTIC.apply(key, dtype, dims);
  }

  /** Cauchy with median 0 and scale 1. */
  public static Tensor cauchy(Tensor key, DType dtype, long... dims) {
    return CAUCHY.apply(key, dtype, dims);
  }

  /** Pareto with exponent {@code b} and minimum 1. */
  public static Tensor pareto(Tensor key, double b, DType dtype, long... dims) {
    return pareto(key, Sampler.number("pareto", dtype, b), dtype, dims);
  }

  /** Pareto with exponent {@code b} and minimum 1. */
  public static Tensor pareto(Tensor key, Tensor b, DType dtype, long... dims) {
    return PARETO.apply(key, dtype, dims, b);
  }

  /** Weibull: {@code scale · exponential^(1 / concentration)}. */
  public static Tensor weibullMin(
      Tensor key, double scale, double concentration, DType dtype, long... dims) {
    return weibullMin(
        key,
        Sampler.number("weibullMin", dtype, scale),
        Sampler.number("weibullMin", dtype, concentration),
        dtype,
        dims);
  }

  /** Weibull: {@code scale · exponential^(1 / concentration)}. */
  public static Tensor weibullMin(
      Tensor key, Tensor scale, Tensor concentration, DType dtype, long... dims) {
    return WEIBULL.apply(key, dtype, dims, scale, concentration);
  }

  /** Triangular between {@code left} and {@code right}, most probable at {@code mode}. */
  public static Tensor triangular(
      Tensor key, double left, double mode, double right, DType dtype, long... dims) {
    return triangular(
        key,
        Sampler.number("triangular", dtype, left),
        Sampler.number("triangular", dtype, mode),
        Sampler.number("triangular", dtype, right),
        dtype,
        dims);
  }

  /** Triangular between {@code left} and {@code right}, most probable at {@code mode}. */
  public static Tensor triangular(
      Tensor key, Tensor left, Tensor mode, Tensor right, DType dtype, long... dims) {
    return TRIANGULAR.apply(key, dtype, dims, left, mode, right);
  }

  /** How many trials of success {@code p} it takes to the first success: an integer from 1. */
  public static Tensor geometric(Tensor key, double p, DType dtype, long... dims) {
    return geometric(key, Sampler.number("geometric", DType.F32, p), dtype, dims);
  }

  /** How many trials of success {@code p} it takes to the first success: an integer from 1. */
  public static Tensor geometric(Tensor key, Tensor p, DType dtype, long... dims) {
    Sampler.requireInteger("geometric", dtype);
    return GEOMETRIC.counts(key, Promotion.inexact(p.dtype()), dtype, dims, p);
  }
}
