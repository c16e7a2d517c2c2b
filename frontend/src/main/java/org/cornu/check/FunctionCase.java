package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** A case of one output and perhaps its gradient by one input: run as one program. */
final class FunctionCase {
  private FunctionCase() {}

  /**
   * Compares the output and, where it is recorded, the gradient by one of the inputs.
   *
   * @param by the input of the gradient
   */
  static Outcome run(JsonNode recorded, F1<List<Tensor>, Tensor> f, int by) {
    boolean gradient = recorded.has("grads");
    try (Scope scope = Scope.open()) {
      List<Tensor> inputs = RecordedObject.tensors(recorded.get("inputs"));
      List<Tensor> got =
          Transforms.jit(
                  (List<Tensor> xs) -> {
                    List<Tensor> out = new ArrayList<>();
                    out.add(f.apply(xs));
                    if (gradient) {
                      Tensor weight =
                          Lax.constant(Recorded.literal(recorded.get("cotangents").get(0)));
                      out.add(
                          Transforms.grad(
                                  (Tensor x) -> {
                                    List<Tensor> all = new ArrayList<>(xs);
                                    all.set(by, x);
                                    Tensor y = Lax.convertElementType(f.apply(all), DType.F32);
                                    return Np.sum(y.mul(weight));
                                  })
                              .apply(xs.get(by)));
                    }
                    return out;
                  })
              .apply(inputs);
      String difference =
          RecordedObject.compare(
              "output", got.subList(0, 1), recorded.get("outputs"), Agreement.OUTPUT);
      if (difference == null && gradient) {
        difference =
            RecordedObject.compare(
                "gradient",
                got.subList(1, 2),
                recorded.get("grads").get("inputs"),
                Agreement.GRADIENT);
      }
      return RecordedObject.outcome(difference);
    }
  }
}
