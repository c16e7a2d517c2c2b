package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/** Fills a random rectangle of some images with noise or a colour. */
public final class RandomErasing extends RandomImageLayer<RandomErasing> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);
  private static final Option<Factor> SCALE =
      Factor.option("scale", 0, 1).defaultTo(List.of(0.02, 0.33));
  private static final Option<List<Double>> FILL =
      Option.of("fill_value", new NumbersCodec())
          .where("must be one number or three", v -> v.size() == 1 || v.size() == 3)
          .nullable();

  static final Spec SPEC =
      table(
          "RandomErasing", RandomErasing::new, FACTOR, SCALE, FILL, VALUE_RANGE, SEED, DATA_FORMAT);

  /** In every other image, on average, with noise. */
  public RandomErasing() {
    super(SPEC);
  }

  /** With a probability drawn between 0 and this. */
  public RandomErasing(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** Bounds of the area as a share of the image's; default 0.02 to 0.33. */
  @CanIgnoreReturnValue
  public RandomErasing scale(double low, double high) {
    return setFrom(SCALE, List.of(low, high));
  }

  /** What fills the rectangle: one number, or one for each of three channels. */
  @CanIgnoreReturnValue
  public RandomErasing fillValue(double... value) {
    return set(FILL, Arrays.stream(value).boxed().toList());
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomErasing valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor sides = Np.sqrt(get(SCALE).draw(keys, computeDType(), batch, 2));
    Tensor across = Np.get(sides, Index.ALL, Index.at(0));
    Tensor down = Np.get(sides, Index.ALL, Index.at(1));
    BoxCut box = BoxCut.draw(this, images, across, down, keys);
    Tensor happens = happens(get(FACTOR), keys, batch);
    Tensor fill = clip(fill(images, keys), get(VALUE_RANGE));
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(given);
          return Np.where(Np.logicalAnd(perImage(happens), box.inside()), fill, x);
        };
  }

  private Tensor fill(Tensor images, Keys keys) {
    List<Double> value = getOrNull(FILL);
    if (value == null) {
      Tensor noise = Random.normal(keys.next(), computeDType(), images.shape().dims());
      return Np.multiply(noise, get(VALUE_RANGE).high());
    }
    double[] numbers = value.stream().mapToDouble(Double::doubleValue).toArray();
    // Along the last axis, wherever the channels are, as in Keras.
    return Lax.constant(Literal.ofDoubles(TensorType.of(computeDType(), numbers.length), numbers));
  }
}
