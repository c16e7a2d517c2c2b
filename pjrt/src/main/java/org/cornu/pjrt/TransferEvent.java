package org.cornu.pjrt;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Flight recorder: one copy between host and device. */
@Name("org.cornu.Transfer")
@Label("Transfer")
@Category("Cornu")
@StackTrace(false)
final class TransferEvent extends Event {
  @Label("Direction")
  @Nullable String direction;

  @Label("Array")
  @Nullable String array;

  @Label("Bytes")
  @DataAmount
  long bytes;

  @Label("Device")
  int device;

  /** Ends and commits the event if somebody records it. */
  void finish(String way, BufferType type, long[] dims, long size, Device where) {
    if (shouldCommit()) {
      direction = way;
      array = Dimensions.text(type, dims);
      bytes = size;
      device = where.id();
      commit();
    }
  }
}
