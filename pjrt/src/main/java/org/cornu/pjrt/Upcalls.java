package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.cornu.pjrt.capi.Pjrt;
import org.cornu.pjrt.capi.cornu_upcall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java objects that plugins call by number: key-value stores, sends and receives. A number is good
 * until {@link #forget}; a call that comes later fails and harms nothing.
 */
final class Upcalls {
  private static final Logger LOG = LoggerFactory.getLogger(Upcalls.class);
  private static final Map<Long, Object> TARGETS = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT = new AtomicLong();

  /** Referenced for ever: the native function pointer dies with it. */
  private static @Nullable Trampoline trampoline;

  private record Receiver(Client client, HostReceive handler) {}

  private Upcalls() {}

  static long register(KeyValueStore store) {
    return add(store);
  }

  static long register(HostSend handler) {
    return add(handler);
  }

  static long register(Client client, HostReceive handler) {
    return add(new Receiver(client, handler));
  }

  static void forget(long target) {
    TARGETS.remove(target);
  }

  /** The native function of a kind of upcall ({@code CORNU_UPCALL_...}). */
  static Address function(int kind) {
    return new Address(Pjrt.cornu_upcall_function(kind));
  }

  private static synchronized long add(Object object) {
    if (trampoline == null) {
      trampoline = new Trampoline();
      Pjrt.cornu_set_upcall_target(trampoline);
    }
    long id = NEXT.incrementAndGet();
    TARGETS.put(id, object);
    return id;
  }

  /** Where native code enters Java. */
  private static final class Trampoline extends cornu_upcall {
    @Override
    public int call(
        long target,
        int kind,
        long first,
        long firstSize,
        long second,
        long secondSize,
        long argument,
        long reply) {
      try {
        Object object = TARGETS.get(target);
        byte[] answer;
        if (object instanceof KeyValueStore store) {
          answer =
              keyValue(store, kind, text(first, firstSize), bytes(second, secondSize), argument);
        } else if (object instanceof HostSend send) {
          send.accept(view(first, firstSize), argument, secondSize != 0);
          answer = new byte[0];
        } else if (object instanceof Receiver receiver) {
          receive(receiver, first);
          answer = new byte[0];
        } else {
          throw new IllegalStateException("the Java object of this callback is gone");
        }
        Pjrt.cornu_upcall_reply(reply, answer, answer.length);
        return 0;
      } catch (Throwable e) {
        // Nothing may unwind into native frames: the plugin gets this text instead.
        byte[] message =
            (e instanceof PjrtException failure ? failure.pluginMessage() : String.valueOf(e))
                .getBytes(StandardCharsets.UTF_8);
        Pjrt.cornu_upcall_reply(reply, message, message.length);
        return (e instanceof PjrtException failure ? failure.code() : ErrorCode.INTERNAL).number();
      }
    }
  }

  private static byte[] keyValue(
      KeyValueStore store, int kind, String key, byte[] value, long timeoutMillis)
      throws Exception {
    if (kind == Pjrt.CORNU_UPCALL_GET) {
      return store.get(key, Duration.ofMillis(timeoutMillis));
    }
    if (kind == Pjrt.CORNU_UPCALL_TRY_GET) {
      Optional<byte[]> found = store.tryGet(key);
      return found.orElseThrow(
          () ->
              new PjrtException(
                  "key-value store", ErrorCode.NOT_FOUND, "no value for '" + key + "'"));
    }
    store.put(key, value);
    return new byte[0];
  }

  private static void receive(Receiver receiver, long address) {
    DeviceStream stream = new DeviceStream(receiver.client(), address);
    try {
      receiver.handler().provide(stream);
    } catch (Exception | Error e) {
      LOG.error("a receive handler failed; its program gets no data", e);
      stream.close();
    }
  }

  private static ByteBuffer view(long address, long size) {
    return Address.view(address, Math.toIntExact(size)).asReadOnlyBuffer();
  }

  private static byte[] bytes(long address, long size) {
    byte[] copy = new byte[address == 0 ? 0 : Math.toIntExact(size)];
    if (copy.length > 0) {
      view(address, size).get(copy);
    }
    return copy;
  }

  private static String text(long address, long size) {
    return new String(bytes(address, size), StandardCharsets.UTF_8);
  }
}
