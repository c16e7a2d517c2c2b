package org.cornu.tracer.autodiff;

import org.cornu.stablehlo.ir.Func;

/**
 * A function together with its directional derivative.
 *
 * @param func {@code (args…, tangents of the active args…) -> (results…, tangents of the active
 *     results…)}; a tangent has the type of its value
 * @param activeResults which results have a tangent: those of real or complex floating-point type
 *     that depend on an active argument
 */
@SuppressWarnings("ArrayRecordComponent")
public record JvpResult(Func func, boolean[] activeResults) {}
