package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Blurs some images by a Gaussian of random width. */
public final class RandomGaussianBlur extends RandomImageLayer<RandomGaussianBlur> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);
  private static final Option<List<Integer>> KERNEL_SIZE =
      Option.ints("kernel_size", 2)
          .where("must be odd", v -> v.stream().allMatch(n -> n % 2 != 0))
          .positive()
          .defaultTo(3);
  private static final Option<Factor> SIGMA = Factor.option("sigma", 0, 1).defaultTo(1.0);

  static final Spec SPEC =
      table(
          "RandomGaussianBlur",
          RandomGaussianBlur::new,
          FACTOR,
          KERNEL_SIZE,
          SIGMA,
          VALUE_RANGE,
          DATA_FORMAT,
          SEED);

  /** Every other image, on average, with a kernel of 3 by 3. */
  public RandomGaussianBlur() {
    super(SPEC);
  }

  /** With a probability drawn between 0 and this. */
  public RandomGaussianBlur(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** Sides of the kernel, odd. */
  @CanIgnoreReturnValue
  public RandomGaussianBlur kernelSize(int height, int width) {
    return set(KERNEL_SIZE, List.of(height, width));
  }

  /** Bounds of the deviation, in pixels. */
  @CanIgnoreReturnValue
  public RandomGaussianBlur sigma(double low, double high) {
    return setFrom(SIGMA, List.of(low, high));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomGaussianBlur valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor happens = happens(get(FACTOR), keys, images.size(0));
    Tensor sigma = Np.add(get(SIGMA).draw(keys, computeDType(), 2), 1e-6);
    int[] size = get(KERNEL_SIZE).stream().mapToInt(Integer::intValue).toArray();
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(given);
          Tensor blurred = Image.gaussianBlur(x, size, sigma, format());
          return cast(clip(Np.where(perImage(happens), blurred, x), get(VALUE_RANGE)));
        };
  }
}
