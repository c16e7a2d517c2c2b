package org.cornu.stablehlo.ir;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Element types of StableHLO (spec, "Types"). {@link #text} is the short name users see ({@code
 * bool}, {@code u8}, {@code c64}), {@link #mlir} the one in programs ({@code i1}, {@code ui8},
 * {@code complex<f32>}).
 */
public enum DType implements ElementType {
  BOOL("bool", "i1", Kind.BOOLEAN, 1),
  I2("i2", "i2", Kind.SIGNED, 2),
  I4("i4", "i4", Kind.SIGNED, 4),
  I8("i8", "i8", Kind.SIGNED, 8),
  I16("i16", "i16", Kind.SIGNED, 16),
  I32("i32", "i32", Kind.SIGNED, 32),
  I64("i64", "i64", Kind.SIGNED, 64),
  U2("u2", "ui2", Kind.UNSIGNED, 2),
  U4("u4", "ui4", Kind.UNSIGNED, 4),
  U8("u8", "ui8", Kind.UNSIGNED, 8),
  U16("u16", "ui16", Kind.UNSIGNED, 16),
  U32("u32", "ui32", Kind.UNSIGNED, 32),
  U64("u64", "ui64", Kind.UNSIGNED, 64),
  F4E2M1FN("f4e2m1fn", "f4E2M1FN", Kind.FLOAT, 4),
  F6E2M3FN("f6e2m3fn", "f6E2M3FN", Kind.FLOAT, 6),
  F6E3M2FN("f6e3m2fn", "f6E3M2FN", Kind.FLOAT, 6),
  F8E3M4("f8e3m4", "f8E3M4", Kind.FLOAT, 8),
  F8E4M3("f8e4m3", "f8E4M3", Kind.FLOAT, 8),
  F8E4M3FN("f8e4m3fn", "f8E4M3FN", Kind.FLOAT, 8),
  F8E4M3FNUZ("f8e4m3fnuz", "f8E4M3FNUZ", Kind.FLOAT, 8),
  F8E4M3B11FNUZ("f8e4m3b11fnuz", "f8E4M3B11FNUZ", Kind.FLOAT, 8),
  F8E5M2("f8e5m2", "f8E5M2", Kind.FLOAT, 8),
  F8E5M2FNUZ("f8e5m2fnuz", "f8E5M2FNUZ", Kind.FLOAT, 8),
  F8E8M0FNU("f8e8m0fnu", "f8E8M0FNU", Kind.FLOAT, 8),
  F16("f16", "f16", Kind.FLOAT, 16),
  BF16("bf16", "bf16", Kind.FLOAT, 16),
  F32("f32", "f32", Kind.FLOAT, 32),
  F64("f64", "f64", Kind.FLOAT, 64),
  C64("c64", "complex<f32>", Kind.COMPLEX, 64),
  C128("c128", "complex<f64>", Kind.COMPLEX, 128),
  /** Width of the host's index type; only shape operands of dynamic ops have it. */
  INDEX("index", "index", Kind.SIGNED, 64);

  private enum Kind {
    BOOLEAN,
    SIGNED,
    UNSIGNED,
    FLOAT,
    COMPLEX
  }

  private static final Map<String, DType> BY_NAME = new HashMap<>();

  static {
    for (DType dtype : values()) {
      BY_NAME.put(dtype.text, dtype);
      BY_NAME.put(dtype.mlir, dtype);
    }
  }

  private final String text;
  private final String mlir;
  private final Kind kind;
  private final int bits;

  DType(String text, String mlir, Kind kind, int bits) {
    this.text = text;
    this.mlir = mlir;
    this.kind = kind;
    this.bits = bits;
  }

  /** The type with this user-facing or MLIR name, or null. */
  public static @Nullable DType byName(String name) {
    return BY_NAME.get(name);
  }

  /** Short name for users: {@code f32}, {@code bool}, {@code u8}, {@code c64}. */
  public String text() {
    return text;
  }

  @Override
  public String mlir() {
    return mlir;
  }

  @Override
  public DType storage() {
    return this;
  }

  /** Bits of one element; 1 for bool, both parts for complex. */
  public int bits() {
    return bits;
  }

  /** Bytes of one element in host memory; types below 8 bits take one byte each. */
  public int bytes() {
    return Math.max(1, bits / 8);
  }

  /** True for {@link #BOOL}. */
  public boolean isBool() {
    return kind == Kind.BOOLEAN;
  }

  /** True for signed and unsigned integers, not for bool. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** True for signed integers. */
  public boolean isSigned() {
    return kind == Kind.SIGNED;
  }

  /** True for unsigned integers. */
  public boolean isUnsigned() {
    return kind == Kind.UNSIGNED;
  }

  /** True for real floating-point types of any width. */
  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** True for complex types. */
  public boolean isComplex() {
    return kind == Kind.COMPLEX;
  }

  /** True where derivatives live: real floats and complex numbers. */
  public boolean isInexact() {
    return isFloat() || isComplex();
  }

  /** The type of the parts of a complex type; itself otherwise. */
  public DType real() {
    return switch (this) {
      case C64 -> F32;
      case C128 -> F64;
      default -> this;
    };
  }

  /** The complex type whose parts have this type ({@link #F32} or {@link #F64}). */
  public DType complex() {
    return switch (this) {
      case F32, C64 -> C64;
      case F64, C128 -> C128;
      default -> throw new IllegalArgumentException("no complex type has parts of type " + text);
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
