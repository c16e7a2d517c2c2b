package org.cornu.config;

import org.cornu.tracer.UserFrame;

/** A configuration that breaks a rule: unknown key, missing option, value out of its domain. */
public final class ConfigException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; the message says what rule was broken and what was got. */
  public ConfigException(String message) {
    super(message + UserFrame.suffix());
  }

  /** Makes the exception with the error that led to it. */
  public ConfigException(String message, Throwable cause) {
    super(message + UserFrame.suffix(), cause);
  }
}
