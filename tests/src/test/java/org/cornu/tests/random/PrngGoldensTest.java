package org.cornu.tests.random;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.cornu.layers.Call;
import org.cornu.layers.Dropout;
import org.cornu.ops.Random;
import org.cornu.random.KerasRandom;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.Seed;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.runtime.ProgramCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The recorded cases lie in {@code prng.json}: what JAX 0.10.2 and Keras 3.15.1 drew on the CPU.
 */
class PrngGoldensTest {
  private static final String LEVEL = "cornu.xla.optimizationLevel";
  private static final @Nullable String GIVEN = System.getProperty(LEVEL);

  private static JsonNode goldens;

  /** Programs are compiled as users' are: contracted products round as those of JAX. */
  @BeforeAll
  static void optimize() {
    System.clearProperty(LEVEL);
    ProgramCache.clear();
  }

  @AfterAll
  static void restore() {
    if (GIVEN != null) {
      System.setProperty(LEVEL, GIVEN);
    }
    ProgramCache.clear();
  }

  @BeforeAll
  static void read() throws IOException {
    try (InputStream in = PrngGoldensTest.class.getResourceAsStream("prng.json")) {
      goldens = new ObjectMapper().readTree(in);
    }
  }

  // ---- keys

  @Test
  void keysSplitAndFoldAsInJax() {
    F1<Tensor, List<Tensor>> derive =
        key -> {
          List<Tensor> out = new ArrayList<>();
          out.add(Random.split(key, 2));
          out.add(Random.split(key, 5));
          out.add(Random.split(key, 2L, 3L));
          return out;
        };
    var derived = Transforms.jit(derive);
    var folded = Transforms.jit((Tensor key, Tensor data) -> Random.foldIn(key, data));
    for (JsonNode row : goldens.get("keys")) {
      Tensor key = Random.key(row.get("seed").asLong());
      same("key", key, row.get("key_data"));
      List<Tensor> got = derived.apply(key);
      same("split 2", got.get(0), row.get("split2"));
      same("split 5", got.get(1), row.get("split5"));
      same("split 2x3", got.get(2), row.get("split_2x3"));
      for (JsonNode fold : row.get("fold_in")) {
        int data = (int) fold.get("data").asLong();
        same("foldIn " + data, folded.apply(key, Tensor.of(data)), fold.get("key_data"));
      }
    }
  }

  // ---- distributions, one program per function

  @TestFactory
  List<DynamicTest> distributionsOfJax() {
    List<DynamicTest> out = new ArrayList<>();
    for (String name : new TreeSet<>(goldens.get("jax_random").findValuesAsText("fn"))) {
      out.add(DynamicTest.dynamicTest(name, () -> checkFunction(name)));
    }
    return out;
  }

  private static void checkFunction(String name) {
    Map<Long, List<JsonNode>> bySeed = new LinkedHashMap<>();
    for (JsonNode row : goldens.get("jax_random")) {
      if (row.get("fn").asText().equals(name)) {
        bySeed.computeIfAbsent(row.get("seed").asLong(), s -> new ArrayList<>()).add(row);
      }
    }
    bySeed.forEach(
        (seed, rows) -> {
          List<Tensor> got =
              Transforms.jit((Tensor key) -> rows.stream().map(row -> draw(key, row)).toList())
                  .apply(Random.key(seed));
          for (int i = 0; i < rows.size(); i++) {
            compare(rows.get(i), got.get(i));
          }
        });
  }

