package org.cornu.tracer;

import java.util.Locale;

/** What a rematerialized function keeps for the backward pass ({@code jax.checkpoint_policies}). */
public enum Remat {
  /** Nothing but the arguments: least memory. */
  NOTHING_SAVEABLE,
  /** The results of matrix products and convolutions. */
  DOTS_SAVEABLE,
  /** Everything: as without it. */
  EVERYTHING_SAVEABLE;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
