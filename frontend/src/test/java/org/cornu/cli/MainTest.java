package org.cornu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {
  private static final String PROGRAM =
      """
      func.func @main(%x: tensor<2xf32>, %n: tensor<ui64>) -> (tensor<2xf32>, tensor<ui64>) {
        %y = stablehlo.add %x, %x : tensor<2xf32>
        return %y, %n : tensor<2xf32>, tensor<ui64>
      }
      """;

  private static final String INPUTS =
      "{\"inputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [1.5, \"NaN\"]},"
          + " {\"dtype\": \"ui64\", \"data\": [18446744073709551615], \"shape\": []}]";

  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private static Result cornu(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int status = Main.run(console, args);
    return new Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private Result run(String outputs, String... more) throws IOException {
    Path program = Files.writeString(folder.resolve("p.mlir"), PROGRAM);
    Path io = Files.writeString(folder.resolve("io.json"), INPUTS + outputs + "}");
    String[] args = new String[4 + more.length];
    args[0] = "run";
    args[1] = program.toString();
    args[2] = "--io";
    args[3] = io.toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return cornu(args);
  }

  private static String outputs(String first, String second) {
    return ", \"outputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": ["
        + first
        + "]}, {\"shape\": [], \"dtype\": \"ui64\", \"data\": ["
        + second
        + "]}]";
  }

  @Test
  void runComparesWithRecordedOutputs() throws IOException {
    Result same = run(outputs("3, \"NaN\"", "18446744073709551615"));
    assertThat(same.err).isEmpty();
    assertThat(same.out.strip()).isEqualTo("max_abs_diff=0.00000 max_rel_diff=0.00000");
    assertThat(same.status).isZero();

    Result near = run(outputs("3.00001, \"NaN\"", "18446744073709551615"));
    assertThat(near.status).isZero();
    assertThat(near.out).contains("max_abs_diff=1.0");

    Result far = run(outputs("3.1, \"NaN\"", "18446744073709551615"));
    assertThat(far.status).isEqualTo(1);
    assertThat(far.err.strip())
        .isEqualTo(
            "output 0 (f32[2]): 1 of 2 elements differ; worst at [0]: got 3.0, expected"
                + " 3.0999999046325684");

    Result infinite = run(outputs("\"Infinity\", 0", "18446744073709551614"));
    assertThat(infinite.status).isEqualTo(1);
    assertThat(infinite.out).contains("max_abs_diff=Infinity");
    assertThat(infinite.err)
        .contains("2 of 2 elements differ")
        .contains("got 18446744073709551615, expected 18446744073709551614");
  }

  @Test
  void bothEnginesAgreeOnNan() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("max.mlir"),
            """
            func.func @main(%x: tensor<3xf32>, %y: tensor<3xf32>) -> tensor<3xf32> {
              %z = stablehlo.maximum %x, %y : tensor<3xf32>
              return %z : tensor<3xf32>
            }
            """);
    Path io =
        Files.writeString(
            folder.resolve("nan.json"),
            """
            {"inputs": [{"shape": [3], "dtype": "f32", "data": ["NaN", 0, 1]},
                        {"shape": [3], "dtype": "f32", "data": [0, "NaN", 2]}],
             "outputs": [{"shape": [3], "dtype": "f32", "data": ["NaN", "NaN", 2]}]}
            """);
    for (String engine : new String[] {"pjrt", "interpreter"}) {
      Result result = cornu("run", program.toString(), "--io", io.toString(), "--on", engine);
      assertThat(result.err).as(engine).isEmpty();
      assertThat(result.status).as(engine).isZero();
    }
    Files.writeString(io, "{\"inputs\": []}");
    assertThat(cornu("run", program.toString(), "--io", io.toString()).err.strip())
        .isEqualTo("cornu: run: the program takes 2 inputs, got 0");
  }

  /** Reverse of a map, slices of slices, open sizes: what a plugin gets in another form. */
  @Test
  void runsWhatPluginsCompileOnlyInOtherForms() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("forms.mlir"),
            """
            func.func @main(%x: tensor<?xf32>, %i: tensor<i32>) -> (tensor<?xf32>, tensor<1xf32>) {
              %n = stablehlo.get_dimension_size %x, dim = 0 : (tensor<?xf32>) -> tensor<i32>
              %two = stablehlo.constant dense<2.0> : tensor<f32>
              %s = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
              %c = stablehlo.dynamic_broadcast_in_dim %two, %s, dims = []
                  : (tensor<f32>, tensor<1xi32>) -> tensor<?xf32>
              %m = "stablehlo.map"(%x, %c) <{dimensions = array<i64: 0>}> ({
              ^bb0(%a: tensor<f32>, %b: tensor<f32>):
                %p = stablehlo.multiply %a, %b : tensor<f32>
                stablehlo.return %p : tensor<f32>
              }) : (tensor<?xf32>, tensor<?xf32>) -> tensor<?xf32>
              %r = stablehlo.reverse %m, dims = [0] : tensor<?xf32>
              %0 = stablehlo.dynamic_slice %r, %i, sizes = [2]
                  : (tensor<?xf32>, tensor<i32>) -> tensor<2xf32>
              %1 = stablehlo.dynamic_slice %0, %i, sizes = [1]
                  : (tensor<2xf32>, tensor<i32>) -> tensor<1xf32>
              return %r, %1 : tensor<?xf32>, tensor<1xf32>
            }
            """);
    Path io =
        Files.writeString(
            folder.resolve("forms.json"),
            """
            {"inputs": [{"shape": [4], "dtype": "f32", "data": [1, 2, 3, 4]},
                        {"shape": [], "dtype": "i32", "data": [-5]}],
             "outputs": [{"shape": [4], "dtype": "f32", "data": [8, 6, 4, 2]},
                         {"shape": [1], "dtype": "f32", "data": [8]}]}
            """);
    for (String engine : new String[] {"pjrt", "interpreter"}) {
      Result result = cornu("run", program.toString(), "--io", io.toString(), "--on", engine);
      assertThat(result.err).as(engine).isEmpty();
      assertThat(result.status).as(engine).isZero();
    }
  }

  /** XLA flushes denormal numbers to zero, the interpreter keeps them. */
  @Test
  void runNamesTheFirstOpThatDiffers() throws IOException {
    Path program =
        Files.writeString(
            folder.resolve("small.mlir"),
            """
            func.func @main(%x: tensor<2xf32>) -> tensor<2xf32> {
              %a = stablehlo.multiply %x, %x : tensor<2xf32> loc("model.py":3:0)
              %b = stablehlo.constant dense<1.0e38> : tensor<2xf32>
              %c = stablehlo.multiply %a, %b : tensor<2xf32> loc("model.py":4:0)
              return %c : tensor<2xf32>
            }
            """);
    Path io = folder.resolve("small.json");
    Files.writeString(
        io, "{\"inputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [1e-20, 1e-21]}]}");
    Result found = cornu("run", program.toString(), "--io", io.toString(), "--diverge");
    assertThat(found.status).isEqualTo(1);
    assertThat(found.out).startsWith("multiply at (model.py:4): f32[2] differs by");
    Files.writeString(
        io, "{\"inputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [1e-10, 1]}]}");
    Result same = cornu("run", program.toString(), "--io", io.toString(), "--diverge");
    assertThat(same.out.strip()).isEqualTo("no difference");
    assertThat(same.status).isZero();
  }

  @Test
  void runWritesOutputsThatItReads() throws IOException {
    Path out = folder.resolve("out.json");
    Result first = run("", "--out", out.toString());
    assertThat(first.status).isZero();
    assertThat(first.out.lines()).containsExactly("f32[2]", "u64[]");
    String written = Files.readString(out);
    assertThat(written)
        .isEqualTo(
            "{\"outputs\":[{\"shape\":[2],\"dtype\":\"f32\",\"data\":[3.0,\"NaN\"]},"
                + "{\"shape\":[],\"dtype\":\"ui64\",\"data\":[18446744073709551615]}]}");
    Result again = run(", " + written.substring(1, written.length() - 1));
    assertThat(again.status).isZero();
  }

  @Test
  void errorsAreOneClearLine() throws IOException {
    Result absent = cornu("run", "absent.mlir", "--io", "absent.json");
    assertThat(absent.err.strip()).isEqualTo("cornu: no such file: absent.mlir");
    assertThat(absent.status).isEqualTo(1);

    Result typo = cornu("trian");
    assertThat(typo.err).startsWith("cornu: no command 'trian'; did you mean 'train'? known: [");
    assertThat(typo.status).isEqualTo(2);

    Result missing = cornu("run", "p.mlir");
    assertThat(missing.err)
        .isEqualTo(
            "cornu: Missing required option: '--io=IO.json'"
                + System.lineSeparator()
                + "try: cornu run --help"
                + System.lineSeparator());
    assertThat(missing.status).isEqualTo(2);

    Result sample = cornu("train", "nothing");
    assertThat(sample.err).startsWith("cornu: no sample 'nothing'");
    assertThat(sample.status).isEqualTo(2);

    Path io = Files.writeString(folder.resolve("bad.json"), "{\"inputs\": [{\"shape\": [2]}]}");
    Path program = Files.writeString(folder.resolve("q.mlir"), PROGRAM);
    Result broken = cornu("run", program.toString(), "--io", io.toString());
    assertThat(broken.err.strip())
        .isEqualTo("cornu: " + io + ": inputs[0]: one of shape, dtype, data is missing");

    Files.writeString(io, "{\"inputs\": [{\"shape\": [2], \"dtype\": \"f32\", \"data\": [1]}]}");
    Result count = cornu("run", program.toString(), "--io", io.toString(), "--verbose");
    assertThat(count.err)
        .startsWith("cornu: " + io + ": inputs[0]: f32[2] needs 2 numbers, got 1")
        .contains("at org.cornu.saving.TensorJson");
  }

  @Test
  void listsAndExplains() {
    assertThat(cornu("--version").out).startsWith("cornu 0.");
    assertThat(cornu().out).contains("Commands:").contains("doctor");
    assertThat(cornu("devices", "--device", "cpu").out).contains("cpu:0");
    assertThat(cornu("bench", "--workload", "none").status).isEqualTo(3);
    Result doctor = cornu("doctor");
    assertThat(doctor.status).isZero();
    assertThat(doctor.out).contains("PJRT API").contains("hdf5      works");
  }
}
