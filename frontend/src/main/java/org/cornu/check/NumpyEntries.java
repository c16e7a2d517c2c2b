package org.cornu.check;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** {@code keras.ops}: elementwise functions, reductions, sorting, statistics. */
final class NumpyEntries {
  private final OpCatalog catalog;

  private NumpyEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    NumpyEntries e = new NumpyEntries(catalog);
    e.elementwise();
    e.binary();
    e.choosing();
    e.reductions();
    e.ignoringNan();
    e.cumulative();
    e.sorting();
    e.statistics();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + path, method, call);
  }

  private void unary(String name, String method, F1<Tensor, Tensor> f) {
    op(name + "(x)", "Np." + method, a -> f.apply(a.tensor("x")));
  }

  private void alias(String name, String of) {
    catalog.alias("keras.ops." + name, "keras.ops." + of);
  }

  private void elementwise() {
    unary("abs", "abs", Np::abs);
    alias("absolute", "abs");
    unary("angle", "angle", Np::angle);
    unary("arccos", "arccos", Np::arccos);
    unary("arccosh", "arccosh", Np::arccosh);
    unary("arcsin", "arcsin", Np::arcsin);
    unary("arcsinh", "arcsinh", Np::arcsinh);
    unary("arctan", "arctan", Np::arctan);
    unary("arctanh", "arctanh", Np::arctanh);
    unary("bitwise_not", "bitwiseNot", Np::bitwiseNot);
    alias("bitwise_invert", "bitwise_not");
    unary("cbrt", "cbrt", Np::cbrt);
    unary("ceil", "ceil", Np::ceil);
    unary("conj", "conj", Np::conj);
    alias("conjugate", "conj");
    unary("cos", "cos", Np::cos);
    unary("cosh", "cosh", Np::cosh);
    unary("deg2rad", "deg2rad", Np::deg2rad);
    unary("erf", "erf", Np::erf);
    unary("erfc", "erfc", Np::erfc);
    unary("erfinv", "erfinv", Np::erfinv);
    unary("exp", "exp", Np::exp);
    unary("exp2", "exp2", Np::exp2);
    unary("expm1", "expm1", Np::expm1);
    unary("fabs", "fabs", Np::fabs);
    unary("floor", "floor", Np::floor);
    unary("i0", "i0", Np::i0);
    unary("imag", "imag", Np::imag);
    unary("isfinite", "isfinite", Np::isfinite);
    unary("isinf", "isinf", Np::isinf);
    unary("isnan", "isnan", Np::isnan);
    unary("isneginf", "isneginf", Np::isneginf);
    unary("isposinf", "isposinf", Np::isposinf);
    unary("isreal", "isreal", Np::isreal);
    unary("log", "log", Np::log);
    unary("log10", "log10", Np::log10);
    unary("log1p", "log1p", Np::log1p);
    unary("log2", "log2", Np::log2);
    unary("logical_not", "logicalNot", Np::logicalNot);
    unary("negative", "negative", Np::negative);
    unary("rad2deg", "rad2deg", Np::rad2deg);
    unary("real", "real", Np::real);
    unary("reciprocal", "reciprocal", Np::reciprocal);
    unary("rsqrt", "rsqrt", Np::rsqrt);
    unary("sign", "sign", Np::sign);
    unary("signbit", "signbit", Np::signbit);
    unary("sin", "sin", Np::sin);
    unary("sinc", "sinc", Np::sinc);
    unary("sinh", "sinh", Np::sinh);
    unary("sqrt", "sqrt", Np::sqrt);
    unary("square", "square", Np::square);
    unary("tan", "tan", Np::tan);
    unary("tanh", "tanh", Np::tanh);
    unary("trunc", "trunc", Np::trunc);
    unary("view_as_complex", "viewAsComplex", Np::viewAsComplex);
    unary("view_as_real", "viewAsReal", Np::viewAsReal);
    op("round(x, decimals=0)", "Np.round", a -> Np.round(a.tensor("x"), a.integer("decimals")));
    op(
        "nan_to_num(x, nan=0.0, posinf=None, neginf=None)",
        "Np.nanToNum",
        a ->
            Np.nanToNum(
                a.tensor("x"),
                a.number("nan"),
                a.number("posinf", Double.NaN),
                a.number("neginf", Double.NaN)));
    op(
        "saturate_cast(x, dtype)",
        "Np.saturateCast",
        a -> Np.saturateCast(a.tensor("x"), a.dtype("dtype", DType.F32)));
    op("cast(x, dtype)", "Np.cast", a -> Np.cast(a.tensor("x"), a.dtype("dtype", DType.F32)));
    op(
        "view(x, dtype=None)",
        "Np.view",
        a -> {
          Tensor x = a.tensor("x");
          return Np.view(x, a.dtype("dtype", x.dtype()));
        });
  }

  /** A function of two operands, of which one may be a number. */
  private void pair(String signature, String method, F2<Tensor, Tensor, Tensor> f) {
    String first = signature.substring(signature.indexOf('(') + 1, signature.indexOf(','));
    String second = signature.substring(signature.indexOf(',') + 1, signature.indexOf(')')).trim();
    op(
        signature,
        "Np." + method,
        a -> {
          boolean firstIsTensor = a.get(first) instanceof Tensor;
          Tensor x = firstIsTensor ? a.tensor(first) : null;
          if (x != null) {
            return f.apply(x, a.weak(second, x));
          }
          Tensor y = a.tensor(second);
          return f.apply(a.weak(first, y), y);
        });
  }

  private void binary() {
    pair("add(x1, x2)", "add", Np::add);
    pair("subtract(x1, x2)", "subtract", Np::subtract);
    pair("multiply(x1, x2)", "multiply", Np::multiply);
    op(
        "divide(x1, x2)",
        "Np.divide",
        a -> {
          // Beside an unsigned type a negative number is none of it.
          if (a.get("x1") instanceof Tensor x && a.get("x2") instanceof Number) {
            return Np.divide(x, a.number("x2"));
          }
          if (a.get("x1") instanceof Number && a.get("x2") instanceof Tensor y) {
            return Np.divide(a.number("x1"), y);
          }
          return Np.divide(a.tensor("x1"), a.tensor("x2"));
        });
    alias("true_divide", "divide");
    pair("divide_no_nan(x1, x2)", "divideNoNan", Np::divideNoNan);
    pair("floor_divide(x1, x2)", "floorDivide", Np::floorDivide);
    pair("mod(x1, x2)", "mod", Np::mod);
    pair("fmod(x1, x2)", "fmod", Np::fmod);
    pair("power(x1, x2)", "power", Np::power);
    pair("maximum(x1, x2)", "maximum", Np::maximum);
    pair("minimum(x1, x2)", "minimum", Np::minimum);
    pair("fmax(x1, x2)", "fmax", Np::fmax);
    pair("fmin(x1, x2)", "fmin", Np::fmin);
    pair("arctan2(x1, x2)", "arctan2", Np::arctan2);
    pair("hypot(x1, x2)", "hypot", Np::hypot);
    pair("logaddexp(x1, x2)", "logaddexp", Np::logaddexp);
    pair("logaddexp2(x1, x2)", "logaddexp2", Np::logaddexp2);
    pair("heaviside(x1, x2)", "heaviside", Np::heaviside);
    pair("ldexp(x1, x2)", "ldexp", Np::ldexp);
    pair("polar(abs_, angle)", "polar", Np::polar);
    pair("nextafter(x1, x2)", "nextafter", Np::nextafter);
    pair("gcd(x1, x2)", "gcd", Np::gcd);
    pair("lcm(x1, x2)", "lcm", Np::lcm);
    pair("bitwise_and(x, y)", "bitwiseAnd", Np::bitwiseAnd);
    pair("bitwise_or(x, y)", "bitwiseOr", Np::bitwiseOr);
    pair("bitwise_xor(x, y)", "bitwiseXor", Np::bitwiseXor);
    pair("left_shift(x, y)", "leftShift", Np::leftShift);
    alias("bitwise_left_shift", "left_shift");
    pair("right_shift(x, y)", "rightShift", Np::rightShift);
    alias("bitwise_right_shift", "right_shift");
    pair("equal(x1, x2)", "equal", Np::equal);
    pair("not_equal(x1, x2)", "notEqual", Np::notEqual);
    pair("less(x1, x2)", "less", Np::less);
    pair("less_equal(x1, x2)", "lessEqual", Np::lessEqual);
    pair("greater(x1, x2)", "greater", Np::greater);
    pair("greater_equal(x1, x2)", "greaterEqual", Np::greaterEqual);
    pair("logical_and(x1, x2)", "logicalAnd", Np::logicalAnd);
    pair("logical_or(x1, x2)", "logicalOr", Np::logicalOr);
    pair("logical_xor(x1, x2)", "logicalXor", Np::logicalXor);
    op(
        "isclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)",
        "Np.isclose",
        a ->
            Np.isclose(
                a.tensor("x1"),
                a.weak("x2", a.tensor("x1")),
                a.number("rtol"),
                a.number("atol"),
                a.flag("equal_nan")));
    op(
        "allclose(x1, x2, rtol=1e-05, atol=1e-08, equal_nan=False)",
        "Np.allclose",
        a ->
            Np.allclose(
                a.tensor("x1"),
                a.weak("x2", a.tensor("x1")),
                a.number("rtol"),
                a.number("atol"),
                a.flag("equal_nan")));
  }

  private void choosing() {
    op(
        "clip(x, x_min, x_max)",
        "Np.clip",
        a -> {
          Tensor x = a.tensor("x");
          Tensor v = x.dtype().isBool() ? Np.cast(x, DType.I32) : x;
          Tensor out = a.has("x_min") ? Np.maximum(v, a.weak("x_min", v)) : v;
          return a.has("x_max") ? Np.minimum(out, a.weak("x_max", v)) : out;
        });
    op(
        "where(condition, x1=None, x2=None)",
        "Np.where",
        a -> {
          Tensor condition = a.tensor("condition");
          if (!a.has("x1")) {
            return Np.nonzero(condition);
          }
          boolean firstIsTensor = a.get("x1") instanceof Tensor;
          Tensor y = firstIsTensor ? null : a.tensor("x2");
          Tensor x = y == null ? a.tensor("x1") : a.weak("x1", y);
          return Np.where(condition, x, a.weak("x2", x));
        });
    op(
        "select(condlist, choicelist, default=0)",
        "Np.select",
        a -> {
          List<Tensor> choices = a.tensors("choicelist");
          return Np.select(a.tensors("condlist"), choices, a.weak("default", choices.get(0)));
        });
    op(
        "isin(x1, x2, assume_unique=False, invert=False)",
        "Np.isin",
        a -> Np.isin(a.tensor("x1"), a.tensor("x2"), a.flag("invert")));
  }

  /** A reduction that takes keepdims and axes. */
  private interface Reduce {
    Tensor apply(Tensor x, boolean keepdims, int... axes);
  }

  private void reduce(String name, String method, Reduce f) {
    op(
        name + "(x, axis=None, keepdims=False)",
        "Np." + method,
        a -> f.apply(a.tensor("x"), a.flag("keepdims"), a.ints("axis")));
  }

  private void reductions() {
    reduce("sum", "sum", Np::sum);
    reduce("mean", "mean", Np::mean);
    reduce("std", "std", Np::std);
    reduce("var", "var", Np::var);
    reduce("all", "all", Np::all);
    reduce("any", "any", Np::any);
    reduce("amax", "max", Np::max);
    reduce("amin", "min", Np::min);
    reduce("ptp", "ptp", Np::ptp);
    reduce("logsumexp", "logsumexp", Np::logsumexp);
    reduce("median", "median", Np::median);
    op(
        "prod(x, axis=None, keepdims=False, dtype=None)",
        "Np.prod",
        a -> {
          Tensor x = a.tensor("x");
          Tensor v = a.has("dtype") ? Np.cast(x, a.dtype("dtype", x.dtype())) : x;
          Tensor out = Np.prod(v, a.flag("keepdims"), a.ints("axis"));
          return a.has("dtype") ? Np.cast(out, v.dtype()) : out;
        });
    op(
        "max(x, axis=None, keepdims=False, initial=None)",
        "Np.max",
        a ->
            a.has("initial")
                ? Np.max(a.tensor("x"), a.number("initial"), a.flag("keepdims"), a.ints("axis"))
                : Np.max(a.tensor("x"), a.flag("keepdims"), a.ints("axis")));
    op(
        "min(x, axis=None, keepdims=False, initial=None)",
        "Np.min",
        a ->
            a.has("initial")
                ? Np.min(a.tensor("x"), a.number("initial"), a.flag("keepdims"), a.ints("axis"))
                : Np.min(a.tensor("x"), a.flag("keepdims"), a.ints("axis")));
    op(
        "count_nonzero(x, axis=None)",
        "Np.countNonzero",
        a -> Np.countNonzero(a.tensor("x"), a.ints("axis")));
    op(
        "average(x, axis=None, weights=None)",
        "Np.average",
        a ->
            a.has("weights")
                ? Np.average(a.tensor("x"), a.tensor("weights"), a.ints("axis"))
                : Np.mean(a.tensor("x"), a.ints("axis")));
    position("argmax", Np::argmax);
    position("argmin", Np::argmin);
  }

  private interface Position {
    Tensor apply(Tensor x, int axis, boolean keepdims);
  }

  private void position(String name, Position f) {
    op(
        name + "(x, axis=None, keepdims=False)",
        "Np." + name,
        a -> {
          Tensor x = a.tensor("x");
          if (a.has("axis")) {
            return f.apply(x, a.integer("axis"), a.flag("keepdims"));
          }
          Tensor flat = f.apply(Np.ravel(x), 0, false);
          return a.flag("keepdims") ? Np.reshape(flat, ones(x.rank())) : flat;
        });
  }

  private static long[] ones(int rank) {
    long[] out = new long[rank];
    java.util.Arrays.fill(out, 1);
    return out;
  }

  private void ignoringNan() {
    reduce("nansum", "nansum", Np::nansum);
    reduce("nanprod", "nanprod", Np::nanprod);
    reduce("nanmean", "nanmean", Np::nanmean);
    reduce("nanvar", "nanvar", Np::nanvar);
    reduce("nanstd", "nanstd", Np::nanstd);
    reduce("nanmax", "nanmax", Np::nanmax);
    reduce("nanmin", "nanmin", Np::nanmin);
    reduce("nanmedian", "nanmedian", Np::nanmedian);
    position("nanargmax", Np::nanargmax);
    position("nanargmin", Np::nanargmin);
  }

  private interface Running {
    Tensor apply(Tensor x, int axis);
  }

  private void running(String name, Running f) {
    op(
        name + "(x, axis=None, dtype=None)",
        "Np." + name,
        a -> {
          Tensor x = a.tensor("x");
          Tensor v = a.has("dtype") ? Np.cast(x, a.dtype("dtype", x.dtype())) : x;
          Tensor out = a.has("axis") ? f.apply(v, a.integer("axis")) : f.apply(Np.ravel(v), 0);
          return a.has("dtype") ? Np.cast(out, v.dtype()) : out;
        });
  }

  private void cumulative() {
    running("cumsum", Np::cumsum);
    running("cumprod", Np::cumprod);
    running("nancumsum", Np::nancumsum);
    running("nancumprod", Np::nancumprod);
    op(
        "diff(a, n=1, axis=-1)",
        "Np.diff",
        a -> Np.diff(a.tensor("a"), a.integer("n"), a.integer("axis")));
    op(
        "trapezoid(y, x=None, dx=1.0, axis=-1)",
        "Np.trapezoid",
        a ->
            a.has("x")
                ? Np.trapezoid(a.tensor("y"), a.tensor("x"), a.integer("axis"))
                : Np.trapezoid(a.tensor("y"), a.number("dx"), a.integer("axis")));
  }

  private void sorting() {
    op(
        "sort(x, axis=-1)",
        "Np.sort",
        a ->
            a.has("axis")
                ? Np.sort(a.tensor("x"), a.integer("axis"))
                : Np.sort(Np.ravel(a.tensor("x")), 0));
    op(
        "argsort(x, axis=-1)",
        "Np.argsort",
        a ->
            a.has("axis")
                ? Np.argsort(a.tensor("x"), a.integer("axis"))
                : Np.argsort(Np.ravel(a.tensor("x")), 0));
    op(
        "argpartition(x, kth, axis=-1)",
        "Np.argpartition",
        a ->
            a.has("axis")
                ? Np.argpartition(a.tensor("x"), a.integer("kth"), a.integer("axis"))
                : Np.argpartition(Np.ravel(a.tensor("x")), a.integer("kth"), 0));
    op("top_k(x, k, sorted=True)", "Np.topK", a -> Np.topK(a.tensor("x"), a.integer("k")));
    op(
        "in_top_k(targets, predictions, k)",
        "Np.inTopK",
        a -> Np.inTopK(a.tensor("targets"), a.tensor("predictions"), a.integer("k")));
    op(
        "searchsorted(sorted_sequence, values, side='left')",
        "Np.searchsorted",
        a -> Np.searchsorted(a.tensor("sorted_sequence"), a.tensor("values"), a.text("side")));
    op("digitize(x, bins)", "Np.digitize", a -> Np.digitize(a.tensor("x"), a.tensor("bins")));
    op("nonzero(x)", "Np.nonzero", a -> Np.nonzero(a.tensor("x")));
    op(
        "unravel_index(indices, shape)",
        "Np.unravelIndex",
        a -> Np.unravelIndex(a.tensor("indices"), a.longs("shape")));
    op(
        "unique(x, sorted=True, return_index=False, return_inverse=False, return_counts=False,"
            + " axis=None, size=None, fill_value=None)",
        "Np.unique",
        NumpyEntries::unique);
  }

  private static Object unique(Arguments a) {
    Tensor x = a.tensor("x");
    Np.Unique out =
        Np.unique(
            x,
            a.has("axis") ? a.integer("axis") : null,
            a.has("size") ? a.integer("size") : null,
            a.has("fill_value") ? a.number("fill_value") : null);
    List<Tensor> parts = new ArrayList<>();
    parts.add(out.values());
    if (a.flag("return_index")) {
      parts.add(out.index());
    }
    if (a.flag("return_inverse")) {
      parts.add(out.inverse());
    }
    if (a.flag("return_counts")) {
      parts.add(out.counts());
    }
    return parts;
  }

  private interface Quantile {
    Tensor apply(Tensor x, Tensor q, String method, boolean keepdims, int... axes);
  }

  private void quantile(String name, Quantile f) {
    op(
        name + "(x, q, axis=None, method='linear', keepdims=False)",
        "Np." + name,
        a -> {
          Tensor x = a.tensor("x");
          return f.apply(x, a.tensor("q"), a.text("method"), a.flag("keepdims"), a.ints("axis"));
        });
  }

  private void statistics() {
    quantile("quantile", Np::quantile);
    quantile("percentile", Np::percentile);
    quantile("nanquantile", Np::nanquantile);
    quantile("nanpercentile", Np::nanpercentile);
    op(
        "bincount(x, weights=None, minlength=0, sparse=False)",
        "Np.bincount",
        a -> {
          Tensor x = a.tensor("x");
          int length = Np.binsFor(x, a.integer("minlength"));
          Tensor weights = a.tensorOrNull("weights");
          return weights == null ? Np.bincount(x, length) : Np.bincount(x, weights, length);
        });
    op(
        "histogram(x, bins=10, range=None)",
        "Np.histogram",
        a -> {
          Tensor x = a.tensor("x");
          Tensor edges =
              a.get("bins") instanceof Long bins
                  ? Np.histogramEdges(x, bins.intValue(), range(a))
                  : a.tensor("bins");
          return List.of(Np.histogramCounts(x, edges), edges);
        });
    op("corrcoef(x)", "Np.corrcoef", a -> Np.corrcoef(a.tensor("x")));
    op(
        "correlate(x1, x2, mode='valid')",
        "Np.correlate",
        a -> Np.correlate(a.tensor("x1"), a.tensor("x2"), a.text("mode")));
  }

  private static double @Nullable [] range(Arguments a) {
    return a.has("range") ? a.numbers("range") : null;
  }
}
