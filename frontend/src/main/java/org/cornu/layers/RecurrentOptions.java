package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Registry;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * The setters that recurrent layers with a cell of their own, convolutional ones too, share with
 * those cells.
 *
 * @param <L> the class of the layer or cell itself
 */
public interface RecurrentOptions<L extends Layer<L>> {
  /** Applied to the output; default tanh. */
  @CanIgnoreReturnValue
  default L activation(org.cornu.activations.Activation value) {
    return Recurrent.set(this, Kernel.ACTIVATION, value);
  }

  /** Applied to the output, by Keras' name. */
  @CanIgnoreReturnValue
  default L activation(String name) {
    return activation(Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }

  /** Whether a bias is added; default true. */
  @CanIgnoreReturnValue
  default L useBias(boolean value) {
    return Recurrent.set(this, Kernel.USE_BIAS, value);
  }

  /** Initial weights of the inputs; default Glorot uniform. */
  @CanIgnoreReturnValue
  default L kernelInitializer(Initializer value) {
    return Recurrent.set(this, Kernel.KERNEL_INITIALIZER, value);
  }

  /** Initial weights of the states; default orthogonal. */
  @CanIgnoreReturnValue
  default L recurrentInitializer(Initializer value) {
    return Recurrent.set(this, Recurrent.INITIALIZER, value);
  }

  /** Initial bias; default zeros. */
  @CanIgnoreReturnValue
  default L biasInitializer(Initializer value) {
    return Recurrent.set(this, Kernel.BIAS_INITIALIZER, value);
  }

  /** Penalty on the weights of the inputs. */
  @CanIgnoreReturnValue
  default L kernelRegularizer(@Nullable Regularizer value) {
    return Recurrent.set(this, Kernel.KERNEL_REGULARIZER, value);
  }

  /** Penalty on the weights of the states. */
  @CanIgnoreReturnValue
  default L recurrentRegularizer(@Nullable Regularizer value) {
    return Recurrent.set(this, Recurrent.REGULARIZER, value);
  }

  /** Penalty on the bias. */
  @CanIgnoreReturnValue
  default L biasRegularizer(@Nullable Regularizer value) {
    return Recurrent.set(this, Kernel.BIAS_REGULARIZER, value);
  }

  /** Projection of the weights of the inputs after each update. */
  @CanIgnoreReturnValue
  default L kernelConstraint(@Nullable Constraint value) {
    return Recurrent.set(this, Kernel.KERNEL_CONSTRAINT, value);
  }

  /** Projection of the weights of the states after each update. */
  @CanIgnoreReturnValue
  default L recurrentConstraint(@Nullable Constraint value) {
    return Recurrent.set(this, Recurrent.CONSTRAINT, value);
  }

  /** Projection of the bias after each update. */
  @CanIgnoreReturnValue
  default L biasConstraint(@Nullable Constraint value) {
    return Recurrent.set(this, Kernel.BIAS_CONSTRAINT, value);
  }

  /** Share of the inputs dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  default L dropout(double value) {
    return Recurrent.set(this, Recurrent.DROPOUT, value);
  }

  /** Share of the states dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  default L recurrentDropout(double value) {
    return Recurrent.set(this, Recurrent.RECURRENT_DROPOUT, value);
  }

  /** Seed of what is dropped; default a random one. */
  @CanIgnoreReturnValue
  default L seed(long value) {
    return Recurrent.set(this, RandomLayer.SEED, value);
  }
}
