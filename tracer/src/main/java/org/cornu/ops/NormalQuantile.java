package org.cornu.ops;

import org.cornu.tracer.Tensor;

/**
 * Quantiles of the normal distribution by rational functions, one for the middle and two for the
 * tails, where the inverse of the error function has no digits left (Wichura, algorithm AS 241).
 */
final class NormalQuantile {
  private static final double[] MIDDLE_P = {
    3.3871328727963666080e0,
    1.3314166789178437745e2,
    1.9715909503065514427e3,
    1.3731693765509461125e4,
    4.5921953931549871457e4,
    6.7265770927008700853e4,
    3.3430575583588128105e4,
    2.5090809287301226727e3
  };
  private static final double[] MIDDLE_Q = {
    1,
    4.2313330701600911252e1,
    6.8718700749205790830e2,
    5.3941960214247511077e3,
    2.1213794301586595867e4,
    3.9307895800092710610e4,
    2.8729085735721942674e4,
    5.2264952788528545610e3
  };
  private static final double[] TAIL_P = {
    1.42343711074968357734e0,
    4.63033784615654529590e0,
    5.76949722146069140550e0,
    3.64784832476320460504e0,
    1.27045825245236838258e0,
    2.41780725177450611770e-1,
    2.27238449892691845833e-2,
    7.74545014278341407640e-4
  };
  private static final double[] TAIL_Q = {
    1,
    2.05319162663775882187e0,
    1.67638483018380384940e0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9
  };
  private static final double[] FAR_P = {
    6.65790464350110377720e0,
    5.46378491116411436990e0,
    1.78482653991729133580e0,
    2.96560571828504891230e-1,
    2.65321895265761230930e-2,
    1.24266094738807843860e-3,
    2.71155556874348757815e-5,
    2.01033439929228813265e-7
  };
  private static final double[] FAR_Q = {
    1,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15
  };

  private NormalQuantile() {}

  private static Tensor number(Tensor like, double value) {
    return Dims.constant(like, value);
  }

  /** Where the distribution function is {@code p}; NaN outside of [0, 1]. */
  static Tensor of(Tensor p) {
    Tensor one = number(p, 1);
    Tensor zero = number(p, 0);
    Tensor half = number(p, 0.5);
    Tensor centred = Lax.sub(p, half);
    Tensor middle = Lax.le(Lax.abs(centred), number(p, 0.425));
    Tensor q = Lax.select(middle, centred, zero);
    Tensor inner =
        Lax.mul(q, ratio(MIDDLE_P, MIDDLE_Q, Lax.sub(number(p, 0.180625), Lax.mul(q, q))));
    Tensor below = Lax.lt(centred, zero);
    Tensor tail = Lax.select(below, p, Lax.sub(one, p));
    Tensor inside = Lax.bitwiseAnd(Lax.gt(tail, zero), Lax.bitwiseNot(middle));
    Tensor r = Lax.sqrt(Lax.neg(Lax.log(Lax.select(inside, tail, number(p, 0.01)))));
    Tensor near = Lax.le(r, number(p, 5));
    Tensor nearR = Lax.select(near, Lax.sub(r, number(p, 1.6)), one);
    Tensor farR = Lax.select(near, one, Lax.sub(r, number(p, 5)));
    Tensor outer = Lax.select(near, ratio(TAIL_P, TAIL_Q, nearR), ratio(FAR_P, FAR_Q, farR));
    Tensor end = Lax.eq(tail, zero);
    outer = Lax.select(end, number(p, Double.POSITIVE_INFINITY), outer);
    outer = Lax.select(below, Lax.neg(outer), outer);
    Tensor valid = Lax.ge(tail, zero);
    return Lax.select(valid, Lax.select(middle, inner, outer), number(p, Double.NaN));
  }

  private static Tensor ratio(double[] p, double[] q, Tensor x) {
    return Lax.div(polynomial(p, x), polynomial(q, x));
  }

  private static Tensor polynomial(double[] coefficients, Tensor x) {
    Tensor out = number(x, coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      out = Lax.add(Lax.mul(out, x), number(x, coefficients[i]));
    }
    return out;
  }
}
