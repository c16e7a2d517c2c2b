package org.cornu.tests.interop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.cornu.activations.Activation;
import org.cornu.config.Registry;
import org.cornu.layers.Lambda;
import org.cornu.ops.Np;

/** How cases of each layer class are drawn: what options fit together, and inputs for them. */
final class LayerPlans {
  private static final Map<String, Consumer<DrawnCase>> PLANS = new TreeMap<>();

  private LayerPlans() {}

  static Map<String, Consumer<DrawnCase>> all() {
    return PLANS;
  }

  private static void plan(String name, Consumer<DrawnCase> plan) {
    PLANS.put(name, plan);
  }

  private static void plans(Consumer<DrawnCase> plan, String... names) {
    for (String name : names) {
      plan(name, plan);
    }
  }

  /** Sizes of any rank from 2. */
  private static int[] sizes(DrawnCase c) {
    int[] dims = new int[c.in(2, 4)];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = c.in(1, 4);
    }
    return dims;
  }

  private static int[] spatial(DrawnCase c, int rank) {
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      out[i] = rank == 3 ? c.in(4, 6) : c.in(5, 9);
    }
    return out;
  }

  static {
    core();
    functions();
    convolutions();
    pooling();
    recurrent();
    normalization();
    attention();
    merging();
    reshaping();
    noise();
    features();
    images();
  }

  private static Map<String, Object> layer(String className, Map<String, ?> options) {
    return DrawnCase.object("keras.layers", className, options);
  }

  private static void core() {
    plan("Dense", c -> c.set("units", c.in(1, 5)).leave("lora_rank").input(sizes(c)));
    plan(
        "EinsumDense",
        c -> {
          switch (c.in(0, 3)) {
            case 0 -> c.set("equation", "ab,bc->ac").set("output_shape", 4).input(3, 5);
            case 1 ->
                c.set("equation", "...x,xy->...y").set("output_shape", List.of(4)).input(2, 3, 5);
            case 2 ->
                c.set("equation", "abc,cde->abde")
                    .set("output_shape", java.util.Arrays.asList(null, 2, 3))
                    .maybe("bias_axes", "de")
                    .input(2, 3, 4);
            default ->
                c.set("equation", "abc,bcd->ad")
                    .set("output_shape", 3)
                    .maybe("bias_axes", "d")
                    .input(2, 3, 4);
          }
        });
    plan(
        "Embedding",
        c -> {
          int words = c.in(2, 9);
          c.set("input_dim", words).set("output_dim", c.in(1, 5)).leave("weights");
          c.argument(c.integers(words, c.in(1, 3), c.in(1, 4)));
        });
    plan(
        "ReversibleEmbedding",
        c -> {
          int width = c.in(1, 4);
          c.set("input_dim", 7).set("output_dim", width).leave("reverse_dtype");
          c.maybe("logit_soft_cap", c.real(1, 5));
          if (c.coin()) {
            c.call("reverse", true).input(2, 3, width);
          } else {
            c.argument(c.integers(7, 2, 3));
          }
        });
    plan(
        "Activation",
        c -> c.set("activation", c.pick("relu", "tanh", "selu", "mish", "celu")).input(sizes(c)));
    plan("Identity", c -> c.input(sizes(c)));
    plan("Masking", c -> c.set("mask_value", c.in(0, 2)).argument(c.whole(3, 2, 4, 2)));
    plan(
        "ReLU",
        c ->
            c.maybe("max_value", c.real(0.5, 2))
                .maybe("negative_slope", c.real(0, 1))
                .maybe("threshold", c.real(0, 1))
                .input(sizes(c)));
    plan("LeakyReLU", c -> c.maybe("negative_slope", c.real(0, 1)).input(sizes(c)));
    plan("ELU", c -> c.maybe("alpha", c.real(0.1, 2)).input(sizes(c)));
    plan("PReLU", c -> c.maybe("shared_axes", List.of(1)).input(2, 3, 4));
    plan(
        "Softmax",
        c -> {
          c.set("axis", c.pick((Object) (-1), 1, List.of(1, 2))).input(2, 3, 4);
          if (c.coin()) {
            c.call("mask", c.booleans(2, 3, 4));
          }
        });
    plan(
        "ActivityRegularization",
        c ->
            c.maybe("l1", c.real(0, 1))
                .maybe("l2", c.real(0, 1))
                .leave("activity_regularizer")
                .input(sizes(c)));
  }

  /** Functions of layers of class Lambda, which the script of Keras knows by the same names. */
  private static void functions() {
    Registry.global().addFunction(Activation.FAMILY, "interop", "twice", x -> x.mul(2));
    Registry.global()
        .addFunction(
            Lambda.Function.FAMILY,
            "interop",
            "power",
            (x, given) -> Np.power(Np.abs(x), given.number("exponent")));
    Registry.global()
        .addFunction(
            Lambda.Function.FAMILY,
            "interop",
            "pairs",
            (x, given) -> Np.stack(List.of(x, given.call().isTraining() ? x.neg() : x), -1));
    plan(
        "Lambda",
        c -> {
          String name = c.pick("twice", "power", "pairs");
          Map<String, Object> function = new HashMap<>();
          function.put("module", "builtins");
          function.put("class_name", "function");
          function.put("config", "interop>" + name);
          function.put("registered_name", "function");
          c.set("function", function).leave("mask", "output_shape");
          c.set("arguments", name.equals("power") ? Map.of("exponent", c.in(1, 3)) : Map.of());
          c.input(sizes(c));
          if (c.coin()) {
            c.call("training", c.coin());
          }
        });
  }

  private static void convolutions() {
    for (int r = 1; r <= 3; r++) {
      int rank = r;
      plan(
          "Conv" + r + "D",
          c -> {
            int groups = c.in(1, 2);
            c.set("groups", groups).set("filters", groups * c.in(1, 3));
            kernel(c);
            String padding = c.pick("valid", "same", rank == 1 ? "causal" : "same");
            c.set("padding", padding);
            if (padding.equals("causal")) {
              c.set("data_format", "channels_last").input(2, c.in(6, 9), groups * 2);
            } else {
              c.input(c.images(2, groups * c.in(1, 2), spatial(c, rank)));
            }
          });
      plan(
          "Conv" + r + "DTranspose",
          c -> {
            c.set("filters", c.in(1, 3));
            kernel(c);
            c.leave("output_padding").input(c.images(2, c.in(1, 3), spatial(c, rank)));
          });
      plan(
          "ConvLSTM" + r + "D",
          c -> {
            c.set("filters", c.in(1, 3)).set("kernel_size", c.in(1, 3));
            c.leave("stateful", "dropout", "recurrent_dropout");
            boolean last = c.coin();
            c.set("data_format", last ? "channels_last" : "channels_first");
            c.set("padding", c.pick("valid", "same"));
            int[] dims = new int[rank + 3];
            java.util.Arrays.fill(dims, rank == 3 ? 3 : 5);
            dims[0] = 2;
            dims[1] = c.in(1, 3);
            dims[last ? rank + 2 : 2] = c.in(1, 2);
            c.input(dims);
            if (c.coin()) {
              c.call("mask", c.booleans(2, dims[1]));
            }
          });
      if (r < 3) {
        plan(
            "DepthwiseConv" + r + "D",
            c -> {
              kernel(c);
              c.set("padding", c.pick("valid", "same")).maybe("depth_multiplier", c.in(1, 3));
              c.input(c.images(2, c.in(1, 3), spatial(c, rank)));
            });
        plan(
            "SeparableConv" + r + "D",
            c -> {
              c.set("filters", c.in(1, 3)).maybe("depth_multiplier", c.in(1, 2));
              kernel(c);
              c.set("padding", c.pick("valid", "same"));
              c.input(c.images(2, c.in(1, 3), spatial(c, rank)));
            });
      }
    }
  }

  /** A kernel with either steps or dilation: both at once are refused. */
  private static void kernel(DrawnCase c) {
    c.set("kernel_size", c.in(1, 3));
    if (c.coin()) {
      c.set("strides", c.in(1, 2));
    } else {
      c.set("dilation_rate", c.in(1, 2));
    }
  }

  private static void pooling() {
    for (int r = 1; r <= 3; r++) {
      int rank = r;
      plans(
          c -> {
            c.set("pool_size", c.in(1, 3)).maybe("strides", c.in(1, 3));
            c.input(c.images(2, c.in(1, 3), spatial(c, rank)));
          },
          "MaxPooling" + r + "D",
          "AveragePooling" + r + "D");
      plans(
          c -> c.input(c.images(2, c.in(1, 3), spatial(c, rank))),
          "GlobalMaxPooling" + r + "D",
          "GlobalAveragePooling" + r + "D");
      plans(
          c -> {
            c.set("output_size", c.in(1, 4));
            c.input(c.images(2, c.in(1, 3), spatial(c, rank)));
          },
          "AdaptiveMaxPooling" + r + "D",
          "AdaptiveAveragePooling" + r + "D");
    }
  }

  private static void recurrent() {
    plans(
        c -> {
          c.set("units", c.in(1, 4)).leave("stateful", "use_cudnn", "dropout", "recurrent_dropout");
          int steps = c.in(1, 4);
          c.input(2, steps, c.in(1, 3));
          if (c.coin()) {
            c.call("mask", c.booleans(2, steps));
          }
        },
        "SimpleRNN",
        "GRU",
        "LSTM");
    plan("SimpleRNNCell", c -> cell(c, 1));
    plan("GRUCell", c -> cell(c, 1));
    plan("LSTMCell", c -> cell(c, 2));
    plan(
        "StackedRNNCells",
        c -> {
          // The cells have policies of their own.
          c.leave("dtype")
              .set(
                  "cells",
                  List.of(
                      layer("GRUCell", Map.of("units", 3)), layer("LSTMCell", Map.of("units", 2))));
          c.input(2, 3);
          c.argument(
              List.of(
                  c.floats(-1, 1, 2, 3), List.of(c.floats(-1, 1, 2, 2), c.floats(-1, 1, 2, 2))));
        });
    plan(
        "RNN",
        c -> {
          c.set("cell", layer(c.pick("SimpleRNNCell", "GRUCell", "LSTMCell"), Map.of("units", 3)));
          c.leave("stateful").input(2, 3, 2);
          if (c.coin()) {
            c.call("mask", c.booleans(2, 3));
          }
        });
    plan(
        "Bidirectional",
        c -> {
          Map<String, Object> inner = new HashMap<>(Map.of("units", 3));
          inner.put("return_sequences", c.coin());
          c.set("layer", layer(c.pick("SimpleRNN", "GRU", "LSTM"), inner));
          c.set("merge_mode", c.in(0, 4) == 0 ? null : c.pick("concat", "sum", "mul", "ave"));
          c.leave("weights", "backward_layer").input(2, 4, 3);
        });
    plan(
        "TimeDistributed",
        c -> {
          c.set(
              "layer",
              c.pick(layer("Dense", Map.of("units", 3)), layer("LayerNormalization", Map.of())));
          c.input(2, 3, 4);
        });
  }

  private static void cell(DrawnCase c, int states) {
    int units = c.in(1, 4);
    c.set("units", units).leave("dropout", "recurrent_dropout").input(2, c.in(1, 3));
    Object one = c.floats(-1, 1, 2, units);
    c.argument(states == 1 ? List.of(one) : List.of(one, c.floats(-1, 1, 2, units)));
  }

  private static void normalization() {
    plan(
        "BatchNormalization",
        c ->
            c.set("axis", c.pick(-1, 1))
                .leave("synchronized", "renorm")
                .maybe("epsilon", c.real(0.001, 0.1))
                .maybe("momentum", c.real(0.5, 0.99))
                .call("training", c.coin())
                .input(3, 4, 2));
    plan(
        "LayerNormalization",
        c ->
            c.set("axis", c.pick((Object) (-1), 1, List.of(1, 2)))
                .maybe("epsilon", c.real(0.001, 0.1))
                .leave("rms_scaling")
                .input(3, 4, 5));
    plan("GroupNormalization", c -> c.set("groups", c.pick(1, 2, 4, -1)).input(2, 3, 4));
    plan("RMSNormalization", c -> c.maybe("epsilon", c.real(0.001, 0.1)).input(sizes(c)));
    plan(
        "UnitNormalization",
        c -> c.set("axis", c.pick((Object) (-1), 1, List.of(1, 2))).input(2, 3, 4));
    plan(
        "SpectralNormalization",
        c ->
            c.set("layer", layer("Dense", Map.of("units", 3)))
                .maybe("power_iterations", c.in(1, 3))
                .call("training", c.coin())
                .input(3, 4));
  }

  private static void attention() {
    plans(
        c -> {
          int query = c.in(1, 4);
          int key = c.in(1, 4);
          c.leave("dropout")
              .argument(
                  c.coin()
                      ? List.of(c.floats(-1, 1, 2, query, 3), c.floats(-1, 1, 2, key, 3))
                      : List.of(
                          c.floats(-1, 1, 2, query, 3),
                          c.floats(-1, 1, 2, key, 3),
                          c.floats(-1, 1, 2, key, 3)));
          if (c.coin()) {
            c.call("use_causal_mask", true);
          }
          if (c.coin()) {
            c.call("return_attention_scores", true);
          }
        },
        "Attention",
        "AdditiveAttention");
    plan(
        "MultiHeadAttention",
        c -> {
          int query = c.in(1, 4);
          int key = c.in(1, 4);
          c.set("num_heads", c.in(1, 3))
              .set("key_dim", c.in(1, 3))
              .maybe("output_shape", c.in(1, 4))
              .leave(
                  "dropout",
                  "attention_axes",
                  "flash_attention",
                  "sliding_window",
                  "kernel_initializer");
          c.input(2, query, 3).input(2, key, 3);
          if (c.coin()) {
            c.call("use_causal_mask", true);
          }
          if (c.coin()) {
            c.call("attention_mask", c.booleans(2, query, key));
          }
          if (c.coin()) {
            // Keras' attention without scores wants values of the size of keys.
            c.maybe("value_dim", c.in(1, 3)).call("return_attention_scores", true);
          } else {
            c.leave("value_dim");
          }
        });
    plan(
        "GroupQueryAttention",
        c -> {
          int groups = c.in(1, 2);
          c.set("num_key_value_heads", groups)
              .set("num_query_heads", groups * c.in(1, 2))
              .set("head_dim", c.in(1, 3))
              .leave("dropout", "flash_attention", "sliding_window");
          int query = c.in(1, 4);
          c.input(2, query, 3).input(2, query, 3);
          if (c.coin()) {
            c.call("use_causal_mask", true);
          }
        });
  }

  private static void merging() {
    plans(
        c -> {
          int[] dims = {2, c.in(1, 3), 4};
          c.argument(
              c.coin()
                  ? List.of(c.floats(-1, 1, dims), c.floats(-1, 1, dims))
                  : List.of(
                      c.floats(-1, 1, dims), c.floats(-1, 1, 2, 1, 4), c.floats(-1, 1, dims)));
        },
        "Add",
        "Average",
        "Maximum",
        "Minimum",
        "Multiply");
    plan("Subtract", c -> c.argument(List.of(c.floats(-1, 1, 2, 3), c.floats(-1, 1, 2, 3))));
    plan(
        "Concatenate",
        c -> {
          int axis = c.pick(1, 2, -1);
          c.set("axis", axis);
          int[] second = {2, 3, 4};
          second[axis < 0 ? 2 : axis] = c.in(1, 5);
          c.argument(List.of(c.floats(-1, 1, 2, 3, 4), c.floats(-1, 1, second)));
        });
    plan(
        "Dot",
        c -> {
          if (c.coin()) {
            c.set("axes", c.pick((Object) 1, List.of(1, 1)));
            c.argument(List.of(c.floats(-1, 1, 2, 3, 2), c.floats(-1, 1, 2, 3, 4)));
          } else {
            c.set("axes", List.of(2, 1));
            c.argument(List.of(c.floats(-1, 1, 2, 3, 4), c.floats(-1, 1, 2, 4, 2)));
          }
        });
  }

  private static void reshaping() {
    plan("Flatten", c -> c.input(sizes(c)));
    plan("Permute", c -> c.set("dims", c.pick(List.of(2, 1), List.of(1, 2))).input(2, 3, 4));
    plan("RepeatVector", c -> c.set("n", c.in(1, 4)).input(2, 3));
    plan(
        "Reshape",
        c ->
            c.set(
                    "target_shape",
                    c.pick(List.of(6, 2), List.of(-1), List.of(3, -1), List.of(2, 3, 2)))
                .input(2, 3, 4));
    plan("Cropping1D", c -> c.set("cropping", c.pick((Object) 1, List.of(0, 2))).input(2, 5, 3));
    plan(
        "Cropping2D",
        c ->
            c.set(
                    "cropping",
                    c.pick((Object) 1, List.of(1, 2), List.of(List.of(1, 0), List.of(0, 2))))
                .input(c.images(2, 2, 5, 6)));
    plan(
        "Cropping3D",
        c ->
            c.set("cropping", c.pick((Object) 1, List.of(1, 0, 1))).input(c.images(1, 2, 4, 5, 4)));
    plan(
        "ZeroPadding1D",
        c -> c.set("padding", c.pick((Object) 2, List.of(0, 2))).input(c.images(2, 3, 4)));
    plan(
        "ZeroPadding2D",
        c ->
            c.set(
                    "padding",
                    c.pick((Object) 1, List.of(1, 2), List.of(List.of(1, 0), List.of(0, 2))))
                .input(c.images(2, 2, 3, 3)));
    plan(
        "ZeroPadding3D",
        c -> c.set("padding", c.pick((Object) 1, List.of(1, 0, 2))).input(c.images(1, 2, 3, 2, 3)));
    plan("UpSampling1D", c -> c.set("size", c.in(1, 3)).input(2, 3, 2));
    plan(
        "UpSampling2D",
        c -> c.set("size", c.pick((Object) 2, List.of(1, 3))).input(c.images(2, 2, 3, 4)));
    plan(
        "UpSampling3D",
        c -> c.set("size", c.pick((Object) 2, List.of(1, 2, 1))).input(c.images(1, 2, 2, 3, 2)));
  }

  private static void noise() {
    plans(
        c -> {
          c.set("rate", c.real(0, 0.9)).set("seed", c.in(1, 99)).call("training", c.coin());
          c.input(2, 5, 4);
        },
        "Dropout",
        "GaussianDropout",
        "AlphaDropout");
    plan("SpatialDropout1D", c -> spatial(c).call("training", c.coin()).input(2, 5, 4));
    plan(
        "SpatialDropout2D", c -> spatial(c).call("training", c.coin()).input(c.images(2, 4, 3, 3)));
    plan(
        "SpatialDropout3D",
        c -> spatial(c).call("training", c.coin()).input(c.images(2, 4, 3, 2, 3)));
    plan(
        "GaussianNoise",
        c ->
            c.set("stddev", c.real(0, 1))
                .set("seed", c.in(1, 99))
                .call("training", c.coin())
                .input(2, 5));
  }

  /** Keras takes no other base options here, and its config forgets the policy. */
  private static DrawnCase spatial(DrawnCase c) {
    c.leave("dtype", "trainable", "activity_regularizer");
    return c.set("rate", c.real(0, 0.9)).set("seed", c.in(1, 99));
  }

  private static void features() {
    plan(
        "Rescaling",
        c -> c.set("scale", c.real(-2, 2)).set("offset", c.real(-1, 1)).input(sizes(c)));
    plan(
        "Normalization",
        c -> {
          if (c.coin()) {
            c.set("axis", c.pick((Object) (-1), 1, List.of(1, 2)));
            c.leave("mean", "variance");
          } else {
            c.set("mean", c.real(-1, 1))
                .set("variance", c.real(0.1, 2))
                .set("axis", c.coin() ? null : -1);
          }
          c.input(2, 3, 4);
        });
    plan(
        "Discretization",
        c -> {
          c.set("bin_boundaries", List.of(-1.0, c.real(-0.9, 0), c.real(0.1, 1), 1.5));
          c.leave("sparse", "num_bins", "dtype", "trainable", "activity_regularizer");
          c.input(c.pick(new int[] {4, 1}, new int[] {3, 4}));
        });
    plan(
        "CategoryEncoding",
        c -> {
          int tokens = c.in(2, 6);
          c.set("num_tokens", tokens).leave("sparse");
          c.set("output_mode", c.pick("one_hot", "multi_hot", "count"));
          c.argument(c.integers(tokens, c.pick(new int[] {4, 1}, new int[] {3, 4})));
        });
    plan(
        "STFTSpectrogram",
        c -> {
          c.set("frame_length", c.pick(4, 6, 8)).maybe("frame_step", c.in(1, 4));
          c.leave("window", "fft_length");
          boolean last = c.coin();
          c.set("data_format", last ? "channels_last" : "channels_first");
          c.input(last ? new int[] {2, 24, 2} : new int[] {2, 2, 24});
        });
    plan(
        "MelSpectrogram",
        c ->
            c.set("fft_length", 32)
                .set("sequence_stride", c.pick(8, 16))
                .set("sampling_rate", 800)
                .set("num_mel_bins", c.in(2, 8))
                .set("min_freq", c.in(0, 20))
                .maybe("max_freq", 300)
                .maybe("top_db", c.in(20, 90))
                .leave("window")
                .input(2, 96));
    plan(
        "Pipeline",
        c ->
            c.set(
                    "layers",
                    List.of(
                        layer("Rescaling", Map.of("scale", 0.5, "offset", 0.1)),
                        layer("RandomFlip", Map.of("seed", c.in(1, 99))),
                        layer("CenterCrop", Map.of("height", 3, "width", 3))))
                .input(2, 4, 5, 3));
  }

  /** Images of bytes as floats, or as integers where the layer is told to keep them. */
  private static DrawnCase pictures(DrawnCase c, boolean integers) {
    int[] dims = c.images(2, 3, c.in(5, 8), c.in(5, 8));
    if (!integers || c.coin()) {
      return c.withoutGradients().argument(c.whole(256, dims));
    }
    // Keras casts the factors of penalties to the type of the output: those of integers are 0.
    return c.leave("activity_regularizer").withoutGradients().argument(c.integers(256, dims));
  }

  private static void images() {
    plans(
        c -> {
          c.set("height", c.in(2, 9)).set("width", c.in(2, 9));
          if (c.coin()) {
            c.leave("crop_to_aspect_ratio");
          } else {
            c.leave("pad_to_aspect_ratio");
          }
          pictures(c, true);
        },
        "Resizing",
        "CenterCrop");
    plan(
        "RandomCrop",
        c -> {
          c.set("height", c.in(2, 4)).set("width", c.in(2, 4)).set("seed", c.in(1, 99));
          pictures(c, false).call("training", true);
        });
    plans(c -> augmented(c), "AutoContrast", "Equalization");
    plan(
        "ContrastLimitedAdaptiveHistogramEqualization",
        c ->
            augmented(
                c.set("tile_grid_size", List.of(2, c.in(1, 3))).maybe("clip_limit", c.real(0, 4))));
    plans(
        c -> augmented(c.set("factor", c.pick((Object) c.real(0, 1), List.of(0.1, 0.6)))),
        "RandomBrightness",
        "RandomContrast",
        "RandomColorDegeneration",
        "RandomHue",
        "RandomSaturation",
        "RandomSharpness",
        "RandomInvert",
        "RandomRotation",
        "RandomGaussianBlur",
        "RandomErasing",
        "RandomPerspective",
        "CutMix");
    plan(
        "RandomPosterization",
        c -> augmented(c.set("factor", c.pick((Object) c.in(1, 8), List.of(2, 6)))));
    plan("RandomGrayscale", c -> augmented(c.set("factor", c.in(0, 1))));
    plan(
        "Solarization",
        c ->
            augmented(
                c.set("addition_factor", c.real(0, 1)).set("threshold_factor", c.real(0, 1))));
    plan("RandomFlip", c -> augmented(c));
    plan(
        "RandomTranslation",
        c ->
            augmented(
                c.set("height_factor", c.real(0, 0.5))
                    .set("width_factor", c.pick((Object) c.real(0, 0.5), List.of(-0.2, 0.4)))));
    plan(
        "RandomZoom",
        c ->
            augmented(
                c.set("height_factor", c.real(0, 0.5))
                    .maybe("width_factor", c.pick((Object) c.real(0, 0.5), List.of(-0.2, 0.4)))));
    plan(
        "RandomShear",
        c -> augmented(c.set("x_factor", c.real(0, 0.5)).set("y_factor", c.real(0, 0.5))));
    plan("RandomElasticTransform", c -> augmented(c.leave("factor", "scale")));
    plan("MixUp", c -> augmented(c.set("alpha", c.real(0.1, 1))));
    // One at a time: after another, rounding decides which grey level a pixel gets.
    plan("RandAugment", c -> augmented(c.set("factor", c.real(0, 1)).set("num_ops", 1)));
    plan(
        "RandomColorJitter",
        c -> {
          c.maybe("brightness_factor", c.real(0, 0.9))
              .maybe("contrast_factor", c.real(0, 0.9))
              .maybe("saturation_factor", c.real(0, 0.9))
              .maybe("hue_factor", c.real(0, 0.9));
          c.set("seed", c.in(1, 99)).set("data_format", "channels_last");
          c.withoutGradients().argument(c.floats(0, 255, 2, 6, 6, 3)).call("training", true);
        });
    // Which augmentations are chained, Keras draws from Python's own generator.
    plan(
        "AugMix",
        c -> {
          c.set("factor", c.real(0, 1)).set("num_chains", c.in(1, 4)).set("seed", c.in(1, 99));
          c.leave("value_range", "alpha");
          pictures(c, true).call("training", false);
        });
    plan("MaxNumBoundingBoxes", c -> augmented(c.set("max_number", 3)));
  }

  private static void augmented(DrawnCase c) {
    c.leave("value_range", "fill_value", "scale", "kernel_size", "sigma", "bins");
    if (c.has("seed")) {
      c.set("seed", c.in(1, 99));
    }
    pictures(c, false).call("training", true);
  }
}
