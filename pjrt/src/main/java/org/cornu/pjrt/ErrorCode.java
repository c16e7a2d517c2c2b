package org.cornu.pjrt;

/** The status codes of the PJRT C API, in the order of its numbers. */
public enum ErrorCode {
  OK,
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED;

  private static final ErrorCode[] BY_NUMBER = values();

  /** The number of the C API. */
  @SuppressWarnings("EnumOrdinal") // the order of the constants is the API's, checked by a test
  int number() {
    return ordinal();
  }

  /** The code with a number of the C API; numbers beyond the known ones are {@link #UNKNOWN}. */
  static ErrorCode of(int number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : UNKNOWN;
  }
}
