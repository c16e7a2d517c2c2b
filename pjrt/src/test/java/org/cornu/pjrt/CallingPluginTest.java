package org.cornu.pjrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls from a plugin into Java that no CPU plugin makes: a plugin built here makes them, and does
 * everything else through the real one.
 */
class CallingPluginTest {
  @TempDir Path folder;

  private Plugin build() throws Exception {
    Path real =
        new PluginCache(PluginRequest.of(Platform.CPU).cache(), new PipDownload("python3", false))
            .get(PluginPackage.XLA_CPU);
    Path header = real.resolveSibling("include").resolve("pjrt_c_api.h");
    assumeTrue(Files.isRegularFile(header), "the plugin package ships no header");
    Path source = folder.resolve("calling_plugin.cc");
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("calling_plugin.cc"))) {
      Files.copy(in, source);
    }
    Path library = folder.resolve("calling_plugin.so");
    Path log = folder.resolve("log");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "g++",
                  "-shared",
                  "-fPIC",
                  "-O0",
                  "-DHEADER=\"" + header + "\"",
                  "-DREAL=\"" + real + "\"",
                  "-DNOTES=\"" + notes() + "\"",
                  "-o",
                  library.toString(),
                  source.toString(),
                  "-ldl")
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      assumeTrue(false, "no g++ here");
      throw e;
    }
    assertThat(compiler.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(compiler.exitValue()).as(Files.readString(log)).isZero();
    return Plugin.load(library);
  }

  private Path notes() {
    return folder.resolve("notes");
  }

  private static ByteBuffer text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Test
  void storesSendsAndReceivesEndInJava() throws Exception {
    Plugin plugin = build();
    long[] dims = {4};
    StringBuilder sent = new StringBuilder();
    try (Client client = plugin.createClient(ClientOptions.cpu(1).store(KeyValueStore.inMemory()));
        LoadedExecutable add = client.compile(Programs.add(4), CompileOptions.defaults());
        Buffer x =
            client.bufferFromHost(
                new float[] {1, 2, 3, 4}, BufferType.F32, dims, client.devices().get(0))) {
      assertThat(Files.readString(notes()))
          .isEqualTo(
              """
              put answer
              get answer = 42
              try_get answer = 42
              try_get: error 5 no value for 'question'
              get: error 4 no value for 'question' within PT0.001S
              """);
      Files.delete(notes());
      ExecuteOptions options =
          ExecuteOptions.defaults()
              .send(
                  7,
                  (chunk, total, last) ->
                      sent.append(StandardCharsets.UTF_8.decode(chunk)).append(total).append(last))
              .send(
                  9,
                  (chunk, total, last) -> {
                    throw new IllegalStateException("no room");
                  })
              .receive(
                  8,
                  stream -> {
                    assertThat(stream.totalBytes()).isEqualTo(8);
                    assertThat(stream.granuleBytes()).isEqualTo(4);
                    stream.add(text("in 1")).join();
                    assertThat(stream.currentBytes()).isEqualTo(4);
                    stream.add(text("in 2")).join();
                    stream.close();
                  });
      try (Buffer sum = add.execute(new Buffer[] {x, x}, options)[0]) {
        assertThat(sum.toFloatArray()).containsExactly(2, 4, 6, 8);
      }
      assertThat(sent).hasToString("out!4true");
      assertThat(Files.readString(notes()))
          .isEqualTo(
              """
              chunk freed
              sent on channel 7
              chunk freed
              send: error 13 java.lang.IllegalStateException: no room
              receiving on channel 8
              received in 1in 2
              """);
    }
  }
}
