package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.samples.digits.Digits;
import org.cornu.samples.digits.DigitsModel;
import org.cornu.saving.Json;
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
    float[] pixels = images.toFloatArray();
    List<Object> data = new ArrayList<>();
    for (float pixel : pixels) {
      data.add((double) pixel);
    }
    Path in = folder.resolve("in.json");
    Files.writeString(
        in, Json.write(Map.of("shape", List.of(images.size(0), 8, 8, 1), "data", data)));
    Path out = folder.resolve("out.json");
    KerasProcess.run("predict.py", folder, file, in, out);
    List<?> theirs = (List<?>) Objects.requireNonNull(Json.parse(Files.readString(out)));
    float[] ours = model.predict(images).toFloatArray();
    float[] again = Model.load(file).predict(images).toFloatArray();
    assertThat(theirs).hasSize(ours.length);
    for (int i = 0; i < ours.length; i++) {
      double expected = ((Number) Objects.requireNonNull(theirs.get(i))).doubleValue();
      assertThat((double) ours[i]).isCloseTo(expected, within(1e-5));
      assertThat((double) again[i]).isCloseTo(expected, within(1e-5));
    }
  }
}
