package org.cornu.optim;

import java.util.Map;
import org.cornu.tracer.Tensor;

/**
 * The state of an {@link UpdateRule} over a tree.
 *
 * @param step updates done so far, scalar i32
 * @param slots by path of the parameter, then by name of the slot
 * @param shared scalars of all parameters, by name
 */
public record RuleState(
    Tensor step, Map<String, Map<String, Tensor>> slots, Map<String, Tensor> shared) {}
