package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import org.cornu.tracer.runtime.DeviceArray;
import org.jspecify.annotations.Nullable;

/**
 * Frees the tensors made inside it at its end, except for those kept. For loops that work eagerly:
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor loss = step(x);
 *   return scope.keep(loss);      // lives on in the scope around this one
 * }
 * }</pre>
 *
 * Scopes belong to a thread and nest.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final @Nullable Scope parent;
  private final List<DeviceArray> arrays = new ArrayList<>();

  private Scope(@Nullable Scope parent) {
    this.parent = parent;
  }

  /** Opens a scope on this thread. */
  public static Scope open() {
    Scope scope = new Scope(CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  static void register(DeviceArray array) {
    Scope scope = CURRENT.get();
    if (scope != null) {
      scope.arrays.add(array);
    }
  }

  /** Lets every tensor of this tree live on; it now belongs to the scope around this one. */
  public <T> T keep(T tree) {
    for (Tensor leaf : Trees.leaves(tree)) {
      if (leaf.isConcrete()) {
        DeviceArray array = leaf.device();
        if (arrays.removeIf(a -> a == array) && parent != null) {
          parent.arrays.add(array);
        }
      }
    }
    return tree;
  }

  @Override
  public void close() {
    if (CURRENT.get() == this) {
      CURRENT.set(parent);
    }
    for (DeviceArray array : arrays) {
      array.close();
    }
    arrays.clear();
  }
}
