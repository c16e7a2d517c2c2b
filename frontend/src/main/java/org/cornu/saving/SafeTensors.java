package org.cornu.saving;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The safetensors format: named arrays after a JSON header. Nothing in such a file is ever run, and
 * every offset is checked against the file before anything is read.
 *
 * @param tensors arrays by name
 * @param metadata free text by key
 */
public record SafeTensors(Map<String, Literal> tensors, Map<String, String> metadata) {
  private static final int MAX_HEADER = 100_000_000;
  private static final String METADATA = "__metadata__";

  private record Entry(String name, TensorType type, long begin, long end) {}

  /**
   * Reads a file.
   *
   * @throws FormatException where the header is damaged, or offsets overlap, leave holes, or do not
   *     fit shape and element type
   */
  public static SafeTensors read(Path path) throws IOException {
    try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ)) {
      if (in.size() < 8) {
        throw new FormatException("safetensors: " + path + " is shorter than 8 bytes");
      }
      long headerSize = fill(in, 0, 8).getLong();
      if (headerSize < 2 || headerSize > MAX_HEADER || headerSize > in.size() - 8) {
        throw new FormatException(
            "safetensors: " + path + " claims a header of " + headerSize + " bytes");
      }
      String text = StandardCharsets.UTF_8.decode(fill(in, 8, (int) headerSize)).toString();
      Map<String, String> metadata = new LinkedHashMap<>();
      List<Entry> entries = entries(Json.parseObject(text), metadata, path);
      long dataAt = 8 + headerSize;
      long next = 0;
      for (Entry entry : entries) {
        long size = Math.multiplyExact(entry.type.shape().count(), entry.type.dtype().bytes());
        if (entry.begin != next || entry.end - entry.begin != size) {
          throw new FormatException(
              "safetensors: "
                  + path
                  + ": '"
                  + entry.name
                  + "' ("
                  + entry.type.brief()
                  + ") claims bytes "
                  + entry.begin
                  + " to "
                  + entry.end
                  + "; expected "
                  + next
                  + " to "
                  + (next + size));
        }
        next = entry.end;
      }
      if (dataAt + next != in.size()) {
        throw new FormatException(
            "safetensors: "
                + path
                + " has "
                + in.size()
                + " bytes; its header describes "
                + (dataAt + next));
      }
      Map<String, Literal> tensors = new LinkedHashMap<>();
      for (Entry entry : entries) {
        int size = Math.toIntExact(entry.end - entry.begin);
        byte[] bytes = fill(in, dataAt + entry.begin, size).array();
        tensors.put(entry.name, Literal.ofBytes(entry.type, bytes));
      }
      return new SafeTensors(tensors, metadata);
    }
  }

  private static ByteBuffer fill(FileChannel in, long at, int size) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (in.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("safetensors: file ends at byte " + (at + buffer.position()));
      }
    }
    return buffer.flip();
  }

  private static List<Entry> entries(
      Map<String, @Nullable Object> header, Map<String, String> metadata, Path path)
      throws FormatException {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, @Nullable Object> item : header.entrySet()) {
      if (!(item.getValue() instanceof Map<?, ?> fields)) {
        throw new FormatException(
            "safetensors: " + path + ": '" + item.getKey() + "' is no object");
      }
      if (item.getKey().equals(METADATA)) {
        fields.forEach((key, value) -> metadata.put(String.valueOf(key), String.valueOf(value)));
        continue;
      }
      long[] shape = longs(fields.get("shape"), item.getKey(), path);
      long[] offsets = longs(fields.get("data_offsets"), item.getKey(), path);
      if (offsets.length != 2) {
        throw new FormatException(
            "safetensors: " + path + ": '" + item.getKey() + "' needs two data_offsets");
      }
      DType dtype = ArrayTypes.ofSafetensorsName(String.valueOf(fields.get("dtype")));
      entries.add(
          new Entry(item.getKey(), TensorType.of(dtype, Shape.of(shape)), offsets[0], offsets[1]));
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return entries;
  }

  private static long[] longs(@Nullable Object tree, String name, Path path)
      throws FormatException {
    if (tree instanceof List<?> list
        && list.stream()
            .allMatch(
                n ->
                    (n instanceof Integer || n instanceof Long) && ((Number) n).longValue() >= 0)) {
      return list.stream().mapToLong(n -> ((Number) n).longValue()).toArray();
    }
    throw new FormatException(
        "safetensors: "
            + path
            + ": '"
            + name
            + "' has a shape or offsets that are no sizes: "
            + tree);
  }

  /**
   * Writes a file, arrays of wider elements first so that all are aligned. A failure leaves a file
   * that was there as it was.
   */
  public void write(Path path) throws IOException {
    List<Map.Entry<String, Literal>> order = new ArrayList<>(tensors.entrySet());
    order.sort(
        Comparator.<Map.Entry<String, Literal>>comparingInt(
                e -> -e.getValue().type().dtype().bytes())
            .thenComparing(Map.Entry::getKey));
    Map<String, @Nullable Object> header = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, metadata);
    }
    long at = 0;
    for (Map.Entry<String, Literal> item : order) {
      TensorType type = item.getValue().type();
      long end = at + type.shape().count() * type.dtype().bytes();
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      fields.put("dtype", ArrayTypes.safetensorsName(type.dtype()));
      fields.put("shape", java.util.Arrays.stream(type.shape().dims()).boxed().toList());
      fields.put("data_offsets", List.of(at, end));
      header.put(item.getKey(), fields);
      at = end;
    }
    String text = Json.write(header);
    byte[] head = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        path,
        temporary -> {
          try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer size = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(out, size.putLong(head.length).flip());
            writeFully(out, ByteBuffer.wrap(head));
            for (Map.Entry<String, Literal> item : order) {
              Literal value = item.getValue();
              writeFully(
                  out, value.isSplat() ? ByteBuffer.wrap(value.expandedBytes()) : value.data());
            }
          }
        });
  }

  private static void writeFully(FileChannel out, ByteBuffer data) throws IOException {
    while (data.hasRemaining()) {
      out.write(data);
    }
  }
}
