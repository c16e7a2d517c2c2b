package org.cornu.check;

import org.cornu.ops.ConvOptions;
import org.cornu.ops.DataFormat;
import org.cornu.ops.FillMode;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.KeyKind;
import org.cornu.ops.Lax;
import org.cornu.ops.Padding;
import org.cornu.ops.Random;
import org.cornu.ops.ResizeOptions;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;

/** {@code keras.ops.image}. */
final class ImageEntries {
  private final OpCatalog catalog;

  private ImageEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    ImageEntries e = new ImageEntries(catalog);
    e.sizes();
    e.colours();
    e.transforms();
    e.filters();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops.image." + path, "Image." + method, call);
  }

  private void sizes() {
    op(
        "resize(images, size, interpolation='bilinear', antialias=False,"
            + " crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode='constant',"
            + " fill_value=0.0, data_format=None)",
        "resize",
        a -> {
          int[] size = a.ints("size");
          return Image.resize(
              a.tensor("images"),
              size[0],
              size[1],
              new ResizeOptions(
                  Interpolation.of(a.text("interpolation")),
                  a.flag("antialias"),
                  a.flag("crop_to_aspect_ratio"),
                  a.flag("pad_to_aspect_ratio"),
                  a.number("fill_value"),
                  a.format("data_format")));
        });
    op(
        "scale_and_translate(images, output_shape, scale, translation, spatial_dims, method,"
            + " antialias=True)",
        "scaleAndTranslate",
        a ->
            Image.scaleAndTranslate(
                a.tensor("images"),
                a.longs("output_shape"),
                a.tensor("scale"),
                a.tensor("translation"),
                a.ints("spatial_dims"),
                Interpolation.of(a.text("method")),
                a.flag("antialias")));
    op(
        "crop_images(images, top_cropping=None, left_cropping=None, bottom_cropping=None,"
            + " right_cropping=None, target_height=None, target_width=None, data_format=None)",
        "cropImages",
        a -> {
          Tensor x = a.tensor("images");
          int[] sides = sides(a, x);
          int[] rows = crop(a, "top_cropping", "bottom_cropping", "target_height", sides[0]);
          int[] columns = crop(a, "left_cropping", "right_cropping", "target_width", sides[1]);
          return Image.cropImages(
              x, rows[0], columns[0], rows[1], columns[1], a.format("data_format"));
        });
    op(
        "pad_images(images, top_padding=None, left_padding=None, bottom_padding=None,"
            + " right_padding=None, target_height=None, target_width=None, data_format=None)",
        "padImages",
        a -> {
          Tensor x = a.tensor("images");
          int[] sides = sides(a, x);
          int[] rows = pad(a, "top_padding", "bottom_padding", "target_height", sides[0]);
          int[] columns = pad(a, "left_padding", "right_padding", "target_width", sides[1]);
          return Image.padImages(
              x, rows[0], rows[1], columns[0], columns[1], a.format("data_format"));
        });
  }

  private static int[] sides(Arguments a, Tensor x) {
    boolean last = a.format("data_format") == org.cornu.ops.DataFormat.CHANNELS_LAST;
    int row = last ? x.rank() - 3 : x.rank() - 2;
    return new int[] {x.size(row), x.size(row + 1)};
  }

  /** Start and size from two of start, end and size. */
  private static int[] crop(Arguments a, String before, String behind, String target, int size) {
    if (!a.has(before)) {
      int length = a.integer(target);
      return new int[] {size - length - a.integer(behind), length};
    }
    int start = a.integer(before);
    return new int[] {start, a.has(target) ? a.integer(target) : size - start - a.integer(behind)};
  }

  /** Both paddings from one of them and the size. */
  private static int[] pad(Arguments a, String before, String behind, String target, int size) {
    if (!a.has(before)) {
      int after = a.integer(behind);
      return new int[] {a.integer(target) - after - size, after};
    }
    int first = a.integer(before);
    return new int[] {first, a.has(behind) ? a.integer(behind) : a.integer(target) - first - size};
  }

  private void colours() {
    op(
        "rgb_to_grayscale(images, data_format=None)",
        "rgbToGrayscale",
        a -> Image.rgbToGrayscale(a.tensor("images"), a.format("data_format")));
    op(
        "rgb_to_hsv(images, data_format=None)",
        "rgbToHsv",
        a -> Image.rgbToHsv(a.tensor("images"), a.format("data_format")));
    op(
        "hsv_to_rgb(images, data_format=None)",
        "hsvToRgb",
        a -> Image.hsvToRgb(a.tensor("images"), a.format("data_format")));
  }

  private void transforms() {
    op(
        "affine_transform(images, transform, interpolation='bilinear', fill_mode='constant',"
            + " fill_value=0, data_format=None)",
        "affineTransform",
        a ->
            Image.affineTransform(
                a.tensor("images"),
                a.tensor("transform"),
                Interpolation.of(a.text("interpolation")),
                FillMode.of(a.text("fill_mode")),
                a.number("fill_value"),
                a.format("data_format")));
    op(
        "perspective_transform(images, start_points, end_points, interpolation='bilinear',"
            + " fill_value=0, data_format=None)",
        "perspectiveTransform",
        a ->
            Image.perspectiveTransform(
                a.tensor("images"),
                a.tensor("start_points"),
                a.tensor("end_points"),
                Interpolation.of(a.text("interpolation")),
                a.number("fill_value"),
                a.format("data_format")));
    op(
        "map_coordinates(inputs, coordinates, order, fill_mode='constant', fill_value=0)",
        "mapCoordinates",
        a ->
            Image.mapCoordinates(
                a.tensor("inputs"),
                a.tensor("coordinates"),
                a.integer("order"),
                FillMode.of(a.text("fill_mode")),
                a.number("fill_value")));
    op(
        "elastic_transform(images, alpha=20.0, sigma=5.0, interpolation='bilinear',"
            + " fill_mode='reflect', fill_value=0.0, seed=None, data_format=None)",
        "elasticTransform",
        a ->
            Image.elasticTransform(
                a.tensor("images"),
                seedKey(a.integer("seed", 0)),
                a.number("alpha"),
                a.number("sigma"),
                Interpolation.of(a.text("interpolation")),
                FillMode.of(a.text("fill_mode")),
                a.number("fill_value"),
                a.format("data_format")));
  }

  /** The key that Keras makes of a seed. */
  private static Tensor seedKey(int seed) {
    Literal data = Literal.ofLongs(TensorType.of(DType.U32, 2), seed, 0);
    return Random.wrapKeyData(Lax.constant(data), KeyKind.THREEFRY2X32);
  }

  private static int[] spread(int[] size, int spatial) {
    if (size.length != 1) {
      return size;
    }
    int[] out = new int[spatial];
    java.util.Arrays.fill(out, size[0]);
    return out;
  }

  private static Tensor patches(Arguments a, Tensor x, int[] size) {
    return Image.extractPatches(
        x,
        size,
        ConvOptions.DEFAULT
            .strides(a.has("strides") ? a.ints("strides") : size)
            .dilation(a.ints("dilation_rate"))
            .padding(Padding.of(a.text("padding")))
            .format(a.format("data_format")));
  }

  private void filters() {
    op(
        "gaussian_blur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None)",
        "gaussianBlur",
        a ->
            Image.gaussianBlur(
                a.tensor("images"),
                a.ints("kernel_size"),
                a.numbers("sigma"),
                // Here alone Keras on JAX takes None for channels first.
                a.has("data_format") ? a.format("data_format") : DataFormat.CHANNELS_FIRST));
    op(
        "sobel_edges(images, data_format=None)",
        "sobelEdges",
        a -> Image.sobelEdges(a.tensor("images"), a.format("data_format")));
    op(
        "ssim(image1, image2, max_val=1.0, filter_size=11, filter_sigma=1.5, k1=0.01, k2=0.03,"
            + " data_format=None)",
        "ssim",
        a ->
            Image.ssim(
                a.tensor("image1"),
                a.tensor("image2"),
                a.number("max_val"),
                a.integer("filter_size"),
                a.number("filter_sigma"),
                a.number("k1"),
                a.number("k2"),
                a.format("data_format")));
    op(
        "extract_patches(images, size, strides=None, dilation_rate=1, padding='valid',"
            + " data_format=None)",
        "extractPatches",
        a -> patches(a, a.tensor("images"), spread(a.ints("size"), 2)));
    op(
        "extract_patches_3d(volumes, size, strides=None, dilation_rate=1, padding='valid',"
            + " data_format=None)",
        "extractPatches",
        a -> patches(a, a.tensor("volumes"), spread(a.ints("size"), 3)));
  }
}
