package org.cornu.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The table of a configurable class: the name under which Keras knows it, its options in the order
 * of Keras' signature, and how to make one. Immutable; the methods that change something return a
 * new table.
 *
 * <pre>{@code
 * static final Spec SPEC =
 *     Spec.of("keras.layers", "Dense").base(Layer.OPTIONS).options(UNITS, ACTIVATION, USE_BIAS)
 *         .create(Dense::new);
 * }</pre>
 */
public final class Spec {
  private final @Nullable String module;
  private final String className;
  private final @Nullable String registeredName;
  private final Map<String, Option<?>> options;
  private final Set<String> baseKeys;
  private final Set<String> ignoredKeys;
  private final List<String> aliases;
  private final @Nullable BiFunction<Map<String, @Nullable Object>, ObjectReader, ?> factory;

  private Spec(
      @Nullable String module,
      String className,
      @Nullable String registeredName,
      Map<String, Option<?>> options,
      Set<String> baseKeys,
      Set<String> ignoredKeys,
      List<String> aliases,
      @Nullable BiFunction<Map<String, @Nullable Object>, ObjectReader, ?> factory) {
    this.module = module;
    this.className = className;
    this.registeredName = registeredName;
    this.options = options;
    this.baseKeys = baseKeys;
    this.ignoredKeys = ignoredKeys;
    this.aliases = aliases;
    this.factory = factory;
  }

  /**
   * The table of a class that Keras exports.
   *
   * @param module Keras' public module, such as {@code keras.layers}
   */
  public static Spec of(String module, String className) {
    return new Spec(module, className, null, Map.of(), Set.of(), Set.of(), List.of(), null);
  }

  /**
   * The table of a class that Keras does not export but names in its files, such as {@code
   * keras.src.models.functional}, {@code Functional}.
   */
  public static Spec internal(String module, String className) {
    return new Spec(module, className, className, Map.of(), Set.of(), Set.of(), List.of(), null);
  }

  /**
   * The table of a user's class, registered as {@code group>className}; Keras reads it where the
   * same name is registered there.
   */
  public static Spec custom(String group, String className) {
    String registered = group + ">" + className;
    return new Spec(null, className, registered, Map.of(), Set.of(), Set.of(), List.of(), null);
  }

  /** The same table with the options that all of the family share, written first in a config. */
  public Spec base(Collection<Option<?>> shared) {
    Set<String> keys = new LinkedHashSet<>(baseKeys);
    shared.forEach(option -> keys.add(option.key()));
    return with(join(options, shared), keys);
  }

  /** The same table with further options of the class; one of a key already there replaces it. */
  public Spec options(Option<?>... own) {
    return with(join(options, Arrays.asList(own)), baseKeys);
  }

  /** The same table without these options: a family's option that this class does not have. */
  public Spec without(String... keys) {
    Map<String, Option<?>> rest = new LinkedHashMap<>(options);
    rest.keySet().removeAll(Arrays.asList(keys));
    return with(rest, baseKeys);
  }

  /** The same table; these keys may stand in a config and say nothing. */
  public Spec ignoring(String... keys) {
    Set<String> all = new LinkedHashSet<>(ignoredKeys);
    all.addAll(Arrays.asList(keys));
    return new Spec(module, className, registeredName, options, baseKeys, all, aliases, factory);
  }

  /** The same table with further names by which the class can be asked for. */
  public Spec aliases(String... names) {
    List<String> all = new ArrayList<>(aliases);
    all.addAll(Arrays.asList(names));
    return new Spec(
        module, className, registeredName, options, baseKeys, ignoredKeys, all, factory);
  }

  /**
   * The same table with the way to make an object whose options are then set one by one: usually a
   * constructor without arguments, not public.
   */
  public Spec create(Supplier<? extends Configured<?>> constructor) {
    return createFrom(
        (config, reader) -> {
          Configured<?> made = constructor.get();
          made.configure(config, reader);
          return made;
        });
  }

  /** The same table with a way of its own to make an object from a config. */
  public Spec createFrom(BiFunction<Map<String, @Nullable Object>, ObjectReader, ?> configFactory) {
    return new Spec(
        module, className, registeredName, options, baseKeys, ignoredKeys, aliases, configFactory);
  }

  private Spec with(Map<String, Option<?>> newOptions, Set<String> newBaseKeys) {
    return new Spec(
        module, className, registeredName, newOptions, newBaseKeys, ignoredKeys, aliases, factory);
  }

  private static Map<String, Option<?>> join(
      Map<String, Option<?>> first, Collection<Option<?>> more) {
    Map<String, Option<?>> all = new LinkedHashMap<>(first);
    for (Option<?> option : more) {
      option.checkDeclaration();
      all.put(option.key(), option);
    }
    return all;
  }

  /** Keras' public module; {@code null} for a user's class. */
  public @Nullable String module() {
    return module;
  }

  /** Keras' class name. */
  public String className() {
    return className;
  }

  /** {@code group>Name} for a user's class, {@code null} for one that Keras exports. */
  public @Nullable String registeredName() {
    return registeredName;
  }

  /** All options: those of the family first, then the class's own in signature order. */
  public Collection<Option<?>> options() {
    return options.values();
  }

  /** Whether the option is one that the whole family shares. */
  public boolean isBase(String key) {
    return baseKeys.contains(key);
  }

  /** The names by which the class can be asked for, its class name not among them. */
  public List<String> aliases() {
    return aliases;
  }

  /** The option with this key; {@code null} where there is none. */
  public @Nullable Option<?> option(String key) {
    return options.get(key);
  }

  boolean ignores(String key) {
    return ignoredKeys.contains(key);
  }

  ConfigException unknown(String key) {
    return new ConfigException(
        className + " has no option '" + key + "'" + Names.hint(key, options.keySet()));
  }

  /**
   * Makes an object from its config.
   *
   * @throws ConfigException where a key is unknown, a required one is missing, or a value is out of
   *     its domain
   */
  public Object fromConfig(Map<String, @Nullable Object> config, ObjectReader reader) {
    if (factory == null) {
      throw new ConfigException(
          className + " cannot be made from a config: its table names no constructor");
    }
    return factory.apply(config, reader);
  }

  /** Makes an object from its config, where no other objects are shared with it. */
  public Object fromConfig(Map<String, @Nullable Object> config) {
    return fromConfig(config, ObjectReader.plain());
  }

  @Override
  public String toString() {
    return (module == null ? String.valueOf(registeredName) : module + "." + className)
        + options.values();
  }
}
