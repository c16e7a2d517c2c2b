package org.cornu.tracer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tensors without values outside any trace: the result of {@link Transforms#evalShape}, and the
 * symbolic tensors of a functional model, which remember through a {@link Node} how they were made.
 */
public final class Symbolic {
  private Symbolic() {}

  /** How a symbolic tensor was made; the layer library implements it. */
  public interface Node {
    /** Records operations applied to symbolic tensors. */
    Handler handler();

    /** Records operations applied to symbolic tensors. */
    interface Handler {
      /** The symbolic results of an operation. */
      List<Tensor> apply(Dispatch.EmitMany emit, Tensor[] operands);
    }
  }

  static Node.@Nullable Handler handler(Tensor[] operands) {
    for (Tensor operand : operands) {
      Node node = operand.symbolicNode();
      if (node != null) {
        return node.handler();
      }
    }
    return null;
  }
}
