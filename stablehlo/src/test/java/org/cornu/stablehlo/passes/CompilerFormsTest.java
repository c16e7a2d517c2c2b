package org.cornu.stablehlo.passes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.junit.jupiter.api.Test;

/** What programs go through before a plugin gets them: other ops, the same results. */
class CompilerFormsTest {

  /** Modules of a file in pairs; both of a pair compute the same. */
  private static void check(String file, UnaryOperator<Module> pass) throws IOException {
    List<Module> modules;
    try (InputStream in = CompilerFormsTest.class.getResourceAsStream("/passes/" + file)) {
      modules = Parser.parseSplit(Objects.requireNonNull(in).readAllBytes(), file);
    }
    for (int i = 0; i < modules.size(); i += 2) {
      Module before = modules.get(i);
      Module after = EliminateDeadCode.run(pass.apply(before));
      Verifier.verify(after);
      assertThat(Printer.print(after)).isEqualTo(Printer.print(modules.get(i + 1)));
      assertThat(pass.apply(after)).as("nothing more to do").isSameAs(after);
      for (int run = 0; run < 20; run++) {
        List<Literal> inputs = inputs(before.main().type().inputs(), new Random(run));
        assertThat(new Interpreter().run(after, inputs))
            .isEqualTo(new Interpreter().run(before, inputs));
      }
    }
  }

  private static List<Literal> inputs(List<Type> types, Random random) {
    List<Literal> out = new ArrayList<>();
    for (Type each : types) {
      TensorType type = (TensorType) each;
      int count = (int) type.shape().count();
      out.add(
          type.dtype().isInexact()
              ? Literal.ofDoubles(type, random.doubles(count, -3, 5).toArray())
              : Literal.ofLongs(type, random.longs(count, -3, 10).toArray()));
    }
    return out;
  }

  @Test
  void mapsBecomeOpsOnArrays() throws IOException {
    check("maps.mlir", LowerMaps::run);
  }

  @Test
  void slicesOfSlicesAreMergedWithTheirStartsClamped() throws IOException {
    check("slices.mlir", MergeSlices::run);
  }

  @Test
  void sizesGivenAsConstantsBecomeAttributes() {
    Module module =
        Parser.parse(
            """
            func.func @main(%x: tensor<2x3xf32>) -> tensor<6xf32> {
              %n = stablehlo.constant dense<6> : tensor<1xi32>
              %0 = stablehlo.dynamic_reshape %x, %n : (tensor<2x3xf32>, tensor<1xi32>) -> tensor<6xf32>
              return %0 : tensor<6xf32>
            }
            """);
    Module after = Passes.forCompiler(module, module.main().type().inputs());
    assertThat(Printer.print(after)).contains("stablehlo.reshape").doesNotContain("dynamic");
    assertThat(Passes.forCompiler(after, after.main().type().inputs())).isSameAs(after);
    assertThat(Passes.forCompiler(after.main())).isSameAs(after.main());
  }
}
