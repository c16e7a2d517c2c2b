package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/**
 * Binomial numbers with JAX's use of keys: sums of geometric waiting times where few successes are
 * expected, Hörmann's rejection BTRS ("The generation of binomial random variates", 1993)
 * elsewhere. Each step draws for all elements at once.
 */
final class BinomialSampler {
  private static final double FEW = 10;
  private static final double EASY_COUNT = 1e4;

  /** {@code log k! - Stirling's approximation of it} for k from 0 to 9. */
  private static final double[] STIRLING_TAIL = {
    0.0810614667953272,
    0.0413406959554092,
    0.0276779256849983,
    0.02079067210376509,
    0.0166446911898211,
    0.0138761288230707,
    0.0118967099458917,
    0.0104112652619720,
    0.00925546218271273,
    0.00833056343336287
  };

  private BinomialSampler() {}

  /** Numbers of {@code n} trials of probability {@code p}, floats of one shape, in another type. */
  static Tensor draw(Tensor key, Tensor n, Tensor p, DType dtype) {
    Tensor zero = Lax.fullLike(p, 0);
    Tensor rare = Np.less(p, 0.5);
    Tensor q = Lax.select(rare, p, Np.subtract(1.0, p));
    Tensor noCount = Lax.bitwiseOr(Lax.ne(n, n), Lax.lt(n, zero));
    Tensor endless = Np.isinf(n);
    Tensor nan = Lax.ne(q, q);
    Tensor negative = Lax.lt(q, zero);
    q = Lax.select(Lax.bitwiseOr(nan, negative), Lax.fullLike(q, 0.01), q);
    Tensor few = Lax.bitwiseOr(noCount, Np.lessEqual(Lax.mul(n, q), FEW));
    Tensor count = Lax.floor(n);
    Tensor waited = waited(key, Lax.select(few, count, zero), q);
    Tensor rejected =
        rejected(
            key,
            Lax.select(few, Lax.fullLike(count, EASY_COUNT), count),
            Lax.select(few, Lax.fullLike(q, 0.5), q));
    Tensor out = Lax.convertElementType(Lax.select(few, waited, rejected), dtype);
    Tensor invalid = Lax.bitwiseOr(Lax.bitwiseOr(negative, nan), noCount);
    out = Lax.select(invalid, Lax.fullLike(out, Double.NaN), out);
    out =
        Lax.select(
            Lax.bitwiseAnd(endless, Lax.bitwiseNot(invalid)),
            Lax.fullLike(out, Double.POSITIVE_INFINITY),
            out);
    Tensor asDrawn = Lax.bitwiseOr(Lax.bitwiseOr(rare, noCount), Lax.bitwiseOr(nan, endless));
    return Lax.select(asDrawn, out, Lax.sub(Lax.convertElementType(count, dtype), out));
  }

  private record Waiting(Tensor count, Tensor sum, Tensor key) {}

  private static Tensor waited(Tensor key, Tensor n, Tensor q) {
    Tensor failure = Lax.log1p(Lax.neg(q));
    Waiting end =
        Lax.whileLoop(
            (Waiting w) -> Np.any(Lax.le(w.sum(), n)),
            (Waiting w) -> {
              Tensor[] keys = Keys.several(w.key(), 2);
              Tensor count = Lax.select(Lax.le(w.sum(), n), Np.add(w.count(), 1.0), w.count());
              Tensor u = RandomUniform.uniform(keys[0], q.dtype(), q.shape().dims());
              Tensor wait = Lax.ceil(Lax.div(Lax.log(u), failure));
              return new Waiting(count, Lax.add(w.sum(), wait), keys[1]);
            },
            new Waiting(Lax.fullLike(q, 0), Lax.fullLike(q, 0), key));
    return Np.subtract(end.count(), 1.0);
  }

  private record Rejection(Tensor value, Tensor accepted, Tensor key) {}

