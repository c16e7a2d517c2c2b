package org.cornu.saving;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;

/** Element types under the names that NumPy, Keras and safetensors give them. */
public final class ArrayTypes {
  private static final Map<DType, String> NUMPY = new EnumMap<>(DType.class);
  private static final Map<String, DType> BY_NUMPY = new HashMap<>();
  private static final Map<DType, String> SAFETENSORS = new EnumMap<>(DType.class);
  private static final Map<String, DType> BY_SAFETENSORS = new HashMap<>();

  static {
    name(DType.BOOL, "bool", "BOOL");
    name(DType.I2, "int2", "");
    name(DType.I4, "int4", "I4");
    name(DType.I8, "int8", "I8");
    name(DType.I16, "int16", "I16");
    name(DType.I32, "int32", "I32");
    name(DType.I64, "int64", "I64");
    name(DType.U2, "uint2", "");
    name(DType.U4, "uint4", "U4");
    name(DType.U8, "uint8", "U8");
    name(DType.U16, "uint16", "U16");
    name(DType.U32, "uint32", "U32");
    name(DType.U64, "uint64", "U64");
    name(DType.F4E2M1FN, "float4_e2m1fn", "");
    name(DType.F8E3M4, "float8_e3m4", "");
    name(DType.F8E4M3, "float8_e4m3", "");
    name(DType.F8E4M3FN, "float8_e4m3fn", "F8_E4M3");
    name(DType.F8E4M3FNUZ, "float8_e4m3fnuz", "F8_E4M3FNUZ");
    name(DType.F8E4M3B11FNUZ, "float8_e4m3b11fnuz", "");
    name(DType.F8E5M2, "float8_e5m2", "F8_E5M2");
    name(DType.F8E5M2FNUZ, "float8_e5m2fnuz", "F8_E5M2FNUZ");
    name(DType.F8E8M0FNU, "float8_e8m0fnu", "F8_E8M0");
    name(DType.F16, "float16", "F16");
    name(DType.BF16, "bfloat16", "BF16");
    name(DType.F32, "float32", "F32");
    name(DType.F64, "float64", "F64");
    name(DType.C64, "complex64", "C64");
    name(DType.C128, "complex128", "");
  }

  private ArrayTypes() {}

  private static void name(DType dtype, String numpy, String safetensors) {
    NUMPY.put(dtype, numpy);
    BY_NUMPY.put(numpy, dtype);
    if (!safetensors.isEmpty() && dtype.bits() >= 8 || dtype.isBool()) {
      SAFETENSORS.put(dtype, safetensors);
      BY_SAFETENSORS.put(safetensors, dtype);
    }
  }

  /**
   * NumPy's and Keras' name: {@code float32}, {@code bfloat16}, {@code bool}.
   *
   * @throws IllegalArgumentException where NumPy has no such type
   */
  public static String numpyName(DType dtype) {
    String name = NUMPY.get(dtype);
    if (name == null) {
      throw new IllegalArgumentException("no NumPy name for element type " + dtype);
    }
    return name;
  }

  /**
   * The element type with a NumPy name.
   *
   * @throws IllegalArgumentException where the name is unknown
   */
  public static DType ofNumpyName(String name) {
    DType dtype = BY_NUMPY.get(name);
    if (dtype == null) {
      throw new IllegalArgumentException("no element type '" + name + "'");
    }
    return dtype;
  }

  static String safetensorsName(DType dtype) {
    String name = SAFETENSORS.get(dtype);
    if (name == null) {
      throw new IllegalArgumentException("safetensors: cannot hold element type " + dtype);
    }
    return name;
  }

  static DType ofSafetensorsName(String name) throws FormatException {
    DType dtype = BY_SAFETENSORS.get(name);
    if (dtype == null) {
      throw new FormatException("safetensors: element type '" + name + "' is not supported");
    }
    return dtype;
  }
}
