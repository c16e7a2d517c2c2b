package org.cornu.cli;

import java.util.Set;

/** Service: benchmarks that {@code cornu bench} runs. */
public interface BenchmarkProvider {
  /** Names of the workloads. */
  Set<String> workloads();

  /**
   * Runs a workload and prints one JSON object on one line as the last line of the result.
   *
   * @param steps how many timed steps; 0 for the workload's own number
   * @return the exit status
   */
  int run(String workload, int steps, Console console) throws Exception;
}
