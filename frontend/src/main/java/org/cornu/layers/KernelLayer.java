package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.activations.Activation;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * A layer with a kernel, a bias and an activation: the setters that Dense and the convolutions
 * share.
 *
 * @param <L> the layer class itself
 */
public abstract class KernelLayer<L extends KernelLayer<L>> extends Layer<L> {
  KernelLayer(Spec spec) {
    super(spec);
  }

  /** Applied to the output; default linear. */
  @CanIgnoreReturnValue
  public final L activation(Activation value) {
    return set(Kernel.ACTIVATION, value);
  }

  /** Applied to the output, by Keras' name. */
  @CanIgnoreReturnValue
  public final L activation(String name) {
    return activation(Registry.global().get(Activation.FAMILY, name));
  }

  /** Whether a bias is added; default true. */
  @CanIgnoreReturnValue
  public final L useBias(boolean value) {
    return set(Kernel.USE_BIAS, value);
  }

  /** Initial values of the kernel; default Glorot uniform. */
  @CanIgnoreReturnValue
  public final L kernelInitializer(Initializer value) {
    return set(Kernel.KERNEL_INITIALIZER, value);
  }

  /** Initial values of the kernel, by Keras' name. */
  @CanIgnoreReturnValue
  public final L kernelInitializer(String name) {
    return kernelInitializer(Registry.global().get(Initializer.FAMILY, name));
  }

  /** Initial values of the bias; default zeros. */
  @CanIgnoreReturnValue
  public final L biasInitializer(Initializer value) {
    return set(Kernel.BIAS_INITIALIZER, value);
  }

  /** Initial values of the bias, by Keras' name. */
  @CanIgnoreReturnValue
  public final L biasInitializer(String name) {
    return biasInitializer(Registry.global().get(Initializer.FAMILY, name));
  }

  /** Penalty on the kernel. */
  @CanIgnoreReturnValue
  public final L kernelRegularizer(@Nullable Regularizer value) {
    return set(Kernel.KERNEL_REGULARIZER, value);
  }

  /** Penalty on the bias. */
  @CanIgnoreReturnValue
  public final L biasRegularizer(@Nullable Regularizer value) {
    return set(Kernel.BIAS_REGULARIZER, value);
  }

  /** Penalty on the output, divided by the batch size. */
  @CanIgnoreReturnValue
  public final L activityRegularizer(@Nullable Regularizer value) {
    return set(Kernel.ACTIVITY_REGULARIZER, value);
  }

  /** Projection of the kernel after each update. */
  @CanIgnoreReturnValue
  public final L kernelConstraint(@Nullable Constraint value) {
    return set(Kernel.KERNEL_CONSTRAINT, value);
  }

  /** Projection of the bias after each update. */
  @CanIgnoreReturnValue
  public final L biasConstraint(@Nullable Constraint value) {
    return set(Kernel.BIAS_CONSTRAINT, value);
  }
}
