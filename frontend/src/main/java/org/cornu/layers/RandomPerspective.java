package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/** Shows some images as seen from aside: their corners are moved at random. */
public final class RandomPerspective extends RandomImageLayer<RandomPerspective> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);
  private static final Option<Double> SCALE = Option.real("scale").defaultTo(1.0).within(0, 1);

  static final Spec SPEC =
      table(
          "RandomPerspective",
          RandomPerspective::new,
          FACTOR,
          SCALE,
          INTERPOLATION,
          FILL_VALUE,
          SEED,
          DATA_FORMAT);

  /** Of each image, by at most half of it. */
  public RandomPerspective() {
    super(SPEC);
  }

  /** With a probability of at most {@code factor}. */
  public RandomPerspective(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  /** How far corners move, 0 to 1 (default). */
  @CanIgnoreReturnValue
  public RandomPerspective scale(double value) {
    return set(SCALE, value);
  }

  /** Value beyond the edges. */
  @CanIgnoreReturnValue
  public RandomPerspective fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandomPerspective interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor happens = happens(get(FACTOR), keys, batch);
    double far = 0.5 * get(SCALE);
    Tensor moves = new Factor(-far, far).draw(keys, computeDType(), batch, 4, 2);
    double right = width(images) - 1.0;
    double bottom = height(images) - 1.0;
    Tensor corners =
        Np.cast(
            Np.repeat(
                Lax.constant(
                    Literal.ofDoubles(
                        TensorType.of(DType.F32, 1, 4, 2),
                        0,
                        0,
                        right,
                        0,
                        0,
                        bottom,
                        right,
                        bottom)),
                batch,
                0),
            computeDType());
    Tensor moved = Np.add(corners, Np.multiply(corners, moves));
    return new Augmentation() {
      private Tensor seen(Tensor x, String interpolation) {
        Tensor y =
            Image.perspectiveTransform(
                x, corners, moved, Interpolation.of(interpolation), get(FILL_VALUE), format());
        return Np.where(perImage(happens), y, x);
      }

      @Override
      public Tensor images(Tensor x) {
        return seen(cast(x), get(INTERPOLATION));
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return seen(masks, "nearest");
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        List<Tensor> sides = Np.split(boxes, 4, -1);
        List<Tensor> across = new ArrayList<>();
        List<Tensor> down = new ArrayList<>();
        for (int corner = 0; corner < 4; corner++) {
          Tensor x = sides.get(corner % 2 == 0 ? 0 : 2);
          Tensor y = sides.get(corner < 2 ? 1 : 3);
          Tensor at = Np.concatenate(List.of(x, y), -1);
          List<Tensor> to = Np.split(Image.perspectivePoints(at, corners, moved), 2, -1);
          across.add(to.get(0));
          down.add(to.get(1));
        }
        Tensor x = Np.concatenate(across, -1);
        Tensor y = Np.concatenate(down, -1);
        Tensor around =
            Np.stack(List.of(Np.min(x, -1), Np.min(y, -1), Np.max(x, -1), Np.max(y, -1)), -1);
        return Np.where(Np.reshape(happens, batch, 1, 1), around, boxes);
      }
    };
  }
}
