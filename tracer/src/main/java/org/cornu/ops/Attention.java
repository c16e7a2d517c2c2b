package org.cornu.ops;

import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What modifies attention.
 *
 * @param bias added to the scores, broadcasts to {@code [batch, heads, targets, sources]}, or null
 * @param mask bool, true where a source may be seen, broadcasts to {@code [batch, heads, targets,
 *     sources]}, or null
 * @param scale factor of the scores, or null for {@code 1 / sqrt(depth)}
 * @param isCausal whether targets see sources up to their own position only
 * @param softCap scores are limited smoothly to this size by {@code s / (1 + |s| / cap)}, or null
 */
public record Attention(
    @Nullable Tensor bias,
    @Nullable Tensor mask,
    @Nullable Double scale,
    boolean isCausal,
    @Nullable Double softCap) {
  /** No bias, no mask, the usual scale. */
  public static final Attention DEFAULT = new Attention(null, null, null, false, null);

  /** With a bias. */
  public Attention bias(@Nullable Tensor value) {
    return new Attention(value, mask, scale, isCausal, softCap);
  }

  /** With a mask. */
  public Attention mask(@Nullable Tensor value) {
    return new Attention(bias, value, scale, isCausal, softCap);
  }

  /** With a factor of the scores. */
  public Attention scale(double value) {
    return new Attention(bias, mask, value, isCausal, softCap);
  }

  /** With targets seeing sources up to their own position only. */
  public Attention causal(boolean value) {
    return new Attention(bias, mask, scale, value, softCap);
  }

  /** With scores limited smoothly. */
  public Attention softCap(double value) {
    return new Attention(bias, mask, scale, isCausal, value);
  }
}
