package org.cornu.tracer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How one record class is taken apart and put together: method handles found once per class. */
final class TreePlan {
  private static final ClassValue<TreePlan> RECORDS =
      new ClassValue<>() {
        @Override
        protected TreePlan computeValue(Class<?> type) {
          return ofRecord(type);
        }
      };

  private final Class<?> type;
  private final String[] names;
  private final MethodHandle[] accessors;
  private final @Nullable MethodHandle constructor;
  private final @Nullable TreeNode<?> prototype;

  private TreePlan(
      Class<?> type,
      String[] names,
      MethodHandle[] accessors,
      @Nullable MethodHandle constructor,
      @Nullable TreeNode<?> prototype) {
    this.type = type;
    this.names = names;
    this.accessors = accessors;
    this.constructor = constructor;
    this.prototype = prototype;
  }

  static TreePlan record(Class<?> type) {
    return RECORDS.get(type);
  }

  static TreePlan node(TreeNode<?> node) {
    return new TreePlan(
        node.getClass(),
        node.componentNames().toArray(String[]::new),
        new MethodHandle[0],
        null,
        node);
  }

  private static TreePlan ofRecord(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      MethodHandle[] accessors = new MethodHandle[components.length];
      Class<?>[] types = new Class<?>[components.length];
      String[] names = new String[components.length];
      for (int i = 0; i < components.length; i++) {
        Method accessor = components[i].getAccessor();
        accessor.setAccessible(true);
        accessors[i] =
            lookup.unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        types[i] = components[i].getType();
        names[i] = components[i].getName();
      }
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      MethodHandle handle =
          lookup
              .unreflectConstructor(constructor)
              .asSpreader(Object[].class, types.length)
              .asType(MethodType.methodType(Object.class, Object[].class));
      return new TreePlan(type, names, accessors, handle, null);
    } catch (ReflectiveOperationException | java.lang.reflect.InaccessibleObjectException e) {
      throw new IllegalArgumentException(
          "pytree: record "
              + type.getName()
              + " can not be read by reflection; add 'opens "
              + type.getPackageName()
              + " to org.cornu.tracer;' to its module-info",
          e);
    }
  }

  Class<?> type() {
    return type;
  }

  String name(int i) {
    return names[i];
  }

  Object[] components(Object tree) {
    if (tree instanceof TreeNode<?> node) {
      return node.components().toArray();
    }
    Object[] out = new Object[accessors.length];
    try {
      for (int i = 0; i < out.length; i++) {
        out[i] = accessors[i].invokeExact(tree);
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("pytree: an accessor of " + type.getName() + " failed", e);
    }
    return out;
  }

  Object construct(Object[] components) {
    if (prototype != null) {
      return prototype.withComponents(Arrays.asList(components));
    }
    try {
      return java.util.Objects.requireNonNull(constructor).invokeExact(components);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "pytree: the constructor of " + type.getName() + " failed", e);
    }
  }
}
