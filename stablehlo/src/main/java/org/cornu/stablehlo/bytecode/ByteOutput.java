package org.cornu.stablehlo.bytecode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, with MLIR's primitive encodings. */
final class ByteOutput {
  private byte[] bytes = new byte[64];
  private int size;

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), 2 * bytes.length));
    }
  }

  void octet(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits a byte; the count of low zero bits of the first says how many bytes follow. */
  void varint(long value) {
    int used = 64 - Long.numberOfLeadingZeros(value | 1);
    int more = (used - 1) / 7;
    if (more >= 8) {
      octet(0);
      for (int i = 0; i < 8; i++) {
        octet((int) (value >>> 8 * i));
      }
      return;
    }
    long encoded = (value << 1 | 1) << more;
    for (int i = 0; i <= more; i++) {
      octet((int) (encoded >>> 8 * i));
    }
  }

  void flagged(long value, boolean flag) {
    varint(value << 1 | (flag ? 1 : 0));
  }

  void signedVarint(long value) {
    varint(value << 1 ^ value >> 63);
  }

  void signedVarints(long[] values) {
    varint(values.length);
    for (long value : values) {
      signedVarint(value);
    }
  }

  /** The low {@code bits} bits of an integer. */
  void integer(long value, int bits) {
    if (bits <= 8) {
      octet((int) (value & (1 << bits) - 1));
    } else {
      signedVarint(bits == 64 ? value : value & (1L << bits) - 1);
    }
  }

  void octets(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void blob(byte[] data) {
    varint(data.length);
    octets(data);
  }

  void terminated(String text) {
    octets(text.getBytes(StandardCharsets.UTF_8));
    octet(0);
  }

  /** A section of this number. */
  void section(int id, ByteOutput data) {
    octet(id);
    varint(data.size);
    reserve(data.size);
    System.arraycopy(data.bytes, 0, bytes, size, data.size);
    size += data.size;
  }

  int size() {
    return size;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}
