package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Uses that meet an end: whoever comes late gets an exception, and nothing is freed under a use.
 */
class RaceTest {
  private static final int ROUNDS = 200;

  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  private Buffer filled(float value) {
    float[] values = new float[16];
    java.util.Arrays.fill(values, value);
    return client.bufferFromHost(values, BufferType.F32, new long[] {16}, device);
  }

  /** Runs all tasks at once and passes on the first failure. */
  private static void together(List<Callable<Boolean>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    CountDownLatch start = new CountDownLatch(tasks.size());
    try {
      List<Future<Boolean>> futures = new ArrayList<>();
      for (Callable<Boolean> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return task.call();
                }));
      }
      for (Future<Boolean> future : futures) {
        assertThat(future.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  /**
   * A launch that nobody disturbs shows that the argument is consumed. Before one, a reader can
   * make the plugin copy instead, and the argument then stays.
   */
  private void learnThatItDonates(LoadedExecutable twice) {
    Buffer alone = filled(1);
    twice.execute(alone)[0].close();
    assertThat(alone.isDeleted()).isTrue();
  }

  @Test
  void aDonationWhileOthersReadIsRightForAll() throws Exception {
    long live = device.liveBuffers();
    try (LoadedExecutable twice =
        client.compile(Programs.doubleAll(1), CompileOptions.defaults())) {
      learnThatItDonates(twice);
      for (int round = 0; round < ROUNDS; round++) {
        Buffer shared = filled(3);
        Callable<Boolean> read =
            () -> {
              try {
                while (true) {
                  if (Float.intBitsToFloat((int) shared.elementBits(7)) != 3
                      || shared.toFloatArray()[15] != 3) {
                    return false;
                  }
                }
              } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage()).contains("donated to execution");
              }
            };
        Callable<Boolean> donate =
            () -> {
              try (Buffer result = twice.execute(shared)[0]) {
                // Donated for sure, even where the plugin made a copy for the sake of a reader.
                return result.toFloatArray()[15] == 6 && shared.isDeleted();
              } finally {
                shared.close();
              }
            };
        Callable<Boolean> readOnce =
            () -> {
              try {
                return shared.toFloatArray()[0] == 3;
              } catch (IllegalStateException e) {
                return true;
              }
            };
        together(List.of(read, readOnce, donate));
      }
    }
    assertThat(device.liveBuffers()).isLessThanOrEqualTo(live);
  }

  @Test
  void oneOfTwoDonationsOfABufferWins() throws Exception {
    long live = device.liveBuffers();
    try (LoadedExecutable twice =
        client.compile(Programs.doubleAll(1), CompileOptions.defaults())) {
      learnThatItDonates(twice);
      for (int round = 0; round < ROUNDS; round++) {
        Buffer shared = filled(1);
        java.util.concurrent.atomic.AtomicInteger wins =
            new java.util.concurrent.atomic.AtomicInteger();
        Callable<Boolean> donate =
            () -> {
              try (Buffer result = twice.execute(shared)[0]) {
                wins.incrementAndGet();
                return result.toFloatArray()[0] == 2;
              } catch (IllegalStateException | PjrtException e) {
                return true;
              }
            };
        together(List.of(donate, donate, donate));
        assertThat(wins.get()).isBetween(1, 3);
        assertThat(shared.isDeleted()).isTrue();
      }
    }
    assertThat(device.liveBuffers()).isLessThanOrEqualTo(live);
  }

  @Test
  void closingAnExecutableLetsLaunchesUnderWayFinish() throws Exception {
    for (int round = 0; round < 20; round++) {
      LoadedExecutable add = client.compile(Programs.add(16), CompileOptions.defaults());
      try (Buffer x = filled(2)) {
        Callable<Boolean> run =
            () -> {
              try {
                while (true) {
                  try (Buffer sum = add.execute(x, x)[0]) {
                    if (sum.toFloatArray()[3] != 4) {
                      return false;
                    }
                  }
                }
              } catch (IllegalStateException e) {
                return "the executable 'add' is closed".equals(e.getMessage());
              }
            };
        Callable<Boolean> close =
            () -> {
              while (add.launches() < 20) {
                Thread.onSpinWait();
              }
              add.close();
              return true;
            };
        together(List.of(run, run, close));
      }
    }
  }

  @Test
  void closingAClientLetsWorkUnderWayFinish() throws Exception {
    for (int round = 0; round < 5; round++) {
      Client own = client.plugin().createClient(ClientOptions.cpu(1));
      Device only = own.devices().get(0);
      AtomicBoolean running = new AtomicBoolean();
      Callable<Boolean> work =
          () -> {
            try {
              while (true) {
                try (Buffer x =
                    own.bufferFromHost(new float[] {5}, BufferType.F32, new long[] {1}, only)) {
                  running.set(true);
                  if (x.toFloatArray()[0] != 5) {
                    return false;
                  }
                }
              }
            } catch (IllegalStateException e) {
              return "the client is closed".equals(e.getMessage());
            }
          };
      Callable<Boolean> compile =
          () -> {
            try {
              while (true) {
                own.compile(Programs.add(1), CompileOptions.defaults()).close();
              }
            } catch (IllegalStateException e) {
              return "the client is closed".equals(e.getMessage());
            }
          };
      Callable<Boolean> close =
          () -> {
            while (!running.get()) {
              Thread.onSpinWait();
            }
            Thread.sleep(20);
            own.close();
            return true;
          };
      together(List.of(work, work, compile, close));
    }
  }
}
