package org.cornu.tracer.runtime;

import java.util.List;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.ClientOptions;
import org.cornu.pjrt.CompileOptions;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.Plugins;
import org.jspecify.annotations.Nullable;

/**
 * The devices that programs of this process run on. Made on first use from the system properties
 * {@code cornu.device} ({@code cpu}, {@code gpu}, {@code tpu}; default {@code cpu}) and {@code
 * cornu.devices} (number of virtual CPU devices, default 1), or by {@link #configure}.
 */
public final class Backend {
  private static @Nullable Backend current;
  private static @Nullable String platform;
  private static int cpuDevices;

  private final Client client;
  private final List<Device> devices;

  private Backend(Client client) {
    this.client = client;
    this.devices = client.addressableDevices();
  }

  /**
   * Chooses platform and number of virtual CPU devices before the first computation.
   *
   * @param platform {@code cpu}, {@code gpu} or {@code tpu}
   * @param cpuDevices number of virtual devices on {@code cpu}; ignored elsewhere
   * @throws IllegalStateException when another choice is already in use
   */
  public static synchronized void configure(String platform, int cpuDevices) {
    if (current != null
        && (!current.client.platformName().equals(platform)
            || platform.equals("cpu") && current.devices.size() != cpuDevices)) {
      throw new IllegalStateException(
          "backend: "
              + current.devices.size()
              + " device(s) of platform "
              + current.client.platformName()
              + " are already in use; configure "
              + platform
              + " before the first computation");
    }
    Backend.platform = platform;
    Backend.cpuDevices = cpuDevices;
  }

  /** The backend of this process. */
  public static synchronized Backend current() {
    if (current == null) {
      String name = platform != null ? platform : System.getProperty("cornu.device", "cpu");
      int count = cpuDevices > 0 ? cpuDevices : Integer.getInteger("cornu.devices", 1);
      ClientOptions options =
          name.equals("cpu") ? ClientOptions.cpu(count) : ClientOptions.defaults();
      current = new Backend(Plugins.createClient(name, options));
    }
    return current;
  }

  /** True once a computation has run, or devices have been listed. */
  public static synchronized boolean isStarted() {
    return current != null;
  }

  /** The platform that programs are compiled for, without starting it. */
  public static synchronized String targetPlatform() {
    if (current != null) {
      return current.client.platformName();
    }
    return platform != null ? platform : System.getProperty("cornu.device", "cpu");
  }

  /** The PJRT client. */
  public Client client() {
    return client;
  }

  /**
   * Options that every program is compiled with. Left alone, XLA's CPU compiler takes {@code max(x,
   * NaN)} for {@code x}, against StableHLO's specification; and its XNNPACK products keep packed
   * weights by address, so that they work with stale ones once donation has put new values there
   * (seen with xla-cpu-pjrt 0.0.1). The system property {@code cornu.xla.flags} adds options,
   * {@code name=value} with commas between.
   */
  CompileOptions.Builder compileOptions() {
    CompileOptions.Builder options = CompileOptions.builder();
    if (client.platformName().equals("cpu")) {
      options.override("xla_cpu_enable_fast_min_max", false);
      options.override("xla_cpu_use_xnnpack", false);
    }
    String level = System.getProperty("cornu.xla.optimizationLevel");
    if (level != null) {
      options.override("xla_backend_optimization_level", Long.parseLong(level));
    }
    for (String flag : System.getProperty("cornu.xla.flags", "").split(",", -1)) {
      int equals = flag.indexOf('=');
      if (equals > 0) {
        options.override(flag.substring(0, equals), value(flag.substring(equals + 1)));
      }
    }
    return options;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.parseBoolean(text);
    }
    return text.matches("-?\\d+") ? (Object) Long.parseLong(text) : text;
  }

  /** The devices of this process. */
  public List<Device> devices() {
    return devices;
  }

  /** The device that tensors without placement live on. */
  public Device defaultDevice() {
    return devices.get(0);
  }

  /** {@code cpu}, {@code cuda}, {@code tpu}, … */
  public String platformName() {
    return client.platformName();
  }
}
