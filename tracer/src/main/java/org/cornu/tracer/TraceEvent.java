package org.cornu.tracer;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Flight recorder: a function was run with tracers, to record its program. */
@Name("org.cornu.Trace")
@Label("Trace")
@Category("Cornu")
final class TraceEvent extends Event {
  @Label("Function")
  @Nullable String function;

  @Label("Tensors")
  int tensors;
}
