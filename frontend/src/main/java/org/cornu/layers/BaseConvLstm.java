package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/**
 * An LSTM whose products are convolutions over {@code rank} spatial dimensions; input {@code
 * [batch, time, spatial…, channels]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseConvLstm<L extends BaseConvLstm<L>> extends BaseRnn<L> {
  private final int rank;

  BaseConvLstm(Spec spec, int rank) {
    super(spec);
    this.rank = rank;
  }

  /** The table of a layer of this rank. */
  static Spec spec(String className, int rank) {
    return Spec.of("keras.layers", className)
        .base(Recurrent.BASE)
        .options(
            ConvLayer.FILTERS,
            ConvLayer.kernelSize(rank),
            ConvLayer.strides(rank),
            ConvLayer.paddings("valid", "same"),
            ConvLayer.DATA_FORMAT,
            ConvLayer.dilation(rank),
            Recurrent.ACTIVATION,
            Recurrent.RECURRENT_ACTIVATION,
            Kernel.USE_BIAS,
            Kernel.KERNEL_INITIALIZER,
            Recurrent.INITIALIZER,
            Kernel.BIAS_INITIALIZER,
            Recurrent.UNIT_FORGET_BIAS,
            Kernel.KERNEL_REGULARIZER,
            Recurrent.REGULARIZER,
            Kernel.BIAS_REGULARIZER,
            Kernel.ACTIVITY_REGULARIZER,
            Kernel.KERNEL_CONSTRAINT,
            Recurrent.CONSTRAINT,
            Kernel.BIAS_CONSTRAINT,
            Recurrent.DROPOUT,
            Recurrent.RECURRENT_DROPOUT,
            RandomLayer.SEED,
            Recurrent.RETURN_SEQUENCES,
            Recurrent.RETURN_STATE,
            Recurrent.GO_BACKWARDS,
            Recurrent.STATEFUL)
        .base(List.of(Recurrent.UNROLL));
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

  /** Applied to the gates; default sigmoid. */
  @CanIgnoreReturnValue
  public final L recurrentActivation(org.cornu.activations.Activation value) {
    return set(Recurrent.RECURRENT_ACTIVATION, value);
  }

  /** Whether the bias of the forget gate starts at 1; default true. */
  @CanIgnoreReturnValue
  public final L unitForgetBias(boolean value) {
    return set(Recurrent.UNIT_FORGET_BIAS, value);
  }

  /** Steps of the kernel; default 1. */
  @CanIgnoreReturnValue
  public final L strides(int... values) {
    return set(ConvLayer.strides(rank), ConvLayer.sizes(rank, values));
  }

  /** {@code valid} (default) or {@code same}. */
  @CanIgnoreReturnValue
  public final L padding(String value) {
    return set(ConvLayer.PADDING, value);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  /** Distances between kernel elements; default 1. */
  @CanIgnoreReturnValue
  public final L dilationRate(int... values) {
    return set(ConvLayer.dilation(rank), ConvLayer.sizes(rank, values));
  }

  @Override
  RnnCell<?> makeCell() {
    ConvLstmCell cell = new ConvLstmCell(rank);
    cell.takeOptions(this);
    return cell.name("conv_lstm_cell");
  }
}
