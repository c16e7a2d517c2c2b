package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What all convolutions share: strides, padding, layout, dilation, bias and activation.
 *
 * @param <L> the layer class itself
 */
public abstract class ConvLayer<L extends ConvLayer<L>> extends BiasedLayer<L> {
  static final Option<Integer> FILTERS = Option.integer("filters").required().positive();
  static final Option<String> PADDING = Option.string("padding");
  static final Option<String> DATA_FORMAT =
      Option.choice("data_format", "channels_last", "channels_first")
          .defaultTo("channels_last")
          .nullMeans("channels_last");

  final int rank;
  private @Nullable Variable bias;

  ConvLayer(Spec spec, int rank) {
    super(spec);
    this.rank = rank;
  }

  static Option<List<Integer>> kernelSize(int rank) {
    return Option.ints("kernel_size", rank).required().positive();
  }

  static Option<List<Integer>> strides(int rank) {
    return Option.ints("strides", rank).defaultTo(1).positive();
  }

  static Option<List<Integer>> dilation(int rank) {
    return Option.ints("dilation_rate", rank).defaultTo(1).positive();
  }

  static Option<String> paddings(String... allowed) {
    return Option.choice("padding", allowed).defaultTo("valid");
  }

  /** One number for every spatial dimension, or one for each. */
  static List<Integer> sizes(int rank, int... values) {
    if (values.length == 1) {
      return Collections.nCopies(rank, values[0]);
    }
    if (values.length != rank) {
      throw new ConfigException(
          "a size of a layer of "
              + rank
              + " spatial dimensions must be one number or "
              + rank
              + ": got "
              + Arrays.toString(values));
    }
    return Arrays.stream(values).boxed().toList();
  }

  static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Steps of the kernel; default 1. */
  @CanIgnoreReturnValue
  public final L strides(int... values) {
    return set(strides(rank), sizes(rank, values));
  }

  /** {@code valid} or {@code same}; {@code causal} for Conv1D. */
  @CanIgnoreReturnValue
  public final L padding(String value) {
    return set(PADDING, value);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return set(DATA_FORMAT, value);
  }

  /** Distances between kernel elements; default 1. */
  @CanIgnoreReturnValue
  public final L dilationRate(int... values) {
    return set(dilation(rank), sizes(rank, values));
  }

  final DataFormat format() {
    return DataFormat.of(get(DATA_FORMAT));
  }

  final ConvOptions convOptions() {
    return ConvOptions.DEFAULT
        .strides(ints(get(strides(rank))))
        .dilation(ints(get(dilation(rank))))
        .padding(Padding.of(get(PADDING)))
        .format(format());
  }

  /** Channels of an input of this shape. */
  final long channels(Shape input) {
    requireRank(this, input, rank);
    return input.dim(format().channelAxis(rank + 2));
  }

  /** Keras has no convolutions that both skip places and spread their kernel. */
  static void requireStridesOrDilation(Layer<?> layer, int rank) {
    List<Integer> strides = layer.get(strides(rank));
    List<Integer> dilation = layer.get(dilation(rank));
    if (Collections.max(strides) > 1 && Collections.max(dilation) > 1) {
      throw new OpException(
          layer.name()
              + ": strides and dilation_rate must not both be above 1: got strides "
              + strides
              + " and dilation_rate "
              + dilation,
          "leave one of them at 1");
    }
  }

  static void requireRank(Layer<?> layer, Shape input, int rank) {
    if (input.rank() != rank + 2) {
      throw new OpException(
          layer.name()
              + ": the input must have "
              + (rank + 2)
              + " dimensions (batch, "
              + rank
              + " spatial, channels): got shape "
              + input,
          "add the missing dimension: Np.expandDims(x, 0) for the batch, (x, -1) for channels");
    }
  }

  /** The kernel's sizes and two more dimensions. */
  final Shape kernelShape(long first, long second) {
    long[] dims = new long[rank + 2];
    List<Integer> size = get(kernelSize(rank));
    for (int i = 0; i < rank; i++) {
      dims[i] = size.get(i);
    }
    dims[rank] = first;
    dims[rank + 1] = second;
    return Shape.of(dims);
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    requireBuiltSize(inputs.get(0).shape(), format().channelAxis(rank + 2));
    return super.callAll(inputs, call);
  }

  final void buildBias(long outputs) {
    bias = addBias(outputs);
  }

  /** Adds the bias and applies the activation. */
  final Tensor finish(Tensor y) {
    Variable offset = bias;
    Tensor sum = offset == null ? y : Np.add(y, channelwise(offset.value(), y.rank(), format()));
    return get(Kernel.ACTIVATION).apply(sum);
  }

  /** A vector over the channels of tensors of this rank. */
  static Tensor channelwise(Tensor vector, int rank, DataFormat format) {
    if (format == DataFormat.CHANNELS_LAST) {
      return vector;
    }
    long[] dims = new long[rank - 1];
    Arrays.fill(dims, 1);
    dims[0] = vector.count();
    return Np.reshape(vector, dims);
  }
}
