package org.cornu.pjrt;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Python package that holds a CPU plugin, pinned by version and by the SHA-256 of its wheel.
 *
 * @param name the package's name
 * @param version the version that was tested
 * @param library the plugin inside the wheel
 * @param sha256 by processor: {@code x86_64}, {@code aarch64}
 */
record PluginPackage(String name, String version, String library, Map<String, String> sha256) {
  /** The default: OpenXLA's own package, PJRT API 0.81. */
  static final PluginPackage XLA_CPU =
      new PluginPackage(
          "xla-cpu-pjrt",
          "0.0.1",
          "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so",
          Map.of(
              "x86_64",
              "55837b6b7b47daa717f2d9a5a03563ea0ceaa338d06a81a1e2d3f060d960decc",
              "aarch64",
              "8f613be6e891858f40d64f9799319502fff42689661944fc18a6ffd8210b30c9"));

  /** PJRT API 0.106. */
  static final PluginPackage FASTATOMSTRUCT =
      new PluginPackage(
          "fastatomstruct-xla-cpu",
          "2026.6.23",
          "fastatomstruct_xla_cpu/libpjrt_cpu.so",
          Map.of("x86_64", "88b1c430b341b4bea40a37420311c9c75db6e22b46d2ff95b6986577bee6afe9"));

  /** PJRT API 0.115. */
  static final PluginPackage LAMMPS =
      new PluginPackage(
          "lammps-jax-pjrt-cpu",
          "0.11.2",
          "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
          Map.of("x86_64", "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1"));

  static final List<PluginPackage> CPU_PACKAGES = List.of(XLA_CPU, FASTATOMSTRUCT, LAMMPS);

  static Optional<PluginPackage> named(String name) {
    return CPU_PACKAGES.stream().filter(p -> p.name.equals(name)).findFirst();
  }

  /** {@code x86_64} or {@code aarch64}, from the JVM's word for it. */
  static String architecture() {
    String arch = System.getProperty("os.arch", "");
    return arch.equals("amd64") ? "x86_64" : arch;
  }

  Optional<String> checksum(String architecture) {
    return Optional.ofNullable(sha256.get(architecture));
  }

  /** {@code name==version}. */
  String requirement() {
    return name + "==" + version;
  }
}
