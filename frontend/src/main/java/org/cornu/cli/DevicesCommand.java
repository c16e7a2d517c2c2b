package org.cornu.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.cornu.pjrt.Device;
import org.cornu.pjrt.MemoryStats;
import org.cornu.tracer.runtime.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cornu devices}: what there is to compute on. */
@Command(
    name = "devices",
    description = "Lists the devices with their kind and memory.",
    mixinStandardHelpOptions = true)
final class DevicesCommand implements Callable<Integer> {
  @Mixin private DeviceOptions options = new DeviceOptions();

  private final Console console;

  DevicesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Backend backend = options.start(1);
    for (Device device : backend.devices()) {
      console.result(
          "%s:%d  %s  %s", backend.platformName(), device.id(), device.kind(), memory(device));
    }
    return 0;
  }

  /** What the device's allocator says, or the machine's memory for a CPU. */
  private static String memory(Device device) {
    MemoryStats stats = device.memoryStats().orElse(null);
    if (stats != null && stats.limit().isPresent()) {
      return gib(stats.bytesInUse()) + " of " + gib(stats.limit().getAsLong()) + " in use";
    }
    return gib(device.bytesInUse()) + " of " + gib(machineMemory()) + " in use";
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : Runtime.getRuntime().maxMemory();
  }

  static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
