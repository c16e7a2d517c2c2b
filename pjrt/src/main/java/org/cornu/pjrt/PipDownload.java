package org.cornu.pjrt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fetches wheels by name and version through the user's own pip. */
final class PipDownload implements PluginCache.PackageSource {
  private static final long TIMEOUT_MINUTES = 20;

  private final String python;
  private final boolean offline;

  PipDownload(String python, boolean offline) {
    this.python = python;
    this.offline = offline;
  }

  @Override
  public void download(PluginPackage plugin, Path folder, boolean fresh) throws IOException {
    if (offline) {
      throw new PluginException("downloads are switched off (cornu.offline)");
    }
    List<String> command =
        new ArrayList<>(
            List.of(python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:"));
    command.addAll(List.of("--disable-pip-version-check", "--quiet", "--retries", "1"));
    if (fresh) {
      command.add("--no-cache-dir");
    }
    command.addAll(List.of("--dest", folder.toString(), plugin.requirement()));
    Path log = folder.resolve("pip.log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new PluginException("cannot start '" + python + "': " + e.getMessage(), e);
    }
    try {
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new PluginException("pip did not finish within " + TIMEOUT_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new PluginException("the download was interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new PluginException("pip failed: " + lastError(log));
    }
  }

  private static String lastError(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (lines.get(i).startsWith("ERROR")) {
        return lines.get(i).substring("ERROR".length()).replaceFirst("^:\\s*", "");
      }
    }
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }
}
