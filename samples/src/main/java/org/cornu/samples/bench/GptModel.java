package org.cornu.samples.bench;

import static org.cornu.samples.bench.SmallModels.at;
import static org.cornu.samples.bench.SmallModels.dense;

import java.util.List;
import java.util.Map;
import org.cornu.ops.Attention;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/** A decoder-only transformer with normalization before each part, 4 layers of 128. */
final class GptModel {
  static final int LAYERS = 4;
  static final int WIDTH = 128;
  static final int HEADS = 4;
  static final int DEPTH = WIDTH / HEADS;
  static final int TIME = 128;
  static final int VOCABULARY = 65;
  private static final int BATCH = 16;
  private static final double EPSILON = 1e-5;

  private GptModel() {}

  static Map<String, Tensor> parameters() {
    Parameters out =
        new Parameters(400)
            .uniform("tok_emb", 0.5, VOCABULARY, WIDTH)
            .uniform("pos_emb", 0.5, TIME, WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      out.under("l" + i + ".")
          .freshNorm("ln1", WIDTH)
          .dense("qkv", WIDTH, 3 * WIDTH)
          .dense("proj", WIDTH, WIDTH)
          .freshNorm("ln2", WIDTH)
          .dense("fc1", WIDTH, 4 * WIDTH)
          .dense("fc2", 4 * WIDTH, WIDTH);
    }
    return out.under("").freshNorm("lnf", WIDTH).glorot("head.w", WIDTH, VOCABULARY).tensors();
  }

  static List<TrainBench.Batch> data() {
    return TrainBench.batches(4, i -> tokens(i, 0), i -> tokens(i, 1));
  }

  /** The first or the last 128 of each row of 129 tokens. */
  private static Tensor tokens(int batch, int from) {
    int row = TIME + 1;
    int[] all = Bench32.ints(10400, VOCABULARY, batch * BATCH * row, BATCH * row);
    int[] out = new int[BATCH * TIME];
    for (int b = 0; b < BATCH; b++) {
      System.arraycopy(all, b * row + from, out, b * TIME, TIME);
    }
    return Tensor.of(out, BATCH, TIME);
  }

  static Tensor norm(Map<String, Tensor> p, String name, Tensor x) {
    return Nn.layerNormalization(x, at(p, name + ".g"), at(p, name + ".b"), EPSILON);
  }

  static Tensor logits(Map<String, Tensor> p, Tensor tokens) {
    long batch = tokens.size(0);
    long time = tokens.size(1);
    Tensor x = at(p, "tok_emb").take(tokens, 0).add(at(p, "pos_emb"));
    for (int i = 0; i < LAYERS; i++) {
      String l = "l" + i + ".";
      List<Tensor> qkv = dense(p, l + "qkv", norm(p, l + "ln1", x)).split(3, -1);
      List<Tensor> heads = qkv.stream().map(t -> t.reshape(batch, time, HEADS, DEPTH)).toList();
      Tensor mixed =
          Nn.dotProductAttention(
              heads.get(0), heads.get(1), heads.get(2), Attention.DEFAULT.causal(true));
      x = x.add(dense(p, l + "proj", mixed.reshape(batch, time, WIDTH)));
      x = x.add(feedForward(p, l, x));
    }
    return norm(p, "lnf", x).matmul(at(p, "head.w"));
  }

  private static Tensor feedForward(Map<String, Tensor> p, String l, Tensor x) {
    return dense(p, l + "fc2", Nn.gelu(dense(p, l + "fc1", norm(p, l + "ln2", x)), true));
  }

  static Tensor loss(Map<String, Tensor> p, TrainBench.Batch batch) {
    return Losses.crossEntropy(logits(p, batch.x()), batch.y());
  }

  // ---- one token at a time

  /**
   * What a step leaves.
   *
   * @param cache keys and values, {@code [layers, 2, time, heads, depth]}
   * @param token the most likely next token
   * @param logits of all tokens
   */
  record Decoded(Tensor cache, Tensor token, Tensor logits) {}

  static Tensor emptyCache() {
    return Np.zeros(LAYERS, 2, TIME, HEADS, DEPTH);
  }

  /** The logits after {@code token} at {@code position}, scalars both. */
  static Decoded decode(Map<String, Tensor> p, Tensor past, Tensor token, Tensor position) {
    Tensor cache = past;
    Tensor x = at(p, "tok_emb").take(token, 0).add(at(p, "pos_emb").take(position, 0));
    Tensor seen = Np.lessEqual(Lax.iota(DType.I32, TIME), position);
    Tensor zero = Lax.full(DType.I32, 0);
    for (int i = 0; i < LAYERS; i++) {
      String l = "l" + i + ".";
      List<Tensor> qkv = dense(p, l + "qkv", norm(p, l + "ln1", x)).split(3, -1);
      Tensor entry = Np.stack(List.of(qkv.get(1), qkv.get(2)), 0).reshape(1, 2, 1, HEADS, DEPTH);
      Tensor layer = Lax.full(DType.I32, i);
      cache = Lax.dynamicUpdateSlice(cache, entry, List.of(layer, zero, position, zero, zero));
      Tensor query = qkv.get(0).reshape(HEADS, DEPTH);
      Tensor scores = Np.einsum("hd,thd->ht", query, cache.get(i, 0)).mul(1 / Math.sqrt(DEPTH));
      Tensor weights = Nn.softmax(Np.where(seen, scores, -1e30));
      Tensor mixed = Np.einsum("ht,thd->hd", weights, cache.get(i, 1)).reshape(WIDTH);
      x = x.add(dense(p, l + "proj", mixed));
      x = x.add(feedForward(p, l, x));
    }
    Tensor logits = norm(p, "lnf", x).matmul(at(p, "head.w"));
    return new Decoded(cache, logits.argmax().astype(DType.I32), logits);
  }
}
