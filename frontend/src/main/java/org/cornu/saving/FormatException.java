package org.cornu.saving;

import java.io.IOException;

/**
 * A file that is not of the form its format prescribes, or that is refused because it is unsafe.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message names the file, the place in it, and what was got. */
  public FormatException(String message) {
    super(message);
  }

  /** Makes the exception with the error that led to it. */
  public FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