  private static Tensor draw(Tensor key, JsonNode row) {
    JsonNode args = row.get("args");
    DType dtype = args.has("dtype") ? dtype(args.get("dtype").asText()) : DType.F32;
    long[] shape = shape(args.path("shape"));
    return switch (row.get("fn").asText()) {
      case "bits" -> Random.bits(key, dtype, shape);
      case "uniform" ->
          args.has("minval")
              ? Random.uniform(
                  key, args.get("minval").asDouble(), args.get("maxval").asDouble(), dtype, shape)
              : Random.uniform(key, dtype, shape);
      case "normal" -> Random.normal(key, dtype, shape);
      case "truncated_normal" ->
          Random.truncatedNormal(
              key, args.get("lower").asDouble(), args.get("upper").asDouble(), dtype, shape);
      case "bernoulli" -> Random.bernoulli(key, args.get("p").asDouble(), shape);
      case "randint" ->
          Random.randint(
              key, args.get("minval").asLong(), args.get("maxval").asLong(), dtype, shape);
      case "gumbel" -> Random.gumbel(key, dtype, shape);
      case "exponential" -> Random.exponential(key, dtype, shape);
      case "laplace" -> Random.laplace(key, dtype, shape);
      case "logistic" -> Random.logistic(key, dtype, shape);
      case "cauchy" -> Random.cauchy(key, dtype, shape);
      case "rademacher" -> Random.rademacher(key, DType.I32, shape);
      case "permutation" ->
          args.get("x").isInt()
              ? Random.permutation(key, args.get("x").asLong())
              : Random.permutation(
                  key,
                  matrix(args.get("x")),
                  args.get("axis").asInt(),
                  args.get("independent").asBoolean());
      case "choice" ->
          Random.choice(
              key,
              args.get("a").asLong(),
              args.get("replace").asBoolean(),
              args.has("p") ? probabilities(args.get("p")) : null,
              shape);
      case "categorical" ->
          Random.categorical(
              key, floats(args.get("logits")), args.get("axis").asInt(), true, shape);
      case "gamma" -> Random.gamma(key, args.get("a").asDouble(), dtype, shape);
      case "loggamma" -> Random.loggamma(key, args.get("a").asDouble(), dtype, shape);
      case "beta" ->
          Random.beta(key, args.get("a").asDouble(), args.get("b").asDouble(), dtype, shape);
      case "dirichlet" -> Random.dirichlet(key, probabilities(args.get("alpha")), dtype, shape);
      case "poisson" -> Random.poisson(key, args.get("lam").asDouble(), DType.I32, shape);
      case "binomial" ->
          Random.binomial(key, args.get("n").asDouble(), args.get("p").asDouble(), dtype, shape);
      case "t" -> Random.t(key, args.get("df").asDouble(), dtype, shape);
      case "orthogonal" -> Random.orthogonal(key, args.get("n").asInt(), dtype, shape);
      default -> throw new IllegalArgumentException("no such function: " + row.get("fn"));
    };
  }

  private static void compare(JsonNode row, Tensor got) {
    boolean bounds = row.get("args").has("minval");
    boolean exact = !got.dtype().isFloat() || row.get("fn").asText().equals("uniform") && !bounds;
    if (exact) {
      same(row.get("fn") + " " + row.get("args"), got, row.get("output"));
    } else {
      close(row.get("fn") + " " + row.get("args"), got, row.get("output"));
    }
  }

  // ---- Keras

  @TestFactory
  List<DynamicTest> functionsOfKeras() {
    List<DynamicTest> out = new ArrayList<>();
    for (JsonNode row : goldens.get("keras_random")) {
      String name = row.get("fn").asText() + " seed " + row.get("seed") + " ";
      out.add(
          DynamicTest.dynamicTest(
              name + row.get("args"),
              () -> {
                long seed = row.get("seed").asLong();
                if (row.get("fn").asText().endsWith("dropout")
                    && !row.get("args").has("noise_shape")) {
                  // the layer's generator begins with the key of its seed
                  same(name, layer(row.get("args"), seed), row.get("output"));
                }
                Tensor got = keras(row, Seed.of(seed));
                if (got.dtype().isFloat()) {
                  close(name, got, row.get("output"));
                } else {
                  same(name, got, row.get("output"));
                }
              }));
    }
    return out;
  }

  private static Tensor layer(JsonNode args, long seed) {
    Tensor x = floats(args.get("inputs"));
    return new Dropout(args.get("rate").asDouble()).seed(seed).applyWith(x, Call.training(true));
  }

  private static Tensor keras(JsonNode row, Seed seed) {
    JsonNode args = row.get("args");
    Shape shape = Shape.of(shape(args.path("shape")));
    double mean = args.path("mean").asDouble(0);
    double deviation = args.path("stddev").asDouble(1);
    return switch (row.get("fn").asText()) {
      case "keras.random.uniform" ->
          KerasRandom.uniform(
              shape,
              args.path("minval").asDouble(0),
              args.path("maxval").asDouble(1),
              DType.F32,
              seed);
      case "keras.random.normal" -> KerasRandom.normal(shape, mean, deviation, DType.F32, seed);
      case "keras.random.truncated_normal" ->
          KerasRandom.truncatedNormal(shape, mean, deviation, DType.F32, seed);
      case "keras.random.randint" ->
          KerasRandom.randint(
              shape, args.get("minval").asLong(), args.get("maxval").asLong(), DType.I32, seed);
      case "keras.random.dropout" -> {
        Tensor x = floats(args.get("inputs"));
        JsonNode noise = args.path("noise_shape");
        yield KerasRandom.dropout(
            x,
            args.get("rate").asDouble(),
            noise.isMissingNode() ? x.shape() : Shape.of(shape(noise)),
            seed);
      }
      case "keras.random.shuffle" ->
          KerasRandom.shuffle(floats(args.get("x")), args.path("axis").asInt(0), seed);
      case "keras.random.categorical" ->
          KerasRandom.categorical(
              floats(args.get("logits")), args.get("num_samples").asInt(), DType.I32, seed);
      case "keras.random.gamma" ->
          KerasRandom.gamma(shape, args.get("alpha").asDouble(), DType.F32, seed);
      case "keras.random.beta" ->
          KerasRandom.beta(
              shape, args.get("alpha").asDouble(), args.get("beta").asDouble(), DType.F32, seed);
      case "keras.random.binomial" ->
          KerasRandom.binomial(
              shape,
              args.get("counts").asDouble(),
              args.get("probabilities").asDouble(),
              DType.F32,
              seed);
      default -> throw new IllegalArgumentException("no such function: " + row.get("fn"));
    };
  }

