package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cornu.activations.Activation;
import org.cornu.check.OpCatalog;
import org.cornu.check.Signature;
import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.KerasSignature;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.optimizers.Optimizer;
import org.cornu.optimizers.OptimizerMap;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.regularizers.Regularizer;
import org.junit.jupiter.api.Test;

/**
 * Names, options, their order and defaults of all configurable classes against Keras' signatures.
 * What differs stands in {@link #EXCEPTIONS} with its reason.
 */
final class KerasParityTest {
  private record Row(String namespace, String name, String kind, String signature) {}

  private static final Map<String, List<Family<? extends Configured<?>>>> CLASSES =
      Map.of(
          "keras.layers", List.of(Layer.FAMILY),
          "keras.losses", List.of(Loss.FAMILY),
          "keras.metrics", List.of(Metric.FAMILY),
          "keras.optimizers", List.of(Optimizer.FAMILY, OptimizerMap.FAMILY),
          "keras.optimizers.schedules", List.of(LearningRateSchedule.FAMILY),
          "keras.initializers", List.of(Initializer.FAMILY),
          "keras.regularizers", List.of(Regularizer.FAMILY),
          "keras.constraints", List.of(Constraint.FAMILY),
          "keras.dtype_policies", List.of(DTypePolicy.FAMILY),
          "keras.quantizers", List.of(Quantizer.FAMILY, QuantizationConfig.FAMILY));

  /** Classes of Keras that have no counterpart here, or differ from it, and why. */
  private static final Map<String, String> EXCEPTIONS = new LinkedHashMap<>();

  static {
    EXCEPTIONS.put("keras.dtype_policies.AWQDTypePolicy", "no quantization by AWQ yet");
    EXCEPTIONS.put("keras.dtype_policies.GPTQDTypePolicy", "no quantization by GPTQ yet");
    EXCEPTIONS.put("keras.layers.FlaxLayer", "wraps a module of another framework");
    EXCEPTIONS.put("keras.layers.InputLayer", "made by Input, whose arguments are its config's");
    EXCEPTIONS.put("keras.layers.JaxLayer", "its place is taken by StableHloLayer");
    EXCEPTIONS.put("keras.layers.TFSMLayer", "wraps a module of another framework");
    EXCEPTIONS.put("keras.layers.TorchModuleWrapper", "wraps a module of another framework");
    EXCEPTIONS.put("keras.quantizers.AWQConfig", "no quantization by AWQ yet");
    EXCEPTIONS.put("keras.quantizers.GPTQConfig", "no quantization by GPTQ yet");
  }

  @Test
  void classesHaveKerasOptions() throws IOException {
    List<String> wrong = new ArrayList<>();
    Set<String> needed = new TreeSet<>();
    for (Row row : rows()) {
      List<Family<? extends Configured<?>>> families = CLASSES.get(row.namespace());
      if (families == null || !row.kind().equals("class")) {
        continue;
      }
      String path = row.namespace() + "." + row.name();
      List<String> found = differences(row, families);
      if (!found.isEmpty() && EXCEPTIONS.containsKey(path)) {
        needed.add(path);
      } else {
        found.forEach(difference -> wrong.add(path + ": " + difference));
      }
    }
    assertThat(wrong).as(String.join("\n", wrong)).isEmpty();
    assertThat(needed).as("exceptions that are still needed").isEqualTo(EXCEPTIONS.keySet());
    assertThat(EXCEPTIONS).hasSizeLessThan(10);
  }

  private static List<String> differences(Row row, List<Family<? extends Configured<?>>> families) {
    for (Family<? extends Configured<?>> family : families) {
      if (Modifier.isAbstract(family.type().getModifiers())
          && family.type().getSimpleName().equals(row.name())) {
        return List.of(); // a base class, extended here as there
      }
      for (Spec spec : Registry.global().specs(family)) {
        if (spec.className().equals(row.name()) && row.namespace().equals(spec.module())) {
          return KerasSignature.parse(row.signature()).differences(spec);
        }
      }
    }
    return List.of("missing");
  }

  @Test
  void noClassClaimsANameThatKerasLacks() throws IOException {
    Set<String> known = new TreeSet<>();
    rows().forEach(row -> known.add(row.namespace() + "." + row.name()));
    List<String> invented = new ArrayList<>();
    CLASSES.forEach(
        (namespace, families) -> {
          for (Spec spec :
              families.stream().flatMap(f -> Registry.global().specs(f).stream()).toList()) {
            String path = spec.module() + "." + spec.className();
            boolean exported = namespace.equals(spec.module()) && spec.registeredName() == null;
            if (exported && !known.contains(path)) {
              invented.add(path);
            }
          }
        });
    assertThat(invented).isEmpty();
  }

  @Test
  void activationsHaveKerasParameters() throws IOException {
    OpCatalog functions = OpCatalog.load();
    Set<String> names = new TreeSet<>(Registry.global().knownNames(Activation.FAMILY));
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      if (!row.namespace().equals("keras.activations")
          || Set.of("get", "serialize", "deserialize").contains(row.name())) {
        continue;
      }
      OpCatalog.Entry entry = functions.find("keras.activations." + row.name());
      if (entry == null) {
        wrong.add(row.name() + ": missing");
      } else if (!entry.signature().equals(Signature.parse(row.signature()))) {
        wrong.add(row.name() + ": takes " + entry.signature() + ", not " + row.signature());
      }
      // It asks for numbers that a name alone can not give.
      if (!names.contains(row.name()) && !row.name().equals("threshold")) {
        wrong.add(row.name() + ": can not be asked for by name");
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void functionsOfQuantizersHaveKerasParameters() throws IOException {
    OpCatalog functions = OpCatalog.load();
    List<String> wrong = new ArrayList<>();
    for (Row row : rows()) {
      if (!row.namespace().equals("keras.quantizers")
          || !row.kind().equals("function")
          || Set.of("get", "serialize", "deserialize").contains(row.name())) {
        continue;
      }
      OpCatalog.Entry entry = functions.find("keras.quantizers." + row.name());
      if (entry == null) {
        wrong.add(row.name() + ": missing");
      } else if (!entry.signature().equals(Signature.parse(row.signature()))) {
        wrong.add(row.name() + ": takes " + entry.signature() + ", not " + row.signature());
      }
    }
    assertThat(wrong).isEmpty();
  }

  static List<Row> rows() throws IOException {
    try (InputStream in = Spec.class.getResourceAsStream("keras-api.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .map(row -> new Row(row[0], row[1], row[2], row[3]))
          .toList();
    }
  }
}
