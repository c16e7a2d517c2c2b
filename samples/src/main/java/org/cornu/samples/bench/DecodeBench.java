package org.cornu.samples.bench;

import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.Jit4;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Greedy decoding of 112 tokens after a prompt of 16, with a cache of keys and values. */
final class DecodeBench {
  private static final int PROMPT = 16;
  private static final int TOKENS = GptModel.TIME - PROMPT;
  private static final int WARM_UP = 2;
  private static final int SEQUENCES = 10;

  /** The cache and the token to go on with. */
  record Place(Tensor cache, Tensor token) {}

  private interface Sequence {
    int[] run(Place start);
  }

  private final Map<String, Tensor> p = GptModel.parameters();
  private final int[] forced = Bench32.ints(10800, GptModel.VOCABULARY, 0, GptModel.TIME);
  private final Jit4<Map<String, Tensor>, Tensor, Tensor, Tensor, GptModel.Decoded> step =
      Transforms.jit(GptModel::decode).donate(1);

  private DecodeBench() {}

  static void tokenByToken(Timing timing, int steps) {
    DecodeBench bench = new DecodeBench();
    bench.measure(timing, steps, bench::tokens);
  }

  static void oneLoop(Timing timing, int steps) {
    DecodeBench bench = new DecodeBench();
    Jit3<Map<String, Tensor>, Tensor, Tensor, Tensor> loop =
        Transforms.jit(DecodeBench::loop).donate(1);
    bench.measure(
        timing, steps, start -> loop.apply(bench.p, start.cache(), start.token()).toIntArray());
  }

  private static Tensor loop(Map<String, Tensor> p, Tensor cache, Tensor token) {
    return Lax.scan(
            (Place place, Tensor position) -> {
              GptModel.Decoded out = GptModel.decode(p, place.cache(), place.token(), position);
              return new Lax.Step<>(new Place(out.cache(), out.token()), place.token());
            },
            new Place(cache, token),
            Lax.add(Lax.iota(DType.I32, TOKENS), Lax.full(DType.I32, PROMPT, TOKENS)))
        .ys();
  }

  private int[] tokens(Place start) {
    int[] out = new int[TOKENS];
    Place place = start;
    for (int i = 0; i < TOKENS; i++) {
      out[i] = (int) place.token().item();
      GptModel.Decoded next = step.apply(p, place.cache(), place.token(), Tensor.of(PROMPT + i));
      place = new Place(next.cache(), next.token());
    }
    place.token().await();
    return out;
  }

  /** Feeds the first tokens of the fixed sequence; what the last step left. */
  private GptModel.Decoded forced(int count) {
    GptModel.Decoded out = new GptModel.Decoded(GptModel.emptyCache(), Tensor.of(0), Tensor.of(0f));
    for (int i = 0; i < count; i++) {
      out = step.apply(p, out.cache(), Tensor.of(forced[i]), Tensor.of(i));
    }
    return out;
  }

  private void measure(Timing timing, int steps, Sequence sequence) {
    float[] logits = forced(GptModel.TIME).logits().toFloatArray();
    double sum = 0;
    for (float v : logits) {
      sum += Math.abs(v);
    }
    timing.put("checksum", sum / logits.length);
    double[] times = new double[steps > 0 ? steps : SEQUENCES];
    int[] tokens = {};
    for (int k = -WARM_UP; k < times.length; k++) {
      GptModel.Decoded prompt = forced(PROMPT);
      List.of(prompt.cache(), prompt.token()).forEach(Tensor::await);
      long start = System.nanoTime();
      tokens = sequence.run(new Place(prompt.cache(), prompt.token()));
      if (k >= 0) {
        times[k] = (System.nanoTime() - start) * 1e-6 / TOKENS;
      }
    }
    timing.times(times);
    timing.put("tokens_per_s", 1e3 / timing.median());
    long weighted = 0;
    for (int i = 0; i < tokens.length; i++) {
      weighted += (i + 1L) * tokens[i];
    }
    timing.put("tokens_sum", weighted);
  }
}
