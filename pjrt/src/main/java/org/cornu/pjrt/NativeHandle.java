package org.cornu.pjrt;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** One native handle with uses, an idempotent close, and a cleaner as net. */
final class NativeHandle {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int CLOSED = Integer.MIN_VALUE;

  private final Destroyer destroyer;
  private final AtomicInteger uses = new AtomicInteger();
  private final Cleaner.Cleanable cleanable;

  /**
   * Takes over a handle.
   *
   * @param owner the object whose unreachability ends the handle
   * @param client kept alive as long as the handle; null where the handle belongs to none
   * @param destroy frees the handle; must not refer to the owner
   */
  NativeHandle(Object owner, @Nullable Client client, long handle, LongConsumer destroy) {
    if (client != null) {
      client.retain();
    }
    this.destroyer = new Destroyer(client, handle, destroy);
    this.cleanable = CLEANER.register(owner, destroyer);
  }

  /** The handle, protected from destruction until {@link #release}; 0 when closed. */
  long acquire() {
    while (true) {
      int count = uses.get();
      if (count < 0) {
        return 0;
      }
      if (uses.compareAndSet(count, count + 1)) {
        return destroyer.handle;
      }
    }
  }

  void release() {
    if (uses.decrementAndGet() == CLOSED) {
      cleanable.clean();
    }
  }

  boolean isClosed() {
    return uses.get() < 0;
  }

  boolean close() {
    int before = uses.getAndUpdate(count -> count | CLOSED);
    if (before < 0) {
      return false;
    }
    if (before == 0) {
      cleanable.clean();
    }
    return true;
  }

  private record Destroyer(@Nullable Client client, long handle, LongConsumer destroy)
      implements Runnable {
    @Override
    public void run() {
      destroy.accept(handle);
      if (client != null) {
        client.release();
      }
    }
  }
}
