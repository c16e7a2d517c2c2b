package org.cornu.pjrt;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.pjrt.Diagnosis.Outcome;
import org.cornu.pjrt.Diagnosis.Step;

/** Walks the way from the operating system to a client with devices, and notes each step. */
final class Doctor {
  private static final Pattern MISSING_LIBRARY =
      Pattern.compile("(lib[\\w+.-]+\\.so[.\\d]*): cannot open shared object file");

  private final PluginRequest request;
  private final Hardware hardware;
  private final List<Step> steps = new ArrayList<>();
  private String advice = "";

  Doctor(PluginRequest request, Hardware hardware) {
    this.request = request;
    this.hardware = hardware;
  }

  Diagnosis examine() {
    Optional<Path> library = Optional.empty();
    boolean usable = false;
    if (examineSystem()) {
      library = examineLibrary();
      boolean device = examineHardware();
      if (library.isPresent() && device) {
        usable = examinePlugin(library.get());
      }
    }
    return new Diagnosis(request.platform(), steps, library, usable, usable ? "" : advice);
  }

  private boolean examineSystem() {
    String system =
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", Java "
            + System.getProperty("java.version");
    try {
      NativeSupport.require();
      note("system", Outcome.OK, system);
      return true;
    } catch (PluginException e) {
      note("system", Outcome.BROKEN, system + ": " + e.getMessage());
      advice = String.valueOf(e.getMessage());
      return false;
    }
  }

  private Optional<Path> examineLibrary() {
    PluginSearch search = new PluginSearch(request, new PipDownload(request.python(), true));
    try {
      Optional<Path> library = search.present();
      steps.addAll(search.steps());
      if (library.isEmpty()) {
        advice = search.advice();
      }
      return library;
    } catch (PluginException e) {
      steps.addAll(search.steps());
      note("plugin", Outcome.BROKEN, e.getMessage());
      advice = search.advice();
      return Optional.empty();
    }
  }

  private boolean examineHardware() {
    Platform platform = request.platform();
    if (platform == Platform.CPU) {
      note("processors", Outcome.OK, Runtime.getRuntime().availableProcessors() + " cores");
      return true;
    }
    List<Path> devices = hardware.devices(platform);
    if (devices.isEmpty()) {
      note("device files", Outcome.ABSENT, Hardware.devicePatterns(platform));
      if (advice.isEmpty()) {
        advice =
            platform == Platform.GPU
                ? "install the GPU's driver, or start the container with its devices (--gpus all)"
                : "run on a machine with a TPU";
      }
      return false;
    }
    note("device files", Outcome.OK, devices.toString());
    if (platform == Platform.GPU) {
      Optional<String> driver = hardware.nvidiaDriver();
      note(
          "NVIDIA driver",
          driver.isPresent() ? Outcome.OK : Outcome.ABSENT,
          driver.orElse("/proc/driver/nvidia/version"));
    }
    return true;
  }

  private boolean examinePlugin(Path library) {
    if (request.platform() == Platform.GPU && isCuda(library)) {
      examineCuda(new CudaLibraries(library));
    }
    Plugin plugin;
    try {
      plugin = Plugin.load(library);
    } catch (PluginException e) {
      note("load plugin", Outcome.BROKEN, e.getMessage());
      advice = loadAdvice(library, String.valueOf(e.getMessage()));
      return false;
    }
    note(
        "load plugin",
        Outcome.OK,
        "PJRT API " + plugin.apiVersion() + ", StableHLO up to " + plugin.stablehloVersion());
    List<ApiFunction> missing = plugin.missingFunctions();
    if (!missing.isEmpty()) {
      note("functions of newer APIs", Outcome.ABSENT, missing.size() + ": " + missing);
    }
    try (Client client = plugin.createClient(ClientOptions.defaults())) {
      note(
          "client",
          Outcome.OK,
          client.platformName()
              + ", "
              + client.addressableDevices().size()
              + " devices of kind "
              + client.devices().stream().map(Device::kind).distinct().toList());
      if (!request.platform().matches(client.platformName())) {
        note("platform", Outcome.BROKEN, "the plugin drives " + client.platformName());
        return false;
      }
      return !client.addressableDevices().isEmpty();
    } catch (PjrtException e) {
      note("client", Outcome.BROKEN, e.getMessage());
      advice = "see the plugin's message; -Dcornu.pjrt.log=0 shows its whole log";
      return false;
    }
  }

  private void examineCuda(CudaLibraries cuda) {
    for (CudaLibraries.Part part : CudaLibraries.Part.values()) {
      Optional<Path> file = cuda.find(part);
      note(
          part.library,
          file.isPresent() ? Outcome.OK : Outcome.ABSENT,
          file.map(Path::toString).orElse(part.packageFor(cuda.cudaMajor())));
    }
    Optional<Path> data = cuda.dataFolder();
    note(
        "ptxas and libdevice",
        data.isPresent() ? Outcome.OK : Outcome.ABSENT,
        data.map(Path::toString).orElse("nvidia-cuda-nvcc"));
  }

  private String loadAdvice(Path library, String message) {
    Matcher matcher = MISSING_LIBRARY.matcher(message);
    if (!matcher.find()) {
      return "the file may be damaged or made for another system: reinstall its package";
    }
    String missing = matcher.group(1);
    return new CudaLibraries(library)
        .packageOf(missing)
        .map(name -> request.python() + " -m pip install " + name)
        .orElse("install the system library " + missing);
  }

  static boolean isCuda(Path library) {
    return library.getFileName().toString().contains("cuda");
  }

  private void note(
      String what, Outcome outcome, @org.jspecify.annotations.Nullable String detail) {
    steps.add(new Step(what, outcome, detail == null ? "" : detail));
  }
}