  private static Tensor rejected(Tensor key, Tensor n, Tensor q) {
    Tensor deviation = Lax.sqrt(Lax.mul(Lax.mul(n, q), Np.subtract(1.0, q)));
    Tensor b = Np.add(Np.multiply(deviation, 2.53), 1.15);
    Tensor a = Lax.add(Np.add(Np.multiply(b, 0.0248), -0.0873), Np.multiply(q, 0.01));
    Tensor c = Np.add(Lax.mul(n, q), 0.5);
    Tensor quick = Np.subtract(0.92, Np.divide(4.2, b));
    Tensor r = Lax.div(q, Np.subtract(1.0, q));
    Tensor alpha = Lax.mul(Np.add(Np.divide(5.1, b), 2.83), deviation);
    Tensor m = Lax.floor(Lax.mul(Np.add(n, 1.0), q));
    long[] dims = q.shape().dims();
    Rejection end =
        Lax.whileLoop(
            (Rejection t) -> Np.any(Lax.bitwiseNot(t.accepted())),
            (Rejection t) -> {
              Tensor[] keys = Keys.several(t.key(), 3);
              Tensor u = Np.subtract(RandomUniform.uniform(keys[1], q.dtype(), dims), 0.5);
              Tensor v = RandomUniform.uniform(keys[2], q.dtype(), dims);
              Tensor edge = Np.subtract(0.5, Lax.abs(u));
              Tensor surely = Lax.bitwiseAnd(Np.greaterEqual(edge, 0.07), Lax.le(v, quick));
              Tensor k =
                  Lax.floor(Lax.add(Lax.mul(Lax.add(Lax.div(Np.multiply(a, 2.0), edge), b), u), c));
              Tensor never = Lax.bitwiseOr(Np.less(k, 0.0), Lax.gt(k, n));
              Tensor height =
                  Lax.log(Lax.div(Lax.mul(v, alpha), Lax.add(Lax.div(a, Lax.mul(edge, edge)), b)));
              Tensor accept =
                  Lax.bitwiseOr(
                      surely,
                      Lax.bitwiseAnd(Lax.bitwiseNot(never), Lax.le(height, bound(n, m, r, k))));
              return new Rejection(
                  Lax.select(accept, k, t.value()), Lax.bitwiseOr(t.accepted(), accept), keys[0]);
            },
            new Rejection(Lax.fullLike(q, -1), Lax.full(DType.BOOL, 0, dims), key));
    return end.value();
  }

  private static Tensor bound(Tensor n, Tensor m, Tensor r, Tensor k) {
    Tensor notM = Np.add(Lax.sub(n, m), 1.0);
    Tensor notK = Np.add(Lax.sub(n, k), 1.0);
    Tensor atM = Lax.mul(Np.add(m, 0.5), Lax.log(Lax.div(Np.add(m, 1.0), Lax.mul(r, notM))));
    Tensor ratio = Lax.mul(Np.add(n, 1.0), Lax.log(Lax.div(notM, notK)));
    Tensor atK = Lax.mul(Np.add(k, 0.5), Lax.log(Lax.div(Lax.mul(r, notK), Np.add(k, 1.0))));
    Tensor sum = Lax.add(Lax.add(atM, ratio), atK);
    sum = Lax.add(Lax.add(sum, stirlingTail(m)), stirlingTail(Lax.sub(n, m)));
    return Lax.sub(Lax.sub(sum, stirlingTail(k)), stirlingTail(Lax.sub(n, k)));
  }

  private static Tensor stirlingTail(Tensor k) {
    int last = STIRLING_TAIL.length - 1;
    Tensor listed = Np.lessEqual(k, (double) last);
    Tensor within = Lax.clamp(Lax.full(k.dtype(), 0), k, Lax.full(k.dtype(), last));
    Tensor next = Np.add(within, 1.0);
    Tensor square = Lax.mul(next, next);
    Tensor series =
        Lax.div(
            Np.subtract(
                1.0 / 12, Lax.div(Np.subtract(1.0 / 360, Np.divide(1.0 / 1260, square)), square)),
            next);
    Tensor table =
        Lax.constant(
            Literal.ofDoubles(TensorType.of(k.dtype(), STIRLING_TAIL.length), STIRLING_TAIL));
    Tensor index = Lax.convertElementType(Lax.floor(within), DType.I32);
    return Lax.select(listed, Np.take(table, index, 0), series);
  }
}
