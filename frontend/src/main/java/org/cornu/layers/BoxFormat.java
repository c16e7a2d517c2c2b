package org.cornu.layers;

import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** How the four numbers of a bounding box are meant; {@code rel} ones are shares of the image. */
enum BoxFormat {
  XYXY,
  YXYX,
  XYWH,
  CENTER_XYWH,
  CENTER_YXHW,
  REL_XYXY,
  REL_YXYX,
  REL_XYWH,
  REL_CENTER_XYWH;

  private static Tensor[] parts(Tensor boxes) {
    return Np.split(boxes, 4, -1).toArray(new Tensor[0]);
  }

  private static Tensor join(Tensor a, Tensor b, Tensor c, Tensor d) {
    return Np.concatenate(List.of(a, b, c, d), -1);
  }

  private boolean isRelative() {
    return switch (this) {
      case XYXY, YXYX, XYWH, CENTER_XYWH, CENTER_YXHW -> false;
      case REL_XYXY, REL_YXYX, REL_XYWH, REL_CENTER_XYWH -> true;
    };
  }

  private static Tensor half(Tensor x) {
    return Np.divide(x, 2.0);
  }

  /** Boxes of this format as left, top, right, bottom in pixels. */
  Tensor toCorners(Tensor given, double height, double width) {
    Tensor[] p = parts(Np.cast(given, DType.F32));
    Tensor corners =
        switch (this) {
          case XYXY, REL_XYXY -> join(p[0], p[1], p[2], p[3]);
          case YXYX, REL_YXYX -> join(p[1], p[0], p[3], p[2]);
          case XYWH, REL_XYWH -> join(p[0], p[1], Np.add(p[0], p[2]), Np.add(p[1], p[3]));
          case CENTER_XYWH, REL_CENTER_XYWH -> around(p[0], p[1], p[2], p[3]);
          case CENTER_YXHW -> around(p[1], p[0], p[3], p[2]);
        };
    return isRelative() ? scaled(corners, width, height) : corners;
  }

  private static Tensor around(Tensor x, Tensor y, Tensor w, Tensor h) {
    return join(
        Np.subtract(x, half(w)), Np.subtract(y, half(h)), Np.add(x, half(w)), Np.add(y, half(h)));
  }

  /** Boxes given as left, top, right, bottom in pixels in this format. */
  Tensor fromCorners(Tensor corners, double height, double width) {
    Tensor[] p = parts(isRelative() ? scaled(corners, 1 / width, 1 / height) : corners);
    Tensor w = Np.subtract(p[2], p[0]);
    Tensor h = Np.subtract(p[3], p[1]);
    return switch (this) {
      case XYXY, REL_XYXY -> join(p[0], p[1], p[2], p[3]);
      case YXYX, REL_YXYX -> join(p[1], p[0], p[3], p[2]);
      case XYWH, REL_XYWH -> join(p[0], p[1], w, h);
      case CENTER_XYWH, REL_CENTER_XYWH -> join(Np.add(p[0], half(w)), Np.add(p[1], half(h)), w, h);
      case CENTER_YXHW -> join(Np.add(p[1], half(h)), Np.add(p[0], half(w)), h, w);
    };
  }

  private static Tensor scaled(Tensor corners, double x, double y) {
    Tensor[] p = parts(corners);
    return join(
        Np.multiply(p[0], x), Np.multiply(p[1], y), Np.multiply(p[2], x), Np.multiply(p[3], y));
  }

  /** Boxes cut at the edges of the image. */
  static Tensor clipped(Tensor corners, double height, double width) {
    Tensor[] p = parts(corners);
    return join(
        Np.clip(p[0], 0.0, width),
        Np.clip(p[1], 0.0, height),
        Np.clip(p[2], 0.0, width),
        Np.clip(p[3], 0.0, height));
  }
}
