package org.cornu.pjrt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Cornu's side of {@link DispatchComparison}: reads lines of a workload and a number of calls,
 * answers each with wall time, processor time (both in nanoseconds) and the first element.
 */
public final class DispatchRunner {
  private static final int PARAMETERS = 200;
  private static final int SIZE = 16;

  /** What a workload calls over and over, each time with the results of the call before. */
  private record Workload(LoadedExecutable program, Buffer[] state, boolean donates) {
    Workload call(int calls) {
      Buffer[] current = state;
      for (int i = 0; i < calls; i++) {
        Buffer[] next = program.execute(current);
        if (!donates) {
          current[0].close();
        }
        current = next;
      }
      Buffer.awaitAll(current);
      return new Workload(program, current, donates);
    }
  }

  private DispatchRunner() {}

  public static void main(String[] args) throws IOException {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Client client = Plugins.find("cpu").createClient(ClientOptions.cpu(1))) {
      Map<String, Workload> workloads = new HashMap<>();
      System.out.println("ready cornu");
      String line;
      while ((line = requests.readLine()) != null) {
        String[] words = line.split(" ");
        Workload before = workloads.computeIfAbsent(words[0], name -> create(client, name));
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        Workload after = before.call(Integer.parseInt(words[1]));
        long wall = System.nanoTime() - start;
        cpu = system.getProcessCpuTime() - cpu;
        workloads.put(words[0], after);
        float first = Float.intBitsToFloat((int) after.state()[0].elementBits(0));
        System.out.println(wall + " " + cpu + " " + first);
      }
    }
  }

  private static Workload create(Client client, String name) {
    Device device = client.devices().get(0);
    boolean scalar = name.equals("scalar_add");
    long[] dims = scalar ? new long[0] : new long[] {SIZE};
    Buffer[] state = new Buffer[scalar ? 1 : PARAMETERS];
    for (int i = 0; i < state.length; i++) {
      float[] values = new float[scalar ? 1 : SIZE];
      java.util.Arrays.fill(values, i);
      state[i] = client.bufferFromHost(values, BufferType.F32, dims, device);
    }
    String program =
        Programs.increment(state.length, scalar ? "tensor<f32>" : "tensor<16xf32>", !scalar);
    return new Workload(client.compile(program, CompileOptions.defaults()), state, !scalar);
  }
}
