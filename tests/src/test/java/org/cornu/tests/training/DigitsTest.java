package org.cornu.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.History;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.samples.digits.Digits;
import org.cornu.samples.digits.DigitsModel;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The convolutional network of the sample on its digits: learns, repeats itself, survives a file.
 */
class DigitsTest {
  private static final int BATCH = 64;
  private static Digits.Split digits;

  @TempDir Path folder;

  @BeforeAll
  static void read() {
    digits = Digits.split(3, 360);
  }

  private static Data train(int batches) {
    return Data.of(digits.train().images(), digits.train().labels()).rows(0, BATCH * batches);
  }

  private static Data test() {
    return Data.of(digits.test().images(), digits.test().labels());
  }

  private static History fit(Model model, int batches, int epochs) {
    return model.fit(train(batches), Fit.epochs(epochs).batchSize(BATCH).seed(5).verbose(false));
  }

  @Test
  void learnsToReadDigits() {
    Sequential model = DigitsModel.make(3);
    History history = fit(model, 22, 3);
    assertThat(history.get("loss")).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    Map<String, Double> held = model.evaluate(test(), 72);
    assertThat(held.get("accuracy")).isGreaterThan(0.9);
    // evaluate and predict see the same model
    int[] best = model.predict(digits.test().images()).argmax(1).toIntArray();
    int[] labels = digits.test().labels().toIntArray();
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += best[i] == labels[i] ? 1 : 0;
    }
    assertThat(right / 360.0)
        .isEqualTo(held.get("accuracy"), org.assertj.core.data.Offset.offset(1e-6));
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    History once = fit(DigitsModel.make(4), 4, 2);
    History again = fit(DigitsModel.make(4), 4, 2);
    History other = fit(DigitsModel.make(5), 4, 2);
    assertThat(again.history()).isEqualTo(once.history());
    assertThat(other.history()).isNotEqualTo(once.history());
  }

  @Test
  void aFileKeepsWeightsAndOptimizer() {
    Sequential model = DigitsModel.make(6);
    fit(model, 4, 1);
    Path file = folder.resolve("digits.keras");
    model.save(file);
    Model loaded = Model.load(file);

    Tensor images = digits.test().images();
    assertThat(loaded.predict(images).toFloatArray())
        .isEqualTo(model.predict(images).toFloatArray());
    assertThat(names(loaded)).isEqualTo(names(model));
    assertThat(loaded.summary()).isEqualTo(model.summary());

    // Goes on as if it had never been written: the moments and the step of Adam are in the file.
    // The states of random generators are not, in Keras' format; the dropouts begin anew.
    List<Variable> restarted = loaded.variables();
    for (int i = 0; i < restarted.size(); i++) {
      if (restarted.get(i).name().equals("seed_generator_state")) {
        model.variables().get(i).assign(Tensor.of(restarted.get(i).value().toLiteral()));
      }
    }
    History here = fit(model, 4, 2);
    History there = fit(loaded, 4, 2);
    assertThat(there.history()).isEqualTo(here.history());
    assertThat(loaded.predict(images).toFloatArray())
        .isEqualTo(model.predict(images).toFloatArray());
  }

  @Test
  void weightsTakenFromAnotherModelAreCopies() {
    Sequential model = DigitsModel.make(7);
    Sequential other = DigitsModel.make(8);
    other.setWeights(model.getWeights());
    Tensor images = digits.test().images();
    float[] before = other.predict(images).toFloatArray();
    assertThat(before).isEqualTo(model.predict(images).toFloatArray());
    fit(model, 2, 1); // donates its weights to the step
    assertThat(other.predict(images).toFloatArray()).isEqualTo(before);
  }

  /** Layer and variable; as in Keras, a loaded model's layers are built before the model is. */
  private static List<String> names(Model model) {
    return model.variables().stream()
        .map(v -> v.path().replaceFirst("^" + model.name() + "/", ""))
        .toList();
  }
}
