package org.cornu.tracer.runtime;

/**
 * A check that the user put into a program did not hold: the text names the check, the values and
 * the line. Thrown where the result of the program is waited for or read.
 */
public final class CheckException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** A check that failed, with the text for the user. */
  public CheckException(String message) {
    super(message);
  }
}
