package org.cornu.ops;

/**
 * StableHLO's operations on tensors under JAX's names: strict (equal shapes and types, no implicit
 * broadcasting or promotion), with explicit dimension numbers. For everyday work use {@code Np}.
 *
 * <p>Operands are checked when the operation is recorded; an error names the violated constraint of
 * the StableHLO specification and the user's line.
 */
public final class Lax extends LaxCollective {
  private Lax() {}
}
