package org.cornu.pjrt;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * The wrapping of serialized executables: magic, identity of plugin and processor, checksum,
 * payload.
 *
 * <p>The payload is machine code that a plugin loads as it is: a flipped bit can end the process,
 * and code of another build or processor is not reliably refused. So both are checked here.
 */
final class ExecutableEnvelope {
  private static final byte[] MAGIC = "CORNUEXE".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;
  private static final int HEADER_BYTES = 8 + 2 * DIGEST_BYTES;

  /** Enough of a library's start and end to tell builds apart; the whole would take a second. */
  private static final int SAMPLE_BYTES = 1 << 20;

  private ExecutableEnvelope() {}

  static byte[] wrap(byte[] payload, Client client) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put(MAGIC)
        .put(target(client))
        .put(sha256(payload))
        .put(payload)
        .array();
  }

  static byte[] unwrap(byte[] bytes, Client client) {
    if (bytes.length <= HEADER_BYTES || !Arrays.equals(bytes, 0, 8, MAGIC, 0, 8)) {
      throw new PjrtException(
          "deserialize",
          ErrorCode.INVALID_ARGUMENT,
          "these are not the bytes of LoadedExecutable.serialize");
    }
    byte[] payload = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
    int digestAt = 8 + DIGEST_BYTES;
    if (!Arrays.equals(bytes, digestAt, HEADER_BYTES, sha256(payload), 0, DIGEST_BYTES)) {
      throw new PjrtException(
          "deserialize", ErrorCode.DATA_LOSS, "the serialized executable is damaged");
    }
    if (!Arrays.equals(bytes, 8, digestAt, target(client), 0, DIGEST_BYTES)) {
      throw new PjrtException(
          "deserialize",
          ErrorCode.FAILED_PRECONDITION,
          "the executable was made by another plugin build, or for another processor; compile it"
              + " again");
    }
    return payload;
  }

  /** A digest of the plugin build, the platform and the processor that code is made for. */
  static byte[] target(Client client) {
    String target =
        client.plugin().identity()
            + "|"
            + client.platformName()
            + "|"
            + client.platformVersion()
            + "|"
            + client.devices().get(0).kind()
            + "|"
            + processorFeatures();
    return sha256(target.getBytes(StandardCharsets.UTF_8));
  }

  /** What a plugin library is: its size and a checksum over its beginning and end. */
  static String identity(Path library) {
    try (RandomAccessFile file = new RandomAccessFile(library.toFile(), "r")) {
      int sample = (int) Math.min(SAMPLE_BYTES, file.length());
      byte[] bytes = new byte[2 * sample];
      file.readFully(bytes, 0, sample);
      file.seek(file.length() - sample);
      file.readFully(bytes, sample, sample);
      return file.length() + "-" + HexFormat.of().formatHex(sha256(bytes), 0, 16);
    } catch (IOException e) {
      throw new PluginException("plugin " + library + ": cannot be read", e);
    }
  }

  /** The processor's instruction sets, as Linux lists them. */
  private static String processorFeatures() {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    try (Stream<String> lines = Files.lines(cpuinfo, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM knows SHA-256", e);
    }
  }
}
