package org.cornu.tests.interop;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How calls of every function of {@code keras.ops} are drawn, by family. */
final class OpPlans {
  /**
   * They take more than Keras on JAX does: integers where a float is meant, narrow floats, more
   * axes, segments that are counted, updates and products of several types, NumPy's lists of cuts;
   * and what Keras stumbles over: padded average pools, tuples of negative axes, a cap of scores.
   */
  private static final Set<String> WIDER =
      Set.of(
          "array_split",
          "average_pool",
          "bincount",
          "dot_product_attention",
          "dsplit",
          "erf",
          "erfc",
          "erfinv",
          "histogram",
          "image.elastic_transform",
          "image.extract_patches",
          "image.extract_patches_3d",
          "hsplit",
          "log_softmax",
          "max_pool",
          "meshgrid",
          "nonzero",
          "norm",
          "polar",
          "rfft",
          "round",
          "rsqrt",
          "scatter",
          "segment_max",
          "segment_min",
          "segment_prod",
          "segment_sum",
          "slice_update",
          "softmax",
          "solve",
          "split",
          "take",
          "vander",
          "vsplit");

  private OpPlans() {}

  /** All plans, by the paths of the functions. */
  static Map<String, Consumer<DrawnCase>> all() {
    Map<String, Consumer<DrawnCase>> out = new TreeMap<>();
    ElementwisePlans.addTo(out);
    ReductionPlans.addTo(out);
    ShapePlans.addTo(out);
    IndexingPlans.addTo(out);
    ProductPlans.addTo(out);
    NetworkPlans.addTo(out);
    ImagePlans.addTo(out);
    // What Keras refuses is to be refused here, too.
    out.replaceAll(
        (path, plan) ->
            WIDER.contains(path.substring("keras.ops.".length()))
                ? plan
                : plan.andThen(c -> c.with("refusals", true)));
    return out;
  }
}
