package org.cornu.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that lack something, as a process of its own sees them. */
class CommandLineTest {
  @TempDir Path folder;

  private record Result(int status, String out, String err) {}

  private Result cornu(List<String> jvm, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.cornu.cli.Main"));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static void oneMessage(Result result) {
    assertThat(result.status()).isNotZero();
    assertThat(result.err()).as("no stack trace").doesNotContain("\tat ");
    assertThat(result.out()).as("standard output").isBlank();
  }

  @Test
  void askingForAGpuWhereThereIsNoneNeverTrainsOnTheCpu() throws Exception {
    if (Files.exists(Path.of("/dev/nvidia0")) || Files.exists(Path.of("/dev/kfd"))) {
      return; // this machine has one
    }
    Result result =
        cornu(List.of(), Map.of(), "train", "digits", "--epochs", "1", "--device", "gpu");
    oneMessage(result);
    assertThat(result.err()).containsIgnoringCase("gpu");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).doesNotContain("digits.keras");
    }
  }

  @Test
  void withoutPluginAndNetworkOneMessageSaysWhatToRun() throws Exception {
    Path nothing = Files.createDirectories(folder.resolve("nothing"));
    Result result =
        cornu(
            List.of(
                "-Dcornu.cache=" + nothing, "-Duser.home=" + nothing, "-Dcornu.python=" + python()),
            // pip without an index fails as it does without a network
            Map.of("PIP_NO_INDEX", "1", "PATH", nothing.toString(), "HOME", nothing.toString()),
            "devices");
    oneMessage(result);
    assertThat(result.err()).contains("pip download").contains("xla-cpu-pjrt");
  }

  private static String python() {
    for (String entry : System.getenv("PATH").split(":")) {
      Path python = Path.of(entry, "python3");
      if (Files.isExecutable(python)) {
        return python.toString();
      }
    }
    return "python3";
  }
}
