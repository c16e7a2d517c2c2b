package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * Zeros around, or edges cut off, {@code rank} spatial dimensions.
 *
 * @param <L> the layer class itself
 */
public abstract class BaseMargin<L extends BaseMargin<L>> extends Layer<L> {
  private final int rank;
  private final boolean cuts;

  BaseMargin(Spec spec, int rank, boolean cuts) {
    super(spec);
    this.rank = rank;
    this.cuts = cuts;
  }

  static Option<List<List<Integer>>> padding(int rank) {
    return Option.of("padding", new Margins(rank)).defaultTo(1);
  }

  static Option<List<List<Integer>>> cropping(int rank, int otherwise) {
    return Option.of("cropping", new Margins(rank)).defaultTo(otherwise);
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
    List<List<Integer>> margins = get(cuts ? cropping(rank, 0) : padding(rank));
    DataFormat format =
        spec().option("data_format") == null
            ? DataFormat.CHANNELS_LAST
            : DataFormat.of(get(ConvLayer.DATA_FORMAT));
    int[][] widths = new int[x.rank()][2];
    for (int i = 0; i < rank; i++) {
      widths[format.spatialAxis(i)] = ConvLayer.ints(margins.get(i));
    }
    return cuts ? cut(x, widths) : Np.pad(x, widths);
  }

  private Tensor cut(Tensor x, int[][] widths) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().dims();
    for (int d = 0; d < starts.length; d++) {
      starts[d] = widths[d][0];
      limits[d] -= widths[d][1];
      if (limits[d] <= starts[d]) {
        throw new OpException(
            name()
                + ": cropping must leave something of dimension "
                + d
                + ": got "
                + widths[d][0]
                + " and "
                + widths[d][1]
                + " of "
                + x.type().brief());
      }
    }
    return Lax.slice(x, starts, limits);
  }
}
