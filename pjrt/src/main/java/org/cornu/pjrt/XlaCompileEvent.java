package org.cornu.pjrt;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Flight recorder: the time the plugin took to compile or load a program. */
@Name("org.cornu.XlaCompile")
@Label("XLA compilation")
@Category("Cornu")
@StackTrace(true)
final class XlaCompileEvent extends Event {
  @Label("Program")
  @Nullable String program;

  @Label("Loaded from bytes")
  boolean loaded;

  @Label("Size")
  @DataAmount
  long size;
}
