package org.cornu.pjrt;

import java.lang.StackWalker.StackFrame;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The line of the user's code that led into Cornu. */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();

  /**
   * How many more sites are taken unasked. A walk costs about as much as a small execution, so not
   * every close can pay for one; but a buffer that is used too late is mostly one of the first.
   */
  private static final int FIRST = 4096;

  private static final AtomicInteger BUDGET = new AtomicInteger(FIRST);

  private CallSite() {}

  /** {@code " at File.java:42"}; empty once many were taken and leak tracking is off. */
  static String suffix() {
    if (LeakTracking.ENABLED || (BUDGET.get() > 0 && BUDGET.decrementAndGet() >= 0)) {
      return " at " + here();
    }
    return "";
  }

  /** Starts counting anew. */
  static void refill() {
    BUDGET.set(FIRST);
  }

  /** {@code File.java:42} of the nearest frame outside Cornu's own packages. */
  static String here() {
    return WALKER.walk(CallSite::firstOutside);
  }

  private static String firstOutside(Stream<StackFrame> frames) {
    return frames
        .filter(frame -> isUserCode(frame.getClassName()))
        .findFirst()
        .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
        .orElse("unknown line");
  }

  private static boolean isUserCode(String className) {
    if (className.startsWith("java.") || className.startsWith("jdk.")) {
      return false;
    }
    return !className.startsWith("org.cornu.")
        || className.startsWith("org.cornu.samples.")
        || className.endsWith("Test")
        || className.contains("Test$");
  }
}
