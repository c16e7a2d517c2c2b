package org.cornu.samples.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Samples of one workload and the JSON object they are reported in. */
final class Timing {
  private final Map<String, @Nullable Object> report = new LinkedHashMap<>();

  Timing(String workload) {
    report.put("peer", "cornu");
    report.put("workload", workload);
  }

  /** Runs {@code step} and takes its time, {@code units} calls each, in ms per call. */
  void measure(int steps, int units, Runnable step) {
    double[] samples = new double[steps];
    for (int i = 0; i < steps; i++) {
      long start = System.nanoTime();
      step.run();
      samples[i] = (System.nanoTime() - start) * 1e-6 / units;
    }
    times(samples);
  }

  void times(double... samples) {
    Arrays.sort(samples);
    report.put("median_ms", percentile(samples, 0.5));
    report.put("p10_ms", percentile(samples, 0.1));
    report.put("p90_ms", percentile(samples, 0.9));
    report.put("steps", samples.length);
  }

  private static double percentile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int low = (int) Math.floor(at);
    int high = Math.min(sorted.length - 1, low + 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }

  Timing put(String key, Object value) {
    report.put(key, value);
    return this;
  }

  double median() {
    return report.get("median_ms") instanceof Double median ? median : Double.NaN;
  }

  /** The report with memory, processors and versions. */
  Map<String, @Nullable Object> finish() {
    report.put("peak_rss_mb", peakMemory());
    report.put("cpus", Runtime.getRuntime().availableProcessors());
    report.put(
        "versions",
        Map.of(
            "java",
            System.getProperty("java.version"),
            "vm",
            ManagementFactory.getRuntimeMXBean().getVmName()));
    return report;
  }

  /**
   * Milliseconds since the process was started, as the caller noted it, or the Java machine did.
   */
  static double sinceSpawn() {
    String spawned = System.getenv("BENCH_T0_NS");
    double now = System.currentTimeMillis();
    if (spawned != null) {
      java.time.Instant instant = java.time.Instant.now();
      return instant.getEpochSecond() * 1e3
          + instant.getNano() * 1e-6
          - Double.parseDouble(spawned) * 1e-6;
    }
    return now - java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  private static @Nullable Double peakMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }
}
