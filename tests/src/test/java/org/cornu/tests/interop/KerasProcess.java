package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.saving.Json;
import org.cornu.tracer.Tensor;

/** Runs scripts with Keras, which stand beside the tests as resources. */
final class KerasProcess {
  private KerasProcess() {}

  /** Whether the tests against Keras are asked for: profile {@code interop}. */
  static boolean isWanted() {
    return Boolean.getBoolean("cornu.interop");
  }

  /**
   * Runs a script and waits for it.
   *
   * @param script name of a resource
   * @param folder where it is put
   * @param arguments what it gets
   */
  static void run(String script, Path folder, Object... arguments) throws Exception {
    run(python(), script, folder, arguments);
  }

  /** Runs a script with a Keras that has TensorFlow beside JAX, which its lookups need. */
  static void runWithTensorFlow(String script, Path folder, Object... arguments) throws Exception {
    String python = interpreter("cornu.interop.tensorflow", "interop-tf-venv", "tensorflow-cpu");
    run(python, script, folder, arguments);
  }

  private static void run(String python, String script, Path folder, Object... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(python, write(script, folder).toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    execute(command.toArray(new String[0]));
  }

  /** Puts a script into a folder, where others can import it. */
  static Path write(String script, Path folder) throws Exception {
    Path file = folder.resolve(script);
    try (InputStream source = KerasProcess.class.getResourceAsStream(script)) {
      return Files.write(file, Objects.requireNonNull(source).readAllBytes());
    }
  }

  /**
   * What Keras predicts with a saved model.
   *
   * @param model the file
   * @param input one array of floats
   * @param folder for the files between the processes
   */
  static double[] predict(Path model, Tensor input, Path folder) throws Exception {
    List<Object> data = new ArrayList<>();
    for (float value : input.toFloatArray()) {
      data.add((double) value);
    }
    List<Object> shape = new ArrayList<>();
    for (long size : input.shape().dims()) {
      shape.add(size);
    }
    Path in = folder.resolve("in.json");
    Files.writeString(in, Json.write(Map.of("shape", shape, "data", data)));
    Path out = folder.resolve("out.json");
    run("predict.py", folder, model, in, out);
    List<?> found = (List<?>) Objects.requireNonNull(Json.parse(Files.readString(out)));
    return found.stream()
        .mapToDouble(v -> ((Number) Objects.requireNonNull(v)).doubleValue())
        .toArray();
  }

  /** The interpreter that {@code -Dcornu.interop.python} names, or one with Keras made for this. */
  private static String python() throws Exception {
    return interpreter("cornu.interop.python", "interop-venv");
  }

  private static String interpreter(String property, String folder, String... more)
      throws Exception {
    String given = System.getProperty(property, "");
    if (!given.isEmpty()) {
      return given;
    }
    Path venv = Path.of("target", folder).toAbsolutePath();
    Path python = venv.resolve("bin/python");
    if (!Files.exists(venv.resolve("ready"))) {
      execute("python3", "-m", "venv", venv.toString());
      List<String> install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install"));
      install.addAll(List.of("-q", "keras==3.15.1", "jax==0.10.2", "h5py"));
      install.addAll(List.of(more));
      execute(install.toArray(new String[0]));
      Files.createFile(venv.resolve("ready"));
    }
    return python.toString();
  }

  private static void execute(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KERAS_BACKEND", "jax");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", Arrays.toString(command), output).isZero();
  }
}
