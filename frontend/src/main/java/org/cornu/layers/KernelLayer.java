package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A layer with a kernel, a bias and an activation: the setters that Dense, EinsumDense and the
 * attention layers share.
 *
 * @param <L> the layer class itself
 */
public abstract class KernelLayer<L extends KernelLayer<L>> extends BiasedLayer<L> {
  KernelLayer(Spec spec) {
    super(spec);
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

  /** Penalty on the kernel. */
  @CanIgnoreReturnValue
  public final L kernelRegularizer(@Nullable Regularizer value) {
    return set(Kernel.KERNEL_REGULARIZER, value);
  }

  /** Projection of the kernel after each update. */
  @CanIgnoreReturnValue
  public final L kernelConstraint(@Nullable Constraint value) {
    return set(Kernel.KERNEL_CONSTRAINT, value);
  }

  /** The kernel of the options. */
  final Variable addKernel(String name, Shape shape) {
    return addWeight(
        name,
        shape,
        get(Kernel.KERNEL_INITIALIZER),
        getOrNull(Kernel.KERNEL_REGULARIZER),
        getOrNull(Kernel.KERNEL_CONSTRAINT));
  }
}
