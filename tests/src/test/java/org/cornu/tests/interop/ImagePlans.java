package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plans of {@code keras.ops.image}. */
final class ImagePlans {
  private static final String[] FILLS = {"constant", "nearest", "wrap", "mirror", "reflect"};

  private ImagePlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops.image." + name, plan);
          }
        };
    sizes(add);
    colours(add);
    transforms(add);
    filters(add);
  }

  /** One image or a batch; draws the place of the channels. */
  private static DrawnCase images(
      DrawnCase c, String dtype, double low, double high, int channels, int... sides) {
    boolean batch = c.in(0, 2) > 0;
    boolean last = c.coin();
    c.call("data_format", last ? "channels_last" : "channels_first");
    List<Integer> dims = new ArrayList<>();
    if (batch) {
      dims.add(c.in(1, 2));
    }
    for (int side : sides) {
      dims.add(side);
    }
    dims.add(last ? dims.size() : dims.size() - sides.length, channels);
    return c.argument(
        Operands.array(c, dtype, low, high, dims.stream().mapToInt(d -> d).toArray()));
  }

  private static String dtype(DrawnCase c) {
    return c.pick("float32", "float32", "float32", "uint8", "int32", "float16", "bfloat16");
  }

  private static void sizes(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "resize",
        c -> {
          images(c, dtype(c), 0, 100, c.in(1, 3), c.in(1, 6), c.in(1, 6));
          c.argument(Operands.tuple(c.in(1, 7), c.in(1, 7)));
          c.call("interpolation", c.pick("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"));
          c.call("antialias", c.coin());
          switch (c.in(0, 3)) {
            case 0 -> c.call("crop_to_aspect_ratio", true);
            case 1 -> c.call("pad_to_aspect_ratio", true).call("fill_value", c.real(0, 9));
            default -> {}
          }
          c.withoutGradients();
        });
    add.accept(
        "scale_and_translate",
        c -> {
          c.argument(Operands.array(c, "float32", 0, 9, c.in(2, 5), c.in(2, 5), c.in(1, 2)));
          c.argument(Operands.tuple(c.in(2, 6), c.in(2, 6), 1 + c.in(0, 1)));
          c.argument(Operands.array(c, "float32", 0.5, 2, 2))
              .argument(Operands.array(c, "float32", -1, 1, 2));
          c.argument(Operands.tuple(0, 1))
              .argument(c.pick("linear", "cubic", "lanczos3", "lanczos5", "nearest", "bilinear"));
          c.call("antialias", c.coin()).withoutGradients();
        });
    add.accept(
        "crop_images pad_images",
        c -> {
          images(c, dtype(c), 0, 9, c.in(1, 3), c.in(4, 6), c.in(4, 6));
        });
    add.accept(
        "crop_images",
        c -> {
          images(c, dtype(c), 0, 9, c.in(1, 3), 6, 7);
          two(c, "top_cropping", "bottom_cropping", "target_height", 2, 3);
          two(c, "left_cropping", "right_cropping", "target_width", 2, 3);
        });
    add.accept(
        "pad_images",
        c -> {
          images(c, dtype(c), 0, 9, c.in(1, 3), 3, 4);
          two(c, "top_padding", "bottom_padding", "target_height", 2, 7);
          two(c, "left_padding", "right_padding", "target_width", 2, 7);
        });
  }

  private static void two(
      DrawnCase c, String before, String behind, String target, int side, int size) {
    int left = c.in(0, 2);
    if (left != 0) {
      c.call(before, c.in(0, side));
    }
    if (left != 1) {
      c.call(behind, c.in(0, side));
    }
    if (left != 2) {
      c.call(target, size);
    }
  }

  private static void colours(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "rgb_to_grayscale",
        c -> images(c, dtype(c), 0, 1, c.in(0, 9) == 0 ? 4 : 3, c.in(1, 3), c.in(1, 3)));
    add.accept(
        "rgb_to_hsv hsv_to_rgb",
        c ->
            images(c, c.pick(Operands.FLOATS), 0, 1, 3, c.in(1, 3), c.in(1, 3)).withoutGradients());
  }

  private static void transforms(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "affine_transform",
        c -> {
          boolean batch = c.coin();
          boolean last = c.coin();
          int n = c.in(1, 2);
          int[] dims = last ? new int[] {4, 5, 2} : new int[] {2, 4, 5};
          int[] all = batch ? new int[] {n, dims[0], dims[1], dims[2]} : dims;
          c.argument(Operands.array(c, dtype(c), 0, 9, all))
              .call("data_format", last ? "channels_last" : "channels_first");
          List<Object> rows = new ArrayList<>();
          for (int i = 0; i < (batch ? n : 1); i++) {
            rows.addAll(List.of(c.real(0.5, 1.5), c.real(-0.5, 0.5), c.real(-2, 2)));
            rows.addAll(List.of(c.real(-0.5, 0.5), c.real(0.5, 1.5), c.real(-2, 2), 0.0, 0.0));
          }
          c.argument(batch ? c.array("float32", rows, n, 8) : c.array("float32", rows, 8));
          c.call("interpolation", c.pick("nearest", "bilinear")).call("fill_mode", c.pick(FILLS));
          c.call("fill_value", c.coin() ? c.in(0, 3) : (Object) c.real(0, 3)).withoutGradients();
        });
    add.accept(
        "perspective_transform",
        c -> {
          boolean batch = c.coin();
          int n = c.in(1, 2);
          c.argument(
              Operands.array(
                  c, dtype(c), 0, 9, batch ? new int[] {n, 5, 6, 2} : new int[] {5, 6, 2}));
          List<Object> from = new ArrayList<>();
          List<Object> to = new ArrayList<>();
          for (int i = 0; i < (batch ? n : 1); i++) {
            double[][] corners = {{0, 0}, {0, 5}, {4, 0}, {4, 5}};
            for (double[] corner : corners) {
              from.add(corner[0] + c.real(-0.4, 0.4));
              from.add(corner[1] + c.real(-0.4, 0.4));
              to.add(corner[0] + c.real(-0.4, 0.4));
              to.add(corner[1] + c.real(-0.4, 0.4));
            }
          }
          c.argument(batch ? c.array("float32", from, n, 4, 2) : c.array("float32", from, 4, 2));
          c.argument(batch ? c.array("float32", to, n, 4, 2) : c.array("float32", to, 4, 2));
          c.call("interpolation", c.pick("nearest", "bilinear"))
              .call("fill_value", c.in(0, 3))
              .withoutGradients();
        });
    add.accept(
        "map_coordinates",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(Operands.array(c, dtype(c), 0, 9, dims));
          int[] places = Operands.filled(c, 1, 2);
          int[] all = new int[places.length + 1];
          all[0] = dims.length;
          System.arraycopy(places, 0, all, 1, places.length);
          c.argument(Operands.array(c, "float32", -3, 6, all)).argument(c.in(0, 1));
          c.call("fill_mode", c.pick(FILLS))
              .call("fill_value", c.coin() ? c.in(0, 3) : (Object) c.real(0, 3));
          c.withoutGradients();
        });
    add.accept(
        "elastic_transform",
        c -> {
          images(c, "float32", 0, 9, c.in(1, 2), c.in(4, 6), c.in(4, 6));
          c.call("alpha", c.real(1, 5)).call("sigma", c.real(0.5, 2)).call("seed", c.in(0, 99));
          c.call("interpolation", "bilinear").call("fill_mode", c.pick(FILLS)).withoutGradients();
        });
  }

  private static void filters(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "gaussian_blur",
        c -> {
          images(
              c, c.pick("float32", "float32", "float16"), 0, 9, c.in(1, 3), c.in(4, 6), c.in(4, 6));
          c.call("kernel_size", Operands.tuple(c.pick(1, 3, 5), c.pick(1, 3, 5)));
          c.call("sigma", Operands.tuple(List.of(c.real(0.5, 2), c.real(0.5, 2))));
        });
    add.accept("sobel_edges", c -> images(c, dtype(c), 0, 9, c.in(1, 3), c.in(3, 5), c.in(3, 5)));
    add.accept(
        "ssim",
        c -> {
          boolean last = c.coin();
          int[] dims = last ? new int[] {2, 8, 9, 2} : new int[] {2, 2, 8, 9};
          String dtype = c.pick("float32", "float32", "float16", "uint8");
          c.argument(Operands.array(c, dtype, 0, 1, dims))
              .argument(Operands.array(c, dtype, 0, 1, dims));
          c.call("filter_size", c.pick(3, 5, 7)).call("filter_sigma", c.real(0.8, 2));
          c.call("max_val", c.pick((Object) 1.0, 1, 255))
              .call("data_format", last ? "channels_last" : "channels_first");
        });
    add.accept("extract_patches", c -> patches(c, 2));
    add.accept("extract_patches_3d", c -> patches(c, 3));
  }

  private static void patches(DrawnCase c, int rank) {
    int[] sides = new int[rank];
    int[] size = new int[rank];
    int[] strides = new int[rank];
    for (int d = 0; d < rank; d++) {
      sides[d] = c.in(4, 6);
      size[d] = c.in(1, 3);
      strides[d] = c.in(1, 3);
    }
    images(c, dtype(c), 0, 9, c.in(1, 2), sides);
    c.argument(c.coin() ? (Object) c.in(1, 3) : Operands.tuple(size));
    if (c.coin()) {
      c.call("strides", c.coin() ? (Object) c.in(1, 3) : Operands.tuple(strides));
    } else if (c.coin()) {
      c.call("strides", 1).call("dilation_rate", c.in(1, 2));
    }
    c.call("padding", c.pick("valid", "same"));
  }
}
