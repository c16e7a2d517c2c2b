package org.cornu.stablehlo.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
  static String resource(String name) throws IOException {
    try (InputStream in = ParserTest.class.getResourceAsStream("/programs/" + name)) {
      if (in == null) {
        throw new IOException("no test resource programs/" + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The only op of a function over these arguments, beside what defines its operands. */
  private static Op op(String arguments, String text) {
    Module module = Parser.parse("func.func @f(" + arguments + ") {\n" + text + "\nreturn\n}");
    List<Op> ops = module.functions().get(0).body().ops();
    return ops.get(ops.size() - 1);
  }

  private static Attribute attribute(String text) {
    Module module = Parser.parse("module attributes {a = " + text + "} {}");
    Attribute attribute = Objects.requireNonNull(module.attributes().get("a"));
    Module again = Parser.parse(Printer.print(module));
    assertThat(again.attributes().get("a")).as("read again").isEqualTo(attribute);
    return attribute;
  }

  private static Literal literal(String text) {
    return ((Attribute.Elements) attribute(text)).literal();
  }

  private static Type type(String text) {
    return ((Attribute.OfType) attribute(text)).type();
  }

  static void roundTrip(Module module) {
    Printer.Options options = Printer.Options.DEBUG.withLocations(true);
    String text = Printer.print(module, options);
    Module again = Parser.parse(text);
    assertThat(Fingerprint.of(again)).isEqualTo(Fingerprint.of(module));
    assertThat(Printer.print(again, options)).isEqualTo(text);
  }

  // Both files were written by the official printer from one program.
  @Test
  void prettyAndGenericFormsGiveTheSameProgram() throws IOException {
    Module pretty = Parser.parse(resource("forms.pretty.mlir"));
    Module generic = Parser.parse(resource("forms.generic.mlir"));
    assertThat(Printer.print(pretty)).isEqualTo(Printer.print(generic));
    assertThat(Fingerprint.of(pretty)).isEqualTo(Fingerprint.of(generic));
    roundTrip(pretty);

    Set<OpCode> seen = EnumSet.noneOf(OpCode.class);
    pretty.functions().stream().filter(f -> !f.isDeclaration()).forEach(f -> codes(f.body(), seen));
    Set<OpCode> missing = EnumSet.allOf(OpCode.class);
    missing.removeAll(seen);
    missing.removeIf(code -> !code.dialect().equals("stablehlo") && !code.dialect().equals("chlo"));
    // Written only in the generic form, which differs in nothing but the name, or quantized.
    assertThat(missing)
        .allMatch(
            code ->
                GENERIC_ONLY.contains(code)
                    || code == OpCode.UNIFORM_QUANTIZE
                    || code == OpCode.UNIFORM_DEQUANTIZE
                    || code == OpCode.CHLO_ASIN_ACOS_KERNEL);
  }

  private static final Set<OpCode> GENERIC_ONLY =
      EnumSet.of(
          OpCode.ALL_GATHER,
          OpCode.ALL_REDUCE,
          OpCode.ALL_TO_ALL,
          OpCode.ASYNC_DONE,
          OpCode.ASYNC_START,
          OpCode.BATCH_NORM_GRAD,
          OpCode.BATCH_NORM_INFERENCE,
          OpCode.BATCH_NORM_TRAINING,
          OpCode.COLLECTIVE_BROADCAST,
          OpCode.COLLECTIVE_PERMUTE,
          OpCode.COLLECTIVE_REDUCE,
          OpCode.CROSS_REPLICA_SUM,
          OpCode.DYNAMIC_CONV,
          OpCode.DYNAMIC_GATHER,
          OpCode.GATHER,
          OpCode.IF,
          OpCode.INFEED,
          OpCode.MAP,
          OpCode.OUTFEED,
          OpCode.RECV,
          OpCode.REDUCE_SCATTER,
          OpCode.REDUCE_WINDOW,
          OpCode.SCATTER,
          OpCode.SELECT_AND_SCATTER,
          OpCode.SEND,
          OpCode.SORT,
          OpCode.TORCH_INDEX_SELECT,
          OpCode.TRIANGULAR_SOLVE,
          OpCode.CHLO_CONSTANT_LIKE,
          OpCode.CHLO_RAGGED_DOT);

  private static void codes(Block block, Set<OpCode> into) {
    for (Op op : block.ops()) {
      into.add(op.code());
      op.regions().forEach(region -> codes(region, into));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "argmax_argmin_ties_nan.mlir",
        "complex64_ops.mlir",
        "conv1d_grouped_dilated_fwd_bwd.mlir",
        "lstm_scan_fwd.mlir",
        "maxpool_fwd_bwd.mlir",
        "sharded_constraints_matmul.gspmd.mlir",
        "sharded_constraints_matmul.sdy.mlir",
        "shardmap_partial_manual_ring.gspmd.mlir",
        "shardmap_partial_manual_ring.sdy.mlir"
      })
  void exportedProgramsReadBackAsTheyAre(String name) throws IOException {
    roundTrip(Parser.parse(resource(name)));
  }

  @Test
  void quantizedTypes() {
    TensorType tensor = (TensorType) type("tensor<2x!quant.uniform<i8:f32, 2.0:15>>");
    assertThat(tensor.element())
        .isEqualTo(
            new QuantizedType(DType.I8, -128, 127, DType.F32, -1, List.of(2.0), List.of(15L)));
    TensorType perAxis =
        (TensorType) type("tensor<1x2x!quant.uniform<u8<1:254>:f32:1, {0.1:-3, 2.500e-1}>>");
    assertThat(perAxis.element())
        .isEqualTo(
            new QuantizedType(
                DType.U8, 1, 254, DType.F32, 1, List.of(0.1, 0.25), List.of(-3L, 0L)));
    assertThat(
            op(
                    "%a: tensor<f32>",
                    "%0 = stablehlo.uniform_quantize %a : (tensor<f32>) -> tensor<!quant.uniform<i8:f32, 2.0:15>>")
                .result()
                .type())
        .isInstanceOf(TensorType.class);
    assertThat(type("tensor<4x!quant.uniform<i8:f32:{0:1}, {{0.1}}>>"))
        .isInstanceOf(Type.Opaque.class);
  }

  @Test
  void types() {
    assertThat(type("tensor<0x2xi8>")).isEqualTo(TensorType.of(DType.I8, 0, 2));
    assertThat(type("tensor<2x?xbf16, #stablehlo.bounds<?,   3>>"))
        .isEqualTo(
            new TensorType(Shape.of(2, Shape.DYNAMIC), DType.BF16, "#stablehlo.bounds<?, 3>"));
    assertThat(type("tensor<complex<f64>>")).isEqualTo(TensorType.of(DType.C128));
    assertThat(type("tuple<tensor<i1>, !stablehlo.token>"))
        .isEqualTo(new Type.Tuple(List.of(TensorType.of(DType.BOOL), new Type.Token())));
    assertThat(type("!stablehlo.future<tensor<f4E2M1FN>>"))
        .isEqualTo(new Type.Future(List.of(TensorType.of(DType.F4E2M1FN))));
    assertThat(type("(tensor<f32>) -> ()"))
        .isEqualTo(new Type.Function(List.of(TensorType.of(DType.F32)), List.of()));
    for (String text : List.of("tensor<*xf32>", "memref<2x?xf32, 1>", "!tf_type.string", "i32")) {
      assertThat(type(text)).isEqualTo(new Type.Opaque(text));
    }
    assertThat(type("tensor<2x!tf_type.string>"))
        .isEqualTo(new Type.Opaque("tensor<2x!tf_type.string>"));
  }

  @Test
  void literals() {
    assertThat(literal("dense<255> : tensor<i8>").longAt(0)).isEqualTo(-1);
    assertThat(literal("dense<[0xFF, -8]> : tensor<2xi8>").longAt(0)).isEqualTo(-1);
    assertThat(literal("dense<18446744073709551615> : tensor<ui64>").longAt(0)).isEqualTo(-1);
    assertThat(literal("dense<[true, 0, false, 1]> : tensor<4xi1>").expandedBytes())
        .containsExactly(1, 0, 0, 1);
    assertThat(literal("dense<0x7FC00001> : tensor<f32>").bitsAt(0)).isEqualTo(0x7FC00001);
    assertThat(literal("dense<[1.0, -2.5e-3]> : tensor<2xf64>").doubleAt(1)).isEqualTo(-2.5e-3);
    assertThat(literal("dense<(1.5,0xFF800000)> : tensor<complex<f32>>").imagAt(0))
        .isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(literal("dense<[[], []]> : tensor<2x0xf32>").count()).isZero();
    assertThat(literal("dense<1.0> : tensor<1000000x1000000xf32>").isSplat()).isTrue();
    // A blob of one element is a splat; booleans come as bytes, from old programs as bits.
    assertThat(literal("dense<\"0x0000803F\"> : tensor<4xf32>").doubleAt(3)).isEqualTo(1);
    assertThat(literal("dense<\"0x0102\"> : tensor<2xi4>").longAt(1)).isEqualTo(2);
    assertThat(literal("dense<\"0x010001\"> : tensor<3xi1>").expandedBytes())
        .containsExactly(1, 0, 1);
    assertThat(literal("dense<\"0x0502\"> : tensor<10xi1>").expandedBytes())
        .containsExactly(1, 0, 1, 0, 0, 0, 0, 0, 0, 1);
  }

  @Test
  void decimalsRoundCorrectly() {
    for (String text :
        List.of(
            "0.1",
            "1.7976931348623157e308",
            "4.9e-324",
            "9007199254740993.0",
            "1.0e23",
            "123456.789e-5",
            "3.0e+22")) {
      assertThat(literal("dense<" + text + "> : tensor<f64>").doubleAt(0))
          .isEqualTo(Double.parseDouble(text));
      assertThat(literal("dense<-" + text + "> : tensor<f32>").doubleAt(0))
          .isEqualTo((float) -Double.parseDouble(text));
    }
  }

  @Test
  void attributes() {
    assertThat(attribute("-3")).isEqualTo(Attribute.Int.i64(-3));
    assertThat(attribute("3 : i32")).isEqualTo(Attribute.Int.i32(3));
    assertThat(attribute("0x7F800000 : f32"))
        .isEqualTo(new Attribute.Real(Double.POSITIVE_INFINITY, "f32"));
    assertThat(attribute("1.5e1")).isEqualTo(new Attribute.Real(15, "f64"));
    assertThat(attribute("\"a\\22\\n\\C3\\A9\"")).isEqualTo(new Attribute.Str("a\"\né"));
    assertThat(attribute("{b, \"c d\" = [unit, false]}").toString())
        .isEqualTo("{b, \"c d\" = [unit, false]}");
    assertThat(attribute("array<i64: 1, -2>")).isEqualTo(new Attribute.Longs(1, -2));
    assertThat(attribute("array<i64>")).isEqualTo(new Attribute.Longs());
    assertThat(attribute("array<i1: true, false>")).isEqualTo(new Attribute.Bools(true, false));
    assertThat(attribute("#stablehlo<precision HIGH>"))
        .isEqualTo(new Attribute.Keyword("precision", "HIGH"));
    assertThat(attribute("#stablehlo.channel_handle<type = 1, handle = 2>"))
        .isEqualTo(new Attribute.ChannelHandle(2, 1));
    assertThat(attribute("@nobody")).isEqualTo(new Attribute.Symbol("nobody"));
    assertThat(
            attribute("#sdy.sharding<@m, [{\"a\", ?}, {?}, {\"b\":(2)4}p1], replicated={\"c\"}>"))
        .isEqualTo(
            new Sharding(
                "m",
                List.of(
                    new Sharding.Dim(List.of("a"), true, -1),
                    new Sharding.Dim(List.of(), true, -1),
                    new Sharding.Dim(List.of("b:(2)4"), false, 1)),
                List.of("c"),
                List.of()));
    for (String text :
        List.of(
            "#tf_type.shape<?x2>",
            "affine_map<(d0, d1) -> (d0 + 2 * d1)>",
            "affine_set<(d0) : (d0 - 1 >= 0)>",
            "array<i32: 1, 2>",
            "dense<\"abc\"> : tensor<1x!tf_type.string>",
            "#foo.bar<\"<\", [{(-> 1)}]>",
            "@a::@b",
            "\"x\" : i32")) {
      assertThat(attribute(text)).as(text).isEqualTo(new Attribute.Opaque(text));
    }
  }

  @Test
  void aliasesLocationsAndResources() {
    Module module =
        Parser.parse(
            """
            #map = affine_map<(d0) -> (d0)>
            #loc2 = loc("f.py":3:7)
            !t = tensor<2xf32>
            module @m {
              func.func public @main(%arg0: !t loc("x"(#loc2))) -> !t {
                %0 = stablehlo.constant dense_resource<w> : tensor<2xf32> loc(#loc5)
                %1 = stablehlo.add %arg0, %0 {m = #map, n = #foo.x<#map>} : !t loc(callsite(#loc2 at unknown))
                %2 = stablehlo.abs %1 : !t loc(fused<"k">["a", "b":1:2 to :5])
                return %2 : !t
              } loc(#loc4)
            } loc(#loc)
            #loc = loc(unknown)
            #loc4 = loc("g.py":1:0)
            #loc5 = loc("name"(#loc2))
            {-#
              dialect_resources: { builtin: { w: "0x040000000000803F00000040" } }
            #-}
            """);
    Func main = module.main();
    Location.Line line = new Location.Line("f.py", 3, 7);
    Op constant = main.body().ops().get(0);
    assertThat(constant.location()).isEqualTo(new Location.Named("name", line));
    assertThat(constant.attribute("value", Attribute.Elements.class).literal())
        .isEqualTo(Literal.ofDoubles(TensorType.of(DType.F32, 2), 1, 2));
    Op add = main.body().ops().get(1);
    assertThat(add.location()).isEqualTo(new Location.CallSite(line, Location.UNKNOWN));
    assertThat(add.attribute("n"))
        .isEqualTo(new Attribute.Opaque("#foo.x<affine_map<(d0) -> (d0)>>"));
    assertThat(main.location()).isEqualTo(new Location.Line("g.py", 1, 0));
    assertThat(main.body().ops().get(2).location())
        .isEqualTo(
            new Location.Fused(
                "\"k\"", List.of(new Location.Named("a", null), new Location.Line("b", 1, 2))));
    roundTrip(module);
  }

  @Test
  void opsWithoutLocationGetTheirPlaceInTheFile() {
    byte[] text =
        "func.func @f() {\n  %0 = stablehlo.partition_id : tensor<ui32>\n  return\n}"
            .getBytes(StandardCharsets.UTF_8);
    Op op = Parser.parse(text, "p.mlir").main().body().ops().get(0);
    assertThat(op.location()).isEqualTo(new Location.Line("p.mlir", 2, 8));
  }

  @Test
  void filesOfSeveralModules() {
    String text =
        """
        // comment
        func.func @a() { return }
        // -----
        module @b { func.func @main() { func.return } }

        // ----- more
        """;
    List<Module> modules = Parser.parseSplit(text.getBytes(StandardCharsets.UTF_8), "t");
    assertThat(modules).hasSize(3);
    assertThat(modules.get(0).main().name()).isEqualTo("a");
    assertThat(modules.get(1).name()).isEqualTo("b");
    assertThat(modules.get(2).functions()).isEmpty();
  }

  @Test
  void resultGroupsAndScopes() {
    Module module =
        Parser.parse(
            """
            func.func @f(%a: tensor<f32>, %i: tensor<i32>) -> (tensor<i32>, tensor<f32>, tensor<f32>) {
              %x, %r:2 = "foo.three"(%i, %a) : (tensor<i32>, tensor<f32>) -> (tensor<i32>, tensor<f32>, tensor<f32>)
              %0 = "stablehlo.case"(%i) ({
                %y = stablehlo.add %a, %r#1 : tensor<f32>
                stablehlo.return %y : tensor<f32>
              }, {
                %y = stablehlo.negate %r#0 : tensor<f32>
                stablehlo.return %y : tensor<f32>
              }) : (tensor<i32>) -> tensor<f32>
              return %x, %r#1, %0 : tensor<i32>, tensor<f32>, tensor<f32>
            }
            """);
    Block body = module.main().body();
    assertThat(body.ops().get(0).code()).isEqualTo(OpCode.OPAQUE);
    assertThat(body.results().get(1)).isSameAs(body.ops().get(0).result(2));
    assertThat(body.ops().get(1).region(1).ops().get(0).operand(0))
        .isSameAs(body.ops().get(0).result(1));
    roundTrip(module);
  }

  @Test
  void opsOfOtherDialectsKeepTheirTerminators() {
    Module module =
        Parser.parse(
            """
            func.func @f(%a: tensor<f32>) {
              %0 = "foo.loop"(%a) <{p = 1 : i64}> ({
              ^bb0(%b: tensor<f32>):
                "foo.yield"(%b) {note} : (tensor<f32>) -> ()
              }, {
                "foo.nothing"() : () -> ()
              }, {
              }) {q} : (tensor<f32>) -> tensor<f32>
              return
            }
            """);
    String text = Printer.print(module);
    assertThat(text).contains("\"foo.yield\"(%2) {note} : (tensor<f32>) -> ()");
    assertThat(text).doesNotContain("stablehlo.return");
    roundTrip(module);
  }

  @Test
  void callsReachFunctionsFurtherDownAndThemselves() {
    Module module =
        Parser.parse(
            """
            func.func @main(%a: tensor<f32>) -> tensor<f32> {
              %0 = call @f(%a) : (tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            func.func private @f(%a: tensor<f32>) -> tensor<f32> {
              %0 = func.call @f(%a) : (tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            """);
    Func f = Objects.requireNonNull(module.function("f"));
    assertThat(module.main().body().ops().get(0).callee("callee")).isSameAs(f);
    assertThat(f.body().ops().get(0).callee("callee")).isSameAs(f);
    roundTrip(module);
  }

  @Test
  void checkAndInterpreterOps() {
    Op close =
        op(
            "%a: tensor<f32>",
            "check.expect_close %a, %a, max_ulp_difference = 3 : tensor<f32>, tensor<f32>");
    assertThat(close.name()).isEqualTo("check.expect_close");
    assertThat(close.attribute("max_ulp_difference", Attribute.Int.class).type()).isEqualTo("ui64");
    Op almost =
        op(
            "%a: tensor<f32>",
            "check.expect_almost_eq_const %a, dense<1.0> : tensor<f32>, tolerance = 0.1");
    assertThat(almost.attributes().keySet()).containsExactly("tolerance", "value");
    Op serialized =
        op(
            "%a: tensor<f32>",
            "check.expect_serialized_eq %a, probe_id = \"p\", iter = 2 : tensor<f32>");
    assertThat(serialized.intAttribute("iteration", 0)).isEqualTo(2);
    Op probe = op("%a: tensor<f32>", "%0 = interpreter.probe %a, probe_id = \"p\" : tensor<f32>");
    assertThat(probe.result().type()).isEqualTo(TensorType.of(DType.F32));
    Op parallel = op("", "\"interpreter.run_parallel\"() {programs = [[@f], [@f]]} : () -> ()");
    Attribute.Array programs = parallel.attribute("programs", Attribute.Array.class);
    assertThat(((Attribute.Array) programs.elements().get(1)).elements().get(0))
        .isInstanceOf(Attribute.Callee.class);
  }

  @Test
  void oldSpellingsOfIndexLists() {
    Op op =
        op(
            "%a: tensor<2xf32>",
            "%0 = \"stablehlo.broadcast_in_dim\"(%a) {broadcast_dimensions = dense<1> : tensor<1xi64>}"
                + " : (tensor<2xf32>) -> tensor<3x2xf32>");
    assertThat(op.longs("broadcast_dimensions")).containsExactly(1);
  }

  @Test
  void convolutionNumbersInRawForm() {
    assertThat(
            attribute(
                "#stablehlo.conv<raw input_batch_dimension = 0, input_feature_dimension = 3,"
                    + " input_spatial_dimensions = [1, 2], kernel_input_feature_dimension = 2,"
                    + " kernel_output_feature_dimension = 3, kernel_spatial_dimensions = [0, 1],"
                    + " output_batch_dimension = 0, output_feature_dimension = 3,"
                    + " output_spatial_dimensions = [1, 2]>"))
        .isEqualTo(attribute("#stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>"));
  }

  @Test
  void constantsThatASortTakesFromOutsideAreRepeatedInside() {
    Module module =
        Parser.parse(
            """
            func.func @main(%a: tensor<4xf32>, %b: tensor<f32>) -> tensor<4xf32> {
              %c = stablehlo.constant dense<1.0> : tensor<f32>
              %0 = "stablehlo.sort"(%a) ({
              ^bb0(%x: tensor<f32>, %y: tensor<f32>):
                %s = stablehlo.add %x, %c : tensor<f32>
                %t = stablehlo.add %y, %c : tensor<f32>
                %r = stablehlo.compare LT, %s, %t : (tensor<f32>, tensor<f32>) -> tensor<i1>
                stablehlo.return %r : tensor<i1>
              }) : (tensor<4xf32>) -> tensor<4xf32>
              return %0 : tensor<4xf32>
            }
            """);
    Block region = module.main().body().ops().get(1).region(0);
    assertThat(region.ops()).hasSize(4);
    assertThat(region.ops().get(0).code()).isEqualTo(OpCode.CONSTANT);
    assertThat(region.ops().get(2).operand(1)).isSameAs(region.ops().get(0).result());
    Verifier.verify(module);
    roundTrip(module);
  }
}
