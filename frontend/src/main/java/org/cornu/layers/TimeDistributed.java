package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** A layer applied to each time step of {@code [batch, time, ...]}. */
public final class TimeDistributed extends Wrapper<TimeDistributed> {
  static final Spec SPEC =
      Spec.of("keras.layers", "TimeDistributed")
          .base(OPTIONS)
          .options(LAYER)
          .create(TimeDistributed::new);

  private TimeDistributed() {
    super(SPEC);
  }

  /** Of this layer. */
  public TimeDistributed(Layer<?> layer) {
    this();
    set(LAYER, layer);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 3) {
      throw new OpException(name() + ": the input must be [batch, time, ...]: got shape " + input);
    }
    long[] dims = new long[input.rank() - 1];
    dims[0] = input.dim(0);
    for (int d = 1; d < dims.length; d++) {
      dims[d] = input.dim(d + 1);
    }
    super.build(Shape.of(dims));
  }

  /** Step after step, as in Keras: a layer with state, such as a batch norm, sees every step. */
  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor steps = Np.swapaxes(x, 0, 1);
    Tensor mask = call.maskOf(0);
    Tensor maskSteps = mask == null ? null : Np.swapaxes(mask, 0, 1);
    List<Tensor> out = new ArrayList<>();
    for (int t = 0; t < steps.size(0); t++) {
      Tensor stepMask = maskSteps == null ? null : maskSteps.get(t);
      out.add(layer().applyWith(steps.get(t), Call.DEFAULT.mask(stepMask)));
    }
    return typed(Np.stack(out, 1));
  }

  /**
   * Under a mixed policy the weights of the layer inside are cast to this layer's type, as Keras'
   * autocast does; else the wider of the two types results.
   */
  private Tensor typed(Tensor y) {
    DType compute = computeDType();
    if (!y.dtype().isFloat() || !compute.isFloat()) {
      return y;
    }
    boolean mixed = compute != policy().variable();
    return Np.cast(y, mixed ? compute : Promotion.result(y.dtype(), compute));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
