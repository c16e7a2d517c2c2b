package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * Poisson numbers with JAX's use of keys: counts of uniform factors (Knuth) for rates below 10,
 * transformed rejection (Hörmann 1993, "The transformed rejection method for generating Poisson
 * random variables") above. Each step draws for all elements at once.
 */
final class PoissonSampler {
  private static final double SMALL = 10;

  /** Any large rate, where the rejection accepts most often. */
  private static final double EASY = 1e5;

  private PoissonSampler() {}

  /** Numbers of the rates {@code rate} (f32), in another type. */
  static Tensor draw(Tensor key, Tensor rate, DType dtype) {
    Tensor small = Lax.bitwiseOr(Lax.ne(rate, rate), Lax.lt(rate, Lax.fullLike(rate, SMALL)));
    Tensor counted = counted(key, Lax.select(small, rate, Lax.fullLike(rate, 0)), dtype);
    Tensor rejected = rejected(key, Lax.select(small, Lax.fullLike(rate, EASY), rate));
    Tensor out = Lax.select(small, counted, Lax.convertElementType(rejected, dtype));
    return Lax.select(Lax.eq(rate, Lax.fullLike(rate, 0)), Lax.fullLike(out, 0), out);
  }

  private record Count(Tensor key, Tensor count, Tensor logarithm) {}

  private static Tensor counted(Tensor key, Tensor rate, DType dtype) {
    Tensor last = Lax.neg(rate);
    Count end =
        Lax.whileLoop(
            (Count c) -> Np.any(Lax.gt(c.logarithm(), last)),
            (Count c) -> {
              Tensor[] keys = Keys.several(c.key(), 2);
              Tensor more = Lax.add(c.count(), Lax.fullLike(c.count(), 1));
              Tensor u = RandomUniform.uniform(keys[1], rate.dtype(), rate.shape().dims());
              return new Count(
                  keys[0],
                  Lax.select(Lax.gt(c.logarithm(), last), more, c.count()),
                  Lax.add(c.logarithm(), Lax.log(u)));
            },
            new Count(key, Lax.full(dtype, 0, rate.shape().dims()), Lax.fullLike(rate, 0)));
    return Lax.sub(end.count(), Lax.fullLike(end.count(), 1));
  }

  private record Rejection(Tensor key, Tensor value, Tensor accepted) {}

  private static Tensor rejected(Tensor key, Tensor rate) {
    Tensor log = Lax.log(rate);
    Tensor b = Np.add(Np.multiply(Lax.sqrt(rate), 2.53), 0.931);
    Tensor a = Np.add(Np.multiply(b, 0.02483), -0.059);
    Tensor inverseAlpha = Np.add(Np.divide(1.1328, Np.subtract(b, 3.4)), 1.1239);
    Tensor quick = Np.subtract(0.9277, Np.divide(3.6224, Np.subtract(b, 2.0)));
    long[] dims = rate.shape().dims();
    Rejection end =
        Lax.whileLoop(
            (Rejection r) -> Np.any(Lax.bitwiseNot(r.accepted())),
            (Rejection r) -> {
              Tensor[] keys = Keys.several(r.key(), 3);
              Tensor u = Np.subtract(RandomUniform.uniform(keys[1], rate.dtype(), dims), 0.5);
              Tensor v = RandomUniform.uniform(keys[2], rate.dtype(), dims);
              Tensor edge = Np.subtract(0.5, Lax.abs(u));
              Tensor k =
                  Lax.floor(
                      Np.add(
                          Lax.add(Lax.mul(Lax.add(Lax.div(Np.multiply(a, 2.0), edge), b), u), rate),
                          0.43));
              Tensor s =
                  Lax.log(
                      Lax.div(
                          Lax.mul(v, inverseAlpha), Lax.add(Lax.div(a, Lax.mul(edge, edge)), b)));
              Tensor t =
                  Lax.sub(Lax.add(Lax.neg(rate), Lax.mul(k, log)), Lax.lgamma(Np.add(k, 1.0)));
              Tensor surely = Lax.bitwiseAnd(Np.greaterEqual(edge, 0.07), Lax.le(v, quick));
              Tensor never =
                  Lax.bitwiseOr(
                      Np.less(k, 0.0), Lax.bitwiseAnd(Np.less(edge, 0.013), Lax.gt(v, edge)));
              Tensor accept =
                  Lax.bitwiseOr(surely, Lax.bitwiseAnd(Lax.bitwiseNot(never), Lax.le(s, t)));
              return new Rejection(
                  keys[0], Lax.select(accept, k, r.value()), Lax.bitwiseOr(r.accepted(), accept));
            },
            new Rejection(key, Lax.fullLike(rate, -1), Lax.full(DType.BOOL, 0, dims)));
    return end.value();
  }
}
