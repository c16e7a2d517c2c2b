package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cornu.config.Family;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.optimizers.Optimizer;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.cornu.regularizers.Regularizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random configurations of every class give Keras' numbers and states: losses, metrics, optimizers,
 * schedules, initializers, regularizers, constraints. {@code -Dcornu.interop.kinds} picks some.
 */
class ObjectAgreementTest {
  @TempDir private Path folder = Path.of("");

  /** Of each kind of case: the family, the plans, and the classes without a plan. */
  private record Kind(
      String kind, Family<?> family, Map<String, Consumer<DrawnCase>> plans, Set<String> except) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "losses", new Kind("loss", Loss.FAMILY, ObjectPlans.losses(), Set.of()),
          // The wrapper takes a function.
          "metrics",
              new Kind("metric", Metric.FAMILY, ObjectPlans.metrics(), Set.of("MeanMetricWrapper")),
          "optimizers",
              new Kind("optimizer", Optimizer.FAMILY, OptimizerPlans.optimizers(), Set.of()),
          "schedules",
              new Kind(
                  "schedule", LearningRateSchedule.FAMILY, OptimizerPlans.schedules(), Set.of()),
          "initializers",
              new Kind("initializer", Initializer.FAMILY, WeightPlans.initializers(), Set.of()),
          "regularizers",
              new Kind("unary", Regularizer.FAMILY, WeightPlans.regularizers(), Set.of()),
          "constraints", new Kind("unary", Constraint.FAMILY, WeightPlans.constraints(), Set.of()));

  static Stream<String> kinds() {
    return KINDS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyClassHasAPlan(String name) {
    Kind kind = Objects.requireNonNull(KINDS.get(name));
    assertThat(Agreement.unplanned(kind.family(), kind.plans(), kind.except())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void classesAgreeWithKeras(String name) throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    assumeTrue(name.matches(System.getProperty("cornu.interop.kinds", ".*")), "other kinds only");
    Kind kind = Objects.requireNonNull(KINDS.get(name));
    Agreement.run(kind.kind(), kind.family(), kind.plans(), folder).requireAgreement();
  }

  @Test
  void functionsAgreeWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    assumeTrue(
        "functions".matches(System.getProperty("cornu.interop.kinds", ".*")), "other kinds only");
    Agreement.runFunctions(FunctionPlans.functions(), folder).requireAgreement();
  }
}
