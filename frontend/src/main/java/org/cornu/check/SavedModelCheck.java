package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.cornu.models.Data;
import org.cornu.models.Model;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A folder of files of one model: each is loaded, and the model predicts what was recorded. */
final class SavedModelCheck {
  private static final double PREDICTION = 5e-6;

  private SavedModelCheck() {}

  /** Whether a file says what the models beside it predict. */
  static boolean is(JsonNode root) {
    return root.has("input_kind") && root.has("files") && root.has("outputs");
  }

  /** The names of the files that can be loaded; a whole-model {@code .h5} where Keras can, too. */
  static List<String> files(JsonNode root) {
    boolean whole = root.path("h5_reload_in_keras").asText("ok").equals("ok");
    return StreamSupport.stream(root.get("files").spliterator(), false)
        .map(JsonNode::asText)
        .filter(name -> whole || name.endsWith(".keras") || name.endsWith(".weights.h5"))
        .toList();
  }

  /** Loads one file of the folder and compares what the model predicts. */
  static Outcome run(Path folder, String file, JsonNode root) {
    Model model = load(folder, file);
    List<Literal> inputs = Recorded.literals(root.get("inputs"));
    List<Tensor> got =
        model.predict(
            Data.ofLiterals(inputs, List.of(), null), inputs.get(0).type().shape().size(0));
    String difference = RecordedObject.compare("output", got, root.get("outputs"), PREDICTION);
    return RecordedObject.outcome(difference == null ? weights(model, root) : difference);
  }

  private static Model load(Path folder, String file) {
    if (!file.endsWith(".weights.h5")) {
      return Model.load(folder.resolve(file));
    }
    Model model = Model.load(folder.resolve("model.keras"));
    for (Variable variable : model.weights()) {
      variable.assign(Np.zeros(variable.dtype(), variable.shape().dims()));
    }
    model.loadWeights(folder.resolve(file));
    return model;
  }

  /** A message where a weight has another sum than recorded; null where all agree. */
  private static @Nullable String weights(Model model, JsonNode root) {
    List<Variable> weights = model.weights();
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      Literal value = weights.get(i).value().toLiteral();
      double sum = 0;
      for (int k = 0; k < value.count(); k++) {
        sum += value.doubleAt(k);
      }
      JsonNode want = root.get("weights").get(i);
      if (!(Math.abs(sum - want.get("sum").asDouble())
          <= 1e-5 * Math.max(1, want.get("abs_sum").asDouble()))) {
        wrong.add(weights.get(i).path() + ": sum " + sum + ", expected " + want.get("sum"));
      }
    }
    return wrong.isEmpty() ? null : String.join("; ", wrong);
  }
}
