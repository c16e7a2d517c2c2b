package org.cornu.pjrt;

/** A failure reported by a PJRT plugin, with the plugin's own status code and message. */
public final class PjrtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String operation;
  private final String pluginMessage;

  /**
   * Creates an exception.
   *
   * @param operation what Cornu was doing, such as {@code "compile"}
   * @param code the status code
   * @param pluginMessage the text that explains the failure
   */
  public PjrtException(String operation, ErrorCode code, String pluginMessage) {
    super(operation + ": " + code + ": " + pluginMessage);
    this.code = code;
    this.operation = operation;
    this.pluginMessage = pluginMessage;
  }

  /** The status code. */
  public ErrorCode code() {
    return code;
  }

  /** What Cornu was doing when the plugin refused. */
  public String operation() {
    return operation;
  }

  /** The plugin's text alone, without operation and code. */
  public String pluginMessage() {
    return pluginMessage;
  }
}
