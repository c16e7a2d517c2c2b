package org.cornu.samples.bench;

import static org.cornu.samples.bench.SmallModels.at;
import static org.cornu.samples.bench.SmallModels.dense;

import java.util.Map;
import org.cornu.ops.Attention;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** An encoder with normalization after each part, 4 layers of 256, for inference. */
final class BertModel {
  private static final int LAYERS = 4;
  private static final int WIDTH = 256;
  private static final int HEADS = 4;
  private static final int BATCH = 8;
  private static final int TIME = 128;
  private static final int WORDS = 30522;
  private static final double EPSILON = 1e-12;
  private static final double BIAS = 0.02;

  /** Words, kinds of segment, and 1 where there is a word; all {@code [batch, time]}. */
  record Input(Tensor ids, Tensor types, Tensor mask) {}

  /** All positions, and the first one pooled. */
  record Output(Tensor sequence, Tensor pooled) {}

  private BertModel() {}

  static Map<String, Tensor> parameters() {
    Parameters out =
        new Parameters(500)
            .uniform("word_emb", 0.05, WORDS, WIDTH)
            .uniform("pos_emb", 0.05, 512, WIDTH)
            .uniform("type_emb", 0.05, 2, WIDTH)
            .norm("emb_ln", WIDTH);
    for (int i = 0; i < LAYERS; i++) {
      out.under("l" + i + ".");
      for (String name : new String[] {"q", "k", "v", "o"}) {
        out.biasedDense(name, WIDTH, WIDTH, BIAS);
      }
      out.norm("ln1", WIDTH)
          .biasedDense("fc1", WIDTH, 4 * WIDTH, BIAS)
          .biasedDense("fc2", 4 * WIDTH, WIDTH, BIAS)
          .norm("ln2", WIDTH);
    }
    return out.under("").biasedDense("pool", WIDTH, WIDTH, BIAS).tensors();
  }

  static Input data() {
    int[] types = new int[BATCH * TIME];
    int[] mask = new int[BATCH * TIME];
    for (int i = 0; i < types.length; i++) {
      types[i] = i % TIME >= 64 ? 1 : 0;
      mask[i] = i % TIME < TIME - 8 * (i / TIME) ? 1 : 0;
    }
    return new Input(
        Bench32.integers(10500, WORDS, BATCH, TIME),
        Tensor.of(types, BATCH, TIME),
        Tensor.of(mask, BATCH, TIME));
  }

  private static Tensor norm(Map<String, Tensor> p, String name, Tensor x) {
    return Nn.layerNormalization(x, at(p, name + ".g"), at(p, name + ".b"), EPSILON);
  }

  static Output apply(Map<String, Tensor> p, Input in) {
    Tensor x = at(p, "word_emb").take(in.ids(), 0).add(at(p, "type_emb").take(in.types(), 0));
    Tensor positions = at(p, "pos_emb").take(Np.arange(TIME), 0);
    x = norm(p, "emb_ln", x.add(positions));
    Tensor keep = Np.expandDims(in.mask().gt(0L), 1, 2);
    long[] heads = {BATCH, TIME, HEADS, WIDTH / HEADS};
    for (int i = 0; i < LAYERS; i++) {
      String l = "l" + i + ".";
      Tensor mixed =
          Nn.dotProductAttention(
              dense(p, l + "q", x).reshape(heads),
              dense(p, l + "k", x).reshape(heads),
              dense(p, l + "v", x).reshape(heads),
              Attention.DEFAULT.mask(keep));
      x = norm(p, l + "ln1", x.add(dense(p, l + "o", mixed.reshape(BATCH, TIME, WIDTH))));
      Tensor h = dense(p, l + "fc2", Nn.gelu(dense(p, l + "fc1", x), false));
      x = norm(p, l + "ln2", x.add(h));
    }
    Tensor first = dense(p, "pool", x.take(Np.arange(1), 1).squeeze(1));
    return new Output(x, first.tanh());
  }
}
