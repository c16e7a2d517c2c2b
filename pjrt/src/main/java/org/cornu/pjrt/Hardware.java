package org.cornu.pjrt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Accelerators as the operating system shows them, asked before a plugin is loaded: some plugins
 * load without their device and then fail late, or hang.
 *
 * @param root the file system's root; another one in tests
 */
record Hardware(Path root) {
  static Hardware ofThisMachine() {
    return new Hardware(Path.of("/"));
  }

  /** Device files of a platform's accelerators; a CPU needs none. */
  List<Path> devices(Platform platform) {
    return switch (platform) {
      case CPU -> List.of();
      case GPU -> {
        List<Path> found = new ArrayList<>(list("dev", "nvidia[0-9]*"));
        found.addAll(list("dev", "dxg"));
        found.addAll(list("dev", "kfd"));
        yield found;
      }
      case TPU -> {
        List<Path> found = new ArrayList<>(list("dev", "accel[0-9]*"));
        found.addAll(list("dev/vfio", "[0-9]*"));
        yield found;
      }
    };
  }

  /** Where {@link #devices} looks, for messages. */
  static String devicePatterns(Platform platform) {
    return switch (platform) {
      case CPU -> "";
      case GPU -> "/dev/nvidia*, /dev/dxg, /dev/kfd";
      case TPU -> "/dev/accel*, /dev/vfio/*";
    };
  }

  /** The NVIDIA driver's version, such as {@code 550.54.15}. */
  Optional<String> nvidiaDriver() {
    Path file = root.resolve("proc/driver/nvidia/version");
    try {
      if (Files.isReadable(file)) {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        for (String word : text.split("\\s+")) {
          if (word.matches("\\d{3,}\\.\\d+(\\.\\d+)?")) {
            return Optional.of(word);
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private List<Path> list(String folder, String pattern) {
    Path directory = root.resolve(folder);
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
        files.forEach(found::add);
      } catch (IOException e) {
        return List.of();
      }
    }
    found.sort(null);
    return found;
  }
}
