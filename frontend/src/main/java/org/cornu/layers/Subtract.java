package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The first of two inputs less the second. */
public final class Subtract extends Merge<Subtract> {
  static final Spec SPEC = spec("Subtract").create(Subtract::new);

  /** Of inputs given as a list. */
  public Subtract() {
    super(SPEC);
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new OpException(name() + ": takes exactly 2 inputs, got " + inputs.size());
    }
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return Np.subtract(inputs.get(0), inputs.get(1));
  }
}
