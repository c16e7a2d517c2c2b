package org.cornu.tracer;

/** The value of a traced tensor was asked for, which exists only when the program runs. */
public final class ConcretizationException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  ConcretizationException(Tensor tensor, String what) {
    super(
        what
            + ": the value of a traced tensor "
            + tensor.type().brief()
            + " is not known while "
            + tensor.traceName()
            + " is traced"
            + UserFrame.suffix()
            + "\n  hint: use Np.where or Lax.cond in place of if, Lax.whileLoop in place of while;"
            + " or pass the value as a static (non-tensor) argument");
  }
}
