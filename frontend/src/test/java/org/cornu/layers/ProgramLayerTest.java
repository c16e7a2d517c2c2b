package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.text.Parser;
import org.cornu.tracer.Imported;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramLayerTest {
  /** y = x · kernel + bias for a batch of any size; weights in the order of their names. */
  private static final String BATCHED =
      """
      func.func @main(%bias: tensor<2xf32>, %kernel: tensor<3x2xf32>, %x: tensor<?x3xf32>)
          -> tensor<?x2xf32> {
        %0 = stablehlo.dot_general %x, %kernel, contracting_dims = [1] x [0]
            : (tensor<?x3xf32>, tensor<3x2xf32>) -> tensor<?x2xf32>
        %n = "stablehlo.get_dimension_size"(%x) <{dimension = 0 : i64}>
            : (tensor<?x3xf32>) -> tensor<i32>
        %n1 = stablehlo.reshape %n : (tensor<i32>) -> tensor<1xi32>
        %two = stablehlo.constant dense<2> : tensor<1xi32>
        %shape = stablehlo.concatenate %n1, %two, dim = 0
            : (tensor<1xi32>, tensor<1xi32>) -> tensor<2xi32>
        %b = "stablehlo.dynamic_broadcast_in_dim"(%bias, %shape)
            <{broadcast_dimensions = array<i64: 1>}> : (tensor<2xf32>, tensor<2xi32>)
            -> tensor<?x2xf32>
        %1 = stablehlo.add %0, %b : tensor<?x2xf32>
        return %1 : tensor<?x2xf32>
      }
      """;

  /** The same for one example. */
  private static final String SINGLE =
      """
      func.func @main(%bias: tensor<2xf32>, %kernel: tensor<3x2xf32>, %x: tensor<3xf32>)
          -> tensor<2xf32> {
        %0 = stablehlo.dot_general %x, %kernel, contracting_dims = [0] x [0]
            : (tensor<3xf32>, tensor<3x2xf32>) -> tensor<2xf32>
        %1 = stablehlo.add %0, %bias : tensor<2xf32>
        return %1 : tensor<2xf32>
      }
      """;

  @TempDir Path folder;

  private static Map<String, Tensor> weights() {
    return Map.of(
        "kernel",
        Tensor.of(new float[] {1, 2, 3, 4, 5, 6}).reshape(3, 2),
        "bias",
        Tensor.of(new float[] {0.5f, -0.5f}));
  }

  private static Imported program(String text) {
    return Imported.of(Parser.parse(text));
  }

  private static Tensor inputs(int rows) {
    return Np.arange(DType.F32, 0, rows * 3, 1).reshape(rows, 3);
  }

  private static float[] expected(int rows) {
    float[] out = new float[2 * rows];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < 2; k++) {
        out[2 * i + k] = k == 0 ? 0.5f : -0.5f;
        for (int j = 0; j < 3; j++) {
          out[2 * i + k] += (3 * i + j) * (2 * j + k + 1);
        }
      }
    }
    return out;
  }

  @Test
  void computesForBatchesOfAnySize() {
    for (ProgramLayer layer :
        List.of(
            new ProgramLayer(program(BATCHED), weights()),
            new ProgramLayer(program(SINGLE), weights()).perExample(true))) {
      for (int rows : new int[] {1, 4}) {
        assertThat(layer.apply(inputs(rows)).toFloatArray()).containsExactly(expected(rows));
      }
      assertThat(layer.countParams()).isEqualTo(8);
      assertThat(layer.weights().stream().map(v -> v.name())).containsExactly("bias", "kernel");
    }
  }

  @Test
  void trainsAndIsSavedWithItsProgram() throws IOException {
    Sequential model =
        new Sequential(
            Input.of(3), new ProgramLayer(program(BATCHED), weights()).frozen(List.of("bias")));
    assertThat(model.trainableVariables()).hasSize(1);
    model.compile(new org.cornu.optimizers.SGD(0.1), "mse");
    Tensor x = inputs(8).div(24);
    Tensor y = Np.zeros(DType.F32, 8, 2);
    double before = loss(model, x, y);
    model.fit(Data.of(x, y), Fit.epochs(20).batchSize(4).verbose(false));
    assertThat(loss(model, x, y)).isLessThan(before / 2);
    Path file = folder.resolve("model.keras");
    model.save(file);
    Model again = Model.load(file);
    float[] want = model.predict(x).toFloatArray();
    float[] got = again.predict(x).toFloatArray();
    for (int i = 0; i < want.length; i++) {
      assertThat(got[i]).isCloseTo(want[i], within(1e-6f));
    }
    assertThat(again.trainableVariables()).hasSize(1);
  }

  private static double loss(Model model, Tensor x, Tensor y) {
    Double loss = model.evaluate(x, y).get("loss");
    return loss == null ? Double.NaN : loss;
  }

  @Test
  void saysWhatDoesNotFit() {
    Imported program = program(SINGLE);
    Tensor one = Tensor.of(1f);
    assertThatThrownBy(() -> new ProgramLayer(program, List.of(one)))
        .hasMessageContaining("weight '[0]' is f32[2] in the program: got f32[]");
    assertThatThrownBy(() -> new ProgramLayer(program, List.of(one, one, one)))
        .hasMessageContaining("takes 3 tensors, weights and inputs: got 3 weights");
    ProgramLayer layer = new ProgramLayer(program, weights());
    assertThatThrownBy(() -> layer.frozen(List.of("gain")))
        .hasMessageContaining("no weight 'gain' to freeze: got weights [bias, kernel]");
    assertThatThrownBy(() -> layer.apply(inputs(2)))
        .hasMessageContaining("argument 2 of @main is f32[3]: got f32[2,3]");
  }
}
