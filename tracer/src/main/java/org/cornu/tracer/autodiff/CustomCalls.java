package org.cornu.tracer.autodiff;

import java.util.Set;

/** What is known of custom calls: marks for the partitioner, and Cornu's own. */
final class CustomCalls {
  private static final Set<String> MARKS = Set.of("Sharding", "annotate_device_placement");

  private CustomCalls() {}

  /** True for calls of Cornu's own, which print, check or call back. */
  static boolean isOwn(String target) {
    return target.startsWith("cornu.");
  }

  /** True when the call passes its operand on, only marked. */
  static boolean isMark(String target) {
    return MARKS.contains(target);
  }
}
