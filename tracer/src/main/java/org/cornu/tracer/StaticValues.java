package org.cornu.tracer;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in a tree beside tensors. Such values are compared with {@code equals} and part of
 * the key of compiled programs, so that no tensor may hide in them, and those of jitted functions
 * must not change.
 */
final class StaticValues {
  private StaticValues() {}

  /** The name of the first field that holds a tensor, empty where there is none. */
  private static final ClassValue<String> TENSOR_FIELD =
      new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
          // A lambda may close over tensors, as a function may.
          if (type.isHidden() || type.isEnum() || type.getName().startsWith("java.")) {
            return "";
          }
          for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
              boolean tensor = field.getType() == Tensor.class || field.getType() == Tensor[].class;
              if (tensor && !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                return field.getName();
              }
            }
          }
          return "";
        }
      };

  /** Refuses a value in which tensors would not be found. */
  static void requireNoTensors(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return;
    }
    if (value instanceof Iterator || value instanceof BaseStream) {
      throw unsupported(value, "can be read only once", "collect it into a List first");
    }
    Object inner = null;
    if (value instanceof Collection<?> collection) {
      inner = List.copyOf(collection);
    } else if (value instanceof Map.Entry<?, ?> entry) {
      inner = entry.getValue();
    } else if (value instanceof AtomicReference<?> reference) {
      inner = reference.get();
    }
    if (inner != null && !Trees.leaves(inner).isEmpty()) {
      throw unsupported(
          value, "holds tensors, but is no tree node", "use a List, Map, Optional or record");
    }
    String field = TENSOR_FIELD.get(value.getClass());
    if (!field.isEmpty()) {
      throw unsupported(
          value,
          "holds a tensor in its field '" + field + "', but is no tree node",
          "make it a record, implement TreeNode, or call Trees.register");
    }
  }

  private static OpException unsupported(Object value, String why, String fix) {
    return new OpException("pytree: a " + name(value) + " " + why, fix);
  }

  private static String name(Object value) {
    String name = value.getClass().getSimpleName();
    return name.isEmpty() ? value.getClass().getName() : name;
  }

  /**
   * Refuses static values that can change after they have become part of the key of a program.
   *
   * @param what the function and argument, for the message
   */
  static void requireImmutable(String what, Structure structure) {
    structure.statics(
        "",
        (path, value) -> {
          String fix = fix(value);
          if (fix != null) {
            throw new OpException(
                what
                    + (path.isEmpty() ? "" : " component '" + path + "'")
                    + " is a "
                    + name(value)
                    + ", which can change: a static argument is part of the key of the compiled"
                    + " program and must keep its value",
                fix);
          }
        });
  }

  private static @Nullable String fix(Object value) {
    if (value.getClass().isArray() || value instanceof Buffer) {
      return "pass Tensor.of(array) to compute with it, or a List for fixed numbers";
    }
    if (value instanceof Random || value instanceof SplittableRandom) {
      return "pass a key (org.cornu.ops.Random.key) and split it";
    }
    if (value instanceof Set) {
      return "pass a sorted List";
    }
    if (value instanceof Collection) {
      return "pass a List";
    }
    if (value instanceof CharSequence && !(value instanceof String)) {
      return "pass a String";
    }
    if (value.getClass().getName().startsWith("java.util.concurrent.atomic.")) {
      return "pass the number that it holds, or a tensor";
    }
    return null;
  }
}
