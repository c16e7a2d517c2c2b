package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.*;
import static org.cornu.saving.Hdf5.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.hdf5.H5G_info_t;
import org.bytedeco.hdf5.H5L_info2_t;
import org.bytedeco.hdf5.H5O_info2_t;
import org.bytedeco.javacpp.BytePointer;

/**
 * An HDF5 file opened for reading. Groups are listed when they are asked for, data is read when a
 * dataset is. Links that lead out of the file, and datasets stored elsewhere, are refused.
 */
public final class H5File implements AutoCloseable {
  private final String name;
  private long id;

  private H5File(String name, long id) {
    this.name = name;
    this.id = id;
  }

  /**
   * Opens a file.
   *
   * @throws FormatException where it is no HDF5 file
   */
  public static H5File open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    synchronized (Hdf5.LOCK) {
      Hdf5.load();
      long id = H5Fopen(path.toString(), H5F_ACC_RDONLY, H5P_DEFAULT);
      return new H5File(
          path.toString(), check(id, "open " + path + ": it is no HDF5 file, or it is damaged"));
    }
  }

  /**
   * Opens a file held in memory.
   *
   * @param name how messages call it
   */
  public static H5File open(String name, byte[] image) throws IOException {
    synchronized (Hdf5.LOCK) {
      Hdf5.load();
      try (Hdf5.Ids ids = new Hdf5.Ids();
          BytePointer bytes = new BytePointer(image)) {
        long access = ids.add(H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), "make access properties");
        check(H5Pset_fapl_core(access, 1 << 20, false), "choose memory");
        check(H5Pset_file_image(access, bytes, image.length), "hand over the file's bytes");
        long id = H5Fopen(name, H5F_ACC_RDONLY, access);
        return new H5File(
            name, check(id, "open " + name + ": it is no HDF5 file, or it is damaged"));
      }
    }
  }

  /** The group at the top. */
  public H5Group root() throws IOException {
    return new H5Group(this, "/");
  }

  /** Closes the file; groups and datasets of it can no longer be read. */
  @Override
  public void close() {
    synchronized (Hdf5.LOCK) {
      if (id != 0) {
        H5Fclose(id);
        id = 0;
      }
    }
  }

  long id() {
    if (id == 0) {
      throw new IllegalStateException("hdf5: " + name + " is closed");
    }
    return id;
  }

  /** The place for messages: file and path in it. */
  String where(String path) {
    return name + ":" + path;
  }

  /** Names of a group's members, sorted. */
  List<String> names(String path) throws FormatException {
    synchronized (Hdf5.LOCK) {
      try (Hdf5.Ids ids = new Hdf5.Ids();
          H5G_info_t info = new H5G_info_t()) {
        long group = ids.add(H5Gopen2(id(), path, H5P_DEFAULT), "open group " + where(path));
        check(H5Gget_info(group, info), "list group " + where(path));
        List<String> names = new ArrayList<>();
        for (long i = 0; i < info.nlinks(); i++) {
          long length = linkName(group, i, null);
          byte[] text = new byte[(int) check(length, "list group " + where(path)) + 1];
          check(linkName(group, i, text), "list group " + where(path));
          names.add(new String(text, 0, text.length - 1, StandardCharsets.UTF_8));
        }
        return names;
      }
    }
  }

  @SuppressWarnings("NullAway") // without a buffer the call tells the length
  private static long linkName(
      long group, long i, byte @org.jspecify.annotations.Nullable [] text) {
    return H5Lget_name_by_idx(
        group,
        ".",
        H5_INDEX_NAME,
        H5_ITER_INC,
        i,
        text,
        text == null ? 0 : text.length,
        H5P_DEFAULT);
  }

  /** Whether a group has a member of this name. */
  boolean exists(String path) {
    synchronized (Hdf5.LOCK) {
      return H5Lexists(id(), path, H5P_DEFAULT) > 0;
    }
  }

  /**
   * The kind of the object at a path, one of {@code H5O_TYPE_…}.
   *
   * @throws FormatException where there is none, or the link to it is not a plain one
   */
  int kind(String path) throws FormatException {
    synchronized (Hdf5.LOCK) {
      try (H5L_info2_t link = new H5L_info2_t();
          H5O_info2_t object = new H5O_info2_t()) {
        if (!path.equals("/")) {
          check(H5Lget_info2(id(), path, link, H5P_DEFAULT), "find " + where(path));
          if (link.type() != H5L_TYPE_HARD) {
            throw new FormatException(
                "hdf5: " + where(path) + " is a soft or external link, which is refused");
          }
        }
        check(
            H5Oget_info_by_name3(id(), path, object, H5O_INFO_BASIC, H5P_DEFAULT),
            "read " + where(path));
        return object.type();
      }
    }
  }
}
