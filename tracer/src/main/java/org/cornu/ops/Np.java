package org.cornu.ops;

/**
 * NumPy's functions under NumPy's names in camelCase, with broadcasting and type promotion ({@link
 * Promotion}). Axes count from the end when negative; where several axes can be given, none means
 * all.
 *
 * <pre>{@code
 * Tensor scores = Np.matmul(q, Np.swapaxes(k, -1, -2));
 * Tensor distance = Np.sqrt(Np.sum(Np.square(Np.subtract(a, b)), -1));
 * }</pre>
 *
 * <p>The functions stand in parts by subject: elementwise, arithmetic, logic, shape, creation,
 * reduction, cumulative, products, indexing, sorting, statistics, padding, segments, polynomials,
 * interpolation and sets.
 */
public final class Np extends NpNumeric {
  private Np() {}
}
