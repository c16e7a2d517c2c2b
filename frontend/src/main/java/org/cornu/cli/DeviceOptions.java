package org.cornu.cli;

import org.cornu.tracer.runtime.Backend;
import picocli.CommandLine.Option;

/** The options that choose what a command computes on. */
final class DeviceOptions {
  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "cpu, gpu or tpu (default: ${DEFAULT-VALUE}).")
  private String device = System.getProperty("cornu.device", "cpu");

  @Option(
      names = "--devices",
      paramLabel = "N",
      description = "Number of devices; on cpu, virtual ones that share the cores.")
  private int devices = Integer.getInteger("cornu.devices", 0);

  /** The platform's name. */
  String device() {
    return device;
  }

  /** The number asked for; {@code otherwise} where none was. */
  int devices(int otherwise) {
    if (devices < 0) {
      throw new UsageException("--devices must be at least 1: got " + devices);
    }
    return devices == 0 ? otherwise : devices;
  }

  /** Makes the choice the process's own, before anything is computed. */
  Backend start(int otherwise) {
    Backend.configure(device, devices(otherwise));
    return Backend.current();
  }
}
