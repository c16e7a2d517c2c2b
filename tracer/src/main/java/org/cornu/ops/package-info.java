/**
 * Operations on tensors in families: {@link org.cornu.ops.Lax} (StableHLO's own ops, strict about
 * shapes and types), {@code Np} (NumPy's functions with broadcasting and promotion), {@code Nn},
 * {@code Linalg}, {@code Fft}, {@code Image}, {@code Random}. One implementation each; {@link
 * org.cornu.tracer.Tensor}'s methods delegate here. A family that is long is split into
 * package-private parts that the public class extends.
 */
@NullMarked
package org.cornu.ops;

import org.jspecify.annotations.NullMarked;
