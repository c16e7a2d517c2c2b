package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.Objects;
import org.cornu.config.Option;
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
 * A depthwise convolution, then one of single positions that mixes the channels.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseSeparableConv<L extends BaseSeparableConv<L>> extends ConvLayer<L> {
  private static final Option<Initializer> POINTWISE_INITIALIZER =
      Option.object("pointwise_initializer", Initializer.FAMILY).defaultTo("glorot_uniform");
  private static final Option<Regularizer> POINTWISE_REGULARIZER =
      Option.object("pointwise_regularizer", Regularizer.FAMILY).nullable();
  private static final Option<Constraint> POINTWISE_CONSTRAINT =
      Option.object("pointwise_constraint", Constraint.FAMILY).nullable();

  private @Nullable Variable depthwise;
  private @Nullable Variable pointwise;

  BaseSeparableConv(Spec spec, int rank) {
    super(spec, rank);
  }

  /** The table of a separable convolution of this rank. */
  static Spec spec(String className, int rank) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(
            FILTERS,
            kernelSize(rank),
            strides(rank),
            paddings("valid", "same"),
            DATA_FORMAT,
            dilation(rank),
            Depthwise.MULTIPLIER,
            Kernel.ACTIVATION,
            Kernel.USE_BIAS,
            Depthwise.INITIALIZER,
            POINTWISE_INITIALIZER,
            Kernel.BIAS_INITIALIZER,
            Depthwise.REGULARIZER,
            POINTWISE_REGULARIZER,
            Kernel.BIAS_REGULARIZER,
            Kernel.ACTIVITY_REGULARIZER,
            Depthwise.CONSTRAINT,
            POINTWISE_CONSTRAINT,
            Kernel.BIAS_CONSTRAINT)
        .aliases(className.replace("Conv", "Convolution"));
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

  /** Initial values of the pointwise kernel; default Glorot uniform. */
  @CanIgnoreReturnValue
  public final L pointwiseInitializer(Initializer value) {
    return set(POINTWISE_INITIALIZER, value);
  }

  /** Initial values of the pointwise kernel, by Keras' name. */
  @CanIgnoreReturnValue
  public final L pointwiseInitializer(String name) {
    return pointwiseInitializer(Registry.global().get(Initializer.FAMILY, name));
  }

  /** Penalty on the pointwise kernel. */
  @CanIgnoreReturnValue
  public final L pointwiseRegularizer(@Nullable Regularizer value) {
    return set(POINTWISE_REGULARIZER, value);
  }

  /** Projection of the pointwise kernel after each update. */
  @CanIgnoreReturnValue
  public final L pointwiseConstraint(@Nullable Constraint value) {
    return set(POINTWISE_CONSTRAINT, value);
  }

  @Override
  protected void build(Shape input) {
    long channels = channels(input);
    int multiplier = get(Depthwise.MULTIPLIER);
    int filters = get(FILTERS);
    depthwise =
        addWeight(
            "depthwise_kernel",
            kernelShape(channels, multiplier),
            get(Depthwise.INITIALIZER),
            getOrNull(Depthwise.REGULARIZER),
            getOrNull(Depthwise.CONSTRAINT));
    long[] dims = new long[rank + 2];
    Arrays.fill(dims, 1);
    dims[rank] = channels * multiplier;
    dims[rank + 1] = filters;
    pointwise =
        addWeight(
            "pointwise_kernel",
            Shape.of(dims),
            get(POINTWISE_INITIALIZER),
            getOrNull(POINTWISE_REGULARIZER),
            getOrNull(POINTWISE_CONSTRAINT));
    buildBias(filters);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return finish(
        Nn.separableConv(
            x,
            Objects.requireNonNull(depthwise).value(),
            Objects.requireNonNull(pointwise).value(),
            convOptions()));
  }
}
