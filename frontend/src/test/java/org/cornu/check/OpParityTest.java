package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every function of {@code keras.ops} has a Cornu function with its parameters and defaults. */
class OpParityTest {
  /** Functions without an entry that a recorded case could call, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "keras.ops.vectorize", "returns a function: Transforms.vmap",
          "keras.ops.custom_gradient", "returns a function: Transforms.customVjp");

  private static Map<String, String> signatures() throws IOException {
    Map<String, String> out = new TreeMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                OpParityTest.class.getResourceAsStream("/org/cornu/config/keras-api.tsv"),
                StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] column = line.split("\t", -1);
        if (column[0].startsWith("keras.ops") && column[2].equals("function")) {
          out.put(column[0] + "." + column[1], column[3]);
        }
      }
    }
    return out;
  }

  @Test
  void everyFunctionIsThereWithParametersAndDefaults() throws IOException {
    OpCatalog catalog = OpCatalog.load();
    List<String> missing = new ArrayList<>();
    List<String> different = new ArrayList<>();
    Map<String, String> wanted = signatures();
    wanted.forEach(
        (path, text) -> {
          OpCatalog.Entry entry = catalog.entries().get(path);
          if (entry == null) {
            missing.add(path);
          } else if (!names(entry.signature()).equals(names(Signature.parse(text)))) {
            different.add(path + ": got " + entry.signature() + ", Keras has " + text);
          }
        });
    assertThat(wanted).hasSizeGreaterThan(300);
    assertThat(missing).isEmpty();
    assertThat(different).isEmpty();
    assertThat(EXCEPTIONS).hasSizeLessThan(5);
    assertThat(wanted.keySet()).containsAll(EXCEPTIONS.keySet());
  }

  /** Parameters by name, kind and the value of the default, however it is written. */
  private static List<String> names(Signature signature) {
    return signature.parameters().stream()
        .map(p -> p.kind() + " " + p.name() + " " + p.isRequired() + " " + p.defaultValue())
        .toList();
  }
}
