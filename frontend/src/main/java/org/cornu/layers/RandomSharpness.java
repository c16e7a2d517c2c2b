package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/** Sharpens or smooths each image by a random amount. */
public final class RandomSharpness extends RandomImageLayer<RandomSharpness> {
  private static final TensorType KERNEL = TensorType.of(DType.F32, 3, 3, 1, 1);
  private static final double EDGE = 1.0 / 13;
  private static final double[] WEIGHTS = {
    EDGE, EDGE, EDGE, EDGE, 5 * EDGE, EDGE, EDGE, EDGE, EDGE
  };
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).required();

  static final Spec SPEC =
      table("RandomSharpness", RandomSharpness::new, FACTOR, VALUE_RANGE, DATA_FORMAT, SEED);

  private RandomSharpness() {
    super(SPEC);
  }

  /** By an amount between 0 and this; 0.5 changes nothing, less smooths. */
  public RandomSharpness(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** By an amount between two bounds; 0.5 changes nothing, less smooths. */
  public RandomSharpness(double low, double high) {
    this();
    setFrom(FACTOR, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomSharpness valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor drawn = get(FACTOR).draw(keys, DType.F32, images.size(0));
    Tensor factor = perImage(cast(Np.multiply(drawn, 2.0)));
    return (Augmentation.Colour)
        given -> {
          Tensor x = Np.moveaxis(cast(given), channelAxis(), -1);
          int channels = x.size(-1);
          Tensor kernel =
              Np.tile(Lax.constant(Literal.ofDoubles(KERNEL, WEIGHTS)), 1, 1, channels, 1);
          Tensor smooth =
              Nn.depthwiseConv(x, cast(kernel), ConvOptions.DEFAULT.padding(Padding.SAME));
          Tensor y = Np.add(x, Np.multiply(Np.subtract(1.0, factor), Np.subtract(cast(smooth), x)));
          return Np.moveaxis(clip(y, get(VALUE_RANGE)), -1, channelAxis());
        };
  }
}
