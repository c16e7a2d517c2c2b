package org.cornu.pjrt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Zeroed native memory for the arguments of one call; all of it is freed at {@link #close}. */
final class Frame implements AutoCloseable {
  /** Room behind an argument struct for fields that newer plugins know. */
  static final int SLACK = 64;

  private final List<Pointer> blocks = new ArrayList<>(4);

  Pointer zeroed(long bytes) {
    Pointer block = Pointer.calloc(Math.max(bytes, 1), 1);
    if (block == null || block.isNull()) {
      throw new OutOfMemoryError("no native memory for " + bytes + " bytes of call arguments");
    }
    blocks.add(block);
    return block;
  }

  /** An argument struct with slack; {@link Api#call} fills in its {@code struct_size}. */
  <T extends Pointer> T args(Class<T> type, Function<Pointer, T> view) {
    return view.apply(zeroed(Loader.sizeof(type) + SLACK));
  }

  /** Structs that are elements of an array or have a fixed stride: no slack. */
  <T extends Pointer> T structs(Class<T> type, Function<Pointer, T> view, int count) {
    return view.apply(zeroed((long) Loader.sizeof(type) * count));
  }

  BytePointer bytes(byte[] data) {
    BytePointer copy = new BytePointer(zeroed(data.length + 1L));
    copy.put(data, 0, data.length);
    return copy;
  }

  BytePointer text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  LongPointer longs(long[] values) {
    LongPointer copy = new LongPointer(zeroed(8L * values.length));
    copy.put(values, 0, values.length);
    return copy;
  }

  SizeTPointer sizes(long count) {
    return new SizeTPointer(zeroed(8L * count));
  }

  /** Text that a plugin owns, by address and length. */
  static String text(BytePointer text, long size) {
    return new String(bytes(text, size), StandardCharsets.UTF_8);
  }

  /** Text up to the first NUL, as native code wrote it. */
  static String terminatedText(byte[] buffer) {
    int end = 0;
    while (end < buffer.length && buffer[end] != 0) {
      end++;
    }
    return new String(buffer, 0, end, StandardCharsets.UTF_8);
  }

  static byte[] bytes(BytePointer source, long size) {
    byte[] copy = new byte[Math.toIntExact(size)];
    if (size > 0) {
      source.get(copy, 0, copy.length);
    }
    return copy;
  }

  @Override
  public void close() {
    for (Pointer block : blocks) {
      Pointer.free(block);
    }
    blocks.clear();
  }
}
