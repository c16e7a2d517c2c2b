package org.cornu.saving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
final class TensorFilesTest {
  @TempDir Path folder;

  @Test
  void safetensorsReadBackWhatTheyWrote() throws IOException {
    Map<String, Literal> tensors = new LinkedHashMap<>();
    tensors.put("flag", Literal.ofBooleans(TensorType.of(DType.BOOL, 3), true, false, true));
    tensors.put("kernel", Literal.ofDoubles(TensorType.of(DType.F32, 2, 2), 1, 2, 3, 4));
    tensors.put("half", Literal.ofDoubles(TensorType.of(DType.BF16), 1.5));
    tensors.put("step", Literal.ofLongs(TensorType.of(DType.I64), 7));
    tensors.put("splat", Literal.ofDoubles(TensorType.of(DType.F64, 3), 2));
    tensors.put("none", Literal.ofBytes(TensorType.of(DType.F32, 0), new byte[0]));
    Path path = folder.resolve("x.safetensors");
    new SafeTensors(tensors, Map.of("format", "pt")).write(path);
    SafeTensors back = SafeTensors.read(path);
    assertThat(back.metadata()).containsExactly(Map.entry("format", "pt"));
    assertThat(back.tensors().keySet()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    tensors.forEach(
        (name, value) ->
            assertThat(back.tensors().get(name).expandedBytes())
                .as(name)
                .isEqualTo(value.expandedBytes()));
  }

  private Path file(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(8 + text.length + dataBytes);
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    return Files.write(folder.resolve("bad.safetensors"), out.array());
  }

  @Test
  void safetensorsRefuseDamagedHeaders() throws IOException {
    String entry = "{\"a\": {\"dtype\": \"F32\", \"shape\": [2], \"data_offsets\": [%s]}}";
    assertThatThrownBy(() -> SafeTensors.read(file(entry.formatted("0, 12"), 12)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("claims bytes 0 to 12; expected 0 to 8");
    assertThatThrownBy(() -> SafeTensors.read(file(entry.formatted("4, 12"), 12)))
        .hasMessageContaining("claims bytes 4 to 12; expected 0 to 8");
    assertThatThrownBy(() -> SafeTensors.read(file(entry.formatted("0, 8"), 9)))
        .hasMessageContaining("its header describes");
    assertThatThrownBy(() -> SafeTensors.read(file(entry.formatted("-8, 0"), 8)))
        .hasMessageContaining("no sizes");
    assertThatThrownBy(() -> SafeTensors.read(file("{\"a\": 3}", 0)))
        .hasMessageContaining("is no object");
    Path huge =
        Files.write(folder.resolve("huge"), new byte[] {-1, -1, -1, -1, -1, -1, -1, 127, 0});
    assertThatThrownBy(() -> SafeTensors.read(huge)).hasMessageContaining("claims a header of");
  }

  @Test
  void shardedWeightsSplitAndJoin() throws IOException {
    Map<String, List<Literal>> groups = new LinkedHashMap<>();
    Literal kernel = Literal.ofDoubles(TensorType.of(DType.F32, 3), 1, 2, 3);
    Literal bias = Literal.ofDoubles(TensorType.of(DType.F32, 2), 4, 5);
    groups.put("/layers/dense/vars", List.of(kernel, bias));
    groups.put("/layers/dense_1/vars", List.of(bias, kernel));
    Path index = folder.resolve("m.weights.json");
    ShardedWeights.write(index, groups, Map.of("/layers/dense/vars", "dense"), 16);
    assertThat(Files.readString(index))
        .isEqualTo(
            "{\"metadata\": {\"total_size\": 40}, \"weight_map\": {\"/layers/dense/vars\":"
                + " [\"m_00000.weights.h5\", \"m_00001.weights.h5\"], \"/layers/dense_1/vars\":"
                + " [\"m_00001.weights.h5\", \"m_00002.weights.h5\"]}}");
    try (ShardedWeights back = ShardedWeights.open(index)) {
      assertThat(back.groups()).containsExactlyElementsOf(groups.keySet());
      for (String group : groups.keySet()) {
        assertThat(back.variables(group)).isEqualTo(groups.get(group));
      }
    }
    assertThatThrownBy(() -> ShardedWeights.write(index, groups, Map.of(), 8))
        .hasMessage(
            "sharded weights: /layers/dense/vars/0 has 12 bytes, more than one file may hold (8)");
    Files.writeString(index, "{\"weight_map\": {\"/a\": \"../b.h5\"}}");
    assertThatThrownBy(() -> ShardedWeights.open(index)).hasMessageContaining("outside its folder");
  }
}
