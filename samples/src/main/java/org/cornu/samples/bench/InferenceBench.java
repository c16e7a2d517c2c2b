package org.cornu.samples.bench;

import java.util.Map;
import java.util.function.Supplier;
import org.cornu.tracer.F2;
import org.cornu.tracer.Jit2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;

/**
 * A jitted forward pass.
 *
 * @param parameters the parameters
 * @param input the one batch
 * @param model the function
 * @param checked the part of the result that the checksum is of
 */
record InferenceBench<X, R>(
    Supplier<Map<String, Tensor>> parameters,
    Supplier<X> input,
    F2<Map<String, Tensor>, X, R> model,
    java.util.function.Function<R, Tensor> checked)
    implements Workload {
  private static final int WARM_UP = 5;
  private static final int STEPS = 30;

  static InferenceBench<?, ?> bert() {
    return new InferenceBench<>(
        BertModel::parameters, BertModel::data, BertModel::apply, BertModel.Output::pooled);
  }

  static InferenceBench<Tensor, Tensor> resnet18() {
    return new InferenceBench<>(
        ImageModels::resnet18, ImageModels::data, ImageModels::resnet18, out -> out);
  }

  static InferenceBench<Tensor, Tensor> mobilenetV2() {
    return new InferenceBench<>(
        ImageModels::mobilenetV2, ImageModels::data, ImageModels::mobilenetV2, out -> out);
  }

  Jit2<Map<String, Tensor>, X, R> jitted() {
    return Transforms.jit(model);
  }

  /** Mean of the absolute values of what is checked. */
  double checksum(R result) {
    float[] values = checked.apply(result).toFloatArray();
    double sum = 0;
    for (float v : values) {
      sum += Math.abs(v);
    }
    return sum / values.length;
  }

  @Override
  public void run(Timing timing, int steps) {
    Map<String, Tensor> p = parameters.get();
    X x = input.get();
    Jit2<Map<String, Tensor>, X, R> f = jitted();
    R out = f.apply(p, x);
    for (int i = 1; i < WARM_UP; i++) {
      out = f.apply(p, x);
    }
    timing.put("checksum", checksum(out));
    timing.measure(
        steps > 0 ? steps : STEPS,
        1,
        () -> {
          for (Tensor result : Trees.leaves(f.apply(p, x))) {
            result.await();
            result.close();
          }
        });
  }
}
