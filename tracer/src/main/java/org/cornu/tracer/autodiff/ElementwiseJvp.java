package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of the elementwise StableHLO ops. */
final class ElementwiseJvp {
  private ElementwiseJvp() {}

  /** The slope at 0 and -0 is +1. */
  static @Nullable Value abs(JvpSite s) {
    Value x = s.x(0);
    Value dx = s.dxOrZeros(0);
    if (!x.dtype().isComplex()) {
      Value positive = s.b.compare(x, s.e.like(x, 0), Comparison.GE);
      return s.b.select(positive, dx, s.b.negate(dx));
    }
    Value y = s.y();
    Value safe = s.b.select(s.b.compare(y, s.e.like(y, 0), Comparison.EQ), s.e.like(y, 1), y);
    Value factor =
        s.b.complex(s.b.divide(s.b.real(x), safe), s.b.negate(s.b.divide(s.b.imag(x), safe)));
    return s.b.real(s.b.multiply(dx, factor));
  }

  static @Nullable Value add(JvpSite s) {
    return s.e.sum(s.dx(0), s.dx(1));
  }

  static @Nullable Value subtract(JvpSite s) {
    Value dx = s.dx(0);
    Value dz = s.dx(1);
    if (dz == null) {
      return dx;
    }
    return dx == null ? s.b.negate(dz) : s.b.subtract(dx, dz);
  }

  static @Nullable Value multiply(JvpSite s) {
    return s.e.sum(s.e.mul(s.dx(0), s.x(1)), s.e.mul(s.dx(1), s.x(0)));
  }

  static @Nullable Value divide(JvpSite s) {
    Value dx = s.dx(0);
    Value dz = s.dx(1);
    Value first = dx == null ? null : s.b.divide(dx, s.x(1));
    Value second = dz == null ? null : s.b.multiply(dz, s.b.negate(s.b.divide(s.y(), s.x(1))));
    return s.e.sum(first, second);
  }

  static @Nullable Value remainder(JvpSite s) {
    Value dz = s.dx(1);
    if (dz == null) {
      return s.dx(0);
    }
    Value quotient = s.b.divide(s.x(0), s.x(1));
    Value whole = s.b.multiply(s.b.sign(quotient), s.b.floor(s.b.abs(quotient)));
    return s.e.sum(s.dx(0), s.b.multiply(dz, s.b.negate(whole)));
  }

  static @Nullable Value power(JvpSite s) {
    Builder b = s.b;
    Value x = s.x(0);
    Value z = s.x(1);
    Value first = null;
    if (s.isActive(0)) {
      Value slope = b.multiply(z, b.power(x, s.e.plus(z, -1)));
      if (isIntegral(s.op.operand(1))) {
        slope = b.select(b.compare(z, s.e.like(z, 0), Comparison.EQ), s.e.like(z, 0), slope);
      }
      first = s.e.mul(s.dx(0), slope);
    }
    Value second = null;
    if (s.isActive(1)) {
      Value zero = b.compare(x, s.e.like(x, 0), Comparison.EQ);
      Value safe = b.select(zero, s.e.like(x, 1), x);
      second = s.e.mul(s.dx(1), b.multiply(s.y(), b.log(safe)));
    }
    return s.e.sum(first, second);
  }

  /** True for a float that was converted from an integer. */
  private static boolean isIntegral(Value exponent) {
    Op op = exponent.op();
    while (op != null) {
      switch (op.code()) {
        case CONVERT -> {
          return !op.operand(0).dtype().isInexact();
        }
        case BROADCAST_IN_DIM, RESHAPE, TRANSPOSE -> op = op.operand(0).op();
        default -> {
          return false;
        }
      }
    }
    return false;
  }

  /** Maximum or minimum: a tie gives half of each tangent. */
  static @Nullable Value extremum(JvpSite s) {
    Value y = s.y();
    return s.e.sum(s.e.mul(s.dx(0), share(s, 0, 1, y)), s.e.mul(s.dx(1), share(s, 1, 0, y)));
  }

  private static Value share(JvpSite s, int own, int other, Value y) {
    if (!s.isActive(own)) {
      return y;
    }
    Builder b = s.b;
    Value wins = s.e.indicator(b.compare(s.x(own), y, Comparison.EQ), y.dtype());
    Value tie = b.compare(s.x(other), y, Comparison.EQ);
    return b.divide(wins, b.select(tie, s.e.like(y, 2), s.e.like(y, 1)));
  }

