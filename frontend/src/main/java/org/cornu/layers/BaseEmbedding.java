package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Np;
import org.cornu.quantizers.Int4QuantizationConfig;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.NameScope;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a learned table by number. The table can be quantized, and a product of low rank can be
 * added to it and trained in its place (Hu et al. 2021).
 *
 * @param <L> the layer class itself
 */
public abstract class BaseEmbedding<L extends BaseEmbedding<L>> extends Layer<L> {
  static final Option<Integer> INPUT_DIM = Option.integer("input_dim").required().positive();
  static final Option<Integer> OUTPUT_DIM = Option.integer("output_dim").required().positive();
  static final Option<Initializer> INITIALIZER =
      Option.object("embeddings_initializer", Initializer.FAMILY).defaultTo("uniform");
  static final Option<Regularizer> REGULARIZER =
      Option.object("embeddings_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> CONSTRAINT =
      Option.object("embeddings_constraint", Constraint.FAMILY).nullable();
  static final Option<QuantizationConfig> QUANTIZATION_CONFIG =
      Option.object("quantization_config", QuantizationConfig.FAMILY).nullable();
  static final Option<Boolean> MASK_ZERO = Option.bool("mask_zero").defaultTo(false);

  private @Nullable Variable embeddings;
  private @Nullable Lora lora;
  private @Nullable QuantizedTable quantized;
  private @Nullable QuantizationConfig quantization;

  BaseEmbedding(Spec spec) {
    super(spec);
  }

  /** Initial rows; default uniform between -0.05 and 0.05. */
  @CanIgnoreReturnValue
  public final L embeddingsInitializer(Initializer value) {
    return set(INITIALIZER, value);
  }

  /** Penalty on the rows. */
  @CanIgnoreReturnValue
  public final L embeddingsRegularizer(@Nullable Regularizer value) {
    return set(REGULARIZER, value);
  }

  /** Projection of the rows after each update. */
  @CanIgnoreReturnValue
  public final L embeddingsConstraint(@Nullable Constraint value) {
    return set(CONSTRAINT, value);
  }

  /** Whether number 0 stands for padding that does not count; default false. */
  @CanIgnoreReturnValue
  public final L maskZero(boolean value) {
    return set(MASK_ZERO, value);
  }

  @Override
  protected final boolean autocastsInputs() {
    return false;
  }

  /** The rows of these numbers, in the type of computation. */
  private Tensor rows(Tensor numbers) {
    Tensor rows = Np.take(Objects.requireNonNull(embeddings).value(), wholeNumbers(numbers), 0);
    return Np.cast(rows, computeDType());
  }

  static Tensor wholeNumbers(Tensor x) {
    return x.dtype().isInteger() ? x : Np.cast(x, DType.I32);
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    boolean reverse = call.flag("reverse", false);
    return Collections.singletonList(
        get(MASK_ZERO) && !reverse ? Np.notEqual(inputs.get(0), 0) : null);
  }

  @Override
  protected final void build(Shape input) {
    quantization = getOrNull(QUANTIZATION_CONFIG);
    QuantizedDTypePolicy policy = QuantizedDTypePolicy.orNull(policy());
    if (policy == null || "float8".equals(policy.quantizationMode())) {
      embeddings =
          weight("embeddings", Shape.of(get(INPUT_DIM), get(OUTPUT_DIM)))
              .initializer(get(INITIALIZER))
              .regularizer(getOrNull(REGULARIZER))
              .constraint(getOrNull(CONSTRAINT))
              .autocast(false)
              .add();
      buildMore();
    } else {
      quantized =
          table(
              policy,
              quantization instanceof Int4QuantizationConfig int4
                  ? int4.blockSize()
                  : policy.blockSize());
      buildMoreQuantized(quantized, quantization);
    }
    Integer rank = getOrNull(Lora.RANK);
    if (rank != null) {
      enableLora(rank, getOrNull(Lora.ALPHA));
    }
  }

  /** Makes the further weights of a subclass, as numbers. */
  void buildMore() {}

  /** Makes the further weights of a subclass whose table is quantized. */
  void buildMoreQuantized(QuantizedTable table, @Nullable QuantizationConfig config) {}

  private QuantizedTable table(QuantizedDTypePolicy policy, int block) {
    boolean four = "int4".equals(policy.quantizationMode());
    return new QuantizedTable(this, get(INPUT_DIM), get(OUTPUT_DIM), four, block);
  }

  /** {@link #enableLora(int, Integer)} with alpha equal to the rank. */
  public final void enableLora(int rank) {
    enableLora(rank, getOrNull(Lora.ALPHA));
  }

  /**
   * Freezes the table and trains a product of this rank beside it. When the layer is saved, the
   * product is added to the table.
   *
   * @param rank columns of the first factor
   * @param alpha the product is scaled by {@code alpha / rank}; null for the rank
   */
  public final void enableLora(int rank, @Nullable Integer alpha) {
    Variable frozen =
        adaptable(quantized != null ? quantized.variables().get(0) : embeddings, lora);
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
  public final boolean canBeQuantized(QuantizationConfig config) {
    return !config.mode().equals("float8");
  }

  @Override
  public final void quantize(QuantizationConfig config) {
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
      quantizeMore(made, config);
    }
    state().changedPolicy(next);
  }

  /** Quantizes the further weights of a subclass, after the table. */
  void quantizeMore(QuantizedTable table, QuantizationConfig config) {}

  /** The table in integers; null while it is numbers. */
  final @Nullable QuantizedTable quantized() {
    return quantized;
  }

  /** The whole table as numbers, adaptation included. */
  final Tensor table() {
    Tensor numbers = Objects.requireNonNull(embeddings).value();
    Lora added = lora;
    return added == null ? numbers : Np.add(numbers, added.delta());
  }

  /** The vectors of these numbers, adaptation included, in the type of computation. */
  final Tensor lookUp(Tensor x) {
    Tensor index = wholeNumbers(x);
    QuantizedTable integers = quantized;
    Tensor y = integers != null ? integers.take(index, computeDType()) : rows(index);
    Lora added = lora;
    if (added != null) {
      Tensor factors = Np.take(added.a.value(), index, 0);
      y = Np.cast(Np.add(y, added.scaled(Np.matmul(factors, added.b.value()))), computeDType());
    }
    return y;
  }

  @Override
  public final List<Variable> savedVariables() {
    List<Variable> out = new ArrayList<>();
    if (quantized != null) {
      out.addAll(quantized.variables());
    } else {
      out.add(Objects.requireNonNull(embeddings));
    }
    out.addAll(moreVariables());
    return out;
  }

  /** The further weights of a subclass that are saved, behind the table. */
  List<Variable> moreVariables() {
    return List.of();
  }

  /** With the adaptation added to the table. */
  @Override
  public final List<Tensor> savedValues() {
    List<Tensor> out = new ArrayList<>(super.savedValues());
    Lora added = lora;
    QuantizedTable integers = quantized;
    if (added == null) {
      return out;
    }
    List<Tensor> adapted =
        integers == null
            ? List.of(table())
            : integers.quantized(Np.add(integers.numbers(DType.F32), added.delta()), null);
    for (int i = 0; i < adapted.size(); i++) {
      out.set(i, adapted.get(i));
    }
    return out;
  }

  /** What was read holds the adaptation; it starts anew. */
  @Override
  public final void onLoaded() {
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
