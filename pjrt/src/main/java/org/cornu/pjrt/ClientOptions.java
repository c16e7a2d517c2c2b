package org.cornu.pjrt;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Create options of a client. Immutable; each setter returns a changed copy.
 *
 * <p>Only what is set is sent: a plugin keeps its own default for the rest. Plugins differ in what
 * they do with an option they do not know: some ignore it, newer ones refuse.
 *
 * <pre>{@code
 * ClientOptions eight = ClientOptions.cpu(8);
 * ClientOptions gpu = ClientOptions.defaults().preallocate(false).visibleDevices(0, 1);
 * }</pre>
 */
public final class ClientOptions {
  /** How a GPU client hands out device memory. */
  public enum Allocator {
    DEFAULT,
    PLATFORM,
    BFC,
    CUDA_ASYNC
  }

  private static final ClientOptions DEFAULTS = new ClientOptions(Map.of(), null);

  private final Map<String, Object> values;
  private final @Nullable KeyValueStore store;

  private ClientOptions(Map<String, Object> values, @Nullable KeyValueStore store) {
    this.values = values;
    this.store = store;
  }

  /** No options: the plugin's own defaults. Note that CPU plugins then make four devices. */
  public static ClientOptions defaults() {
    return DEFAULTS;
  }

  /** Options for a CPU client with a number of virtual devices, which share the machine's cores. */
  public static ClientOptions cpu(int devices) {
    if (devices < 1 || devices > 4096) {
      throw new IllegalArgumentException("cpu: devices must be 1 to 4096: got " + devices);
    }
    return DEFAULTS.with("cpu_device_count", (long) devices);
  }

  /** GPU: the allocator; default is the plugin's. */
  public ClientOptions allocator(Allocator allocator) {
    return with("allocator", allocator.name().toLowerCase(java.util.Locale.ROOT));
  }

  /** GPU: the share of device memory the allocator may take, in (0, 1]. */
  public ClientOptions memoryFraction(double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "memoryFraction: the share must lie in (0, 1]: got " + fraction);
    }
    return with("memory_fraction", (float) fraction);
  }

  /** GPU: whether to take that share at once (the plugin's default) or as needed. */
  public ClientOptions preallocate(boolean preallocate) {
    return with("preallocate", preallocate);
  }

  /** GPU: the hardware ids this process may use; default all. */
  public ClientOptions visibleDevices(int... ids) {
    long[] copy = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        throw new IllegalArgumentException("visibleDevices: ids start at 0: got " + ids[i]);
      }
      copy[i] = ids[i];
    }
    return with("visible_devices", copy);
  }

  /**
   * GPU: one process of several that form one client together.
   *
   * @param process the number of this one, from 0
   * @param processes how many there are
   * @param exchange the store that all of them share
   */
  public ClientOptions process(int process, int processes, KeyValueStore exchange) {
    if (process < 0 || process >= processes) {
      throw new IllegalArgumentException(
          "process: the number must lie below the count: got " + process + " of " + processes);
    }
    return with("node_id", (long) process).with("num_nodes", (long) processes).store(exchange);
  }

  /** The store that the processes of one client share, where the plugin asks for one. */
  public ClientOptions store(KeyValueStore exchange) {
    return new ClientOptions(values, exchange);
  }

  Optional<KeyValueStore> store() {
    return Optional.ofNullable(store);
  }

  /** GPU: bytes set aside for collectives. */
  public ClientOptions collectiveMemorySize(long bytes) {
    return with("collective_memory_size", bytes);
  }

  /** An option by the plugin's own name: a String, Long, Integer, long[], Float or Boolean. */
  public ClientOptions with(String name, Object value) {
    boolean fits =
        value instanceof String
            || value instanceof Long
            || value instanceof Integer
            || value instanceof long[]
            || value instanceof Float
            || value instanceof Boolean;
    if (!fits) {
      throw new IllegalArgumentException(
          "option '"
              + name
              + "': a value must be a String, Long, Integer, long[], Float or Boolean: got "
              + value.getClass().getSimpleName());
    }
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(name, value instanceof Integer number ? number.longValue() : value);
    return new ClientOptions(Collections.unmodifiableMap(copy), store);
  }

  /** The options that are set, by the plugin's names. */
  public Map<String, Object> values() {
    return values;
  }
}
