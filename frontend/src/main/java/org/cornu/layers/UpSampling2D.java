package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Np;
import org.cornu.ops.ResizeOptions;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Images {@code [batch, height, width, channels]} made larger by whole factors. */
public final class UpSampling2D extends Layer<UpSampling2D> {
  private static final Option<List<Integer>> SIZE = Option.ints("size", 2).defaultTo(2).positive();
  private static final Option<String> INTERPOLATION =
      Option.choice("interpolation", "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")
          .defaultTo("nearest");

  static final Spec SPEC =
      Spec.of("keras.layers", "UpSampling2D")
          .base(OPTIONS)
          .options(SIZE, ConvLayer.DATA_FORMAT, INTERPOLATION)
          .create(() -> new UpSampling2D());

  /** Twice as large, or by these factors: one number, or one for each dimension. */
  public UpSampling2D(int... size) {
    super(SPEC);
    if (size.length > 0) {
      set(SIZE, ConvLayer.sizes(2, size));
    }
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public UpSampling2D dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  /** {@code nearest} (default), {@code bilinear}, {@code bicubic}, {@code lanczos3} or 5. */
  @CanIgnoreReturnValue
  public UpSampling2D interpolation(String value) {
    return set(INTERPOLATION, value);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, 2);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    DataFormat format = DataFormat.of(get(ConvLayer.DATA_FORMAT));
    int down = get(SIZE).get(0);
    int across = get(SIZE).get(1);
    if (get(INTERPOLATION).equals("nearest")) {
      return Np.repeat(Np.repeat(x, down, format.spatialAxis(0)), across, format.spatialAxis(1));
    }
    return Image.resize(
        x,
        x.size(format.spatialAxis(0)) * down,
        x.size(format.spatialAxis(1)) * across,
        ResizeOptions.DEFAULT.interpolation(Interpolation.of(get(INTERPOLATION))).format(format));
  }
}
