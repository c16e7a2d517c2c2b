package org.cornu.pjrt;

import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the garbage collector see device memory.
 *
 * <p>A forgotten buffer is a few bytes of Java heap and perhaps gigabytes of device memory, so the
 * collector would not run for it. When the bytes in use on a device pass a threshold, a collection
 * is asked for; the next threshold is twice what survived it.
 */
final class MemoryPressure {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryPressure.class);

  /** {@code -Dcornu.memory.threshold=BYTES}: where the first collection happens. */
  private static final long FIRST_THRESHOLD =
      Long.getLong("cornu.memory.threshold", defaultThreshold());

  private static final long RECLAIM_MILLIS = 2000;

  private static volatile long threshold = FIRST_THRESHOLD;
  private static final AtomicBoolean COLLECTING = new AtomicBoolean();
  private static final AtomicBoolean WARNED = new AtomicBoolean();
  private static final Cleaner SENTINELS = Cleaner.create();

  private MemoryPressure() {}

  /** Called after an allocation: collects when the device holds more than the threshold. */
  static void allocated(Device device, long bytes) {
    if (bytes > 0 && device.bytesInUse() > threshold && COLLECTING.compareAndSet(false, true)) {
      try {
        long before = device.bytesInUse();
        reclaim();
        long after = device.bytesInUse();
        threshold = Math.max(FIRST_THRESHOLD, 2 * after);
        LOG.debug("{}: a collection freed {} of {} bytes", device, before - after, before);
      } finally {
        COLLECTING.set(false);
      }
    }
  }

  /** Collects garbage and waits until the cleaners ran. Returns false if that is switched off. */
  static boolean reclaim() {
    if (explicitCollectionDisabled()) {
      if (WARNED.compareAndSet(false, true)) {
        LOG.warn(
            "-XX:+DisableExplicitGC is set: device memory of forgotten buffers is freed only when"
                + " the Java heap fills up; close buffers, or remove the flag");
      }
      return false;
    }
    CountDownLatch collected = new CountDownLatch(1);
    registerSentinel(collected);
    System.gc();
    try {
      boolean seen = collected.await(RECLAIM_MILLIS, TimeUnit.MILLISECONDS);
      // The other cleaners saw their references in the same collection; let them finish.
      Thread.sleep(seen ? 20 : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static void registerSentinel(CountDownLatch collected) {
    SENTINELS.register(new Object(), collected::countDown);
  }

  private static boolean explicitCollectionDisabled() {
    return ManagementFactory.getRuntimeMXBean()
        .getInputArguments()
        .contains("-XX:+DisableExplicitGC");
  }

  private static long defaultThreshold() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    long physical =
        system instanceof com.sun.management.OperatingSystemMXBean machine
            ? machine.getTotalMemorySize()
            : 4L << 30;
    return Math.max(1L << 30, physical / 4);
  }
}
