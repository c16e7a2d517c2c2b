package org.cornu.layers;

import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The sum of its inputs. */
public final class Add extends Merge<Add> {
  static final Spec SPEC = spec("Add").create(Add::new);

  /** Of inputs given as a list. */
  public Add() {
    super(SPEC);
  }

  @Override
  Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks) {
    return inputs.stream().reduce(Np::add).orElseThrow();
  }
}
