package org.cornu.tracer;

/**
 * A scalar and its gradient.
 *
 * @param value the scalar
 * @param grad its gradient, of the structure of the argument
 */
public record ValueAndGrad<A>(Tensor value, A grad) {}
