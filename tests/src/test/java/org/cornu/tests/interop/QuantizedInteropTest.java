package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.cornu.layers.Dense;
import org.cornu.layers.EinsumDense;
import org.cornu.layers.Input;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keras opens models that were quantized or adapted here, and predicts the same. */
class QuantizedInteropTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void kerasOpensQuantizedModels() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    for (String mode : List.of("int8", "int4", "float8", "lora")) {
      Dense last = new Dense(3);
      Sequential model =
          new Sequential(
              Input.of(5, 6),
              new EinsumDense("abc,cd->abd", 5, 8).biasAxes("d").activation("relu"),
              last);
      if (mode.equals("lora")) {
        last.enableLora(2, 4);
        last.weights().stream()
            .filter(w -> w.name().equals("lora_kernel_b"))
            .forEach(w -> w.assign(Np.ones(w.dtype(), w.shape().dims())));
      } else {
        model.quantize(mode);
      }
      Tensor x = Np.sin(Np.arange(4 * 5 * 6).astype(org.cornu.stablehlo.ir.DType.F32));
      Tensor images = Np.reshape(x, 4, 5, 6);
      Path file = folder.resolve(mode + ".keras");
      model.save(file);
      double[] theirs = KerasProcess.predict(file, images, folder);
      float[] ours = model.predict(images).toFloatArray();
      assertThat(theirs).hasSize(ours.length);
      for (int i = 0; i < ours.length; i++) {
        assertThat((double) ours[i])
            .as("%s, element %d", mode, i)
            .isCloseTo(theirs[i], within(1e-4));
      }
    }
  }
}
