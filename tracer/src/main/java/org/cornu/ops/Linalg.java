package org.cornu.ops;

/**
 * Linear algebra on stacks of matrices {@code [..., m, n]}. Factorizations are programs of
 * StableHLO operations, so they run on every device, in batches, and have derivatives. They compute
 * in f32, f64 or complex; narrower types are widened and rounded.
 *
 * <pre>{@code
 * Tensor x = Linalg.solve(a, b);
 * Linalg.Svd svd = Linalg.svd(a, false);
 * }</pre>
 */
public final class Linalg extends LinalgNorm {
  private Linalg() {}
}
