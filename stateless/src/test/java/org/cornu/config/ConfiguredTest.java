package org.cornu.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@NullUnmarked
final class ConfiguredTest {
  interface Weights {}

  static final Family<Weights> WEIGHTS = Family.of("initializer", Weights.class);
  static final Family<DoubleUnaryOperator> CURVES =
      Family.of("activation", DoubleUnaryOperator.class);

  static final class Uniform extends Configured<Uniform> implements Weights {
    static final Option<Long> SEED = Option.longInteger("seed").nullable();
    static final Spec SPEC =
        Spec.of("keras.initializers", "TestUniform").options(SEED).create(Uniform::new);

    Uniform() {
      super(SPEC);
    }

    @CanIgnoreReturnValue
    Uniform seed(long seed) {
      return set(SEED, seed);
    }
  }

  static class Dense extends Configured<Dense> {
    static final Option<String> NAME = Option.string("name").nullable();
    static final Option<Integer> UNITS = Option.integer("units").required().positive();
    static final Option<DoubleUnaryOperator> ACTIVATION =
        Option.object("activation", CURVES).nullMeans("linear");
    static final Option<Boolean> USE_BIAS = Option.bool("use_bias").defaultTo(true);
    static final Option<Weights> KERNEL =
        Option.object("kernel_initializer", WEIGHTS).defaultTo("test_uniform");
    static final Option<List<Integer>> STRIDES =
        Option.ints("strides", 2).defaultTo(List.of(1, 1)).positive();
    static final Option<Double> RATE = Option.real("rate").defaultTo(0.0).within(0, 1);
    static final Option<Double> LEARNING_RATE = Option.real32("learning_rate").defaultTo(0.001);
    static final Option<Integer> LORA = Option.integer("lora_rank").nullable().omittedWhenNull();
    static final Option<String> PADDING =
        Option.choice("padding", "valid", "same").defaultTo("valid");
    static final Spec SPEC =
        Spec.of("keras.layers", "TestDense")
            .base(List.of(NAME))
            .options(
                UNITS, ACTIVATION, USE_BIAS, KERNEL, STRIDES, RATE, LEARNING_RATE, LORA, PADDING)
            .create(Dense::new);

    Dense() {
      super(SPEC);
    }

    Dense(int units) {
      this();
      set(UNITS, units);
    }

    @Override
    protected String displayName() {
      return isFrozen() ? "dense_3" : super.displayName();
    }

    @CanIgnoreReturnValue
    Dense useBias(boolean v) {
      return set(USE_BIAS, v);
    }

    @CanIgnoreReturnValue
    Dense kernelInitializer(Weights v) {
      return set(KERNEL, v);
    }

    @CanIgnoreReturnValue
    Dense activation(DoubleUnaryOperator v) {
      return set(ACTIVATION, v);
    }

    @CanIgnoreReturnValue
    Dense rate(double v) {
      return set(RATE, v);
    }

    @CanIgnoreReturnValue
    Dense strides(int... v) {
      return set(STRIDES, Arrays.stream(v).boxed().toList());
    }

    void build() {
      freeze("built");
    }
  }

  static final Family<Dense> LAYERS = Family.of("layer", Dense.class);

  @BeforeAll
  static void register() {
    Registry registry = Registry.global();
    registry.add(WEIGHTS, Uniform.SPEC);
    registry.add(LAYERS, Dense.SPEC);
    registry.add(CURVES, "linear", x -> x);
    registry.add(CURVES, "relu", x -> Math.max(x, 0));
    registry.addFunction(CURVES, "pkg", "cube", x -> x * x * x);
  }

