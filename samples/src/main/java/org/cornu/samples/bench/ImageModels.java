package org.cornu.samples.bench;

import static org.cornu.samples.bench.SmallModels.at;
import static org.cornu.samples.bench.SmallModels.dense;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.tracer.Tensor;

/** ResNet-18 and MobileNetV2 for inference; batch normalization with stored statistics. */
final class ImageModels {
  private static final double EPSILON = 1e-5;
  private static final int CLASSES = 1000;
  private static final double BIAS = 0.02;

  private static final DimensionNumbers.Convolution NHWC =
      new DimensionNumbers.Convolution(
          0, 3, List.of(1L, 2L), 2, 3, List.of(0L, 1L), 0, 3, List.of(1L, 2L));

  private ImageModels() {}

  static Tensor data() {
    return Bench32.symmetric(11000, 8, 96, 96, 3);
  }

  private static Tensor conv(
      Map<String, Tensor> p, String name, Tensor x, long stride, long pad, long groups) {
    return Lax.convGeneralDilated(
        x,
        at(p, name + ".w"),
        new ConvolutionConfig(
            new long[] {stride, stride},
            new long[][] {{pad, pad}, {pad, pad}},
            new long[] {1, 1},
            new long[] {1, 1},
            new boolean[2],
            NHWC,
            groups,
            1,
            null));
  }

  private static Tensor normed(
      Map<String, Tensor> p, String name, Tensor x, long stride, long pad, long groups) {
    return Nn.batchNormalization(
        conv(p, name, x, stride, pad, groups),
        at(p, name + ".m"),
        at(p, name + ".v"),
        -1,
        at(p, name + ".b"),
        at(p, name + ".g"),
        EPSILON);
  }

  private static Parameters convolution(
      Parameters out, String name, long size, long in, long outs) {
    return out.he(name + ".w", size, size, in, outs).batchNorm(name, outs);
  }

  private static Tensor head(Map<String, Tensor> p, Tensor x) {
    return dense(p, "fc", x.mean(1, 2));
  }

  // ---- ResNet-18

  private record Basic(String name, long in, long out, long stride, boolean projects) {}

  private static List<Basic> basicBlocks() {
    List<Basic> out = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      for (int b = 0; b < 2; b++) {
        boolean narrows = s > 0 && b == 0;
        long width = 64L << s;
        out.add(
            new Basic(
                "s" + s + "b" + b, narrows ? width / 2 : width, width, narrows ? 2 : 1, narrows));
      }
    }
    return out;
  }

  static Map<String, Tensor> resnet18() {
    Parameters out = convolution(new Parameters(1000), "stem", 7, 3, 64);
    for (Basic block : basicBlocks()) {
      convolution(out, block.name() + ".c1", 3, block.in(), block.out());
      convolution(out, block.name() + ".c2", 3, block.out(), block.out());
      if (block.projects()) {
        convolution(out, block.name() + ".p", 1, block.in(), block.out());
      }
    }
    return out.biasedDense("fc", 512, CLASSES, BIAS).tensors();
  }

  static Tensor resnet18(Map<String, Tensor> p, Tensor image) {
    Tensor x = Nn.relu(normed(p, "stem", image, 2, 3, 1));
    long[][] around = {{0, 0}, {1, 1}, {1, 1}, {0, 0}};
    WindowConfig window = WindowConfig.of(new long[] {1, 3, 3, 1}, new long[] {1, 2, 2, 1}, around);
    x = Lax.reduceWindow(x, Lax.Reduction.MAX, window);
    for (Basic block : basicBlocks()) {
      String n = block.name();
      Tensor h = Nn.relu(normed(p, n + ".c1", x, block.stride(), 1, 1));
      h = normed(p, n + ".c2", h, 1, 1, 1);
      Tensor shortcut = block.projects() ? normed(p, n + ".p", x, block.stride(), 0, 1) : x;
      x = Nn.relu(h.add(shortcut));
    }
    return head(p, x);
  }

  // ---- MobileNetV2

  /** Expansion, channels, repetitions, stride of the first. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  private record Inverted(String name, long in, long out, long stride, long expansion) {}

  private static List<Inverted> invertedBlocks() {
    List<Inverted> out = new ArrayList<>();
    long in = 32;
    for (int[] stage : STAGES) {
      for (int i = 0; i < stage[2]; i++) {
        out.add(new Inverted("b" + out.size(), in, stage[1], i == 0 ? stage[3] : 1, stage[0]));
        in = stage[1];
      }
    }
    return out;
  }

  static Map<String, Tensor> mobilenetV2() {
    Parameters out = convolution(new Parameters(2000), "stem", 3, 3, 32);
    for (Inverted block : invertedBlocks()) {
      long wide = block.in() * block.expansion();
      if (block.expansion() != 1) {
        convolution(out, block.name() + ".e", 1, block.in(), wide);
      }
      convolution(out, block.name() + ".d", 3, 1, wide);
      out.glorot(block.name() + ".p.w", 1, 1, wide, block.out())
          .batchNorm(block.name() + ".p", block.out());
    }
    return convolution(out, "last", 1, 320, 1280).biasedDense("fc", 1280, CLASSES, BIAS).tensors();
  }

  static Tensor mobilenetV2(Map<String, Tensor> p, Tensor image) {
    Tensor x = Nn.relu6(normed(p, "stem", image, 2, 1, 1));
    for (Inverted block : invertedBlocks()) {
      String n = block.name();
      boolean expands = block.expansion() != 1;
      Tensor h = expands ? Nn.relu6(normed(p, n + ".e", x, 1, 0, 1)) : x;
      h = Nn.relu6(normed(p, n + ".d", h, block.stride(), 1, h.size(-1)));
      h = normed(p, n + ".p", h, 1, 0, 1);
      x = block.stride() == 1 && block.in() == block.out() ? x.add(h) : h;
    }
    return head(p, Nn.relu6(normed(p, "last", x, 1, 0, 1)));
  }
}
