package org.cornu.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.cornu.pjrt.Client;
import org.cornu.pjrt.ClientOptions;
import org.cornu.pjrt.Plugin;
import org.cornu.pjrt.PluginException;
import org.cornu.pjrt.Plugins;
import org.cornu.saving.H5Writer;
import picocli.CommandLine.Command;

/** {@code cornu doctor}: what is installed, what works, what to do about the rest. */
@Command(
    name = "doctor",
    description = "Explains the installation: Java, plugins, devices, and what is missing.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  /** The version of the build. */
  static String version() {
    Properties properties = new Properties();
    try (InputStream in = DoctorCommand.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }

  @Override
  public Integer call() {
    console.result("cornu     %s", version());
    console.result(
        "java      %s, %s", System.getProperty("java.version"), System.getProperty("java.vm.name"));
    console.result(
        "machine   %s %s, %d cores, %s of heap",
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        DevicesCommand.gib(Runtime.getRuntime().maxMemory()));
    boolean cpu = platform("cpu", ClientOptions.cpu(1));
    platform("gpu", ClientOptions.defaults().preallocate(false));
    platform("tpu", ClientOptions.defaults());
    boolean files = hdf5();
    if (!cpu) {
      console.note("cornu: without a CPU plugin nothing runs; see the line 'cpu' above");
    }
    return cpu && files ? 0 : 1;
  }

  private boolean platform(String name, ClientOptions options) {
    Plugin plugin;
    try {
      plugin = Plugins.find(name);
    } catch (PluginException e) {
      console.result("%-9s none: %s", name, String.valueOf(e.getMessage()));
      return false;
    }
    console.result(
        "%-9s %s, PJRT API %s, StableHLO %s",
        name, plugin.path(), plugin.apiVersion(), plugin.stablehloVersion());
    int missing = plugin.missingFunctions().size();
    if (missing > 0) {
      console.result("          an older API: %d of its newer functions are missing", missing);
    }
    try (Client client = plugin.createClient(options)) {
      console.result(
          "          %s %s, %d device(s): %s",
          client.platformName(),
          client.platformVersion().lines().findFirst().orElse(""),
          client.addressableDevices().size(),
          client.addressableDevices().isEmpty() ? "" : client.addressableDevices().get(0).kind());
      return true;
    } catch (RuntimeException e) {
      console.result(
          "          it was found, but starts no client: %s", String.valueOf(e.getMessage()));
      return false;
    }
  }

  private boolean hdf5() {
    try {
      Path probe = Files.createTempFile("cornu", ".h5");
      try (H5Writer out = H5Writer.create(probe)) {
        out.attribute("/", "name", "probe");
      } finally {
        Files.deleteIfExists(probe);
      }
      console.result("hdf5      works: .keras and .h5 files can be read and written");
      return true;
    } catch (IOException e) {
      console.result("hdf5      %s", String.valueOf(e.getMessage()));
      return false;
    }
  }
}
