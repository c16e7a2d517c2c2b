package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.*;
import static org.cornu.saving.Hdf5.check;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;

/** Writes an HDF5 file that h5py and Keras read. Groups on the way to a path are made as needed. */
public final class H5Writer implements AutoCloseable {
  private final String name;
  private long id;

  private H5Writer(String name, long id) {
    this.name = name;
    this.id = id;
  }

  /** Makes a new file, in place of one that is there. */
  public static H5Writer create(Path path) throws IOException {
    synchronized (Hdf5.LOCK) {
      Hdf5.load();
      long id = H5Fcreate(path.toString(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
      return new H5Writer(path.toString(), check(id, "create " + path));
    }
  }

  /** Makes a group, unless it is there. */
  public void group(String path) throws IOException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        if (!exists(path)) {
          ids.add(
              H5Gcreate2(id(), path, intermediate(ids), H5P_DEFAULT, H5P_DEFAULT),
              "make group " + name + ":" + path);
        }
      }
    }
  }

  /** Gives a group or dataset an attribute: a string, number, boolean, or a list of strings. */
  public void attribute(String path, String attribute, Object value) throws IOException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        String where = name + ":" + path + "@" + attribute;
        long object = ids.add(H5Oopen(id(), path, H5P_DEFAULT), "find " + name + ":" + path);
        if (H5Aexists(object, attribute) > 0) {
          check(H5Adelete(object, attribute), "replace " + where);
        }
        H5Attributes.write(object, attribute, value, where);
      }
    }
  }

  /**
   * Writes an array. Types that HDF5 lacks are stored as opaque bytes with their NumPy name in the
   * attribute {@code dtype}, as Keras stores bfloat16.
   */
  public void dataset(String path, Literal value) throws IOException {
    DType dtype = value.type().dtype();
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids()) {
        String where = name + ":" + path;
        long type = H5Types.stored(dtype, ids);
        long space = H5Attributes.space(value.type().shape(), ids);
        long dataset =
            ids.add(
                H5Dcreate2(id(), path, type, space, intermediate(ids), H5P_DEFAULT, H5P_DEFAULT),
                "make dataset " + where);
        if (value.type().shape().count() > 0) {
          try (BytePointer data = new BytePointer(value.expandedBytes())) {
            check(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data), "write " + where);
          }
        }
        if (H5Types.isOpaque(dtype)) {
          H5Attributes.write(dataset, "dtype", ArrayTypes.numpyName(dtype), where + "@dtype");
        }
      }
    }
  }

  private boolean exists(String path) {
    StringBuilder at = new StringBuilder();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        at.append('/').append(part);
        if (H5Lexists(id(), at.toString(), H5P_DEFAULT) <= 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static long intermediate(Hdf5.Ids ids) throws FormatException {
    long properties = ids.add(H5Pcreate(H5P_CLS_LINK_CREATE_ID_g()), "make link properties");
    check(H5Pset_create_intermediate_group(properties, 1), "set link properties");
    return properties;
  }

  private long id() {
    if (id == 0) {
      throw new IllegalStateException("hdf5: " + name + " is closed");
    }
    return id;
  }

  /** Writes what is left and closes the file. */
  @Override
  public void close() throws IOException {
    synchronized (Hdf5.LOCK) {
      if (id != 0) {
        long closing = id;
        id = 0;
        check(H5Fclose(closing), "finish " + name);
      }
    }
  }
}
