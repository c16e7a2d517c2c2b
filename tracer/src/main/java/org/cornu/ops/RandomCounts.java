package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Distributions of counts that are drawn by rejection. */
abstract sealed class RandomCounts extends RandomGamma permits RandomChoice {
  RandomCounts() {}

  private static final Sampler POISSON =
      Sampler.of("poisson", s -> PoissonSampler.draw(s.key(), s.parameter(0), s.dtype()));

  private static final Sampler BINOMIAL =
      Sampler.of(
          "binomial",
          s -> BinomialSampler.draw(s.key(), s.parameter(0), s.parameter(1), s.dtype()));

  /** How many events of a rate per unit of time happen in one unit. */
  public static Tensor poisson(Tensor key, double rate, DType dtype, long... dims) {
    return poisson(key, Sampler.number("poisson", DType.F32, rate), dtype, dims);
  }

  /**
   * How many events of a rate per unit of time happen in one unit; computed in f32. A key of the
   * default kind is needed, as in JAX.
   */
  public static Tensor poisson(Tensor key, Tensor rate, DType dtype, long... dims) {
    if (Keys.kind(key) != KeyKind.THREEFRY2X32) {
      throw new OpException(
          "poisson: needs a key of "
              + KeyKind.THREEFRY2X32.label()
              + ": got one of "
              + Keys.kind(key).label());
    }
    return POISSON.counts(key, DType.F32, dtype, dims, rate);
  }

  /** How many of {@code n} trials of probability {@code p} succeed, as a float type. */
  public static Tensor binomial(Tensor key, double n, double p, DType dtype, long... dims) {
    return binomial(
        key,
        Sampler.number("binomial", DType.F32, n),
        Sampler.number("binomial", DType.F32, p),
        dtype,
        dims);
  }

  /**
   * How many of {@code n} trials of probability {@code p} succeed, as a float type; computed in the
   * type of {@code p}. NaN where {@code n} is negative or {@code p} lies outside of [0, 1].
   */
  public static Tensor binomial(Tensor key, Tensor n, Tensor p, DType dtype, long... dims) {
    Sampler.requireFloat("binomial", dtype);
    return BINOMIAL.counts(key, Promotion.inexact(p.dtype()), dtype, dims, n, p);
  }

  /**
   * How often each outcome comes in {@code n} draws.
   *
   * @param n {@code [...]}, numbers of draws
   * @param p {@code [..., k]}, probabilities, which need not have the sum 1
   * @param dims the result's shape, k included; none: that of {@code p}
   */
  public static Tensor multinomial(Tensor key, Tensor n, Tensor p, DType dtype, long... dims) {
    Sampler.requireFloat("multinomial", dtype);
    if (p.rank() < 1) {
      throw new OpException("multinomial: p must have at least one axis: got " + p.type().brief());
    }
    DType computed = Promotion.inexact(Dims.promoted(n, p));
    Shape shape = dims.length == 0 ? p.shape() : Sampler.shape("multinomial", dims, p);
    Tensor[] in = Dims.cast(computed, n, p);
    return MULTINOMIAL.apply(
        key,
        dtype,
        shape.dims(),
        Np.expandDims(Dims.broadcastTo(in[0], shape.remove(shape.rank() - 1)), -1),
        in[1]);
  }

  private static final Sampler MULTINOMIAL =
      Sampler.of(
          "multinomial",
          s -> {
            int last = s.shape().rank() - 1;
            int k = (int) s.shape().dim(last);
            Tensor p = Np.moveaxis(s.parameter(1), last, 0);
            Tensor rest = Np.flip(Np.cumsum(Np.flip(p, 0), 0), 0);
            Tensor safe =
                Lax.select(Lax.eq(rest, Lax.fullLike(rest, 0)), Lax.fullLike(rest, 1), rest);
            Tensor ratios = Np.clip(Lax.div(p, safe), 0.0, 1.0);
            Tensor keys = RandomKeys.split(s.key(), k);
            Tensor first =
                Lax.reshape(
                    Lax.sliceInDim(s.parameter(0), 0, 1, 1, last), s.shape().remove(last).dims());
            var counts =
                Lax.scan(
                    (Tensor left, Share share) -> {
                      Tensor count =
                          binomial(
                              share.key(), left, share.ratio(), left.dtype(), left.shape().dims());
                      return new LaxControl.Step<>(Lax.sub(left, count), count);
                    },
                    first,
                    new Share(ratios, keys));
            return Lax.convertElementType(Np.moveaxis(counts.ys(), 0, last), s.dtype());
          });

  private record Share(Tensor ratio, Tensor key) {}
}
