package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of the CHLO ops: special functions, top_k, and ops with implicit broadcasting. */
final class ChloJvp {
  private ChloJvp() {}

  static @Nullable Value square(JvpSite s) {
    return s.e.mul(s.dx(0), s.e.scale(s.x(0), 2));
  }

  static @Nullable Value asin(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.rsqrt(s.e.from(1, s.e.square(s.x(0)))));
  }

  static @Nullable Value acos(JvpSite s) {
    return s.e.neg(asin(s));
  }

  static @Nullable Value atan(JvpSite s) {
    return s.b.divide(s.dxOrZeros(0), s.e.plus(s.e.square(s.x(0)), 1));
  }

  static @Nullable Value sinh(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.unary(OpCode.CHLO_COSH, s.x(0)));
  }

  static @Nullable Value cosh(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.unary(OpCode.CHLO_SINH, s.x(0)));
  }

  static @Nullable Value asinh(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.rsqrt(s.e.plus(s.e.square(s.x(0)), 1)));
  }

  /** Two roots rather than one of the product, which would change sign left of -1. */
  static @Nullable Value acosh(JvpSite s) {
    Value x = s.x(0);
    Value product =
        x.dtype().isComplex()
            ? s.b.multiply(s.b.rsqrt(s.e.plus(x, -1)), s.b.rsqrt(s.e.plus(x, 1)))
            : s.b.rsqrt(s.b.multiply(s.e.plus(x, -1), s.e.plus(x, 1)));
    return s.e.mul(s.dx(0), product);
  }

  static @Nullable Value atanh(JvpSite s) {
    return s.b.divide(s.dxOrZeros(0), s.e.from(1, s.e.square(s.x(0))));
  }

  static @Nullable Value erf(JvpSite s) {
    return s.e.mul(s.dx(0), gaussian(s, 2 / Math.sqrt(Math.PI)));
  }

  static @Nullable Value erfc(JvpSite s) {
    return s.e.mul(s.dx(0), gaussian(s, -2 / Math.sqrt(Math.PI)));
  }

  private static Value gaussian(JvpSite s, double factor) {
    return s.e.scale(s.b.exponential(s.b.negate(s.e.square(s.x(0)))), factor);
  }

  static @Nullable Value erfInv(JvpSite s) {
    Value slope = s.e.scale(s.b.exponential(s.e.square(s.y())), Math.sqrt(Math.PI) / 2);
    return s.e.mul(s.dx(0), slope);
  }

  static @Nullable Value lgamma(JvpSite s) {
    return s.e.mul(s.dx(0), s.b.unary(OpCode.CHLO_DIGAMMA, s.x(0)));
  }

  static @Nullable Value digamma(JvpSite s) {
    Value x = s.x(0);
    return s.e.mul(s.dx(0), s.b.binary(OpCode.CHLO_POLYGAMMA, s.e.like(x, 1), x));
  }

  static @Nullable Value polygamma(JvpSite s) {
    if (s.isActive(0)) {
      throw s.missing("its order has no derivative; stop the gradient there (stopGradient)");
    }
    Value slope = s.b.binary(OpCode.CHLO_POLYGAMMA, s.e.plus(s.x(0), 1), s.x(1));
    return s.e.mul(s.dx(1), slope);
  }

  static @Nullable Value zeta(JvpSite s) {
    if (s.isActive(0)) {
      throw s.missing("its exponent has no derivative; stop the gradient there (stopGradient)");
    }
    Value order = s.x(0);
    Value slope = s.b.binary(OpCode.CHLO_ZETA, s.e.plus(order, 1), s.x(1));
    return s.e.mul(s.dx(1), s.b.negate(s.b.multiply(order, slope)));
  }

  /** {@code i0e(x) - y (sign(x) + 1/x)}, 1/2 around 0. */
  static @Nullable Value besselI1e(JvpSite s) {
    Builder b = s.b;
    Value x = s.x(0);
    double epsilon = Math.pow(2, x.dtype() == DType.F64 ? -40 : -20);
    Value small = b.compare(b.abs(x), s.e.like(x, epsilon), Comparison.LT);
    Value safe = b.select(small, s.e.like(x, epsilon), x);
    Value inner = b.add(b.sign(safe), b.divide(s.e.like(x, 1), safe));
    Value slope = b.subtract(Bessel.i0e(s.e, safe), b.multiply(s.y(), inner));
    return s.e.mul(s.dx(0), b.select(small, s.e.like(x, 0.5), slope));
  }

  /** Values and indices of the k largest: the tangent is gathered at the indices. */
  static List<@Nullable Value> topK(JvpSite s) {
    List<Value> results = s.results();
    Value indices = results.get(1);
    int rank = indices.shape().rank();
    Value tangent = Indices.takeAlong(s.e, s.dxOrZeros(0), indices, rank - 1);
    List<@Nullable Value> out = new ArrayList<>();
    out.add(tangent);
    out.add(null);
    return out;
  }

  /** An op with implicit broadcasting, as broadcasts and the plain op {@code base}. */
  static List<@Nullable Value> broadcast(JvpSite s, OpCode base) {
    return s.decompose((b, xs) -> List.of(broadcast(b, s.op.attributes(), base, xs)));
  }

  /** The operands made equal in shape, then {@code base} on them. */
  static Value broadcast(
      Builder b, Map<String, Attribute> attributes, OpCode base, List<Value> xs) {
    int rank = 0;
    for (Value x : xs) {
      rank = Math.max(rank, x.shape().rank());
    }
    long[] dims = new long[rank];
    java.util.Arrays.fill(dims, 1);
    long[][] places = new long[xs.size()][];
    for (int i = 0; i < xs.size(); i++) {
      Shape shape = xs.get(i).shape();
      places[i] = Emit.range(rank - shape.rank(), rank);
      if (shape.rank() < rank
          && attributes.get("broadcast_dimensions") instanceof Attribute.Longs given) {
        places[i] = given.values();
      }
      for (int d = 0; d < shape.rank(); d++) {
        int at = (int) places[i][d];
        dims[at] = dims[at] == 1 ? shape.dim(d) : dims[at];
      }
    }
    Shape shape = Shape.of(dims);
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Value x = xs.get(i);
      operands.add(x.shape().equals(shape) ? x : b.broadcastInDim(x, shape, places[i]));
    }
    Map<String, Attribute> kept = new TreeMap<>(attributes);
    kept.keySet().retainAll(base.properties());
    return b.create(base, operands, kept, List.of()).result();
  }

  /** Ragged products are linear in both sides. */
  static @Nullable Value raggedDot(JvpSite s) {
    Value first = s.isActive(0) ? s.again(s.dxOrZeros(0), s.x(1), s.x(2)) : null;
    Value second = s.isActive(1) ? s.again(s.x(0), s.dxOrZeros(1), s.x(2)) : null;
    return s.e.sum(first, second);
  }
}
