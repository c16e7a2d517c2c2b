package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.cornu.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random configurations of every layer class give Keras' weights, outputs, masks and losses. */
class LayerAgreementTest {
  /** Models, and what Keras itself cannot call: an input, and a wrapper without a call. */
  private static final Set<String> UNPLANNED =
      Set.of("Functional", "InputLayer", "Model", "Sequential", "Wrapper");

  @TempDir private Path folder = Path.of("");

  @Test
  void everyLayerHasAPlan() {
    Map<String, Object> plans = new HashMap<>(LayerPlans.all());
    plans.putAll(LookupPlans.all());
    assertThat(Agreement.unplanned(Layer.FAMILY, plans, UNPLANNED)).isEmpty();
  }

  @Test
  void agreesWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.run("layer", Layer.FAMILY, LayerPlans.all(), folder).requireAgreement();
  }

  @Test
  void lookupsAgreeWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.run("lookup", Layer.FAMILY, LookupPlans.all(), folder).requireAgreement();
  }
}
