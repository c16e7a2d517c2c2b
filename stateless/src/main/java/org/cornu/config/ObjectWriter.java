package org.cornu.config;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns objects into config trees as Keras writes them: {@code {module, class_name, config,
 * registered_name}}. One writer serves one file, so that an object that occurs in it several times
 * can be marked with a {@code shared_object_id}.
 */
public final class ObjectWriter {
  private final Registry registry;
  private final boolean sharing;
  private final IdentityHashMap<Object, Map<String, @Nullable Object>> written =
      new IdentityHashMap<>();
  private long lastId;

  /** A writer that does not mark shared objects, for a single object's config. */
  public ObjectWriter() {
    this(Registry.global(), false);
  }

  private ObjectWriter(Registry registry, boolean sharing) {
    this.registry = registry;
    this.sharing = sharing;
  }

  /** A writer for a whole model: objects met more than once carry an id. */
  public static ObjectWriter sharing() {
    return new ObjectWriter(Registry.global(), true);
  }

  /**
   * Writes a value: a configured object, a registered function, a list, a map, or what is already a
   * tree.
   *
   * @throws ConfigException where the value is none of these
   */
  public @Nullable Object write(@Nullable Object value) {
    if (value == null
        || value instanceof String
        || value instanceof Number
        || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Configured<?> object) {
      return writeObject(object);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(write(item)));
      return out;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach((key, item) -> out.put(String.valueOf(key), write(item)));
      return out;
    }
    return registry.functionTree(value);
  }

  /** Writes a configured object with its class and its config. */
  public Map<String, @Nullable Object> writeObject(Configured<?> object) {
    Spec spec = object.spec();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    Map<String, @Nullable Object> first = written.putIfAbsent(object, tree);
    tree.put("module", spec.module());
    tree.put("class_name", spec.className());
    tree.put("config", object.getConfig(this));
    tree.put("registered_name", spec.registeredName());
    object.describe(tree, this);
    if (sharing && first != null) {
      Object id = first.computeIfAbsent("shared_object_id", key -> ++lastId);
      tree.put("shared_object_id", id);
    }
    return tree;
  }
}
