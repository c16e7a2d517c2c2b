package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.ops.Random;
import org.cornu.random.KerasRandom;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.Seed;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a file of random numbers: keys, JAX's distributions, and Keras'. Keys, integers, and uniform
 * numbers in [0, 1) must agree bit for bit. What JAX draws with {@code
 * jax_threefry_partitionable=False} is left out: keys have one order here.
 */
final class PrngCheck {
  /** Distributions whose polynomials are contracted differently by compilers. */
  private static final double CONTRACTED = 1e-6;

  /** The inverse of the error function, logarithms: near the ends of the range. */
  private static final double TAILS = 2e-6;

  private final BiConsumer<String, Outcome> report;

  PrngCheck(BiConsumer<String, Outcome> report) {
    this.report = report;
  }

  void run(JsonNode root) {
    for (JsonNode entry : root.path("keys")) {
      keys(entry);
    }
    drawn("jax_random", root.path("jax_random"), false);
    drawn("keras_random", root.path("keras_random"), true);
  }

  private void keys(JsonNode entry) {
    long seed = entry.get("seed").asLong();
    String name = "keys/seed_" + seed;
    Tensor key = Random.key(seed);
    one(name, "key_data", key, entry.get("key_data"));
    one(name, "split2", Random.split(key, 2), entry.get("split2"));
    one(name, "split5", Random.split(key, 5), entry.get("split5"));
    one(name, "split_2x3", Random.split(key, 2L, 3L), entry.get("split_2x3"));
    for (JsonNode fold : entry.path("fold_in")) {
      long data = fold.get("data").asLong();
      Tensor folded =
          Random.foldIn(key, Tensor.of(Literal.ofLongs(TensorType.of(DType.U32), data)));
      one(name, "fold_in_" + data, folded, fold.get("key_data"));
    }
  }

  private void one(String name, String what, Tensor got, @Nullable JsonNode want) {
    if (want != null) {
      String difference = Agreement.difference(what, got.toLiteral(), Recorded.literal(want), 0);
      report.accept(
          name + "/" + what, difference == null ? Outcome.PASSED : Outcome.failed(difference));
    }
  }

  private void drawn(String group, JsonNode cases, boolean keras) {
    int number = 0;
    for (JsonNode recorded : cases) {
      String fn = recorded.get("fn").asText();
      String name = group + "/" + fn + "_" + number++;
      report.accept(name, outcome(recorded, fn, keras));
    }
  }

  private static Outcome outcome(JsonNode recorded, String fn, boolean keras) {
    try {
      Literal want = Recorded.literal(recorded.get("output"));
      Tensor got = draw(recorded, fn, keras, want.type().dtype());
      if (got == null) {
        return Outcome.unsupported("no distribution for " + fn + " with these arguments");
      }
      String difference =
          Agreement.difference("output", got.toLiteral(), want, tolerance(recorded, fn));
      return difference == null ? Outcome.PASSED : Outcome.failed(difference);
    } catch (RuntimeException e) {
      return Outcome.failed(String.valueOf(e.getMessage() == null ? e : e.getMessage()));
    }
  }

  private static double tolerance(JsonNode recorded, String fn) {
    boolean unit = fn.endsWith("uniform") && !recorded.get("args").has("minval");
    return unit ? 0 : fn.endsWith("uniform") ? CONTRACTED : TAILS;
  }

