package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.*;
import static org.cornu.saving.Hdf5.check;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.hdf5.H5O_info2_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/** Attributes of HDF5 objects as Java values, and strings wherever they are stored. */
final class H5Attributes {
  private H5Attributes() {}

  static Map<String, @Nullable Object> read(H5File file, String path) throws FormatException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids();
          H5O_info2_t info = new H5O_info2_t()) {
        String where = file.where(path);
        long object = ids.add(H5Oopen(file.id(), path, H5P_DEFAULT), "open " + where);
        check(H5Oget_info3(object, info, H5O_INFO_NUM_ATTRS), "count the attributes of " + where);
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (long i = 0; i < info.num_attrs(); i++) {
          long attribute =
              ids.add(
                  H5Aopen_by_idx(
                      object, ".", H5_INDEX_NAME, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT),
                  "open attribute " + i + " of " + where);
          String name = name(attribute, where);
          out.put(name, value(attribute, where + "@" + name, ids));
        }
        return out;
      }
    }
  }

  @SuppressWarnings("NullAway") // without a buffer the call tells the length
  private static String name(long attribute, String where) throws FormatException {
    int length =
        (int) check(H5Aget_name(attribute, 0, (byte[]) null), "name an attribute " + where);
    byte[] text = new byte[length + 1];
    check(H5Aget_name(attribute, text.length, text), "name an attribute of " + where);
    return new String(text, 0, length, StandardCharsets.UTF_8);
  }

  private static @Nullable Object value(long attribute, String where, Hdf5.Ids ids)
      throws FormatException {
    long type = ids.add(H5Aget_type(attribute), "read the type of " + where);
    long space = ids.add(H5Aget_space(attribute), "read the shape of " + where);
    if (H5Sget_simple_extent_type(space) == H5S_NULL) {
      return null;
    }
    Shape shape = shape(space, where);
    int count = Math.toIntExact(shape.count());
    List<Object> items = new ArrayList<>();
    DType dtype = H5Types.dtype(type, null, where);
    if (dtype == null) {
      items.addAll(
          strings(type, count, space, (memory, data) -> H5Aread(attribute, memory, data), where));
    } else {
      try (BytePointer data = new BytePointer(Math.max(1, count * dtype.bytes()))) {
        check(H5Aread(attribute, H5Types.memoryType(type, ids), data), "read " + where);
        byte[] bytes = new byte[count * dtype.bytes()];
        data.get(bytes);
        Literal literal = Literal.ofBytes(TensorType.of(dtype, count), bytes);
        for (int i = 0; i < count; i++) {
          items.add(
              dtype.isBool()
                  ? (Object) (literal.longAt(i) != 0)
                  : dtype.isInteger() ? (Object) literal.longAt(i) : literal.doubleAt(i));
        }
      }
    }
    return shape.rank() == 0 ? items.get(0) : items;
  }

  static Shape shape(long space, String where) throws FormatException {
    int rank = (int) check(H5Sget_simple_extent_ndims(space), "read the shape of " + where);
    long[] dims = new long[rank];
    check(H5Sget_simple_extent_dims(space, dims, new long[rank]), "read the shape of " + where);
    return Shape.of(dims);
  }

  /** How to read raw data: {@code H5Aread} or {@code H5Dread}. */
  interface Reader {
    int read(long memoryType, org.bytedeco.javacpp.Pointer data);
  }

  /** Reads strings of fixed or variable length; trailing zero bytes are padding. */
  static List<String> strings(long type, int count, long space, Reader reader, String where)
      throws FormatException {
    List<String> out = new ArrayList<>();
    if (count == 0) {
      return out;
    }
    if (H5Tis_variable_str(type) > 0) {
      try (PointerPointer<BytePointer> data = new PointerPointer<>(count)) {
        check(reader.read(type, data), "read " + where);
        for (int i = 0; i < count; i++) {
          BytePointer text = data.get(BytePointer.class, i);
          out.add(text == null ? "" : new String(text.getStringBytes(), StandardCharsets.UTF_8));
        }
        check(H5Treclaim(type, space, H5P_DEFAULT, data), "release " + where);
      }
      return out;
    }
    int size = (int) H5Tget_size(type);
    try (BytePointer data = new BytePointer((long) count * size)) {
      check(reader.read(type, data), "read " + where);
      byte[] bytes = new byte[size];
      for (int i = 0; i < count; i++) {
        data.position((long) i * size).get(bytes);
        int end = size;
        while (end > 0 && bytes[end - 1] == 0) {
          end--;
        }
        out.add(new String(bytes, 0, end, StandardCharsets.UTF_8));
      }
    }
    return out;
  }

  /** Writes an attribute: a string, a number, a boolean, or a list of strings. */
  static void write(long object, String name, Object value, String where) throws FormatException {
    try (Hdf5.Ids ids = new Hdf5.Ids()) {
      if (value instanceof String text) {
        long type = H5Types.string(0, ids); // variable length: of any size, outside the header
        long attribute = create(object, name, type, Shape.SCALAR, ids, where);
        try (BytePointer bytes = new BytePointer(text, StandardCharsets.UTF_8);
            PointerPointer<BytePointer> data = new PointerPointer<>(1)) {
          data.put(0, bytes);
          check(H5Awrite(attribute, type, data), "write attribute " + where);
        }
      } else if (value instanceof Collection<?> list) {
        writeList(object, name, list, ids, where);
      } else {
        boolean whole = value instanceof Integer || value instanceof Long;
        DType dtype = value instanceof Boolean ? DType.BOOL : whole ? DType.I64 : DType.F64;
        TensorType type = TensorType.of(dtype);
        Literal literal =
            value instanceof Boolean flag
                ? Literal.ofBooleans(type, flag)
                : whole
                    ? Literal.ofLongs(type, ((Number) value).longValue())
                    : Literal.ofDoubles(type, ((Number) value).doubleValue());
        long stored = H5Types.stored(dtype, ids);
        long attribute = create(object, name, stored, Shape.SCALAR, ids, where);
        try (BytePointer data = new BytePointer(literal.expandedBytes())) {
          check(H5Awrite(attribute, stored, data), "write attribute " + where);
        }
      }
    }
  }

  private static void writeList(
      long object, String name, Collection<?> list, Hdf5.Ids ids, String where)
      throws FormatException {
    List<byte[]> items = new ArrayList<>();
    int width = 1;
    for (Object item : list) {
      byte[] bytes = String.valueOf(item).getBytes(StandardCharsets.UTF_8);
      items.add(bytes);
      width = Math.max(width, bytes.length);
    }
    long type = H5Types.string(width, ids);
    long attribute = create(object, name, type, Shape.of(items.size()), ids, where);
    try (BytePointer data = new BytePointer(Math.max(1, (long) width * items.size()))) {
      org.bytedeco.javacpp.Pointer.memset(data, 0, data.capacity());
      for (int i = 0; i < items.size(); i++) {
        data.position((long) i * width).put(items.get(i));
      }
      check(H5Awrite(attribute, type, data.position(0)), "write attribute " + where);
    }
  }

  private static long create(
      long object, String name, long type, Shape shape, Hdf5.Ids ids, String where)
      throws FormatException {
    long space = space(shape, ids);
    return ids.add(
        H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), "make attribute " + where);
  }

  static long space(Shape shape, Hdf5.Ids ids) throws FormatException {
    return ids.add(
        shape.rank() == 0
            ? H5Screate(H5S_SCALAR)
            : H5Screate_simple(shape.rank(), shape.dims(), shape.dims()),
        "make a shape");
  }
}
