package org.cornu.stablehlo.text;

import java.nio.ByteBuffer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;

/**
 * Writes the inside of {@code dense<...>}: a splat or nested lists for few elements, a hex blob for
 * many. Booleans are never a blob, since MLIR versions differ in whether they pack bits.
 */
final class LiteralPrinter {
  private static final int MAX_LISTED = 100;
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final StringBuilder out;

  LiteralPrinter(StringBuilder out) {
    this.out = out;
  }

  /** Appends what stands between the angle brackets. */
  void elements(Literal literal) {
    DType dtype = literal.type().dtype();
    long count = literal.type().shape().count();
    if (count == 0) {
      return;
    }
    if (literal.isSplat() || literal.type().rank() == 0) {
      element(literal, dtype, 0);
    } else if (count > MAX_LISTED && !dtype.isBool()) {
      out.append('"');
      hex(literal.data());
      out.append('"');
    } else {
      nested(literal, dtype, 0, 0);
    }
  }

  /** Appends {@code 0x} and the bytes in hex. */
  void hex(ByteBuffer data) {
    int size = data.remaining();
    out.ensureCapacity(Math.addExact(out.length(), Math.multiplyExact(2, size)));
    out.append("0x");
    char[] chunk = new char[Math.min(2 * size, 8192)];
    int used = 0;
    for (int i = 0; i < size; i++) {
      byte b = data.get(i);
      chunk[used++] = HEX[b >> 4 & 15];
      chunk[used++] = HEX[b & 15];
      if (used == chunk.length) {
        out.append(chunk);
        used = 0;
      }
    }
    out.append(chunk, 0, used);
  }

  private int nested(Literal literal, DType dtype, int axis, int at) {
    if (axis == literal.type().rank()) {
      element(literal, dtype, at);
      return at + 1;
    }
    out.append('[');
    int size = literal.type().shape().size(axis);
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(", ");
      }
      at = nested(literal, dtype, axis + 1, at);
    }
    out.append(']');
    return at;
  }

  private void element(Literal literal, DType dtype, int i) {
    if (dtype.isComplex()) {
      out.append('(');
      real(literal.doubleAt(i), dtype.real());
      out.append(',');
      real(literal.imagAt(i), dtype.real());
      out.append(')');
    } else if (dtype.isFloat()) {
      double value = literal.doubleAt(i);
      if (Double.isNaN(value)) {
        // The payload of a NaN only survives as bits.
        bits(literal.bitsAt(i), dtype);
      } else {
        real(value, dtype);
      }
    } else if (dtype.isBool()) {
      out.append(literal.longAt(i) != 0);
    } else if (dtype == DType.U64) {
      out.append(Long.toUnsignedString(literal.longAt(i)));
    } else {
      out.append(literal.longAt(i));
    }
  }

  /** Appends a float of this type: a decimal that reads back exactly, or hex bits. */
  void real(double value, DType dtype) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      bits(FloatFormat.encode(dtype, value), dtype);
    } else if (dtype == DType.F64) {
      out.append(value);
    } else {
      out.append((float) value);
    }
  }

  private void bits(long bits, DType dtype) {
    out.append("0x");
    for (int digit = Math.max(1, (dtype.bits() + 3) / 4) - 1; digit >= 0; digit--) {
      out.append(HEX[(int) (bits >>> 4 * digit) & 15]);
    }
  }
}
