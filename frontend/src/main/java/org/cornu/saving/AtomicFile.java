package org.cornu.saving;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a file so that a failure on the way loses nothing: the content goes into a temporary file
 * beside the target, which then takes the target's place in one step.
 */
public final class AtomicFile {
  /** Something that fills a file. */
  @FunctionalInterface
  public interface Body {
    /** Writes the content to the path, where an empty file may stand. */
    void writeTo(Path path) throws IOException;
  }

  private AtomicFile() {}

  /** Fills a temporary file and moves it to {@code target}, replacing what is there. */
  public static void write(Path target, Body body) throws IOException {
    Path whole = target.toAbsolutePath();
    Path folder = whole.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path temporary = Files.createTempFile(folder, "." + whole.getFileName(), ".tmp");
    try {
      body.writeTo(temporary);
      copyPermissions(whole, temporary);
      try {
        Files.move(
            temporary, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, whole, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** A temporary file is private; the target keeps the rights it had, or gets the usual ones. */
  private static void copyPermissions(Path target, Path temporary) throws IOException {
    if (!Files.getFileStore(temporary).supportsFileAttributeView("posix")) {
      return;
    }
    if (Files.exists(target)) {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(target));
      return;
    }
    // The umask can only be seen from a file made without asking for special rights.
    Path probe = temporary.resolveSibling(temporary.getFileName() + ".mode");
    Files.createFile(probe);
    try {
      Files.setPosixFilePermissions(temporary, Files.getPosixFilePermissions(probe));
    } finally {
      Files.delete(probe);
    }
  }
}
