package org.cornu.pjrt;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts handles that were collected rather than closed, and names them when asked to. */
final class LeakTracking {
  /** {@code -Dcornu.trackLeaks=true} records the allocating line of every buffer. */
  static final boolean ENABLED = Boolean.getBoolean("cornu.trackLeaks");

  private static final Logger LOG = LoggerFactory.getLogger(LeakTracking.class);
  private static final AtomicLong COLLECTED = new AtomicLong();

  private LeakTracking() {}

  /** A buffer was collected while open; the description is known when tracking is on. */
  static void collected(@Nullable String description) {
    COLLECTED.incrementAndGet();
    if (description != null) {
      LOG.warn("buffer {} was never closed", description);
    }
  }

  static long collectedCount() {
    return COLLECTED.get();
  }
}
