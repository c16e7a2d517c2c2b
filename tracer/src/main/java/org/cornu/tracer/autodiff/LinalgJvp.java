package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Tangents of the Cholesky factorization and of triangular systems. */
final class LinalgJvp {
  private LinalgJvp() {}

  /**
   * {@code L̇ = L Φ(L⁻¹ Ȧ L⁻ᴴ)}, Φ the lower triangle with halved diagonal. The op reads one
   * triangle of A only, and so does its tangent: that triangle stands for a Hermitian Ȧ.
   */
  static @Nullable Value cholesky(JvpSite s) {
    Builder b = s.b;
    Emit e = s.e;
    boolean lower = s.op.boolAttribute("lower", false);
    Value read = e.triangle(s.dxOrZeros(0), lower, false);
    Value strict = e.triangle(s.dxOrZeros(0), lower, true);
    Value da = b.add(read, e.adjoint(strict));
    Value factor = e.triangle(s.y(), lower, false);
    Value l = lower ? factor : e.adjoint(factor);
    String adjoint = l.dtype().isComplex() ? "ADJOINT" : "TRANSPOSE";
    Value left = b.triangularSolve(l, da, true, true, false, "NO_TRANSPOSE");
    Value both = b.triangularSolve(l, left, false, true, false, adjoint);
    Value whole = e.triangle(both, true, false);
    Value below = e.triangle(both, true, true);
    Value phi = e.scale(b.add(whole, below), 0.5);
    Value dl = e.matmul(l, phi);
    Value out = lower ? dl : e.adjoint(dl);
    return e.triangle(out, lower, false);
  }

  /** {@code ẏ = op(a)⁻¹ (ḃ - op(ȧ) y)}, from the right {@code (ḃ - y op(ȧ)) op(a)⁻¹}. */
  static @Nullable Value triangularSolve(JvpSite s) {
    Value right = s.dx(1);
    if (s.isActive(0)) {
      boolean left = s.op.boolAttribute("left_side", false);
      boolean lower = s.op.boolAttribute("lower", false);
      boolean unit = s.op.boolAttribute("unit_diagonal", false);
      Value da = s.e.triangle(s.dxOrZeros(0), lower, unit);
      Value opA =
          switch (s.op.keyword("transpose_a", "NO_TRANSPOSE")) {
            case "TRANSPOSE" -> s.e.swap(da);
            case "ADJOINT" -> s.e.adjoint(da);
            default -> da;
          };
      Value product = left ? s.e.matmul(opA, s.y()) : s.e.matmul(s.y(), opA);
      right = right == null ? s.b.negate(product) : s.b.subtract(right, product);
    }
    return right == null ? null : s.again(s.x(0), right);
  }
}
