package org.cornu.layers;

import org.cornu.config.Spec;

/**
 * The largest element of each channel of volumes {@code [batch, depth, height, width, channels]}.
 */
public final class GlobalMaxPooling3D extends BaseGlobalPooling<GlobalMaxPooling3D> {
  static final Spec SPEC =
      spec("GlobalMaxPooling3D").aliases("GlobalMaxPool3D").create(GlobalMaxPooling3D::new);

  /** Over all spatial dimensions. */
  public GlobalMaxPooling3D() {
    super(SPEC, 3, true);
  }
}
