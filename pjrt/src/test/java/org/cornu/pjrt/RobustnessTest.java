package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Memory, threads and failures. Longer runs: -Dcornu.soak=true. */
class RobustnessTest {
  private static final boolean SOAK = Boolean.getBoolean("cornu.soak");

  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  private Buffer vector(float... values) {
    return client.bufferFromHost(values, BufferType.F32, new long[] {values.length}, device);
  }

  @Test
  void oneLaunchRunsOnEightDevices() {
    CompileOptions options = CompileOptions.builder().partitions(8).build();
    try (LoadedExecutable program = client.compile(Programs.shardedSum(), options)) {
      assertThat(program.devices()).hasSize(8);
      assertThat(program.outputDimensions(1)).containsExactly(2);
      Buffer[][] args = new Buffer[8][];
      for (int d = 0; d < 8; d++) {
        args[d] =
            new Buffer[] {
              client.bufferFromHost(
                  new float[] {d, 10 * d}, BufferType.F32, new long[] {2}, program.devices().get(d))
            };
      }
      for (int round = 0; round < 3; round++) {
        Buffer[][] results = program.execute(args);
        for (int d = 0; d < 8; d++) {
          assertThat(results[d][0].scalar()).isEqualTo(28 * 11);
          assertThat(results[d][1].toFloatArray()).containsExactly(2 * d, 20 * d);
          assertThat(results[d][1].device()).isSameAs(program.devices().get(d));
        }
      }
      assertThatThrownBy(() -> program.execute(args[0]))
          .hasMessageContaining("the program runs on 8 devices");
      assertThatThrownBy(() -> program.execute(new Buffer[][] {args[0]}))
          .hasMessageContaining("one list of arguments per device is needed: got 1 for 8");
    }
  }

  @Test
  void aDeviceAssignmentChoosesTheDevice() {
    Device third = client.devices().get(3);
    CompileOptions options = CompileOptions.builder().device(third).build();
    try (LoadedExecutable add = client.compile(Programs.add(2), options);
        Buffer here = vector(1, 2);
        Buffer there = here.copyTo(third)) {
      assertThat(add.devices()).containsExactly(third);
      assertThat(add.execute(there, there)[0].toFloatArray()).containsExactly(2, 4);
      assertThatThrownBy(() -> add.execute(here, here)).isInstanceOf(PjrtException.class);
      assertThat(here.toFloatArray()).containsExactly(1, 2);
    }
    CompileOptions portable = CompileOptions.builder().portable(true).build();
    try (LoadedExecutable add = client.compile(Programs.add(2), portable);
        Buffer x =
            client.bufferFromHost(new float[] {1, 2}, BufferType.F32, new long[] {2}, third)) {
      Buffer sum = add.execute(new Buffer[] {x, x}, ExecuteOptions.defaults().device(third))[0];
      assertThat(sum.device()).isSameAs(third);
      assertThat(sum.toFloatArray()).containsExactly(2, 4);
    }
  }

  @Test
  void keptArgumentsSurviveADonatingProgram() {
    try (LoadedExecutable program =
        client.compile(Programs.doubleAll(2), CompileOptions.defaults())) {
      Buffer a = client.bufferFromHost(new float[16], BufferType.F32, new long[] {16}, device);
      Buffer b = client.bufferFromHost(new float[16], BufferType.F32, new long[] {16}, device);
      // The plugin of API 0.81 keeps every argument behind a kept one, so keep the last.
      program.execute(
          new Buffer[] {a, b}, ExecuteOptions.defaults().keep(1).callSite("Train.java:7"));
      assertThat(a.isDeleted()).isTrue();
      assertThat(b.isDeleted()).isFalse();
      assertThatThrownBy(a::await)
          .hasMessage(
              "await: the buffer f32[16] was donated to execution 1 of 'double_all' at"
                  + " Train.java:7\n  hint: use what that call returned, or do not donate the"
                  + " argument");
      assertThatThrownBy(() -> program.execute(b, b))
          .isInstanceOf(PjrtException.class)
          .hasMessageContaining("execute 'double_all'");
      assertThat(b.isDeleted() || b.toFloatArray().length == 16).isTrue();
    }
  }

