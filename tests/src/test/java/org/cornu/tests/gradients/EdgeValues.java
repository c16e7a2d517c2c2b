package org.cornu.tests.gradients;

import static org.cornu.tests.gradients.EdgeCases.complex;
import static org.cornu.tests.gradients.EdgeCases.d;
import static org.cornu.tests.gradients.EdgeCases.matrix;
import static org.cornu.tests.gradients.EdgeCases.scalar;
import static org.cornu.tests.gradients.EdgeCases.vector;

import java.util.List;
import java.util.function.Supplier;
import org.cornu.ops.Fft;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Linalg;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Special;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** The cases of {@code edges.py}, in its order and by its names. */
final class EdgeValues {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private EdgeValues() {}

  static List<EdgeCases.Case> all() {
    EdgeCases out = new EdgeCases();
    binary(out);
    unary(out);
    clamps(out);
    special(out);
    networks(out);
    reductions(out);
    windows(out);
    indexing(out);
    updates(out);
    control(out);
    linear(out);
    complexNumbers(out);
    transforms(out);
    return out.all();
  }

  private static Tensor ints(int... values) {
    return Tensor.of(values);
  }

  private static Tensor reals(double... values) {
    return Tensor.of(values);
  }

  private static void binary(EdgeCases out) {
    out.grad("rem x", 0, Lax::rem, d(3, -3, 0, 5), d(1, 1, 1, 3));
    out.grad("rem z", 1, Lax::rem, d(5, -5, 5, -5, 3, 0), d(3, 3, -3, -3, 1.5, 2));
    double[] x = d(0, 0, 0, 0, -2, -2, 2);
    double[] z = d(0, 0.5, 1, 2, 2, 3, -1);
    out.grad("pow x", 0, Lax::pow, x, z);
    out.grad("pow z", 1, Lax::pow, x, z);
    out.grad(
        "pow of an integer exponent", v -> Np.power(v, ints(0, 1, 2, -1, 0, 3)), 0, 0, 0, 2, 5, -2);
    for (long n : new long[] {0, 1, 2, 3, -1}) {
      out.grad("integer power " + n, v -> Np.power(v, n), -1, 0, 2);
    }
    out.grad("max with NaN", 0, Lax::max, d(NAN, 1, 1, 2), d(1, NAN, 1, 1));
    out.grad("min with ties", 1, Lax::min, d(0, 1, 1, 2), d(1, 0, 1, 1));
    out.grad("atan2 x", 0, Lax::atan2, d(0, 0, 0, 1), d(0, 1, -1, 0));
    out.grad("atan2 z", 1, Lax::atan2, d(0, 0, 0, 1), d(0, 1, -1, 0));
  }

  private static void unary(EdgeCases out) {
    out.grad("sqrt at 0", Lax::sqrt, 0, -0.0, 1);
    out.grad("rsqrt at 0", Lax::rsqrt, 0, -0.0, 1);
    out.grad("cbrt at 0", Lax::cbrt, 0, -0.0, 1);
    out.grad("log at 0", Lax::log, 0, -0.0, 1);
    out.grad("abs at 0", Lax::abs, 0, -0.0, 1);
    out.grad("sign at 0", Lax::sign, 0, -0.0, 1);
    out.grad("floor at 0", Lax::floor, 0, -0.0, 1);
    out.grad("ceil at 0", Lax::ceil, 0, -0.0, 1);
    out.grad("round at 0", Lax::roundNearestAfz, 0, -0.0, 1);
    out.grad("tanh at 0", Lax::tanh, 0, -0.0, 1);
    out.grad("logistic at 0", Lax::logistic, 0, -0.0, 1);
    out.grad("expm1 at 0", Lax::expm1, 0, -0.0, 1);
    out.grad("log1p at -1", Lax::log1p, -1, 0);
    out.grad("tanh far out", Lax::tanh, -20, -4, 4, 20);
    out.grad("logistic far out", Lax::logistic, -40, -800, 40, 800);
    out.grad("asin at its ends", Lax::asin, -1, 1, 0);
    out.grad("acos at its ends", Lax::acos, -1, 1, 0);
    out.grad("atanh at its ends", Lax::atanh, -1, 1, 0);
    out.grad("acosh at 1", Lax::acosh, 1, 2);
    out.grad("reduce precision", v -> Lax.reducePrecision(v, 5, 10), 1.0 / 3, 2.0 / 3);
    out.grad("to int and back", v -> Lax.add(v.astype(DType.I32).astype(DType.F64), v), 1.5, 2.5);
    out.grad("select by one bool", v -> Lax.select(Tensor.of(false), v, Np.multiply(v, 2.0)), 1, 2);
  }

