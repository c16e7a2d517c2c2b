package org.cornu.tracer.autodiff;

import java.util.Set;

/** The custom calls that are linear and their own transpose: marks for the partitioner. */
final class CustomCalls {
  private static final Set<String> MARKS = Set.of("Sharding", "annotate_device_placement");

  private CustomCalls() {}

  /** True when the call passes its operand on, only marked. */
  static boolean isMark(String target) {
    return MARKS.contains(target);
  }
}
