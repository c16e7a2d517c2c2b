package org.cornu.layers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.quantizers.Int4QuantizationConfig;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.Variable;
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
  private @Nullable QuantizedTable quantized;
  private @Nullable QuantizationConfig quantization;

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
    quantization = getOrNull(QUANTIZATION_CONFIG);
    QuantizedDTypePolicy policy = QuantizedDTypePolicy.orNull(policy());
    if (policy == null || "float8".equals(policy.quantizationMode())) {
      super.build(input);
    } else {
      quantized =
          table(
              policy,
              quantization instanceof Int4QuantizationConfig int4
                  ? int4.blockSize()
                  : policy.blockSize());
    }
    Integer rank = getOrNull(Lora.RANK);
    if (rank != null) {
      enableLora(rank, getOrNull(Lora.ALPHA));
    }
  }

  private QuantizedTable table(QuantizedDTypePolicy policy, int block) {
    boolean four = "int4".equals(policy.quantizationMode());
    return new QuantizedTable(this, get(INPUT_DIM), get(OUTPUT_DIM), four, block);
  }

  /** {@link #enableLora(int, Integer)} with alpha equal to the rank. */
  public void enableLora(int rank) {
    enableLora(rank, getOrNull(Lora.ALPHA));
  }

  /**
   * Freezes the table and trains a product of this rank beside it. When the layer is saved, the
   * product is added to the table.
   *
   * @param rank columns of the first factor
   * @param alpha the product is scaled by {@code alpha / rank}; null for the rank
   */
  public void enableLora(int rank, @Nullable Integer alpha) {
    if (lora != null) {
      throw new IllegalStateException(name() + ".enableLora: lora is already enabled");
    }
    Variable frozen = quantized != null ? quantized.variables().get(0) : embeddings;
    if (frozen == null) {
      throw new IllegalStateException(
          name() + ".enableLora: the layer is not built\n  hint: call it once, or buildFor");
    }
    lora =
        addLora(
            frozen,
            "lora_embeddings",
            rank,
            alpha,
            getOrNull(REGULARIZER),
            get(INPUT_DIM),
            get(OUTPUT_DIM));
  }

  @Override
  public boolean canBeQuantized(QuantizationConfig config) {
    return !config.mode().equals("float8");
  }

  @Override
  public void quantize(QuantizationConfig config) {
    Variable table = embeddings;
    if (config.mode().equals("float8")) {
      super.quantize(config); // refuses
    }
    if (table == null) {
      throw new IllegalStateException(
          name()
              + (quantized == null
                  ? ".quantize: the layer is not built\n  hint: call it once, or buildFor"
                  : ".quantize: the layer is already quantized, as " + policy().name()));
    }
    int block = config instanceof Int4QuantizationConfig int4 ? int4.blockSize() : -1;
    String mode = config.mode().equals("int4") ? "int4/" + block : config.mode();
    QuantizedDTypePolicy next = QuantizedDTypePolicy.of(mode, policy().name());
    Quantizer weights = config.weightQuantizer();
    quantization = config;
    Tensor values = table.value();
    state().remove(table);
    embeddings = null;
    try (NameScope scope = NameScope.open(state().path())) {
      QuantizedTable made = table(next, block);
      made.fill(values, weights);
      quantized = made;
    }
    state().changedPolicy(next);
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor index = wholeNumbers(x);
    QuantizedTable integers = quantized;
    Tensor y = integers != null ? integers.take(index, computeDType()) : rows(x);
    Lora added = lora;
    if (added != null) {
      Tensor factors = Np.take(added.a.value(), index, 0);
      y = Np.cast(Np.add(y, added.scaled(Np.matmul(factors, added.b.value()))), computeDType());
    }
    return y;
  }

  @Override
  public List<Variable> savedVariables() {
    return quantized != null ? quantized.variables() : List.of(Objects.requireNonNull(embeddings));
  }

  /** With the adaptation added to the table. */
  @Override
  public List<Tensor> savedValues() {
    Lora added = lora;
    if (added == null) {
      return super.savedValues();
    }
    QuantizedTable integers = quantized;
    return integers != null
        ? integers.quantized(Np.add(integers.numbers(DType.F32), added.delta()), null)
        : List.of(Np.add(Objects.requireNonNull(embeddings).value(), added.delta()));
  }

  /** What was read holds the adaptation; it starts anew. */
  @Override
  public void onLoaded() {
    if (lora != null) {
      lora.reset();
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put(
        QUANTIZATION_CONFIG.key(),
        writer.write(isBuilt() ? quantization : getOrNull(QUANTIZATION_CONFIG)));
    Lora added = lora;
    if (added != null) {
      added.describe(config);
    }
    return config;
  }
}
