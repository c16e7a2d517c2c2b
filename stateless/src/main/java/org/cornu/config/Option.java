package org.cornu.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One option of a configurable object: Keras' snake_case key, default, domain and codec. Options
 * are immutable; the methods that change something return a new one.
 *
 * <pre>{@code
 * static final Option<Integer> UNITS = Option.integer("units").required().positive();
 * static final Option<Boolean> USE_BIAS = Option.bool("use_bias").defaultTo(true);
 * static final Option<Integer> SEED = Option.integer("seed").nullable();
 * static final Option<Initializer> KERNEL_INITIALIZER =
 *     Option.object("kernel_initializer", Initializers.FAMILY).defaultTo("glorot_uniform");
 * }</pre>
 *
 * An option without {@link #required} and without a default is {@code null} until set, and must be
 * declared {@link #nullable}.
 *
 * @param <T> Java type of the value
 */
public final class Option<T> {
  /** When the option appears in the config tree. */
  enum InConfig {
    ALWAYS,
    WHEN_NOT_NULL,
    WHEN_NOT_DEFAULT,
    NEVER
  }

  private record Rule<T>(String text, Predicate<T> holds) {}

  private final String key;
  private final Codec<T> codec;
  private final boolean required;
  private final boolean nullable;
  private final @Nullable Object defaultTree;
  private final @Nullable Object nullTree;
  private final InConfig inConfig;
  private final @Nullable Rule<T> rule;

  private Option(
      String key,
      Codec<T> codec,
      boolean required,
      boolean nullable,
      @Nullable Object defaultTree,
      @Nullable Object nullTree,
      InConfig inConfig,
      @Nullable Rule<T> rule) {
    this.key = key;
    this.codec = codec;
    this.required = required;
    this.nullable = nullable;
    this.defaultTree = defaultTree;
    this.nullTree = nullTree;
    this.inConfig = inConfig;
    this.rule = rule;
  }

  /** An option with a codec of its own. */
  public static <T> Option<T> of(String key, Codec<T> codec) {
    return new Option<>(key, codec, false, false, null, null, InConfig.ALWAYS, null);
  }

  /** A 32-bit integer. */
  public static Option<Integer> integer(String key) {
    return of(key, Codecs.INT);
  }

  /** A 64-bit integer, such as a seed. */
  public static Option<Long> longInteger(String key) {
    return of(key, Codecs.LONG);
  }

  /** A floating-point number; an integer in a config is accepted. */
  public static Option<Double> real(String key) {
    return of(key, Codecs.REAL);
  }

  /** A number that Keras keeps as float32 and writes widened: 0.001 as 0.0010000000474974513. */
  public static Option<Double> real32(String key) {
    return of(key, Codecs.REAL32);
  }

  /** True or false. */
  public static Option<Boolean> bool(String key) {
    return of(key, Codecs.BOOL);
  }

  /** Any string. */
  public static Option<String> string(String key) {
    return of(key, Codecs.STRING);
  }

  /** One of the given strings. */
  public static Option<String> choice(String key, String... allowed) {
    return of(key, Codecs.choice(List.of(allowed)));
  }

  /** One of an enum's constants, written in lower case. */
  public static <E extends Enum<E>> Option<E> choice(String key, Class<E> type) {
    return of(key, Codecs.choice(type));
  }

  /** A list of integers of any length; a single integer is a list of one. */
  public static Option<List<Integer>> ints(String key) {
    return of(key, Codecs.list(Codecs.INT, 0));
  }

  /** A list of {@code length} integers; a single integer stands for that many of it. */
  public static Option<List<Integer>> ints(String key, int length) {
    return of(key, Codecs.list(Codecs.INT, length));
  }

  /** One axis or several; a single one is written as a bare integer. */
  public static Option<List<Integer>> axes(String key) {
    return of(key, Codecs.axes());
  }

  /** A shape, with {@code null} for a size that is unknown. */
  public static Option<List<@Nullable Integer>> dims(String key) {
    return of(key, Codecs.dims());
  }

  /** A list of numbers. */
  public static Option<List<Double>> reals(String key) {
    return of(key, Codecs.list(Codecs.REAL, 0));
  }

  /** A list of strings. */
  public static Option<List<String>> strings(String key) {
    return of(key, Codecs.list(Codecs.STRING, 0));
  }

  /** A member of a family: in a config a name, or a nested object. */
  public static <T> Option<T> object(String key, Family<T> family) {
    return of(key, Codecs.object(family));
  }

  /** A list of members of a family. */
  public static <T> Option<List<T>> objects(String key, Family<T> family) {
    return of(key, Codecs.list(Codecs.object(family), 0));
  }

  /** A config tree kept as it is, for options of several forms that the owner takes apart. */
  public static Option<Object> tree(String key) {
    return of(key, Codecs.TREE);
  }

  /** The same option without a default: the constructor, or the config, must give it. */
  public Option<T> required() {
    return new Option<>(key, codec, true, nullable, null, nullTree, inConfig, rule);
  }

  /** The same option, which may be {@code null} and is so by default. */
  public Option<T> nullable() {
    return new Option<>(key, codec, required, true, defaultTree, nullTree, inConfig, rule);
  }

  /**
   * The same option with a default, given as it stands in a config: a number, a string, a list, or
   * the name of a family's member. Each owner decodes it anew, so that members are not shared.
   */
  public Option<T> defaultTo(@Nullable Object tree) {
    return new Option<>(
        key, codec, false, nullable || tree == null, tree, nullTree, inConfig, rule);
  }

  /** The same option where {@code null} stands for something else: Keras' {@code None}. */
  public Option<T> nullMeans(Object tree) {
    return new Option<>(key, codec, required, false, defaultTree, tree, inConfig, rule);
  }

  /** The same option, written into the config only where it is not {@code null}. */
  public Option<T> omittedWhenNull() {
    return new Option<>(
        key, codec, required, nullable, defaultTree, nullTree, InConfig.WHEN_NOT_NULL, rule);
  }

  /** The same option, written into the config only where it is not the default. */
  public Option<T> omittedWhenDefault() {
    return new Option<>(
        key, codec, required, nullable, defaultTree, nullTree, InConfig.WHEN_NOT_DEFAULT, rule);
  }

  /** The same option, never written into the config (but accepted in one). */
  public Option<T> notInConfig() {
    return new Option<>(
        key, codec, required, nullable, defaultTree, nullTree, InConfig.NEVER, rule);
  }

  /**
   * The same option with a rule on its value.
   *
   * @param text what must hold, to follow the option's name: {@code must be positive}
   */
  public Option<T> where(String text, Predicate<T> holds) {
    Rule<T> both =
        rule == null
            ? new Rule<>(text, holds)
            : new Rule<>(rule.text + " and " + text, rule.holds.and(holds));
    return new Option<>(key, codec, required, nullable, defaultTree, nullTree, inConfig, both);
  }

  /** The same option, whose number or numbers must all be greater than zero. */
  public Option<T> positive() {
    return where("must be positive", v -> numbers(v).stream().allMatch(n -> n.doubleValue() > 0));
  }

  /** The same option, whose number or numbers must not be negative. */
  public Option<T> nonNegative() {
    return where(
        "must not be negative", v -> numbers(v).stream().allMatch(n -> n.doubleValue() >= 0));
  }

  /** The same option, whose number or numbers must lie between the bounds, both included. */
  public Option<T> within(double low, double high) {
    return where(
        "must be in [" + low + ", " + high + "]",
        v -> numbers(v).stream().allMatch(n -> n.doubleValue() >= low && n.doubleValue() <= high));
  }

  private static List<Number> numbers(Object value) {
    List<?> list = value instanceof List<?> l ? l : List.of(value);
    return list.stream().filter(Number.class::isInstance).map(Number.class::cast).toList();
  }

  /** Keras' name of the option, in snake case. */
  public String key() {
    return key;
  }

  /** Whether there is no default. */
  public boolean isRequired() {
    return required;
  }

  /** Whether {@code null} is a value. */
  public boolean isNullable() {
    return nullable;
  }

  /** All values that the option may have, as they stand in a config; empty where too many. */
  public List<?> candidates() {
    return codec == Codecs.BOOL ? List.of(true, false) : codec.names();
  }

  /** The default in the form it takes in a config; {@code null} where there is none. */
  public @Nullable Object defaultTree() {
    return defaultTree;
  }

  /** What null stands for, as it stands in a config; null where it stands for itself. */
  @Nullable Object nullTree() {
    return nullTree;
  }

  void checkDeclaration() {
    if (!required && !nullable && defaultTree == null && nullTree == null) {
      throw new IllegalStateException(
          "option '" + key + "': declare it required, nullable, or with a default");
    }
  }

  /** When the option is written. */
  InConfig inConfig() {
    return inConfig;
  }

  /** The default as a value, made anew. */
  @Nullable T defaultValue(String owner) {
    Object tree = defaultTree == null ? nullTree : defaultTree;
    return tree == null ? null : decode(tree, owner, ObjectReader.plain());
  }

  /** Reads the option's value from a config. */
  @Nullable T decode(@Nullable Object tree, String owner, ObjectReader reader) {
    Object meant = tree == null ? nullTree : tree;
    if (meant == null) {
      return check(null, owner);
    }
    T value = codec.decode(meant, reader);
    if (value == null) {
      throw new ConfigException(
          owner
              + ": option '"
              + key
              + "' must be "
              + codec.expects()
              + ": got "
              + shown(meant)
              + nearest(meant));
    }
    return check(value, owner);
  }

  /** Writes the option's value into a config. */
  @Nullable Object encode(@Nullable T value, ObjectWriter writer) {
    return value == null ? null : codec.encode(value, writer);
  }

  /** Returns the value if the option allows it. */
  @Nullable T check(@Nullable T value, String owner) {
    if (value == null) {
      if (!nullable) {
        throw new ConfigException(owner + ": option '" + key + "' must not be null");
      }
      return null;
    }
    // Strings are set as they are; a choice takes only some.
    if (value instanceof String && codec.decode(value, ObjectReader.plain()) == null) {
      throw new ConfigException(
          owner
              + ": option '"
              + key
              + "' must be "
              + codec.expects()
              + ": got "
              + shown(value)
              + nearest(value));
    }
    if (rule != null && !rule.holds.test(value)) {
      throw new ConfigException(
          owner + ": option '" + key + "' " + rule.text + ": got " + shown(value));
    }
    return value;
  }

  private String nearest(Object value) {
    return value instanceof String name
        ? Names.nearest(name, codec.names()).map(n -> "; did you mean '" + n + "'?").orElse("")
        : "";
  }

  static String shown(Object tree) {
    String text =
        tree instanceof String
            ? "'" + tree + "'"
            : tree instanceof Object[] array ? Arrays.toString(array) : String.valueOf(tree);
    return text.length() <= 120 ? text : text.substring(0, 117) + "...";
  }

  @Override
  public String toString() {
    return key + (required ? "" : "=" + defaultTree);
  }
}
