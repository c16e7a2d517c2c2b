package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/** Each element of volumes {@code [batch, depth, height, width, channels]} repeated. */
public final class UpSampling3D extends Layer<UpSampling3D> {
  private static final Option<List<Integer>> SIZE = Option.ints("size", 3).defaultTo(2).positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "UpSampling3D")
          .base(OPTIONS)
          .options(SIZE, ConvLayer.DATA_FORMAT)
          .create(() -> new UpSampling3D());

  /** Twice as large, or by these factors: one number, or one for each dimension. */
  public UpSampling3D(int... size) {
    super(SPEC);
    if (size.length > 0) {
      set(SIZE, ConvLayer.sizes(3, size));
    }
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public UpSampling3D dataFormat(String value) {
    return set(ConvLayer.DATA_FORMAT, value);
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, 3);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    DataFormat format = DataFormat.of(get(ConvLayer.DATA_FORMAT));
    Tensor y = x;
    for (int i = 0; i < 3; i++) {
      y = Np.repeat(y, get(SIZE).get(i), format.spatialAxis(i));
    }
    return y;
  }
}
