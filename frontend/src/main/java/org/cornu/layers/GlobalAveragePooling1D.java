package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The mean of each channel of sequences {@code [batch, length, channels]}. Elements that a mask
 * rules out do not count.
 */
public final class GlobalAveragePooling1D extends BaseGlobalPooling<GlobalAveragePooling1D> {
  static final Spec SPEC =
      spec("GlobalAveragePooling1D").aliases("GlobalAvgPool1D").create(GlobalAveragePooling1D::new);

  /** Over all spatial dimensions. */
  public GlobalAveragePooling1D() {
    super(SPEC, 1, false);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
