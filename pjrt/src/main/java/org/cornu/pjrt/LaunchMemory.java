package org.cornu.pjrt;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Native memory for the handles of one launch: arguments first, results behind them. */
final class LaunchMemory {
  private final LongBuffer longs;
  private final long address;
  private int arguments;

  private LaunchMemory(int capacity) {
    ByteBuffer memory =
        ByteBuffer.allocateDirect(Math.max(1, capacity) * Long.BYTES)
            .order(ByteOrder.nativeOrder());
    this.longs = memory.asLongBuffer();
    this.address = Address.of(memory);
  }

  /** The number of arguments of the launch that has this memory. */
  int arguments() {
    return arguments;
  }

  long argumentsAddress() {
    return address;
  }

  long outputsAddress() {
    return address + (long) arguments * Long.BYTES;
  }

  long get(int argument) {
    return longs.get(argument);
  }

  void set(int argument, long handle) {
    longs.put(argument, handle);
  }

  void copyOutputs(long[] outputs) {
    longs.get(arguments, outputs);
  }

  /** Whether no argument before this one has its handle. */
  boolean isFirst(int argument) {
    long handle = longs.get(argument);
    for (int i = 0; i < argument; i++) {
      if (Math.abs(longs.get(i)) == handle) {
        return false;
      }
    }
    return true;
  }

  /** Memory that waits for the next launch, one block for each of a few threads. */
  static final class Pool {
    private static final int SLOTS = 8;

    private final AtomicReferenceArray<@Nullable LaunchMemory> spare =
        new AtomicReferenceArray<>(SLOTS);

    LaunchMemory take(int arguments, int outputs) {
      LaunchMemory memory = spare.getAndSet(slot(), null);
      if (memory == null || memory.longs.capacity() < arguments + outputs) {
        memory = new LaunchMemory(arguments + outputs);
      }
      memory.arguments = arguments;
      return memory;
    }

    void give(LaunchMemory memory) {
      spare.setRelease(slot(), memory);
    }

    private static int slot() {
      return (int) Thread.currentThread().getId() & (SLOTS - 1);
    }
  }
}
