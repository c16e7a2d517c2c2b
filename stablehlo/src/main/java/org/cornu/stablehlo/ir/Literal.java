package org.cornu.stablehlo.ir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The constant elements of a tensor, in row-major order. Stored as little-endian bytes, one byte
 * for types below 8 bits; a splat stores its one value once. Immutable.
 */
public final class Literal {
  private final TensorType type;
  private final byte[] bytes;
  private final boolean splat;

  private Literal(TensorType type, byte[] bytes, boolean splat) {
    this.type = type;
    this.bytes = bytes;
    this.splat = splat;
  }

  /**
   * A literal over {@code bytes}, which must hold one element (a splat) or all; equal elements make
   * a splat too, so that equal literals are equal objects. The array is not copied and must not
   * change afterwards.
   */
  public static Literal ofBytes(TensorType type, byte[] bytes) {
    int size = type.dtype().bytes();
    long count = type.shape().count();
    if (bytes.length != size && bytes.length != count * size) {
      throw new IllegalArgumentException(
          "literal: " + type.brief() + " takes " + count * size + " bytes, got " + bytes.length);
    }
    if (count == 0) {
      return new Literal(type, new byte[0], false);
    }
    int length = bytes.length;
    if (length > size && Arrays.mismatch(bytes, 0, length - size, bytes, size, length) < 0) {
      return new Literal(type, Arrays.copyOf(bytes, size), true);
    }
    return new Literal(type, bytes, length == size && count != 1);
  }

  /** Integer or boolean elements; values wrap to the width of the type. One value makes a splat. */
  public static Literal ofLongs(TensorType type, long... values) {
    DType dtype = type.dtype();
    byte[] bytes = allocate(dtype, values.length);
    ByteBuffer out = view(bytes);
    for (int i = 0; i < values.length; i++) {
      if (dtype.isInexact()) {
        putReal(out, dtype, i, values[i], 0);
      } else {
        putBits(out, dtype, i, values[i]);
      }
    }
    return ofBytes(type, bytes);
  }

  /** Real elements, rounded to the type. One value makes a splat. */
  public static Literal ofDoubles(TensorType type, double... values) {
    DType dtype = type.dtype();
    byte[] bytes = allocate(dtype, values.length);
    ByteBuffer out = view(bytes);
    for (int i = 0; i < values.length; i++) {
      if (dtype.isInexact()) {
        putReal(out, dtype, i, values[i], 0);
      } else {
        putBits(out, dtype, i, (long) values[i]);
      }
    }
    return ofBytes(type, bytes);
  }

  /** Complex elements as re, im pairs. One pair makes a splat. */
  public static Literal ofComplex(TensorType type, double... parts) {
    DType dtype = type.dtype();
    byte[] bytes = allocate(dtype, parts.length / 2);
    ByteBuffer out = view(bytes);
    for (int i = 0; i < parts.length / 2; i++) {
      putReal(out, dtype, i, parts[2 * i], parts[2 * i + 1]);
    }
    return ofBytes(type, bytes);
  }

