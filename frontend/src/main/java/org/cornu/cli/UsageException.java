package org.cornu.cli;

/** A command line that makes no sense; ends the program with status 2 and a hint to the help. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message says what was got and what was expected. */
  public UsageException(String message) {
    super(message);
  }
}
