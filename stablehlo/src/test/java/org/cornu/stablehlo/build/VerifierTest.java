package org.cornu.stablehlo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

/** What is wrong with a program beyond single ops, and where. */
class VerifierTest {
  private static final Location LINE = new Location.Line("model.mlir", 7, 3);
  private final TensorType f32 = TensorType.of(DType.F32, 2);
  private final Block block = new Block(List.of(f32));

  /** An op built without checks, as a parser builds it. */
  private static Op raw(OpCode code, List<Value> operands, List<Block> regions, Type... results) {
    return new Op(code, operands, Map.of(), regions, List.of(results), LINE);
  }

  private void refused(String words) {
    assertThatThrownBy(() -> Verifier.verify(new Func("f", block)))
        .isInstanceOfSatisfying(
            VerifyException.class, e -> assertThat(e.location()).isEqualTo(LINE))
        .hasMessageContaining(words)
        .hasMessageEndingWith("at model.mlir:7");
  }

  @Test
  void checksTypesOfOpsBuiltElsewhere() {
    block.append(
        raw(OpCode.TANH, List.of(block.argument(0)), List.of(), TensorType.of(DType.F32, 3)));
    refused("tanh: result 0 must have type f32[2], got f32[3] (C1)");
  }

  @Test
  void valuesAreDefinedBeforeTheirUse() {
    Op later = raw(OpCode.TANH, List.of(block.argument(0)), List.of(), f32);
    block.append(raw(OpCode.NEGATE, List.of(later.result()), List.of(), f32));
    block.append(later);
    refused("not defined before it in its scope: operand 0");
  }

  @Test
  void valuesOfARegionStayInside() {
    TensorType flag = TensorType.of(DType.BOOL);
    Value pred = new Builder(block).constant(DType.BOOL, 1);
    assertThat(pred.type()).isEqualTo(flag);
    Block onTrue = new Block(List.of());
    Value inner = new Builder(onTrue).tanh(block.argument(0));
    onTrue.returns(List.of(inner));
    Block onFalse = new Block(List.of()).returns(List.of(inner));
    block.append(raw(OpCode.IF, List.of(pred), List.of(onTrue, onFalse), f32));
    refused("if: uses a value that is not defined before it");
  }

  @Test
  void anOpStandsInAProgramOnce() {
    Op op = raw(OpCode.TANH, List.of(block.argument(0)), List.of(), f32);
    block.append(op);
    block.append(op);
    refused("tanh: stands in the program twice");
  }

  @Test
  void numbersOfResultsAreChecked() {
    block.append(raw(OpCode.TANH, List.of(block.argument(0)), List.of()));
    refused("tanh: expected 1 results, got 0");
  }

  @Test
  void functionsMayNotCallThemselves() {
    Type.Function type = new Type.Function(List.of(f32), List.of(f32));
    Func later = Func.declaration("later", type, false, Map.of());
    Verifier.verify(
        new Func("f", block.returns(new Builder(block).call(later, block.arguments()))));
    List<Func> self = new ArrayList<>();
    Block body = new Block(List.of(f32));
    body.returns(List.of(body.argument(0)));
    Func func = new Func("loop", body);
    self.add(func);
    new Builder(body).call(self.get(0), body.arguments());
    assertThatThrownBy(() -> Verifier.verify(func)).hasMessage("func: function @loop calls itself");
  }

  @Test
  void calleesAreCheckedToo() {
    Block inner = new Block(List.of(f32));
    Op wrong = raw(OpCode.NOT, List.of(inner.argument(0)), List.of(), f32);
    inner.append(wrong);
    inner.returns(List.of(wrong.result()));
    block.returns(new Builder(block).call(new Func("g", inner), block.arguments()));
    refused("not: operand 0 must have elements of type bool or integer, got f32[2] (I1)");
  }

  @Test
  void resultsMatchTheDeclaredType() {
    block.returns(List.of(block.argument(0)));
    Func func = new Func("f", block);
    block.returns(List.of());
    assertThatThrownBy(() -> Verifier.verify(func))
        .hasMessageContaining("body of @f returns (), but it is declared with (f32[2])");
  }

