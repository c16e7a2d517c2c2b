package org.cornu.pjrt;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the processes of a multi-process client tell each other while it is created: addresses,
 * topologies, ids of communicators. One store serves all processes; plugin threads call it.
 */
public interface KeyValueStore {
  /**
   * Waits for a value.
   *
   * @throws Exception which fails the client's creation with its text; a {@link PjrtException} with
   *     its code
   */
  byte[] get(String key, Duration timeout) throws Exception;

  /** A value if it is there. */
  Optional<byte[]> tryGet(String key) throws Exception;

  /** Sets a value. */
  void put(String key, byte[] value) throws Exception;

  /** A store within this process. */
  static KeyValueStore inMemory() {
    Map<String, byte[]> values = new HashMap<>();
    return new KeyValueStore() {
      @Override
      public byte[] get(String key, Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (values) {
          byte[] value = values.get(key);
          while (value == null) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
              throw new PjrtException(
                  "key-value store",
                  ErrorCode.DEADLINE_EXCEEDED,
                  "no value for '" + key + "' within " + timeout);
            }
            values.wait(millis);
            value = values.get(key);
          }
          return value.clone();
        }
      }

      @Override
      public Optional<byte[]> tryGet(String key) {
        synchronized (values) {
          return Optional.ofNullable(values.get(key)).map(byte[]::clone);
        }
      }

      @Override
      public void put(String key, byte[] value) {
        synchronized (values) {
          values.put(key, value.clone());
          values.notifyAll();
        }
      }
    };
  }
}
