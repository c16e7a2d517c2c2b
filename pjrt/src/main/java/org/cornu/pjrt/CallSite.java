package org.cornu.pjrt;

import java.lang.StackWalker.StackFrame;
import java.util.stream.Stream;

/** The line of the user's code that led into Cornu. */
final class CallSite {
  private static final StackWalker WALKER = StackWalker.getInstance();

  private CallSite() {}

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
