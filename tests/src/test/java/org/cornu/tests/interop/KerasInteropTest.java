package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.samples.digits.Digits;
import org.cornu.samples.digits.DigitsModel;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasInteropTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void kerasOpensDigitsAndPredictsTheSame() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Digits.Split split = Digits.split(1, 360);
    Sequential model = DigitsModel.make(1);
    model.fit(
        Data.of(split.train().images(), split.train().labels()).rows(0, 640),
        Fit.epochs(2).batchSize(64).seed(1).verbose(false));
    Path file = folder.resolve("digits.keras");
    model.save(file);
    Tensor images = split.test().images();
    double[] theirs = KerasProcess.predict(file, images, folder);
    float[] ours = model.predict(images).toFloatArray();
    float[] again = Model.load(file).predict(images).toFloatArray();
    assertThat(theirs).hasSize(ours.length);
    for (int i = 0; i < ours.length; i++) {
      assertThat((double) ours[i]).isCloseTo(theirs[i], within(1e-5));
      assertThat((double) again[i]).isCloseTo(theirs[i], within(1e-5));
    }
  }
}
