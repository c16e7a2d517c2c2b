package org.cornu.pjrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One walk through the places where a plugin may be, with a note about each for the user. */
final class PluginSearch {
  private static final Logger LOG = LoggerFactory.getLogger(PluginSearch.class);

  private final PluginRequest request;
  private final PluginCache cache;
  private final List<String> notes = new ArrayList<>();

  PluginSearch(PluginRequest request) {
    this(request, new PipDownload(request.python(), request.offline()));
  }

  PluginSearch(PluginRequest request, PluginCache.PackageSource source) {
    this.request = request;
    this.cache = new PluginCache(request.cache(), source);
  }

  Plugin load() {
    Path library = locate();
    LOG.debug("{}: {}", request.platform().word(), library);
    return Plugin.load(library);
  }

  /** The library to load; throws with all notes when there is none. */
  Path locate() {
    Optional<Path> explicit = explicit();
    if (explicit.isPresent()) {
      return explicit.get();
    }
    Optional<Path> installed = installed();
    if (installed.isPresent()) {
      return installed.get();
    }
    if (request.platform() == Platform.CPU) {
      return packaged(PluginPackage.XLA_CPU);
    }
    throw new PluginException(
        "no PJRT plugin for "
            + request.platform().word()
            + ": "
            + String.join("; ", notes)
            + ". "
            + advice());
  }

  private String advice() {
    return switch (request.platform()) {
      case GPU ->
          "For an NVIDIA GPU install one: python3 -m pip install 'jax-cuda12-pjrt'"
              + " with its NVIDIA libraries ('jax[cuda12]' brings all of them)";
      case TPU -> "On a TPU machine install it: python3 -m pip install libtpu";
      case CPU -> "Run: python3 -m pip download --no-deps " + PluginPackage.XLA_CPU.requirement();
    };
  }

  private Optional<Path> explicit() {
    String property = request.properties().getOrDefault("cornu.pjrt.plugin", "");
    if (!property.isEmpty()) {
      return Optional.of(named("-Dcornu.pjrt.plugin", property));
    }
    for (String variable : List.of("CORNU_PJRT_PLUGIN", "PJRT_PLUGIN_LIBRARY_PATH")) {
      String value = request.environment().getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return Optional.of(named(variable, value));
      }
    }
    if (request.platform() == Platform.TPU) {
      String tpu = request.environment().getOrDefault("TPU_LIBRARY_PATH", "");
      if (!tpu.isEmpty()) {
        return Optional.of(named("TPU_LIBRARY_PATH", tpu));
      }
    }
    return fromNamesAndPaths();
  }

  /** {@code name:path,name:path}, as JAX reads it. */
  private Optional<Path> fromNamesAndPaths() {
    String list = request.environment().getOrDefault("PJRT_NAMES_AND_LIBRARY_PATHS", "");
    for (String entry : list.split(",")) {
      int colon = entry.indexOf(':');
      if (colon > 0
          && Platform.ofLibrary(entry.substring(0, colon)).orElse(null) == request.platform()) {
        return Optional.of(
            named("PJRT_NAMES_AND_LIBRARY_PATHS", entry.substring(colon + 1).trim()));
      }
    }
    notes.add("no explicit path (cornu.pjrt.plugin, CORNU_PJRT_PLUGIN) is set");
    return Optional.empty();
  }

  private Path named(String setting, String value) {
    Optional<PluginPackage> known = PluginPackage.named(value);
    if (known.isPresent()) {
      if (request.platform() != Platform.CPU) {
        throw new PluginException(
            setting
                + ": "
                + value
                + " is a CPU plugin, but "
                + request.platform().word()
                + " was asked for");
      }
      return packaged(known.get());
    }
    Path path = Path.of(value);
    if (!Files.isRegularFile(path)) {
      throw new PluginException(
          setting
              + ": no such file and no known package: got '"
              + value
              + "'; known packages: "
              + PluginPackage.CPU_PACKAGES.stream().map(PluginPackage::name).toList());
    }
    return path;
  }

  private Optional<Path> installed() {
    for (Path site : request.pythonSites()) {
      List<Path> libraries = new ArrayList<>();
      collect(site.resolve("jax_plugins"), libraries);
      collect(site.resolve("xla_plugins"), libraries);
      Path tpu = site.resolve("libtpu").resolve("libtpu.so");
      if (Files.isRegularFile(tpu)) {
        libraries.add(tpu);
      }
      for (Path library : libraries) {
        Platform platform = Platform.ofLibrary(library.getFileName().toString()).orElse(null);
        if (platform == request.platform()) {
          return Optional.of(library);
        }
      }
    }
    notes.add(
        "no installed Python package (jax_plugins, xla_plugins, libtpu) in "
            + request.pythonSites().size()
            + " site folders has one");
    return Optional.empty();
  }

  /** Shared libraries directly inside the packages of a namespace folder. */
  private static void collect(Path namespace, List<Path> libraries) {
    if (!Files.isDirectory(namespace)) {
      return;
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> packages = Files.newDirectoryStream(namespace)) {
      for (Path folder : packages) {
        if (Files.isDirectory(folder)) {
          try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.so")) {
            files.forEach(found::add);
          }
        }
      }
    } catch (IOException e) {
      LOG.debug("cannot read {}", namespace, e);
    }
    found.sort(null);
    libraries.addAll(found);
  }

  private Path packaged(PluginPackage plugin) {
    try {
      return cache.get(plugin);
    } catch (PluginException | UncheckedIOException e) {
      throw new PluginException(
          "no PJRT plugin for cpu: "
              + (notes.isEmpty() ? "" : String.join("; ", notes) + "; ")
              + "getting "
              + plugin.requirement()
              + " failed: "
              + e.getMessage()
              + ". Run once on a machine with network access: "
              + request.python()
              + " -m pip download --no-deps --dest "
              + cache.downloads()
              + " "
              + plugin.requirement()
              + " (or set -Dcornu.pjrt.plugin=/path/to/plugin.so)",
          e);
    }
  }
}
