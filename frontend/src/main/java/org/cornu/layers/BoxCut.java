package org.cornu.layers;

import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * A random rectangle in each image of a batch.
 *
 * @param inside whether a pixel lies in it, {@code [batch, height, width, 1]}
 * @param share of the image's area that it takes, {@code [batch]}
 */
record BoxCut(Tensor inside, Tensor share) {
  /** From and to along one side, each {@code [batch]}. */
  private record Span(Tensor from, Tensor to) {
    static Span draw(Tensor ratio, int length, Keys keys) {
      Tensor size = Np.multiply(ratio, (double) length);
      Tensor at = new Factor(0, 1).draw(keys, ratio.dtype(), ratio.count());
      Tensor from = Np.multiply(at, Np.subtract((double) length, size));
      return new Span(from, Np.add(from, size));
    }

    Tensor holds(int length, int axis) {
      long[] dims = {1, 1, 1, 1};
      dims[axis] = length;
      DType dtype = from.dtype();
      Tensor position = Lax.reshape(Lax.iota(dtype, length), dims);
      return Np.logicalAnd(
          Np.greaterEqual(position, ImageLayer.perImage(from)),
          Np.less(position, ImageLayer.perImage(to)));
    }
  }

  /**
   * Draws rectangles, across before down, as Keras does.
   *
   * @param across widths as shares of the image's, {@code [batch]}
   * @param down heights as shares of the image's
   */
  static BoxCut draw(ImageLayer<?> layer, Tensor images, Tensor across, Tensor down, Keys keys) {
    int height = layer.height(images);
    int width = layer.width(images);
    Span x = Span.draw(across, width, keys);
    Span y = Span.draw(down, height, keys);
    Tensor inside =
        Np.logicalAnd(x.holds(width, layer.widthAxis()), y.holds(height, layer.heightAxis()));
    Tensor area = Np.multiply(Np.subtract(x.to(), x.from()), Np.subtract(y.to(), y.from()));
    return new BoxCut(inside, Np.divide(area, (double) width * height));
  }
}
