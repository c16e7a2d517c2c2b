/**
 * What users write with: {@link org.cornu.tracer.Tensor}, pytrees ({@link org.cornu.tracer.Trees}),
 * and the function transforms ({@link org.cornu.tracer.Transforms}: jit, grad, jvp, vmap, …). A
 * transform runs the user's function once on traced tensors, which record StableHLO ({@link
 * org.cornu.tracer.Trace}), and then works on that graph. Start reading at {@link
 * org.cornu.tracer.Transforms}. Operations on tensors live in {@code org.cornu.ops}.
 */
@NullMarked
package org.cornu.tracer;

import org.jspecify.annotations.NullMarked;
