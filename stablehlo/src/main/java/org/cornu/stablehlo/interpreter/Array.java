package org.cornu.stablehlo.interpreter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;

/**
 * A tensor value, row-major. Bools, integers and the stored values of quantized types lie in {@link
 * #longs} (sign-extended, or zero-extended when unsigned; u64 as its raw bits); floats lie in
 * {@link #re}, already rounded to their type; complex numbers in {@link #re} and {@link #im}. The
 * unused storages are empty. No kernel changes an array that it did not create.
 */
final class Array implements Datum {
  static final int[] SCALAR = {};
  private static final long[] NO_LONGS = {};
  private static final double[] NO_DOUBLES = {};

  final ElementType element;
  final DType dtype;
  final int[] dims;
  final int count;
  final long[] longs;
  final double[] re;
  final double[] im;

  private Array(ElementType element, int[] dims, long[] longs, double[] re, double[] im) {
    this.element = element;
    this.dtype = element.storage();
    this.dims = dims;
    this.count = Indexing.count(dims);
    this.longs = longs;
    this.re = re;
    this.im = im;
  }

  /** Integer, boolean or quantized elements, which must be in the range of the type. */
  static Array ofLongs(ElementType element, int[] dims, long[] longs) {
    return new Array(element, dims, longs, NO_DOUBLES, NO_DOUBLES);
  }

  /** Float elements, which must be values of the type. */
  static Array ofReals(ElementType element, int[] dims, double[] values) {
    return new Array(element, dims, NO_LONGS, values, NO_DOUBLES);
  }

  /** Complex elements, whose parts must be values of the part type. */
  static Array ofComplex(ElementType element, int[] dims, double[] re, double[] im) {
    return new Array(element, dims, NO_LONGS, re, im);
  }

  /** Float elements, rounded here in place. */
  static Array rounded(DType dtype, int[] dims, double[] values) {
    Rounding.round(dtype, values);
    return ofReals(dtype, dims, values);
  }

  /** Complex elements, rounded here in place. */
  static Array rounded(DType dtype, int[] dims, double[] re, double[] im) {
    Rounding.round(dtype.real(), re);
    Rounding.round(dtype.real(), im);
    return ofComplex(dtype, dims, re, im);
  }

  /** Integer or boolean elements, wrapped here in place. */
  static Array wrapped(DType dtype, int[] dims, long[] values) {
    Rounding.wrap(dtype, values);
    return ofLongs(dtype, dims, values);
  }

  /** An array of zeros for a kernel to fill. */
  static Array zeros(ElementType element, int[] dims) {
    int count = Indexing.count(dims);
    DType dtype = element.storage();
    if (dtype.isComplex()) {
      return ofComplex(element, dims, new double[count], new double[count]);
    }
    return dtype.isFloat()
        ? ofReals(element, dims, new double[count])
        : ofLongs(element, dims, new long[count]);
  }

  static Array bool(boolean value) {
    return ofLongs(DType.BOOL, SCALAR, new long[] {value ? 1 : 0});
  }

  static Array scalar(DType dtype, long value) {
    return ofLongs(dtype, SCALAR, new long[] {value});
  }

  /** The elements of a literal. */
  static Array of(Literal literal) {
    TensorType type = literal.type();
    int[] dims = dims(type.shape());
    DType dtype = type.dtype();
    int count = Indexing.count(dims);
    int stored = literal.isSplat() ? Math.min(1, count) : count;
    Array out = zeros(type.element(), dims);
    ByteBuffer data = literal.data();
    if (dtype.isComplex()) {
      for (int i = 0; i < stored; i++) {
        boolean wide = dtype == DType.C128;
        out.re[i] = wide ? data.getDouble(16 * i) : data.getFloat(8 * i);
        out.im[i] = wide ? data.getDouble(16 * i + 8) : data.getFloat(8 * i + 4);
      }
    } else if (dtype == DType.F32) {
      for (int i = 0; i < stored; i++) {
        out.re[i] = data.getFloat(4 * i);
      }
    } else if (dtype == DType.F64) {
      for (int i = 0; i < stored; i++) {
        out.re[i] = data.getDouble(8 * i);
      }
    } else if (dtype.isFloat()) {
      for (int i = 0; i < stored; i++) {
        out.re[i] = FloatFormat.decode(dtype, bits(data, dtype.bytes(), i));
      }
    } else {
      for (int i = 0; i < stored; i++) {
        out.longs[i] = Rounding.wrap(dtype, bits(data, dtype.bytes(), i));
      }
    }
    if (literal.isSplat()) {
      for (int i = 1; i < count; i++) {
        out.set(i, out, 0);
      }
    }
    return out;
  }

  private static long bits(ByteBuffer data, int bytes, int i) {
    return switch (bytes) {
      case 1 -> data.get(i) & 0xFFL;
      case 2 -> data.getShort(2 * i) & 0xFFFFL;
      case 4 -> data.getInt(4 * i) & 0xFFFFFFFFL;
      default -> data.getLong(8 * i);
    };
  }

