package org.cornu.pjrt;

/** XLA's own numbers for element types (PrimitiveType), which differ from those of PJRT. */
final class PrimitiveTypes {
  private PrimitiveTypes() {}

  /** The element type with a PrimitiveType number; INVALID for tuples and unknown types. */
  static BufferType of(int number) {
    return switch (number) {
      case 1 -> BufferType.PRED;
      case 2 -> BufferType.S8;
      case 3 -> BufferType.S16;
      case 4 -> BufferType.S32;
      case 5 -> BufferType.S64;
      case 6 -> BufferType.U8;
      case 7 -> BufferType.U16;
      case 8 -> BufferType.U32;
      case 9 -> BufferType.U64;
      case 10 -> BufferType.F16;
      case 11 -> BufferType.F32;
      case 12 -> BufferType.F64;
      case 15 -> BufferType.C64;
      case 16 -> BufferType.BF16;
      case 17 -> BufferType.TOKEN;
      case 18 -> BufferType.C128;
      case 19 -> BufferType.F8E5M2;
      case 20 -> BufferType.F8E4M3FN;
      case 21 -> BufferType.S4;
      case 22 -> BufferType.U4;
      case 23 -> BufferType.F8E4M3B11FNUZ;
      case 24 -> BufferType.F8E5M2FNUZ;
      case 25 -> BufferType.F8E4M3FNUZ;
      case 26 -> BufferType.S2;
      case 27 -> BufferType.U2;
      case 28 -> BufferType.F8E4M3;
      case 29 -> BufferType.F8E3M4;
      case 30 -> BufferType.S1;
      case 31 -> BufferType.U1;
      case 32 -> BufferType.F4E2M1FN;
      case 33 -> BufferType.F8E8M0FNU;
      default -> BufferType.INVALID;
    };
  }
}
