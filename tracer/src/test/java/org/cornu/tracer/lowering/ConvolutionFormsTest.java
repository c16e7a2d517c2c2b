package org.cornu.tracer.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random convolutions in another form against the plain ones, on the interpreter. */
class ConvolutionFormsTest {
  private static final int CASES = 60;

  /** A kind of convolution that one alternative replaces. */
  enum Kind {
    DEPTHWISE(Alternative.DEPTHWISE_SHIFTS, DType.F64, 0),
    DEPTHWISE_SINGLE(Alternative.DEPTHWISE_SHIFTS, DType.F32, 1e-5),
    DEPTHWISE_HALF(Alternative.DEPTHWISE_SHIFTS, DType.BF16, 2e-2),
    DEPTHWISE_KERNEL(Alternative.DEPTHWISE_SHIFTS, DType.F64, 1e-12),
    POINTWISE(Alternative.POINTWISE_MATMUL, DType.F64, 1e-12),
    POINTWISE_HALF(Alternative.POINTWISE_MATMUL, DType.BF16, 2e-2),
    POINTWISE_KERNEL(Alternative.POINTWISE_KERNEL_GRADIENT, DType.F64, 1e-12),
    CHUNKED(Alternative.KERNEL_GRADIENT_CHUNKS, DType.F64, 1e-12),
    CHUNKED_HALF(Alternative.KERNEL_GRADIENT_CHUNKS, DType.BF16, 2e-2),
    INSIDE(Alternative.LOOP_CONVOLUTIONS, DType.F32, 1e-5),
    INSIDE_HALF(Alternative.LOOP_CONVOLUTIONS, DType.BF16, 2e-2);

    private final Alternative alternative;
    private final DType dtype;
    private final double tolerance;

    Kind(Alternative alternative, DType dtype, double tolerance) {
      this.alternative = alternative;
      this.dtype = dtype;
      this.tolerance = Math.max(tolerance, 1e-12);
    }

    private boolean isInside() {
      return alternative == Alternative.LOOP_CONVOLUTIONS;
    }
  }

  /** What a case is drawn as: sizes in the order batch or input features, spatial, the other. */
  private static final class Draw {
    private final Random random;
    final int spatial;
    long batch;
    long features;
    long kernelFeatures;
    long outputs;
    long[] input;
    long[] kernel;
    long featureGroups = 1;
    long batchGroups = 1;
    long[] strides;
    long[] lhsDilation;
    long[] rhsDilation;
    long[][] padding;
    boolean[] reversal;

    Draw(Random random, Kind kind) {
      this.random = random;
      this.spatial = kind == Kind.DEPTHWISE_KERNEL ? 2 : 1 + random.nextInt(3);
      strides = filled(1);
      lhsDilation = filled(1);
      rhsDilation = filled(1);
      padding = new long[spatial][2];
      reversal = new boolean[spatial];
      input = filled(1);
      kernel = filled(1);
      draw(kind);
    }

    private long between(int from, int to) {
      return from + random.nextInt(to - from + 1);
    }

    private long[] filled(long value) {
      long[] out = new long[spatial];
      java.util.Arrays.fill(out, value);
      return out;
    }

    private void draw(Kind kind) {
      batch = between(1, 3);
      features = between(1, 5);
      kernelFeatures = features;
      outputs = between(1, 5);
      for (int i = 0; i < spatial; i++) {
        input[i] = between(4, 7);
        reversal[i] = random.nextInt(4) == 0;
      }
      switch (kind) {
        case DEPTHWISE, DEPTHWISE_SINGLE, DEPTHWISE_HALF -> {
          featureGroups = between(4, 6);
          kernelFeatures = between(1, 2);
          features = featureGroups * kernelFeatures;
          outputs = featureGroups * between(1, 2);
          everything();
        }
        case DEPTHWISE_KERNEL -> {
          batchGroups = 32;
          batch = 32 * between(1, 2);
          features = between(1, 2);
          kernelFeatures = features;
          outputs = 32 * between(1, 2);
          input = new long[] {between(5, 6), 18};
          kernel = new long[] {between(2, 4), 16};
          for (int i = 0; i < spatial; i++) {
            padding[i] = new long[] {between(0, 1), between(0, 1)};
          }
          rhsDilation[0] = 1;
        }
        case POINTWISE, POINTWISE_HALF -> {
          for (int i = 0; i < spatial; i++) {
            strides[i] = between(1, 3);
          }
        }
        case POINTWISE_KERNEL -> {
          for (int i = 0; i < spatial; i++) {
            rhsDilation[i] = between(1, 2);
            kernel[i] = rhsDilation[i] == 1 ? input[i] : (input[i] + 1) / 2;
            input[i] = (kernel[i] - 1) * rhsDilation[i] + 1;
          }
        }
        case INSIDE, INSIDE_HALF -> {
          featureGroups = between(1, 2);
          kernelFeatures = features;
          features *= featureGroups;
          outputs *= featureGroups;
          everything();
        }
        case CHUNKED, CHUNKED_HALF -> {
          features = between(8, 13);
          kernelFeatures = features;
          for (int i = 0; i < spatial; i++) {
            kernel[i] = spatial == 1 ? 600 : spatial == 2 ? 24 : 9;
            input[i] = kernel[i] + between(1, 2);
            padding[i] = new long[] {between(-1, 1), between(0, 1)};
          }
        }
      }
    }

