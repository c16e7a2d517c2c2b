package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of the elementwise linear ops. */
final class ElementwiseTranspose {
  private ElementwiseTranspose() {}

  static List<@Nullable Value> subtract(TransposeSite s) {
    List<@Nullable Value> out = s.first(s.ct());
    if (s.isLinear(1)) {
      out.set(1, s.b.negate(s.ct()));
    }
    return out;
  }

  static List<@Nullable Value> multiply(TransposeSite s) {
    List<@Nullable Value> out = s.empty();
    int linear = s.isLinear(0) ? 0 : 1;
    out.set(linear, s.b.multiply(s.ct(), s.x(1 - linear)));
    return out;
  }

  static Value real(TransposeSite s) {
    return s.type(0).dtype().isComplex() ? s.b.complex(s.ct(), s.e.zeros(s.ct().type())) : s.ct();
  }

  static @Nullable Value imag(TransposeSite s) {
    return s.type(0).dtype().isComplex()
        ? s.b.complex(s.e.zeros(s.ct().type()), s.b.negate(s.ct()))
        : null;
  }

  static List<@Nullable Value> select(TransposeSite s) {
    if (s.isLinear(0)) {
      throw s.nonlinear();
    }
    List<@Nullable Value> out = s.empty();
    if (s.isLinear(1)) {
      out.set(1, s.e.where(s.x(0), s.ct()));
    }
    if (s.isLinear(2)) {
      out.set(2, s.e.unless(s.x(0), s.ct()));
    }
    return out;
  }
}
