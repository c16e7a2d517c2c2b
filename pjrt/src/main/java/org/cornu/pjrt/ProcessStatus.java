package org.cornu.pjrt;

/**
 * What one process of a multi-process client knows of another.
 *
 * @param process its number
 * @param incarnation differs between a process and the one that took its place after a restart
 * @param state whether it can be reached
 * @param error why not; {@code OK} otherwise
 * @param message the text of the error
 */
public record ProcessStatus(
    int process, long incarnation, State state, ErrorCode error, String message) {
  /** Whether a process can be reached; in the order of the API's numbers. */
  public enum State {
    UNSPECIFIED,
    UNINITIALIZED,
    DISCONNECTED,
    CONNECTED,
    ERROR;

    @SuppressWarnings("EnumOrdinal") // the order of the constants is the API's, checked by a test
    int number() {
      return ordinal();
    }
  }
}
