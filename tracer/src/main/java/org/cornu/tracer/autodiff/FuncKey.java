package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.ir.Func;

/** A function by identity together with the masks a transform of it was asked for. */
final class FuncKey {
  private final Func func;
  private final List<List<Boolean>> masks;

  FuncKey(Func func, boolean[]... masks) {
    this.func = func;
    this.masks = List.of(masks).stream().map(Masks::list).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FuncKey key && key.func == func && key.masks.equals(masks);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(func) + masks.hashCode();
  }
}