  /** Zero on the bounds. */
  static @Nullable Value clamp(JvpSite s) {
    Builder b = s.b;
    Shape shape = s.op.operand(1).shape();
    Value low = s.e.broadcast(s.x(0), shape);
    Value x = s.x(1);
    Value high = s.e.broadcast(s.x(2), shape);
    Value out = null;
    if (s.isActive(1)) {
      Value inside = b.and(b.compare(x, low, Comparison.GT), b.compare(x, high, Comparison.LT));
      out = s.e.where(inside, s.dx(1));
    }
    Value dLow = s.dx(0);
    if (dLow != null) {
      Value below = b.and(b.compare(low, x, Comparison.GT), b.compare(low, high, Comparison.LT));
      out = s.e.sum(out, s.e.where(below, s.e.broadcast(dLow, shape)));
    }
    Value dHigh = s.dx(2);
    if (dHigh != null) {
      Value above = b.compare(high, x, Comparison.LT);
      out = s.e.sum(out, s.e.where(above, s.e.broadcast(dHigh, shape)));
    }
    return out;
  }

  static @Nullable Value select(JvpSite s) {
    return s.b.select(s.x(0), s.dxOrZeros(1), s.dxOrZeros(2));
  }

  static @Nullable Value convert(JvpSite s) {
    return Masks.isInexact(s.op.result().type()) ? s.again(s.dxOrZeros(0)) : null;
  }

  /** A linear op of one operand. */
  static @Nullable Value linear(JvpSite s) {
    return s.again(s.dxOrZeros(0));
  }

  static @Nullable Value exponential(JvpSite s) {
    return s.e.mul(s.dx(0), s.y());
  }

  static @Nullable Value exponentialMinusOne(JvpSite s) {
    return s.e.mul(s.dx(0), s.e.plus(s.y(), 1));
  }

  static @Nullable Value log(JvpSite s) {
    return s.b.divide(s.dxOrZeros(0), s.x(0));
  }

  static @Nullable Value logPlusOne(JvpSite s) {
    return s.b.divide(s.dxOrZeros(0), s.e.plus(s.x(0), 1));
  }

  static @Nullable Value logistic(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.multiply(s.y(), s.e.from(1, s.y())));
  }

  /** {@code (1 + y)(1 - y)} rather than {@code 1 - y²}, which cancels near saturation. */
  static @Nullable Value tanh(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.multiply(s.e.plus(s.y(), 1), s.e.from(1, s.y())));
  }

  static @Nullable Value sine(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.cosine(s.x(0)));
  }

  static @Nullable Value cosine(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.negate(s.b.sine(s.x(0))));
  }

  static @Nullable Value tan(JvpSite s) {
    return s.e.mul(s.dx(0), s.e.plus(s.e.square(s.y()), 1));
  }

  static @Nullable Value sqrt(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.divide(s.e.like(s.y(), 0.5), s.y()));
  }

  static @Nullable Value rsqrt(JvpSite s) {
    return s.e.mul(s.dx(0), s.e.scale(s.b.divide(s.y(), s.x(0)), -0.5));
  }

  static @Nullable Value cbrt(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.divide(s.e.like(s.y(), 1.0 / 3), s.e.square(s.y())));
  }

  static @Nullable Value atan2(JvpSite s) {
    Value x = s.x(0);
    Value z = s.x(1);
    Value norm = s.b.add(s.e.square(x), s.e.square(z));
    Value first = s.isActive(0) ? s.e.mul(s.dx(0), s.b.divide(z, norm)) : null;
    Value second = s.isActive(1) ? s.e.mul(s.dx(1), s.b.negate(s.b.divide(x, norm))) : null;
    return s.e.sum(first, second);
  }

  static @Nullable Value complex(JvpSite s) {
    return s.b.complex(s.dxOrZeros(0), s.dxOrZeros(1));
  }

  /** Real or imaginary part; of a real number the imaginary part is constant. */
  static @Nullable Value part(JvpSite s) {
    return s.again(s.dxOrZeros(0));
  }
}
