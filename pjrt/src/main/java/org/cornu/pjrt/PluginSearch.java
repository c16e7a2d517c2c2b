package org.cornu.pjrt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cornu.pjrt.Diagnosis.Outcome;
import org.cornu.pjrt.Diagnosis.Step;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One walk through the places where a plugin may be, with a note about each for the user. */
final class PluginSearch {
  private static final Logger LOG = LoggerFactory.getLogger(PluginSearch.class);

  private final PluginRequest request;
  private final PluginCache cache;
  private final List<Step> steps = new ArrayList<>();

  PluginSearch(PluginRequest request) {
    this(request, new PipDownload(request.python(), request.offline()));
  }

  PluginSearch(PluginRequest request, PluginCache.PackageSource source) {
    this.request = request;
    this.cache = new PluginCache(request.cache(), source);
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  PluginCache cache() {
    return cache;
  }

  /**
   * The library to load.
   *
   * @throws PluginException with all that was tried, when there is none
   */
  Path locate(Hardware hardware) {
    Optional<Path> present = present();
    if (present.isPresent()) {
      requireHardware(hardware, present.get());
      return present.get();
    }
    if (request.platform() == Platform.CPU) {
      return packaged(PluginPackage.XLA_CPU);
    }
    throw new PluginException(
        "no PJRT plugin for " + request.platform().word() + ": " + notes() + ". " + advice());
  }

  /** A plugin that needs no download: explicit, installed, or in the cache. */
  Optional<Path> present() {
    Optional<Path> explicit = explicit();
    if (explicit.isPresent()) {
      return explicit;
    }
    Optional<Path> installed = installed();
    if (installed.isPresent()) {
      return installed;
    }
    return request.platform() == Platform.CPU ? inCache() : Optional.empty();
  }

  /** Refuses at once where a plugin would fail late: no accelerator that it could drive. */
  private void requireHardware(Hardware hardware, Path library) {
    Platform platform = request.platform();
    if (platform == Platform.CPU || !hardware.devices(platform).isEmpty()) {
      return;
    }
    throw new PluginException(
        platform.word()
            + ": this machine shows no such device ("
            + Hardware.devicePatterns(platform)
            + "), though a plugin is installed: "
            + library
            + "; install its driver, or pass the device into the container, or ask for cpu");
  }

  String advice() {
    return switch (request.platform()) {
      case GPU ->
          "For an NVIDIA GPU run: "
              + request.python()
              + " -m pip install 'jax[cuda12]' (brings the plugin jax-cuda12-pjrt and NVIDIA's"
              + " libraries)";
      case TPU -> "On a TPU machine run: " + request.python() + " -m pip install libtpu";
      case CPU -> byHand(PluginPackage.XLA_CPU);
    };
  }

  private String byHand(PluginPackage plugin) {
    return "Run once on a machine with network access: "
        + request.python()
        + " -m pip download --no-deps --dest "
        + cache.downloads()
        + " "
        + plugin.requirement()
        + " (or set -Dcornu.pjrt.plugin=/path/to/plugin.so)";
  }

  private String notes() {
    return steps.stream()
        .filter(step -> step.outcome() != Outcome.OK)
        .map(step -> step.what() + ": " + step.detail())
        .collect(Collectors.joining("; "));
  }

  private Optional<Path> explicit() {
    String property = request.properties().getOrDefault("cornu.pjrt.plugin", "");
    if (!property.isEmpty()) {
      return Optional.of(named("-Dcornu.pjrt.plugin", property));
    }
    List<String> variables = new ArrayList<>();
    variables.add("CORNU_PJRT_PLUGIN");
    variables.add("PJRT_PLUGIN_LIBRARY_PATH");
    if (request.platform() == Platform.TPU) {
      variables.add("TPU_LIBRARY_PATH");
    }
    for (String variable : variables) {
      String value = request.environment().getOrDefault(variable, "");
      if (!value.isEmpty()) {
        return Optional.of(named(variable, value));
      }
    }
    Optional<String> listed = fromNamesAndPaths();
    if (listed.isPresent()) {
      return Optional.of(named("PJRT_NAMES_AND_LIBRARY_PATHS", listed.get()));
    }
    note(
        "explicit setting", Outcome.ABSENT, "-Dcornu.pjrt.plugin, " + String.join(", ", variables));
    return Optional.empty();
  }

  /** {@code name:path,name:path}, as JAX reads it. */
  private Optional<String> fromNamesAndPaths() {
    String list = request.environment().getOrDefault("PJRT_NAMES_AND_LIBRARY_PATHS", "");
    for (String entry : list.split(",")) {
      int colon = entry.indexOf(':');
      if (colon > 0
          && Platform.ofLibrary(entry.substring(0, colon)).orElse(null) == request.platform()) {
        return Optional.of(entry.substring(colon + 1).trim());
      }
    }
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
      note(setting, Outcome.OK, value);
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
    Platform platform = Platform.ofLibrary(path.getFileName().toString()).orElse(null);
    if (platform != null && platform != request.platform()) {
      throw new PluginException(
          setting
              + ": "
              + path
              + " is a plugin for "
              + platform.word()
              + ", but "
              + request.platform().word()
              + " was asked for");
    }
    note(setting, Outcome.OK, value);
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
        if (platformOf(library) == request.platform()) {
          note("installed Python package", Outcome.OK, library.toString());
          return Optional.of(library);
        }
      }
    }
    note(
        "installed Python package",
        Outcome.ABSENT,
        "jax_plugins, xla_plugins, libtpu in " + request.pythonSites().size() + " site folders");
    return Optional.empty();
  }

  private static @org.jspecify.annotations.Nullable Platform platformOf(Path library) {
    return Platform.ofLibrary(library.getFileName().toString()).orElse(null);
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

  private Optional<Path> inCache() {
    Optional<Path> cached = cache.cached(PluginPackage.XLA_CPU);
    note(
        "cache " + request.cache(),
        cached.isPresent() ? Outcome.OK : Outcome.ABSENT,
        PluginPackage.XLA_CPU.requirement());
    return cached;
  }

  private Path packaged(PluginPackage plugin) {
    try {
      return cache.get(plugin);
    } catch (PluginException | UncheckedIOException e) {
      throw new PluginException(
          "no PJRT plugin for cpu: "
              + (notes().isEmpty() ? "" : notes() + "; ")
              + "getting "
              + plugin.requirement()
              + " failed: "
              + e.getMessage()
              + ". "
              + byHand(plugin),
          e);
    }
  }

  private void note(String what, Outcome outcome, String detail) {
    steps.add(new Step(what, outcome, detail));
  }
}
