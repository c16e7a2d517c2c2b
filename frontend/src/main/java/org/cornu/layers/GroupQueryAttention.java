package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Attention in which several heads of queries share one head of keys and values. */
public final class GroupQueryAttention extends ProjectedAttention<GroupQueryAttention> {
  private static final Option<Integer> HEAD_DIM = Option.integer("head_dim").required().positive();
  private static final Option<Integer> QUERY_HEADS =
      Option.integer("num_query_heads").required().positive();
  private static final Option<Integer> KEY_HEADS =
      Option.integer("num_key_value_heads").required().positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "GroupQueryAttention")
          .base(OPTIONS)
          .options(
              HEAD_DIM,
              QUERY_HEADS,
              KEY_HEADS,
              DROPOUT,
              Kernel.USE_BIAS,
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
          .aliases("GroupedQueryAttention")
          .create(GroupQueryAttention::new);

  private GroupQueryAttention() {
    super(SPEC);
  }

  /**
   * With heads of this size.
   *
   * @param numQueryHeads a multiple of {@code numKeyValueHeads}
   */
  public GroupQueryAttention(int headDim, int numQueryHeads, int numKeyValueHeads) {
    this();
    set(HEAD_DIM, headDim);
    set(QUERY_HEADS, numQueryHeads);
    set(KEY_HEADS, numKeyValueHeads);
  }

  @Override
  int headSize() {
    return get(HEAD_DIM);
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    int size = get(HEAD_DIM);
    int heads = get(QUERY_HEADS);
    int shared = get(KEY_HEADS);
    if (heads % shared != 0) {
      throw new ConfigException(
          name()
              + ": num_query_heads must be a multiple of num_key_value_heads: got "
              + heads
              + " and "
              + shared);
    }
    Shape query = inputs.get(0);
    Shape value = inputs.size() > 1 ? inputs.get(1) : query;
    Shape key = inputs.size() > 2 ? inputs.get(2) : value;
    List<@Nullable Integer> many = Arrays.asList(null, heads, size);
    List<@Nullable Integer> few = Arrays.asList(null, shared, size);
    EinsumDense q = project("_query_dense", "query", "bqm,muh->bquh", many, "uh", query);
    EinsumDense k = project("_key_dense", "key", "bkm,mvh->bkvh", few, "vh", key);
    EinsumDense gate =
        get(USE_GATE) ? project("_gate_dense", "gate", "bqm,muh->bquh", many, "uh", query) : null;
    EinsumDense v = project("_value_dense", "value", "bkm,mvh->bkvh", few, "vh", value);
    EinsumDense o =
        project(
            "_output_dense",
            "attention_output",
            "bquh,uhm->bqm",
            Arrays.asList(null, (int) query.dim(-1)),
            "m",
            Shape.of(query.dim(0), query.dim(1), heads, size));
    projections(q, k, gate, v, o);
  }

  @Override
  Tensor repeated(Tensor x) {
    return Np.repeat(x, get(QUERY_HEADS) / get(KEY_HEADS), 2);
  }

  @Override
  int attentionAxes() {
    return 1;
  }

  @Override
  String dotEquation() {
    return "bkuh,bquh->buqk";
  }

  @Override
  String combineEquation() {
    return "buqk,bkuh->bquh";
  }

  @Override
  @Nullable Tensor queryMask(Call call) {
    Tensor given = call.tensor("query_mask");
    return given == null ? call.maskOf(0) : given;
  }

  /** Keras' class has another name than the one that it exports. */
  @Override
  public String plainName() {
    return "grouped_query_attention";
  }
}
