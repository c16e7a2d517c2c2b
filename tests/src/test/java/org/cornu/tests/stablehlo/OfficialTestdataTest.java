package org.cornu.tests.stablehlo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.interpreter.InterpreterException;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.text.Parser;
import org.junit.jupiter.api.Test;

/**
 * The self-checking files of StableHLO's {@code testdata}, with {@code -Dstablehlo.dir=CHECKOUT},
 * through the plugin: inputs become arguments, so that the compiler cannot fold them, and the
 * checks are made on the host.
 */
class OfficialTestdataTest {

  /** Files whose results differ on XLA's CPU backend, measured with jaxlib too, and why. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "sort_float32_5.mlir", "NaN compared by ==",
          "top_k_float32_5_chlo.mlir", "NaN compared by ==",
          "triangular_solve_float32_2_8_8_float32_2_10_8.mlir", "9 ulp",
          "conv_general_dilated_float32_2_3_9_float32_12_1_3.mlir", "32 ulp",
          "reduce_window_add_float32_12_12.mlir", "16 ulp",
          "sinh_float64_20_20_chlo.mlir", "4 ulp");

  @Test
  void testdataOnThePlugin() throws IOException {
    String dir = System.getProperty("stablehlo.dir", "");
    Path root = Path.of(dir, "stablehlo", "testdata");
    assumeTrue(!dir.isEmpty() && Files.isDirectory(root), "no -Dstablehlo.dir=CHECKOUT given");
    List<String> failures = new ArrayList<>();
    int passed = 0;
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".mlir")).sorted().toList()) {
        String name = file.getFileName().toString();
        try {
          check(Parser.parse(file));
          passed++;
        } catch (RuntimeException e) {
          if (!KNOWN.containsKey(name)) {
            failures.add(name + ": " + e.getMessage());
          }
        }
      }
    }
    System.out.println("testdata on the plugin: " + passed + " passed, failed: " + failures);
    assertThat(failures).isEmpty();
    assertThat(passed).isGreaterThanOrEqualTo(2313);
  }

  private static void check(Module module) {
    Func inputs = module.function("inputs");
    Interpreter interpreter = new Interpreter();
    List<Literal> arguments = inputs == null ? List.of() : interpreter.run(inputs, List.of());
    Rewritten rewritten = new Rewritten(module, inputs);
    List<Literal> results = Xla.run(rewritten.module(), arguments);
    int at = 0;
    for (Op check : rewritten.checks) {
      Literal got = results.get(at++);
      Literal want = results.get(at++);
      Block body = new Block(List.of(got.type(), want.type()));
      body.append(
          new Op(
              OpCode.CUSTOM_CALL,
              body.arguments(),
              check.attributes(),
              List.of(),
              List.of(),
              Location.UNKNOWN));
      interpreter.run(new Func("check", body.returns(List.of())), List.of(got, want));
    }
    if (at == 0) {
      throw new InterpreterException("the file checks nothing");
    }
  }

  /** The program with its inputs as arguments and what it checks as results. */
  private static final class Rewritten {
    final List<Op> checks = new ArrayList<>();
    private final Map<Value, Value> values = new IdentityHashMap<>();
    private final Func main;

    Rewritten(Module module, Func inputs) {
      Block body = new Block(inputs == null ? List.of() : inputs.type().results());
      List<Value> results = new ArrayList<>();
      for (Op op : module.main().body().ops()) {
        if (op.code() == OpCode.CALL && op.callee("callee") == inputs) {
          for (int i = 0; i < op.results().size(); i++) {
            values.put(op.result(i), body.argument(i));
          }
        } else if (op.string("call_target_name", "").startsWith("check.")) {
          checks.add(op);
          op.operands().forEach(value -> results.add(values.get(value)));
        } else {
          copy(op, body);
        }
      }
      body.returns(results);
      main = new Func("main", body, true, Map.of(), Location.UNKNOWN);
    }

    private void copy(Op op, Block to) {
      Op copy =
          new Op(
              op.code(),
              op.name(),
              op.operands().stream().map(values::get).toList(),
              op.attributes(),
              op.regions().stream().map(this::copy).toList(),
              op.results().stream().map(Value::type).toList(),
              Location.UNKNOWN);
      to.append(copy);
      for (int i = 0; i < op.results().size(); i++) {
        values.put(op.result(i), copy.result(i));
      }
    }

    private Block copy(Block block) {
      Block out = new Block(block.argumentTypes());
      for (int i = 0; i < out.arguments().size(); i++) {
        values.put(block.argument(i), out.argument(i));
      }
      block.ops().forEach(op -> copy(op, out));
      return out.returns(block.results().stream().map(values::get).toList());
    }

    Module module() {
      return Module.of(main);
    }
  }
}
