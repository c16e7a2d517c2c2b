package org.cornu.layers;

import org.cornu.config.Spec;

/** The largest element of each channel of images {@code [batch, height, width, channels]}. */
public final class GlobalMaxPooling2D extends BaseGlobalPooling<GlobalMaxPooling2D> {
  static final Spec SPEC =
      spec("GlobalMaxPooling2D").aliases("GlobalMaxPool2D").create(GlobalMaxPooling2D::new);

  /** Over all spatial dimensions. */
  public GlobalMaxPooling2D() {
    super(SPEC, 2, true);
  }
}
