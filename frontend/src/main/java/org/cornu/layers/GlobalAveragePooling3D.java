package org.cornu.layers;

import org.cornu.config.Spec;

/** The mean of each channel of volumes {@code [batch, depth, height, width, channels]}. */
public final class GlobalAveragePooling3D extends BaseGlobalPooling<GlobalAveragePooling3D> {
  static final Spec SPEC =
      spec("GlobalAveragePooling3D").aliases("GlobalAvgPool3D").create(GlobalAveragePooling3D::new);

  /** Over all spatial dimensions. */
  public GlobalAveragePooling3D() {
    super(SPEC, 3, false);
  }
}
