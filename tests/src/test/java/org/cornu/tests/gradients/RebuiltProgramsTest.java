package org.cornu.tests.gradients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.cli.Comparison;
import org.cornu.cli.ProgramIo;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.runtime.ProgramCache;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs written again through Cornu's functions give the results that JAX 0.10.2 recorded, to
 * the tolerance that it recorded.
 */
class RebuiltProgramsTest {
  private static final String LEVEL = "cornu.xla.optimizationLevel";
  private static final @Nullable String GIVEN = System.getProperty(LEVEL);

  /**
   * Programs are compiled as users' are, and as JAX's were: without LLVM's optimizations sums round
   * otherwise, and where large terms cancel (nested_scan_remat_grad) that shows.
   */
  @BeforeAll
  static void optimize() {
    System.clearProperty(LEVEL);
    ProgramCache.clear();
  }

  @AfterAll
  static void restore() {
    if (GIVEN != null) {
      System.setProperty(LEVEL, GIVEN);
    }
    ProgramCache.clear();
  }

  @TestFactory
  List<DynamicTest> resultsEqualJaxs() {
    List<DynamicTest> out = new ArrayList<>();
    RebuiltPrograms.all()
        .forEach((name, f) -> out.add(DynamicTest.dynamicTest(name, () -> check(name, f))));
    return out;
  }

  private static void check(String name, F1<List<Tensor>, List<Tensor>> f)
      throws IOException, URISyntaxException {
    String file = "programs/" + name + ".json";
    Path path =
        Path.of(Objects.requireNonNull(RebuiltProgramsTest.class.getResource(file), name).toURI());
    ProgramIo io = ProgramIo.read(path);
    List<Tensor> inputs = io.inputs().stream().map(Tensor::of).toList();
    List<Literal> got = Transforms.jit(f).apply(inputs).stream().map(Tensor::toLiteral).toList();
    List<Literal> want = Objects.requireNonNull(io.outputs(), name);
    assertThat(Comparison.of(got, want, io.rtol(), io.atol()).failures()).as(name).isEmpty();
  }
}
