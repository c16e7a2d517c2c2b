package org.cornu.stablehlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A cursor over a part of a bytecode file, which reads MLIR's primitive encodings. */
final class ByteInput {
  private final byte[] bytes;
  private final int end;
  private int position;

  ByteInput(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.position = start;
    this.end = end;
  }

  int position() {
    return position;
  }

  boolean isEmpty() {
    return position >= end;
  }

  int remaining() {
    return end - position;
  }

  int octet() {
    if (position >= end) {
      throw error("ends early");
    }
    return bytes[position++] & 0xFF;
  }

  /** As many low zero bits as the first byte has, so many bytes follow; eight if it is zero. */
  long varint() {
    int first = octet();
    int more = first == 0 ? 8 : Integer.numberOfTrailingZeros(first);
    long value = first;
    for (int i = 1; i <= more; i++) {
      long octet = octet();
      value |= more == 8 ? octet << 8 * (i - 1) : octet << 8 * i;
    }
    return more == 8 ? value : value >>> (more + 1);
  }

  /** A varint that is a count of things of at least one byte each, or an index. */
  int count() {
    long value = varint();
    if (value < 0 || value > Integer.MAX_VALUE / 2) {
      throw error("number is out of range: " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** A count of elements that each take at least a byte of what is left. */
  int size() {
    int value = count();
    if (value > remaining()) {
      throw error("list of " + value + " is longer than the rest");
    }
    return value;
  }

  /** Zigzag: 0, -1, 1, -2, ... */
  long signedVarint() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  long[] signedVarints() {
    long[] values = new long[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = signedVarint();
    }
    return values;
  }

  /** An integer of a known number of bits. */
  long integer(int bits) {
    if (bits > 64) {
      throw error("integers of " + bits + " bits are not supported");
    }
    return bits <= 8 ? octet() : signedVarint();
  }

  byte[] blob() {
    return octets(size());
  }

  byte[] octets(int size) {
    if (size > remaining()) {
      throw error("blob of " + size + " bytes is longer than the rest");
    }
    byte[] out = Arrays.copyOfRange(bytes, position, position + size);
    position += size;
    return out;
  }

  /** Text up to a zero byte. */
  String terminated() {
    int start = position;
    while (octet() != 0) {
      // The loop moves the cursor.
    }
    return new String(bytes, start, position - 1 - start, StandardCharsets.UTF_8);
  }

  /** A part of {@code size} bytes, which this cursor steps over. */
  ByteInput slice(int size) {
    if (size > remaining()) {
      throw error("part of " + size + " bytes is longer than the rest");
    }
    ByteInput part = new ByteInput(bytes, position, position + size);
    position += size;
    return part;
  }

  /** A cursor of its own at the same place. */
  ByteInput copy() {
    return new ByteInput(bytes, position, end);
  }

  BytecodeException error(String problem) {
    return new BytecodeException(problem + " at byte " + position);
  }
}
