package org.cornu.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** One step of {@link BaseConvLstm}: an LSTM whose products are convolutions. */
final class ConvLstmCell extends RnnCell<ConvLstmCell> {
  private final int rank;
  private @Nullable Variable kernel;
  private @Nullable Variable recurrentKernel;
  private @Nullable Variable bias;
  private @Nullable SeedGenerator seeds;
  private List<Tensor> inputMasks = List.of();
  private List<Tensor> stateMasks = List.of();

  ConvLstmCell(int rank) {
    super(spec(rank));
    this.rank = rank;
  }

  private static Spec spec(int rank) {
    return Spec.internal("keras.src.layers.rnn.conv_lstm", "ConvLSTMCell")
        .base(OPTIONS)
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
            Kernel.KERNEL_CONSTRAINT,
            Recurrent.CONSTRAINT,
            Kernel.BIAS_CONSTRAINT,
            Recurrent.DROPOUT,
            Recurrent.RECURRENT_DROPOUT,
            RandomLayer.SEED);
  }

  private DataFormat format() {
    return DataFormat.of(get(ConvLayer.DATA_FORMAT));
  }

  private int filters() {
    return get(ConvLayer.FILTERS);
  }

  @Override
  protected List<Integer> stateSizes() {
    return List.of(filters(), filters());
  }

  @Override
  boolean outputIsState() {
    return true;
  }

  private Shape kernelShape(long channels) {
    long[] dims = new long[rank + 2];
    for (int i = 0; i < rank; i++) {
      dims[i] = get(ConvLayer.kernelSize(rank)).get(i);
    }
    dims[rank] = channels;
    dims[rank + 1] = 4L * filters();
    return Shape.of(dims);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireStridesOrDilation(this, rank);
    ConvLayer.requireRank(this, input, rank);
    kernel =
        addWeight(
            "kernel",
            kernelShape(input.dim(format().channelAxis(rank + 2))),
            get(Kernel.KERNEL_INITIALIZER),
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
    recurrentKernel =
        addWeight(
            "recurrent_kernel",
            kernelShape(filters()),
            get(Recurrent.INITIALIZER),
            getOrNull(Recurrent.REGULARIZER),
            getOrNull(Recurrent.CONSTRAINT));
    if (get(Kernel.USE_BIAS)) {
      Initializer start = get(Kernel.BIAS_INITIALIZER);
      bias =
          addWeight(
              "bias",
              Shape.of(4L * filters()),
              get(Recurrent.UNIT_FORGET_BIAS) ? new ForgetBias(start) : start,
              getOrNull(Kernel.BIAS_REGULARIZER),
              getOrNull(Kernel.BIAS_CONSTRAINT));
    }
    seeds = addSeedGenerator(getOrNull(RandomLayer.SEED));
  }

  @Override
  protected List<Tensor> initialStates(Tensor x) {
    long[] dims = x.shape().dims();
    dims[format().channelAxis(rank + 2)] = filters();
    for (int i = 0; i < rank; i++) {
      int axis = format().spatialAxis(i);
      long stride = get(ConvLayer.strides(rank)).get(i);
      long dilation = get(ConvLayer.dilation(rank)).get(i);
      long reach = (get(ConvLayer.kernelSize(rank)).get(i) - 1L) * dilation + 1;
      dims[axis] =
          get(ConvLayer.PADDING).equals("same")
              ? (dims[axis] + stride - 1) / stride
              : (dims[axis] - reach) / stride + 1;
    }
    Tensor zeros = Np.zeros(computeDType(), dims);
    return List.of(zeros, zeros);
  }

  @Override
  void drawMasks(Tensor x, List<Tensor> states) {
    inputMasks = masks(x, get(Recurrent.DROPOUT));
    stateMasks = masks(states.get(0), get(Recurrent.RECURRENT_DROPOUT));
  }

  private List<Tensor> masks(Tensor x, double rate) {
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; rate > 0 && i < 4; i++) {
      Tensor key = Objects.requireNonNull(seeds).next();
      out.add(RandomLayer.dropout(Lax.fullLike(x, 1), key, rate, x.shape().dims()));
    }
    return out;
  }

  @Override
  void dropMasks() {
    inputMasks = List.of();
    stateMasks = List.of();
  }

  private Tensor convolved(Tensor x, Tensor weights, List<Tensor> masks, ConvOptions options) {
    if (masks.isEmpty()) {
      return conv(x, weights, options);
    }
    List<Tensor> out = new ArrayList<>();
    List<Tensor> parts = Np.split(weights, 4, -1);
    for (int i = 0; i < 4; i++) {
      out.add(conv(Np.multiply(x, masks.get(i)), parts.get(i), options));
    }
    return Np.concatenate(
        out, out.get(0).rank() - (format() == DataFormat.CHANNELS_LAST ? 1 : rank + 1));
  }

  /** Convolution of {@code [batch, ...]}, or of {@code [time, batch, ...]} as one batch. */
  private Tensor conv(Tensor x, Tensor weights, ConvOptions options) {
    int leading = x.rank() - rank - 1;
    if (leading == 1) {
      return Nn.conv(x, weights, options);
    }
    long[] dims = x.shape().dims();
    long[] folded = Arrays.copyOfRange(dims, leading - 1, dims.length);
    folded[0] = dims[0] * dims[1];
    Tensor y = Nn.conv(Np.reshape(x, folded), weights, options);
    long[] out = new long[y.rank() + 1];
    out[0] = dims[0];
    out[1] = dims[1];
    System.arraycopy(y.shape().dims(), 1, out, 2, y.rank() - 1);
    return Np.reshape(y, out);
  }

  @Override
  protected Tensor project(Tensor x, boolean training) {
    ConvOptions options =
        ConvOptions.DEFAULT
            .strides(ConvLayer.ints(get(ConvLayer.strides(rank))))
            .dilation(ConvLayer.ints(get(ConvLayer.dilation(rank))))
            .padding(Padding.of(get(ConvLayer.PADDING)))
            .format(format());
    Tensor y =
        convolved(
            x, Objects.requireNonNull(kernel).value(), training ? inputMasks : List.of(), options);
    Variable offset = bias;
    return offset == null
        ? y
        : Np.add(y, ConvLayer.channelwise(offset.value(), rank + 2, format()));
  }

  @Override
  protected Advance step(Tensor x, List<Tensor> states, boolean training) {
    ConvOptions same = ConvOptions.DEFAULT.padding(Padding.SAME).format(format());
    Tensor inner =
        convolved(
            states.get(0),
            Objects.requireNonNull(recurrentKernel).value(),
            training ? stateMasks : List.of(),
            same);
    List<Tensor> z = Np.split(Np.add(x, inner), 4, format().channelAxis(rank + 2));
    var gates = get(Recurrent.RECURRENT_ACTIVATION);
    var squash = get(Recurrent.ACTIVATION);
    Tensor c =
        Np.add(
            Np.multiply(gates.apply(z.get(1)), states.get(1)),
            Np.multiply(gates.apply(z.get(0)), squash.apply(z.get(2))));
    Tensor h = Np.multiply(gates.apply(z.get(3)), squash.apply(c));
    return new Advance(h, List.of(h, c));
  }
}