  private static void clamps(EdgeCases out) {
    Literal[] bounds = {
      vector(-1, -1, -1, -1, -1, 1, 1, 0),
      vector(-2, -1, 0, 1, 2, 0, 1, 2),
      vector(1, 1, 1, 1, 1, -1, 1, 0)
    };
    List<String> names = List.of("lo", "x", "hi");
    for (int i = 0; i < 3; i++) {
      out.grad("clamp " + names.get(i), i, v -> Lax.clamp(v.get(0), v.get(1), v.get(2)), bounds);
    }
    out.grad("clip", v -> Np.clip(v, -1.0, 1.0), -2, -1, 0, 1, 2);
  }

  private static void special(EdgeCases out) {
    out.grad("i0e", Special::i0e, -1, -0.0, 0, 1e-9, 2);
    out.grad("i1e", Lax::besselI1e, -1, -0.0, 0, 1e-9, 2);
    out.grad("lgamma", Lax::lgamma, 1, 2, 0.5, -0.5);
    out.grad("digamma", Lax::digamma, 1, 2, 0.5);
    out.grad("polygamma x", v -> Lax.polygamma(Lax.fullLike(v, 2), v), 1, 2.5);
    out.grad("igamma x", v -> Special.gammainc(reals(0.5, 1, 3), v), 0.5, 1, 2);
    out.grad("igamma a", v -> Special.gammainc(v, reals(0.5, 1, 2)), 0.5, 1, 3);
    out.grad("igammac x", v -> Special.gammaincc(reals(0.5, 1, 3), v), 0.5, 1, 2);
    out.grad(
        "betainc x",
        v -> Special.betainc(Lax.fullLike(v, 2), Lax.fullLike(v, 3), v),
        0.2,
        0.5,
        0.9);
    out.grad("erf inv", Lax::erfInv, 0, 0.5, -0.99);
  }

  private static void networks(EdgeCases out) {
    out.grad("relu", Nn::relu, -1, -0.0, 0, 1);
    out.grad("relu6", Nn::relu6, -1, 0, 3, 6, 7);
    out.grad("logsumexp", v -> Np.logsumexp(v), -INF, -INF, 0);
    out.grad("logsumexp of minus infinity", v -> Np.logsumexp(v), -INF, -INF);
    out.grad("logsumexp with infinity", v -> Np.logsumexp(v), INF, 0);
    out.grad("softmax", v -> Nn.softmax(v, 0), -INF, 0, 1);
    out.grad("log softmax", v -> Nn.logSoftmax(v, 0), 2, 0, 1);
    double[] x = d(-INF, 0, 1);
    double[] y = d(0, -INF, 2);
    out.grad("logaddexp x", 0, Np::logaddexp, x, y);
    out.grad("logaddexp y", 1, Np::logaddexp, x, y);
    out.grad("softplus", Nn::softplus, -800, 0, 800);
  }

