package org.cornu.layers;

import org.jspecify.annotations.Nullable;

/** The call that surrounds another one on this thread: inner layers train as the outer one does. */
final class CallContext implements AutoCloseable {
  private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

  private final @Nullable CallContext outer = CURRENT.get();
  private final @Nullable Boolean training;

  private CallContext(@Nullable Boolean training) {
    this.training = training;
  }

  /** Opens a context for a call as it was given; the flag may be left to the layers within. */
  static CallContext open(Call call) {
    CallContext context = new CallContext(given(call));
    CURRENT.set(context);
    return context;
  }

  /** What the call around this one was told of training, or null. */
  static @Nullable Boolean training() {
    CallContext context = CURRENT.get();
    return context == null ? null : context.training;
  }

  private static @Nullable Boolean given(Call call) {
    CallContext context = CURRENT.get();
    return call.trainingOrNull() != null || context == null
        ? call.trainingOrNull()
        : context.training;
  }

  /**
   * The call with its training flag decided: its own, else that of the call around it, else what
   * the layer does by default.
   */
  static Call resolve(Call call, boolean byDefault) {
    Boolean given = given(call);
    return call.withTraining(given == null ? byDefault : given);
  }

  @Override
  public void close() {
    CURRENT.set(outer);
  }
}
