package org.cornu.tracer.runtime;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import org.jspecify.annotations.Nullable;

/** Flight recorder: a program was compiled, or taken from the cache on disk, and why. */
@Name("org.cornu.Compile")
@Label("Compilation")
@Category("Cornu")
final class CompileEvent extends Event {
  @Label("Function")
  @Nullable String function;

  @Label("Reason")
  @Nullable String reason;

  @Label("Fingerprint")
  @Nullable String fingerprint;

  @Label("From disk")
  boolean fromDisk;
}
