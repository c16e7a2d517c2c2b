package org.cornu.pjrt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The cost of a launch beside JAX's on the same machine.
 *
 * <p>Each round starts a fresh process of either side; within the round the two take turns of a
 * tenth of a second, so that whatever else the machine does hits both, and neither begins its turn
 * with caches that the other has filled for much of it. Reported are the medians of wall time per
 * call over the turns of a round, the ratio of the rounds' medians, and the minimum and the
 * processor time, which other load moves less. The python that has JAX is named by {@code
 * -Dcornu.bench.python}; without one only Cornu's figures are shown.
 */
public final class DispatchComparison {
  private static final int WARM_UP_TURNS = 20;
  private static final int TURNS = 40;

  private enum Workload {
    SCALAR_ADD("scalar_add", 20_000, 0.6),
    DONATED_200("donated_200", 1000, 0.5);

    final String label;
    final int callsPerTurn;
    final double target;

    Workload(String label, int callsPerTurn, double target) {
      this.label = label;
      this.callsPerTurn = callsPerTurn;
      this.target = target;
    }
  }

  /** Microseconds per call: median and minimum of wall time, mean of processor time. */
  private record Figures(double median, double minimum, double cpu) {}

  private DispatchComparison() {}

  public static void main(String[] args) throws Exception {
    int rounds = Integer.getInteger("cornu.bench.rounds", 5);
    String python = System.getProperty("cornu.bench.python", "");
    Path script = Files.createTempFile("dispatch", ".py");
    try (InputStream source =
        Objects.requireNonNull(DispatchComparison.class.getResourceAsStream("dispatch_jax.py"))) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> java = new ArrayList<>();
    java.add(ProcessHandle.current().info().command().orElse("java"));
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("cornu.") && !name.startsWith("cornu.bench.")) {
        java.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    java.add(DispatchRunner.class.getName());
    try {
      for (Workload workload : Workload.values()) {
        compare(
            workload,
            rounds,
            java,
            python.isEmpty() ? List.of() : List.of(python, script.toString()));
      }
    } finally {
      Files.delete(script);
    }
  }

  private static void compare(Workload workload, int rounds, List<String> java, List<String> jax)
      throws Exception {
    List<Figures> ours = new ArrayList<>();
    List<Figures> theirs = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      try (Side cornu = new Side(java);
          Side peer = jax.isEmpty() ? null : new Side(jax)) {
        List<Side> sides = peer == null ? List.of(cornu) : List.of(cornu, peer);
        for (int turn = 0; turn < WARM_UP_TURNS + TURNS; turn++) {
          for (int s = 0; s < sides.size(); s++) {
            sides.get((s + turn) % sides.size()).turn(workload, turn >= WARM_UP_TURNS);
          }
        }
        ours.add(cornu.figures());
        print(workload, round, "cornu", cornu.figures());
        if (peer != null) {
          if (cornu.check != peer.check) {
            throw new IllegalStateException(
                workload.label + ": the results differ: " + cornu.check + " and " + peer.check);
          }
          theirs.add(peer.figures());
          print(workload, round, "jax", peer.figures());
        }
      }
    }
    if (!theirs.isEmpty()) {
      System.out.printf(
          Locale.ROOT,
          "%-12s cornu / jax over %d rounds: median %.3f, minimum %.3f, processor time %.3f"
              + " (target: median at most %.1f)%n",
          workload.label,
          rounds,
          median(ours.stream().mapToDouble(Figures::median).toArray())
              / median(theirs.stream().mapToDouble(Figures::median).toArray()),
          ours.stream().mapToDouble(Figures::minimum).min().orElseThrow()
              / theirs.stream().mapToDouble(Figures::minimum).min().orElseThrow(),
          median(ours.stream().mapToDouble(Figures::cpu).toArray())
              / median(theirs.stream().mapToDouble(Figures::cpu).toArray()),
          workload.target);
    }
  }

  private static void print(Workload workload, int round, String side, Figures figures) {
    System.out.printf(
        Locale.ROOT,
        "%-12s round %d %-5s median %8.3f us, minimum %8.3f us, processor %8.3f us per call%n",
        workload.label,
        round + 1,
        side,
        figures.median(),
        figures.minimum(),
        figures.cpu());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** A process that runs the workloads on request. */
  private static final class Side implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final List<Double> wall = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private double check;

    Side(List<String> command) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("JAX_PLATFORMS", "cpu");
      process = builder.start();
      answers =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
      answer();
    }

    private String answer() throws IOException {
      String line = answers.readLine();
      if (line == null) {
        throw new IOException("the process ended: " + process.info().command().orElse("?"));
      }
      return line;
    }

    void turn(Workload workload, boolean measured) throws IOException {
      requests.write(workload.label + " " + workload.callsPerTurn + "\n");
      requests.flush();
      String[] words = answer().split(" ");
      check = Double.parseDouble(words[2]);
      if (measured) {
        wall.add(Long.parseLong(words[0]) / 1e3 / workload.callsPerTurn);
        cpu.add(Long.parseLong(words[1]) / 1e3 / workload.callsPerTurn);
      }
    }

    Figures figures() {
      double[] times = wall.stream().mapToDouble(Double::doubleValue).toArray();
      return new Figures(
          median(times),
          Arrays.stream(times).min().orElseThrow(),
          cpu.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
    }

    @Override
    public void close() throws IOException {
      requests.close();
      try {
        if (!process.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
