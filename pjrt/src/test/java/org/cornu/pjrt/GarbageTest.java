package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged input of every kind gives exceptions, never a dead process. The full number of mutations
 * runs with {@code -Dcornu.soak=true}; a failing one is repeated by its seed.
 */
class GarbageTest {
  private static final int MUTATIONS = Boolean.getBoolean("cornu.soak") ? 1000 : 60;

  private final Client client = TestClients.shared();

  private static byte[] mutate(byte[] original, long seed) {
    Random random = new Random(seed);
    byte[] bytes = original.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i < 1 + random.nextInt(8); i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        int from = random.nextInt(bytes.length);
        int to = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - Math.max(from, to), 1 + random.nextInt(40));
        System.arraycopy(original, from, bytes, to, count);
      }
      default -> {
        for (int i = 0; i < bytes.length; i++) {
          if (random.nextInt(20) == 0 && bytes[i] >= '0' && bytes[i] <= '9') {
            bytes[i] = (byte) ('0' + random.nextInt(10));
          }
        }
      }
    }
    return bytes;
  }

  private interface Attempt {
    void on(byte[] bytes);
  }

  private static List<String> tryAll(String what, byte[] original, Attempt attempt) {
    List<String> failures = new ArrayList<>();
    for (int seed = 0; seed < MUTATIONS; seed++) {
      try {
        attempt.on(mutate(original, seed));
      } catch (PjrtException | IllegalArgumentException e) {
        failures.add(String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        throw new AssertionError(what + ", seed " + seed, e);
      }
    }
    return failures;
  }

  @Test
  void programText() {
    byte[] text = Programs.doubleAll(2).getBytes(StandardCharsets.UTF_8);
    List<String> failures =
        tryAll(
            "program text",
            text,
            bytes -> client.compile(bytes, CompileOptions.defaults()).close());
    assertThat(failures).hasSizeGreaterThan(MUTATIONS / 4);
    assertThat(failures).allSatisfy(message -> assertThat(message).isNotBlank());
  }

  @Test
  void compileOptions() {
    byte[] options =
        Compilation.serialize(
            client,
            CompileOptions.builder()
                .optimizationLevel(0)
                .override("xla_cpu_enable_fast_math", false)
                .build());
    List<String> failures =
        tryAll(
            "compile options",
            options,
            bytes ->
                client
                    .compile(
                        Programs.add(2), CompileOptions.builder().serializedOptions(bytes).build())
                    .close());
    assertThat(failures).hasSizeGreaterThan(MUTATIONS / 10);
  }

  @Test
  void serializedExecutables() {
    byte[] serialized;
    try (LoadedExecutable add = client.compile(Programs.add(2), CompileOptions.defaults())) {
      serialized = add.serialize();
    }
    List<String> failures =
        tryAll("serialized executable", serialized, bytes -> client.deserialize(bytes).close());
    assertThat(failures).isNotEmpty();
  }
}