  @Test
  void seedGeneratorsCountAsInKeras() {
    for (JsonNode row : goldens.get("seed_generator")) {
      SeedGenerator generator = new SeedGenerator(row.get("seed").asLong());
      for (JsonNode draw : row.get("draws")) {
        same("state", generator.state().value(), draw.get("state_before"));
        same("drawn", generator.next(), draw.get("drawn"));
      }
      SeedGenerator shared = new SeedGenerator(row.get("seed").asLong());
      for (JsonNode draw : row.get("shared_generator")) {
        close(draw.get("fn").asText(), keras(draw, shared), draw.get("output"));
        same("state after", shared.state().value(), draw.get("state_after"));
      }
    }
  }

  // ---- reading and comparing

  private static DType dtype(String name) {
    return switch (name) {
      case "float32" -> DType.F32;
      case "float16" -> DType.F16;
      case "bfloat16" -> DType.BF16;
      case "bool" -> DType.BOOL;
      case "int32" -> DType.I32;
      case "uint8" -> DType.U8;
      case "uint16" -> DType.U16;
      case "uint32" -> DType.U32;
      default -> throw new IllegalArgumentException("no such type: " + name);
    };
  }

  private static long[] shape(JsonNode node) {
    long[] out = new long[node.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = node.get(i).asLong();
    }
    return out;
  }

  private static Tensor floats(JsonNode node) {
    double[] values = new double[node.get("data").size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get("data").get(i).asDouble();
    }
    return Tensor.of(Literal.ofDoubles(TensorType.of(DType.F32, shape(node.get("shape"))), values));
  }

  private static Tensor matrix(JsonNode rows) {
    int[][] out = new int[rows.size()][];
    for (int i = 0; i < out.length; i++) {
      out[i] = new int[rows.get(i).size()];
      for (int j = 0; j < out[i].length; j++) {
        out[i][j] = rows.get(i).get(j).asInt();
      }
    }
    return Tensor.of(out);
  }

  private static Tensor probabilities(JsonNode values) {
    float[] out = new float[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values.get(i).asDouble();
    }
    return Tensor.of(out);
  }

  private static double number(JsonNode value) {
    return value.isBoolean() ? (value.asBoolean() ? 1 : 0) : value.asDouble();
  }

  private static void header(String what, Tensor got, JsonNode want) {
    assertThat(got.dtype()).as(what).isEqualTo(dtype(want.get("dtype").asText()));
    assertThat(got.shape().dims()).as(what).isEqualTo(shape(want.get("shape")));
  }

  private static void same(String what, Tensor got, JsonNode want) {
    header(what, got, want);
    Literal literal = got.toLiteral();
    for (int i = 0; i < literal.count(); i++) {
      // decimals name the value that they round to
      double value = number(want.get("data").get(i));
      if (got.dtype().isFloat()) {
        value = Literal.scalar(got.dtype(), value).doubleAt(0);
      }
      assertThat(literal.doubleAt(i)).as("%s: element %d", what, i).isEqualTo(value);
    }
  }

  private static void close(String what, Tensor got, JsonNode want) {
    header(what, got, want);
    double tolerance =
        switch (got.dtype()) {
          case F16 -> 2e-3;
          case BF16 -> 8e-3;
          case F32 -> 1e-6;
          default -> 0;
        };
    Literal literal = got.toLiteral();
    double scale = 1;
    for (JsonNode value : want.get("data")) {
      scale = Math.max(scale, Math.abs(number(value)));
    }
    for (int i = 0; i < literal.count(); i++) {
      double value = number(want.get("data").get(i));
      assertThat(Math.abs(literal.doubleAt(i) - value))
          .as("%s: element %d is %s, expected %s", what, i, literal.doubleAt(i), value)
          .isLessThanOrEqualTo(tolerance * scale);
    }
  }
}
