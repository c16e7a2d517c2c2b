package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Several heads of attention over learned projections: {@code [batch, length, features]} of
 * queries, values and possibly keys to {@code [batch, length, features of the query]}. Arguments of
 * the call: {@code attention_mask}, {@code value_mask}, {@code key_mask}, {@code use_causal_mask},
 * {@code return_attention_scores}.
 */
public final class MultiHeadAttention extends ProjectedAttention<MultiHeadAttention> {
  private static final Option<Integer> NUM_HEADS =
      Option.integer("num_heads").required().positive();
  private static final Option<Integer> KEY_DIM = Option.integer("key_dim").required().positive();
  private static final Option<Integer> VALUE_DIM =
      Option.integer("value_dim").nullable().positive();
  private static final Option<List<@Nullable Integer>> OUTPUT_SHAPE =
      Option.of("output_shape", new SizesCodec()).nullable();
  private static final Option<List<Integer>> ATTENTION_AXES =
      Option.ints("attention_axes").nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "MultiHeadAttention")
          .base(OPTIONS)
          .options(
              NUM_HEADS,
              KEY_DIM,
              VALUE_DIM,
              DROPOUT,
              Kernel.USE_BIAS,
              OUTPUT_SHAPE,
              ATTENTION_AXES,
              SLIDING_WINDOW,
              FLASH_ATTENTION,
              Kernel.KERNEL_INITIALIZER,
              Kernel.BIAS_INITIALIZER,
              Kernel.KERNEL_REGULARIZER,
              Kernel.BIAS_REGULARIZER,
              Kernel.ACTIVITY_REGULARIZER,
              Kernel.KERNEL_CONSTRAINT,
              Kernel.BIAS_CONSTRAINT,
              USE_GATE,
              RandomLayer.SEED)
          .ignoring("query_shape", "key_shape", "value_shape")
          .create(MultiHeadAttention::new);

  private @Nullable AttentionEquations equations;

  private MultiHeadAttention() {
    super(SPEC);
  }

  /** With so many heads, queries and keys of this size in each. */
  public MultiHeadAttention(int numHeads, int keyDim) {
    this();
    set(NUM_HEADS, numHeads);
    set(KEY_DIM, keyDim);
  }

  /** Size of the values in each head; default that of the keys. */
  @CanIgnoreReturnValue
  public MultiHeadAttention valueDim(int value) {
    return set(VALUE_DIM, value);
  }

  /** Features of the output; default those of the query. */
  @CanIgnoreReturnValue
  public MultiHeadAttention outputShape(int... sizes) {
    List<@Nullable Integer> list = new ArrayList<>();
    for (int size : sizes) {
      list.add(size);
    }
    return set(OUTPUT_SHAPE, list);
  }

  /** Axes that are attended over; default all but batch and features. */
  @CanIgnoreReturnValue
  public MultiHeadAttention attentionAxes(int... axes) {
    return set(ATTENTION_AXES, Arrays.stream(axes).boxed().toList());
  }

  private int valueSize() {
    Integer given = getOrNull(VALUE_DIM);
    return given == null ? get(KEY_DIM) : given;
  }

  @Override
  int headSize() {
    return get(KEY_DIM);
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    Shape query = inputs.get(0);
    Shape value = inputs.size() > 1 ? inputs.get(1) : query;
    Shape key = inputs.size() > 2 ? inputs.get(2) : value;
    if (query.rank() < 3 || value.rank() < 3) {
      throw new OpException(
          name()
              + ": query and value must be [batch, positions..., features]: got "
              + query
              + " and "
              + value);
    }
    int heads = get(NUM_HEADS);
    EinsumDense q = heads("query_dense", "query", query, heads, get(KEY_DIM));
    EinsumDense k = heads("key_dense", "key", key, heads, get(KEY_DIM));
    EinsumDense gate =
        get(USE_GATE) ? heads("_gate_dense", "gate", query, heads, valueSize()) : null;
    EinsumDense v = heads("value_dense", "value", value, heads, valueSize());
    List<@Nullable Integer> sizes = getOrNull(OUTPUT_SHAPE);
    if (sizes == null) {
      sizes = List.of((int) query.dim(-1));
    }
    AttentionEquations.Projection out =
        AttentionEquations.projection(query.rank() - 1, 2, sizes.size());
    long[] attended = Arrays.copyOf(query.dims(), query.rank() + 1);
    attended[query.rank() - 1] = heads;
    attended[query.rank()] = valueSize();
    EinsumDense o =
        project(
            "output_dense",
            "attention_output",
            out.equation(),
            out.sizes(sizes),
            out.biasAxes(),
            Shape.of(attended));
    projections(q, k, gate, v, o);
    equations = AttentionEquations.of(value.rank() + 1, axes(value.rank() + 1));
  }

  private EinsumDense heads(String attribute, String name, Shape input, int heads, int size) {
    AttentionEquations.Projection to = AttentionEquations.projection(input.rank() - 1, 1, 2);
    return project(
        attribute, name, to.equation(), to.sizes(List.of(heads, size)), to.biasAxes(), input);
  }

  /** The axes attended over, of projections of this rank. */
  private List<Integer> axes(int rank) {
    List<Integer> given = getOrNull(ATTENTION_AXES);
    if (given == null) {
      return IntStream.range(1, rank - 2).boxed().toList();
    }
    return given.stream().map(axis -> axis < 0 ? rank - 1 + axis : axis).toList();
  }

  private AttentionEquations equations() {
    return Objects.requireNonNull(equations, "not built");
  }

  @Override
  int attentionAxes() {
    return equations().axes().size();
  }

  @Override
  String dotEquation() {
    return equations().dot();
  }

  @Override
  String combineEquation() {
    return equations().combine();
  }

  /** As in Keras, the query's own mask holds, not one given as an argument. */
  @Override
  @Nullable Tensor queryMask(Call call) {
    return call.maskOf(0);
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put("value_dim", valueSize());
    if (equations != null) {
      config.put("attention_axes", equations().axes());
    }
    return config;
  }

  @Override
  boolean penalizesOwnOutputs() {
    return false;
  }
}
