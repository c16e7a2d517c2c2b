package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * Fully connected: {@code y = activation(x · kernel + bias)} over the last dimension; x {@code
 * [..., in]}, kernel {@code [in, units]}, bias {@code [units]}.
 */
public final class Dense extends AdaptableLayer<Dense> {
  private static final Option<Integer> UNITS = Option.integer("units").required().positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "Dense")
          .base(OPTIONS)
          .options(
              UNITS,
              Kernel.ACTIVATION,
              Kernel.USE_BIAS,
              Kernel.KERNEL_INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Kernel.KERNEL_REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              Lora.RANK,
              Lora.ALPHA,
              QUANTIZATION_CONFIG)
          .create(Dense::new);

  private Dense() {
    super(SPEC);
  }

  /** With this number of outputs. */
  @CanIgnoreReturnValue
  public Dense(int units) {
    this();
    set(UNITS, units);
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() < 2) {
      throw new OpException(
          name() + ": the input must have a batch and a feature dimension: got shape " + input);
    }
    long units = get(UNITS);
    buildKernel(
        Shape.of(input.dim(-1), units), ScaleLayout.dense(), get(Kernel.KERNEL_INITIALIZER));
    bias = addBias(units);
    buildConfiguredLora();
  }

  @Override
  Tensor product(Tensor x, Tensor weights) {
    return Np.matmul(x, weights);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (x.shape().dim(-1) != kernelShape().dim(0)) {
      throw new OpException(
          name()
              + ": the last dimension of the input must be "
              + kernelShape().dim(0)
              + ", for which the layer was built: got "
              + x.type().brief(),
          "pass inputs like the first one, or make another layer for these");
    }
    return finish(kernelProduct(x));
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