  private static void reductions(EdgeCases out) {
    out.grad("max of a vector", v -> Np.max(v), 1, 2, 2, 0, 0, 2);
    out.grad("max with a NaN", v -> Np.max(v), 1, NAN, 2);
    Literal m = matrix(d(1, 3, 3), d(0, 0, 0));
    out.grad("max of rows", 0, v -> Np.max(v.get(0), 1), m);
    out.grad("min of columns", 0, v -> Np.min(v.get(0), 0), m);
    out.grad("prod with one zero", v -> Np.prod(v), 2, 0, 3);
    out.grad("prod with two zeros", v -> Np.prod(v), 2, 0, 0);
    cumulative(out, "cumsum", v -> Np.cumsum(v, 0));
    cumulative(out, "cumprod", v -> Np.cumprod(v, 0));
    cumulative(out, "cummax", v -> Np.cummax(v, 0));
    cumulative(out, "cummin", v -> Np.cummin(v, 0));
    cumulative(out, "cumlogsumexp", v -> Np.cumlogsumexp(v, 0));
    out.grad("cumprod with zeros", v -> Np.cumprod(v, 0), 2, 0, 3, 0, 5);
    out.grad("cumlogsumexp of minus infinity", v -> Np.cumlogsumexp(v, 0), -INF, 0, 1);
  }

  private static void cumulative(EdgeCases out, String name, F1<Tensor, Tensor> f) {
    double[] x = d(1, 1, 3, 3, 2, 3);
    out.grad(name, f, x);
    out.grad(name + " reversed", v -> Np.flip(f.apply(Np.flip(v, 0)), 0), x);
  }

  private static WindowConfig window(
      long size, long stride, long low, long high, long spread, long dilation) {
    return new WindowConfig(
        new long[] {size},
        new long[] {stride},
        new long[] {spread},
        new long[] {dilation},
        new long[][] {{low, high}});
  }

  private static void windows(EdgeCases out) {
    double[] x = d(1, 1, 3, 3, 3, 2);
    WindowConfig plain = window(3, 2, 1, 1, 1, 1);
    out.grad("window max", v -> Lax.reduceWindow(v, Lax.Reduction.MAX, plain), x);
    out.grad("window min", v -> Lax.reduceWindow(v, Lax.Reduction.MIN, plain), x);
    WindowConfig spread = window(3, 1, 1, 1, 2, 1);
    out.grad(
        "window max of spread elements", v -> Lax.reduceWindow(v, Lax.Reduction.MAX, spread), x);
    WindowConfig sums = window(2, 2, 1, 2, 2, 3);
    out.grad("window sum", v -> Lax.reduceWindow(v, Lax.Reduction.ADD, sums), x);
  }

  private static void indexing(EdgeCases out) {
    out.grad("sort with ties", v -> Np.sort(v), 2, 1, 2, 1, 0);
    out.grad(
        "sort by keys with ties",
        v -> Lax.sort(List.of(ints(1, 0, 1, 0, 0), v), 0, true).get(1),
        5,
        6,
        7,
        8,
        9);
    out.grad("top k with ties", v -> Lax.topK(v, 3).get(0), 1, 3, 2, 3, 3);
    out.grad("median", v -> Np.median(v), 3, 1, 2, 2);
    double[] x = d(1, 2, 3, 4);
    int[] beyond = {0, 3, 9, -1, -9, 3};
    out.grad("take", v -> Np.nanToNum(Np.take(v, ints(beyond))), x);
    out.grad("at get", v -> Np.at(v, Index.at(ints(0, 0, -1))).get(), x);
    out.grad("dynamic slice beyond the end", v -> Lax.dynamicSlice(v, List.of(Tensor.of(3)), 2), x);
    for (int i = 0; i < 2; i++) {
      out.grad(
          "dynamic update beyond the end" + (i == 0 ? "" : ", update"),
          i,
          (v, u) -> Lax.dynamicUpdateSlice(v, u, List.of(Tensor.of(3))),
          x,
          d(8, 9));
    }
    long[] low = {-1};
    long[] high = {2};
    long[] interior = {1};
    F1<List<Tensor>, Tensor> pad = v -> Lax.pad(v.get(0), v.get(1), low, high, interior);
    out.grad("pad by less than nothing", 0, pad, vector(x), scalar(0.5));
    out.grad("slice of nothing", v -> Lax.slice(v, new long[] {2}, new long[] {2}), x);
  }

