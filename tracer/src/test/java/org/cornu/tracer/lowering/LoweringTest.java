package org.cornu.tracer.lowering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.passes.LowerOwnOps;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoweringTest {
  private static Lowering only(Alternative alternative) {
    return Lowering.defaults("cpu").changed("none," + alternative.key());
  }

  private static long count(Func func, OpCode code) {
    return func.body().ops().stream().filter(op -> op.code() == code).count();
  }

  @Test
  void changesAreReadFromLeftToRight() {
    Lowering all = Lowering.defaults("cpu").changed("all");
    assertThat(all.enabled()).containsExactly(Alternative.values());
    assertThat(all.changed("-depthwise_shifts").has(Alternative.DEPTHWISE_SHIFTS)).isFalse();
    assertThat(all.changed("none, +pool_gradient_masks").enabled())
        .containsExactly(Alternative.POOL_GRADIENT_MASKS);
    assertThatThrownBy(() -> all.changed("-depthwise"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'depthwise'")
        .hasMessageContaining("depthwise_shifts");
  }

  @Test
  void otherPlatformsKeepThePlainFormsButTransposeLoopsAlike() {
    assertThat(Lowering.defaults("cuda").enabled())
        .containsExactlyInAnyOrder(
            Alternative.LOOP_WEIGHT_GRADIENTS, Alternative.DERIVED_RESIDUALS);
  }

  @Test
  void aScopeEndsAlsoWhenItsBodyFails() {
    Lowering before = Lowering.current();
    assertThatThrownBy(
            () ->
                Lowering.during(
                    "none",
                    () -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(Lowering.current().enabled()).isEqualTo(before.enabled());
  }

  // ---- pooling

  private static final double[] VALUES = {
    -1, 0, -0.0, 1, 1, 2, 2, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** Random windows that do not overlap, over values with ties, NaN and infinities. */
  @ParameterizedTest
  @EnumSource(names = {"F32", "F64", "BF16", "I32"})
  void poolGradientsKeepTheFirstWinner(DType dtype) {
    Random random = new Random(7);
    Lowering lowering = only(Alternative.POOL_GRADIENT_MASKS);
    int replaced = 0;
    for (int i = 0; i < 80; i++) {
      Func plain;
      try {
        plain = pooling(random, dtype);
      } catch (RuntimeException tooSmall) {
        continue; // a window larger than its padded operand: drawn anew
      }
      Func form = lowering.apply(plain, 1);
      if (form == plain) {
        continue;
      }
      replaced++;
      assertThat(count(form, OpCode.SELECT_AND_SCATTER)).isZero();
      TensorType operand = (TensorType) plain.type().inputs().get(0);
      double[] values = new double[Math.toIntExact(operand.shape().count())];
      for (int k = 0; k < values.length; k++) {
        values[k] = VALUES[random.nextInt(dtype.isFloat() ? VALUES.length : 7)];
      }
      List<Literal> inputs =
          List.of(
              Literal.ofDoubles(operand, values),
              ConvolutionFormsTest.random(random, (TensorType) plain.type().inputs().get(1)));
      ConvolutionFormsTest.assertClose(
          new Interpreter().run(form, inputs).get(0),
          new Interpreter().run(plain, inputs).get(0),
          0,
          plain.body().ops().toString());
    }
    assertThat(replaced).isGreaterThan(25);
  }

  private static Func pooling(Random random, DType dtype) {
    int rank = 2 + random.nextInt(3);
    long[] dims = new long[rank];
    long[] window = new long[rank];
    long[] strides = new long[rank];
    long[][] padding = new long[rank][2];
    long[] windows = new long[rank];
    for (int d = 0; d < rank; d++) {
      dims[d] = 1 + random.nextInt(6);
      window[d] = 1 + random.nextInt(3);
      strides[d] = window[d] + (random.nextInt(3) == 0 ? 1 : 0);
      if (random.nextInt(3) == 0) {
        padding[d] = new long[] {random.nextInt(2), random.nextInt(2)};
      }
      long padded = dims[d] + padding[d][0] + padding[d][1];
      windows[d] = (padded - window[d]) / strides[d] + 1;
      if (padded < window[d]) {
        throw new IllegalArgumentException("too small");
      }
    }
    Block block = new Block(List.of(TensorType.of(dtype, dims), TensorType.of(dtype, windows)));
    Block select = new Block(List.of(TensorType.of(dtype), TensorType.of(dtype)));
    Comparison direction =
        List.of(Comparison.GE, Comparison.LE, Comparison.GT).get(random.nextInt(3));
    select.returns(
        List.of(new Builder(select).compare(select.argument(0), select.argument(1), direction)));
    Builder b = new Builder(block);
    block.returns(
        List.of(
            b.selectAndScatter(
                block.argument(0),
                block.argument(1),
                b.constant(dtype, 0),
                WindowConfig.of(window, strides, padding),
                select,
                Builder.binaryBody(OpCode.ADD, dtype))));
    return new Func("main", block);
  }

  @Test
  void overlappingWindowsStayAsTheyAre() {
    Tensor x = Tensor.of(new float[25], 1, 5, 5, 1);
    Func func =
        Transforms.makeGraph(
            Transforms.grad(
                (Tensor v) ->
                    Nn.maxPool(
                            v,
                            new int[] {3},
                            new int[] {2},
                            Padding.VALID,
                            org.cornu.ops.DataFormat.CHANNELS_LAST)
                        .sum()),
            x);
    Func lowered = LowerOwnOps.run(func);
    assertThat(only(Alternative.POOL_GRADIENT_MASKS).apply(lowered, 1)).isSameAs(lowered);
  }

  // ---- products

  @Test
  void contractionsSideBySideAreMerged() {
    Block block =
        new Block(List.of(TensorType.of(DType.F64, 5, 2, 3, 4), TensorType.of(DType.F64, 2, 3, 5)));
    Builder b = new Builder(block);
    block.returns(
        List.of(
            b.dotGeneral(
                block.argument(0),
                block.argument(1),
                new DimensionNumbers.Dot(
                    List.of(0L), List.of(2L), List.of(1L, 2L), List.of(0L, 1L)),
                null,
                DType.F64)));
    Func plain = new Func("main", block);
    Func form = only(Alternative.MERGED_CONTRACTIONS).apply(plain, 1);
    assertThat(count(form, OpCode.RESHAPE)).isEqualTo(2);
    Random random = new Random(1);
    List<Literal> inputs =
        plain.type().inputs().stream()
            .map(t -> ConvolutionFormsTest.random(random, (TensorType) t))
            .toList();
    ConvolutionFormsTest.assertClose(
        new Interpreter().run(form, inputs).get(0),
        new Interpreter().run(plain, inputs).get(0),
        1e-14,
        "merged");
  }

  // ---- what the transpose of a split adds up

  @Test
  void partsPaddedSideBySideAreConcatenated() {
    F1<Tensor, Tensor> f =
        v -> {
          List<Tensor> parts = v.split(4, 1);
          return parts.get(0).mul(parts.get(2)).add(parts.get(1)).mul(parts.get(3)).sum();
        };
    Tensor x = noise(1, 3, 8);
    Func plain = LowerOwnOps.run(Transforms.makeGraph(Transforms.grad(f), x));
    Func form = only(Alternative.CONCATENATED_PADS).apply(plain, 1);
    assertThat(count(plain, OpCode.PAD)).isEqualTo(4);
    assertThat(count(form, OpCode.PAD)).isZero();
    assertThat(count(form, OpCode.CONCATENATE)).isEqualTo(1);
    List<Literal> inputs = List.of(x.toLiteral());
    ConvolutionFormsTest.assertClose(
        new Interpreter().run(form, inputs).get(0),
        new Interpreter().run(plain, inputs).get(0),
        0,
        "concatenated");
  }

  @Test
  void partsThatLeaveAGapOrOverlapAreStillAdded() {
    Tensor x = noise(1, 3, 8);
    List<F1<Tensor, Tensor>> all =
        List.of(
            v -> Lax.sliceInDim(v, 0, 4, 1, 1).mul(Lax.sliceInDim(v, 3, 7, 1, 1)).sum(),
            v -> Lax.sliceInDim(v, 0, 4, 1, 1).mul(Lax.sliceInDim(v, 4, 8, 1, 1)).add(1).sum(),
            v -> Lax.sliceInDim(v, 0, 4, 1, 1).mul(Lax.sliceInDim(v, 0, 8, 2, 1)).sum());
    for (int i = 0; i < all.size(); i++) {
      Func plain = LowerOwnOps.run(Transforms.makeGraph(Transforms.grad(all.get(i)), x));
      Func form = only(Alternative.CONCATENATED_PADS).apply(plain, 1);
      assertThat(form == plain).as("case %d is left alone", i).isEqualTo(i != 1);
      ConvolutionFormsTest.assertClose(
          new Interpreter().run(form, List.of(x.toLiteral())).get(0),
          new Interpreter().run(plain, List.of(x.toLiteral())).get(0),
          0,
          "case " + i);
    }
  }

  // ---- residual streams

  private static Tensor layers(List<Tensor> weights, Tensor x) {
    Tensor stream = x.mul(2);
    for (Tensor w : weights) {
      Tensor normed = Nn.layerNormalization(stream, null, null, 1e-5);
      stream = stream.add(normed.matmul(w).tanh().matmul(w));
    }
    return stream.square().mean();
  }

  private static Tensor noise(long seed, long... dims) {
    Literal values = ConvolutionFormsTest.random(new Random(seed), TensorType.of(DType.F32, dims));
    return Tensor.of(values);
  }

  @Test
  void streamsOfValuesAndCotangentsAreBounded() {
    List<Tensor> weights = List.of(noise(1, 64, 64), noise(2, 64, 64), noise(3, 64, 64));
    Tensor x = noise(4, 64, 64);
    F1<List<Tensor>, List<Tensor>> gradient = Transforms.grad(w -> layers(w, x));
    Func plain = LowerOwnOps.run(Transforms.makeGraph(gradient, weights));
    Func bounded = only(Alternative.RESIDUAL_BOUNDARIES).apply(plain, 1);
    assertThat(count(bounded, OpCode.CASE)).as("boundaries").isGreaterThanOrEqualTo(6);
    assertThat(only(Alternative.RESIDUAL_BOUNDARIES).apply(plain, 8)).isSameAs(plain);
    List<Tensor> expected =
        Lowering.during("none", () -> Transforms.jit(gradient::apply).apply(weights));
    List<Tensor> got =
        Lowering.during(
            "none,residual_boundaries", () -> Transforms.jit(gradient::apply).apply(weights));
    for (int i = 0; i < weights.size(); i++) {
      ConvolutionFormsTest.assertClose(
          got.get(i).toLiteral(), expected.get(i).toLiteral(), 1e-6, "gradient " + i);
    }
  }

  @Test
  void sumsThatAreNoStreamAreLeftAlone() {
    Func func =
        Transforms.makeGraph(
            (Tensor v) -> v.matmul(v).add(v.tanh()).add(v.exp().matmul(v)).sum(), noise(1, 64, 64));
    // v itself is an argument, which needs no boundary; the sum is the end of a stream
    Func bounded = only(Alternative.RESIDUAL_BOUNDARIES).apply(func, 1);
    assertThat(count(bounded, OpCode.CASE)).isLessThanOrEqualTo(1);
    Func elementwise = Transforms.makeGraph((Tensor v) -> v.add(v.tanh()).sum(), noise(1, 64, 64));
    assertThat(only(Alternative.RESIDUAL_BOUNDARIES).apply(elementwise, 1)).isSameAs(elementwise);
  }

  // ---- all of them on the device

  private static Tensor network(List<Tensor> p) {
    Tensor h = Nn.relu(Nn.conv(p.get(0), p.get(1)));
    ConvOptions same = ConvOptions.DEFAULT.padding(Padding.SAME).strides(2);
    h = Nn.depthwiseConv(h, p.get(2), same);
    h = Nn.maxPool(Nn.conv(h, p.get(3)), 2);
    return h.square().sum();
  }

  @Test
  void gradientsAgreeOnTheDevice() {
    List<Tensor> p =
        List.of(
            noise(1, 16, 18, 18, 3),
            noise(2, 3, 3, 3, 64),
            noise(3, 3, 3, 64, 1),
            noise(4, 1, 1, 64, 5));
    F1<List<Tensor>, List<Tensor>> gradient = Transforms.grad(LoweringTest::network);
    List<Tensor> expected = Lowering.during("none", () -> Transforms.jit(gradient::apply).apply(p));
    List<Tensor> got = Lowering.during("all", () -> Transforms.jit(gradient::apply).apply(p));
    for (int i = 0; i < p.size(); i++) {
      ConvolutionFormsTest.assertClose(
          got.get(i).toLiteral(), expected.get(i).toLiteral(), 1e-5, "gradient " + i);
    }
  }

  private static Tensor recurrent(List<Tensor> p) {
    return Lax.scan(
            (Tensor h, Tensor x) -> {
              Tensor next = x.matmul(p.get(0)).add(h.matmul(p.get(1))).add(p.get(2)).tanh();
              return new Lax.Step<>(next, next.square().sum());
            },
            Lax.full(DType.F32, 0, 4, 8),
            p.get(3))
        .ys()
        .sum();
  }

  @Test
  void weightGradientsOfLoopsAreTheSameWithinAndBehindTheLoop() {
    List<Tensor> p = List.of(noise(1, 6, 8), noise(2, 8, 8), noise(3, 8), noise(4, 12, 4, 6));
    F1<List<Tensor>, List<Tensor>> gradient = Transforms.grad(LoweringTest::recurrent);
    List<Tensor> expected = Lowering.during("none", () -> Transforms.jit(gradient::apply).apply(p));
    List<Tensor> got = Lowering.during("all", () -> Transforms.jit(gradient::apply).apply(p));
    for (int i = 0; i < p.size(); i++) {
      ConvolutionFormsTest.assertClose(
          got.get(i).toLiteral(), expected.get(i).toLiteral(), 1e-5, "gradient " + i);
    }
  }

  /** A sigmoid is kept, its slope is not; nor are a mask and a difference of what is kept. */
  @Test
  void residualsThatFollowFromOthersAreNotStacked() {
    Tensor x = noise(5, 7, 3);
    Tensor start = noise(6, 3);
    F1<Tensor, Tensor> loss =
        c ->
            Lax.scan(
                    (Tensor h, Tensor step) -> {
                      Tensor kept = Nn.sigmoid(h.mul(step));
                      Tensor next = kept.mul(step.sub(h)).add(Np.abs(step).mul(Np.sin(h)));
                      return new Lax.Step<Tensor, Tensor>(next, kept);
                    },
                    c,
                    x)
                .carry()
                .sum();
    F1<Tensor, Tensor> gradient = Transforms.grad(loss);
    Jit1<Tensor, Tensor> plain = Transforms.jit(gradient::apply);
    Jit1<Tensor, Tensor> form = Transforms.jit(gradient::apply);
    String all = Lowering.during("-derived_residuals", () -> plain.lower(start).text());
    String fewer = Lowering.during("", () -> form.lower(start).text());
    assertThat(stacks(fewer)).isLessThan(stacks(all)).isEqualTo(3); // h, the sigmoid, cos(h)
    Tensor expected = Lowering.during("-derived_residuals", () -> plain.apply(start));
    Tensor got = Lowering.during("", () -> form.apply(start));
    assertThat(got.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-6));
  }

  private static int stacks(String program) {
    return program.split("stablehlo.dynamic_update_slice", -1).length - 1;
  }
}