  private static @Nullable Tensor draw(JsonNode recorded, String fn, boolean keras, DType result) {
    JsonNode args = recorded.get("args");
    long seed = recorded.get("seed").asLong();
    Tensor key = keras ? kerasKey(seed) : Random.key(seed);
    long[] dims = dims(args.path("shape"));
    DType dtype = args.has("dtype") ? Promotion.byName(args.get("dtype").asText()) : result;
    return switch (fn) {
      case "bits" -> Random.bits(key, dtype, dims);
      case "uniform", "keras.random.uniform" ->
          args.has("minval")
              ? Random.uniform(
                  key, args.get("minval").asDouble(), args.get("maxval").asDouble(), dtype, dims)
              : Random.uniform(key, dtype, dims);
      case "normal" -> Random.normal(key, dtype, dims);
      case "keras.random.normal" -> scaled(Random.normal(key, dtype, dims), args);
      case "truncated_normal" ->
          Random.truncatedNormal(
              key, args.get("lower").asDouble(), args.get("upper").asDouble(), dtype, dims);
      case "keras.random.truncated_normal" ->
          scaled(Random.truncatedNormal(key, -2, 2, dtype, dims), args);
      case "bernoulli" -> Random.bernoulli(key, args.get("p").asDouble(), dims);
      case "randint", "keras.random.randint" ->
          Random.randint(
              key, args.get("minval").asLong(), args.get("maxval").asLong(), dtype, dims);
      case "gumbel" -> Random.gumbel(key, dtype, dims);
      case "exponential" -> Random.exponential(key, dtype, dims);
      case "laplace" -> Random.laplace(key, dtype, dims);
      case "logistic" -> Random.logistic(key, dtype, dims);
      case "cauchy" -> Random.cauchy(key, dtype, dims);
      case "rademacher" -> Random.rademacher(key, dtype, dims);
      case "permutation" -> permutation(key, args);
      case "choice" ->
          Random.choice(
              key,
              args.get("a").asLong(),
              args.get("replace").asBoolean(),
              args.has("p") ? vector(args.get("p")) : null,
              dims);
      case "categorical" ->
          Random.categorical(key, array(args, "logits"), args.get("axis").asInt(), true, dims);
      case "gamma" -> Random.gamma(key, args.get("a").asDouble(), dtype, dims);
      case "loggamma" -> Random.loggamma(key, args.get("a").asDouble(), dtype, dims);
      case "beta" ->
          Random.beta(key, args.get("a").asDouble(), args.get("b").asDouble(), dtype, dims);
      case "dirichlet" -> Random.dirichlet(key, vector(args.get("alpha")), dtype, dims);
      case "poisson" -> Random.poisson(key, args.get("lam").asDouble(), dtype, dims);
      case "binomial" ->
          Random.binomial(key, args.get("n").asDouble(), args.get("p").asDouble(), dtype, dims);
      case "t" -> Random.t(key, args.get("df").asDouble(), dtype, dims);
      case "orthogonal" -> Random.orthogonal(key, args.get("n").asInt(), dtype, dims);
      case "keras.random.categorical" ->
          KerasRandom.categorical(
              array(args, "logits"), args.get("num_samples").asInt(), dtype, Seed.of(seed));
      case "keras.random.gamma" -> Random.gamma(key, args.get("alpha").asDouble(), dtype, dims);
      case "keras.random.beta" ->
          Random.beta(key, args.get("alpha").asDouble(), args.get("beta").asDouble(), dtype, dims);
      case "keras.random.binomial" ->
          Random.binomial(
              key,
              args.get("counts").asDouble(),
              args.get("probabilities").asDouble(),
              dtype,
              dims);
      case "keras.random.shuffle" -> shuffle(key, args);
      case "keras.random.dropout" -> dropout(key, args);
      default -> null;
    };
  }

  private static Tensor scaled(Tensor x, JsonNode args) {
    return Np.add(Np.multiply(x, args.path("stddev").asDouble(1)), args.path("mean").asDouble(0));
  }

  private static Tensor permutation(Tensor key, JsonNode args) {
    JsonNode x = args.get("x");
    if (x.isIntegralNumber()) {
      return Random.permutation(key, x.asLong());
    }
    Tensor values = Arguments.tensorOf(values(x));
    int axis = args.path("axis").asInt();
    return Random.permutation(key, values, axis, args.path("independent").asBoolean());
  }

  private static Tensor vector(JsonNode numbers) {
    double[] out = new double[numbers.size()];
    Arrays.setAll(out, i -> numbers.get(i).asDouble());
    return Tensor.of(Literal.ofDoubles(TensorType.of(DType.F32, out.length), out));
  }

  private static Tensor array(JsonNode args, String name) {
    return Tensor.of(Recorded.literal(args.get(name)));
  }

  private static Object values(JsonNode node) {
    if (!node.isArray()) {
      return node.isIntegralNumber() ? (Object) node.asLong() : (Object) node.asDouble();
    }
    List<Object> out = new ArrayList<>();
    node.forEach(n -> out.add(values(n)));
    return out;
  }

  private static Tensor shuffle(Tensor key, JsonNode args) {
    Tensor x = Tensor.of(Recorded.literal(args.get("x")));
    return Random.permutation(key, x, args.get("axis").asInt(), true);
  }

  private static Tensor dropout(Tensor key, JsonNode args) {
    Tensor x = Tensor.of(Recorded.literal(args.get("inputs")));
    double keep = 1 - args.get("rate").asDouble();
    long[] dims = args.hasNonNull("noise_shape") ? dims(args.get("noise_shape")) : x.shape().dims();
    Tensor mask = Random.bernoulli(key, keep, dims);
    return Np.where(mask, Np.divide(x, keep), 0.0);
  }

  /** Keras' key of an integer seed: the seed itself, then a counter. */
  private static Tensor kerasKey(long seed) {
    return Tensor.of(Literal.ofLongs(TensorType.of(DType.U32, 2), seed, 0));
  }

  private static long[] dims(JsonNode shape) {
    long[] out = new long[shape.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = shape.get(i).asLong();
    }
    return out;
  }
}
