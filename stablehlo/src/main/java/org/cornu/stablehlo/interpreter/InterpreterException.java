package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;

/** A program that cannot be run further; the message names the op and where it stands. */
public final class InterpreterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean located;

  /** An error with this message. */
  public InterpreterException(String message) {
    super(message);
    this.located = false;
  }

  /** An error with this message and what led to it. */
  public InterpreterException(String message, Throwable cause) {
    super(message, cause);
    this.located = false;
  }

  private InterpreterException(String message, Throwable cause, boolean located) {
    super(message, cause);
    this.located = located;
  }

  /**
   * The error of a kernel as the error of an op: {@code add: rule violated: what was got (at …)}.
   */
  static InterpreterException at(Op op, RuntimeException cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    String name = op.name().substring(op.name().indexOf('.') + 1);
    String prefix = message.startsWith(name + ": ") ? "" : name + ": ";
    return new InterpreterException(prefix + message + where(op), cause, true);
  }

  /** True when the message already names the op and its place. */
  boolean located() {
    return located;
  }

  private static String where(Op op) {
    Location.Line line = op.location().innermostLine();
    return line == null ? "" : " (at " + line.file() + ":" + line.line() + ")";
  }
}
