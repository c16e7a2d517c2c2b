package org.cornu.saving;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A group or a dataset of an HDF5 file. */
public sealed interface H5Node permits H5Group, H5Dataset {
  /** Path from the top of the file, beginning with a slash. */
  String path();

  /**
   * The attributes: strings (bytes are read as UTF-8), {@code Long}, {@code Double}, {@code
   * Boolean}, lists of these, and {@code null} for an empty one.
   */
  Map<String, @Nullable Object> attributes() throws IOException;
}
