package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Set;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random configurations of every loss and metric class give Keras' numbers and states. */
class ObjectAgreementTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void everyClassHasAPlan() {
    assertThat(Agreement.unplanned(Loss.FAMILY, ObjectPlans.losses(), Set.of())).isEmpty();
    // The wrapper takes a function.
    assertThat(
            Agreement.unplanned(Metric.FAMILY, ObjectPlans.metrics(), Set.of("MeanMetricWrapper")))
        .isEmpty();
  }

  @Test
  void lossesAgreeWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.run("loss", Loss.FAMILY, ObjectPlans.losses(), folder).requireAgreement();
  }

  @Test
  void metricsAgreeWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.run("metric", Metric.FAMILY, ObjectPlans.metrics(), folder).requireAgreement();
  }
}
