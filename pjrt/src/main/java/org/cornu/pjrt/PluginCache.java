package org.cornu.pjrt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugins unpacked in the user's cache folder.
 *
 * <p>A wheel is unpacked into a folder of its own and moved into place in one step, so another
 * process sees all of it or nothing; a lock file keeps two builds from downloading twice.
 */
final class PluginCache {
  private static final Logger LOG = LoggerFactory.getLogger(PluginCache.class);
  private static final String RECEIPT = "cornu-plugin.properties";
  private static final Object IN_PROCESS = new Object();

  private final Path root;
  private final PackageSource source;

  /** Gets a wheel by name and version. */
  interface PackageSource {
    /**
     * Puts the package's wheel into a folder.
     *
     * @param fresh whether an earlier download of the same wheel was corrupt
     */
    void download(PluginPackage plugin, Path folder, boolean fresh) throws IOException;
  }

  PluginCache(Path root, PackageSource source) {
    this.root = root;
    this.source = source;
  }

  /** Where a user may put a wheel by hand. */
  Path downloads() {
    return root.resolve("downloads");
  }

  private Path home(PluginPackage plugin) {
    return root.resolve("plugins")
        .resolve(plugin.name() + "-" + plugin.version() + "-" + PluginPackage.architecture());
  }

  /** The unpacked library; empty when it is missing or not as it was written. */
  Optional<Path> cached(PluginPackage plugin) {
    Path library = home(plugin).resolve(plugin.library());
    Path receipt = home(plugin).resolve(RECEIPT);
    if (!Files.isRegularFile(library) || !Files.isRegularFile(receipt)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(receipt)) {
      properties.load(in);
      String expected = plugin.checksum(PluginPackage.architecture()).orElse("");
      boolean intact =
          properties.getProperty("wheel.sha256", "").equals(expected)
              && properties
                  .getProperty("library.size", "")
                  .equals(Long.toString(Files.size(library)));
      return intact ? Optional.of(library) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The library, fetched and unpacked when the cache does not hold it. */
  Path get(PluginPackage plugin) {
    Optional<Path> present = cached(plugin);
    if (present.isPresent()) {
      return present.get();
    }
    String checksum =
        plugin
            .checksum(PluginPackage.architecture())
            .orElseThrow(
                () ->
                    new PluginException(
                        plugin.name()
                            + " has no build for "
                            + PluginPackage.architecture()
                            + ", only for "
                            + plugin.sha256().keySet()));
    try {
      Files.createDirectories(root.resolve("plugins"));
      synchronized (IN_PROCESS) {
        Path lockFile = root.resolve("plugins").resolve(plugin.name() + ".lock");
        try (FileChannel channel =
                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.lock()) {
          LOG.debug("holding {}", lock);
          Optional<Path> meanwhile = cached(plugin);
          return meanwhile.isPresent() ? meanwhile.get() : fetch(plugin, checksum);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "plugin cache " + root + ": " + e.getMessage() + "; choose another with -Dcornu.cache",
          e);
    }
  }

  private Path fetch(PluginPackage plugin, String checksum) throws IOException {
    Path work = Files.createTempDirectory(root.resolve("plugins"), ".incoming-");
    try {
      Path wheel = verifiedWheel(plugin, checksum, work);
      Path unpacked = work.resolve("unpacked");
      unzip(wheel, unpacked);
      Path library = unpacked.resolve(plugin.library());
      if (!Files.isRegularFile(library)) {
        throw new PluginException(
            "package " + plugin.requirement() + " holds no " + plugin.library());
      }
      Properties receipt = new Properties();
      receipt.setProperty("wheel.sha256", checksum);
      receipt.setProperty("library.size", Long.toString(Files.size(library)));
      try (OutputStream out = Files.newOutputStream(unpacked.resolve(RECEIPT))) {
        receipt.store(out, plugin.requirement());
      }
      Path home = home(plugin);
      if (Files.exists(home)) {
        // Damaged, or cached() would have taken it. A process that has it loaded keeps its inode.
        deleteTree(home);
      }
      try {
        Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(unpacked, home);
      } catch (FileSystemException e) {
        if (cached(plugin).isEmpty()) {
          throw e;
        }
      }
      return home.resolve(plugin.library());
    } finally {
      deleteTree(work);
    }
  }

  /** A wheel with the pinned checksum: put there by hand, downloaded, or downloaded again. */
  private Path verifiedWheel(PluginPackage plugin, String checksum, Path work) throws IOException {
    Optional<Path> byHand = findWheel(plugin, downloads());
    if (byHand.isPresent()) {
      if (sha256(byHand.get()).equals(checksum)) {
        return byHand.get();
      }
      LOG.warn("{} is not the pinned {}: ignored", byHand.get(), plugin.requirement());
    }
    String got = "";
    for (int attempt = 0; attempt < 2; attempt++) {
      Path folder = Files.createDirectories(work.resolve("download-" + attempt));
      source.download(plugin, folder, attempt > 0);
      Path wheel =
          findWheel(plugin, folder)
              .orElseThrow(
                  () ->
                      new PluginException(
                          "downloading " + plugin.requirement() + " gave no wheel"));
      got = sha256(wheel);
      if (got.equals(checksum)) {
        return wheel;
      }
      LOG.warn(
          "the download of {} is corrupt (SHA-256 {}, expected {}): refused",
          plugin.requirement(),
          got,
          checksum);
    }
    throw new PluginException(
        "package "
            + plugin.requirement()
            + ": two downloads had the wrong checksum: got SHA-256 "
            + got
            + ", expected "
            + checksum
            + "; nothing was installed");
  }

  private static Optional<Path> findWheel(PluginPackage plugin, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    String prefix = plugin.name().replace('-', '_') + "-" + plugin.version() + "-";
    String architecture = PluginPackage.architecture();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.whl")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.startsWith(prefix) && name.contains(architecture)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      Files.copy(file, out);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void unzip(Path archive, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new PluginException(archive + ": entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}
