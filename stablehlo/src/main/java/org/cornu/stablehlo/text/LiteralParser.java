package org.cornu.stablehlo.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/**
 * Reads the elements of {@code dense<...>} once their type is known, which stands behind them:
 * nested lists, one value for all, or a hex blob.
 */
final class LiteralParser {
  private final Lexer lexer;
  private final TensorType type;
  private final DType dtype;
  private byte[] bytes;
  private ByteBuffer view;
  private int count;

  LiteralParser(Lexer lexer, TensorType type) {
    this.lexer = lexer;
    this.type = type;
    this.dtype = type.dtype();
    this.bytes = new byte[0];
    this.view = view(bytes);
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The elements from the cursor, up to but without the closing {@code '>'}. */
  Literal elements() {
    int from = lexer.position();
    long total = total(from);
    if (lexer.at('>')) {
      if (total != 0) {
        throw lexer.error(from, "dense<> has no elements, its type " + type + " has " + total);
      }
      return Literal.ofBytes(type, bytes);
    }
    if (lexer.at('"')) {
      int open = lexer.position();
      int close = lexer.skipString();
      if (close - open < 3 || lexer.textAt(open + 1) != '0' || lexer.textAt(open + 2) != 'x') {
        throw lexer.error(open, "elements in quotes must be a hex blob that begins with 0x");
      }
      return ofBlob(lexer.hexBytes(open + 3, close), from);
    }
    if (lexer.at('[')) {
      // Never more room than the text itself can fill.
      grow((int) Math.min(total, 1024));
      nested(0);
      if (count != total) {
        throw wrongCount(from, total);
      }
      return Literal.ofBytes(type, Arrays.copyOf(bytes, count * dtype.bytes()));
    }
    grow(1);
    element();
    return Literal.ofBytes(type, bytes);
  }

  private ParseException wrongCount(int from, long total) {
    return lexer.error(from, "literal has " + count + " elements, its type " + type + " " + total);
  }

  private long total(int from) {
    if (!type.shape().isStatic()) {
      throw lexer.error(from, "a literal needs a static type, got " + type);
    }
    try {
      return type.shape().count();
    } catch (ArithmeticException e) {
      throw lexer.error(from, "type " + type + " has more elements than 64 bits can count");
    }
  }

  /** Elements from raw little-endian bytes: all, or one for all, or booleans packed into bits. */
  Literal ofBlob(byte[] blob, int from) {
    long total = total(from);
    int size = dtype.bytes();
    if (dtype.isBool()) {
      if (blob.length != total && blob.length != 1 && blob.length == (total + 7) / 8) {
        blob = unpacked(blob, (int) total);
      }
      for (int i = 0; i < blob.length; i++) {
        blob[i] = (byte) (blob[i] == 0 ? 0 : 1);
      }
    } else if (dtype.bits() < 8) {
      for (int i = 0; i < blob.length; i++) {
        blob[i] &= (byte) ((1 << dtype.bits()) - 1);
      }
    }
    boolean one = blob.length == size;
    if (!one && (total > Integer.MAX_VALUE || blob.length != total * size)) {
      throw lexer.error(
          from,
          "blob has "
              + blob.length
              + " bytes, "
              + type
              + " takes "
              + size
              + " or "
              + size
              + " * "
              + total);
    }
    return Literal.ofBytes(type, blob);
  }

  private static byte[] unpacked(byte[] bits, int count) {
    byte[] out = new byte[count];
    for (int i = 0; i < count; i++) {
      out[i] = (byte) (bits[i / 8] >> (i % 8) & 1);
    }
    return out;
  }

  private void nested(int axis) {
    int from = lexer.position();
    lexer.expect('[');
    Shape shape = type.shape();
    if (axis == shape.rank()) {
      throw lexer.error(from, "literal is nested deeper than its type " + type);
    }
    long size = 0;
    if (!lexer.accept(']')) {
      do {
        if (axis + 1 < shape.rank()) {
          nested(axis + 1);
        } else {
          if ((count + 1) * dtype.bytes() > bytes.length) {
            grow(Math.addExact(count + 1, count));
          }
          element();
        }
        size++;
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    if (size != shape.dim(axis)) {
      throw lexer.error(
          from, "list of " + size + " in dimension " + axis + " of a literal, its type is " + type);
    }
  }

  private void grow(int elements) {
    bytes = Arrays.copyOf(bytes, Math.multiplyExact(elements, dtype.bytes()));
    view = view(bytes);
  }

  private void element() {
    int at = count * dtype.bytes();
    if (dtype.isComplex()) {
      lexer.expect('(');
      DType part = dtype.real();
      putBits(at, part, real(part));
      lexer.expect(',');
      putBits(at + part.bytes(), part, real(part));
      lexer.expect(')');
    } else {
      putBits(at, dtype, dtype.isFloat() ? real(dtype) : integer());
    }
    count++;
  }

  private void putBits(int at, DType kind, long bits) {
    switch (kind.bytes()) {
      case 1 -> view.put(at, (byte) (kind.bits() < 8 ? bits & ((1 << kind.bits()) - 1) : bits));
      case 2 -> view.putShort(at, (short) bits);
      case 4 -> view.putInt(at, (int) bits);
      default -> view.putLong(at, bits);
    }
  }

  private long real(DType kind) {
    Lexer.Number number = lexer.number();
    if (number.hex()) {
      return unsigned(number, kind.bits());
    }
    if (!number.real()) {
      throw lexer.error(number.from(), "expected a float with a decimal point for " + kind);
    }
    return FloatFormat.encode(kind, number.asDouble());
  }

  // A hex number is a bit pattern.
  private long unsigned(Lexer.Number number, int bits) {
    java.math.BigInteger value = number.asBig();
    if (number.negative() || value.bitLength() > bits) {
      throw lexer.error(number.from(), "hex number does not fit the " + bits + " bits of " + dtype);
    }
    return value.longValue();
  }

  private long integer() {
    if (dtype.isBool()) {
      if (lexer.acceptWord("true")) {
        return 1;
      }
      if (lexer.acceptWord("false")) {
        return 0;
      }
    }
    Lexer.Number number = lexer.number();
    if (number.real()) {
      throw lexer.error(number.from(), "expected an integer for " + dtype + ", got a float");
    }
    if (number.to() - number.digits() > 18) {
      java.math.BigInteger value = number.asBig();
      boolean fits =
          number.negative() ? value.bitLength() < dtype.bits() : value.bitLength() <= dtype.bits();
      if (!fits || number.negative() && dtype.isUnsigned()) {
        throw outOfRange(number);
      }
      return value.longValue();
    }
    if (number.hex()) {
      return unsigned(number, dtype.bits());
    }
    long value = number.asLong();
    int bits = dtype.bits();
    boolean fits =
        bits == 64
            ? value >= 0 || !dtype.isUnsigned()
            : value < 1L << bits && value >= (dtype.isUnsigned() ? 0 : -1L << (bits - 1));
    if (!fits) {
      throw outOfRange(number);
    }
    return value;
  }

  private ParseException outOfRange(Lexer.Number number) {
    return lexer.error(number.from(), "integer does not fit " + dtype);
  }
}