  /** The elements as a literal. */
  Literal toLiteral() {
    TensorType type = type();
    if (count == 0) {
      return Literal.ofBytes(type, new byte[0]);
    }
    int size = dtype.bytes();
    ByteBuffer out =
        ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      if (dtype.isComplex()) {
        if (dtype == DType.C128) {
          out.putDouble(re[i]).putDouble(im[i]);
        } else {
          out.putFloat((float) re[i]).putFloat((float) im[i]);
        }
      } else {
        long bits = dtype.isFloat() ? FloatFormat.encode(dtype, re[i]) : longs[i];
        switch (size) {
          case 1 -> out.put((byte) (dtype.isFloat() ? bits : bits & ((1L << dtype.bits()) - 1)));
          case 2 -> out.putShort((short) bits);
          case 4 -> out.putInt((int) bits);
          default -> out.putLong(bits);
        }
      }
    }
    return Literal.ofBytes(type, out.array());
  }

  static int[] dims(Shape shape) {
    int[] out = new int[shape.rank()];
    for (int i = 0; i < out.length; i++) {
      if (shape.dim(i) == Shape.DYNAMIC) {
        throw new InterpreterException(
            "a result of type " + shape + " has an open size that the operands do not decide");
      }
      out[i] = shape.size(i);
    }
    return out;
  }

  TensorType type() {
    long[] sizes = new long[dims.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = dims[i];
    }
    return TensorType.of(element, sizes);
  }

  int rank() {
    return dims.length;
  }

  boolean isInteger() {
    return !dtype.isInexact();
  }

  /** The truth of a scalar bool. */
  boolean truth() {
    return longs[0] != 0;
  }

  /** The same elements under other sizes. */
  Array reshape(int... other) {
    if (Indexing.count(other) != count) {
      throw new InterpreterException(
          "reshape: element counts must agree: got "
              + Arrays.toString(dims)
              + " to "
              + Arrays.toString(other));
    }
    return new Array(element, other, longs, re, im);
  }

  /** The same stored values under another element type of the same storage kind. */
  Array withElement(ElementType other) {
    return other.equals(element) ? this : new Array(other, dims, longs, re, im);
  }

  /** Element {@code i} as a scalar. */
  Array at(int i) {
    if (dtype.isComplex()) {
      return ofComplex(element, SCALAR, new double[] {re[i]}, new double[] {im[i]});
    }
    return dtype.isFloat()
        ? ofReals(element, SCALAR, new double[] {re[i]})
        : ofLongs(element, SCALAR, new long[] {longs[i]});
  }

  /** Copies element {@code from} of {@code source} to position {@code to}; for kernels only. */
  void set(int to, Array source, int from) {
    if (dtype.isComplex()) {
      re[to] = source.re[from];
      im[to] = source.im[from];
    } else if (dtype.isFloat()) {
      re[to] = source.re[from];
    } else {
      longs[to] = source.longs[from];
    }
  }

  /** Copies {@code length} consecutive elements; for kernels only. */
  void copy(int to, Array source, int from, int length) {
    if (dtype.isComplex()) {
      System.arraycopy(source.re, from, re, to, length);
      System.arraycopy(source.im, from, im, to, length);
    } else if (dtype.isFloat()) {
      System.arraycopy(source.re, from, re, to, length);
    } else {
      System.arraycopy(source.longs, from, longs, to, length);
    }
  }

  /** Sets every element to element 0 of {@code source}; for kernels only. */
  Array fill(Array source) {
    if (count == 0) {
      return this;
    }
    if (dtype.isComplex()) {
      Arrays.fill(re, source.re[0]);
      Arrays.fill(im, source.im[0]);
    } else if (dtype.isFloat()) {
      Arrays.fill(re, source.re[0]);
    } else {
      Arrays.fill(longs, source.longs[0]);
    }
    return this;
  }

  /** A copy for a kernel to change. */
  Array copy() {
    return new Array(
        element,
        dims,
        longs.length == 0 ? longs : longs.clone(),
        re.length == 0 ? re : re.clone(),
        im.length == 0 ? im : im.clone());
  }

  /** The elements at these positions, in this order, under these sizes. */
  Array take(int[] positions, int... sizes) {
    Array out = zeros(element, sizes);
    int n = positions.length;
    if (dtype.isComplex()) {
      for (int i = 0; i < n; i++) {
        out.re[i] = re[positions[i]];
        out.im[i] = im[positions[i]];
      }
    } else if (dtype.isFloat()) {
      for (int i = 0; i < n; i++) {
        out.re[i] = re[positions[i]];
      }
    } else {
      for (int i = 0; i < n; i++) {
        out.longs[i] = longs[positions[i]];
      }
    }
    return out;
  }

  /** Writes all elements of {@code source} to these positions; for kernels only. */
  void put(int[] positions, Array source) {
    int n = positions.length;
    if (dtype.isComplex()) {
      for (int i = 0; i < n; i++) {
        re[positions[i]] = source.re[i];
        im[positions[i]] = source.im[i];
      }
    } else if (dtype.isFloat()) {
      for (int i = 0; i < n; i++) {
        re[positions[i]] = source.re[i];
      }
    } else {
      for (int i = 0; i < n; i++) {
        longs[positions[i]] = source.longs[i];
      }
    }
  }

  @Override
  public String toString() {
    return toLiteral().toString();
  }
}
