package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Nn;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

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
        .options(poolSize(rank), strides(rank), PADDING, BaseConv.DATA_FORMAT);
  }

  static Option<List<Integer>> poolSize(int rank) {
    Option<List<Integer>> size = Option.ints("pool_size", rank);
    return size.defaultTo(2).positive();
  }

  static Option<List<Integer>> strides(int rank) {
    return Option.ints("strides", rank).nullable().positive();
  }

  /** Steps of the window; default its size. */
  @CanIgnoreReturnValue
  public final L strides(int... values) {
    return set(strides(rank), BaseConv.sizes(rank, values));
  }

  /** {@code valid} (default) or {@code same}. */
  @CanIgnoreReturnValue
  public final L padding(String value) {
    return set(PADDING, value);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public final L dataFormat(String value) {
    return set(BaseConv.DATA_FORMAT, value);
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
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    int[] size = BaseConv.ints(get(poolSize(rank)));
    List<Integer> given = getOrNull(strides(rank));
    int[] steps = given == null ? size : BaseConv.ints(given);
    Padding padding = Padding.of(get(PADDING));
    DataFormat format = DataFormat.of(get(BaseConv.DATA_FORMAT));
    return largest
        ? Nn.maxPool(x, size, steps, padding, format)
        : Nn.averagePool(x, size, steps, padding, format);
  }
}
