package org.cornu.saving;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keras' {@code .keras} file: a ZIP archive of {@code metadata.json}, {@code config.json}, {@code
 * model.weights.h5} and {@code assets/…}, or a folder with these names. Reading refuses members
 * whose path leads elsewhere and members that unpack to far more than they are.
 */
public final class KerasArchive implements AutoCloseable {
  /** The version of Keras whose format is written. */
  public static final String KERAS_VERSION = "3.15.1";

  private static final String METADATA = "metadata.json";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String ASSETS = "assets/";
  private static final long LARGE = 4L << 30;
  private static final long MAX_EXPANSION = 100;
  private static final long IN_MEMORY = 1L << 30;

  /** Something that fills the weights file. */
  @FunctionalInterface
  public interface Weights {
    /** Writes groups and datasets. */
    void writeTo(H5Writer out) throws IOException;
  }

  private final Path path;
  private final @Nullable ZipFile zip;
  private @Nullable Path extracted;

  private KerasArchive(Path path, @Nullable ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Opens an archive or an unpacked folder.
   *
   * @throws FormatException where it is neither, or unsafe
   */
  public static KerasArchive open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new KerasArchive(path, null);
    }
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new FormatException("keras archive: " + path + " is no ZIP archive", e);
    }
    KerasArchive archive = new KerasArchive(path, zip);
    try {
      for (ZipEntry entry : zip.stream().toList()) {
        archive.checkSafe(entry);
      }
      return archive;
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private void checkSafe(ZipEntry entry) throws FormatException {
    String name = entry.getName();
    boolean outside =
        name.startsWith("/")
            || name.contains("\\")
            || name.contains(":")
            || Stream.of(name.split("/")).anyMatch(".."::equals);
    if (outside) {
      throw new FormatException(
          "keras archive: " + path + " has a member '" + name + "' that leads out of it");
    }
    if (entry.getSize() > LARGE
        && entry.getSize() / Math.max(1, entry.getCompressedSize()) > MAX_EXPANSION) {
      throw new FormatException(
          "keras archive: member '"
              + name
              + "' of "
              + path
              + " would unpack to "
              + entry.getSize()
              + " bytes, which is refused");
    }
  }

  /** What {@code metadata.json} says; empty where it is missing. */
  public Map<String, @Nullable Object> metadata() throws IOException {
    return has(METADATA) ? Json.parseObject(text(METADATA)) : Map.of();
  }

  /** The model as a config tree. */
  public Map<String, @Nullable Object> config() throws IOException {
    return Json.parseObject(text(CONFIG));
  }

  /** Opens the weights; close the file before the archive. */
  public H5File weights() throws IOException {
    if (zip == null) {
      return H5File.open(path.resolve(WEIGHTS));
    }
    ZipEntry entry = entry(WEIGHTS);
    if (entry.getSize() <= IN_MEMORY) {
      return H5File.open(path + "!" + WEIGHTS, read(WEIGHTS));
    }
    if (extracted == null) {
      extracted = Files.createTempFile("cornu", ".weights.h5");
      try (InputStream in = zip.getInputStream(entry);
          OutputStream out = Files.newOutputStream(extracted)) {
        in.transferTo(out);
      }
    }
    return H5File.open(extracted);
  }

  /** Paths of all assets, below {@code assets/}. */
  public List<String> assets() throws IOException {
    List<String> out = new ArrayList<>();
    if (zip != null) {
      zip.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(ASSETS))
          .forEach(entry -> out.add(entry.getName().substring(ASSETS.length())));
    } else if (Files.isDirectory(path.resolve(ASSETS))) {
      Path assets = path.resolve(ASSETS);
      try (Stream<Path> files = Files.walk(assets)) {
        files
            .filter(Files::isRegularFile)
            .forEach(file -> out.add(assets.relativize(file).toString().replace('\\', '/')));
      }
    }
    out.sort(null);
    return out;
  }

  /** The content of an asset. */
  public byte[] asset(String name) throws IOException {
    return read(ASSETS + name);
  }

  private boolean has(String member) {
    return zip == null ? Files.exists(path.resolve(member)) : zip.getEntry(member) != null;
  }

  private ZipEntry entry(String member) throws FormatException {
    ZipEntry entry = zip == null ? null : zip.getEntry(member);
    if (entry == null) {
      throw new FormatException("keras archive: " + path + " has no " + member);
    }
    return entry;
  }

  private String text(String member) throws IOException {
    return new String(read(member), StandardCharsets.UTF_8);
  }

  private byte[] read(String member) throws IOException {
    if (zip == null) {
      Path file = path.resolve(member).normalize();
      if (!file.startsWith(path.normalize()) || !Files.isRegularFile(file)) {
        throw new FormatException("keras archive: folder " + path + " has no " + member);
      }
      return Files.readAllBytes(file);
    }
    try (InputStream in = zip.getInputStream(entry(member))) {
      return in.readAllBytes();
    }
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
    if (extracted != null) {
      Files.deleteIfExists(extracted);
    }
  }

  /**
   * Writes an archive as Keras does, with members that are stored and not compressed. If anything
   * fails on the way, a file that was there stays as it was.
   *
   * @param config the model's tree
   * @param weights writes the weights
   * @param assets contents by path below {@code assets/}
   */
  public static void write(
      Path target,
      Map<String, @Nullable Object> config,
      Weights weights,
      Map<String, byte[]> assets)
      throws IOException {
    AtomicFile.write(
        target,
        temporary -> {
          Path h5 = temporary.resolveSibling(temporary.getFileName() + ".h5");
          try {
            try (H5Writer writer = H5Writer.create(h5)) {
              weights.writeTo(writer);
            }
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(temporary))) {
              out.setMethod(ZipOutputStream.STORED);
              add(out, METADATA, Json.write(metadataNow()).getBytes(StandardCharsets.UTF_8));
              add(out, CONFIG, Json.write(config).getBytes(StandardCharsets.UTF_8));
              addFile(out, WEIGHTS, h5);
              for (Map.Entry<String, byte[]> asset : assets.entrySet()) {
                add(out, ASSETS + asset.getKey(), asset.getValue());
              }
            }
          } finally {
            Files.deleteIfExists(h5);
          }
        });
  }

  private static Map<String, @Nullable Object> metadataNow() {
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("keras_version", KERAS_VERSION);
    metadata.put(
        "date_saved",
        DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT)
            .format(LocalDateTime.now(java.time.ZoneId.systemDefault())));
    return metadata;
  }

  private static void add(ZipOutputStream out, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    out.putNextEntry(stored(name, content.length, crc.getValue()));
    out.write(content);
    out.closeEntry();
  }

  private static void addFile(ZipOutputStream out, String name, Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        crc.update(block, 0, n);
      }
    }
    out.putNextEntry(stored(name, Files.size(file), crc.getValue()));
    Files.copy(file, out);
    out.closeEntry();
  }

  private static ZipEntry stored(String name, long size, long crc) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCompressedSize(size);
    entry.setCrc(crc);
    return entry;
  }
}
