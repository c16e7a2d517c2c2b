package org.cornu.layers;

import org.cornu.config.Spec;

/** The mean of each channel of images {@code [batch, height, width, channels]}. */
public final class GlobalAveragePooling2D extends BaseGlobalPooling<GlobalAveragePooling2D> {
  static final Spec SPEC =
      spec("GlobalAveragePooling2D").aliases("GlobalAvgPool2D").create(GlobalAveragePooling2D::new);

  /** Over all spatial dimensions. */
  public GlobalAveragePooling2D() {
    super(SPEC, 2, false);
  }
}
