package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.*;
import static org.cornu.saving.Hdf5.check;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.Nullable;

/** An array in an HDF5 file. */
public final class H5Dataset implements H5Node {
  /** Above this size, data that is this much bigger than what is stored is taken for an attack. */
  private static final long LARGE = 4L << 30;

  private static final long MAX_EXPANSION = 1000;

  private final H5File file;
  private final String path;

  H5Dataset(H5File file, String path) {
    this.file = file;
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Map<String, @Nullable Object> attributes() throws IOException {
    return H5Attributes.read(file, path);
  }

  /**
   * Element type and shape, without reading the data.
   *
   * @throws FormatException where the elements are strings or of a type that arrays do not have
   */
  public TensorType type() throws IOException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        return type(open(ids), ids);
      }
    }
  }

  private long open(Hdf5.Ids ids) throws FormatException {
    return ids.add(H5Dopen2(file.id(), path, H5P_DEFAULT), "open dataset " + file.where(path));
  }

  private TensorType type(long dataset, Hdf5.Ids ids) throws IOException {
    String where = file.where(path);
    long stored = ids.add(H5Dget_type(dataset), "read the type of " + where);
    Object marked = H5Tget_class(stored) == H5T_OPAQUE ? attributes().get("dtype") : null;
    DType dtype = H5Types.dtype(stored, marked, where);
    if (dtype == null) {
      throw new FormatException("hdf5: " + where + " holds strings, not numbers");
    }
    long space = ids.add(H5Dget_space(dataset), "read the shape of " + where);
    return TensorType.of(dtype, H5Attributes.shape(space, where));
  }

  /** Reads the array. */
  public Literal read() throws IOException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        long dataset = open(ids);
        TensorType type = type(dataset, ids);
        long size = checkStorage(dataset, type.shape(), type.dtype().bytes(), ids);
        byte[] bytes = new byte[(int) size];
        if (size > 0) {
          long stored = ids.add(H5Dget_type(dataset), "read the type of " + file.where(path));
          long memory = H5Types.memoryType(stored, ids);
          try (BytePointer data = new BytePointer(size)) {
            check(
                H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
                "read " + file.where(path));
            data.get(bytes);
          }
        }
        return Literal.ofBytes(type, bytes);
      }
    }
  }

  /** Reads an array of strings, flat in row-major order. */
  public List<String> readStrings() throws IOException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        String where = file.where(path);
        long dataset = open(ids);
        long type = ids.add(H5Dget_type(dataset), "read the type of " + where);
        if (H5Tget_class(type) != H5T_STRING) {
          throw new FormatException("hdf5: " + where + " holds no strings");
        }
        long space = ids.add(H5Dget_space(dataset), "read the shape of " + where);
        Shape shape = H5Attributes.shape(space, where);
        checkStorage(dataset, shape, 1, ids);
        return H5Attributes.strings(
            type,
            Math.toIntExact(shape.count()),
            space,
            (memory, data) -> H5Dread(dataset, memory, H5S_ALL, H5S_ALL, H5P_DEFAULT, data),
            where);
      }
    }
  }

  private long checkStorage(long dataset, Shape shape, int elementBytes, Hdf5.Ids ids)
      throws FormatException {
    String where = file.where(path);
    long properties = ids.add(H5Dget_create_plist(dataset), "read the layout of " + where);
    if (H5Pget_layout(properties) == H5D_VIRTUAL || H5Pget_external_count(properties) > 0) {
      throw new FormatException("hdf5: " + where + " is stored outside the file, which is refused");
    }
    long size = Math.multiplyExact(shape.count(), elementBytes);
    long onDisk = H5Dget_storage_size(dataset);
    if (size > LARGE && size / Math.max(1, onDisk) > MAX_EXPANSION) {
      throw new FormatException(
          "hdf5: "
              + where
              + " would expand from "
              + onDisk
              + " to "
              + size
              + " bytes, which is refused");
    }
    if (size > Integer.MAX_VALUE - 8) {
      throw new FormatException("hdf5: " + where + " has " + size + " bytes; 2 GiB is the most");
    }
    return size;
  }

  @Override
  public String toString() {
    return file.where(path);
  }
}
