package org.cornu.check;

import org.cornu.ops.Attention;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;

/** {@code keras.ops} about neural networks, and {@code keras.activations}. */
final class NnEntries {
  /** Keras' {@code epsilon()}. */
  private static final double EPSILON = 1e-7;

  private final OpCatalog catalog;

  private NnEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    NnEntries e = new NnEntries(catalog);
    e.activations();
    e.onlyActivations();
    e.convolutions();
    e.pooling();
    e.normalization();
    e.labels();
    e.sequences();
    e.blocks();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + path, method, call);
  }

  /** An activation that is both an operation and an activation. */
  private void both(String signature, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + signature, "Nn." + method, call);
    catalog.add("keras.activations." + signature, "Nn." + method, call);
  }

  private void both(String name, F1<Tensor, Tensor> f, String method) {
    both(name + "(x)", method, a -> f.apply(a.tensor("x")));
  }

  private void alias(String name, String of) {
    catalog.alias("keras.ops." + name, "keras.ops." + of);
    catalog.alias("keras.activations." + name, "keras.activations." + of);
  }

  private void activations() {
    both("relu6", Nn::relu6, "relu6");
    both("silu", Nn::silu, "silu");
    alias("swish", "silu");
    both("softplus", Nn::softplus, "softplus");
    both("softsign", Nn::softsign, "softsign");
    both("sparse_plus", Nn::sparsePlus, "sparsePlus");
    both("sparse_sigmoid", Nn::sparseSigmoid, "sparseSigmoid");
    both("sigmoid", Nn::sigmoid, "sigmoid");
    both("hard_sigmoid", Nn::hardSigmoid, "hardSigmoid");
    both("hard_silu", Nn::hardSilu, "hardSilu");
    alias("hard_swish", "hard_silu");
    both("hard_tanh", Nn::hardTanh, "hardTanh");
    both("log_sigmoid", Nn::logSigmoid, "logSigmoid");
    both("tanh_shrink", Nn::tanhShrink, "tanhShrink");
    both("selu", Nn::selu, "selu");
    both("celu(x, alpha=1.0)", "celu", a -> Nn.celu(a.tensor("x"), a.number("alpha")));
    both("elu(x, alpha=1.0)", "elu", a -> Nn.elu(a.tensor("x"), a.number("alpha")));
    both("glu(x, axis=-1)", "glu", a -> Nn.glu(a.tensor("x"), a.integer("axis")));
    both(
        "hard_shrink(x, threshold=0.5)",
        "hardShrink",
        a -> Nn.hardShrink(a.tensor("x"), a.number("threshold")));
    both(
        "soft_shrink(x, threshold=0.5)",
        "softShrink",
        a -> Nn.softShrink(a.tensor("x"), a.number("threshold")));
    both(
        "leaky_relu(x, negative_slope=0.2)",
        "leakyRelu",
        a -> Nn.leakyRelu(a.tensor("x"), a.number("negative_slope")));
    both("softmax(x, axis=-1)", "softmax", a -> Nn.softmax(a.tensor("x"), a.ints("axis")));
    both(
        "log_softmax(x, axis=-1)", "logSoftmax", a -> Nn.logSoftmax(a.tensor("x"), a.ints("axis")));
    both("sparsemax(x, axis=-1)", "sparsemax", a -> Nn.sparsemax(a.tensor("x"), a.integer("axis")));
    both("squareplus(x, b=4)", "squareplus", a -> Nn.squareplus(a.tensor("x"), a.number("b")));
    both(
        "threshold(x, threshold, default_value)",
        "threshold",
        a -> Nn.threshold(a.tensor("x"), a.number("threshold"), a.number("default_value")));
  }

  private void onlyActivations() {
    op("relu(x)", "Nn.relu", a -> Nn.relu(a.tensor("x")));
    catalog.add(
        "keras.activations.relu(x, negative_slope=0.0, max_value=None, threshold=0.0)",
        "Nn.relu",
        a ->
            Nn.relu(
                a.tensor("x"),
                a.number("negative_slope"),
                a.has("max_value") ? a.number("max_value") : null,
                a.number("threshold")));
    op("gelu(x, approximate=True)", "Nn.gelu", a -> Nn.gelu(a.tensor("x"), a.flag("approximate")));
    catalog.add(
        "keras.activations.gelu(x, approximate=False)",
        "Nn.gelu",
        a -> Nn.gelu(a.tensor("x"), a.flag("approximate")));
    catalog.add("keras.activations.tanh(x)", "Nn.tanh", a -> Nn.tanh(a.tensor("x")));
    catalog.add("keras.activations.exponential(x)", "Np.exp", a -> Np.exp(a.tensor("x")));
    catalog.add("keras.activations.linear(x)", "", a -> a.tensor("x"));
    catalog.add("keras.activations.mish(x)", "Nn.mish", a -> Nn.mish(a.tensor("x")));
  }

  private static ConvOptions convolution(Arguments a) {
    return ConvOptions.DEFAULT
        .strides(a.ints("strides"))
        .padding(Padding.of(a.text("padding")))
        .dilation(a.ints("dilation_rate"))
        .format(a.format("data_format"));
  }

  private void convolutions() {
    op(
        "conv(inputs, kernel, strides=1, padding='valid', data_format=None, dilation_rate=1)",
        "Nn.conv",
        a -> Nn.conv(a.tensor("inputs"), a.tensor("kernel"), convolution(a)));
    op(
        "depthwise_conv(inputs, kernel, strides=1, padding='valid', data_format=None,"
            + " dilation_rate=1)",
        "Nn.depthwiseConv",
        a -> Nn.depthwiseConv(a.tensor("inputs"), a.tensor("kernel"), convolution(a)));
    op(
        "separable_conv(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding='valid',"
            + " data_format=None, dilation_rate=1)",
        "Nn.separableConv",
        a ->
            Nn.separableConv(
                a.tensor("inputs"),
                a.tensor("depthwise_kernel"),
                a.tensor("pointwise_kernel"),
                convolution(a)));
    op(
        "conv_transpose(inputs, kernel, strides=1, padding='valid', output_padding=None,"
            + " data_format=None, dilation_rate=1)",
        "Nn.convTranspose",
        a -> {
          ConvOptions options = convolution(a);
          if (a.has("output_padding")) {
            options = options.outputPadding(a.ints("output_padding"));
          }
          return Nn.convTranspose(a.tensor("inputs"), a.tensor("kernel"), options);
        });
  }

  private void pooling() {
    op(
        "max_pool(inputs, pool_size, strides=None, padding='valid', data_format=None)",
        "Nn.maxPool",
        a ->
            Nn.maxPool(
                a.tensor("inputs"),
                a.ints("pool_size"),
                a.ints(a.has("strides") ? "strides" : "pool_size"),
                Padding.of(a.text("padding")),
                a.format("data_format")));
    op(
        "average_pool(inputs, pool_size, strides=None, padding='valid', data_format=None)",
        "Nn.averagePool",
        a ->
            Nn.averagePool(
                a.tensor("inputs"),
                a.ints("pool_size"),
                a.ints(a.has("strides") ? "strides" : "pool_size"),
                Padding.of(a.text("padding")),
                a.format("data_format")));
    op(
        "adaptive_average_pool(inputs, output_size, data_format=None)",
        "Nn.adaptiveAveragePool",
        a ->
            Nn.adaptiveAveragePool(
                a.tensor("inputs"), a.ints("output_size"), a.format("data_format")));
    op(
        "adaptive_max_pool(inputs, output_size, data_format=None)",
        "Nn.adaptiveMaxPool",
        a ->
            Nn.adaptiveMaxPool(a.tensor("inputs"), a.ints("output_size"), a.format("data_format")));
  }

  private void normalization() {
    op(
        "batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001)",
        "Nn.batchNormalization",
        a ->
            Nn.batchNormalization(
                a.tensor("x"),
                a.tensor("mean"),
                a.tensor("variance"),
                a.integer("axis"),
                a.tensorOrNull("offset"),
                a.tensorOrNull("scale"),
                a.number("epsilon")));
    op(
        "layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs)",
        "Nn.layerNormalization",
        a ->
            Nn.layerNormalization(
                a.tensor("x"),
                a.tensorOrNull("gamma"),
                a.tensorOrNull("beta"),
                a.number("epsilon", EPSILON),
                a.ints("axis")));
    op(
        "rms_normalization(x, scale=None, axis=-1, epsilon=None)",
        "Nn.rmsNormalization",
        a ->
            Nn.rmsNormalization(
                a.tensor("x"),
                a.tensorOrNull("scale"),
                a.number("epsilon", EPSILON),
                a.ints("axis")));
    op(
        "normalize(x, axis=-1, order=2, epsilon=None)",
        "Nn.normalize",
        a ->
            Nn.normalize(
                a.tensor("x"), a.integer("order"), a.number("epsilon", EPSILON), a.ints("axis")));
    op(
        "moments(x, axes, keepdims=False, synchronized=False)",
        "Nn.moments",
        a -> Nn.moments(a.tensor("x"), a.flag("keepdims"), a.ints("axes")));
  }

  private void labels() {
    op(
        "one_hot(x, num_classes, axis=-1, dtype=None, sparse=False)",
        "Nn.oneHot",
        a ->
            Nn.oneHot(
                a.tensor("x"),
                a.integer("num_classes"),
                a.integer("axis"),
                a.dtype("dtype", DType.F32)));
    op(
        "multi_hot(inputs, num_classes=None, axis=-1, dtype=None, sparse=False, **kwargs)",
        "Nn.multiHot",
        a ->
            Nn.multiHot(
                a.tensor("inputs"),
                a.integer(a.has("num_classes") ? "num_classes" : "num_tokens"),
                a.integer("axis"),
                a.dtype("dtype", DType.F32)));
    op(
        "binary_crossentropy(target, output, from_logits=False)",
        "Nn.binaryCrossentropy",
        a -> Nn.binaryCrossentropy(a.tensor("target"), a.tensor("output"), a.flag("from_logits")));
    op(
        "categorical_crossentropy(target, output, from_logits=False, axis=-1)",
        "Nn.categoricalCrossentropy",
        a ->
            Nn.categoricalCrossentropy(
                a.tensor("target"), a.tensor("output"), a.flag("from_logits"), a.integer("axis")));
    op(
        "sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1)",
        "Nn.sparseCategoricalCrossentropy",
        a ->
            Nn.sparseCategoricalCrossentropy(
                a.tensor("target"), a.tensor("output"), a.flag("from_logits"), a.integer("axis")));
    op(
        "psnr(x1, x2, max_val)",
        "Nn.psnr",
        a -> Nn.psnr(a.tensor("x1"), a.tensor("x2"), a.number("max_val")));
  }

  private void sequences() {
    op(
        "dot_product_attention(query, key, value, bias=None, mask=None, scale=None,"
            + " is_causal=False, flash_attention=None, attn_logits_soft_cap=None)",
        "Nn.dotProductAttention",
        a ->
            Nn.dotProductAttention(
                a.tensor("query"),
                a.tensor("key"),
                a.tensor("value"),
                new Attention(
                    a.tensorOrNull("bias"),
                    a.tensorOrNull("mask"),
                    a.has("scale") ? a.number("scale") : null,
                    a.flag("is_causal"),
                    a.has("attn_logits_soft_cap") ? a.number("attn_logits_soft_cap") : null)));
    op(
        "ctc_loss(target, output, target_length, output_length, mask_index=0)",
        "Nn.ctcLoss",
        a ->
            Nn.ctcLoss(
                a.tensor("target"),
                a.tensor("output"),
                a.tensor("target_length"),
                a.tensor("output_length"),
                a.integer("mask_index")));
    op(
        "ctc_decode(inputs, sequence_lengths, strategy='greedy', beam_width=100, top_paths=1,"
            + " merge_repeated=True, mask_index=0)",
        "Nn.ctcGreedyDecode, Nn.ctcBeamSearchDecode",
        a ->
            a.text("strategy").equals("greedy")
                ? Nn.ctcGreedyDecode(
                    a.tensor("inputs"),
                    a.tensor("sequence_lengths"),
                    a.flag("merge_repeated"),
                    a.integer("mask_index"))
                : Nn.ctcBeamSearchDecode(
                    a.tensor("inputs"),
                    a.tensor("sequence_lengths"),
                    a.integer("beam_width"),
                    a.integer("top_paths"),
                    a.integer("mask_index")));
  }

  private static int[] pair(Arguments a, String name) {
    int[] value = a.ints(name);
    return value.length == 1 ? new int[] {value[0], value[0]} : value;
  }

  private static Nn.Window window(Arguments a) {
    return new Nn.Window(
        pair(a, "kernel_size"), pair(a, "dilation"), pair(a, "padding"), pair(a, "stride"));
  }

  private void blocks() {
    op(
        "unfold(x, kernel_size, dilation=1, padding=0, stride=1)",
        "Nn.unfold",
        a -> Nn.unfold(a.tensor("x"), window(a)));
    op(
        "fold(x, output_size, kernel_size, dilation=1, padding=0, stride=1)",
        "Nn.fold",
        a -> Nn.fold(a.tensor("x"), pair(a, "output_size"), window(a)));
    op(
        "depth_to_space(x, block_size, data_format='channels_last')",
        "Nn.depthToSpace",
        a -> Nn.depthToSpace(a.tensor("x"), a.integer("block_size"), a.format("data_format")));
    op(
        "space_to_depth(x, block_size, data_format='channels_last')",
        "Nn.spaceToDepth",
        a -> Nn.spaceToDepth(a.tensor("x"), a.integer("block_size"), a.format("data_format")));
    segment("segment_sum", "segmentSum", Np::segmentSum);
    segment("segment_prod", "segmentProd", Np::segmentProd);
    segment("segment_max", "segmentMax", Np::segmentMax);
    segment("segment_min", "segmentMin", Np::segmentMin);
  }

  private interface Segment {
    Tensor apply(Tensor x, Tensor ids, int segments);
  }

  private void segment(String name, String method, Segment f) {
    op(
        name + "(data, segment_ids, num_segments=None, sorted=False)",
        "Np." + method,
        a -> {
          Tensor ids = a.tensor("segment_ids");
          int n = a.has("num_segments") ? a.integer("num_segments") : Np.segmentsFor(ids);
          return f.apply(a.tensor("data"), ids, n);
        });
  }
}
