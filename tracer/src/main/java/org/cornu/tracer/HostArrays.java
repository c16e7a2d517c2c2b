package org.cornu.tracer;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.runtime.DeviceArray;

/** Conversion between Java arrays and literals. */
final class HostArrays {
  private HostArrays() {}

  /** A literal from a nested Java array or a boxed number. */
  static Literal literal(Object array) {
    List<Long> dims = new ArrayList<>();
    Object level = array;
    while (level.getClass().isArray()) {
      int length = Array.getLength(level);
      dims.add((long) length);
      Class<?> component = level.getClass().getComponentType();
      if (component.isPrimitive() || length == 0) {
        while (length == 0 && component.isArray()) {
          dims.add(0L);
          component = component.getComponentType();
        }
        break;
      }
      level = Array.get(level, 0);
    }
    Class<?> leaf = array.getClass();
    while (leaf.isArray()) {
      leaf = leaf.getComponentType();
    }
    TensorType type =
        TensorType.of(dtype(leaf, array), dims.stream().mapToLong(Long::longValue).toArray());
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(type.shape().count() * type.dtype().bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    fill(array, type.shape(), 0, out);
    return Literal.ofBytes(type, out.array());
  }

  private static DType dtype(Class<?> leaf, Object array) {
    if (leaf == float.class || leaf == Float.class) {
      return DType.F32;
    } else if (leaf == double.class || leaf == Double.class) {
      return DType.F64;
    } else if (leaf == int.class || leaf == Integer.class) {
      return DType.I32;
    } else if (leaf == long.class || leaf == Long.class) {
      return DType.I64;
    } else if (leaf == short.class || leaf == Short.class) {
      return DType.I16;
    } else if (leaf == byte.class || leaf == Byte.class) {
      return DType.I8;
    } else if (leaf == boolean.class || leaf == Boolean.class) {
      return DType.BOOL;
    }
    throw new IllegalArgumentException(
        "tensor: elements must be numbers or booleans: got "
            + array.getClass().getTypeName()
            + UserFrame.suffix());
  }

  private static void fill(Object level, Shape shape, int axis, ByteBuffer out) {
    if (axis < shape.rank()) {
      int length = Array.getLength(level);
      if (length != shape.dim(axis)) {
        throw new IllegalArgumentException(
            "tensor: rows must have equal length: got "
                + length
                + " beside "
                + shape.dim(axis)
                + " on axis "
                + axis
                + UserFrame.suffix()
                + "\n  hint: fill up the shorter rows (pad)");
      }
    }
    if (level instanceof float[] a) {
      out.asFloatBuffer().put(a);
      out.position(out.position() + 4 * a.length);
    } else if (level instanceof double[] a) {
      out.asDoubleBuffer().put(a);
      out.position(out.position() + 8 * a.length);
    } else if (level instanceof int[] a) {
      out.asIntBuffer().put(a);
      out.position(out.position() + 4 * a.length);
    } else if (level instanceof long[] a) {
      out.asLongBuffer().put(a);
      out.position(out.position() + 8 * a.length);
    } else if (level instanceof short[] a) {
      out.asShortBuffer().put(a);
      out.position(out.position() + 2 * a.length);
    } else if (level instanceof byte[] a) {
      out.put(a);
    } else if (level instanceof boolean[] a) {
      for (boolean value : a) {
        out.put((byte) (value ? 1 : 0));
      }
    } else if (level instanceof Object[] rows) {
      for (Object row : rows) {
        fill(row, shape, axis + 1, out);
      }
    } else if (level instanceof Float value) {
      out.putFloat(value);
    } else if (level instanceof Double value) {
      out.putDouble(value);
    } else if (level instanceof Integer value) {
      out.putInt(value);
    } else if (level instanceof Long value) {
      out.putLong(value);
    } else if (level instanceof Short value) {
      out.putShort(value);
    } else if (level instanceof Byte value) {
      out.put(value);
    } else if (level instanceof Boolean value) {
      out.put((byte) (value ? 1 : 0));
    }
  }

  static Literal literal(float[] array, long... dims) {
    TensorType type = TensorType.of(DType.F32, dims);
    checkCount(type, array.length);
    ByteBuffer out = ByteBuffer.allocate(4 * array.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asFloatBuffer().put(array);
    return Literal.ofBytes(type, out.array());
  }

  static Literal literal(int[] array, long... dims) {
    TensorType type = TensorType.of(DType.I32, dims);
    checkCount(type, array.length);
    ByteBuffer out = ByteBuffer.allocate(4 * array.length).order(ByteOrder.LITTLE_ENDIAN);
    out.asIntBuffer().put(array);
    return Literal.ofBytes(type, out.array());
  }

  private static void checkCount(TensorType type, int length) {
    if (type.shape().count() != length) {
      throw new IllegalArgumentException(
          "tensor: "
              + type.brief()
              + " has "
              + type.shape().count()
              + " elements, got "
              + length
              + UserFrame.suffix());
    }
  }

  static float[] floats(DeviceArray array) {
    Literal literal = array.toLiteral();
    float[] out = new float[literal.count()];
    if (literal.type().dtype() == DType.F32 && !literal.isSplat()) {
      literal.data().asFloatBuffer().get(out);
    } else {
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) literal.doubleAt(i);
      }
    }
    return out;
  }

