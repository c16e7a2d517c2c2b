package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExecutionTest {
  private static final String ADD =
      """
      module @add {
        func.func public @main(%x: tensor<2x2xf32>, %y: tensor<2x2xf32>) -> tensor<2x2xf32> {
          %0 = "stablehlo.add"(%x, %y) : (tensor<2x2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
          "func.return"(%0) : (tensor<2x2xf32>) -> ()
        }
      }
      """;

  private static final String DONATING =
      """
      module @step {
        func.func public @main(%w: tensor<4xf32> {tf.aliasing_output = 0 : i32}, %g: tensor<4xf32>)
            -> tensor<4xf32> {
          %0 = "stablehlo.add"(%w, %g) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
          "func.return"(%0) : (tensor<4xf32>) -> ()
        }
      }
      """;

  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  private Buffer vector(float... values) {
    return client.bufferFromHost(values, BufferType.F32, new long[] {values.length}, device);
  }

  @Test
  void addsTwoMatrices() {
    long[] dims = {2, 2};
    try (LoadedExecutable add = client.compile(ADD, CompileOptions.defaults());
        Buffer x = client.bufferFromHost(new float[] {1, 2, 3, 4}, BufferType.F32, dims, device);
        Buffer y =
            client.bufferFromHost(new float[] {10, 20, 30, 40}, BufferType.F32, dims, device)) {
      assertThat(add.name()).isEqualTo("add");
      assertThat(add.numOutputs()).isEqualTo(1);
      assertThat(add.outputTypes()).containsExactly(BufferType.F32);
      assertThat(add.outputDimensions(0)).containsExactly(2, 2);
      try (Buffer sum = add.execute(x, y)[0]) {
        assertThat(sum.toFloatArray()).containsExactly(11, 22, 33, 44);
        assertThat(sum.elementBits(3)).isEqualTo(Float.floatToRawIntBits(44));
        assertThat(sum.dimensions()).containsExactly(2, 2);
      }
    }
  }

  @Test
  void consumesDonatedArgumentsAndSaysSo() {
    try (LoadedExecutable step = client.compile(DONATING, CompileOptions.defaults())) {
      CallSite.refill();
      Buffer w = vector(1, 2, 3, 4);
      Buffer g = vector(1, 1, 1, 1);
      long before = device.bytesInUse();
      Buffer next = step.execute(w, g)[0];
      assertThat(w.isDeleted()).isTrue();
      assertThat(g.isDeleted()).isFalse();
      assertThat(device.bytesInUse()).isEqualTo(before);
      assertThat(next.toFloatArray()).containsExactly(2, 3, 4, 5);
      assertThatThrownBy(() -> step.execute(w, g))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "execute: the buffer f32[4] was donated to execution 1 of 'step' at"
                  + " ExecutionTest.java:");
      w.close();
      next.close();
      g.close();
      assertThat(device.bytesInUse()).isEqualTo(before - 32);
    }
  }

  @Test
  void refusesArgumentsThatDoNotMatchTheSignature() {
    ProgramSignature signature =
        ProgramSignature.builder()
            .parameter("x", BufferType.F32, 2, 2)
            .parameter("y", BufferType.F32, 2, 2)
            .build();
    try (LoadedExecutable add =
            client.compile(ADD, CompileOptions.builder().signature(signature).build());
        Buffer x = vector(1, 2, 3, 4)) {
      assertThatThrownBy(() -> add.execute(x, x))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "execute 'add': argument 0 ('x') does not match: got f32[4], the program takes"
                  + " f32[2,2]");
      assertThatThrownBy(() -> add.execute(x)).hasMessageContaining("takes 2 arguments: got 1");
    }
  }

  @Test
  void reportsCompileErrorsWithTheCompilersWords() {
    assertThatThrownBy(() -> client.compile("module { nonsense }", CompileOptions.defaults()))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("nonsense");
  }
}
