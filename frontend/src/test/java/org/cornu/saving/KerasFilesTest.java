package org.cornu.saving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras wrote, read whole and compared with the checksums recorded beside them. */
@NullUnmarked
final class KerasFilesTest {
  @TempDir Path folder;

  private static Path model(String name) throws URISyntaxException {
    return Path.of(KerasFilesTest.class.getResource("models/" + name).toURI());
  }

  private record Sums(String shape, double sum, double absSum) {}

  private static Sums sums(Literal literal) {
    double sum = 0;
    double absSum = 0;
    for (int i = 0; i < literal.count(); i++) {
      sum += literal.doubleAt(i);
      absSum += Math.abs(literal.doubleAt(i));
    }
    return new Sums(literal.type().shape().toString(), sum, absSum);
  }

  private static Map<String, Sums> expected(Path folder) throws IOException {
    Map<String, Object> io = Json.parseObject(Files.readString(folder.resolve("io.json")));
    Map<String, Sums> out = new LinkedHashMap<>();
    for (Object item : (List<?>) io.get("weights")) {
      Map<?, ?> weight = (Map<?, ?>) item;
      long[] shape =
          ((List<?>) weight.get("shape"))
              .stream().mapToLong(n -> ((Number) n).longValue()).toArray();
      out.put(
          (String) weight.get("path"),
          new Sums(
              TensorType.of(DType.F32, shape).shape().toString(),
              ((Number) weight.get("sum")).doubleValue(),
              ((Number) weight.get("abs_sum")).doubleValue()));
    }
    return out;
  }

  private static void assertSame(List<Sums> got, List<Sums> expected) {
    Comparator<Sums> order = Comparator.comparing(Sums::shape).thenComparing(Sums::absSum);
    List<Sums> a = new ArrayList<>(got);
    List<Sums> b = new ArrayList<>(expected);
    a.sort(order);
    b.sort(order);
    assertThat(a).hasSameSizeAs(b);
    for (int i = 0; i < a.size(); i++) {
      assertThat(a.get(i).shape).isEqualTo(b.get(i).shape);
      double slack = 1e-6 * Math.max(1, b.get(i).absSum);
      assertThat(a.get(i).sum).isCloseTo(b.get(i).sum, within(slack));
      assertThat(a.get(i).absSum).isCloseTo(b.get(i).absSum, within(slack));
    }
  }

  private static List<Sums> modelVariables(H5File file) throws IOException {
    List<Sums> out = new ArrayList<>();
    for (H5Dataset dataset : file.root().datasets()) {
      if (!dataset.path().startsWith("/optimizer/")) {
        out.add(sums(dataset.read()));
      }
    }
    return out;
  }

  private static void checkModel(Path folder) throws IOException {
    Map<String, Sums> expected = expected(folder);
    try (KerasArchive archive = KerasArchive.open(folder.resolve("model.keras"));
        H5File weights = archive.weights()) {
      assertThat(archive.metadata()).containsEntry("keras_version", "3.15.1");
      assertThat(archive.config()).containsKeys("module", "class_name", "config");
      assertSame(modelVariables(weights), new ArrayList<>(expected.values()));
    }
    try (H5File weights = H5File.open(folder.resolve("model.weights.h5"))) {
      assertSame(modelVariables(weights), new ArrayList<>(expected.values()));
    }
    try (H5File legacy = H5File.open(folder.resolve("model.h5"))) {
      H5Group top = legacy.root().group("model_weights");
      List<Sums> got = new ArrayList<>();
      for (String layer : top.strings("layer_names")) {
        H5Group group = top.group(layer);
        for (String weight : group.strings("weight_names")) {
          got.add(sums(group.dataset(weight).read()));
        }
      }
      assertSame(got, new ArrayList<>(expected.values()));
      assertThat(Json.parseObject((String) legacy.root().attributes().get("model_config")))
          .containsKeys("class_name", "config");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"compiled_adam", "nested_models"})
  void readsAllVariables(String name) throws Exception {
    checkModel(model(name));
  }

  @Test
  void readsAllGoldenModels() throws IOException {
    Path all = Path.of("../../shared/goldens/files");
    Assumptions.assumeTrue(Files.isDirectory(all), "no golden models beside the checkout");
    try (Stream<Path> models = Files.list(all)) {
      for (Path model : models.sorted().toList()) {
        checkModel(model);
      }
    }
  }

