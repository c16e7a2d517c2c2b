package org.cornu.ops;

import java.util.List;
import org.cornu.tracer.Tensor;

/**
 * The order in which Jacobi's methods rotate pairs. The indices stand in two rows; those above one
 * another are a pair. After each round all but the first move on by one place around the table, so
 * that in {@code 2 k - 1} rounds each meets each other once, and everybody is back in place.
 */
final class Tournament {
  private Tournament() {}

  /** Two halves after the move, along an axis. */
  static List<Tensor> move(Tensor top, Tensor bottom, int axis) {
    long k = top.shape().dim(axis);
    if (k == 1) {
      return List.of(top, bottom);
    }
    Tensor newTop =
        k == 2
            ? Lax.concatenate(List.of(part(top, 0, 1, axis), part(bottom, 0, 1, axis)), axis)
            : Lax.concatenate(
                List.of(part(top, 0, 1, axis), part(bottom, 0, 1, axis), part(top, 1, k - 1, axis)),
                axis);
    Tensor newBottom =
        Lax.concatenate(List.of(part(bottom, 1, k, axis), part(top, k - 1, k, axis)), axis);
    return List.of(newTop, newBottom);
  }

  private static Tensor part(Tensor x, long from, long to, int axis) {
    return Lax.sliceInDim(x, from, to, 1, axis);
  }

  /** Cosine and sine of a rotation. */
  record Rotation(Tensor cosine, Tensor sine, Tensor tangent) {}

  /**
   * The rotation that makes {@code [[p, q], [q, r]]} diagonal, elementwise, by the smaller angle;
   * none where {@code skip} holds.
   */
  static Rotation rotation(Tensor p, Tensor q, Tensor r, Tensor skip) {
    Tensor one = Dims.constant(p, 1);
    Tensor zero = Dims.constant(p, 0);
    Tensor safe = Lax.select(skip, one, q);
    Tensor tau = Lax.div(Lax.sub(r, p), Lax.mul(safe, Dims.constant(p, 2)));
    Tensor root = Lax.sqrt(Lax.add(one, Lax.mul(tau, tau)));
    Tensor sign = Lax.select(Lax.ge(tau, zero), one, Lax.neg(one));
    Tensor t = Lax.div(sign, Lax.add(Lax.abs(tau), root));
    t = Lax.select(skip, zero, t);
    Tensor c = Lax.div(one, Lax.sqrt(Lax.add(one, Lax.mul(t, t))));
    return new Rotation(c, Lax.mul(t, c), t);
  }
}
