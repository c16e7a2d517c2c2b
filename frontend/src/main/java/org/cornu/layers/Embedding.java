package org.cornu.layers;

import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

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

  private @Nullable Lora lora;

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
  protected void build(Shape input) {
    super.build(input);
    enableConfiguredLora();
  }

  /**
   * Freezes the table and trains a product of this rank beside it.
   *
   * @param rank columns of the first factor
   */
  public void enableLora(int rank) {
    if (lora != null) {
      throw new IllegalStateException(name() + ": lora is already enabled");
    }
    lora =
        addLora(
            Objects.requireNonNull(embeddings, "not built"),
            "lora_embeddings",
            rank,
            getOrNull(Lora.ALPHA));
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    Lora added = lora;
    if (added != null) {
      added.describe(config);
    }
    return config;
  }

  private void enableConfiguredLora() {
    Integer rank = getOrNull(Lora.RANK);
    if (rank != null) {
      enableLora(rank);
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor y = rows(x);
    Lora added = lora;
    if (added != null) {
      Tensor factors = Np.take(added.a.value(), wholeNumbers(x), 0);
      y = Np.add(y, added.scaled(Np.matmul(factors, added.b.value())));
    }
    return y;
  }
}
