package org.cornu.samples.bench;

import org.cornu.ops.Nn;
import org.cornu.tracer.Tensor;

/** The loss of all training workloads. */
final class Losses {
  private Losses() {}

  /** Mean cross-entropy of softmax from logits and integer labels. */
  static Tensor crossEntropy(Tensor logits, Tensor labels) {
    return Nn.sparseCategoricalCrossentropy(labels, logits, true, -1).mean();
  }
}
