package org.cornu.layers;

import org.cornu.config.Spec;

/** The largest element of each channel of sequences {@code [batch, length, channels]}. */
public final class GlobalMaxPooling1D extends BaseGlobalPooling<GlobalMaxPooling1D> {
  static final Spec SPEC =
      spec("GlobalMaxPooling1D").aliases("GlobalMaxPool1D").create(GlobalMaxPooling1D::new);

  /** Over all spatial dimensions. */
  public GlobalMaxPooling1D() {
    super(SPEC, 1, true);
  }
}
