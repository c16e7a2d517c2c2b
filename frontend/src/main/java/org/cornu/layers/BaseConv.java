package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A convolution over {@code rank} spatial dimensions; kernel {@code [spatial…, in / groups,
 * filters]}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseConv<L extends BaseConv<L>> extends KernelLayer<L> {
  static final Option<Integer> FILTERS = Option.integer("filters").required().positive();
  static final Option<String> DATA_FORMAT =
      Option.choice("data_format", "channels_last", "channels_first")
          .defaultTo("channels_last")
          .nullMeans("channels_last");
  static final Option<Integer> GROUPS = Option.integer("groups").defaultTo(1).positive();

  private final int rank;
  private @Nullable Variable kernel;
  private @Nullable Variable bias;

  BaseConv(Spec spec, int rank) {
    super(spec);
    this.rank = rank;
  }

  /** The table of a convolution of this rank. */
  static Spec spec(String className, int rank, String... paddings) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(
            FILTERS,
            kernelSize(rank),
            strides(rank),
            Option.choice("padding", paddings).defaultTo("valid"),
            DATA_FORMAT,
            dilation(rank),
            GROUPS,
            Kernel.ACTIVATION,
            Kernel.USE_BIAS,
            Kernel.KERNEL_INITIALIZER,
            Kernel.BIAS_INITIALIZER,
            Kernel.KERNEL_REGULARIZER,
            Kernel.BIAS_REGULARIZER,
            Kernel.ACTIVITY_REGULARIZER,
            Kernel.KERNEL_CONSTRAINT,
            Kernel.BIAS_CONSTRAINT);
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

  static final Option<String> PADDING = Option.string("padding");

  /** One number for every spatial dimension, or one for each. */
  static List<Integer> sizes(int rank, int... values) {
    if (values.length == 1) {
      return java.util.Collections.nCopies(rank, values[0]);
    }
    if (values.length != rank) {
      throw new ConfigException("takes 1 or " + rank + " numbers, got " + Arrays.toString(values));
    }
    return Arrays.stream(values).boxed().toList();
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

  /** Groups of channels that are convolved apart; default 1. */
  @CanIgnoreReturnValue
  public final L groups(int value) {
    return set(GROUPS, value);
  }

  static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private DataFormat format() {
    return DataFormat.of(get(DATA_FORMAT));
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() != rank + 2) {
      throw new OpException(
          name()
              + ": the input must have "
              + (rank + 2)
              + " dimensions (batch, "
              + rank
              + " spatial, channels): got shape "
              + input);
    }
    long channels = input.dim(format().channelAxis(rank + 2));
    int groups = get(GROUPS);
    int filters = get(FILTERS);
    if (channels % groups != 0 || filters % groups != 0) {
      throw new OpException(
          name()
              + ": channels and filters must be divisible by groups: got "
              + channels
              + " channels, "
              + filters
              + " filters, "
              + groups
              + " groups");
    }
    long[] dims = new long[rank + 2];
    List<Integer> size = get(kernelSize(rank));
    for (int i = 0; i < rank; i++) {
      dims[i] = size.get(i);
    }
    dims[rank] = channels / groups;
    dims[rank + 1] = filters;
    kernel =
        addWeight(
            "kernel",
            Shape.of(dims),
            get(Kernel.KERNEL_INITIALIZER),
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
    if (get(Kernel.USE_BIAS)) {
      bias =
          addWeight(
              "bias",
              Shape.of(filters),
              get(Kernel.BIAS_INITIALIZER),
              getOrNull(Kernel.BIAS_REGULARIZER),
              getOrNull(Kernel.BIAS_CONSTRAINT));
    }
    penalizeActivity(getOrNull(Kernel.ACTIVITY_REGULARIZER));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    ConvOptions options =
        ConvOptions.DEFAULT
            .strides(ints(get(strides(rank))))
            .dilation(ints(get(dilation(rank))))
            .padding(Padding.of(get(PADDING)))
            .format(format());
    Tensor y = Nn.conv(x, java.util.Objects.requireNonNull(kernel).value(), options);
    Variable offset = bias;
    if (offset != null) {
      y = Np.add(y, channelwise(offset.value(), y.rank(), format()));
    }
    return get(Kernel.ACTIVATION).apply(y);
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
