package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5Idec_ref;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Entry to the native HDF5 library. It is not safe for several threads, so every use holds {@link
 * #LOCK}.
 */
final class Hdf5 {
  static final Object LOCK = new Object();
  private static boolean ready;

  private Hdf5() {}

  /** Loads the library on the first call. */
  static void load() throws FormatException {
    synchronized (LOCK) {
      if (ready) {
        return;
      }
      // The HDF5 bindings are older than the JavaCPP they run on, which works, but is warned about
      // on standard error unless the warning goes to a logger.
      if (System.getProperty("org.bytedeco.javacpp.logger") == null) {
        System.setProperty("org.bytedeco.javacpp.logger", "slf4j");
      }
      try {
        check(H5open(), "start the library");
        check(H5Eset_auto2(H5E_DEFAULT, null, null), "silence the library's own messages");
      } catch (LinkageError e) {
        throw new FormatException(
            "hdf5: no native library for "
                + System.getProperty("os.name")
                + " on "
                + System.getProperty("os.arch")
                + "; use safetensors files there, or run on x86-64",
            e);
      }
      ready = true;
    }
  }

  /** Returns a non-negative result; a negative one is the library's sign of failure. */
  @CanIgnoreReturnValue
  static long check(long result, String action) throws FormatException {
    if (result < 0) {
      throw new FormatException("hdf5: cannot " + action);
    }
    return result;
  }

  /** Identifiers opened in one operation, released in reverse order. */
  static final class Ids implements AutoCloseable {
    private final Deque<Long> open = new ArrayDeque<>();

    /** Takes over an identifier that a library call returned. */
    long add(long id, String action) throws FormatException {
      open.push(check(id, action));
      return id;
    }

    @Override
    public void close() {
      while (!open.isEmpty()) {
        H5Idec_ref(open.pop());
      }
    }
  }
}
