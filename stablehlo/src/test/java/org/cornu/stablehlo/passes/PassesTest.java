package org.cornu.stablehlo.passes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Test;

/** Programs before and after each pass, in the files under {@code resources/passes}. */
class PassesTest {

  /** Modules of a file in pairs: what comes in and what must come out. */
  private static void check(String file, UnaryOperator<Module> pass) throws IOException {
    List<Module> modules;
    try (InputStream in = PassesTest.class.getResourceAsStream("/passes/" + file)) {
      modules = Parser.parseSplit(Objects.requireNonNull(in).readAllBytes(), file);
    }
    for (int i = 0; i < modules.size(); i += 2) {
      Module after = pass.apply(modules.get(i));
      Verifier.verify(after);
      assertThat(Printer.print(after)).isEqualTo(Printer.print(modules.get(i + 1)));
      Module expected = modules.get(i + 1);
      assertThat(pass.apply(expected)).as("nothing more to do").isSameAs(expected);
    }
  }

  @Test
  void deadCode() throws IOException {
    check("dead_code.mlir", EliminateDeadCode::run);
  }

  @Test
  void calledFunctionsCanBeLeftAsTheyAre() {
    Module module =
        Parser.parse(
            """
            func.func @main(%x: tensor<f32>) -> tensor<f32> {
              %dead = stablehlo.sine %x : tensor<f32>
              %0 = call @f(%x) : (tensor<f32>) -> tensor<f32>
              return %0 : tensor<f32>
            }
            func.func private @f(%x: tensor<f32>) -> tensor<f32> {
              %dead = stablehlo.cosine %x : tensor<f32>
              return %x : tensor<f32>
            }
            """);
    Func main = module.main();
    Func slim = EliminateDeadCode.withoutCallees(main);
    assertThat(slim.body().ops()).hasSize(1);
    Func callee = slim.body().ops().get(0).callee("callee");
    assertThat(callee).isSameAs(module.function("f"));
    assertThat(EliminateDeadCode.withoutCallees(slim)).isSameAs(slim);
    assertThat(EliminateDeadCode.run(main).body().ops().get(0).callee("callee").body().ops())
        .isEmpty();
  }

  @Test
  void commonSubexpressions() throws IOException {
    check("common_subexpressions.mlir", EliminateCommonSubexpressions::run);
  }

  @Test
  void constants() throws IOException {
    check("constants.mlir", FoldConstants::run);
  }

  @Test
  void inlining() throws IOException {
    check(
        "inline.mlir",
        module -> {
          Module flat = InlineCalls.run(module);
          return flat == module ? module : EliminateDeadCode.run(flat);
        });
  }

  @Test
  void composites() throws IOException {
    check("composites.mlir", LowerComposites::run);
  }

  @Test
  void canonicalForms() throws IOException {
    check("canonical.mlir", module -> EliminateDeadCode.run(Canonicalize.run(module)));
  }

  private static final String SYMBOLIC =
      """
      func.func public @main(%n: tensor<i32>, %x: tensor<?x3xf32>) -> tensor<?xf32> {
        %0 = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?x3xf32>) -> tensor<i32>
        %1 = stablehlo.compare EQ, %n, %0 : (tensor<i32>, tensor<i32>) -> tensor<i1>
        stablehlo.custom_call @shape_assertion(%1) {has_side_effect = true} : (tensor<i1>) -> ()
        %2 = call @flat(%0, %x) : (tensor<i32>, tensor<?x3xf32>) -> tensor<?xf32>
        return %2 : tensor<?xf32>
      }
      func.func private @flat(%n: tensor<i32>, %x: tensor<?x3xf32>) -> tensor<?xf32> {
        %three = stablehlo.constant dense<3> : tensor<i32>
        %0 = stablehlo.multiply %n, %three : tensor<i32>
        %1 = stablehlo.reshape %0 : (tensor<i32>) -> tensor<1xi32>
        %2 = stablehlo.dynamic_reshape %x, %1 : (tensor<?x3xf32>, tensor<1xi32>) -> tensor<?xf32>
        %3 = stablehlo.exponential %2 : tensor<?xf32>
        return %3 : tensor<?xf32>
      }
      """;

  @Test
  void openSizesAreRefinedThroughCalls() {
    Module module = Parser.parse(SYMBOLIC);
    List<TensorType> types = List.of(TensorType.of(DType.I32), TensorType.of(DType.F32, 2, 3));
    Literal two = Literal.ofLongs(TensorType.of(DType.I32), 2);
    var refined = RefineShapes.run(module.main(), types, Map.of(0, two));
    Module flat = EliminateDeadCode.run(InlineCalls.run(Module.of(refined)));
    Verifier.verify(flat);
    Module expected =
        Parser.parse(
            """
            func.func public @main(%n: tensor<i32>, %x: tensor<2x3xf32>) -> tensor<6xf32> {
              %0 = stablehlo.reshape %x : (tensor<2x3xf32>) -> tensor<6xf32>
              %1 = stablehlo.exponential %0 : tensor<6xf32>
              return %1 : tensor<6xf32>
            }
            """);
    assertThat(Printer.print(flat)).isEqualTo(Printer.print(expected));
  }

  @Test
  void failingShapeAssertionsAndWrongTypesAreErrors() {
    Module module = Parser.parse(SYMBOLIC);
    List<TensorType> types = List.of(TensorType.of(DType.I32), TensorType.of(DType.F32, 2, 3));
    Literal five = Literal.ofLongs(TensorType.of(DType.I32), 5);
    assertThatThrownBy(() -> RefineShapes.run(module.main(), types, Map.of(0, five)))
        .hasMessageContaining("an assertion of the program fails");
    assertThatThrownBy(
            () ->
                RefineShapes.run(
                    module.main(),
                    List.of(TensorType.of(DType.I32), TensorType.of(DType.F32, 2, 4))))
        .hasMessageContaining("argument 1 of @main");
  }
}