  static double[] doubles(Literal literal) {
    double[] out = new double[literal.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.doubleAt(i);
    }
    return out;
  }

  static long[] longs(Literal literal) {
    requireWhole(literal, "toLongArray");
    long[] out = new long[literal.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.longAt(i);
    }
    return out;
  }

  static int[] ints(Literal literal) {
    requireWhole(literal, "toIntArray");
    int[] out = new int[literal.count()];
    for (int i = 0; i < out.length; i++) {
      long value = literal.longAt(i);
      if (value != (int) value && literal.type().dtype() != DType.U32) {
        throw new ArithmeticException("toIntArray: " + value + " does not fit; use toLongArray");
      }
      out[i] = (int) value;
    }
    return out;
  }

  private static void requireWhole(Literal literal, String what) {
    if (literal.type().dtype().isInexact()) {
      throw new IllegalArgumentException(
          what
              + ": elements must be integers or bool: got "
              + literal.type().brief()
              + UserFrame.suffix()
              + "\n  hint: convert first: x.astype(DType.I32)");
    }
  }

  static boolean[] booleans(Literal literal) {
    if (!literal.type().dtype().isBool()) {
      throw new IllegalArgumentException(
          "toBooleanArray: elements must be bool: got "
              + literal.type().brief()
              + UserFrame.suffix());
    }
    boolean[] out = new boolean[literal.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.longAt(i) != 0;
    }
    return out;
  }

  static Object nested(Literal literal) {
    return nested(literal, 0, 0);
  }

  private static Object nested(Literal literal, int axis, int offset) {
    Shape shape = literal.type().shape();
    if (axis == shape.rank()) {
      return element(literal, offset);
    }
    int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).count());
    int[] dims = new int[shape.rank() - axis];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.size(axis + i);
    }
    Object out = Array.newInstance(component(literal.type().dtype()), dims);
    for (int i = 0; i < dims[0]; i++) {
      Array.set(out, i, nested(literal, axis + 1, offset + i * inner));
    }
    return out;
  }

  private static Class<?> component(DType dtype) {
    if (dtype.isBool()) {
      return boolean.class;
    } else if (dtype.isInteger()) {
      return dtype.bits() < 32 || dtype == DType.I32 ? int.class : long.class;
    } else if (dtype.isFloat()) {
      return dtype == DType.F64 ? double.class : float.class;
    }
    throw new IllegalArgumentException(
        "toArray: complex tensors have no Java array: take real and imag first");
  }

  private static Object element(Literal literal, int i) {
    Class<?> component = component(literal.type().dtype());
    if (component == boolean.class) {
      return literal.longAt(i) != 0;
    } else if (component == int.class) {
      return (int) literal.longAt(i);
    } else if (component == long.class) {
      return literal.longAt(i);
    }
    return component == double.class ? literal.doubleAt(i) : (Object) (float) literal.doubleAt(i);
  }
}
