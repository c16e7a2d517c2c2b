package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only shows in a process of its own: exit, environment, log output, leak reports. */
class ProcessTest {
  private static final String PLUGIN = "cornu.pjrt.plugin";

  @TempDir Path folder;

  /** The code that runs in the other process; the argument chooses what it does. */
  static final class Child {
    public static void main(String[] args) throws Exception {
      Client client = Plugins.find("cpu").createClient(ClientOptions.cpu(2));
      Device device = client.devices().get(0);
      switch (args[0]) {
        case "exit" -> exitWhileRunning(client, device);
        case "leak" -> leak(client, device);
        case "pressure" -> pressure(client, device);
        case "reclaim" -> System.out.println("reclaimed " + MemoryPressure.reclaim());
        case "flags" -> {
          try (LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults())) {
            System.out.println("compiled " + add.name());
          } catch (PjrtException e) {
            System.out.println("refused " + e.pluginMessage());
          }
        }
        default -> System.out.println(client.platformName());
      }
    }

    private static void exitWhileRunning(Client client, Device device) {
      LoadedExecutable chain = client.compile(Programs.matmulLoop(), CompileOptions.defaults());
      Buffer x =
          client.bufferFromHost(
              new float[512 * 512], BufferType.F32, new long[] {512, 512}, device);
      for (int i = 0; i < 4; i++) {
        Buffer unused = chain.execute(x)[0];
        System.out.println("running " + unused.type());
      }
      var unused = chain.execute(x)[0].ready();
      System.out.println("leaving");
    }

    private static void leak(Client client, Device device) throws InterruptedException {
      forget(client, device);
      for (int i = 0; i < 10 && LeakTracking.collectedCount() == 0; i++) {
        MemoryPressure.reclaim();
      }
      System.out.println("collected " + LeakTracking.collectedCount());
      Buffer closed = client.bufferFromHost(new float[1], BufferType.F32, new long[] {1}, device);
      closed.close();
      System.out.println("live " + device.liveBuffers());
    }

    /** 200 forgotten buffers of 1 MiB: far less than makes the Java heap collect by itself. */
    private static void pressure(Client client, Device device) {
      float[] data = new float[1 << 18];
      long peak = 0;
      for (int i = 0; i < 200; i++) {
        Buffer unused =
            client.bufferFromHost(data, BufferType.F32, new long[] {data.length}, device);
        peak = Math.max(peak, unused.device().bytesInUse());
      }
      System.out.println("peak " + (peak >> 20));
    }

    private static void forget(Client client, Device device) {
      Buffer unused =
          client.bufferFromHost(new float[6], BufferType.F32, new long[] {2, 3}, device);
      System.out.println("forgetting " + unused.elementCount());
    }
  }

  private record Result(int status, String out, String err) {}

  private Result run(List<String> options, Map<String, String> environment, String argument)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    if (System.getProperty(PLUGIN) != null) {
      command.add("-D" + PLUGIN + "=" + System.getProperty(PLUGIN));
    }
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    command.add(argument);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void exitIsCleanWithALiveClientAndRunningExecutions() throws Exception {
    Result result = run(List.of(), Map.of(), "exit");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).endsWith("leaving\n");
  }

  @Test
  void thePluginsLogStaysOffTheTerminalUnlessAskedFor() throws Exception {
    Result quiet = run(List.of(), Map.of(), "name");
    assertThat(quiet.out()).isEqualTo("cpu\n");
    assertThat(quiet.err()).isEmpty();
    Result loud = run(List.of("-Dcornu.pjrt.log=0"), Map.of(), "name");
    assertThat(loud.err()).isNotEmpty();
  }

  @Test
  void leaksAreReportedWithTheirLine() throws Exception {
    Result result = run(List.of("-Dcornu.trackLeaks=true"), Map.of(), "leak");
    assertThat(result.out()).contains("collected 1\n").contains("live 0\n");
    assertThat(result.err())
        .containsPattern("buffer f32\\[2,3\\] allocated at ProcessTest.java:\\d+ was never closed");
  }

  @Test
  void deviceMemoryThatGrowsMakesACollectionHappen() throws Exception {
    Result result = run(List.of("-Dcornu.memory.threshold=20000000"), Map.of(), "pressure");
    int peak = Integer.parseInt(result.out().trim().substring("peak ".length()));
    assertThat(peak).as(result.err()).isBetween(19, 100);
  }

  @Test
  void aMissingCollectionIsSaid() throws Exception {
    // Whether the heap collects by itself meanwhile depends on the machine: nothing is counted
    // here.
    Result result = run(List.of("-XX:+DisableExplicitGC"), Map.of(), "reclaim");
    assertThat(result.out()).contains("reclaimed false\n");
    assertThat(result.err()).contains("-XX:+DisableExplicitGC is set");
  }

  @Test
  void unknownXlaFlagsAreAnErrorAndNotTheEndOfTheProcess() throws Exception {
    Result result = run(List.of(), Map.of("XLA_FLAGS", "--xla_no_such_flag=1"), "flags");
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("refused").contains("xla_no_such_flag");
    Result good =
        run(List.of(), Map.of("XLA_FLAGS", "--xla_backend_optimization_level=0"), "flags");
    assertThat(good.out()).isEqualTo("compiled add\n");
  }
}
