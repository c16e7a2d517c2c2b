package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Passes its inputs on. */
public final class Identity extends Layer<Identity> {
  static final Spec SPEC = Spec.of("keras.layers", "Identity").base(OPTIONS).create(Identity::new);

  /** Of anything. */
  public Identity() {
    super(SPEC);
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    return inputs;
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return masks;
  }
}
