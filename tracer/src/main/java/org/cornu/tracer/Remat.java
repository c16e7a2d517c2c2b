package org.cornu.tracer;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a rematerialized function keeps for the backward pass ({@code jax.checkpoint_policies}).
 * Policies by name refer to {@link Transforms#checkpointName}.
 */
public final class Remat {
  /** Nothing but the arguments: least memory. */
  public static final Remat NOTHING_SAVEABLE = new Remat("nothing_saveable", true);

  /** The results of matrix products. */
  public static final Remat DOTS_SAVEABLE = new Remat("dots_saveable", true);

  /** The results of matrix products without batch dimensions, as weights have none. */
  public static final Remat DOTS_WITH_NO_BATCH_DIMS_SAVEABLE =
      new Remat("dots_with_no_batch_dims_saveable", true);

  /** Everything: as without it. */
  public static final Remat EVERYTHING_SAVEABLE = new Remat("everything_saveable", true);

  /** The attribute that holds the name of a value. */
  public static final String NAME = "cornu.name";

  private final String text;
  private final boolean preventsCse;

  private Remat(String text, boolean preventsCse) {
    this.text = text;
    this.preventsCse = preventsCse;
  }

  /** Only values with one of these names. */
  public static Remat saveOnlyTheseNames(String... names) {
    return new Remat("save_only_these_names:" + list(names), true);
  }

  /** Everything but values with one of these names. */
  public static Remat saveAnythingExceptTheseNames(String... names) {
    return new Remat("save_anything_except_these_names:" + list(names), true);
  }

  /** What this policy keeps, and what the other one does. */
  public Remat or(Remat other) {
    return new Remat(text + "|" + other.text, preventsCse);
  }

  /**
   * Whether the compiler is kept from merging the computation again with the first one. True by
   * default; false where the function is called inside {@code scan}, which keeps them apart anyway.
   */
  public Remat preventCse(boolean prevent) {
    return new Remat(text, prevent);
  }

  boolean preventsCse() {
    return preventsCse;
  }

  private static String list(String... names) {
    for (String name : names) {
      if (name.isEmpty() || name.contains(",") || name.contains("|")) {
        throw new OpException(
            "remat: a name must be not empty and without commas and bars: got '" + name + "'",
            "use a name like attention_scores");
      }
    }
    return Arrays.stream(names).sorted().collect(Collectors.joining(","));
  }

  String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
