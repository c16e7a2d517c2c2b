package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Nn;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * The largest or mean element of as many windows as the output has positions; window i of an axis
 * of n reaches from {@code floor(i n / m)} to {@code ceil((i + 1) n / m)}.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseAdaptivePooling<L extends BaseAdaptivePooling<L>> extends Layer<L> {
  private final int rank;
  private final boolean largest;

  BaseAdaptivePooling(Spec spec, int rank, boolean largest) {
    super(spec);
    this.rank = rank;
    this.largest = largest;
  }

  /** The table of an adaptive pooling layer. */
  static Spec spec(String className, int rank) {
    return Spec.of("keras.layers", className)
        .base(OPTIONS)
        .options(outputSize(rank), ConvLayer.DATA_FORMAT);
  }

  static Option<List<Integer>> outputSize(int rank) {
    return Option.ints("output_size", rank).required().positive();
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

  @Override
  protected Tensor call(Tensor x, Call call) {
    int[] size = ConvLayer.ints(get(outputSize(rank)));
    DataFormat format = DataFormat.of(get(ConvLayer.DATA_FORMAT));
    return largest ? Nn.adaptiveMaxPool(x, size, format) : Nn.adaptiveAveragePool(x, size, format);
  }
}
