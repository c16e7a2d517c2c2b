package org.cornu.tracer.runtime;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Flight recorder: a traced function became a StableHLO program. */
@Name("org.cornu.Lower")
@Label("Lowering")
@Category("Cornu")
final class LowerEvent extends Event {
  @Label("Function")
  @Nullable String function;
}
