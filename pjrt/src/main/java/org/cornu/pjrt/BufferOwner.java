package org.cornu.pjrt;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import org.cornu.pjrt.capi.Pjrt;
import org.jspecify.annotations.Nullable;

/**
 * Owns the native handles of the buffers that one call made, with one cleaner registration for all.
 *
 * <p>Each handle is destroyed exactly once: by {@link #close}, by donation, or, when every {@link
 * Buffer} of the owner has become unreachable, by the cleaner. A handle that another thread is
 * using is destroyed when that use ends, so a race between use and close cannot reach freed memory.
 */
final class BufferOwner {
  /**
   * Buffers of this size get an owner of their own, so that one small survivor cannot hold them.
   */
  static final long LARGE_BYTES = 256 << 10;

  private static final long[] NO_DIMS = {};
  private static final Cleaner CLEANER = Cleaner.create();
  private static final VarHandle USES = MethodHandles.arrayElementVarHandle(int[].class);

  /** Set in a use count: no new uses, destroy at the end of the last one. */
  private static final int CLOSED = Integer.MIN_VALUE;

  /** Set beside CLOSED: the memory went to a program's output, only the handle is left. */
  private static final int DONATED = 1 << 30;

  private final State state;
  private final Cleaner.Cleanable cleanable;

  final Client client;
  final Device device;

  /**
   * Takes over handles of buffers on one device.
   *
   * @param handles native handles; entries of 0 belong to someone else
   * @param count how many entries are not 0
   * @param bytes the device bytes per buffer, for the accounting
   */
  BufferOwner(Client client, Device device, long[] handles, int count, long[] bytes) {
    client.retain();
    this.client = client;
    this.device = device;
    this.state = new State(client, device, handles, count, bytes);
    this.cleanable = CLEANER.register(this, state);
  }

  /** The handle, protected from destruction until {@link #release}; 0 when closed or donated. */
  long acquire(int index) {
    int[] uses = state.uses;
    while (true) {
      int count = (int) USES.getVolatile(uses, index);
      if (count < 0) {
        return 0;
      }
      if (USES.compareAndSet(uses, index, count, count + 1)) {
        return state.handles[index];
      }
    }
  }

  void release(int index) {
    int before = (int) USES.getAndAdd(state.uses, index, -1);
    if (((before - 1) & ~DONATED) == CLOSED) {
      destroy(index);
    }
  }

  /**
   * Ends one use of a buffer whose memory a program consumed. The caller accounts for it: see
   * {@link #donated}.
   *
   * @return the handle when the caller must destroy it, 0 when another thread's use still holds it;
   *     {@code ~} of either when another launch consumed the buffer before, and accounted for it
   */
  long releaseDonated(int index) {
    int[] uses = state.uses;
    boolean first = true;
    if (!USES.compareAndSet(uses, index, 1, CLOSED | DONATED)) {
      first = ((int) USES.getAndBitwiseOr(uses, index, CLOSED | DONATED) & DONATED) == 0;
      int before = (int) USES.getAndAdd(uses, index, -1);
      if (((before - 1) & ~DONATED) != CLOSED) {
        return first ? 0 : ~0;
      }
    }
    long handle = state.handles[index];
    state.handles[index] = 0;
    BufferEvent.record(handle, "donated", null, NO_DIMS, state.bytes[index], device);
    return first ? handle : ~handle;
  }

  /**
   * Accounts for buffers that {@link #releaseDonated} ended.
   *
   * @param count how many
   * @param orphans how many of their handles the caller destroys
   * @param bytes their size
   */
  void donated(int count, int orphans, long bytes) {
    state.device.released(bytes, count);
    if (orphans > 0 && state.live.addAndGet(-orphans) == 0) {
      cleanable.clean();
    }
  }

  /** Tells the flight recorder of a buffer's beginning. */
  void begin(int index, BufferType type, long[] dims) {
    BufferEvent.record(state.handles[index], "allocated", type, dims, state.bytes[index], device);
  }

  long bytes(int index) {
    return state.bytes[index];
  }

  boolean isClosed(int index) {
    return (int) USES.getVolatile(state.uses, index) < 0;
  }

  /** Destroys the handle, now or at the end of its last use. Returns false if it was closed. */
  boolean close(int index) {
    int before = (int) USES.getAndBitwiseOr(state.uses, index, CLOSED);
    if (before < 0) {
      return false;
    }
    if (before == 0) {
      destroy(index);
    }
    return true;
  }

  void describe(int index, String what, String site) {
    state.describe(index, what + " allocated at " + site);
  }

  private void destroy(int index) {
    if (state.destroy(index, "closed")) {
      ended();
    }
  }

  private void ended() {
    if (state.live.decrementAndGet() == 0) {
      cleanable.clean();
    }
  }

  /** What the cleaner holds; must not refer to the owner. */
  private static final class State implements Runnable {
    final Client client;
    final Device device;
    final long[] handles;
    final int[] uses;
    final long[] bytes;
    final AtomicInteger live;
    private String @Nullable [] descriptions;

    State(Client client, Device device, long[] handles, int count, long[] bytes) {
      this.client = client;
      this.device = device;
      this.handles = handles;
      this.uses = new int[handles.length];
      this.bytes = bytes;
      this.live = new AtomicInteger(count);
    }

    synchronized void describe(int index, String description) {
      if (descriptions == null) {
        descriptions = new String[handles.length];
      }
      descriptions[index] = description;
    }

    boolean destroy(int index, String how) {
      long handle = handles[index];
      if (handle == 0) {
        return false;
      }
      handles[index] = 0;
      boolean donated = ((int) USES.getVolatile(uses, index) & DONATED) != 0;
      BufferEvent.record(handle, donated ? "donated" : how, null, NO_DIMS, bytes[index], device);
      Pjrt.cornu_buffer_destroy(client.api().address, handle);
      if (!donated) {
        device.released(bytes[index], 1);
      }
      return true;
    }

    /** Runs once: from {@link #ended} with nothing left, or from the cleaner with what is left. */
    @Override
    public void run() {
      for (int i = 0; i < handles.length; i++) {
        if (destroy(i, "collected")) {
          String[] known = descriptions;
          LeakTracking.collected(known == null ? null : known[i]);
        }
      }
      client.release();
    }
  }
}
