package org.cornu.layers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Mirrors each image with probability one half. */
public final class RandomFlip extends RandomImageLayer<RandomFlip> {
  private static final String BOTH = "horizontal_and_vertical";
  private static final Option<String> MODE =
      Option.choice("mode", BOTH, "horizontal", "vertical").defaultTo(BOTH);

  static final Spec SPEC = table("RandomFlip", RandomFlip::new, MODE, SEED, DATA_FORMAT);

  /** In both directions at once. */
  public RandomFlip() {
    super(SPEC);
  }

  /**
   * In one direction.
   *
   * @param mode {@code horizontal}, {@code vertical} or {@code horizontal_and_vertical}
   */
  public RandomFlip(String mode) {
    this();
    setFrom(MODE, mode);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor flips = Np.lessEqual(uniform(keys, 0, 1, images.size(0), 1, 1, 1), 0.5);
    boolean horizontal = !get(MODE).equals("vertical");
    boolean vertical = !get(MODE).equals("horizontal");
    double height = height(images);
    double width = width(images);
    return new Augmentation() {
      @Override
      public Tensor images(Tensor x) {
        Tensor y = x;
        if (horizontal) {
          y = Np.where(flips, Np.flip(y, widthAxis()), y);
        }
        return vertical ? Np.where(flips, Np.flip(y, heightAxis()), y) : y;
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return images(masks);
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        Tensor[] p = Np.split(boxes, 4, -1).toArray(new Tensor[0]);
        Tensor flip = Np.reshape(flips, flips.count(), 1, 1);
        Tensor left = horizontal ? Np.where(flip, Np.subtract(width, p[2]), p[0]) : p[0];
        Tensor right = horizontal ? Np.where(flip, Np.subtract(width, p[0]), p[2]) : p[2];
        Tensor top = vertical ? Np.where(flip, Np.subtract(height, p[3]), p[1]) : p[1];
        Tensor bottom = vertical ? Np.where(flip, Np.subtract(height, p[1]), p[3]) : p[3];
        return Np.concatenate(List.of(left, top, right, bottom), -1);
      }
    };
  }
}