  private static void updates(EdgeCases out) {
    double[] x = d(1, 6, 10, 8);
    double[] u = d(5, 6, 7, 8, 9, 10);
    for (int i = 0; i < 2; i++) {
      String what = i == 0 ? " operand" : " updates";
      Index at = Index.at(ints(1, 1, 9, -1, 2, 2));
      out.grad("at set" + what, i, (v, w) -> Np.at(v, at).set(w), x, u);
      out.grad("at add" + what, i, (v, w) -> Np.at(v, at).add(w), x, u);
      out.grad("at min" + what, i, (v, w) -> Np.at(v, at).min(w), x, u);
      out.grad("at max" + what, i, (v, w) -> Np.at(v, at).max(w), x, u);
      out.grad(
          "at mul" + what,
          i,
          (v, w) ->
              Lax.scatter(
                  v,
                  Lax.reshape(ints(2, 0), 2, 1),
                  w,
                  new DimensionNumbers.Scatter(
                      List.of(), List.of(0L), List.of(), List.of(), List.of(0L), 1),
                  Lax.ScatterKind.MUL,
                  false,
                  true),
          d(1, 2, 3, 4),
          d(0, 3));
    }
  }

  private static void control(EdgeCases out) {
    out.grad(
        "cond of a batch",
        x ->
            Transforms.vmap(
                    (Tensor v) ->
                        Lax.cond(Np.greater(v, 0.0), () -> Np.sqrt(v), () -> Np.multiply(v, 0.0)))
                .apply(x),
        -1,
        0,
        4);
    out.grad(
        "where of a batch",
        x -> {
          Tensor above = Np.greater(x, 0.0);
          return Np.where(above, Np.sqrt(Np.where(above, x, 1.0)), 0.0);
        },
        -1,
        0,
        4);
    out.add(
        "loop forward",
        x ->
            Transforms.jvp(
                    (Tensor v) ->
                        Lax.whileLoop(
                            (Tensor c) -> Np.less(c, 100.0), (Tensor c) -> Lax.mul(c, c), v),
                    x.get(0),
                    Lax.fullLike(x.get(0), 1))
                .tangent(),
        scalar(3));
    out.grad(
        "switch by a batch",
        x ->
            Transforms.vmap(
                    (Tensor i, Tensor v) ->
                        Lax.switchCase(
                            i,
                            List.<Supplier<Tensor>>of(
                                () -> Np.sin(v), () -> Np.log(v), () -> Np.exp(v))))
                .apply(ints(-3, 1, 7), x),
        0,
        2,
        1);
  }

  private static void linear(EdgeCases out) {
    Literal symmetric = matrix(d(4, 1, 0.5), d(1, 5, 3), d(0.5, 3, 6));
    out.grad("cholesky of the symmetric part", 0, v -> Linalg.cholesky(v.get(0)), symmetric);
    Literal a = matrix(d(4, 1, 2), d(9, 5, 3), d(8, 7, 6));
    Literal wide = matrix(d(1, 2, 3), d(4, 5, 6));
    Literal tall = matrix(d(1, 2), d(3, 4), d(5, 6));
    for (int k = 0; k < 32; k++) {
      boolean left = (k & 16) != 0;
      boolean lower = (k & 8) != 0;
      boolean transpose = (k & 4) != 0;
      boolean unit = (k & 2) != 0;
      String name =
          "triangular solve "
              + (left ? "left" : "right")
              + (lower ? " lower" : " upper")
              + (transpose ? " transposed" : "")
              + (unit ? " unit" : "")
              + (k % 2 == 0 ? " a" : " b");
      out.grad(
          name,
          k % 2,
          v ->
              Lax.triangularSolve(
                  v.get(0), v.get(1), left, lower, unit, transpose ? "TRANSPOSE" : "NO_TRANSPOSE"),
          a,
          left ? tall : wide);
    }
  }

  private static final Literal Z = complex(3, 4, 0, -1, 2, 0, -0.5, 0.25);

