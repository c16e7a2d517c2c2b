package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Nn;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The largest or mean element of windows over {@code rank} spatial dimensions.
 *
 * @param <L> the layer class itself
 */
public abstract class BasePooling<L extends BasePooling<L>> extends Layer<L> {
  private static final Option<String> PADDING =
      Option.choice("padding", "valid", "same").defaultTo("valid");

  private final int rank;
  private final boolean largest;

  BasePooling(Spec spec, int rank, boolean largest) {
    super(spec);
    this.rank = rank;
    this.largest = largest;
  }

  /** The table of a pooling layer of this rank. */
  static Spec spec(String className, int rank) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(poolSize(rank), strides(rank), PADDING, ConvLayer.DATA_FORMAT);
  }

  /** The table of a layer whose window has no default size. */
  static Spec specWithoutDefault(String className, int rank) {
    return spec(className, rank).options(Option.ints("pool_size", rank).required().positive());
  }

  static Option<List<Integer>> poolSize(int rank) {
    return Option.ints("pool_size", rank).defaultTo(2).positive();
  }

  static Option<List<Integer>> strides(int rank) {
    return Option.ints("strides", rank).nullable().positive();
  }

  static int[] join(int first, int... more) {
    int[] out = new int[more.length + 1];
    out[0] = first;
    System.arraycopy(more, 0, out, 1, more.length);
    return out;
  }

  /** Steps of the window; default its size. */
  @CanIgnoreReturnValue
  public final L strides(int... values) {
    return set(strides(rank), ConvLayer.sizes(rank, values));
  }

  /** {@code valid} (default) or {@code same}. */
  @CanIgnoreReturnValue
  public final L padding(String value) {
    return set(PADDING, value);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, rank);
  }

  /** Strides are written as the sizes they default to, as Keras does. */
  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    if (config.get("strides") == null) {
      config.put("strides", config.get("pool_size"));
    }
    return config;
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    int[] size = ConvLayer.ints(get(poolSize(rank)));
    List<Integer> given = getOrNull(strides(rank));
    int[] steps = given == null ? size : ConvLayer.ints(given);
    Padding padding = Padding.of(get(PADDING));
    DataFormat format = DataFormat.of(get(ConvLayer.DATA_FORMAT));
    return largest
        ? Nn.maxPool(x, size, steps, padding, format)
        : Nn.averagePool(x, size, steps, padding, format);
  }
}
