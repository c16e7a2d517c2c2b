package org.cornu.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What names mean: class names and string identifiers to the tables of classes, and function names
 * to functions, per {@link Family}. Built-in members come from {@link Catalog}s; users add their
 * own classes with {@link #add(Family, Spec)} and functions with {@link #addFunction}.
 */
public final class Registry {
  private static final Registry GLOBAL = new Registry();

  private final Map<Family<?>, Map<String, Object>> byName = new LinkedHashMap<>();
  private final Map<String, Spec> byModule = new LinkedHashMap<>();
  private final Map<Family<?>, Set<Spec>> specs = new LinkedHashMap<>();
  private final IdentityHashMap<Object, String> functionNames = new IdentityHashMap<>();
  private boolean loaded;

  private Registry() {}

  /** The registry of this process. */
  public static Registry global() {
    return GLOBAL;
  }

  /** Adds a class under its class name, that name in snake case, and its aliases. */
  public synchronized void add(Family<?> family, Spec spec) {
    Map<String, Object> names = names(family);
    specs.computeIfAbsent(family, f -> new LinkedHashSet<>()).add(spec);
    if (spec.module() != null) {
      Spec other = byModule.putIfAbsent(spec.module() + "/" + spec.className(), spec);
      if (other != null && other != spec) {
        throw new IllegalStateException(
            "registry: " + spec.module() + "." + spec.className() + " is registered twice");
      }
    }
    if (spec.registeredName() != null) {
      names.put(spec.registeredName(), spec);
    }
    names.put(spec.className(), spec);
    names.putIfAbsent(Names.snakeCase(spec.className()), spec); // an explicit name goes first
    for (String alias : spec.aliases()) {
      names.put(alias, spec);
    }
  }

  /** Adds a built-in function of a family, such as the activation {@code relu}. */
  public synchronized <T> void add(Family<T> family, String name, T function, String... aliases) {
    Map<String, Object> names = names(family);
    names.put(name, new Function(function));
    functionNames.put(function, name);
    for (String alias : aliases) {
      names.put(alias, new Function(function));
    }
  }

  /**
   * Adds a user's function, written into files as {@code group>name}.
   *
   * @return the same function
   */
  public synchronized <T> T addFunction(Family<T> family, String group, String name, T function) {
    String registered = group + ">" + name;
    Map<String, Object> names = names(family);
    names.put(registered, new Function(function));
    names.putIfAbsent(name, new Function(function));
    functionNames.put(function, registered);
    return function;
  }

  /**
   * The member of a family that a name, a config tree, or the member itself stands for.
   *
   * @throws ConfigException where nothing of that name is registered
   */
  public <T> T get(Family<T> family, Object identifier) {
    return ObjectReader.plain().read(identifier, family);
  }

  /** The tables of all classes of a family. */
  public synchronized Collection<Spec> specs(Family<?> family) {
    load();
    return List.copyOf(specs.getOrDefault(family, Set.of()));
  }

  /** All names known in a family, sorted. */
  public synchronized Collection<String> knownNames(Family<?> family) {
    load();
    return new TreeSet<>(names(family).keySet());
  }

  /** The tree {@code {module, class_name, config, registered_name}} of an object. */
  public Map<String, @Nullable Object> serialize(Configured<?> object) {
    return new ObjectWriter().writeObject(object);
  }

  /** The object that a tree stands for. */
  public @Nullable Object deserialize(@Nullable Object tree) {
    return ObjectReader.plain().read(tree);
  }

  /** What a name means where it is no class. */
  private record Function(Object value) {}

  private Map<String, Object> names(Family<?> family) {
    return byName.computeIfAbsent(family, f -> new LinkedHashMap<>());
  }

  private void load() {
    if (!loaded) {
      loaded = true;
      for (Catalog catalog : ServiceLoader.load(Catalog.class, Registry.class.getClassLoader())) {
        catalog.addTo(this);
      }
    }
  }

  /** The member with this name, made from its defaults where it is a class. */
  Object named(Family<?> family, String name, ObjectReader reader) {
    Object found = find(family, name);
    if (found == null) {
      throw reader.error(
          "no " + family.name() + " '" + name + "'" + Names.hint(name, knownNames(family)));
    }
    return found instanceof Spec spec
        ? spec.fromConfig(new LinkedHashMap<>(), reader)
        : ((Function) found).value();
  }

  /** The function with this name, looked for in all families where none is given. */
  Object function(@Nullable Family<?> family, String name, ObjectReader reader) {
    for (Family<?> candidate : family == null ? families() : List.of(family)) {
      if (find(candidate, name) instanceof Function function) {
        return function.value();
      }
    }
    throw reader.error(
        "no function '"
            + name
            + "' is registered; add it with Registry.addFunction before reading the file");
  }

  private synchronized List<Family<?>> families() {
    load();
    return new ArrayList<>(byName.keySet());
  }

  private synchronized @Nullable Object find(Family<?> family, String name) {
    load();
    return names(family).get(name);
  }

  /** Makes the object of a class from its saved tree. */
  Object fromTree(
      Map<String, @Nullable Object> tree,
      String className,
      @Nullable Family<?> family,
      ObjectReader reader) {
    Spec spec = spec(tree, className, family);
    if (spec == null) {
      List<String> known = new ArrayList<>();
      for (Family<?> candidate : family == null ? families() : List.of(family)) {
        specs(candidate).forEach(s -> known.add(s.className()));
      }
      Object registered = tree.get("registered_name");
      throw reader.error(
          "no "
              + (family == null ? "class" : family.name())
              + " '"
              + (registered == null ? className : registered)
              + "' in module "
              + tree.get("module")
              + Names.hint(className, known)
              + "; a class of your own must be added to the Registry first");
    }
    Object made = spec.fromConfig(ObjectReader.asConfig(tree.get("config")), reader);
    if (made instanceof Configured<?> configured) {
      configured.restore(tree, reader);
    }
    return made;
  }

  /** A user's class goes before a built-in one, and the exact module before a class name alone. */
  private synchronized @Nullable Spec spec(
      Map<String, @Nullable Object> tree, String className, @Nullable Family<?> family) {
    load();
    Collection<Family<?>> candidates = family == null ? families() : List.of(family);
    if (tree.get("registered_name") instanceof String registered && registered.contains(">")) {
      for (Family<?> candidate : families()) {
        if (names(candidate).get(registered) instanceof Spec spec) {
          return spec;
        }
      }
      return null;
    }
    Spec exact = byModule.get(tree.get("module") + "/" + className);
    if (exact != null) {
      return exact;
    }
    for (Family<?> candidate : candidates) {
      if (names(candidate).get(className) instanceof Spec spec) {
        return spec;
      }
    }
    return null;
  }

  /** The name, or the tree naming it, under which a function is written. */
  synchronized Object functionTree(Object value) {
    load();
    String name = functionNames.get(value);
    if (name == null) {
      throw new ConfigException(
          "cannot write "
              + Option.shown(value)
              + ": it is neither a configured object nor a registered function; add it with"
              + " Registry.addFunction");
    }
    if (!name.contains(">")) {
      return name;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", "builtins");
    tree.put("class_name", "function");
    tree.put("config", name);
    tree.put("registered_name", "function");
    return tree;
  }
}
