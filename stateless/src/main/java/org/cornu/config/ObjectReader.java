package org.cornu.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns config trees back into objects. One reader serves one file: trees with the same {@code
 * shared_object_id} give the same object.
 */
public final class ObjectReader {
  private final Registry registry;
  private final Map<Object, Object> shared = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  private ObjectReader(Registry registry) {
    this.registry = registry;
  }

  /** A new reader that knows what is registered. */
  public static ObjectReader plain() {
    return new ObjectReader(Registry.global());
  }

  /**
   * Reads a tree of any form: objects where it names a class, else lists, maps and scalars as they
   * are.
   */
  public @Nullable Object read(@Nullable Object tree) {
    if (tree instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(read(item)));
      return out;
    }
    if (tree instanceof Map<?, ?> map) {
      if (map.get("class_name") instanceof String name
          && map.containsKey("config")
          && !(name.startsWith("__") && name.endsWith("__"))) {
        return readObject(asConfig(map), null);
      }
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach((key, item) -> out.put(String.valueOf(key), read(item)));
      return out;
    }
    return tree;
  }

  /**
   * Reads a member of a family from its name, its tree, or the member itself.
   *
   * @throws ConfigException where nothing of that name is registered, or it is no member
   */
  public <T> T read(Object identifier, Family<T> family) {
    if (family.type().isInstance(identifier)) {
      return family.type().cast(identifier);
    }
    Object made;
    if (identifier instanceof String name) {
      made = registry.named(family, name, this);
    } else if (identifier instanceof Map<?, ?> map) {
      made = readObject(asConfig(map), family);
    } else {
      throw error(
          "a "
              + family.name()
              + " is a name or {class_name, config}: got "
              + Option.shown(identifier));
    }
    if (!family.type().isInstance(made)) {
      throw error(Option.shown(identifier) + " is no " + family.name());
    }
    return family.type().cast(made);
  }

  private Object readObject(Map<String, @Nullable Object> tree, @Nullable Family<?> family) {
    Object id = tree.get("shared_object_id");
    Object known = id == null ? null : shared.get(id);
    if (known != null) {
      return known;
    }
    String className = String.valueOf(tree.get("class_name"));
    if (className.equals("__lambda__")) {
      throw error(
          "the file holds a Python lambda as byte code, which only Python can run; register a"
              + " named function instead");
    }
    Object config = tree.get("config");
    if (className.equals("function") && config instanceof String name) {
      return registry.function(family, name, this);
    }
    Object made = registry.fromTree(tree, className, family, this);
    if (id != null) {
      shared.put(id, made);
    }
    return made;
  }

  /** The entries of a config tree's map; a null or absent map is empty. */
  public static Map<String, @Nullable Object> asConfig(@Nullable Object tree) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    if (tree instanceof Map<?, ?> map) {
      map.forEach((key, value) -> config.put(String.valueOf(key), value));
    }
    return config;
  }

  /** Notes that what is read next stands under this key; for the place named in errors. */
  public void enter(String key) {
    path.addLast(key);
  }

  /** Ends what {@link #enter} began. */
  public void leave() {
    path.removeLast();
  }

  /** An error that says where in the tree it happened. */
  public ConfigException error(String message) {
    return new ConfigException(
        path.isEmpty() ? message : message + " (at " + String.join(".", path) + ")");
  }
}