  @Test
  void quantizedTypesAreWellFormed() {
    refusedQuantization("C1", DType.F32, -128, 127, DType.F32, -1, List.of(1.0), List.of(0L));
    refusedQuantization("C3", DType.I8, -129, 127, DType.F32, -1, List.of(1.0), List.of(0L));
    refusedQuantization("C3", DType.U8, 0, 256, DType.F32, -1, List.of(1.0), List.of(0L));
    refusedQuantization("C4", DType.I8, -128, 127, DType.I32, -1, List.of(1.0), List.of(0L));
    refusedQuantization("C5", DType.I8, -128, 127, DType.F32, -1, List.of(0.0), List.of(0L));
    refusedQuantization("C6", DType.I8, -128, 127, DType.F16, -1, List.of(1e6), List.of(0L));
    refusedQuantization("C7", DType.I8, -8, 7, DType.F32, -1, List.of(1.0), List.of(8L));
    refusedQuantization("C9", DType.I8, -128, 127, DType.F32, -1, List.of(1.0), List.of());
    refusedQuantization(
        "C10", DType.I8, -128, 127, DType.F32, -1, List.of(1.0, 2.0), List.of(0L, 0L));
    refusedQuantization(
        "C12", DType.I8, -128, 127, DType.F32, 1, List.of(1.0, 2.0), List.of(0L, 0L));
    refusedQuantization("C13", DType.I8, -128, 127, DType.F32, 0, List.of(1.0), List.of(0L));
  }

  private static void refusedQuantization(
      String label,
      DType storage,
      long min,
      long max,
      DType expressed,
      int axis,
      List<Double> scales,
      List<Long> zeroPoints) {
    QuantizedType q = new QuantizedType(storage, min, max, expressed, axis, scales, zeroPoints);
    Block body = new Block(List.of(TensorType.of(q, 2)));
    assertThatThrownBy(() -> Verifier.verify(new Func("f", body)))
        .isInstanceOf(VerifyException.class)
        .hasMessageEndingWith("(" + label + ")");
  }

  @Test
  void boundsBelongToOpenSizes() {
    Shape open = Shape.of(Shape.DYNAMIC, 3);
    verifyType(new TensorType(open, DType.F32, "#stablehlo.bounds<5, ?>"));
    verifyType(new TensorType(open, DType.F32, "#stablehlo.type_extensions<bounds = [5, ?]>"));
    for (String bounds : List.of("#stablehlo.bounds<5>", "#stablehlo.bounds<5, 3>")) {
      assertThatThrownBy(() -> verifyType(new TensorType(open, DType.F32, bounds)))
          .hasMessageContaining("bounds must be one per dimension");
    }
  }

  private static void verifyType(TensorType type) {
    Verifier.verify(new Func("f", new Block(List.of(type))));
  }

  @Test
  void boundsFollowTheOps() {
    TensorType bounded =
        new TensorType(Shape.of(Shape.DYNAMIC, 3), DType.F32, "#stablehlo.bounds<5, ?>");
    Block body = new Block(List.of(bounded));
    Builder b = new Builder(body);
    Value x = body.argument(0);
    assertThat(b.transpose(x, 1, 0).type()).hasToString("tensor<3x?xf32, #stablehlo.bounds<?, 5>>");
    assertThat(b.concatenate(List.of(x, x), 0).type())
        .hasToString("tensor<?x3xf32, #stablehlo.bounds<10, ?>>");
    assertThat(b.reduce(x, b.constant(DType.F32, 0), OpCode.ADD, 1).type())
        .hasToString("tensor<?xf32, #stablehlo.bounds<5>>");
    assertThat(b.tanh(x).type()).isEqualTo(bounded);
    Value known = body.addArgument(TensorType.of(DType.F32, 4, 3));
    assertThat(b.add(x, known).type()).isEqualTo(known.type());
    Value large = body.addArgument(TensorType.of(DType.F32, 6, 3));
    assertThatThrownBy(() -> b.add(x, large)).hasMessageContaining("shapes differ");
  }

  @Test
  void shardingsFitTheMeshes() {
    Sharding.Dim data = Sharding.Dim.of("data");
    checkSharding(Sharding.of("mesh", List.of(data)), "");
    checkSharding(Sharding.of("mesh", List.of(Sharding.Dim.of("data:(1)2"))), "");
    checkSharding(Sharding.of("other", List.of(data)), "mesh @other is not in the module");
    checkSharding(Sharding.of("mesh", List.of(data, data)), "one entry per dimension of f32[2]");
    checkSharding(
        Sharding.of("mesh", List.of(Sharding.Dim.of("model"))), "axis 'model' is not in mesh");
    checkSharding(
        new Sharding("mesh", List.of(data), List.of("data"), List.of()),
        "axis 'data' is used twice");
  }

  private void checkSharding(Attribute sharding, String words) {
    Func func = new Func("f", new Block(List.of(f32)));
    func.argumentAttribute(0, "sdy.sharding", sharding);
    Module module = Module.of(func);
    module.add(
        new Module.Mesh("mesh", List.of(new Module.Mesh.Axis("data", 2)), List.of(), Map.of()));
    if (words.isEmpty()) {
      Verifier.verify(module);
    } else {
      assertThatThrownBy(() -> Verifier.verify(module)).hasMessageContaining(words);
    }
  }
}
