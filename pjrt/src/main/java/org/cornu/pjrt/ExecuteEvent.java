package org.cornu.pjrt;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Flight recorder: one launch of a program, until the plugin has taken it. */
@Name("org.cornu.Execute")
@Label("Execution")
@Category("Cornu")
@StackTrace(false)
final class ExecuteEvent extends Event {
  @Label("Program")
  @Nullable String program;

  @Label("Number")
  long launch;

  @Label("Arguments")
  int arguments;

  @Label("Results")
  int results;
}
