package org.cornu.testing;

import org.jspecify.annotations.Nullable;

/** A function does not obey a {@link Law}. */
public final class LawViolation extends AssertionError {
  private static final long serialVersionUID = 1;

  private final Law law;

  LawViolation(Law law, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.law = law;
  }

  /** The law that is broken. */
  public Law law() {
    return law;
  }
}
