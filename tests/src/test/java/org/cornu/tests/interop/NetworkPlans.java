package org.cornu.tests.interop;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans of convolutions, pooling, normalization, losses, attention and sequences. */
final class NetworkPlans {
  private NetworkPlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    add.accept("conv", c -> convolution(c, 0));
    add.accept("depthwise_conv", c -> convolution(c, 1));
    add.accept("separable_conv", c -> convolution(c, 2));
    add.accept("conv_transpose", c -> convolution(c, 3));
    add.accept("max_pool average_pool", NetworkPlans::pooling);
    add.accept(
        "adaptive_max_pool adaptive_average_pool",
        c -> {
          int rank = c.in(1, 3);
          int[] out = new int[rank];
          for (int d = 0; d < rank; d++) {
            out[d] = c.in(1, 4);
          }
          c.input(images(c, c.in(1, 3), sides(c, rank, 4, 7)));
          c.argument(c.in(0, 3) == 0 ? (Object) out[0] : Operands.tuple(out));
        });
    softmaxes(add);
    normalizations(add);
    losses(add);
    add.accept("dot_product_attention", NetworkPlans::attention);
    add.accept("ctc_loss", NetworkPlans::ctcLoss);
    add.accept("ctc_decode", NetworkPlans::ctcDecode);
    add.accept(
        "unfold",
        c -> {
          c.argument(Operands.floats(c, c.in(1, 2), c.in(1, 3), c.in(4, 7), c.in(4, 7)));
          c.argument(one(c, 1, 2)).call("dilation", one(c, 1, 2)).call("padding", one(c, 0, 2));
          c.call("stride", one(c, 1, 3));
        });
    add.accept(
        "fold",
        c -> {
          int k = c.in(1, 3);
          int stride = c.in(1, 2);
          int padding = c.in(0, 1);
          int side = c.in(4, 6);
          int blocks = (side + 2 * padding - k) / stride + 1;
          c.input(c.in(1, 2), c.in(1, 2) * k * k, blocks * blocks);
          c.argument(c.coin() ? (Object) side : Operands.tuple(side, side)).argument(k);
          c.call("stride", stride).call("padding", padding);
        });
    add.accept("depth_to_space", c -> blocks(c, 1, 4));
    add.accept("space_to_depth", c -> blocks(c, 2, 1));
  }

  private static void blocks(DrawnCase c, int side, int channels) {
    int block = c.in(2, 3);
    int n = side == 1 ? c.in(1, 3) : block * c.in(1, 3);
    int depth = channels == 1 ? c.in(1, 3) : block * block * c.in(1, 2);
    boolean last = c.coin();
    c.argument(
        Operands.any(
            c, last ? new int[] {c.in(1, 2), n, n, depth} : new int[] {c.in(1, 2), depth, n, n}));
    c.argument(block).call("data_format", last ? "channels_last" : "channels_first");
  }

  private static Object one(DrawnCase c, int low, int high) {
    return c.coin() ? (Object) c.in(low, high) : Operands.tuple(c.in(low, high), c.in(low, high));
  }

  private static int[] sides(DrawnCase c, int rank, int low, int high) {
    int[] out = new int[rank];
    for (int d = 0; d < rank; d++) {
      out[d] = c.in(low, high);
    }
    return out;
  }

  /** Sizes of a batch of images; draws the place of the channels. */
  private static int[] images(DrawnCase c, int channels, int... sides) {
    @Nullable String format = c.in(0, 2) == 0 ? null : c.pick("channels_last", "channels_first");
    boolean last = !"channels_first".equals(format);
    if (format != null || c.coin()) {
      c.call("data_format", format);
    }
    int[] out = new int[sides.length + 2];
    out[0] = c.in(1, 2);
    out[last ? out.length - 1 : 1] = channels;
    System.arraycopy(sides, 0, out, last ? 1 : 2, sides.length);
    return out;
  }

  private static Object perAxis(DrawnCase c, int rank, int low, int high) {
    return c.coin() ? (Object) c.in(low, high) : Operands.tuple(sides(c, rank, low, high));
  }

  private static void convolution(DrawnCase c, int kind) {
    int rank = kind == 1 || kind == 2 ? c.in(1, 2) : c.in(1, 3);
    int groups = kind == 0 ? c.in(1, 2) : 1;
    int channels = groups * c.in(1, 2);
    int[] kernel = Arrays.copyOf(sides(c, rank, 1, 3), rank + 2);
    String dtype = c.in(0, 4) == 0 ? c.pick(Operands.FLOATS) : "float32";
    c.argument(Operands.array(c, dtype, -2, 2, images(c, channels, sides(c, rank, 6, 8))));
    int filters = c.in(1, 2);
    kernel[rank] = kind == 0 ? channels / groups : kind == 3 ? filters : channels;
    kernel[rank + 1] = kind == 0 ? groups * filters : kind == 3 ? channels : filters;
    c.argument(Operands.array(c, dtype, -1, 1, kernel));
    if (kind == 2) {
      int[] pointwise = new int[rank + 2];
      Arrays.fill(pointwise, 1);
      pointwise[rank] = channels * filters;
      pointwise[rank + 1] = c.in(1, 3);
      c.argument(Operands.array(c, dtype, -1, 1, pointwise));
    }
    c.call("padding", c.pick("valid", "same", "valid", "SAME"));
    boolean dilated = c.in(0, 2) == 0;
    if (dilated) {
      c.call("dilation_rate", perAxis(c, rank, 1, 2));
    }
    if (!dilated || c.in(0, 4) == 0) {
      c.call("strides", kind == 1 || kind == 2 ? (Object) c.in(1, 3) : perAxis(c, rank, 1, 3));
      if (kind == 3 && c.in(0, 2) == 0) {
        c.call("output_padding", c.in(0, 1));
      }
    }
  }

  private static void pooling(DrawnCase c) {
    int rank = c.in(1, 3);
    c.argument(Operands.floats(c, images(c, c.in(1, 2), sides(c, rank, 4, 7))));
    c.argument(perAxis(c, rank, 1, 3));
    if (c.coin()) {
      c.call("strides", perAxis(c, rank, 1, 3));
    }
    c.call("padding", c.pick("valid", "same"));
  }

  private static void softmaxes(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "softmax log_softmax",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(
              Operands.odd(c, c.pick(Operands.FLOATS), -5, 5, c.in(0, 3) == 0 ? 6 : 0, dims));
          c.withoutGradients();
          Object axes = Operands.axes(c, dims.length);
          if (axes != null) {
            c.call("axis", axes);
          }
        });
    add.accept(
        "sparsemax",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(Operands.floats(c, dims));
          // Keras' own form of other axes is not the one of its paper.
          c.call("axis", -1);
        });
    add.accept(
        "glu",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          int axis = Operands.axis(c, dims.length);
          dims[Math.floorMod(axis, dims.length)] = c.pick(2, 4, 6, 3);
          c.argument(Operands.floats(c, dims)).call("axis", axis);
        });
  }

  private static void normalizations(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "batch_normalization",
        c -> {
          int[] dims = Operands.filled(c, 1, 4);
          int axis = c.in(-dims.length, dims.length - 1);
          int n = dims[Math.floorMod(axis, dims.length)];
          String dtype = c.pick(Operands.FLOATS);
          c.argument(Operands.array(c, dtype, -3, 3, dims));
          c.argument(Operands.array(c, c.pick(dtype, "float32"), -1, 1, n));
          c.argument(Operands.array(c, c.pick(dtype, "float32"), 0.3, 2, n)).argument(axis);
          if (c.coin()) {
            c.call("offset", Operands.array(c, dtype, -1, 1, n));
          }
          if (c.coin()) {
            c.call("scale", Operands.array(c, dtype, -1, 1, n));
          }
          if (c.coin()) {
            c.call("epsilon", c.real(0.01, 0.5));
          }
        });
    add.accept(
        "layer_normalization",
        c -> {
          int[] dims = Operands.filled(c, 2, 4);
          String dtype = c.pick(Operands.FLOATS);
          c.argument(Operands.array(c, dtype, -3, 3, dims));
          int n = dims[dims.length - 1];
          if (c.coin()) {
            c.call("gamma", Operands.array(c, dtype, -1, 1, n));
          }
          if (c.coin()) {
            c.call("beta", Operands.array(c, dtype, -1, 1, n));
          }
          if (c.coin()) {
            c.call("epsilon", c.real(0.01, 0.5));
          }
          c.call("axis", -1);
        });
    add.accept(
        "rms_normalization",
        c -> {
          int[] dims = Operands.filled(c, 2, 4);
          String dtype = c.pick(Operands.FLOATS);
          c.argument(Operands.array(c, dtype, -3, 3, dims));
          if (c.coin()) {
            c.call("scale", Operands.array(c, dtype, -1, 1, dims[dims.length - 1]));
          }
          if (c.coin()) {
            c.call("epsilon", c.real(0.01, 0.5));
          }
        });
  }

  private static void losses(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "binary_crossentropy",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          boolean logits = c.coin();
          c.argument(Operands.array(c, c.pick("float32", "int32", "bool"), 0, 1, dims));
          c.argument(
              Operands.array(
                  c, c.pick(Operands.FLOATS), logits ? -4 : 0.05, logits ? 4 : 0.95, dims));
          c.call("from_logits", logits);
        });
    add.accept(
        "categorical_crossentropy",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          boolean logits = c.coin();
          c.argument(Operands.array(c, c.pick("float32", "float32", "int32"), 0, 1, dims));
          c.argument(
              Operands.array(
                  c, c.pick(Operands.FLOATS), logits ? -4 : 0.05, logits ? 4 : 0.95, dims));
          c.call("from_logits", logits).call("axis", Operands.axis(c, dims.length));
        });
    add.accept(
        "sparse_categorical_crossentropy",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          boolean logits = c.coin();
          int n = dims[dims.length - 1];
          int[] labels = Arrays.copyOf(dims, dims.length - 1);
          c.argument(
              Operands.array(
                  c,
                  c.pick("int32", "uint8", "int8"),
                  c.in(0, 3) == 0 ? -1 : 0,
                  n - 1 + (c.in(0, 5) == 0 ? 1 : 0),
                  labels));
          c.argument(
              Operands.array(
                  c, c.pick(Operands.FLOATS), logits ? -4 : 0.05, logits ? 4 : 0.95, dims));
          c.call("from_logits", logits);
        });
    add.accept(
        "psnr",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(Operands.array(c, c.pick("float32", "int32", "uint8"), -4, 7, dims))
              .argument(Operands.array(c, c.pick("float32", "int32", "uint8"), -4, 7, dims));
          c.argument(c.coin() ? (Object) 255 : c.real(1, 3));
        });
  }

  private static void attention(DrawnCase c) {
    int batch = c.in(1, 2);
    int queries = c.in(1, 4);
    int keys = c.in(1, 4);
    int group = c.in(1, 2);
    int heads = c.in(1, 2);
    int depth = c.in(1, 4);
    String dtype = c.pick(Operands.FLOATS);
    c.argument(Operands.array(c, dtype, -2, 2, batch, queries, heads * group, depth));
    c.argument(Operands.array(c, dtype, -2, 2, batch, keys, heads, depth));
    c.argument(Operands.array(c, dtype, -2, 2, batch, keys, heads, depth));
    int[] scores = {c.coin() ? batch : 1, c.coin() ? heads * group : 1, queries, keys};
    if (c.coin()) {
      c.call("bias", Operands.array(c, dtype, -1, 1, scores));
    }
    if (c.coin()) {
      c.call("mask", c.booleans(scores));
    }
    if (c.coin()) {
      c.call("scale", c.real(0.2, 1));
    }
    if (c.coin()) {
      c.call("is_causal", c.coin());
    }
    if (c.in(0, 4) == 0) {
      c.call("attn_logits_soft_cap", c.real(1, 3));
    }
  }

  private static Object lengths(DrawnCase c, int batch, int low, int high) {
    return c.array("int32", drawn(c, batch, low, high), batch);
  }

  private static List<Object> drawn(DrawnCase c, int n, int low, int high) {
    java.util.ArrayList<Object> out = new java.util.ArrayList<>();
    for (int i = 0; i < n; i++) {
      out.add(c.in(low, high));
    }
    return out;
  }

  private static void ctcLoss(DrawnCase c) {
    int batch = c.in(1, 3);
    int labels = c.in(1, 3);
    int steps = c.in(2 * labels + 1, 8);
    int classes = c.in(2, 4);
    int mask = c.pick(0, classes - 1);
    int low = mask == 0 ? 1 : 0;
    c.argument(
        c.array(
            "int32",
            drawn(c, batch * labels, low, mask == 0 ? classes - 1 : classes - 2),
            batch,
            labels));
    c.argument(Operands.array(c, "float32", -2, 2, batch, steps, classes));
    c.argument(lengths(c, batch, 1, labels)).argument(lengths(c, batch, 2 * labels + 1, steps));
    c.call("mask_index", mask);
  }

  private static void ctcDecode(DrawnCase c) {
    int batch = c.in(1, 3);
    int steps = c.in(2, 6);
    int classes = c.in(2, 4);
    boolean greedy = c.coin();
    c.argument(Operands.array(c, "float32", -2, 2, batch, steps, classes));
    c.argument(lengths(c, batch, 1, steps)).call("strategy", greedy ? "greedy" : "beam_search");
    c.call("mask_index", c.pick(0, classes - 1)).withoutGradients();
    @Nullable Object merge = greedy ? (Object) c.coin() : null;
    if (merge != null) {
      c.call("merge_repeated", merge);
    } else {
      c.call("beam_width", c.in(2, 6)).call("top_paths", c.in(1, 2));
    }
  }
}
