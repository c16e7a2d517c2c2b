package org.cornu.ops;

import java.util.Locale;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;

/**
 * The element type of a result from those of its operands: the lattice of JAX and Keras.
 *
 * <ul>
 *   <li>bool gives way to everything; integers give way to floats of any width, floats to complex
 *       numbers.
 *   <li>Two unsigned or two signed integers meet in the wider; signed and unsigned in the narrowest
 *       signed type that holds both ({@code u8, i8 -> i16}).
 *   <li>{@code f16} and {@code bf16} meet in {@code f32}. Floats below 16 bits meet nothing but
 *       themselves and integers.
 *   <li>64-bit types appear only where an operand has one: {@code u32, i32 -> i32}; {@code u64, i64
 *       -> f32}.
 *   <li>Java scalars are weak: they take the type of the tensor, except that a {@code double} makes
 *       an integer or bool tensor {@code f32}, and a {@code long} makes a bool tensor {@code i32}.
 * </ul>
 */
public final class Promotion {
  private Promotion() {}

  /** The type that {@code a} and {@code b} meet in. */
  public static DType result(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.isBool()) {
      return b;
    }
    if (b.isBool()) {
      return a;
    }
    if (a.isComplex() || b.isComplex()) {
      boolean wide = a.real() == DType.F64 || b.real() == DType.F64;
      return wide ? DType.C128 : DType.C64;
    }
    if (a.isFloat() && b.isFloat()) {
      return floats(a, b);
    }
    if (a.isFloat()) {
      return a;
    }
    if (b.isFloat()) {
      return b;
    }
    return integers(a, b);
  }

  private static DType floats(DType a, DType b) {
    if (a.bits() < 16 || b.bits() < 16) {
      throw new OpException(
          "promotion: floats below 16 bits do not combine with other floats: got "
              + a
              + " and "
              + b
              + "\n  hint: convert one with astype");
    }
    if (a.bits() == b.bits()) {
      return DType.F32;
    }
    return a.bits() > b.bits() ? a : b;
  }

  private static DType integers(DType a, DType b) {
    if (a.isSigned() == b.isSigned()) {
      return a.bits() >= b.bits() ? a : b;
    }
    DType signed = a.isSigned() ? a : b;
    DType unsigned = a.isSigned() ? b : a;
    if (unsigned.bits() < signed.bits()) {
      return signed;
    }
    return switch (unsigned.bits()) {
      case 2 -> DType.I4;
      case 4 -> DType.I8;
      case 8 -> DType.I16;
      case 16 -> DType.I32;
      case 32 -> DType.I32;
      default -> DType.F32;
    };
  }

  /** The type that all of {@code types} meet in; at least one is needed. */
  public static DType result(DType... types) {
    DType out = types[0];
    for (DType type : types) {
      out = result(out, type);
    }
    return out;
  }

  /** The type in which a function of real numbers is computed: bool and integers become f32. */
  public static DType inexact(DType dtype) {
    return dtype.isInexact() ? dtype : DType.F32;
  }

  /** The type of sums and products: bool and narrow integers are widened to 32 bits. */
  public static DType accumulator(DType dtype) {
    if (dtype.isBool()) {
      return DType.I32;
    }
    if (dtype.isInteger() && dtype.bits() < 32) {
      return dtype.isUnsigned() ? DType.U32 : DType.I32;
    }
    return dtype;
  }

  /** The type in which means are computed: f32 at least. */
  static DType wide(DType dtype) {
    return dtype.isComplex() || dtype == DType.F64 ? dtype : DType.F32;
  }

  /** The type of a {@code double} beside a tensor of type {@code dtype}. */
  public static DType weakDouble(DType dtype) {
    return inexact(dtype);
  }

  /** The type of a {@code long} beside a tensor of type {@code dtype}. */
  public static DType weakLong(DType dtype) {
    return dtype.isBool() ? DType.I32 : dtype;
  }

  /**
   * A type by Keras' or Cornu's name: {@code float32}, {@code f32}, {@code bfloat16}, {@code int8},
   * {@code uint8}, {@code bool}, {@code complex64}; {@code int64} and the like stay 64 bits wide.
   */
  public static DType byName(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    String brief =
        switch (key) {
          case "boolean" -> "bool";
          case "half" -> "f16";
          case "float" -> "f32";
          case "int" -> "i32";
          case "double" -> "f64";
          case "bfloat16" -> "bf16";
          default ->
              key.replaceFirst("^float", "f")
                  .replaceFirst("^uint", "u")
                  .replaceFirst("^int", "i")
                  .replaceFirst("^complex", "c")
                  .replace("_", "");
        };
    DType dtype = DType.byName(brief);
    if (dtype == null) {
      throw new OpException("dtype: no element type is named '" + name + "'");
    }
    return dtype;
  }

  /** Keras' name of a type: {@code float32}. */
  public static String kerasName(DType dtype) {
    if (dtype.isBool()) {
      return "bool";
    }
    if (dtype == DType.BF16) {
      return "bfloat16";
    }
    String text = dtype.text();
    String rest = text.substring(1);
    return switch (text.charAt(0)) {
      case 'f' -> "float" + rest.replaceFirst("^8", "8_");
      case 'u' -> "uint" + rest;
      case 'i' -> "int" + rest;
      default -> "complex" + rest;
    };
  }
}
