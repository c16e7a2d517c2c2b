package org.cornu.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.activations.Activation;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.metrics.MetricFunction;
import org.cornu.optimizers.Optimizer;
import org.cornu.regularizers.Regularizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every string that Keras' {@code get} functions accept, from a list written by Keras. */
final class IdentifiersTest {
  private static final Map<String, Family<?>> FAMILIES =
      Map.of(
          "activation", Activation.FAMILY,
          "constraint", Constraint.FAMILY,
          "initializer", Initializer.FAMILY,
          "loss", Loss.FAMILY,
          "metric", Metric.FAMILY,
          "optimizer", Optimizer.FAMILY,
          "regularizer", Regularizer.FAMILY);

  @Test
  void acceptsWhatKerasAccepts() throws IOException {
    String table;
    try (InputStream in = IdentifiersTest.class.getResourceAsStream("identifiers.tsv")) {
      table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> wrong = new ArrayList<>();
    for (String line : table.lines().toList()) {
      if (line.contains("\tthreshold\t")) {
        continue; // takes two numbers, so that its name alone means nothing
      }
      String[] row = line.split("\t");
      Object found;
      try {
        found = member(row[0], row[1]);
      } catch (ConfigException e) {
        // Classes with required options are known too, but can not be made from a name alone.
        if (!String.valueOf(e.getMessage()).contains("is missing")) {
          wrong.add(line + ": " + e.getMessage());
        }
        continue;
      }
      if (found instanceof Configured<?> made && !means(made.spec().className(), row[2])) {
        wrong.add(line + ": means " + made.spec().className());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(table.lines()).hasSizeGreaterThan(240);
  }

  private static Object member(String family, String name) {
    return Registry.global().get(Objects.requireNonNull(FAMILIES.get(family)), name);
  }

  /** A function's name stands for the class that wraps it. */
  private static boolean means(String className, String expected) {
    return className.equals(expected) || Names.snakeCase(className).equals(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "loss, mean_square_error, mean_squared_error",
    "loss, categorical_crosentropy, categorical_crossentropy",
    "metric, acuracy, accuracy",
    "optimizer, adm, adam",
    "initializer, glorot_unifrom, glorot_uniform",
    "regularizer, l1l3, l1l2",
    "constraint, nonneg, non_neg",
    "activation, rleu, relu"
  })
  void namesTheNearest(String family, String misspelt, String nearest) {
    assertThatThrownBy(() -> member(family, misspelt))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("no " + family + " '" + misspelt + "'")
        .hasMessageContaining("did you mean")
        .hasMessageContaining(nearest);
  }

  @Test
  void metricFunctionsHaveLossNamesToo() {
    for (String name : List.of("mse", "MAE", "kld", "binary_crossentropy", "accuracy")) {
      assertThat(Registry.global().get(MetricFunction.FAMILY, name)).isNotNull();
    }
  }
}