  private static Map<String, Object> config(Object... keysAndValues) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      config.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return config;
  }

  @Test
  void writesDefaultsInKerasForm() {
    assertThat(new Dense(3).getConfig())
        .containsExactly(
            entry("name", null),
            entry("units", 3),
            entry("activation", "linear"),
            entry("use_bias", true),
            entry(
                "kernel_initializer",
                config(
                    "module",
                    "keras.initializers",
                    "class_name",
                    "TestUniform",
                    "config",
                    config("seed", null),
                    "registered_name",
                    null)),
            entry("strides", List.of(1, 1)),
            entry("rate", 0.0),
            entry("learning_rate", 0.0010000000474974513),
            entry("padding", "valid"));
  }

  private static Map.Entry<String, Object> entry(String key, Object value) {
    return new java.util.AbstractMap.SimpleEntry<>(key, value);
  }

  @Test
  void readsBackWhatItWrote() {
    Dense dense =
        new Dense(3)
            .useBias(false)
            .rate(0.25)
            .strides(2, 3)
            .activation(Registry.global().get(CURVES, "relu"))
            .kernelInitializer(new Uniform().seed(7));
    Map<String, Object> tree = Registry.global().serialize(dense);
    Dense back = (Dense) Registry.global().deserialize(tree);
    assertThat(back.sameConfig(dense)).isTrue();
    assertThat(back.sameConfig(new Dense(3))).isFalse();
    assertThat(((Uniform) back.get(Dense.KERNEL)).get(Uniform.SEED)).isEqualTo(7L);
    assertThat(back.get(Dense.ACTIVATION)).isSameAs(dense.get(Dense.ACTIVATION));
    assertThat(new Dense(3).useBias(false).rate(0.25).toString())
        .isEqualTo("TestDense(units=3, use_bias=false, rate=0.25)");
  }

  @Test
  void defaultObjectsBelongToTheirOwner() {
    Dense a = new Dense(1);
    assertThat(a.get(Dense.KERNEL)).isSameAs(a.get(Dense.KERNEL));
    assertThat(a.get(Dense.KERNEL)).isNotSameAs(new Dense(1).get(Dense.KERNEL));
  }

  @Test
  void readsListsThatKerasWroteAsTensors() {
    Map<String, Object> tensor =
        Map.of(
            "class_name", "__tensor__", "config", Map.of("value", List.of(2, 3), "dtype", "int32"));
    Map<String, Object> config = new LinkedHashMap<>(new Dense(3).getConfig());
    config.put("strides", tensor);
    Map<String, Object> tree = new LinkedHashMap<>(Registry.global().serialize(new Dense(3)));
    tree.put("config", config);
    assertThat(((Dense) Registry.global().deserialize(tree)).get(Dense.STRIDES))
        .containsExactly(2, 3);
  }

  @Test
  void acceptsWhatPythonAccepts() {
    Dense dense =
        (Dense)
            Dense.SPEC.fromConfig(
                config(
                    "units",
                    4.0,
                    "strides",
                    2,
                    "rate",
                    1,
                    "activation",
                    null,
                    "name",
                    null,
                    "kernel_initializer",
                    "TestUniform"));
    assertThat(dense.get(Dense.UNITS)).isEqualTo(4);
    assertThat(dense.get(Dense.STRIDES)).containsExactly(2, 2);
    assertThat(dense.get(Dense.RATE)).isEqualTo(1.0);
    assertThat(dense.get(Dense.ACTIVATION).applyAsDouble(-2)).isEqualTo(-2);
  }

  @Test
  void namesTheOptionInErrors() {
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 1, "use_bais", true)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "TestDense has no option 'use_bais'; did you mean 'use_bias'? known: [name, units,");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config()))
        .hasMessageStartingWith("TestDense: required option 'units' is missing");
    assertThatThrownBy(() -> new Dense(0))
        .hasMessageStartingWith("TestDense: option 'units' must be positive: got 0");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 2.5)))
        .hasMessageStartingWith("TestDense: option 'units' must be an integer: got 2.5");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 2, "padding", "causal")))
        .hasMessageStartingWith(
            "TestDense: option 'padding' must be one of [valid, same]: got 'causal'");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 2, "strides", List.of(1))))
        .hasMessageStartingWith(
            "TestDense: option 'strides' must be a list of 2, each an integer: got [1]");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 2, "use_bias", null)))
        .hasMessageStartingWith("TestDense: option 'use_bias' must not be null");
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 2, "activation", "rleu")))
        .hasMessageStartingWith("no activation 'rleu'; did you mean 'relu'? known: [")
        .hasMessageContaining("linear, pkg>cube, relu] (at activation)");
    assertThatThrownBy(() -> new Dense(1).rate(1.5))
        .hasMessageStartingWith("TestDense: option 'rate' must be in [0.0, 1.0]: got 1.5");
  }

  @Test
  void refusesChangesAfterFreeze() {
    Dense dense = new Dense(1);
    dense.build();
    assertThatThrownBy(() -> dense.useBias(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("dense_3 is already built; set useBias before the first call");
  }

  @Test
  void marksSharedObjectsAndReadsThemBackAsOne() {
    Uniform shared = new Uniform().seed(5);
    List<Object> both =
        List.of(new Dense(1).kernelInitializer(shared), new Dense(2).kernelInitializer(shared));
    Object tree = ObjectWriter.sharing().write(both);
    assertThat(tree.toString().split("shared_object_id=1", -1)).hasSize(3);
    List<?> back = (List<?>) ObjectReader.plain().read(tree);
    assertThat(((Dense) back.get(0)).get(Dense.KERNEL))
        .isSameAs(((Dense) back.get(1)).get(Dense.KERNEL));
    assertThat(new ObjectWriter().write(both).toString()).doesNotContain("shared_object_id");
  }

  static final class Mine extends Configured<Mine> {
    static final Option<DoubleUnaryOperator> F = Option.object("f", CURVES).required();
    static final Spec SPEC = Spec.custom("pkg", "Mine").options(F).create(Mine::new);

    Mine() {
      super(SPEC);
    }

    Mine(DoubleUnaryOperator f) {
      this();
      set(F, f);
    }
  }

  @Test
  void writesUserClassesAndFunctionsUnderTheirGroup() {
    Registry registry = Registry.global();
    registry.add(Family.of("thing", Mine.class), Mine.SPEC);
    DoubleUnaryOperator cube = registry.get(CURVES, "pkg>cube");
    Map<String, Object> tree = registry.serialize(new Mine(cube));
    assertThat(tree)
        .isEqualTo(
            config(
                "module",
                null,
                "class_name",
                "Mine",
                "config",
                config(
                    "f",
                    config(
                        "module", "builtins",
                        "class_name", "function",
                        "config", "pkg>cube",
                        "registered_name", "function")),
                "registered_name",
                "pkg>Mine"));
    assertThat(((Mine) registry.deserialize(tree)).get(Mine.F)).isSameAs(cube);
    assertThat(registry.get(CURVES, "cube")).isSameAs(cube);
    assertThatThrownBy(() -> registry.serialize(new Mine(x -> x + 1)))
        .hasMessageContaining("it is neither a configured object nor a registered function");
    tree.put("registered_name", "other>Mine");
    assertThatThrownBy(() -> registry.deserialize(tree))
        .hasMessageStartingWith("no class 'other>Mine' in module null");
  }

  @Test
  void refusesPythonByteCode() {
    Object lambda = config("class_name", "__lambda__", "config", config("value", "x"));
    assertThatThrownBy(() -> Dense.SPEC.fromConfig(config("units", 1, "activation", lambda)))
        .hasMessageContaining("register a named function instead (at activation)");
  }

  @Test
  void spellsNamesAsKerasDoes() {
    assertThat(Names.snakeCase("ReLU")).isEqualTo("re_lu");
    assertThat(Names.snakeCase("MaxPooling2D")).isEqualTo("max_pooling2d");
    assertThat(Names.snakeCase("LSTMCell")).isEqualTo("lstm_cell");
    assertThat(Names.snakeCase("AdamW")).isEqualTo("adam_w");
    assertThat(Names.camelCase("recurrent_dropout")).isEqualTo("recurrentDropout");
    assertThat(Names.camelCase("beta_1")).isEqualTo("beta1");
  }

  @Test
  void comparesWithKerasSignatures() throws IOException {
    KerasSignature signature =
        KerasSignature.parse(
            "(units, activation=None, use_bias=False, kernel_initializer='test_uniform',"
                + " strides=1, learning_rate=0.001, rate=0, lora_alpha=None, padding='valid',"
                + " lora_rank=None, **kwargs)");
    assertThat(signature.differences(Dense.SPEC))
        .containsExactly(
            "use_bias: default is true, not false",
            "lora_alpha: missing",
            "order: [units, activation, use_bias, kernel_initializer, strides, rate,"
                + " learning_rate, lora_rank, padding], not [units, activation, use_bias,"
                + " kernel_initializer, strides, learning_rate, rate, padding, lora_rank]");
    String table;
    try (InputStream in = ConfiguredTest.class.getResourceAsStream("keras-api.tsv")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    long parsed =
        table
            .lines()
            .skip(1)
            .map(line -> line.split("\t", -1))
            .filter(row -> row[2].equals("class"))
            .map(row -> KerasSignature.parse(row[3]))
            .filter(s -> s.open() || !s.parameters().isEmpty())
            .count();
    assertThat(parsed).isGreaterThan(300);
  }
}
