package org.cornu.tests.random;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A row of {@code distributions.json}: a call of a function of {@code jax.random}. */
record RecordedDraw(JsonNode row) {

  private @Nullable DType dtype() {
    return row.get("dtype").isNull() ? null : dtype(row.get("dtype").asText());
  }

  /** Numbers of this type are compared. */
  static DType dtype(String name) {
    return switch (name) {
      case "float32" -> DType.F32;
      case "float64" -> DType.F64;
      case "float16" -> DType.F16;
      case "bfloat16" -> DType.BF16;
      case "complex64" -> DType.C64;
      case "complex128" -> DType.C128;
      case "bool" -> DType.BOOL;
      case "int8" -> DType.I8;
      case "int16" -> DType.I16;
      case "int32" -> DType.I32;
      case "int64" -> DType.I64;
      case "uint8" -> DType.U8;
      case "uint16" -> DType.U16;
      case "uint32" -> DType.U32;
      case "uint64" -> DType.U64;
      default -> throw new IllegalArgumentException("no such type: " + name);
    };
  }

  String name() {
    return row.get("fn").asText()
        + " "
        + row.get("dtype").asText()
        + " "
        + row.get("params")
        + row.get("kwargs")
        + row.get("shape")
        + " seed "
        + row.get("seed");
  }

  private long[] shape() {
    return longs(row.get("shape"));
  }

  static long[] longs(JsonNode node) {
    long[] out = new long[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.get(i).asLong();
    }
    return out;
  }

  private double number(int i) {
    return row.get("params").get(i).asDouble();
  }

  private JsonNode option(String name) {
    return row.get("kwargs").path(name);
  }

  /** Parameter {@code i} as a tensor of floats of the type of the result, or f32. */
  private Tensor tensor(int i) {
    DType dtype = dtype();
    return array(row.get("params").get(i), dtype != null && dtype.isFloat() ? dtype : DType.F32);
  }

  private static Tensor array(JsonNode node, DType dtype) {
    List<Long> dims = new ArrayList<>();
    for (JsonNode at = node; at.isArray(); at = at.get(0)) {
      dims.add((long) at.size());
    }
    List<Double> values = new ArrayList<>();
    flatten(node, values);
    TensorType type = TensorType.of(dtype, dims.stream().mapToLong(d -> d).toArray());
    // JAX's parameters were rounded to f32 first
    return Tensor.of(
        Literal.ofDoubles(
            type,
            values.stream().mapToDouble(v -> dtype.isFloat() ? (float) (double) v : v).toArray()));
  }

  private static void flatten(JsonNode node, List<Double> out) {
    if (node.isArray()) {
      node.forEach(child -> flatten(child, out));
    } else {
      out.add(node.asDouble());
    }
  }

  /** The call through Cornu. */
  Tensor draw() {
    Tensor key = Random.key(row.get("seed").asLong());
    DType d = dtype() == null ? DType.F32 : dtype();
    long[] s = shape();
    return switch (row.get("fn").asText()) {
      case "bits" -> Random.bits(key, d, s);
      case "uniform" ->
          option("minval").isMissingNode()
              ? Random.uniform(key, d, s)
              : Random.uniform(key, array(option("minval"), d), array(option("maxval"), d), d, s);
      case "randint" ->
          option("minval").isArray()
              ? Random.randint(
                  key, array(option("minval"), DType.I32), array(option("maxval"), DType.I32), d, s)
              : Random.randint(key, option("minval").asLong(), option("maxval").asLong(), d, s);
      case "normal" -> d.isComplex() ? parts(Random.normal(key, d, s)) : Random.normal(key, d, s);
      case "truncated_normal" -> Random.truncatedNormal(key, tensor(0), tensor(1), d, s);
      case "gumbel" -> Random.gumbel(key, d, s);
      case "exponential" -> Random.exponential(key, d, s);
      case "laplace" -> Random.laplace(key, d, s);
      case "logistic" -> Random.logistic(key, d, s);
      case "cauchy" -> Random.cauchy(key, d, s);
      case "maxwell" -> Random.maxwell(key, d, s);
      case "rayleigh" -> Random.rayleigh(key, tensor(0), d, s);
      case "wald" -> Random.wald(key, tensor(0), d, s);
      case "lognormal" -> Random.lognormal(key, tensor(0), d, s);
      case "pareto" -> Random.pareto(key, tensor(0), d, s);
      case "weibull_min" -> Random.weibullMin(key, tensor(0), tensor(1), d, s);
      case "triangular" -> Random.triangular(key, tensor(0), tensor(1), tensor(2), d, s);
      case "double_sided_maxwell" -> Random.doubleSidedMaxwell(key, tensor(0), tensor(1), d, s);
      case "gamma" -> Random.gamma(key, tensor(0), d, s);
      case "loggamma" -> Random.loggamma(key, tensor(0), d, s);
      case "beta" -> Random.beta(key, tensor(0), tensor(1), d, s);
      case "dirichlet" -> Random.dirichlet(key, tensor(0), d, s);
      case "chisquare" -> Random.chisquare(key, tensor(0), d, s);
      case "f" -> Random.f(key, tensor(0), tensor(1), d, s);
      case "t" -> Random.t(key, tensor(0), d, s);
      case "generalized_normal" -> Random.generalizedNormal(key, number(0), d, s);
      case "ball" -> Random.ball(key, (int) number(0), number(1), d, s);
      case "orthogonal" -> {
        int n = (int) number(0);
        yield Random.orthogonal(key, n, option("m").asInt(n), d, s);
      }
      case "multivariate_normal" -> Random.multivariateNormal(key, tensor(0), tensor(1), d, s);
      case "poisson" -> Random.poisson(key, tensor(0), d, s);
      case "binomial" -> Random.binomial(key, tensor(0), tensor(1), d, s);
      case "multinomial" -> Random.multinomial(key, tensor(0), tensor(1), d, s);
      case "geometric" -> Random.geometric(key, tensor(0), d, s);
      case "rademacher" -> Random.rademacher(key, d, s);
      case "bernoulli" -> Random.bernoulli(key, tensor(0), s);
      case "categorical" ->
          Random.categorical(
              key, tensor(0), option("axis").asInt(-1), option("replace").asBoolean(true), s);
      case "choice" -> choice(key, s);
      case "permutation" ->
          Random.permutation(
              key, tensor(0), option("axis").asInt(), option("independent").asBoolean());
      default -> throw new IllegalArgumentException("no such function: " + name());
    };
  }

  private Tensor choice(Tensor key, long[] shape) {
    boolean replace = option("replace").asBoolean(true);
    Tensor p = option("p").isMissingNode() ? null : array(option("p"), DType.F32);
    JsonNode a = row.get("params").get(0);
    return a.isInt()
        ? Random.choice(key, a.asLong(), replace, p, shape)
        : Random.choice(key, tensor(0), replace, p, option("axis").asInt(), shape);
  }

  private static Tensor parts(Tensor z) {
    int rank = z.rank();
    long[] dims = java.util.Arrays.copyOf(z.shape().dims(), rank + 1);
    dims[rank] = 1;
    return Lax.concatenate(
        List.of(Lax.reshape(Lax.real(z), dims), Lax.reshape(Lax.imag(z), dims)), rank);
  }
}
