package org.cornu.samples.bench;

/** One workload of {@code cornu bench}. */
interface Workload {
  /**
   * Runs it and puts its times and checksums into {@code timing}.
   *
   * @param steps timed steps; 0 for the workload's own number
   */
  void run(Timing timing, int steps) throws Exception;
}
