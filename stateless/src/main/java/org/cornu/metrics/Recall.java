package org.cornu.metrics;

import org.cornu.config.Spec;

/** Share of positive predictions among positive labels. */
public final class Recall extends PositiveShare<Recall> {
  static final Spec SPEC = options("Recall").create(Recall::new);

  /** With threshold 0.5. */
  public Recall() {
    super(SPEC, Count.FALSE_NEGATIVES);
  }
}
