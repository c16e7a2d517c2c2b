package org.cornu.pjrt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.cornu.pjrt.capi.Pjrt;

/** Whether this machine can load Cornu's native code at all, said before the loader fails. */
final class NativeSupport {
  private NativeSupport() {}

  /** Throws with an explanation when the operating system is one no plugin exists for. */
  static void require() {
    Optional<String> obstacle =
        obstacle(
            System.getProperty("os.name", ""),
            System.getProperty("os.arch", ""),
            isMusl(Path.of("/lib"), Path.of("/etc/alpine-release")));
    if (obstacle.isPresent()) {
      throw new PluginException(obstacle.get());
    }
    try {
      Loader.load(Pjrt.class);
    } catch (UnsatisfiedLinkError e) {
      throw new PluginException(
          "Cornu's native library for "
              + Loader.getPlatform()
              + " is not on the class path: "
              + e.getMessage()
              + "; build it with 'mvn -pl pjrt compile' on this machine (needs g++)",
          e);
    }
  }

  /** Why native code cannot run on a system; empty when it can. */
  static Optional<String> obstacle(String osName, String arch, boolean musl) {
    String os = osName.toLowerCase(Locale.ROOT);
    if (os.contains("windows")) {
      return Optional.of(
          "PJRT plugins exist for Linux and macOS only, this is "
              + osName
              + "; run Cornu inside WSL 2 with a Linux JDK");
    }
    if (os.contains("mac")) {
      return Optional.of(
          "Cornu's native library is built and tested on Linux only, this is "
              + osName
              + "; run it in a Linux container or virtual machine");
    }
    if (musl) {
      return Optional.of(
          "this Linux uses the musl C library; every PJRT plugin needs glibc 2.27 or newer: use a"
              + " Debian, Ubuntu or Fedora based image instead of Alpine");
    }
    boolean known = arch.equals("amd64") || arch.equals("x86_64") || arch.equals("aarch64");
    return known
        ? Optional.empty()
        : Optional.of("PJRT plugins exist for x86_64 and aarch64, this machine is " + arch);
  }

  /** musl systems have its loader in /lib and no glibc loader; Alpine says so itself. */
  static boolean isMusl(Path lib, Path alpineRelease) {
    if (Files.exists(alpineRelease)) {
      return true;
    }
    try (var entries = Files.newDirectoryStream(lib, "ld-musl-*")) {
      return entries.iterator().hasNext()
          && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"))
          && !Files.exists(lib.resolve("ld-linux-aarch64.so.1"));
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
