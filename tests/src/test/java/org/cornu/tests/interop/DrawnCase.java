package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.jspecify.annotations.Nullable;

/**
 * A random use of a configurable class: some options, inputs, a call. What a plan does not set is
 * drawn from the class's own table of options wherever that names all values that are allowed.
 *
 * <p>A case becomes a tree in the form of the recorded cases that {@code org.cornu.check} runs.
 */
final class DrawnCase {
  private static final List<String> INITIALIZERS =
      List.of("zeros", "ones", "glorot_uniform", "he_normal", "random_normal", "lecun_uniform");
  private static final List<String> ACTIVATIONS =
      List.of("linear", "relu", "tanh", "sigmoid", "softplus", "elu", "gelu", "softmax", "silu");
  private static final List<Object> REGULARIZERS =
      List.of("l1", "l2", object("keras.regularizers", "L1L2", Map.of("l1", 0.02, "l2", 0.03)));
  private static final String[] POLICIES = {
    "mixed_bfloat16", "mixed_float16", "bfloat16", "float16"
  };
  private static final List<String> CONSTRAINTS = List.of("non_neg", "unit_norm", "max_norm");

  private final Spec spec;
  private final String kind;
  private final String name;
  private final int number;
  private final SplittableRandom random;
  private final Map<String, @Nullable Object> config = new LinkedHashMap<>();
  private final List<Object> inputs = new ArrayList<>();
  private final List<Object> args = new ArrayList<>();
  private final Map<String, @Nullable Object> kwargs = new LinkedHashMap<>();
  private final List<Object> updates = new ArrayList<>();
  private final Map<String, Object> more = new LinkedHashMap<>();

  /**
   * A case of a class.
   *
   * @param kind of recorded cases: {@code layer}, {@code loss}, {@code optimizer}
   * @param number which of the cases of this class; the same number draws the same
   */
  DrawnCase(Spec spec, String kind, int number) {
    this.spec = spec;
    this.kind = kind;
    this.name = spec.className() + "_" + number;
    long seed = Long.getLong("cornu.interop.seed", 0);
    this.random = new SplittableRandom((name.hashCode() * 31L + number) ^ (seed << 32));
    this.number = number;
  }

  String name() {
    return name;
  }

  // ---- drawing

  /** An integer between the bounds, both included. */
  int in(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** A number between the bounds, of three digits. */
  double real(double low, double high) {
    return Math.round(random.nextDouble(low, high) * 1000) / 1000.0;
  }

  /** A number between the bounds, of all digits. */
  double between(double low, double high) {
    return low < high ? random.nextDouble(low, high) : low;
  }

  /** True with probability one half. */
  boolean coin() {
    return random.nextBoolean();
  }

  /** One of a few. */
  @SafeVarargs
  final <T> T pick(T... values) {
    return values[random.nextInt(values.length)];
  }

  // ---- options

  /** Whether the class has such an option. */
  boolean has(String key) {
    return spec.option(key) != null;
  }

  /** Sets an option, as it stands in a config. */
  DrawnCase set(String key, @Nullable Object value) {
    config.put(key, value);
    return this;
  }

  /** Sets an option in half of the cases. */
  DrawnCase maybe(String key, @Nullable Object value) {
    return coin() ? set(key, value) : this;
  }

  /** Leaves options at their defaults. */
  DrawnCase leave(String... keys) {
    for (String key : keys) {
      Option<?> option = spec.option(key);
      if (option != null && !config.containsKey(key)) {
        left.add(key);
      }
    }
    return this;
  }

  private final List<String> left = new ArrayList<>();

  /** The value of an option set before, or its default. */
  @Nullable Object get(String key) {
    Option<?> option = spec.option(key);
    return config.containsKey(key) ? config.get(key) : option == null ? null : option.defaultTree();
  }

  /** An object within the config, as Keras serializes it. */
  static Map<String, Object> object(String module, String className, Map<String, ?> options) {
    return Map.of("module", module, "class_name", className, "config", options);
  }

  /** Sets something else that the kind of case asks for: {@code steps}, {@code gradients}. */
  DrawnCase with(String key, Object value) {
    more.put(key, value);
    return this;
  }

  // ---- inputs

  private static Map<String, Object> literal(String dtype, List<Object> data, int... dims) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("shape", Arrays.stream(dims).boxed().toList());
    out.put("dtype", dtype);
    out.put("data", data);
    return out;
  }

  /** An array of these values, not an argument yet. */
  Object array(String dtype, List<Object> data, int... dims) {
    inputs.add(literal(dtype, data, dims));
    return Map.of("$in", inputs.size() - 1);
  }

  /** A float array between the bounds that is no input, for {@link #with}. */
  Map<String, Object> values(double low, double high, int... dims) {
    return literal("float32", numbers(low, high, dims), dims);
  }

