package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/**
 * CLAHE: equalizes the histogram of each tile of each image, its peaks cut, and blends the results
 * between the centres of tiles (Zuiderveld, 1994).
 */
public final class ContrastLimitedAdaptiveHistogramEqualization
    extends ImageLayer<ContrastLimitedAdaptiveHistogramEqualization> {
  private static final int LEVELS = 256;
  private static final Factor BYTES = new Factor(0, 255);
  private static final Option<Double> CLIP_LIMIT = Option.real("clip_limit").defaultTo(4.0);
  private static final Option<List<Integer>> GRID =
      Option.ints("tile_grid_size", 2).defaultTo(8).positive();

  static final Spec SPEC =
      table(
          "ContrastLimitedAdaptiveHistogramEqualization",
          ContrastLimitedAdaptiveHistogramEqualization::new,
          VALUE_RANGE,
          CLIP_LIMIT,
          GRID,
          DATA_FORMAT);

  /** The four tables that a pixel lies between, and how far it is from the first. */
  private record Blend(Tensor before, Tensor after, Tensor weight) {
    static Blend of(int tiles, int tile, int axis) {
      int length = tiles * tile;
      double[] before = new double[length];
      double[] after = new double[length];
      double[] weight = new double[length];
      for (int i = 0; i < length; i++) {
        float at = (float) ((i - tile / 2.0) / tile) + 1;
        double floor = Math.floor(at);
        weight[i] = at - floor;
        before[i] = Math.max(0, Math.min(tiles + 1, floor));
        after[i] = Math.max(0, Math.min(tiles + 1, floor + 1));
      }
      return new Blend(
          along(DType.I32, before, axis),
          along(DType.I32, after, axis),
          along(DType.F32, weight, axis));
    }

    private static Tensor along(DType dtype, double[] values, int axis) {
      long[] dims = {1, 1, 1, 1};
      dims[axis] = values.length;
      return Lax.constant(Literal.ofDoubles(TensorType.of(dtype, dims), values));
    }

    Tensor mix(Tensor first, Tensor second) {
      return Np.add(Np.multiply(first, Np.subtract(1.0, weight)), Np.multiply(second, weight));
    }
  }

  /** Of 8 by 8 tiles, peaks cut at 4 times the mean. */
  public ContrastLimitedAdaptiveHistogramEqualization() {
    super(SPEC);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public ContrastLimitedAdaptiveHistogramEqualization valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  /** How far above the mean a histogram may reach; 0 or less for no limit. */
  @CanIgnoreReturnValue
  public ContrastLimitedAdaptiveHistogramEqualization clipLimit(double value) {
    return set(CLIP_LIMIT, value);
  }

  /** How many tiles there are down and across. */
  @CanIgnoreReturnValue
  public ContrastLimitedAdaptiveHistogramEqualization tileGridSize(int down, int across) {
    return set(GRID, List.of(down, across));
  }

  @Override
  Augmentation prepare(Tensor images, boolean training) {
    Factor range = get(VALUE_RANGE);
    return (Augmentation.Colour)
        given -> {
          Tensor x = Np.moveaxis(given, channelAxis(), -1);
          Tensor y = equalized(Np.cast(range.map(x, BYTES, DType.F32), DType.F32));
          Tensor out = Np.cast(BYTES.map(y, range, DType.F32), x.dtype());
          return Np.moveaxis(out, -1, channelAxis());
        };
  }

  private Tensor equalized(Tensor x) {
    int batch = x.size(0);
    int height = x.size(1);
    int width = x.size(2);
    int channels = x.size(3);
    int down = get(GRID).get(0);
    int across = get(GRID).get(1);
    int tileHeight = (height + down - 1) / down;
    int tileWidth = (width + across - 1) / across;
    int[][] pads = new int[4][2];
    pads[1][1] = tileHeight * down - height;
    pads[2][1] = tileWidth * across - width;
    Tensor whole = pads[1][1] + pads[2][1] == 0 ? x : Np.pad(x, pads, Np.PadMode.SYMMETRIC);
    Tensor pixels = Np.cast(Np.clip(whole, 0.0, 255.0), DType.I32);
    Tensor tiles =
        Np.transpose(
            Np.reshape(pixels, batch, down, tileHeight, across, tileWidth, channels),
            0,
            1,
            3,
            5,
            2,
            4);
    int area = tileHeight * tileWidth;
    Tensor tables = tables(Np.reshape(tiles, batch, down, across, channels, area), area);
    Blend rows = Blend.of(down, tileHeight, 1);
    Blend columns = Blend.of(across, tileWidth, 2);
    Tensor image = Lax.reshape(Lax.iota(DType.I32, batch), batch, 1, 1, 1);
    Tensor channel = Lax.reshape(Lax.iota(DType.I32, channels), 1, 1, 1, channels);
    Tensor above = between(tables, image, rows.before(), columns, channel, pixels);
    Tensor below = between(tables, image, rows.after(), columns, channel, pixels);
    Tensor mixed = rows.mix(above, below);
    return Np.get(mixed, Index.ALL, Index.slice(0, height), Index.slice(0, width));
  }

  private static Tensor between(
      Tensor tables, Tensor image, Tensor row, Blend columns, Tensor channel, Tensor pixels) {
    Tensor left =
        Np.get(
            tables,
            Index.at(image),
            Index.at(row),
            Index.at(columns.before()),
            Index.at(channel),
            Index.at(pixels));
    Tensor right =
        Np.get(
            tables,
            Index.at(image),
            Index.at(row),
            Index.at(columns.after()),
            Index.at(channel),
            Index.at(pixels));
    return columns.mix(left, right);
  }

  /** New values for each tile, the outer tiles repeated: {@code [batch, y, x, channel, 256]}. */
  private Tensor tables(Tensor tiles, int area) {
    Tensor counts = Np.sum(Nn.oneHot(tiles, LEVELS), -2);
    if (get(CLIP_LIMIT) > 0) {
      Tensor cut = Np.clip(counts, 0.0, get(CLIP_LIMIT) * area / LEVELS);
      Tensor excess = Np.sum(Np.subtract(counts, cut), true, -1);
      counts = Np.add(cut, Np.divide(excess, (double) LEVELS));
    }
    Tensor sums = Np.cumsum(counts, -1);
    Tensor low = Np.min(sums, true, -1);
    Tensor rest = Np.subtract((double) area, low);
    Tensor divisor = Np.where(Np.equal(rest, 0.0), Np.onesLike(rest), rest);
    Tensor table = Np.divide(Np.multiply(Np.subtract(sums, low), 255.0), divisor);
    int[][] edges = new int[5][2];
    edges[1] = new int[] {1, 1};
    edges[2] = new int[] {1, 1};
    return Np.pad(Np.clip(table, 0.0, 255.0), edges, Np.PadMode.EDGE);
  }
}