  @Test
  void runningOutOfMemoryIsOneExceptionAndTheClientStaysUsable() {
    long live = device.liveBuffers();
    try (LoadedExecutable huge =
            client.compile(Programs.huge(1L << 35), CompileOptions.defaults());
        Buffer one = client.bufferFromHost(new float[] {1}, BufferType.F32, new long[0], device)) {
      assertThatThrownBy(() -> huge.execute(one)[0].await())
          .isInstanceOfSatisfying(
              PjrtException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED));
    }
    MemoryPressure.reclaim();
    try (LoadedExecutable add = client.compile(Programs.add(2), CompileOptions.defaults());
        Buffer x = vector(1, 2);
        Buffer sum = add.execute(x, x)[0]) {
      assertThat(sum.toFloatArray()).containsExactly(2, 4);
    }
    for (int attempt = 0; attempt < 20 && device.liveBuffers() > live; attempt++) {
      MemoryPressure.reclaim();
    }
    assertThat(device.liveBuffers()).isLessThanOrEqualTo(live);
    assertThatThrownBy(() -> client.compile(Programs.huge(1L << 42), CompileOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tensor<4398046511104xf32> takes more than the 256 GiB");
  }

  /** The compilers of all three plugins read the body that is not there, and end the process. */
  @Test
  void aFunctionWithoutBodyIsRefused() {
    String main =
        "func.func public @main(%x: tensor<2xf32>) -> (tensor<2xf32> {jax.result_info = \"{\"})"
            + " attributes {a = \"(\"} {\n  %y = call @f(%x) : (tensor<2xf32>) -> tensor<2xf32>\n"
            + "  return %y : tensor<2xf32>\n}\n";
    String declared = "func.func private @f(tensor<2xf32>) -> tensor<2xf32>";
    for (String program :
        List.of(
            "module {\n" + main + declared + "\n}",
            "module {\n" + declared + " attributes {b}\n" + main + "}",
            "module {\n" + declared + " loc(unknown) " + main + "}")) {
      assertThatThrownBy(() -> client.compile(program, CompileOptions.defaults()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("func.func private @f is declared without a body");
    }
    String defined =
        "func.func private @f(%x: tensor<2xf32>) -> tensor<2xf32> {\n return %x :"
            + " tensor<2xf32>\n}\n";
    client.compile("module {\n" + defined + main + "}", CompileOptions.defaults()).close();
  }

  @Test
  void aClosedClientRefusesEveryUse() {
    Client own = client.plugin().createClient(ClientOptions.cpu(1));
    Device only = own.devices().get(0);
    own.close();
    own.close();
    // Often: each refused use ends with a release, and none of them may free the client again.
    for (int i = 0; i < 100; i++) {
      for (ThrowingCallable use :
          List.<ThrowingCallable>of(
              () -> own.bufferFromHost(new float[1], BufferType.F32, new long[] {1}, only),
              () -> own.compile(Programs.add(1), CompileOptions.defaults()),
              () -> own.defaultDeviceAssignment(1, 1),
              () -> own.topology(),
              only::memoryStats)) {
        assertThatThrownBy(use)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the client is closed");
      }
    }
  }

  @Test
  void aSmallStackCompilesALargeProgram() throws Exception {
    int length = SOAK ? 8_000 : 3_000;
    AtomicReference<@Nullable LoadedExecutable> result = new AtomicReference<>();
    Thread thread =
        new Thread(
            null,
            () ->
                result.set(
                    client.compile(
                        Programs.chain(length),
                        CompileOptions.builder().optimizationLevel(0).build())),
            "small stack",
            64 << 10);
    thread.start();
    thread.join();
    Objects.requireNonNull(result.get()).close();
  }

  @Test
  void forgottenBuffersAreFreedAfterACollection() throws Exception {
    try (LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults());
        Buffer x = vector(1, 2, 3, 4)) {
      MemoryPressure.reclaim();
      long before = device.liveBuffers();
      long bytes = device.bytesInUse();
      for (int i = 0; i < 1000; i++) {
        Buffer unused = add.execute(x, x)[0];
        assertThat(unused.isDeleted()).isFalse();
      }
      for (int attempt = 0; attempt < 20 && device.liveBuffers() > before; attempt++) {
        MemoryPressure.reclaim();
      }
      assertThat(device.liveBuffers()).isLessThanOrEqualTo(before);
      assertThat(device.bytesInUse()).isLessThanOrEqualTo(bytes);
    }
  }

  @Test
  void manyExecutionsAndTransfersLeaveNothingBehind() {
    int executions = SOAK ? 1_000_000 : 20_000;
    int transfers = SOAK ? 100_000 : 5_000;
    try (LoadedExecutable step = client.compile(Programs.doubleAll(3), CompileOptions.defaults())) {
      Buffer[] state = new Buffer[3];
      for (int i = 0; i < 3; i++) {
        state[i] = client.bufferFromHost(new float[16], BufferType.F32, new long[] {16}, device);
      }
      long live = device.liveBuffers();
      long bytes = device.bytesInUse();
      long resident = 0;
      for (int i = 0; i < executions; i++) {
        state = step.execute(state);
        if (i == executions / 4) {
          Buffer.awaitAll(state);
          resident = residentBytes();
        }
      }
      float[] data = new float[40_000];
      for (int i = 0; i < transfers; i++) {
        try (Buffer b =
            client.bufferFromHost(data, BufferType.F32, new long[] {data.length}, device)) {
          if (i % 100 == 0) {
            assertThat(b.toFloatArray()).hasSize(data.length);
          }
        }
      }
      assertThat(device.liveBuffers()).isLessThanOrEqualTo(live);
      assertThat(device.bytesInUse()).isLessThanOrEqualTo(bytes);
      assertThat(residentBytes() - resident).as("growth in bytes").isLessThan(200L << 20);
      for (Buffer b : state) {
        b.close();
      }
    }
  }

  private static long residentBytes() {
    try {
      String text = java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/statm"));
      return Long.parseLong(text.split(" ")[1]) * 4096;
    } catch (java.io.IOException e) {
      return 0;
    }
  }

  @Test
  void manyThreadsShareAnExecutable() throws Exception {
    int seconds = SOAK ? 60 : 2;
    try (LoadedExecutable add = client.compile(Programs.add(64), CompileOptions.defaults())) {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        float mine = t;
        tasks.add(
            () -> {
              long rounds = 0;
              float[] data = new float[64];
              while (System.nanoTime() < end) {
                java.util.Arrays.fill(data, mine + rounds);
                try (Buffer x =
                        client.bufferFromHost(data, BufferType.F32, new long[] {64}, device);
                    Buffer sum = add.execute(x, x)[0]) {
                  for (float value : sum.toFloatArray()) {
                    if (value != 2 * (mine + rounds)) {
                      throw new AssertionError(value + " instead of " + 2 * (mine + rounds));
                    }
                  }
                }
                rounds++;
                if (rounds > 1_000_000) {
                  rounds = 0;
                }
              }
              return rounds;
            });
      }
      try {
        for (Future<Long> future : threads.invokeAll(tasks)) {
          assertThat(future.get()).isPositive();
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  @Test
  void closingWhileOthersReadIsAnExceptionAtWorst() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 300; round++) {
        Buffer shared = vector(1, 2, 3, 4);
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          tasks.add(
              () -> {
                try {
                  return shared.toFloatArray()[3] == 4;
                } catch (IllegalStateException e) {
                  return true;
                }
              });
        }
        tasks.add(
            () -> {
              shared.close();
              return true;
            });
        for (Future<Boolean> future : threads.invokeAll(tasks)) {
          assertThat(future.get()).isTrue();
        }
      }
    } finally {
      threads.shutdown();
    }
  }
}