  private static void ofComplex(EdgeCases out, String name, F1<Tensor, Tensor> f) {
    out.grad("complex " + name, 0, v -> f.apply(v.get(0)), Z);
  }

  /** {@code z (1 + 2i)}. */
  private static Tensor turned(Tensor z) {
    return Lax.mul(z, Lax.complex(Lax.fullLike(Lax.real(z), 1), Lax.fullLike(Lax.real(z), 2)));
  }

  private static void complexNumbers(EdgeCases out) {
    ofComplex(out, "abs", Lax::abs);
    ofComplex(out, "real", Lax::real);
    ofComplex(out, "imag", Lax::imag);
    ofComplex(out, "exp", Lax::exp);
    ofComplex(out, "log", Lax::log);
    ofComplex(out, "sqrt", Lax::sqrt);
    ofComplex(out, "tanh", Lax::tanh);
    ofComplex(out, "square of the absolute value", v -> Np.square(Lax.abs(v)));
    ofComplex(out, "conj", Lax::conj);
    ofComplex(out, "product with its conjugate", v -> Lax.mul(v, Lax.conj(v)));
    ofComplex(out, "angle", v -> Lax.atan2(Lax.imag(v), Lax.real(v)));
    ofComplex(out, "inverse", v -> Np.divide(1.0, v));
    ofComplex(out, "cube", v -> Np.power(v, 3L));
    out.add(
        "complex abs at 0",
        x -> Transforms.grad((Tensor v) -> Np.sum(Lax.abs(v))).apply(x.get(0)),
        complex(0, 0, 1, 0));
    out.add(
        "holomorphic cube",
        x -> Transforms.gradHolomorphic((Tensor v) -> Np.sum(Np.power(v, 3L))).apply(x.get(0)),
        Z);
    out.add(
        "vjp of exp",
        x -> Transforms.vjp(Lax::exp, x.get(0)).pullback().apply(turned(x.get(0))),
        Z);
    out.add("jvp of exp", x -> Transforms.jvp(Lax::exp, x.get(0), turned(x.get(0))).tangent(), Z);
    out.add(
        "vjp of abs",
        x -> Transforms.vjp(Lax::abs, x.get(0)).pullback().apply(x.get(1)),
        Z,
        vector(1, 2, 3, 4));
    out.add("jvp of abs", x -> Transforms.jvp(Lax::abs, x.get(0), turned(x.get(0))).tangent(), Z);
    out.grad(
        "real to complex and back",
        v -> Lax.real(turned(Lax.convertElementType(v, DType.C128))),
        1,
        2);
    for (int i = 0; i < 2; i++) {
      out.grad(
          "complex of parts " + (i == 0 ? "re" : "im"),
          i,
          (x, y) -> Lax.abs(Lax.complex(x, y)),
          d(3, 0),
          d(4, 1));
    }
  }

  private static void transforms(EdgeCases out) {
    for (int n = 4; n <= 5; n++) {
      int size = n;
      double[] x = new double[n];
      double[] z = new double[2 * n];
      for (int i = 0; i < n; i++) {
        x[i] = Math.sin(i + 1.0);
      }
      for (int i = 0; i < n; i++) {
        z[2 * i] = x[i];
        z[2 * i + 1] = x[n - 1 - i];
      }
      double[] half = new double[2 * (n / 2 + 1)];
      for (int i = 0; i <= n / 2; i++) {
        half[2 * i] = Math.sin(i);
        half[2 * i + 1] = Math.cos(i);
      }
      out.grad(
          "rfft " + n,
          v -> {
            Tensor y = Fft.rfft(v);
            return Lax.add(Lax.real(y), Np.multiply(Lax.imag(y), 2.0));
          },
          x);
      out.grad("irfft " + n, 0, v -> Fft.irfft(v.get(0), size), complex(half));
      out.grad("fft " + n, 0, v -> Fft.fft(v.get(0)), complex(z));
      out.grad("ifft " + n, 0, v -> Lax.imag(Fft.ifft(v.get(0))), complex(z));
    }
  }
}
