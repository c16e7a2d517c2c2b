package org.cornu.config;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.tracer.UserFrame;
import org.jspecify.annotations.Nullable;

/**
 * An object described by the table of its options. Subclasses call {@link #set} in their
 * constructor for required options and in one fluent setter per other option, and read with {@link
 * #get}.
 *
 * <pre>{@code
 * public final class Dense extends Layer<Dense> {
 *   private static final Option<Integer> UNITS = Option.integer("units").required().positive();
 *   static final Spec SPEC = Spec.of("keras.layers", "Dense").base(Layer.OPTIONS)
 *       .options(UNITS, ACTIVATION, USE_BIAS).create(Dense::new);
 *
 *   private Dense() { super(SPEC); }
 *   public Dense(int units) { this(); set(UNITS, units); }
 *   public Dense useBias(boolean useBias) { return set(USE_BIAS, useBias); }
 * }
 * }</pre>
 *
 * @param <S> the subclass itself, so that setters return it
 */
public abstract class Configured<S extends Configured<S>> {
  private final Spec spec;
  private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> defaults = new LinkedHashMap<>();
  private @Nullable String frozenBy;

  /** Makes an object with all options at their defaults. */
  protected Configured(Spec spec) {
    this.spec = spec;
  }

  /** The table of this object's options. */
  public final Spec spec() {
    return spec;
  }

  /** How messages call this object: the class name, unless a subclass knows a better one. */
  protected String displayName() {
    return spec.className();
  }

  /** The options as they are, for subclasses that return themselves from setters of their own. */
  @SuppressWarnings("unchecked")
  protected final S self() {
    return (S) this;
  }

  /**
   * Value of an option that cannot be {@code null}.
   *
   * @throws IllegalStateException where the option is {@code null} or was not given
   */
  public final <T> T get(Option<T> option) {
    T value = getOrNull(option);
    if (value == null) {
      throw new IllegalStateException(
          displayName() + ": option '" + option.key() + "' has no value");
    }
    return value;
  }

  /** Value of an option, or its default; {@code null} is possible where the option allows it. */
  public final <T> @Nullable T getOrNull(Option<T> option) {
    return value(own(option));
  }

  /** Whether the option was given a value, be it the default's. */
  public final boolean isSet(Option<?> option) {
    return values.containsKey(own(option).key());
  }

  /**
   * Sets an option; for the subclass's fluent setters.
   *
   * @throws ConfigException where the value is out of the option's domain
   * @throws IllegalStateException after {@link #freeze}
   */
  @CanIgnoreReturnValue
  protected final <T> S set(Option<T> option, @Nullable T value) {
    Option<T> own = own(option);
    if (frozenBy != null) {
      throw new IllegalStateException(
          displayName()
              + " is already "
              + frozenBy
              + "; set "
              + Names.camelCase(own.key())
              + " before the first call"
              + UserFrame.suffix());
    }
    T kept = value instanceof List<?> list ? unmodifiable(list) : value;
    // Keras' None stands for the default spelling where the option says so.
    T meant = kept == null ? own.decode(null, displayName(), ObjectReader.plain()) : kept;
    values.put(own.key(), own.check(meant, displayName()));
    return self();
  }

  /**
   * Sets an option given in the form it takes in a config: a number or a list of two, a name; for
   * setters and constructors that take several forms.
   *
   * @throws ConfigException where the value is out of the option's domain
   */
  @CanIgnoreReturnValue
  protected final <T> S setFrom(Option<T> option, @Nullable Object tree) {
    Option<T> own = own(option);
    return set(own, own.decode(tree, displayName(), ObjectReader.plain()));
  }

  @SuppressWarnings("unchecked")
  private static <T> T unmodifiable(List<?> list) {
    return (T) Collections.unmodifiableList(new ArrayList<>(list));
  }

  /**
   * Refuses later changes.
   *
   * @param state what the object is from now on, for the message: {@code built}
   */
  protected final void freeze(String state) {
    frozenBy = state;
  }

  /** Whether options can no longer be set. */
  protected final boolean isFrozen() {
    return frozenBy != null;
  }

