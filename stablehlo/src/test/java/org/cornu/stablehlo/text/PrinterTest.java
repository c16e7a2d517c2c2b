package org.cornu.stablehlo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

class PrinterTest {
  private static final TensorType F32 = TensorType.of(DType.F32);
  private static final TensorType V4 = TensorType.of(DType.F32, 4);

  private static Op op(
      Block block, OpCode code, List<Value> operands, Map<String, Attribute> attrs, Type... types) {
    return block.append(new Op(code, operands, attrs, List.of(), List.of(types), Location.UNKNOWN));
  }

  private static Func doubling(String name) {
    Block block = new Block(List.of(V4));
    Value x = block.argument(0);
    block.returns(op(block, OpCode.ADD, List.of(x, x), Map.of(), V4).results());
    return new Func(name, block);
  }

  private static Value constant(Block block, Literal literal) {
    return op(
            block,
            OpCode.CONSTANT,
            List.of(),
            Map.of("value", new Attribute.Elements(literal)),
            literal.type())
        .result();
  }

  private static Module calls(String firstName, String secondName, Location where) {
    Func f = doubling(firstName);
    Func g = doubling(secondName);
    Block block = new Block(List.of(V4));
    Op a = op(block, OpCode.CALL, block.arguments(), Map.of("callee", new Attribute.Callee(f)), V4);
    Op b =
        block.append(
            new Op(
                OpCode.CALL,
                a.results(),
                Map.of("callee", new Attribute.Callee(g)),
                List.of(),
                List.of(V4),
                where));
    block.returns(b.results());
    return Module.of(new Func("main", block, true, Map.of(), Location.UNKNOWN));
  }

  @Test
  void callsCollectFunctionsUnderUniqueSymbols() {
    assertThat(Printer.print(calls("f", "f", Location.UNKNOWN)))
        .isEqualTo(
            """
            module {
              func.func public @main(%0: tensor<4xf32>) -> (tensor<4xf32>) {
                %1 = "func.call"(%0) <{callee = @f}> : (tensor<4xf32>) -> tensor<4xf32>
                %2 = "func.call"(%1) <{callee = @f_0}> : (tensor<4xf32>) -> tensor<4xf32>
                "func.return"(%2) : (tensor<4xf32>) -> ()
              }
              func.func private @f(%0: tensor<4xf32>) -> (tensor<4xf32>) {
                %1 = "stablehlo.add"(%0, %0) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
                "func.return"(%1) : (tensor<4xf32>) -> ()
              }
              func.func private @f_0(%0: tensor<4xf32>) -> (tensor<4xf32>) {
                %1 = "stablehlo.add"(%0, %0) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
                "func.return"(%1) : (tensor<4xf32>) -> ()
              }
            }
            """);
  }

  @Test
  void locationsAreAliasesAtTheEnd() {
    Location line = new Location.Line("Train.java", 12, 0);
    String text =
        Printer.print(
            calls("f", "g", new Location.Named("loss", line)),
            Printer.Options.PROGRAM.withLocations(true));
    assertThat(text)
        .contains("<{callee = @g}> : (tensor<4xf32>) -> tensor<4xf32> loc(#loc1)\n")
        .endsWith("#loc0 = loc(\"Train.java\":12:0)\n#loc1 = loc(\"loss\"(#loc0))\n");
  }

  @Test
  void literalsReadBackExactly() {
    Block block = new Block(List.of());
    constant(block, Literal.ofDoubles(V4, 0.1f, -0.0, Double.POSITIVE_INFINITY, 1e-40));
    constant(block, Literal.ofDoubles(V4, 1));
    constant(block, Literal.ofBooleans(TensorType.of(DType.BOOL, 2), true, false));
    constant(block, Literal.ofLongs(TensorType.of(DType.U64), -1));
    constant(block, Literal.ofComplex(TensorType.of(DType.C64), 1, Double.NaN));
    constant(block, Literal.ofDoubles(TensorType.of(DType.F32, 0, 2)));
    boolean[] mask = new boolean[101];
    mask[100] = true;
    constant(block, Literal.ofBooleans(TensorType.of(DType.BOOL, 101), mask));
    long[] many = new long[101];
    many[1] = 0x1234;
    constant(block, Literal.ofLongs(TensorType.of(DType.I16, 101), many));
    block.returns(List.of());
    assertThat(Printer.print(new Func("main", block)))
        .contains("value = dense<[0.1, -0.0, 0x7F800000, 1.0E-40]> : tensor<4xf32>}>")
        .contains("value = dense<1.0> : tensor<4xf32>}>")
        .contains("value = dense<[true, false]> : tensor<2xi1>}>")
        .contains("value = dense<18446744073709551615> : tensor<ui64>}>")
        .contains("value = dense<(1.0,0x7FC00000)> : tensor<complex<f32>>}>")
        .contains("value = dense<> : tensor<0x2xf32>}>")
        .contains("value = dense<[false, false, ")
        .contains("value = dense<\"0x000034120000");
  }

