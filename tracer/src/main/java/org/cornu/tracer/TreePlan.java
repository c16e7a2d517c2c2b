package org.cornu.tracer;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one class is taken apart and put together; found once per class. */
final class TreePlan {
  private static final ClassValue<TreePlan> RECORDS =
      new ClassValue<>() {
        @Override
        protected TreePlan computeValue(Class<?> type) {
          return ofRecord(type);
        }
      };

  private static final Map<Class<?>, TreePlan> REGISTERED = new ConcurrentHashMap<>();
  private static final Map<Class<?>, TreePlan> NODES = new ConcurrentHashMap<>();

  private final Class<?> type;
  private final String[] names;
  private final Function<Object, Object[]> components;
  private final Function<Object[], Object> constructor;

  private TreePlan(
      Class<?> type,
      String[] names,
      Function<Object, Object[]> components,
      Function<Object[], Object> constructor) {
    this.type = type;
    this.names = names;
    this.components = components;
    this.constructor = constructor;
  }

  static TreePlan record(Class<?> type) {
    return RECORDS.get(type);
  }

  static @Nullable TreePlan registered(Class<?> type) {
    return REGISTERED.get(type);
  }

  @SuppressWarnings("unchecked") // called with objects of this class only
  static <T> void register(
      Class<T> type,
      List<String> names,
      Function<T, List<Object>> components,
      Function<List<Object>, T> build) {
    TreePlan plan =
        new TreePlan(
            type,
            names.toArray(String[]::new),
            tree -> components.apply((T) tree).toArray(),
            parts -> build.apply(Arrays.asList(parts)));
    REGISTERED.put(type, plan);
  }

  /**
   * The plan of a class that implements {@link TreeNode}. It keeps one object to build others from,
   * with tensors that have no memory.
   */
  static TreePlan node(TreeNode<?> node) {
    TreePlan known = NODES.get(node.getClass());
    List<String> names = node.componentNames();
    if (known != null && Arrays.asList(known.names).equals(names)) {
      return known;
    }
    List<Object> hollow = new ArrayList<>();
    for (Object component : node.components()) {
      hollow.add(component == null ? null : Trees.map(component, t -> Tensor.spec(t.type(), null)));
    }
    TreeNode<?> prototype = node.withComponents(hollow);
    TreePlan plan =
        new TreePlan(
            node.getClass(),
            names.toArray(String[]::new),
            tree -> ((TreeNode<?>) tree).components().toArray(),
            parts -> prototype.withComponents(Arrays.asList(parts)));
    NODES.put(node.getClass(), plan);
    return plan;
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
      return new TreePlan(
          type, names, tree -> read(type, accessors, tree), parts -> make(type, handle, parts));
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
    return components.apply(tree);
  }

  Object construct(Object[] parts) {
    return constructor.apply(parts);
  }

  private static Object[] read(Class<?> type, MethodHandle[] accessors, Object tree) {
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

  private static Object make(Class<?> type, MethodHandle constructor, Object[] parts) {
    try {
      return constructor.invokeExact(parts);
    } catch (ClassCastException e) {
      throw mismatch(type, parts, e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(
          "pytree: the constructor of " + type.getName() + " failed", e);
    }
  }

  /** A component declared as a class that trees are not rebuilt with, {@code ArrayList} say. */
  private static RuntimeException mismatch(
      Class<?> type, Object[] parts, ClassCastException cause) {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < parts.length; i++) {
      Class<?> declared = components[i].getType();
      if (parts[i] != null && !declared.isPrimitive() && !declared.isInstance(parts[i])) {
        return new IllegalArgumentException(
            "pytree: component '"
                + components[i].getName()
                + "' of record "
                + type.getSimpleName()
                + " is declared as "
                + declared.getSimpleName()
                + ", but is rebuilt as another class"
                + UserFrame.suffix()
                + "\n  hint: declare it as List, Map, Optional, an array or a record",
            cause);
      }
    }
    return cause;
  }
}
