package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.ResizeOptions;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * Cuts the same random part out of all images of a batch. An image that is too small is cut to the
 * ratio of the part and resized. Outside training images stay as they are.
 */
public final class RandomCrop extends RandomImageLayer<RandomCrop> {
  private static final Option<Integer> HEIGHT = Option.integer("height").required().positive();
  private static final Option<Integer> WIDTH = Option.integer("width").required().positive();

  static final Spec SPEC = table("RandomCrop", RandomCrop::new, HEIGHT, WIDTH, SEED, DATA_FORMAT);

  private RandomCrop() {
    super(SPEC);
  }

  /** Of this size. */
  public RandomCrop(int height, int width) {
    this();
    set(HEIGHT, height);
    set(WIDTH, width);
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int height = get(HEIGHT);
    int width = get(WIDTH);
    int h = height(images);
    int w = width(images);
    boolean inside = h > height && w > width;
    int y0 = (h - Math.max(Math.min(h, (int) ((double) w * height / width)), 1)) / 2;
    int x0 = (w - Math.max(Math.min(w, (int) ((double) h * width / height)), 1)) / 2;
    Tensor top = inside ? start(keys, h - height) : Np.full(DType.I32, y0);
    Tensor left = inside ? start(keys, w - width) : Np.full(DType.I32, x0);
    return new Augmentation() {
      @Override
      public Tensor images(Tensor x) {
        Tensor cut = cut(cast(x));
        return height(cut) == height && width(cut) == width
            ? cut
            : cast(Image.resize(cut, height, width, ResizeOptions.DEFAULT.format(format())));
      }

      private Tensor cut(Tensor x) {
        if (inside) {
          return part(part(x, top, height, heightAxis()), left, width, widthAxis());
        }
        // A slice of Python: what lies beyond the edge is missing.
        Tensor rows = Lax.sliceInDim(x, y0, Math.min(h, y0 + height), 1, heightAxis());
        return Lax.sliceInDim(rows, x0, Math.min(w, x0 + width), 1, widthAxis());
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return images(masks);
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        Tensor corner = Np.cast(Np.stack(left, top, left, top), boxes.dtype());
        return Np.subtract(boxes, corner);
      }
    };
  }

  private static Tensor start(Keys keys, int room) {
    return Np.cast(uniform(keys, 0, room + 1.0), DType.I32);
  }

  private static Tensor part(Tensor x, Tensor start, int size, int axis) {
    Tensor positions = Np.add(Np.arange(size), start);
    return Np.take(x, positions, axis);
  }
}
