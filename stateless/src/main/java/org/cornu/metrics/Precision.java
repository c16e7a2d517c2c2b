package org.cornu.metrics;

import org.cornu.config.Spec;

/** Share of positive labels among positive predictions. */
public final class Precision extends PositiveShare<Precision> {
  static final Spec SPEC = options("Precision").create(Precision::new);

  /** With threshold 0.5. */
  public Precision() {
    super(SPEC, Count.FALSE_POSITIVES);
  }
}