  @Test
  void readsOptimizerStateInOrder() throws Exception {
    try (KerasArchive archive = KerasArchive.open(model("compiled_adam").resolve("model.keras"));
        H5File weights = archive.weights()) {
      List<Literal> variables = weights.root().group("optimizer/vars").variables();
      Map<String, Object> io =
          Json.parseObject(Files.readString(model("compiled_adam").resolve("io.json")));
      assertThat(variables).hasSize(((List<?>) io.get("optimizer_variables")).size());
      assertThat(variables.get(0).type()).isEqualTo(TensorType.of(DType.I32));
    }
  }

  @Test
  void writesConfigTextAsKerasDoes() throws Exception {
    try (java.util.zip.ZipFile zip =
        new java.util.zip.ZipFile(model("compiled_adam").resolve("model.keras").toFile())) {
      String text =
          new String(
              zip.getInputStream(zip.getEntry("config.json")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(Json.write(Json.parse(text))).isEqualTo(text);
    }
  }

  private static Map<String, byte[]> asset(String name) {
    return Map.of(name, "hello".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void writesArchivesThatItReads() throws IOException {
    Path path = folder.resolve("new/model.keras");
    Literal kernel = Literal.ofDoubles(TensorType.of(DType.F32, 2), 1, 2);
    KerasArchive.write(
        path,
        new LinkedHashMap<>(Map.of("class_name", "Functional")),
        out -> out.dataset("/layers/dense/vars/0", kernel),
        asset("layers/lookup/vocabulary.txt"));
    try (KerasArchive archive = KerasArchive.open(path);
        H5File weights = archive.weights()) {
      assertThat(archive.config()).containsEntry("class_name", "Functional");
      assertThat(archive.assets()).containsExactly("layers/lookup/vocabulary.txt");
      assertThat(archive.asset("layers/lookup/vocabulary.txt"))
          .isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
      assertThat(weights.root().group("layers/dense/vars").variables()).containsExactly(kernel);
    }
    byte[] before = Files.readAllBytes(path);
    assertThatThrownBy(
            () ->
                KerasArchive.write(
                    path,
                    Map.of(),
                    out -> {
                      throw new IOException("disk full");
                    },
                    Map.of()))
        .hasMessage("disk full");
    assertThat(Files.readAllBytes(path)).isEqualTo(before);
    try (Stream<Path> files = Files.list(path.getParent())) {
      assertThat(files).containsExactly(path); // no temporary file stays behind
    }
  }

  @Test
  void refusesUnsafeAndDamagedArchives() throws IOException {
    Path path = folder.resolve("bad.keras");
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.putNextEntry(new ZipEntry("assets/../../etc/passwd"));
      out.closeEntry();
    }
    assertThatThrownBy(() -> KerasArchive.open(path))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("has a member 'assets/../../etc/passwd' that leads out of it");
    Files.write(path, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> KerasArchive.open(path))
        .hasMessage("keras archive: " + path + " is no ZIP archive");
  }

  @Test
  void spellsNumbersAsPythonDoes() throws FormatException {
    double[] values = {
      1e-7,
      0.001f,
      0.1,
      1e16,
      123456789012345.0,
      1e-4,
      1.5e-5,
      -2.5,
      1e22,
      Double.MIN_VALUE,
      100,
      0.0,
      -0.0
    };
    List<String> expected =
        List.of(
            "1e-07",
            "0.0010000000474974513",
            "0.1",
            "1e+16",
            "123456789012345.0",
            "0.0001",
            "1.5e-05",
            "-2.5",
            "1e+22",
            "5e-324",
            "100.0",
            "0.0",
            "-0.0");
    for (int i = 0; i < values.length; i++) {
      assertThat(Json.number(values[i])).isEqualTo(expected.get(i));
    }
    assertThat(
            Json.write(Json.parse("[NaN, Infinity, -Infinity, 12345678901234567890, \"\\u00fc\"]")))
        .isEqualTo("[NaN, Infinity, -Infinity, 12345678901234567890, \"\\u00FC\"]");
    assertThatThrownBy(() -> Json.parse("{\"a\": [1,}"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("at line 1, column ");
  }
}