  @Test
  void regionsAndShardingsStandInTheirPlaces() {
    Block inner = new Block(List.of(F32, F32));
    Op max = op(inner, OpCode.MAXIMUM, inner.arguments(), Map.of(), F32);
    inner.returns(max.results());
    Block block = new Block(List.of(V4));
    Value init = constant(block, Literal.scalar(DType.F32, 0));
    Sharding.Dim none = Sharding.Dim.REPLICATED;
    Op reduce =
        block.append(
            new Op(
                OpCode.REDUCE,
                List.of(block.argument(0), init),
                Map.of(
                    "dimensions", new Attribute.Longs(0),
                    "sdy.sharding", new Sharding.PerValue(List.of(Sharding.of("mesh", List.of())))),
                List.of(inner),
                List.of(F32),
                Location.UNKNOWN));
    block.returns(reduce.results());
    Func main = new Func("main", block, true, Map.of(), Location.UNKNOWN);
    main.argumentAttribute(0, "sdy.sharding", Sharding.of("mesh", List.of(none)));
    main.resultAttribute(0, "jax.result_info", new Attribute.Str("r\n"));
    Module module = new Module("m", Map.of("mhlo.num_partitions", Attribute.Int.i32(2)));
    module.add(
        new Module.Mesh("mesh", List.of(new Module.Mesh.Axis("x", 2)), List.of(1L, 0L), Map.of()));
    module.add(main);
    assertThat(Printer.print(module))
        .isEqualTo(
            """
            module @m attributes {mhlo.num_partitions = 2 : i32} {
              sdy.mesh @mesh = <["x"=2], device_ids=[1, 0]>
              func.func public @main(%0: tensor<4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{}]>})\
             -> (tensor<f32> {jax.result_info = "r\\0a"}) {
                %1 = "stablehlo.constant"() <{value = dense<0.0> : tensor<f32>}> : () -> tensor<f32>
                %2 = "stablehlo.reduce"(%0, %1) <{dimensions = array<i64: 0>}> ({
                ^bb0(%3: tensor<f32>, %4: tensor<f32>):
                  %5 = "stablehlo.maximum"(%3, %4) : (tensor<f32>, tensor<f32>) -> tensor<f32>
                  "stablehlo.return"(%5) : (tensor<f32>) -> ()
                }) {sdy.sharding = #sdy.sharding_per_value<[<@mesh, []>]>} : (tensor<4xf32>,\
             tensor<f32>) -> tensor<f32>
                "func.return"(%2) : (tensor<f32>) -> ()
              }
            }
            """);
  }

  @Test
  void ownOpsAreRefusedByName() {
    Block block = new Block(List.of(V4));
    block.returns(op(block, OpCode.STOP_GRADIENT, block.arguments(), Map.of(), V4).results());
    Func func = new Func("main", block);
    assertThatThrownBy(() -> Printer.print(Module.of(func)))
        .hasMessage(
            "cornu.stop_gradient: an op of Cornu's own must be lowered before the program is"
                + " printed");
    assertThat(Printer.print(func)).contains("\"cornu.stop_gradient\"(%0)");
  }

  @Test
  void fingerprintIgnoresNamesAndLocationsOnly() {
    Fingerprint base = Fingerprint.of(calls("f", "g", Location.UNKNOWN).main());
    assertThat(Fingerprint.of(calls("h", "h", new Location.Line("a", 1, 2)).main()))
        .isEqualTo(base);
    assertThat(Fingerprint.of(doubling("f"))).isNotEqualTo(base);
    Func other = doubling("f");
    other.argumentAttribute(0, "tf.aliasing_output", Attribute.Int.i32(0));
    assertThat(Fingerprint.of(other)).isNotEqualTo(Fingerprint.of(doubling("f")));
    assertThat(literal(1)).isEqualTo(literal(1)).isNotEqualTo(literal(2));
    assertThat(literal(0)).isNotEqualTo(literal(-0.0));
  }

  private static Fingerprint literal(double value) {
    Block block = new Block(List.of());
    block.returns(List.of(constant(block, Literal.scalar(DType.F32, value))));
    return Fingerprint.of(new Func("main", block));
  }
}
