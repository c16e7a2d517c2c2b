package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;

/**
 * An LSTM whose products are convolutions over {@code rank} spatial dimensions; input {@code
 * [batch, time, spatial…, channels]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseConvLstm<L extends BaseConvLstm<L>> extends BaseRnn<L>
    implements ForgetOptions<L> {
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
  final int channelAxis() {
    return 1 + DataFormat.of(get(ConvLayer.DATA_FORMAT)).channelAxis(rank + 2);
  }

  @Override
  RnnCell<?> makeCell() {
    ConvLstmCell cell = new ConvLstmCell(rank);
    cell.takeOptions(this);
    return cell.name("conv_lstm_cell");
  }
}
