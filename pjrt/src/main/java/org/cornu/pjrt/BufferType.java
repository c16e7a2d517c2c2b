package org.cornu.pjrt;

/**
 * Element types of device buffers, in the order of the PJRT C API's numbers.
 *
 * <p>On the host every element takes a whole number of bytes; the types narrower than a byte take
 * one byte per element there and are packed on the device. bf16, f16 and the f8 kinds have no Java
 * type: their bits travel as {@code short} and {@code byte}.
 */
public enum BufferType {
  INVALID(0),
  PRED(8),
  S8(8),
  S16(16),
  S32(32),
  S64(64),
  U8(8),
  U16(16),
  U32(32),
  U64(64),
  F16(16),
  F32(32),
  F64(64),
  BF16(16),
  C64(64),
  C128(128),
  F8E5M2(8),
  F8E4M3FN(8),
  F8E4M3B11FNUZ(8),
  F8E5M2FNUZ(8),
  F8E4M3FNUZ(8),
  S4(4),
  U4(4),
  TOKEN(0),
  S2(2),
  U2(2),
  F8E4M3(8),
  F8E3M4(8),
  F8E8M0FNU(8),
  F4E2M1FN(4),
  S1(1),
  U1(1);

  private static final BufferType[] BY_NUMBER = values();

  private final int bits;

  BufferType(int bits) {
    this.bits = bits;
  }

  /** Bits of one element as a type: 1 for {@link #S1}, 4 for {@link #S4}, 8 for {@link #PRED}. */
  public int bits() {
    return bits;
  }

  /** Bytes of one element in host memory: at least 1; 0 for {@link #TOKEN}. */
  public int byteSize() {
    return (bits + 7) / 8;
  }

  /** Whether several elements share a byte on the device. */
  public boolean isSubByte() {
    return bits > 0 && bits < 8;
  }

  /** Whether elements are pairs of a real and an imaginary part. */
  public boolean isComplex() {
    return this == C64 || this == C128;
  }

  /** Whether buffers of this type hold data. */
  public boolean hasData() {
    return bits > 0;
  }

  /** Bytes that {@code elements} elements take in host memory. */
  public long hostBytes(long elements) {
    return Math.multiplyExact(elements, (long) byteSize());
  }

  /** Bytes that {@code elements} elements take on the device, without padding. */
  public long deviceBytes(long elements) {
    return isSubByte() ? (Math.multiplyExact(elements, (long) bits) + 7) / 8 : hostBytes(elements);
  }

  /** The type as MLIR writes it, such as {@code f32}, {@code ui8}, {@code i1}. */
  public String mlirName() {
    return switch (this) {
      case INVALID -> "none";
      case PRED -> "i1";
      case S1, S2, S4, S8, S16, S32, S64 -> "i" + bits;
      case U1, U2, U4, U8, U16, U32, U64 -> "ui" + bits;
      case F16, F32, F64, BF16 -> name().toLowerCase(java.util.Locale.ROOT);
      case C64 -> "complex<f32>";
      case C128 -> "complex<f64>";
      case F8E5M2,
          F8E4M3FN,
          F8E4M3B11FNUZ,
          F8E5M2FNUZ,
          F8E4M3FNUZ,
          F8E4M3,
          F8E3M4,
          F8E8M0FNU,
          F4E2M1FN ->
          "f" + name().substring(1);
      case TOKEN -> "!stablehlo.token";
    };
  }

  /** The number of the C API. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the API's, checked by a test
  int number() {
    return ordinal();
  }

  /** The type with a number of the C API; numbers of newer plugins are {@link #INVALID}. */
  static BufferType of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : INVALID;
  }
}
