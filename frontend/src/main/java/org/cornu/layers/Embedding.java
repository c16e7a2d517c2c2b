package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/**
 * Numbers to vectors: {@code [batch, ...]} of integers to {@code [batch, ..., outputDim]}. A number
 * outside {@code [0, inputDim)} gives NaN.
 */
public final class Embedding extends BaseEmbedding<Embedding> {
  private static final Option<Object> WEIGHTS = Option.tree("weights").nullable().notInConfig();

  static final Spec SPEC =
      Spec.of("keras.layers", "Embedding")
          .base(OPTIONS)
          .options(
              INPUT_DIM,
              OUTPUT_DIM,
              INITIALIZER,
              REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              CONSTRAINT,
              MASK_ZERO,
              WEIGHTS,
              Lora.RANK,
              Lora.ALPHA,
              QUANTIZATION_CONFIG)
          .ignoring("input_length")
          .create(Embedding::new);

  private Embedding() {
    super(SPEC);
  }

  /**
   * A table.
   *
   * @param inputDim how many numbers there are
   * @param outputDim length of the vectors
   */
  public Embedding(int inputDim, int outputDim) {
    this();
    set(INPUT_DIM, inputDim);
    set(OUTPUT_DIM, outputDim);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return lookUp(x);
  }
}
