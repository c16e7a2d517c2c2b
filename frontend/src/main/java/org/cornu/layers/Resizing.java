package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Np;
import org.cornu.ops.ResizeOptions;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Images of another size and of the same type: integers are rounded. */
public final class Resizing extends ImageLayer<Resizing> {
  private static final Option<Integer> HEIGHT = Option.integer("height").required().positive();
  private static final Option<Integer> WIDTH = Option.integer("width").required().positive();
  private static final Option<String> INTERPOLATION =
      Option.choice("interpolation", "nearest", "bilinear", "bicubic", "lanczos3", "lanczos5")
          .defaultTo("bilinear");
  private static final Option<Boolean> CROP = Option.bool("crop_to_aspect_ratio").defaultTo(false);
  private static final Option<Boolean> PAD = Option.bool("pad_to_aspect_ratio").defaultTo(false);
  private static final Option<String> FILL_MODE =
      Option.choice("fill_mode", "constant").defaultTo("constant");
  private static final Option<Double> FILL_VALUE = Option.real("fill_value").defaultTo(0.0);
  private static final Option<Boolean> ANTIALIAS = Option.bool("antialias").defaultTo(false);

  static final Spec SPEC =
      table(
          "Resizing",
          Resizing::new,
          HEIGHT,
          WIDTH,
          INTERPOLATION,
          CROP,
          PAD,
          FILL_MODE,
          FILL_VALUE,
          ANTIALIAS,
          DATA_FORMAT);

  private Resizing() {
    super(SPEC);
  }

  /** To this size. */
  public Resizing(int height, int width) {
    this();
    set(HEIGHT, height);
    set(WIDTH, width);
  }

  /** {@code bilinear} (default), {@code nearest}, {@code bicubic}, {@code lanczos3} or 5. */
  @CanIgnoreReturnValue
  public Resizing interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  /** Whether images are first cut to the new ratio of sides. */
  @CanIgnoreReturnValue
  public Resizing cropToAspectRatio(boolean value) {
    return set(CROP, value);
  }

  /** Whether images are first padded to the new ratio of sides. */
  @CanIgnoreReturnValue
  public Resizing padToAspectRatio(boolean value) {
    return set(PAD, value);
  }

  /** Value of that padding. */
  @CanIgnoreReturnValue
  public Resizing fillValue(double value) {
    return set(FILL_VALUE, value);
  }

  /** Whether kernels widen when images shrink. */
  @CanIgnoreReturnValue
  public Resizing antialias(boolean value) {
    return set(ANTIALIAS, value);
  }

  @Override
  Augmentation prepare(Tensor images, boolean training) {
    if (get(CROP) && get(PAD)) {
      throw new OpException(
          name() + ": crop_to_aspect_ratio and pad_to_aspect_ratio exclude each other: got both");
    }
    double h = height(images);
    double w = width(images);
    return new Augmentation() {
      private Tensor resized(Tensor x, String interpolation) {
        ResizeOptions options =
            ResizeOptions.DEFAULT
                .interpolation(Interpolation.of(interpolation))
                .antialias(get(ANTIALIAS))
                .cropToAspectRatio(get(CROP))
                .padToAspectRatio(get(PAD))
                .fillValue(get(FILL_VALUE))
                .format(format());
        return Image.resize(x, get(HEIGHT), get(WIDTH), options);
      }

      @Override
      public Tensor images(Tensor x) {
        return resized(x, get(INTERPOLATION));
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return resized(masks, "nearest");
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        double sx = get(WIDTH) / w;
        double sy = get(HEIGHT) / h;
        if (get(CROP) || get(PAD)) {
          sx = get(CROP) ? Math.max(sx, sy) : Math.min(sx, sy);
          sy = sx;
        }
        double left = Math.floor((get(WIDTH) - w * sx) / 2);
        double top = Math.floor((get(HEIGHT) - h * sy) / 2);
        return Np.add(
            Np.multiply(boxes, CenterCrop.row(boxes, sx, sy, sx, sy)),
            CenterCrop.row(boxes, left, top, left, top));
      }
    };
  }
}