    private void everything() {
      for (int i = 0; i < spatial; i++) {
        kernel[i] = between(1, 3);
        strides[i] = between(1, 2);
        lhsDilation[i] = between(1, 2);
        rhsDilation[i] = between(1, 2);
        padding[i] = new long[] {between(-1, 3), between(0, 3)};
      }
    }

    /** The dimensions of a tensor in a random order, and the shape in it. */
    private List<Long> order() {
      List<Long> out = new ArrayList<>();
      for (long i = 0; i < spatial + 2; i++) {
        out.add(i);
      }
      if (random.nextBoolean()) {
        Collections.shuffle(out, random);
      }
      return out;
    }

    private static Shape shape(List<Long> order, long first, long[] middle, long last) {
      long[] dims = new long[order.size()];
      dims[order.get(0).intValue()] = first;
      dims[order.get(1).intValue()] = last;
      for (int i = 0; i < middle.length; i++) {
        dims[order.get(i + 2).intValue()] = middle[i];
      }
      return Shape.of(dims);
    }

    Func program(DType dtype, boolean inside) {
      List<Long> x = order();
      List<Long> k = order();
      List<Long> y = order();
      int n = spatial + 2;
      DimensionNumbers.Convolution dims =
          new DimensionNumbers.Convolution(
              x.get(0),
              x.get(1),
              x.subList(2, n),
              k.get(0),
              k.get(1),
              k.subList(2, n),
              y.get(0),
              y.get(1),
              y.subList(2, n));
      Block block =
          new Block(
              List.of(
                  TensorType.of(dtype, shape(x, batch, input, features).dims()),
                  TensorType.of(dtype, shape(k, kernelFeatures, kernel, outputs).dims())));
      ConvolutionConfig config =
          new ConvolutionConfig(
              strides,
              padding,
              lhsDilation,
              rhsDilation,
              reversal,
              dims,
              featureGroups,
              batchGroups,
              null);
      Builder b = new Builder(block);
      if (inside) {
        Block branch = new Block(List.of());
        Builder inner = new Builder(branch);
        branch.returns(List.of(inner.convolution(block.argument(0), block.argument(1), config)));
        block.returns(b.caseOf(b.constant(DType.I32, 0), List.of(branch)));
      } else {
        block.returns(List.of(b.convolution(block.argument(0), block.argument(1), config)));
      }
      return new Func("main", block);
    }
  }

  static Literal random(Random random, TensorType type) {
    double[] out = new double[Math.toIntExact(type.shape().count())];
    for (int i = 0; i < out.length; i++) {
      out[i] = random.nextGaussian();
    }
    return Literal.ofDoubles(type, out);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void equalsThePlainForm(Kind kind) {
    Random random = new Random(kind.ordinal());
    Lowering lowering = Lowering.defaults("cpu").changed("none," + kind.alternative.key());
    int replaced = 0;
    int cases = kind == Kind.DEPTHWISE_KERNEL ? 6 : CASES;
    for (int i = 0; i < cases; i++) {
      Func plain;
      try {
        plain = new Draw(random, kind).program(kind.dtype, kind.isInside());
      } catch (RuntimeException tooSmall) {
        continue; // a window larger than its padded input: drawn anew
      }
      Func form = lowering.apply(plain, 1);
      if (form == plain) {
        continue;
      }
      replaced++;
      assertThat(form.type()).isEqualTo(plain.type());
      List<Literal> inputs =
          plain.type().inputs().stream().map(t -> random(random, (TensorType) t)).toList();
      Literal expected = new Interpreter().run(plain, inputs).get(0);
      Literal got = new Interpreter().run(form, inputs).get(0);
      assertClose(got, expected, kind.tolerance, plain.body().ops().toString());
    }
    assertThat(replaced).as("cases of %s that were replaced", kind).isGreaterThan(cases / 3);
  }

  static void assertClose(Literal got, Literal expected, double tolerance, String what) {
    double scale = 1;
    for (int i = 0; i < expected.count(); i++) {
      double v = expected.doubleAt(i);
      scale = Double.isFinite(v) ? Math.max(scale, Math.abs(v)) : scale;
    }
    for (int i = 0; i < expected.count(); i++) {
      double want = expected.doubleAt(i);
      double have = got.doubleAt(i);
      boolean same = Double.compare(want, have) == 0 || Math.abs(want - have) <= tolerance * scale;
      assertThat(same).as("%s: element %d is %s, not %s", what, i, have, want).isTrue();
    }
  }
}
