package org.cornu.layers;

import java.util.Map;
import org.cornu.config.Option;
import org.cornu.ops.Np;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A trained product {@code a · b} of low rank beside a kernel that is frozen. */
final class Lora {
  static final Option<Integer> RANK =
      Option.integer("lora_rank").nullable().omittedWhenNull().positive();
  static final Option<Integer> ALPHA = Option.integer("lora_alpha").nullable().omittedWhenNull();

  final int rank;
  final int alpha;
  final Variable a;
  final Variable b;

  Lora(int rank, int alpha, Variable a, Variable b) {
    this.rank = rank;
    this.alpha = alpha;
    this.a = a;
    this.b = b;
  }

  /** What is added to the kernel. */
  Tensor delta() {
    return scaled(Np.matmul(a.value(), b.value()));
  }

  /** {@code x · alpha / rank}. */
  Tensor scaled(Tensor x) {
    return Np.multiply(x, (double) alpha / rank);
  }

  /** Makes the product zero. */
  void reset() {
    a.assign(Np.zeros(a.dtype(), a.shape().dims()));
    b.assign(Np.zeros(b.dtype(), b.shape().dims()));
  }

  void describe(Map<String, @Nullable Object> config) {
    config.put("lora_rank", rank);
    config.put("lora_alpha", alpha);
  }
}
