package org.cornu.tracer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executables kept on disk, and what the flight recorder says of programs. */
class DiskCacheTest {
  private static float[] run() {
    ProgramCache.clear();
    return Transforms.jit((Tensor x) -> x.mul(3.0).add(0.25))
        .apply(Tensor.of(new float[] {1, 2}))
        .toFloatArray();
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> list = Files.list(folder)) {
      return list.toList();
    }
  }

  @Test
  void aSecondProcessCompilesNothing(@TempDir Path folder) throws Exception {
    System.setProperty("cornu.cache.dir", folder.resolve("programs").toString());
    try {
      long compiled = ProgramCache.compiledCount();
      long loaded = ProgramCache.loadedFromDiskCount();
      float[] expected = {3.25f, 6.25f};
      assertThat(run()).containsExactly(expected);
      assertThat(ProgramCache.compiledCount()).isEqualTo(compiled + 1);
      List<Path> files = files(folder.resolve("programs"));
      assertThat(files).hasSize(1);
      // The memory of this process is cleared: as another process would find it.
      assertThat(run()).containsExactly(expected);
      assertThat(ProgramCache.compiledCount()).isEqualTo(compiled + 1);
      assertThat(ProgramCache.loadedFromDiskCount()).isEqualTo(loaded + 1);
      // Damaged in the middle, cut off, empty: compiled again, and replaced.
      byte[] good = Files.readAllBytes(files.get(0));
      byte[] flipped = good.clone();
      flipped[good.length / 2] ^= 1;
      long expectedCount = compiled + 1;
      for (byte[] bad :
          List.of(flipped, java.util.Arrays.copyOf(good, good.length / 2), new byte[0])) {
        Files.write(files.get(0), bad);
        assertThat(run()).containsExactly(expected);
        assertThat(ProgramCache.compiledCount()).isEqualTo(++expectedCount);
        assertThat(files(folder.resolve("programs"))).hasSize(1);
        assertThat(run()).containsExactly(expected);
        assertThat(ProgramCache.compiledCount()).isEqualTo(expectedCount);
      }
      // Other options are another program.
      System.setProperty("cornu.xla.flags", "xla_cpu_enable_fast_math=false");
      assertThat(run()).containsExactly(expected);
      assertThat(files(folder.resolve("programs"))).hasSize(2);
    } finally {
      System.clearProperty("cornu.cache.dir");
      System.clearProperty("cornu.xla.flags");
      ProgramCache.clear();
    }
  }

  @Test
  void aFolderThatCannotBeWrittenOnlyCostsTheCache(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    System.setProperty("cornu.cache.dir", file.toString());
    try {
      assertThat(run()).containsExactly(3.25f, 6.25f);
    } finally {
      System.clearProperty("cornu.cache.dir");
      ProgramCache.clear();
    }
  }

  @Test
  void theFlightRecorderTellsOfTraceLoweringAndCompilation(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("recording.jfr");
    ProgramCache.clear();
    try (Recording recording = new Recording()) {
      for (String event : List.of("Trace", "Lower", "Compile", "Execute")) {
        recording.enable("org.cornu." + event).withoutThreshold();
      }
      recording.start();
      var f = Transforms.jit((Tensor x) -> x.mul(7.0));
      f.apply(Tensor.of(new float[] {1}));
      f.apply(Tensor.of(new float[] {1}));
      f.apply(Tensor.of(new float[] {1, 2}));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(named(events, "Trace")).hasSize(2);
    assertThat(named(events, "Lower")).hasSize(2);
    assertThat(named(events, "Execute")).hasSize(3);
    assertThat(named(events, "Compile"))
        .extracting(e -> e.getString("reason"))
        .containsExactly("first call", "argument 0: shape f32[1] became f32[2]");
    assertThat(named(events, "Compile"))
        .allSatisfy(e -> assertThat(e.getString("fingerprint")).hasSize(32))
        .allSatisfy(e -> assertThat(e.getBoolean("fromDisk")).isFalse());
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("org.cornu." + name))
        .toList();
  }
}
