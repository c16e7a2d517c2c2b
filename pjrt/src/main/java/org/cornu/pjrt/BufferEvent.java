package org.cornu.pjrt;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Flight recorder: the beginning or end of a device buffer's life. Off unless asked for ({@code
 * org.cornu.Buffer#enabled=true}): a train step has hundreds.
 */
@Name("org.cornu.Buffer")
@Label("Device buffer")
@Category("Cornu")
@StackTrace(false)
@Enabled(false)
final class BufferEvent extends Event {
  @Label("Buffer")
  long buffer;

  @Label("What")
  @Nullable String what;

  @Label("Array")
  @Nullable String array;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Device")
  int device;

  /** Commits an event if somebody records it. */
  static void record(
      long handle, String what, @Nullable BufferType type, long[] dims, long size, Device where) {
    BufferEvent event = new BufferEvent();
    if (event.isEnabled()) {
      event.buffer = handle;
      event.what = what;
      event.array = type == null ? "" : Dimensions.text(type, dims);
      event.bytes = size;
      event.device = where.id();
      event.commit();
    }
  }
}
