package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.activations.Activation;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.jspecify.annotations.Nullable;

/**
 * A layer with a bias and an activation: their options and setters.
 *
 * @param <L> the layer class itself
 */
public abstract class BiasedLayer<L extends BiasedLayer<L>> extends Layer<L> {
  BiasedLayer(Spec spec) {
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

  /** Penalty on the bias. */
  @CanIgnoreReturnValue
  public final L biasRegularizer(@Nullable Regularizer value) {
    return set(Kernel.BIAS_REGULARIZER, value);
  }

  /** Projection of the bias after each update. */
  @CanIgnoreReturnValue
  public final L biasConstraint(@Nullable Constraint value) {
    return set(Kernel.BIAS_CONSTRAINT, value);
  }

  /** The bias of the options, or null where there is none. */
  final @Nullable Variable addBias(long... dims) {
    return get(Kernel.USE_BIAS) ? addBiasOf(Shape.of(dims)) : null;
  }

  final Variable addBiasOf(Shape shape) {
    return addWeight(
        "bias",
        shape,
        get(Kernel.BIAS_INITIALIZER),
        getOrNull(Kernel.BIAS_REGULARIZER),
        getOrNull(Kernel.BIAS_CONSTRAINT));
  }
}
