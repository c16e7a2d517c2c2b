package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an executable says of itself, on one program with many kinds of ops. */
class ExecutableInfoTest {
  private static final String PROGRAM =
      """
      module @kinds {
        func.func public @main(%x: tensor<4x8xf32> {tf.aliasing_output = 0 : i32},
            %w: tensor<8x8xf32>, %i: tensor<1x6x6x2xf32>, %k: tensor<3x3x2x4xf32>)
            -> (tensor<4x8xf32>, tensor<4xf32>, tensor<1x6x6x4xf32>, tensor<i32>) {
          %0 = "stablehlo.dot_general"(%x, %w) {dot_dimension_numbers =
              #stablehlo.dot<lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [0]>}
              : (tensor<4x8xf32>, tensor<8x8xf32>) -> tensor<4x8xf32>
          %1 = "stablehlo.tanh"(%0) : (tensor<4x8xf32>) -> tensor<4x8xf32>
          %c = "stablehlo.constant"() {value = dense<0.0> : tensor<f32>} : () -> tensor<f32>
          %2 = "stablehlo.reduce"(%1, %c) ({
            ^bb0(%a: tensor<f32>, %b: tensor<f32>):
              %s = "stablehlo.add"(%a, %b) : (tensor<f32>, tensor<f32>) -> tensor<f32>
              "stablehlo.return"(%s) : (tensor<f32>) -> ()
          }) {dimensions = array<i64: 1>} : (tensor<4x8xf32>, tensor<f32>) -> tensor<4xf32>
          %3 = "stablehlo.convolution"(%i, %k) {
              window_strides = array<i64: 1, 1>, padding = dense<1> : tensor<2x2xi64>,
              dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>,
              feature_group_count = 1 : i64, batch_group_count = 1 : i64}
              : (tensor<1x6x6x2xf32>, tensor<3x3x2x4xf32>) -> tensor<1x6x6x4xf32>
          %z = "stablehlo.constant"() {value = dense<0> : tensor<i32>} : () -> tensor<i32>
          %n = "stablehlo.constant"() {value = dense<10> : tensor<i32>} : () -> tensor<i32>
          %one = "stablehlo.constant"() {value = dense<3> : tensor<i32>} : () -> tensor<i32>
          %4 = "stablehlo.while"(%z) ({
            ^bb0(%v: tensor<i32>):
              %p = "stablehlo.compare"(%v, %n)
                  {comparison_direction = #stablehlo<comparison_direction LT>}
                  : (tensor<i32>, tensor<i32>) -> tensor<i1>
              "stablehlo.return"(%p) : (tensor<i1>) -> ()
          }, {
            ^bb0(%v: tensor<i32>):
              %q = "stablehlo.add"(%v, %one) : (tensor<i32>, tensor<i32>) -> tensor<i32>
              "stablehlo.return"(%q) : (tensor<i32>) -> ()
          }) : (tensor<i32>) -> tensor<i32>
          "func.return"(%1, %2, %3, %4)
              : (tensor<4x8xf32>, tensor<4xf32>, tensor<1x6x6x4xf32>, tensor<i32>) -> ()
        }
      }
      """;

  private static final Client CLIENT = TestClients.shared();
  private static LoadedExecutable executable;

  @BeforeAll
  static void compileOnce() {
    executable = CLIENT.compile(PROGRAM, CompileOptions.defaults());
  }

  @AfterAll
  static void close() {
    executable.close();
  }

  private static Buffer ones(long... dims) {
    int count = 1;
    for (long dim : dims) {
      count *= (int) dim;
    }
    float[] data = new float[count];
    java.util.Arrays.fill(data, 1);
    return CLIENT.bufferFromHost(data, BufferType.F32, dims, TestClients.device());
  }

  private static Buffer[] run(LoadedExecutable program) {
    return program.execute(ones(4, 8), ones(8, 8), ones(1, 6, 6, 2), ones(3, 3, 2, 4));
  }