  /** Boolean elements. One value makes a splat. */
  public static Literal ofBooleans(TensorType type, boolean... values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (values[i] ? 1 : 0);
    }
    return ofBytes(type, out);
  }

  /** A scalar of this type. */
  public static Literal scalar(DType dtype, double value) {
    return ofDoubles(TensorType.of(dtype), value);
  }

  private static byte[] allocate(DType dtype, int count) {
    return new byte[Math.multiplyExact(dtype.bytes(), count)];
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void putReal(ByteBuffer out, DType dtype, int i, double re, double im) {
    switch (dtype) {
      case C64 -> out.putFloat(8 * i, (float) re).putFloat(8 * i + 4, (float) im);
      case C128 -> out.putDouble(16 * i, re).putDouble(16 * i + 8, im);
      default -> putBits(out, dtype, i, FloatFormat.encode(dtype, re));
    }
  }

  private static void putBits(ByteBuffer out, DType dtype, int i, long bits) {
    switch (dtype.bytes()) {
      case 1 -> {
        int width = dtype.bits();
        long kept = dtype.isBool() ? (bits == 0 ? 0 : 1) : bits & ((1L << width) - 1);
        out.put(i, (byte) kept);
      }
      case 2 -> out.putShort(2 * i, (short) bits);
      case 4 -> out.putInt(4 * i, (int) bits);
      case 8 -> out.putLong(8 * i, bits);
      default -> throw new IllegalArgumentException("no bits of type " + dtype);
    }
  }

  /** Type of the tensor. */
  public TensorType type() {
    return type;
  }

  /** True when one stored value stands for all elements. */
  public boolean isSplat() {
    return splat;
  }

  /** Number of elements. */
  public int count() {
    return Math.toIntExact(type.shape().count());
  }

  /** The stored bytes, read-only and little-endian: one element for a splat, else all. */
  public ByteBuffer data() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes of all elements, a splat spelled out. */
  public byte[] expandedBytes() {
    if (!splat) {
      return bytes.clone();
    }
    byte[] out = new byte[Math.multiplyExact(count(), bytes.length)];
    for (int i = 0; i < out.length; i++) {
      out[i] = bytes[i % bytes.length];
    }
    return out;
  }

  /** The same elements under another type of equal storage (a new shape, or a quantized type). */
  public Literal withType(TensorType other) {
    return ofBytes(other, bytes);
  }

  /** Element {@code i} as an integer: sign-extended for signed types, 0 or 1 for bool. */
  public long longAt(int i) {
    DType dtype = type.dtype();
    long bits = bitsAt(i);
    if (dtype.isFloat()) {
      return (long) FloatFormat.decode(dtype, bits);
    }
    int unused = 64 - dtype.bits();
    return dtype.isSigned() ? bits << unused >> unused : bits;
  }

  /** Element {@code i} as a real number; the real part of a complex one. */
  public double doubleAt(int i) {
    DType dtype = type.dtype();
    ByteBuffer data = view(bytes);
    int at = splat ? 0 : i;
    return switch (dtype) {
      case C64 -> data.getFloat(8 * at);
      case C128 -> data.getDouble(16 * at);
      default -> {
        if (dtype.isFloat()) {
          yield FloatFormat.decode(dtype, bitsAt(i));
        }
        long value = longAt(i);
        yield dtype == DType.U64 && value < 0 ? (value >>> 1) * 2.0 + (value & 1) : value;
      }
    };
  }

  /** Imaginary part of element {@code i}; 0 for real types. */
  public double imagAt(int i) {
    ByteBuffer data = view(bytes);
    int at = splat ? 0 : i;
    return switch (type.dtype()) {
      case C64 -> data.getFloat(8 * at + 4);
      case C128 -> data.getDouble(16 * at + 8);
      default -> 0;
    };
  }

  /** The bits of element {@code i}, zero-extended; not for complex types. */
  public long bitsAt(int i) {
    int at = splat ? 0 : i;
    ByteBuffer data = view(bytes);
    return switch (type.dtype().bytes()) {
      case 1 -> data.get(at) & 0xFFL;
      case 2 -> data.getShort(2 * at) & 0xFFFFL;
      case 4 -> data.getInt(4 * at) & 0xFFFFFFFFL;
      case 8 -> data.getLong(8 * at);
      default -> throw new IllegalArgumentException("no bits of type " + type.dtype());
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Literal
        && type.equals(((Literal) other).type)
        && splat == ((Literal) other).splat
        && Arrays.equals(bytes, ((Literal) other).bytes);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + Arrays.hashCode(bytes);
  }

  /**
   * {@code dense<...> : tensor<...>} as StableHLO's printer writes it: nested lists up to 100
   * elements, a hex blob above, except for i1, whose blob form differs between MLIR versions.
   */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    appendTo(out);
    return out.toString();
  }

  /** Appends {@link #toString} to {@code out}. */
  public void appendTo(StringBuilder out) {
    out.append("dense<");
    long count = type.shape().count();
    if (count == 0) {
      out.append("> : ").append(type);
      return;
    }
    if (splat || count == 1 && type.rank() == 0) {
      appendElement(out, 0);
    } else if (count > 100 && !type.dtype().isBool()) {
      out.append("\"0x");
      for (byte b : bytes) {
        out.append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
      }
      out.append('"');
    } else {
      appendNested(out, 0, 0);
    }
    out.append("> : ").append(type);
  }

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private void appendNested(StringBuilder out, int axis, int offset) {
    if (axis == type.rank()) {
      appendElement(out, offset);
      return;
    }
    int inner = 1;
    for (int i = axis + 1; i < type.rank(); i++) {
      inner *= type.shape().size(i);
    }
    out.append('[');
    for (int i = 0; i < type.shape().size(axis); i++) {
      out.append(i == 0 ? "" : ", ");
      appendNested(out, axis + 1, offset + i * inner);
    }
    out.append(']');
  }

  private void appendElement(StringBuilder out, int i) {
    DType dtype = type.dtype();
    if (dtype.isComplex()) {
      out.append('(').append(floatText(doubleAt(i), dtype.real())).append(',');
      out.append(floatText(imagAt(i), dtype.real())).append(')');
    } else if (dtype.isFloat()) {
      out.append(floatText(doubleAt(i), dtype));
    } else if (dtype.isBool()) {
      out.append(longAt(i) != 0);
    } else if (dtype == DType.U64) {
      out.append(Long.toUnsignedString(longAt(i)));
    } else {
      out.append(longAt(i));
    }
  }

  /**
   * A float as MLIR prints it: {@code %.6e} when that reads back to the same value, else enough
   * digits, and raw hex bits for infinities and NaN.
   */
  public static String floatText(double value, DType dtype) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      int digits = Math.max(1, dtype.bits() / 4);
      String hex =
          Long.toHexString(FloatFormat.encode(dtype, value)).toUpperCase(java.util.Locale.ROOT);
      return "0x" + "0".repeat(Math.max(0, digits - hex.length())) + hex;
    }
    String brief = String.format(java.util.Locale.ROOT, "%.6e", value);
    if (Double.doubleToRawLongBits(FloatFormat.round(dtype, Double.parseDouble(brief)))
        == Double.doubleToRawLongBits(value)) {
      return brief;
    }
    String exact = dtype == DType.F64 ? Double.toString(value) : Float.toString((float) value);
    int exponent = exact.indexOf('E');
    return exponent < 0
        ? exact
        : exact.replace("E", exact.charAt(exponent + 1) == '-' ? "e" : "e+");
  }
}
