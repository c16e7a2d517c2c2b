package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;

/** Operations on symbolic tensors, {@code x.add(y)}: each becomes a layer of the graph. */
final class SymbolicOps {
  private SymbolicOps() {}

  static List<Tensor> apply(Dispatch.EmitMany emit, Tensor[] operands) {
    return new Operation(emit).applyAll(Arrays.asList(operands), Call.DEFAULT);
  }

  /** A layer around an operation. It can be run and differentiated; it has no file form. */
  private static final class Operation extends Layer<Operation> {
    private static final Spec SPEC = Spec.custom("cornu", "Operation").base(Layer.OPTIONS);

    private final Dispatch.EmitMany emit;

    Operation(Dispatch.EmitMany emit) {
      super(SPEC);
      this.emit = emit;
    }

    @Override
    protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
      return Dispatch.many(emit, inputs.toArray(new Tensor[0]));
    }
  }
}
