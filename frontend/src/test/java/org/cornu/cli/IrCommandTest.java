package org.cornu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cornu.stablehlo.bytecode.PortableArtifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IrCommandTest {
  private static final String PROGRAM =
      """
      func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
        %c = stablehlo.constant dense<2.0> : tensor<2xf32>
        %y = func.call @twice(%x, %c) : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
        return %y : tensor<2xf32>
      }
      func.func private @twice(%a: tensor<2xf32>, %b: tensor<2xf32>) -> tensor<2xf32> {
        %0 = stablehlo.multiply %a, %b : tensor<2xf32>
        return %0 : tensor<2xf32>
      }
      """;

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result cornu(Object... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String[] words = new String[args.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = args[i].toString();
    }
    int status = Main.run(console, words);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void printsWhatItReadsInEveryForm() throws IOException {
    Path text = file("p.mlir", PROGRAM);
    Result printed = cornu("ir", "print", text);
    assertThat(printed.status).isZero();
    assertThat(printed.out).contains("\"stablehlo.multiply\"").contains("@twice");
    assertThat(cornu("ir", "print", file("q.mlir", printed.out)).out).isEqualTo(printed.out);
    assertThat(cornu("ir", "print", text, "--locations").out).contains("loc(").contains("p.mlir");
    assertThat(cornu("ir", "print", text, "--simplify").out).doesNotContain("func.call");

    Path artifact = folder.resolve("p.bin");
    assertThat(cornu("ir", "print", text, "--artifact", "1.9.0", "-o", artifact).status).isZero();
    assertThat(PortableArtifact.version(Files.readAllBytes(artifact)).toString())
        .isEqualTo("1.9.0");
    assertThat(cornu("ir", "print", artifact).out).isEqualTo(printed.out);
    assertThat(cornu("ir", "stats", artifact).out)
        .startsWith("format: portable artifact of StableHLO 1.9.0");

    Path io =
        file(
            "io.json",
            "{\"inputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [1, 2]}],"
                + "\"outputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [2, 4]}]}");
    for (Path program : new Path[] {text, artifact}) {
      Result run = cornu("run", program, "--io", io, "--on", "interpreter");
      assertThat(run.out.strip()).isEqualTo("max_abs_diff=0.00000 max_rel_diff=0.00000");
      assertThat(run.status).isZero();
    }
  }

  @Test
  void countsWhatAProgramIsMadeOf() throws IOException {
    Result stats = cornu("ir", "stats", file("p.mlir", PROGRAM));
    assertThat(stats.status).isZero();
    assertThat(stats.out.lines())
        .containsExactly(
            "format: MLIR text",
            "@main: (tensor<2xf32>) -> (tensor<2xf32>)",
            "functions: 2, depth of regions: 1",
            "constants: 4 bytes",
            "element types: f32 3",
            "ops: 3",
            "       1 func.call",
            "       1 stablehlo.constant",
            "       1 stablehlo.multiply");
  }

  @Test
  void checkSaysWhereAFileIsWrong() throws IOException {
    Path good = file("good.mlir", PROGRAM);
    Path split = file("split.mlir", PROGRAM + "// -----\n" + PROGRAM);
    Result ok = cornu("ir", "check", good, split);
    assertThat(ok.status).isZero();
    assertThat(ok.out.lines()).containsExactly(good + ": ok", split + ": ok");

    Path syntax = file("syntax.mlir", "func.func @main() {\n  %0 = stablehlo.foo\n}\n");
    Result bad = cornu("ir", "check", syntax, good);
    assertThat(bad.status).isEqualTo(1);
    assertThat(bad.out.lines()).containsExactly(good + ": ok");
    assertThat(bad.err.lines())
        .containsExactly(
            "syntax.mlir:2:8: unknown operation stablehlo.foo", "  %0 = stablehlo.foo", "       ^");

    Path rule =
        file(
            "rule.mlir",
            "func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {\n"
                + "  %0 = \"stablehlo.transpose\"(%x) {permutation = array<i64: 1>}"
                + " : (tensor<2xf32>) -> tensor<2xf32>\n"
                + "  return %0 : tensor<2xf32>\n}\n");
    Result refused = cornu("ir", "check", rule);
    assertThat(refused.status).isEqualTo(1);
    assertThat(refused.err).contains("rule.mlir:2:").contains("transpose: ").contains("(C2)");
    assertThat(refused.err.lines().toList().get(2)).endsWith("^");

    Path bytes = folder.resolve("x.bin");
    Files.write(bytes, new byte[100]);
    assertThat(cornu("ir", "check", bytes).err).contains("x.bin: bytecode: ");
    assertThat(cornu("ir", "check", folder.resolve("none.mlir")).err)
        .contains("none.mlir: no such file");
    assertThat(cornu("ir", "stats", rule).status).isEqualTo(1);
    assertThat(cornu("ir", "print", syntax).err).contains("syntax.mlir:2:8").contains("^");
  }

  @Test
  void theCommandLineIsChecked() throws IOException {
    Path text = file("p.mlir", PROGRAM);
    assertThat(cornu("ir").status).isEqualTo(2);
    assertThat(cornu("ir", "--help").out).contains("print").contains("check").contains("stats");
    assertThat(cornu("ir", "check", "--help").out).contains("Status 1 unless");
    assertThat(cornu("ir", "check").status).isEqualTo(2);
    assertThat(cornu("ir", "print", text, "--artifact", "1.9.0").err).contains("needs -o OUT");
    Path out = folder.resolve("o.bin");
    Result version = cornu("ir", "print", text, "--artifact", "nine", "-o", out);
    assertThat(version.err).contains("version must read like 1.9.0, got nine");
    assertThat(version.status).isEqualTo(1);
    assertThat(out).doesNotExist();
  }
}