  private List<Object> numbers(double low, double high, int... dims) {
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < count(dims); i++) {
      data.add((double) (float) random.nextDouble(low, high));
    }
    return data;
  }

  private static int count(int... dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }

  /** A float array between the bounds, not an argument yet. */
  Object floats(double low, double high, int... dims) {
    return array("float32", numbers(low, high, dims), dims);
  }

  /** A float array of whole numbers below {@code high}, not an argument yet. */
  Object whole(int high, int... dims) {
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < count(dims); i++) {
      data.add((double) random.nextInt(high));
    }
    return array("float32", data, dims);
  }

  /** An integer array below {@code high}, not an argument yet. */
  Object integers(int high, int... dims) {
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < count(dims); i++) {
      data.add(random.nextInt(high));
    }
    return array("int32", data, dims);
  }

  /** An array of 8-bit integers between the bounds, both included, not an argument yet. */
  Object bytes(int low, int high, int... dims) {
    List<Object> data = new ArrayList<>();
    for (int i = 0; i < count(dims); i++) {
      data.add(in(low, high));
    }
    return array("int8", data, dims);
  }

  /** An array of strings, not an argument yet. */
  Object strings(List<String> values, int... dims) {
    return array("string", new ArrayList<>(values), dims);
  }

  /** A mask, of which at least the first element of each row holds. */
  Object booleans(int... dims) {
    List<Object> data = new ArrayList<>();
    int row = dims[dims.length - 1];
    for (int i = 0; i < count(dims); i++) {
      data.add(i % row == 0 || random.nextInt(3) > 0);
    }
    return array("bool", data, dims);
  }

  /** An input of floats. */
  DrawnCase input(int... dims) {
    return argument(floats(-2, 2, dims));
  }

  /**
   * Compares values only: gradients are not defined, or not continuous, at inputs such as these.
   */
  DrawnCase withoutGradients() {
    gradients = false;
    return this;
  }

  private boolean gradients = true;

  /** An argument of the call: an array, or a list of them. */
  DrawnCase argument(Object value) {
    args.add(value);
    return this;
  }

  /** A named argument of the call. */
  DrawnCase call(String key, @Nullable Object value) {
    kwargs.put(key, value);
    return this;
  }

  /** One more update of a metric. */
  DrawnCase update(List<Object> arguments, Map<String, Object> named) {
    updates.add(Map.of("args", arguments, "kwargs", named));
    return this;
  }

  /** Draws the channels' place, sets {@code data_format} and returns sizes in its order. */
  int[] images(int batch, int channels, int... spatial) {
    boolean last = coin();
    set("data_format", last ? "channels_last" : "channels_first");
    int[] out = new int[spatial.length + 2];
    out[0] = batch;
    out[last ? out.length - 1 : 1] = channels;
    System.arraycopy(spatial, 0, out, last ? 1 : 2, spatial.length);
    return out;
  }

  // ---- the tree

  /** The case as a tree, after drawing the options that the plan left open. */
  Map<String, @Nullable Object> tree() {
    for (Option<?> option : spec.options()) {
      String key = option.key();
      if (!config.containsKey(key) && !left.contains(key) && !spec.isBase(key)) {
        drawOption(option);
      }
    }
    if (!config.containsKey("activity_regularizer")
        && spec.option("activity_regularizer") != null
        && !left.contains("activity_regularizer")
        && random.nextInt(6) == 0) {
      config.put("activity_regularizer", pick("l1", "l2"));
    }
    if (kind.equals("op")) {
      return function();
    }
    if (kind.equals("layer")) {
      if (!left.contains("dtype") && number % 5 == 4) {
        config.put("dtype", pick(POLICIES));
      }
      if (!left.contains("trainable") && random.nextInt(10) == 0) {
        config.put("trainable", false);
      }
    }
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("module", spec.module());
    object.put("class_name", spec.className());
    object.put("config", config);
    object.put("registered_name", null);
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("kind", kind);
    out.put("object", object);
    out.put("inputs", inputs);
    out.putAll(more);
    if (updates.isEmpty()) {
      Map<String, @Nullable Object> call = new LinkedHashMap<>();
      call.put("args", args);
      call.put("kwargs", kwargs);
      out.put("call", call);
      if (kind.equals("layer")) { // those of optimizers are gradients themselves
        out.put("gradients", gradients);
      }
    } else {
      out.put("updates", updates);
    }
    return out;
  }

  private Map<String, @Nullable Object> function() {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", name);
    out.put("kind", kind);
    out.put("op", spec.module() + "." + spec.className());
    out.put("inputs", inputs);
    out.put("args", args);
    out.put("kwargs", kwargs);
    out.put("gradients", gradients);
    out.putAll(more);
    return out;
  }

  private void drawOption(Option<?> option) {
    String key = option.key();
    if (!coin()) {
      return;
    }
    List<?> named =
        key.endsWith("_initializer")
            ? INITIALIZERS
            : key.endsWith("_regularizer")
                ? REGULARIZERS
                : key.endsWith("_constraint")
                    ? CONSTRAINTS
                    : key.equals("activation") || key.equals("recurrent_activation")
                        ? ACTIVATIONS
                        : List.of();
    List<?> values = named.isEmpty() ? option.candidates() : named;
    if (!values.isEmpty()) {
      config.put(key, values.get(random.nextInt(values.size())));
    }
  }
}
