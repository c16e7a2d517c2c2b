package org.cornu.models;

import java.util.ArrayList;
import java.util.List;
import org.cornu.layers.Call;
import org.cornu.layers.Layer;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** Runs a model over many samples, batch by batch. */
final class Predictor {
  private Predictor() {}

  static List<Tensor> predict(Model model, Data data, int batchSize) {
    if (!model.isBuilt()) {
      int[] first = {0};
      model.buildFor(data.batch(first).x().stream().map(Tensor::shape).toList());
    }
    Jit3<List<Tensor>, List<Tensor>, Data.Batch, List<Tensor>> step = model.predictStep();
    List<Tensor> trainable = values(model.trainableVariables());
    List<Tensor> nonTrainable = values(model.nonTrainableVariables());
    BatchOrder order = new BatchOrder(data.size(), batchSize, false, 0);
    List<List<Literal>> parts = new ArrayList<>();
    for (int i = 0; i < order.batches(); i++) {
      List<Tensor> outputs = step.apply(trainable, nonTrainable, data.batch(order.rows(i)));
      parts.add(outputs.stream().map(Tensor::toLiteral).toList());
      outputs.forEach(Tensor::close);
    }
    List<Tensor> out = new ArrayList<>();
    for (int k = 0; k < parts.get(0).size(); k++) {
      out.add(Tensor.of(join(parts, k, data.size())));
    }
    return out;
  }

  static Jit3<List<Tensor>, List<Tensor>, Data.Batch, List<Tensor>> step(Layer<?> model) {
    return Transforms.jit(
        (List<Tensor> trainable, List<Tensor> nonTrainable, Data.Batch batch) ->
            model
                .statelessCall(trainable, nonTrainable, batch.x(), Call.training(false))
                .outputs());
  }

  private static List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  private static Literal join(List<List<Literal>> parts, int k, int rows) {
    TensorType first = parts.get(0).get(k).type();
    TensorType type = first.withShape(first.shape().with(0, rows));
    byte[] out = new byte[Math.toIntExact(type.shape().count() * type.dtype().bytes())];
    int at = 0;
    for (List<Literal> part : parts) {
      byte[] bytes = part.get(k).expandedBytes();
      System.arraycopy(bytes, 0, out, at, bytes.length);
      at += bytes.length;
    }
    return Literal.ofBytes(type, out);
  }
}
