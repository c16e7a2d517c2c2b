package org.cornu.pjrt;

/** A plugin could not be found, fetched or loaded. The message says what to do next. */
public final class PluginException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the text for the user. */
  public PluginException(String message) {
    super(message);
  }

  /** Creates an exception with the text for the user and what led to it. */
  public PluginException(String message, Throwable cause) {
    super(message, cause);
  }
}
