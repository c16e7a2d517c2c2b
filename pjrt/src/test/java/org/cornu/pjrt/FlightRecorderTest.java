package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of compilations, launches, transfers and buffers. */
class FlightRecorderTest {
  @Test
  void everyStepLeavesAnEvent(@TempDir Path folder) throws Exception {
    Client client = TestClients.shared();
    Device device = TestClients.device();
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      for (String event : List.of("XlaCompile", "Execute", "Transfer", "Buffer")) {
        recording.enable("org.cornu." + event).withoutThreshold();
      }
      recording.start();
      try (LoadedExecutable twice =
              client.compile(Programs.doubleAll(1), CompileOptions.defaults());
          Buffer x = client.bufferFromHost(new float[16], BufferType.F32, new long[] {16}, device);
          Buffer result = twice.execute(x)[0]) {
        assertThat(result.toFloatArray()).hasSize(16);
      }
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("org.cornu.XlaCompile"))
        .singleElement()
        .satisfies(e -> assertThat(e.getString("program")).isEqualTo("double_all"))
        .satisfies(e -> assertThat(e.getDuration()).isPositive());
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("org.cornu.Execute"))
        .singleElement()
        .satisfies(e -> assertThat(e.getString("program")).isEqualTo("double_all"))
        .satisfies(e -> assertThat(e.getLong("launch")).isEqualTo(1))
        .satisfies(e -> assertThat(e.getInt("arguments")).isEqualTo(1));
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("org.cornu.Transfer"))
        .extracting(
            e -> e.getString("direction"), e -> e.getString("array"), e -> e.getLong("bytes"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("host to device", "f32[16]", 64L),
            org.assertj.core.groups.Tuple.tuple("device to host", "f32[16]", 64L));
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("org.cornu.Buffer"))
        .extracting(e -> e.getString("what"))
        .filteredOn(what -> !what.equals("collected")) // forgotten by other tests
        .containsExactlyInAnyOrder("allocated", "allocated", "donated", "closed");
  }
}
