package org.cornu.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
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

  @Test
  void everyEntryNamesAFunctionThatExists() {
    assertThat(OpCatalog.load().entries().values())
        .filteredOn(e -> e.path().startsWith("keras.ops."))
        .allSatisfy(e -> assertThat(methods(e.method())).as(e.toString()).isNotEmpty());
  }

  /** Public methods of that name, {@code Np.sum}; of families, tensors and transforms. */
  private static List<Method> methods(String names) {
    List<Method> out = new ArrayList<>();
    for (String name : names.split(", ")) {
      String[] parts = name.split("\\.");
      for (String where : List.of("org.cornu.ops.", "org.cornu.tracer.")) {
        try {
          Stream.of(Class.forName(where + parts[0]).getMethods())
              .filter(m -> m.getName().equals(parts[parts.length - 1]))
              .forEach(out::add);
        } catch (ClassNotFoundException e) {
          // It is in the other package.
        }
      }
    }
    return out;
  }

  /** Parameters that no recorded call brings to a function, by the reason. */
  private static final Map<String, List<String>> UNREAD =
      Map.of(
          "there are no sparse tensors",
          List.of(
              "bincount sparse",
              "convert_to_tensor ragged",
              "convert_to_tensor sparse",
              "multi_hot sparse",
              "one_hot sparse"),
          "a hint; the result is the same",
          List.of(
              "dot_product_attention flash_attention",
              "isin assume_unique",
              "segment_max sorted",
              "segment_min sorted",
              "segment_prod sorted",
              "segment_sum sorted"),
          "results are always sorted",
          List.of("top_k sorted", "unique sorted"),
          "known from another argument",
          List.of("scan length", "unstack num"),
          "nothing is passed on",
          List.of("einsum kwargs", "layer_normalization kwargs", "multi_hot kwargs"),
          "has one value alone",
          List.of("image.resize fill_mode", "moments synchronized"),
          "the result is any tree",
          List.of("jvp has_aux"),
          "the recorded call takes another way",
          List.of(
              "bincount weights",
              "cross axisa",
              "cross axisb",
              "cross axisc",
              "ctc_decode beam_width",
              "ctc_decode top_paths",
              "geomspace axis",
              "image.crop_images bottom_cropping",
              "image.crop_images right_cropping",
              "logspace axis",
              "trapezoid dx",
              "unique return_counts",
              "unique return_index",
              "unique return_inverse"));

  @Test
  void everyParameterReachesTheFunction() throws IOException {
    OpCatalog catalog = OpCatalog.load();
    Map<String, Set<String>> unread = new TreeMap<>();
    for (JsonNode recorded : OpLawsTest.cases()) {
      OpCatalog.Entry entry = Objects.requireNonNull(catalog.find(recorded.get("op").asText()));
      Set<String> read = new HashSet<>();
      try (Scope scope = Scope.open()) {
        Transforms.makeGraph(
            (List<Tensor> xs) -> {
              Arguments arguments = OpRunner.arguments(entry, recorded, xs);
              try {
                OpRunner.call(entry, arguments);
              } catch (OpException e) {
                // A shape that rests on values: the arguments have been read.
              }
              read.addAll(arguments.read());
              return List.of();
            },
            Recorded.literals(recorded.get("inputs")).stream()
                .map(v -> Tensor.spec(v.type(), null))
                .toList());
      }
      Set<String> rest = new TreeSet<>();
      for (Signature.Parameter p : entry.signature().parameters()) {
        String name =
            p.kind() == Signature.Kind.REST
                ? "*"
                : p.kind() == Signature.Kind.NAMED_REST ? "**" : p.name();
        if (!read.contains(name)) {
          rest.add(p.name());
        }
      }
      unread.merge(
          entry.path(),
          rest,
          (x, y) -> {
            x.retainAll(y);
            return x;
          });
    }
    Set<String> out = new TreeSet<>();
    unread.forEach(
        (path, names) ->
            names.forEach(name -> out.add(path.substring("keras.ops.".length()) + " " + name)));
    assertThat(out)
        .containsExactlyInAnyOrderElementsOf(
            UNREAD.values().stream().flatMap(List::stream).toList());
  }

  /** Parameters by name, kind and the value of the default, however it is written. */
  private static List<String> names(Signature signature) {
    return signature.parameters().stream()
        .map(p -> p.kind() + " " + p.name() + " " + p.isRequired() + " " + p.defaultValue())
        .toList();
  }
}
