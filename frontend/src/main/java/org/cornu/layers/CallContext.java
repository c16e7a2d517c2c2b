package org.cornu.layers;

import org.jspecify.annotations.Nullable;

/** The call that surrounds another one on this thread: inner layers train as the outer one does. */
final class CallContext implements AutoCloseable {
  private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

  private final @Nullable CallContext outer = CURRENT.get();
  private final boolean training;

  private CallContext(boolean training) {
    this.training = training;
  }

  static CallContext open(Call call) {
    CallContext context = new CallContext(call.isTraining());
    CURRENT.set(context);
    return context;
  }

  /** The call with its training flag decided: its own, else that of the call around it, else no. */
  static Call resolve(Call call) {
    if (call.trainingOrNull() != null) {
      return call;
    }
    CallContext context = CURRENT.get();
    return call.withTraining(context != null && context.training);
  }

  @Override
  public void close() {
    CURRENT.set(outer);
  }
}
