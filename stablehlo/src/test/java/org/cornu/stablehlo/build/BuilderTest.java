package org.cornu.stablehlo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

/** The builder's methods on whole programs, which the verifier must then accept. */
class BuilderTest {
  private final Block block =
      new Block(
          List.of(
              TensorType.of(DType.F32, 8, 3),
              TensorType.of(DType.F32, 3, 5),
              TensorType.of(DType.I32),
              TensorType.of(DType.BOOL)));
  private final Builder b = new Builder(block);
  private final Value x = block.argument(0);
  private final Value w = block.argument(1);
  private final Value i = block.argument(2);
  private final Value p = block.argument(3);

  private void verified(Value... results) {
    block.returns(List.of(results));
    Verifier.verify(new Func("f", block));
  }

  private static String brief(Value value) {
    return value.tensorType().brief();
  }

  private static Block region(String signature) {
    return RuleCase.block(signature);
  }

  @Test
  void buildsADenseLayerWithItsReduction() {
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L));
    Value y = b.dotGeneral(x, w, dims, Precision.HIGHEST, DType.F64);
    assertThat(brief(y)).isEqualTo("f64[8,5]");
    assertThat(y.op()).isNotNull();
    assertThat(ConvolutionConfig.precision(Objects.requireNonNull(y.op())))
        .isEqualTo(Precision.HIGHEST);
    Value zero = b.constant(DType.F64, 0);
    Value relu = b.maximum(y, b.broadcast(zero, y.shape()));
    Value sum = b.reduce(relu, zero, OpCode.ADD, 0);
    assertThat(brief(sum)).isEqualTo("f64[5]");
    verified(sum);
  }

  @Test
  void namesLabelShapesAndLine() {
    Location.Line line = new Location.Line("Train.java", 12, 0);
    b.location(line);
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(0L), List.of(0L));
    assertThatThrownBy(() -> b.dotGeneral(x, w, dims, null, DType.F32))
        .isInstanceOfSatisfying(
            VerifyException.class,
            e -> {
              assertThat(e.label()).isEqualTo("C10");
              assertThat(e.location()).isEqualTo(line);
              assertThat(e.opName()).isEqualTo("dot_general");
            })
        .hasMessage(
            "dot_general: contracted dimensions differ: lhs f32[8,3] axis 0 is 8, rhs f32[3,5]"
                + " axis 0 is 3 (C10) at Train.java:12");
    assertThat(block.ops()).isEmpty();
  }

  @Test
  void elementwiseChoicesDependOnTheType() {
    Value positive = b.compare(x, b.broadcast(b.constant(DType.F32, 0), x.shape()), Comparison.GT);
    assertThat(positive.op()).extracting(op -> op.keyword("compare_type", "")).isEqualTo("FLOAT");
    Value index = b.compare(i, i, Comparison.EQ);
    assertThat(index.op()).extracting(op -> op.keyword("compare_type", "")).isEqualTo("SIGNED");
    Value both = b.compare(p, p, Comparison.EQ);
    assertThat(both.op()).extracting(op -> op.keyword("compare_type", "")).isEqualTo("UNSIGNED");
    assertThat(b.convert(x, DType.F32)).isSameAs(x);
    assertThat(b.reshape(x, x.shape())).isSameAs(x);
    Value bytes = b.bitcastConvert(x, DType.U8);
    assertThat(brief(bytes)).isEqualTo("u8[8,3,4]");
    assertThat(brief(b.bitcastConvert(bytes, DType.F32))).isEqualTo("f32[8,3]");
    assertThatThrownBy(() -> b.bitcastConvert(x, DType.F64))
        .hasMessageContaining("does not fill elements of f64");
    Value chosen = b.select(positive, b.clamp(b.constant(DType.F32, 0), x, x), b.negate(x));
    verified(chosen, b.select(p, index, both), b.reducePrecision(x, 5, 10));
  }

  @Test
  void windowsRoundTripThroughTheirConfiguration() {
    WindowConfig window =
        new WindowConfig(
            new long[] {3, 2},
            new long[] {2, 1},
            new long[] {1, 1},
            new long[] {1, 1},
            new long[][] {{1, 0}, {0, 1}});
    Value zero = b.constant(DType.F32, 0);
    Value pooled = b.reduceWindow(x, zero, OpCode.MAXIMUM, window);
    assertThat(brief(pooled)).isEqualTo("f32[4,3]");
    assertThat(WindowConfig.fromOp(block.ops().get(block.ops().size() - 1))).isEqualTo(window);
    Block select = region("f32[] f32[] -> bool[]");
    Block scatter = Builder.binaryBody(OpCode.ADD, DType.F32);
    Value spread = b.selectAndScatter(x, pooled, zero, window, select, scatter);
    Value tangent = b.selectAndGatherAdd(x, x, window, "GE");
    verified(spread, tangent);
    WindowConfig dilated =
        new WindowConfig(
            window.dimensions(),
            window.strides(),
            new long[] {2, 1},
            window.windowDilations(),
            window.padding());
    assertThatThrownBy(() -> b.selectAndScatter(x, pooled, zero, dilated, select, scatter))
        .hasMessageContaining("no dilations");
  }

  @Test
  void convolutionsRoundTripThroughTheirConfiguration() {
    Value image = b.reshape(x, Shape.of(1, 8, 3, 1));
    Value kernel = b.constant(TensorType.of(DType.F32, 3, 3, 1, 4), 0.5);
    ConvolutionConfig config =
        new ConvolutionConfig(
            new long[] {2, 1},
            new long[][] {{1, 1}, {1, 1}},
            new long[] {1, 1},
            new long[] {1, 1},
            new boolean[] {false, true},
            new DimensionNumbers.Convolution(
                0, 3, List.of(1L, 2L), 2, 3, List.of(0L, 1L), 0, 3, List.of(1L, 2L)),
            1,
            1,
            Precision.HIGH);
    Value y = b.convolution(image, kernel, config);
    assertThat(brief(y)).isEqualTo("f32[1,4,3,4]");
    assertThat(ConvolutionConfig.fromOp(Objects.requireNonNull(y.op()))).isEqualTo(config);
    verified(y, b.convolution(image, kernel, config, DType.F64));
  }

  @Test
  void indexesAndSorts() {
    Value part = b.dynamicSlice(x, List.of(i, i), 2, 3);
    Value updated = b.dynamicUpdateSlice(x, part, List.of(i, i));
    Value indices = b.iota(TensorType.of(DType.I32, 4), 0);
    DimensionNumbers.Gather rows =
        new DimensionNumbers.Gather(List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    Value taken = b.gather(updated, indices, rows, new long[] {1, 3}, true);
    assertThat(brief(taken)).isEqualTo("f32[4,3]");
    DimensionNumbers.Scatter into =
        new DimensionNumbers.Scatter(
            List.of(1L), List.of(0L), List.of(), List.of(), List.of(0L), 1);
    Value added = b.scatter(x, indices, taken, into, true, true, OpCode.ADD);
    Value replaced = b.scatter(x, indices, taken, into, true, true, null);
    Block less = region("f32[] f32[] i32[] i32[] -> bool[]");
    Value order = b.iota(TensorType.of(DType.I32, 8, 3), 0);
    List<Value> sorted = b.sort(List.of(added, order), 0, true, less);
    assertThat(brief(sorted.get(1))).isEqualTo("i32[8,3]");
    Value padded = b.pad(replaced, b.constant(DType.F32, 1), longs(1, 0), longs(0, 0), longs(0, 1));
    assertThat(brief(padded)).isEqualTo("f32[9,5]");
    Value back = b.slice(b.reverse(padded, 0), longs(0, 0), longs(9, 5), longs(1, 2));
    verified(sorted.get(0), b.transpose(b.concatenate(List.of(back, back), 1), 1, 0));
  }

  private static long[] longs(long... values) {
    return values;
  }

  @Test
  void loopsAndBranchesMayUseValuesFromOutside() {
    Block cond = new Block(List.of(i.type()));
    cond.returns(List.of(new Builder(cond).compare(cond.argument(0), i, Comparison.LT)));
    Block body = new Block(List.of(i.type()));
    body.returns(List.of(new Builder(body).add(body.argument(0), i)));
    Value last = b.whileLoop(List.of(i), cond, body).get(0);
    Block onTrue = new Block(List.of());
    onTrue.returns(List.of(new Builder(onTrue).add(x, x)));
    Block onFalse = new Block(List.of()).returns(List.of(x));
    Value either = b.ifOf(p, onTrue, onFalse).get(0);
    Value any = b.caseOf(last, List.of(new Block(List.of()).returns(List.of(either)))).get(0);
    verified(b.optimizationBarrier(List.of(any)).get(0));
  }

  @Test
  void bodiesOfReductionsMayNotUseValuesFromOutside() {
    Value zero = b.constant(DType.F32, 0);
    Block body = new Block(List.of(zero.type(), zero.type()));
    body.returns(List.of(zero));
    assertThatThrownBy(() -> b.reduce(List.of(x), List.of(zero), new long[] {0}, body))
        .isInstanceOf(VerifyException.class)
        .hasMessageContaining("may not use values from outside");
    Block nested = new Block(List.of(zero.type(), zero.type()));
    Block branch = new Block(List.of()).returns(List.of(zero));
    Value flag = new Builder(nested).isFinite(nested.argument(0));
    nested.returns(new Builder(nested).ifOf(flag, branch, branch));
    assertThatThrownBy(() -> b.reduce(List.of(x), List.of(zero), new long[] {0}, nested))
        .hasMessageContaining("may not use values from outside");
  }

  @Test
  void callsAndOwnOpsTakeFunctions() {
    Block inner = new Block(List.of(x.type()));
    inner.returns(List.of(new Builder(inner).tanh(inner.argument(0))));
    Func callee = new Func("g", inner);
    Value called = b.call(callee, List.of(x)).get(0);
    Value named =
        b.composite("my.op", List.of(called), callee, Map.of("rate", new Attribute.Bool(true)), 2)
            .get(0);
    Value derived = b.customDerivative(List.of(named), callee, Map.of()).get(0);
    Value again = b.remat(List.of(derived), callee, Map.of()).get(0);
    Block step = region("f32[8,3] i32[] f32[5] -> i32[] f32[2]");
    List<Value> scanned =
        b.scan(List.of(b.stopGradient(again)), List.of(i), List.of(w), 3, true, 2, step);
    assertThat(brief(scanned.get(1))).isEqualTo("f32[3,2]");
    Value custom = b.customCall("f", List.of(x), List.of(w.type()), Map.of()).get(0);
    verified(scanned.get(0), scanned.get(1), custom);
  }

  @Test
  void buildsCollectivesAndShardings() {
    Literal groups = Literal.ofLongs(TensorType.of(DType.I64, 1, 2), 0, 1);
    Attribute.ChannelHandle channel = new Attribute.ChannelHandle(1, 0);
    Block sum = Builder.binaryBody(OpCode.ADD, DType.F32);
    Value reduced = b.allReduce(List.of(x), groups, channel, true, sum).get(0);
    Value gathered = b.allGather(List.of(reduced), 0, groups, channel, true).get(0);
    assertThat(brief(gathered)).isEqualTo("f32[16,3]");
    Value own =
        b.reduceScatter(
            gathered, 0, groups, null, false, Builder.binaryBody(OpCode.ADD, DType.F32));
    Value swapped = b.allToAll(List.of(own), 0, 1, 2, groups, null).get(0);
    assertThat(brief(swapped)).isEqualTo("f32[4,6]");
    Value moved = b.collectivePermute(swapped, groups, null);
    Value shared = b.collectiveBroadcast(List.of(moved), groups, null).get(0);
    Sharding rows = Sharding.of("mesh", List.of(Sharding.Dim.of("data"), Sharding.Dim.REPLICATED));
    Value laid = b.shardingConstraint(x, rows);
    List<Value> local =
        b.manualComputation(
            List.of(laid),
            List.of(rows),
            List.of(rows),
            List.of("data"),
            region("f32[2,3] -> f32[2,3]"),
            List.of(x.type()));
    block.returns(List.of(shared, local.get(0), b.partitionId(), b.replicaId()));
    Module module = Module.of(new Func("f", block));
    assertThatThrownBy(() -> Verifier.verify(module)).hasMessageContaining("mesh @mesh is not");
    Module.Mesh.Axis axis = new Module.Mesh.Axis("data", 4);
    module.add(new Module.Mesh("mesh", List.of(axis), List.of(), Map.of()));
    Verifier.verify(module);
  }

  @Test
  void buildsLinearAlgebraAndRandomBits() {
    Value square = b.slice(x, longs(0, 0), longs(3, 3), longs(1, 1));
    Value factor = b.cholesky(square, true);
    Value solved = b.triangularSolve(factor, w, true, true, false, "NO_TRANSPOSE");
    assertThat(brief(solved)).isEqualTo("f32[3,5]");
    Value spectrum = b.fft(x, "RFFT", 3);
    assertThat(brief(spectrum)).isEqualTo("c64[8,2]");
    Value state = b.constant(Literal.ofLongs(TensorType.of(DType.U64, 2), 1, 2));
    List<Value> bits = b.rngBitGenerator(state, TensorType.of(DType.U32, 7), "THREE_FRY");
    verified(solved, b.abs(spectrum), bits.get(1), b.getDimensionSize(x, 1));
  }
}
