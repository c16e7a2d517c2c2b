package org.cornu.stablehlo.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.text.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs in MLIR text that check their own results: those of this project, and, with {@code
 * -Dstablehlo.dir=CHECKOUT}, the suites of a StableHLO checkout.
 */
class SelfCheckingProgramsTest {

  /** What ran and what failed. */
  private record Report(int passed, List<String> failures) {}

  /** Runs every program of every file: its {@code @main}, or all functions without arguments. */
  private static Report run(List<Path> files) throws IOException {
    int passed = 0;
    List<String> failures = new ArrayList<>();
    for (Path file : files) {
      byte[] text = Files.readAllBytes(file);
      if (new String(text, 0, Math.min(40, text.length), StandardCharsets.UTF_8)
          .startsWith("// RUN-DISABLED")) {
        continue;
      }
      try {
        passed += run(text, file.getFileName().toString());
      } catch (RuntimeException e) {
        failures.add(file.getFileName() + ": " + e.getMessage());
      }
    }
    return new Report(passed, failures);
  }

  private static int run(byte[] text, String source) {
    Interpreter interpreter = new Interpreter();
    int programs = 0;
    for (Module module : Parser.parseSplit(text, source)) {
      if (module.functions().isEmpty()) {
        continue;
      }
      programs++;
      if (module.function("main") == null && module.functions().size() > 1) {
        for (Func func : module.functions()) {
          interpreter.run(func, List.of());
        }
        continue;
      }
      List<Literal> inputs = new ArrayList<>();
      for (var type : module.main().type().inputs()) {
        var tensor = (org.cornu.stablehlo.ir.TensorType) type;
        int bytes = (int) tensor.shape().count() * tensor.dtype().bytes();
        inputs.add(Literal.ofBytes(tensor, new byte[bytes]));
      }
      interpreter.run(module, inputs);
    }
    return programs;
  }

  @ParameterizedTest
  @ValueSource(strings = {"unlisted_ops.mlir", "processes.mlir"})
  void ownPrograms(String name) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/interpret/" + name)) {
      assertThat(run(Objects.requireNonNull(in).readAllBytes(), name)).isPositive();
    }
  }

  @Test
  void aFailingCheckNamesElementAndValues() {
    String text =
        """
        func.func @main() {
          %0 = stablehlo.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32>
          check.expect_eq_const %0, dense<[[1.0, 3.0]]> : tensor<1x2xf32>
          func.return
        }
        """;
    assertThatThrownBy(() -> run(text.getBytes(StandardCharsets.UTF_8), "own.mlir"))
        .hasMessageContaining("at [0, 1] of f32[1,2] got 2.0, want 3.0")
        .hasMessageContaining("own.mlir:3");
  }

  @Test
  void processesThatWaitForEachOtherEndWithAnError() {
    String text =
        """
        module @stuck {
          func.func @r(%t: !stablehlo.token) -> tensor<i64> {
            %0, %1 = "stablehlo.recv"(%t) {
              channel_handle = #stablehlo.channel_handle<handle = 3, type = 3>,
              is_host_transfer = true
            } : (!stablehlo.token) -> (tensor<i64>, !stablehlo.token)
            return %0 : tensor<i64>
          }
          func.func @main() {
            %0 = stablehlo.create_token : !stablehlo.token
            %1:2 = "interpreter.run_parallel"(%0, %0) {programs = [[@r], [@r]]}
                : (!stablehlo.token, !stablehlo.token) -> (tensor<i64>, tensor<i64>)
            func.return
          }
        }
        """;
    assertThatThrownBy(() -> run(text.getBytes(StandardCharsets.UTF_8), "own.mlir"))
        .hasStackTraceContaining("wait for each other");
  }

  private static List<Path> suite(String folder, int depth) throws IOException {
    String dir = System.getProperty("stablehlo.dir", "");
    Path root = Path.of(dir, "stablehlo", folder);
    assumeTrue(!dir.isEmpty() && Files.isDirectory(root), "no -Dstablehlo.dir=CHECKOUT given");
    try (Stream<Path> files = Files.walk(root, depth)) {
      return files.filter(file -> file.toString().endsWith(".mlir")).sorted().toList();
    }
  }

  @Test
  void officialInterpretSuite() throws IOException {
    Report report = run(suite("tests/interpret", 2));
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isGreaterThanOrEqualTo(500);
  }

  @Test
  void officialTestdata() throws IOException {
    Report report = run(suite("testdata", 1));
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isGreaterThanOrEqualTo(2000);
  }

  @Test
  void officialQuantizedTestdata() throws IOException {
    Report report = run(suite("testdata/quantized", 1));
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isGreaterThanOrEqualTo(100);
  }
}
