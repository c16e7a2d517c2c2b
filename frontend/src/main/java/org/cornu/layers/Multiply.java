package org.cornu.layers;

import java.util.List;
import java.util.Objects;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The product of its inputs; elements that a mask rules out count as 1. */
public final class Multiply extends Merge<Multiply> {
  static final Spec SPEC = spec("Multiply").create(Multiply::new);

  /** Of inputs given as a list. */
  public Multiply() {
    super(SPEC);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    Tensor out = null;
    Tensor outMask = null;
    boolean masked = masks.stream().allMatch(m -> m != null);
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      Tensor mask = elementwise(masks.get(i), x);
      if (mask != null) {
        x = Np.where(mask, x, Lax.fullLike(x, 1));
        if (masked) {
          outMask = outMask == null ? mask : Np.logicalOr(outMask, mask);
        }
      }
      out = out == null ? x : Np.multiply(out, x);
    }
    Tensor product = Objects.requireNonNull(out);
    return outMask == null ? product : Np.where(outMask, product, Lax.fullLike(product, 0));
  }
}
