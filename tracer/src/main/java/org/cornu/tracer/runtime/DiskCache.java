package org.cornu.tracer.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.LoadedExecutable;
import org.cornu.pjrt.PjrtException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executables on disk, so that another process need not compile them again. Off unless the system
 * property {@code cornu.cache.dir} names a folder.
 *
 * <p>Never a source of truth: a file is named by program, options, plugin build, platform and
 * processor, and carries a checksum; one that cannot be read or loaded is compiled anew and
 * replaced. Files appear whole or not at all, so processes may share a folder. Nothing is ever
 * deleted: the folder may be, at any time.
 */
final class DiskCache {
  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

  private static final AtomicLong LOADED = new AtomicLong();
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private DiskCache() {}

  /** How many executables came from disk so far. */
  static long loadedCount() {
    return LOADED.get();
  }

  /** Where the executable of a program belongs; null when it is not to be kept. */
  static @Nullable Path file(Client client, Supplier<String> program, CompileOptions options) {
    String folder = System.getProperty("cornu.cache.dir", "");
    if (folder.isEmpty()) {
      return null;
    }
    String text = program.get();
    if (text.contains(HostCalls.CALL)) {
      return null; // only the process that traced it knows the user's function
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Path.of(folder).resolve(client.executableKey(bytes, options) + ".pjrt");
  }

  /** The executable in a file; null when there is none that works. */
  static @Nullable LoadedExecutable load(Client client, Path file, CompileOptions options) {
    try {
      LoadedExecutable executable = client.deserialize(Files.readAllBytes(file), options);
      LOADED.incrementAndGet();
      return executable;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | PjrtException e) {
      LOG.warn("cache: {} is of no use and will be replaced: {}", file, e.getMessage());
      return null;
    }
  }

  /** Keeps an executable; a failure to do so is only logged. */
  static void store(Path file, LoadedExecutable executable) {
    Path part = null;
    try {
      byte[] bytes = executable.serialize();
      Path folder =
          Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
      part = Files.createTempFile(folder, "writing", ".part");
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | PjrtException e) {
      if (WARNED.compareAndSet(false, true)) {
        LOG.warn("cache: executables cannot be kept in {}: {}", file.getParent(), e.toString());
      }
      discard(part);
    }
  }

  private static void discard(@Nullable Path part) {
    if (part != null) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        LOG.debug("cache: {} stays behind: {}", part, e.toString());
      }
    }
  }
}
