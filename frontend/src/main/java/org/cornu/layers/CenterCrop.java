package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.ResizeOptions;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/**
 * The middle of images. One that is too small is cut to the ratio of the part and resized,
 * bilinear.
 */
public final class CenterCrop extends ImageLayer<CenterCrop> {
  private static final Option<Integer> HEIGHT = Option.integer("height").required().positive();
  private static final Option<Integer> WIDTH = Option.integer("width").required().positive();

  static final Spec SPEC = table("CenterCrop", CenterCrop::new, HEIGHT, WIDTH, DATA_FORMAT);

  private CenterCrop() {
    super(SPEC);
  }

  /** Of this size. */
  public CenterCrop(int height, int width) {
    this();
    set(HEIGHT, height);
    set(WIDTH, width);
  }

  @Override
  Augmentation prepare(Tensor images, boolean training) {
    int height = get(HEIGHT);
    int width = get(WIDTH);
    int h = height(images);
    int w = width(images);
    boolean inside = h >= height && w >= width;
    int top = (h - height) / 2;
    int left = (w - width) / 2;
    return new Augmentation() {
      @Override
      public Tensor images(Tensor given) {
        Tensor x = cast(given);
        if (!inside) {
          ResizeOptions cut = ResizeOptions.DEFAULT.format(format()).cropToAspectRatio(true);
          return Image.resize(x, height, width, cut);
        }
        Tensor rows = Lax.sliceInDim(x, top, top + height, 1, heightAxis());
        return Lax.sliceInDim(rows, left, left + width, 1, widthAxis());
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return images(masks);
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        if (inside) {
          return Np.subtract(boxes, row(boxes, left, top, left, top));
        }
        int cutHeight = Math.max(Math.min(h, (int) ((double) w * height / width)), 1);
        int cutWidth = Math.max(Math.min(w, (int) ((double) h * width / height)), 1);
        double x0 = (w - cutWidth) / 2;
        double y0 = (h - cutHeight) / 2;
        double sx = (double) width / cutWidth;
        double sy = (double) height / cutHeight;
        return Np.multiply(
            Np.subtract(boxes, row(boxes, x0, y0, x0, y0)), row(boxes, sx, sy, sx, sy));
      }
    };
  }

  /** Four numbers that go with the sides of boxes. */
  static Tensor row(Tensor boxes, double... numbers) {
    return Lax.constant(Literal.ofDoubles(TensorType.of(boxes.dtype(), 4), numbers));
  }
}
