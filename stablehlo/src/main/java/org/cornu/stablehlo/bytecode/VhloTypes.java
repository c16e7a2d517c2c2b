package org.cornu.stablehlo.bytecode;

import java.util.EnumMap;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/** Codes of VHLO's plain element types, and the version of StableHLO that brought each. */
final class VhloTypes {
  private VhloTypes() {}

  private record Plain(int code, Version since) {}

  private static final Map<DType, Plain> CODES = new EnumMap<>(DType.class);
  private static final Map<Integer, DType> BY_CODE = new java.util.HashMap<>();

  private static void add(DType dtype, int code, int major, int minor) {
    CODES.put(dtype, new Plain(code, new Version(major, minor, 0)));
    BY_CODE.put(code, dtype);
  }

  static {
    add(DType.BOOL, 0, 0, 9);
    add(DType.BF16, 2, 0, 9);
    add(DType.F16, 3, 0, 9);
    add(DType.F32, 4, 0, 9);
    add(DType.F64, 5, 0, 9);
    add(DType.F8E4M3FN, 6, 0, 9);
    add(DType.F8E5M2, 7, 0, 9);
    add(DType.INDEX, 9, 0, 9);
    add(DType.I4, 10, 0, 9);
    add(DType.I8, 11, 0, 9);
    add(DType.I16, 12, 0, 9);
    add(DType.I32, 13, 0, 9);
    add(DType.I64, 14, 0, 9);
    add(DType.U4, 15, 0, 9);
    add(DType.U8, 16, 0, 9);
    add(DType.U16, 17, 0, 9);
    add(DType.U32, 18, 0, 9);
    add(DType.U64, 19, 0, 9);
    add(DType.F8E4M3FNUZ, 27, 0, 10);
    add(DType.F8E5M2FNUZ, 28, 0, 10);
    add(DType.F8E4M3B11FNUZ, 29, 0, 11);
    add(DType.I2, 31, 1, 2);
    add(DType.U2, 32, 1, 2);
    add(DType.F8E4M3, 35, 1, 7);
    add(DType.F8E3M4, 36, 1, 7);
    add(DType.F4E2M1FN, 37, 1, 8);
    add(DType.F6E2M3FN, 38, 1, 8);
    add(DType.F6E3M2FN, 39, 1, 8);
    add(DType.F8E8M0FNU, 40, 1, 8);
  }

  /** The element type of this code, or null. */
  static @Nullable DType plain(int code) {
    return BY_CODE.get(code);
  }

  /** Code of a type that is not complex. */
  static int code(DType dtype, Version target) {
    Plain plain = CODES.get(dtype);
    if (plain == null) {
      throw new BytecodeException("type " + dtype + " has no code of its own");
    }
    if (target.compareTo(plain.since()) < 0) {
      throw new BytecodeException(
          "type " + dtype + " needs StableHLO " + plain.since() + ", target is " + target);
    }
    return plain.code();
  }
}