  @Test
  void outputsAreDescribedAsTheyCome() {
    assertThat(executable.outputTypes())
        .containsExactly(BufferType.F32, BufferType.F32, BufferType.F32, BufferType.S32);
    assertThat(executable.outputDimensions(0)).containsExactly(4, 8);
    assertThat(executable.outputDimensions(2)).containsExactly(1, 6, 6, 4);
    assertThat(executable.outputDimensions(3)).isEmpty();
    Buffer[] results = run(executable);
    assertThat(results[1].toFloatArray()[0])
        .isEqualTo(8f, org.assertj.core.data.Offset.offset(1e-4f));
    assertThat(results[2].toFloatArray()[0]).isEqualTo(8f);
    assertThat(results[2].toFloatArray()[7 * 4]).isEqualTo(18f);
    assertThat(results[3].toIntArray()).containsExactly(12);
    assertThat(executable.toString()).contains("kinds -> (f32[4,8], f32[4], f32[1,6,6,4], i32[])");
  }

  @Test
  void theOptimizedProgramIsReadableHlo() {
    String hlo = executable.optimizedHlo();
    assertThat(hlo)
        .startsWith("HloModule kinds")
        .contains("input_output_alias={ {0}: (0, {}, may-alias) }")
        .contains("ENTRY %")
        .contains("parameter(3)")
        .contains("f32[4,8]{1,0}")
        .contains("ROOT %");
    assertThat(executable.optimizedProgram().code().length).isGreaterThan(100);
  }

  @Test
  void serializedExecutablesRunAgain() {
    byte[] bytes = executable.serialize();
    try (LoadedExecutable again = CLIENT.deserialize(bytes)) {
      assertThat(run(again)[3].toIntArray()).containsExactly(12);
      assertThat(again.outputTypes()).isEqualTo(executable.outputTypes());
    }
    byte[] damaged = bytes.clone();
    damaged[damaged.length / 2] ^= 1;
    assertThatThrownBy(() -> CLIENT.deserialize(damaged))
        .isInstanceOfSatisfying(
            PjrtException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_LOSS));
    byte[] foreign = bytes.clone();
    foreign[10] ^= 1;
    assertThatThrownBy(() -> CLIENT.deserialize(foreign))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("another plugin build");
    assertThatThrownBy(() -> CLIENT.deserialize(new byte[0]))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("not the bytes of LoadedExecutable.serialize");
  }

  @Test
  void costMemoryAndFingerprintAreReportedOrRefusedByName() {
    CompiledMemoryStats memory = executable.memoryStats();
    assertThat(memory.arguments()).isEqualTo(4 * (32 + 64 + 72 + 72));
    assertThat(memory.aliased()).isEqualTo(4 * 32);
    assertThat(memory.outputs()).isGreaterThanOrEqualTo(4 * (32 + 4 + 144 + 1));
    assertThat(executable.fingerprint()).isNotEmpty();
    try {
      Map<String, Object> cost = executable.costAnalysis();
      assertThat(cost).containsKey("flops");
    } catch (PjrtException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
      assertThat(e).hasMessageContaining("PJRT_Executable_GetCostAnalysis");
    }
  }

  @Test
  void layoutsAreReportedOrRefusedByName() {
    try {
      assertThat(executable.outputLayouts()).startsWith("{1,0}", "{0}", "{3,2,1,0}");
      assertThat(executable.parameterLayouts()).startsWith("{1,0}", "{1,0}", "{3,2,1,0}");
    } catch (PjrtException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.UNIMPLEMENTED);
      assertThat(e.pluginMessage()).isNotEmpty();
    }
  }

  @Test
  void halfPrecisionBitsBecomeFloats() {
    assertThat(HloLiterals.half(0x3C00)).isEqualTo(1f);
    assertThat(HloLiterals.half(0xC000)).isEqualTo(-2f);
    assertThat(HloLiterals.half(0x0001)).isEqualTo(0x1p-24f);
    assertThat(HloLiterals.half(0x7C00)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(HloLiterals.half(0x7E00)).isNaN();
    assertThat(HloLiterals.half(0x7BFF)).isEqualTo(65504f);
  }
}
