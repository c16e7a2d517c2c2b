package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Nn;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of each channel by itself; kernel {@code [spatial…, in, multiplier]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseDepthwiseConv<L extends BaseDepthwiseConv<L>> extends ConvLayer<L> {
  private @Nullable Variable kernel;

  BaseDepthwiseConv(Spec spec, int rank) {
    super(spec, rank);
  }

  /** The table of a depthwise convolution of this rank. */
  static Spec spec(String className, int rank) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(
            kernelSize(rank),
            strides(rank),
            paddings("valid", "same"),
            Depthwise.MULTIPLIER,
            DATA_FORMAT,
            dilation(rank),
            Kernel.ACTIVATION,
            Kernel.USE_BIAS,
            Depthwise.INITIALIZER,
            Kernel.BIAS_INITIALIZER,
            Depthwise.REGULARIZER,
            Kernel.BIAS_REGULARIZER,
            Kernel.ACTIVITY_REGULARIZER,
            Depthwise.CONSTRAINT,
            Kernel.BIAS_CONSTRAINT);
  }

  /** Filters for each channel; default 1. */
  @CanIgnoreReturnValue
  public final L depthMultiplier(int value) {
    return set(Depthwise.MULTIPLIER, value);
  }

  /** Initial values of the depthwise kernel; default Glorot uniform. */
  @CanIgnoreReturnValue
  public final L depthwiseInitializer(Initializer value) {
    return set(Depthwise.INITIALIZER, value);
  }

  /** Initial values of the depthwise kernel, by Keras' name. */
  @CanIgnoreReturnValue
  public final L depthwiseInitializer(String name) {
    return depthwiseInitializer(Registry.global().get(Initializer.FAMILY, name));
  }

  /** Penalty on the depthwise kernel. */
  @CanIgnoreReturnValue
  public final L depthwiseRegularizer(@Nullable Regularizer value) {
    return set(Depthwise.REGULARIZER, value);
  }

  /** Projection of the depthwise kernel after each update. */
  @CanIgnoreReturnValue
  public final L depthwiseConstraint(@Nullable Constraint value) {
    return set(Depthwise.CONSTRAINT, value);
  }

  @Override
  protected void build(Shape input) {
    long channels = channels(input);
    int multiplier = get(Depthwise.MULTIPLIER);
    kernel =
        addWeight(
            "kernel",
            kernelShape(channels, multiplier),
            get(Depthwise.INITIALIZER),
            getOrNull(Depthwise.REGULARIZER),
            getOrNull(Depthwise.CONSTRAINT));
    buildBias(channels * multiplier);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return finish(Nn.depthwiseConv(x, Objects.requireNonNull(kernel).value(), convOptions()));
  }
}
