package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.*;
import static org.cornu.saving.Hdf5.check;

import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.cornu.stablehlo.ir.DType;
import org.jspecify.annotations.Nullable;

/** Element types between HDF5 and Cornu, spelled as h5py spells them. */
final class H5Types {
  /** HDF5's size of a string of variable length. */
  private static final long VARIABLE = -1;

  private H5Types() {}

  /**
   * The element type that a stored type stands for.
   *
   * @param marked the {@code dtype} attribute beside it: Keras stores bfloat16 as two opaque bytes
   * @return null for strings
   */
  static @Nullable DType dtype(long type, @Nullable Object marked, String where)
      throws FormatException {
    int size = (int) H5Tget_size(type);
    int kind = H5Tget_class(type);
    if (kind == H5T_STRING) {
      return null;
    }
    DType dtype = null;
    if (kind == H5T_INTEGER) {
      boolean signed = H5Tget_sign(type) != 0;
      dtype =
          switch (size) {
            case 1 -> signed ? DType.I8 : DType.U8;
            case 2 -> signed ? DType.I16 : DType.U16;
            case 4 -> signed ? DType.I32 : DType.U32;
            case 8 -> signed ? DType.I64 : DType.U64;
            default -> null;
          };
    } else if (kind == H5T_FLOAT) {
      dtype =
          switch (size) {
            case 2 -> H5Tget_ebias(type) == 127 ? DType.BF16 : DType.F16;
            case 4 -> DType.F32;
            case 8 -> DType.F64;
            default -> null;
          };
    } else if (kind == H5T_ENUM && size == 1) {
      dtype = DType.BOOL;
    } else if (kind == H5T_COMPOUND && H5Tget_nmembers(type) == 2) {
      dtype = size == 8 ? DType.C64 : size == 16 ? DType.C128 : null;
    } else if (kind == H5T_OPAQUE && marked instanceof String name) {
      try {
        DType named = ArrayTypes.ofNumpyName(name);
        dtype = named.bytes() == size ? named : null;
      } catch (IllegalArgumentException e) {
        dtype = null; // reported below
      }
    }
    if (dtype == null) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "hdf5: %s: stored type (class %d, %d bytes%s) is no array element type",
              where,
              kind,
              size,
              marked == null ? "" : ", dtype attribute '" + marked + "'"));
    }
    return dtype;
  }

  /** The in-memory form of a stored type: the same, little-endian. */
  static long memoryType(long type, Hdf5.Ids ids) throws FormatException {
    long copy = ids.add(H5Tcopy(type), "copy a type");
    int kind = H5Tget_class(type);
    if (kind == H5T_INTEGER || kind == H5T_FLOAT) {
      check(H5Tset_order(copy, H5T_ORDER_LE), "set byte order");
    } else if (kind == H5T_COMPOUND) {
      return compound(type, H5Tget_size(type), ids);
    }
    return copy;
  }

  private static long compound(long type, long size, Hdf5.Ids ids) throws FormatException {
    long made = ids.add(H5Tcreate(H5T_COMPOUND, size), "make a complex type");
    for (int i = 0; i < 2; i++) {
      long member = ids.add(H5Tget_member_type(type, i), "open a member's type");
      try (BytePointer name = H5Tget_member_name(type, i)) {
        String text = name.getString();
        H5free_memory(name);
        name.setNull();
        check(H5Tinsert(made, text, i * size / 2, memoryType(member, ids)), "complete a type");
      }
    }
    return made;
  }

  /** The type under which an element type is stored. */
  static long stored(DType dtype, Hdf5.Ids ids) throws FormatException {
    return switch (dtype) {
      case I8 -> H5T_STD_I8LE_g();
      case I16 -> H5T_STD_I16LE_g();
      case I32 -> H5T_STD_I32LE_g();
      case I64, INDEX -> H5T_STD_I64LE_g();
      case U8 -> H5T_STD_U8LE_g();
      case U16 -> H5T_STD_U16LE_g();
      case U32 -> H5T_STD_U32LE_g();
      case U64 -> H5T_STD_U64LE_g();
      case F32 -> H5T_IEEE_F32LE_g();
      case F64 -> H5T_IEEE_F64LE_g();
      case F16 -> {
        long half = ids.add(H5Tcopy(H5T_IEEE_F32LE_g()), "copy a type");
        check(H5Tset_fields(half, 15, 10, 5, 0, 10), "shape the half type");
        check(H5Tset_size(half, 2), "shape the half type");
        check(H5Tset_ebias(half, 15), "shape the half type");
        yield half;
      }
      case C64, C128 -> {
        long part = dtype == DType.C64 ? H5T_IEEE_F32LE_g() : H5T_IEEE_F64LE_g();
        long pair = ids.add(H5Tcreate(H5T_COMPOUND, dtype.bytes()), "make a complex type");
        check(H5Tinsert(pair, "r", 0, part), "make a complex type");
        check(H5Tinsert(pair, "i", dtype.bytes() / 2, part), "make a complex type");
        yield pair;
      }
      case BOOL -> {
        long flags = ids.add(H5Tenum_create(H5T_STD_I8LE_g()), "make the boolean type");
        try (BytePointer values = new BytePointer(new byte[] {0, 1})) {
          check(H5Tenum_insert(flags, "FALSE", values.position(0)), "make the boolean type");
          check(H5Tenum_insert(flags, "TRUE", values.position(1)), "make the boolean type");
        }
        yield flags;
      }
      case BF16,
          I2,
          I4,
          U2,
          U4,
          F4E2M1FN,
          F6E2M3FN,
          F6E3M2FN,
          F8E3M4,
          F8E4M3,
          F8E4M3FN,
          F8E4M3FNUZ,
          F8E4M3B11FNUZ,
          F8E5M2,
          F8E5M2FNUZ,
          F8E8M0FNU ->
          ids.add(H5Tcreate(H5T_OPAQUE, dtype.bytes()), "make an opaque type");
    };
  }

  /** Whether the type is stored as opaque bytes, with its name in an attribute beside it. */
  static boolean isOpaque(DType dtype) {
    return dtype == DType.BF16
        || (dtype.bits() < 8 && !dtype.isBool())
        || (dtype.bits() == 8 && dtype.isFloat());
  }

  /** A string type: of fixed length in bytes, or of variable length where {@code bytes} is 0. */
  static long string(int bytes, Hdf5.Ids ids) throws FormatException {
    long type = ids.add(H5Tcopy(H5T_C_S1_g()), "copy a type");
    check(H5Tset_size(type, bytes == 0 ? VARIABLE : bytes), "set a string's length");
    if (bytes == 0) {
      check(H5Tset_cset(type, H5T_CSET_UTF8), "set a string's character set");
    } else {
      check(H5Tset_strpad(type, H5T_STR_NULLPAD), "set a string's padding");
    }
    return type;
  }
}
