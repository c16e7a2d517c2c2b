package org.cornu.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cornu.check.OpCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random calls of every function of {@code keras.ops} give Keras' results and gradients. */
class OpAgreementTest {
  /** They take functions, which are recorded by name, or draw random numbers. */
  private static final Set<String> UNPLANNED =
      Set.of(
          "keras.ops.associative_scan",
          "keras.ops.cond",
          "keras.ops.custom_gradient",
          "keras.ops.fori_loop",
          "keras.ops.jvp",
          "keras.ops.map",
          "keras.ops.scan",
          "keras.ops.switch",
          "keras.ops.vectorize",
          "keras.ops.vectorized_map",
          "keras.ops.while_loop");

  @TempDir private Path folder = Path.of("");

  @Test
  void everyFunctionHasAPlan() {
    List<String> missing = new ArrayList<>();
    for (String path : OpCatalog.load().entries().keySet()) {
      if (path.startsWith("keras.ops.")
          && !OpPlans.all().containsKey(path)
          && !UNPLANNED.contains(path)) {
        missing.add(path);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void agreesWithKeras() throws Exception {
    assumeTrue(KerasProcess.isWanted(), "skipped: run with -Pinterop to check against Keras");
    Agreement.runFunctions(OpPlans.all(), folder).requireAgreement();
  }
}
