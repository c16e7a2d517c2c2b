package org.cornu.stateless;

import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/**
 * Inside it, float variables that allow it read as values of the compute type of a mixed-precision
 * layer.
 */
public final class AutocastScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable AutocastScope> CURRENT = new ThreadLocal<>();

  private final @Nullable AutocastScope outer = CURRENT.get();
  private final @Nullable DType dtype;

  private AutocastScope(@Nullable DType dtype) {
    this.dtype = dtype;
  }

  /** Opens a scope; null switches casting off. */
  public static AutocastScope open(@Nullable DType dtype) {
    AutocastScope scope = new AutocastScope(dtype);
    CURRENT.set(scope);
    return scope;
  }

  /** The type that float variables read as, or null. */
  static @Nullable DType current() {
    AutocastScope scope = CURRENT.get();
    return scope == null ? null : scope.dtype;
  }

  @Override
  public void close() {
    CURRENT.set(outer);
  }
}
