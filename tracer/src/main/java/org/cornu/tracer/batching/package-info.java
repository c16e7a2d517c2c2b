/**
 * Vectorization of programs: batching rules for every op of the IR.
 *
 * <p>Every batched value carries the batch dimension at axis 0; values that are the same for the
 * whole batch stay as they are, and ops on such values are copied unchanged. The result is plain
 * StableHLO again, so it can be batched once more, differentiated, or run.
 *
 * <p>Start reading at {@link org.cornu.tracer.batching.Batching}, then {@code BatchRules} for the
 * table of rules.
 */
@NullMarked
package org.cornu.tracer.batching;

import org.jspecify.annotations.NullMarked;
