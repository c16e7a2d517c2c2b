package org.cornu.tracer;

/**
 * An operation was given operands that it does not take. The message names the op, the rule, what
 * was got, and the user's line.
 */
public final class OpException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  OpException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An error of an operation of the library at the user's line. */
  public OpException(String message) {
    super(message + UserFrame.suffix() + context());
  }

  /** An error of an operation of the library at the user's line, and what to do instead. */
  public OpException(String message, String hint) {
    super(message + UserFrame.suffix() + context() + "\n  hint: " + hint);
  }

  /**
   * This error with the name of the layer (or other owner) in which it happened, unless it is
   * named.
   */
  public OpException in(String owner) {
    String message = String.valueOf(getMessage());
    return message.startsWith(owner + ":") || message.startsWith(owner + ".")
        ? this
        : new OpException(owner + ": " + message, this);
  }

  private static String context() {
    Trace trace = Trace.current();
    return trace == null ? "" : ", while tracing " + trace.path();
  }
}
