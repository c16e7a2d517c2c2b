package org.cornu.check;

/** What became of a case. */
public record Outcome(Status status, String detail) {
  /** Whether a case agreed. */
  public enum Status {
    /** Everything agreed. */
    PASSED,
    /** Something differed, or the call failed. */
    FAILED,
    /** There is nothing that could run the case. */
    UNSUPPORTED
  }

  /** Everything agreed. */
  public static final Outcome PASSED = new Outcome(Status.PASSED, "");

  /** Something differed. */
  public static Outcome failed(String detail) {
    return new Outcome(Status.FAILED, detail);
  }

  /** There is nothing that could run the case. */
  public static Outcome unsupported(String detail) {
    return new Outcome(Status.UNSUPPORTED, detail);
  }
}
