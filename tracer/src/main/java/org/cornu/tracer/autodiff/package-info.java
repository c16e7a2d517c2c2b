/**
 * Differentiation of StableHLO functions, graph to graph: forward mode from one jvp rule per op,
 * reverse mode by splitting the tangent program into a known and a linear part and transposing the
 * linear one. Nothing here knows of tensors or traces. Rules of one op family stand in one file;
 * {@code JvpRules} and {@code TransposeRules} dispatch to them exhaustively. Start reading at
 * {@link org.cornu.tracer.autodiff.Differentiation}.
 */
@NullMarked
package org.cornu.tracer.autodiff;

import org.jspecify.annotations.NullMarked;
