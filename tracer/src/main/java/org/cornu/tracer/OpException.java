package org.cornu.tracer;

/**
 * An operation was given operands that it does not take. The message names the op, the rule, what
 * was got, and the user's line.
 */
public final class OpException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private static final String HINT = "\n  hint: ";

  OpException(String message, Throwable cause) {
    super(message, cause);
  }

  /** An error of an operation of the library at the user's line. */
  public OpException(String message) {
    super(located(message));
  }

  /** An error of an operation of the library at the user's line, and what to do instead. */
  public OpException(String message, String hint) {
    super(located(message + HINT + hint));
  }

  /** The line stands before the hint. */
  private static String located(String message) {
    int hint = message.indexOf(HINT);
    String what = hint < 0 ? message : message.substring(0, hint);
    return what + UserFrame.suffix() + context() + (hint < 0 ? "" : message.substring(hint));
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

  /**
   * This error with one more line, before the hint, on what the owner of the operation was given.
   */
  public OpException noting(String line) {
    String message = String.valueOf(getMessage());
    int hint = message.indexOf(HINT);
    String what = hint < 0 ? message : message.substring(0, hint);
    return new OpException(what + "\n  " + line + (hint < 0 ? "" : message.substring(hint)), this);
  }

  private static String context() {
    Trace trace = Trace.current();
    return trace == null ? "" : ", while tracing " + trace.path();
  }
}
