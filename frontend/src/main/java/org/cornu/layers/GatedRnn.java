package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer with a cell of its own: the setters that SimpleRNN, GRU, LSTM and the
 * convolutional LSTMs share.
 *
 * @param <L> the layer class itself
 */
public abstract class GatedRnn<L extends GatedRnn<L>> extends BaseRnn<L> {
  GatedRnn(Spec spec) {
    super(spec);
  }

  /** Applied to the output; default tanh. */
  @CanIgnoreReturnValue
  public final L activation(org.cornu.activations.Activation value) {
    return set(Kernel.ACTIVATION, value);
  }

  /** Applied to the output, by Keras' name. */
  @CanIgnoreReturnValue
  public final L activation(String name) {
    return activation(Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }

  /** Whether a bias is added; default true. */
  @CanIgnoreReturnValue
  public final L useBias(boolean value) {
    return set(Kernel.USE_BIAS, value);
  }

  /** Initial weights of the inputs; default Glorot uniform. */
  @CanIgnoreReturnValue
  public final L kernelInitializer(Initializer value) {
    return set(Kernel.KERNEL_INITIALIZER, value);
  }

  /** Initial weights of the states; default orthogonal. */
  @CanIgnoreReturnValue
  public final L recurrentInitializer(Initializer value) {
    return set(Recurrent.INITIALIZER, value);
  }

  /** Initial bias; default zeros. */
  @CanIgnoreReturnValue
  public final L biasInitializer(Initializer value) {
    return set(Kernel.BIAS_INITIALIZER, value);
  }

  /** Penalty on the weights of the inputs. */
  @CanIgnoreReturnValue
  public final L kernelRegularizer(@Nullable Regularizer value) {
    return set(Kernel.KERNEL_REGULARIZER, value);
  }

  /** Penalty on the weights of the states. */
  @CanIgnoreReturnValue
  public final L recurrentRegularizer(@Nullable Regularizer value) {
    return set(Recurrent.REGULARIZER, value);
  }

  /** Penalty on the bias. */
  @CanIgnoreReturnValue
  public final L biasRegularizer(@Nullable Regularizer value) {
    return set(Kernel.BIAS_REGULARIZER, value);
  }

  /** Projection of the weights of the inputs after each update. */
  @CanIgnoreReturnValue
  public final L kernelConstraint(@Nullable Constraint value) {
    return set(Kernel.KERNEL_CONSTRAINT, value);
  }

  /** Projection of the weights of the states after each update. */
  @CanIgnoreReturnValue
  public final L recurrentConstraint(@Nullable Constraint value) {
    return set(Recurrent.CONSTRAINT, value);
  }

  /** Projection of the bias after each update. */
  @CanIgnoreReturnValue
  public final L biasConstraint(@Nullable Constraint value) {
    return set(Kernel.BIAS_CONSTRAINT, value);
  }

  /** Share of the inputs dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  public final L dropout(double value) {
    return set(Recurrent.DROPOUT, value);
  }

  /** Share of the states dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  public final L recurrentDropout(double value) {
    return set(Recurrent.RECURRENT_DROPOUT, value);
  }

  /** Seed of what is dropped; default a random one. */
  @CanIgnoreReturnValue
  public final L seed(long value) {
    return set(RandomLayer.SEED, value);
  }
}
