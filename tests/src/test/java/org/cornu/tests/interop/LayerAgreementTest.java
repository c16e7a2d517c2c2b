package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Set;
import org.cornu.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random configurations of every layer class give Keras' weights, outputs, masks and losses. */
class LayerAgreementTest {
  /** Needs a function, names a type of its own, works on strings, or draws from Python. */
  private static final Set<String> UNPLANNED =
      Set.of(
          "AugMix",
          "Functional",
          "HashedCrossing",
          "Hashing",
          "InputLayer",
          "IntegerLookup",
          "Lambda",
          "Model",
          "Sequential",
          "StringLookup",
          "TextVectorization",
          "Wrapper");

  @TempDir private Path folder = Path.of("");

  @Test
  void everyLayerHasAPlan() {
    assertThat(Agreement.unplanned(Layer.FAMILY, LayerPlans.all(), UNPLANNED)).isEmpty();
  }

  @Test
  void agreesWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.run("layer", Layer.FAMILY, LayerPlans.all(), folder).requireAgreement();
  }
}
