package org.cornu.pjrt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomCallTest {
  private final Client client = TestClients.shared();
  private final Device device = TestClients.device();

  private static String program(String target, String config) {
    return """
        module @custom {
          func.func public @main(%%x: tensor<4xf32>) -> tensor<4xf32> {
            %%0 = "stablehlo.custom_call"(%%x) {call_target_name = "%s", api_version = 4 : i32%s}
                : (tensor<4xf32>) -> tensor<4xf32>
            %%1 = "stablehlo.add"(%%0, %%x) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
            "func.return"(%%1) : (tensor<4xf32>) -> ()
          }
        }
        """
        .formatted(target, config);
  }

  private float[] run(String text) {
    long[] dims = {4};
    try (LoadedExecutable executable = client.compile(text, CompileOptions.defaults());
        Buffer x = client.bufferFromHost(new float[] {1, 2, 3, 4}, BufferType.F32, dims, device);
        Buffer y = executable.execute(x)[0]) {
      return y.toFloatArray();
    }
  }

  @Test
  void javaCodeRunsInsideAProgram() {
    AtomicReference<Map<String, Object>> attributes = new AtomicReference<>(Map.of());
    CustomCalls.register(
        client.plugin(),
        "cornu_test_scale",
        call -> {
          attributes.set(Map.copyOf(call.attributes()));
          float factor = (Float) requireNonNull(call.attributes().get("factor"));
          FloatBuffer x = call.arguments().get(0).data().asFloatBuffer();
          FloatBuffer y = call.results().get(0).data().asFloatBuffer();
          while (x.hasRemaining()) {
            y.put(factor * x.get());
          }
        });
    assertThat(
            run(
                program(
                    "cornu_test_scale",
                    ", backend_config = {factor = 10.0 : f32, flag = true, name = \"n\","
                        + " sizes = array<i64: 3, 4>}")))
        .containsExactly(11, 22, 33, 44);
    Map<String, Object> seen = requireNonNull(attributes.get());
    assertThat(seen).containsEntry("flag", true).containsEntry("name", "n");
    assertThat((long[]) seen.get("sizes")).containsExactly(3, 4);
  }

  @Test
  void callbacksComeAndGoByNumber() {
    long id =
        CustomCalls.registerCallback(
            client.plugin(),
            call -> call.results().get(0).data().asFloatBuffer().put(new float[] {5, 5, 5, 5}));
    String text =
        program(
            CustomCalls.CALLBACK_TARGET,
            ", backend_config = {cornu_callback = " + id + " : i64}, has_side_effect = true");
    assertThat(run(text)).containsExactly(6, 7, 8, 9);
    CustomCalls.unregisterCallback(id);
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("callback " + id + " is not registered");
  }

  @Test
  void anExceptionOfTheHandlerFailsTheExecution() {
    CustomCalls.register(
        client.plugin(),
        "cornu_test_fails",
        call -> {
          throw new IllegalStateException("the handler has had enough");
        });
    assertThatThrownBy(() -> run(program("cornu_test_fails", "")))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("the handler has had enough");
    // The client stays usable, and the name can get other code.
    CustomCalls.register(
        client.plugin(),
        "cornu_test_fails",
        call -> call.results().get(0).data().put(new byte[16]));
    assertThat(run(program("cornu_test_fails", ""))).containsExactly(1, 2, 3, 4);
  }

  @Test
  void nativeKernelsArePluggedInByLibraryAndSymbol(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("square.cc");
    Files.writeString(
        source,
        """
        #include "xla_ffi_abi.h"
        extern "C" XLA_FFI_Error* square(XLA_FFI_CallFrame* frame) {
          for (XLA_FFI_Extension_Base* e = frame->extension_start; e != nullptr; e = e->next) {
            if (e->type == 1) {
              XLA_FFI_Metadata* metadata =
                  reinterpret_cast<XLA_FFI_Metadata_Extension*>(e)->metadata;
              metadata->api_version.major_version = 0;
              metadata->api_version.minor_version = CORNU_TEST_MINOR;
              return nullptr;
            }
          }
          XLA_FFI_Buffer* x = static_cast<XLA_FFI_Buffer*>(frame->args.args[0]);
          XLA_FFI_Buffer* y = static_cast<XLA_FFI_Buffer*>(frame->rets.rets[0]);
          for (int64_t i = 0; i < x->dims[0]; i++) {
            static_cast<float*>(y->data)[i] =
                static_cast<float*>(x->data)[i] * static_cast<float*>(x->data)[i];
          }
          return nullptr;
        }
        """);
    PjrtException refused = null;
    for (int minor = 1; minor < 9; minor++) {
      Path library = folder.resolve("libsquare" + minor + ".so");
      compile(source, library, minor);
      try {
        CustomCalls.registerNative(client.plugin(), "cornu_test_square", "Host", library, "square");
        refused = null;
        break;
      } catch (PjrtException e) {
        refused = e;
      }
    }
    assertThat(refused).isNull();
    assertThat(run(program("cornu_test_square", ""))).containsExactly(2, 6, 12, 20);
    assertThatThrownBy(
            () ->
                CustomCalls.registerNative(
                    client.plugin(), "nope", "Host", folder.resolve("libsquare1.so"), "nope"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("no symbol 'nope'");
  }

  private static void compile(Path source, Path library, int minor) throws Exception {
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "g++",
                  "-shared",
                  "-fPIC",
                  "-O1",
                  "-DCORNU_TEST_MINOR=" + minor,
                  "-I" + Path.of("src/main/cpp").toAbsolutePath(),
                  "-o",
                  library.toString(),
                  source.toString())
              .inheritIO()
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no g++ here");
      throw e;
    }
    assertThat(compiler.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(compiler.exitValue()).isZero();
  }

  @Test
  void anUnknownTargetIsACompileOrRunError() {
    assertThatThrownBy(() -> run(program("cornu_test_unknown", "")))
        .isInstanceOf(PjrtException.class)
        .hasMessageContaining("cornu_test_unknown");
  }
}
