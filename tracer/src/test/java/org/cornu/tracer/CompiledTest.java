package org.cornu.tracer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cornu.tracer.runtime.ProgramCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions compiled ahead of time: called, analysed, saved, loaded. */
class CompiledTest {
  enum Mode {
    TWICE,
    THRICE
  }

  record Linear(Tensor kernel, Tensor bias) {}

  record Model(List<Linear> layers, Mode mode, double scale, Optional<Tensor> extra) {}

  record Result(Map<String, Tensor> values, Tensor[] parts, String note) {}

  private static final Tensor CAPTURED = Tensor.of(new float[] {10, 20});

  private static Result run(Model model, Tensor x) {
    Tensor y = x;
    for (Linear layer : model.layers()) {
      y = y.matmul(layer.kernel()).add(layer.bias());
    }
    y = y.mul(model.mode() == Mode.TWICE ? 2 : 3).mul(model.scale()).add(CAPTURED);
    return new Result(Map.of("y", y, "sum", y.sum()), new Tensor[] {y, x}, "done");
  }

  private static Model model(Mode mode) {
    Linear layer =
        new Linear(
            Tensor.of(new float[] {1, 2, 3, 4}).reshape(2, 2), Tensor.of(new float[] {1, 1}));
    return new Model(List.of(layer, layer), mode, 0.5, Optional.empty());
  }

  private static void check(F2<Model, Tensor, Result> f) {
    Result result = f.apply(model(Mode.TWICE), Tensor.of(new float[] {1, 0}).reshape(1, 2));
    // (1 0) -> (2 3) -> (12 17), times 2 times 0.5, plus (10 20)
    assertThat(Objects.requireNonNull(result.values().get("y")).toFloatArray())
        .containsExactly(22, 37);
    assertThat(Objects.requireNonNull(result.values().get("sum")).item()).isEqualTo(59);
    assertThat(result.parts()).hasSize(2);
    assertThat(result.parts()[1].toFloatArray()).containsExactly(1, 0);
    assertThat(result.note()).isEqualTo("done");
  }

  @Test
  void aSavedFunctionRunsWithoutCompiling(@TempDir Path folder) throws IOException {
    Tensor x = Tensor.of(new float[] {0, 0}).reshape(1, 2);
    Compiled<F2<Model, Tensor, Result>> compiled =
        Transforms.jit(CompiledTest::run).lower(model(Mode.TWICE), x).compile();
    check(compiled.function());
    assertThat(compiled.memoryAnalysis().get("arguments")).isPositive();
    assertThat(compiled.text()).contains("stablehlo.dot_general");
    Map<String, Object> cost = compiled.costAnalysis();
    assertThat(cost.isEmpty() || cost.containsKey("flops")).isTrue();
    Path file = folder.resolve("model.cornu");
    compiled.save(file);
    compiled.save(file);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    long programs = ProgramCache.compiledCount();
    Compiled<F2<Model, Tensor, Result>> loaded = Compiled.load(file);
    check(loaded.function());
    assertThat(ProgramCache.compiledCount()).isEqualTo(programs);
    assertThat(loaded.text()).isEqualTo(compiled.text());

    F2<Model, Tensor, Result> f = loaded.function();
    assertThatThrownBy(() -> f.apply(model(Mode.THRICE), x))
        .hasMessageContaining("argument 0 has another structure than compiled for: 'mode'")
        .hasMessageContaining("TWICE against THRICE");
    assertThatThrownBy(() -> f.apply(model(Mode.TWICE), x.reshape(2, 1)))
        .hasMessageContaining("argument 1 must be f32[1,2]: got f32[2,1]")
        .hasMessageContaining("CompiledTest");
    assertThatThrownBy(
            () -> Transforms.jit((Tensor t) -> f.apply(model(Mode.TWICE), t).note()).apply(x))
        .hasMessageContaining("a tensor that is being traced");
  }

  @Test
  void donationIsKept(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("step");
    Tensor start = Tensor.of(new float[] {1, 2, 3});
    Transforms.jit((Tensor x) -> x.add(1.0)).donate(0).lower(start).compile().save(file);
    F1<Tensor, Tensor> step = Compiled.<F1<Tensor, Tensor>>load(file).function();
    Tensor next = step.apply(start);
    assertThat(next.toFloatArray()).containsExactly(2, 3, 4);
    assertThatThrownBy(start::toFloatArray).hasMessageContaining("donated to execution 1 of");
    assertThat(step.apply(next).toFloatArray()).containsExactly(3, 4, 5);
  }

  @Test
  void whatCannotBeUsedIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("f");
    Files.writeString(file, "something else altogether");
    assertThatThrownBy(() -> Compiled.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("is not a compiled function of Cornu");
    Tensor x = Tensor.of(new float[] {1});
    Compiled<F1<Tensor, Tensor>> compiled =
        Transforms.jit((Tensor t) -> t.mul(2.0)).lower(x).compile();
    compiled.save(file);
    byte[] good = Files.readAllBytes(file);
    for (int at : new int[] {25, good.length / 2, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(file, bad);
      assertThatThrownBy(() -> Compiled.load(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is damaged");
    }
    Files.write(file, java.util.Arrays.copyOf(good, good.length - 10));
    assertThatThrownBy(() -> Compiled.load(file)).isInstanceOf(IOException.class);
    // Another build's code: the identity inside the executable, with the checksum made right.
    byte[] foreign = good.clone();
    byte[] magic = "CORNUEXE".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int at = indexOf(foreign, magic) + magic.length;
    foreign[at] ^= 1;
    java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
    checksum.update(foreign, 20, foreign.length - 20);
    java.nio.ByteBuffer.wrap(foreign).putLong(12, checksum.getValue());
    Files.write(file, foreign);
    assertThatThrownBy(() -> Compiled.load(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was compiled by")
        .hasMessageContaining("PJRT API")
        .hasMessageContaining("another plugin build, or for another processor")
        .hasMessageContaining("hint: compile it again here");
    record Odd(Tensor x, Object what) {}
    assertThatThrownBy(
            () ->
                Transforms.jit((Odd odd) -> odd.x())
                    .lower(new Odd(x, java.util.Locale.ROOT))
                    .compile()
                    .save(file))
        .hasMessageContaining("'argument 0.what' holds a value of java.util.Locale");
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int i = 0; i < bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }
}