  @SuppressWarnings("unchecked") // options of one key have one type; only defaults differ
  private <T> Option<T> own(Option<T> option) {
    Option<?> own = spec.option(option.key());
    if (own == null) {
      throw spec.unknown(option.key());
    }
    return (Option<T>) own;
  }

  @SuppressWarnings("unchecked")
  private <T> @Nullable T value(Option<T> own) {
    String key = own.key();
    if (values.containsKey(key)) {
      return (T) values.get(key);
    }
    if (own.isRequired()) {
      return null;
    }
    if (!defaults.containsKey(key)) { // kept, so that get returns the same object each time
      defaults.put(key, own.defaultValue(displayName()));
    }
    return (T) defaults.get(key);
  }

  /** The options as a config tree in Keras' schema. */
  public final Map<String, @Nullable Object> getConfig() {
    return getConfig(new ObjectWriter());
  }

  /**
   * The options as a config tree, written with others that may share objects with it. Subclasses
   * override it to add what is no option, such as a model's layers.
   */
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (Option<?> option : spec.options()) {
      put(config, option, writer);
    }
    return config;
  }

  private <T> void put(
      Map<String, @Nullable Object> config, Option<T> option, ObjectWriter writer) {
    T value = value(option);
    boolean written =
        switch (option.inConfig()) {
          case ALWAYS -> true;
          case WHEN_NOT_NULL -> value != null;
          case WHEN_NOT_DEFAULT -> !Objects.equals(value, option.defaultValue(displayName()));
          case NEVER -> false;
        };
    if (written) {
      config.put(option.key(), option.encode(value, writer));
    }
  }

  /**
   * Sets the options from a config tree.
   *
   * @throws ConfigException where a key is unknown, a required one is missing, or a value is out of
   *     its domain
   */
  protected void configure(Map<String, @Nullable Object> config, ObjectReader reader) {
    for (Map.Entry<String, @Nullable Object> entry : config.entrySet()) {
      String key = entry.getKey();
      Option<?> option = spec.option(key);
      if (option != null) {
        setFrom(option, entry.getValue(), reader);
      } else if (!spec.ignores(key)) {
        throw spec.unknown(key);
      }
    }
    for (Option<?> option : spec.options()) {
      if (option.isRequired() && !values.containsKey(option.key())) {
        throw new ConfigException(
            displayName() + ": required option '" + option.key() + "' is missing");
      }
    }
  }

  private <T> void setFrom(Option<T> option, @Nullable Object tree, ObjectReader reader) {
    reader.enter(option.key());
    set(option, option.decode(tree, displayName(), reader));
    reader.leave();
  }

  /**
   * Adds what stands beside the config in the saved tree, such as {@code build_config}; nothing
   * unless overridden.
   */
  protected void describe(Map<String, @Nullable Object> tree, ObjectWriter writer) {}

  /** Takes back what {@link #describe} wrote, after the options are set. */
  protected void restore(Map<String, @Nullable Object> tree, ObjectReader reader) {}

  /** Whether the other object is of the same class with the same config. */
  public final boolean sameConfig(Configured<?> other) {
    return spec.className().equals(other.spec.className())
        && Objects.equals(getConfig(), other.getConfig());
  }

  /** The class with the options that differ from their defaults: {@code Dense(units=64)}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(spec.className()).append('(');
    String separator = "";
    for (Option<?> option : spec.options()) {
      if (values.containsKey(option.key())) {
        Object value = values.get(option.key());
        if (value != null && !isDefault(option, value)) {
          out.append(separator).append(option.key()).append('=');
          out.append(value instanceof String ? "'" + value + "'" : value);
          separator = ", ";
        }
      }
    }
    return out.append(')').toString();
  }

  private <T> boolean isDefault(Option<T> option, Object value) {
    Object tree = option.defaultTree();
    return !option.isRequired()
        && (value.equals(tree)
            || (value instanceof List && value.equals(option.defaultValue(displayName())))
            || (value instanceof Double d && tree instanceof Number n && d == n.doubleValue()));
  }
}
