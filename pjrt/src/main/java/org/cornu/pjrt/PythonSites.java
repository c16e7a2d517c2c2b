package org.cornu.pjrt;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders where Python packages are installed, found without starting Python: active virtual
 * environments first, then the interpreters on the path, the user's own packages, and the system's.
 */
final class PythonSites {
  private static final Logger LOG = LoggerFactory.getLogger(PythonSites.class);

  private PythonSites() {}

  static List<Path> find(Map<String, String> environment, Path home) {
    Set<Path> sites = new LinkedHashSet<>();
    for (String variable : List.of("CORNU_PYTHON_SITES", "PYTHONPATH")) {
      for (String entry : environment.getOrDefault(variable, "").split(File.pathSeparator)) {
        if (!entry.isEmpty() && Files.isDirectory(Path.of(entry))) {
          sites.add(Path.of(entry));
        }
      }
    }
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      String prefix = environment.getOrDefault(variable, "");
      if (!prefix.isEmpty()) {
        addPrefix(sites, Path.of(prefix));
      }
    }
    for (String entry : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path python = Path.of(entry.isEmpty() ? "." : entry, "python3");
      try {
        if (Files.isExecutable(python)) {
          // A virtual environment's interpreter is a link: both prefixes hold packages.
          addPrefix(sites, python.toAbsolutePath().resolve("../..").normalize());
          addPrefix(sites, python.toRealPath().resolve("../..").normalize());
        }
      } catch (IOException e) {
        LOG.debug("cannot resolve {}", python, e);
      }
    }
    addPrefix(sites, home.resolve(".local"));
    addPrefix(sites, Path.of("/usr/local"));
    addPrefix(sites, Path.of("/usr"));
    return new ArrayList<>(sites);
  }

  private static void addPrefix(Set<Path> sites, Path prefix) {
    for (String lib : List.of("lib", "lib64")) {
      Path folder = prefix.resolve(lib);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(folder, "python3*")) {
        List<Path> sorted = new ArrayList<>();
        versions.forEach(sorted::add);
        sorted.sort(null);
        for (Path version : sorted) {
          for (String packages : List.of("site-packages", "dist-packages")) {
            if (Files.isDirectory(version.resolve(packages))) {
              sites.add(version.resolve(packages));
            }
          }
        }
      } catch (IOException e) {
        LOG.debug("cannot read {}", folder, e);
      }
    }
  }
}
