package org.cornu.tests.spmd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.cornu.distribution.DataParallel;
import org.cornu.distribution.DeviceMesh;
import org.cornu.distribution.Distribution;
import org.cornu.distribution.LayoutMap;
import org.cornu.distribution.ModelParallel;
import org.cornu.initializers.GlorotUniform;
import org.cornu.layers.Dense;
import org.cornu.layers.Flatten;
import org.cornu.layers.Input;
import org.cornu.layers.Rescaling;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Sequential;
import org.cornu.optimizers.Adam;
import org.cornu.samples.digits.Digits;
import org.cornu.stateless.Variable;
import org.cornu.tracer.runtime.Backend;
import org.cornu.tracer.runtime.Placement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small network on the digits, on one device, on eight, and on a mesh of two by four. */
@SuppressWarnings("NullAway") // a missing placement fails the test
class SpmdTest {
  private static final int BATCH = 64;
  private static final int STEPS = 6;
  private static Data data;

  @BeforeAll
  static void read() {
    assertThat(Backend.current().devices()).as("this test needs -Dcornu.devices=8").hasSize(8);
    Digits train = Digits.split(1, 360).train();
    data = Data.of(train.images(), train.labels());
  }

  private static Sequential model() {
    Sequential model =
        new Sequential(
            Input.of(8, 8, 1),
            new Rescaling(1.0 / 16),
            new Flatten(),
            new Dense(32)
                .activation("relu")
                .name("hidden")
                .kernelInitializer(new GlorotUniform(1L)),
            new Dense(10)
                .activation("softmax")
                .name("out")
                .kernelInitializer(new GlorotUniform(2L)));
    model.compile(new Adam(1e-2), "sparse_categorical_crossentropy", "accuracy");
    return model;
  }

  /** The loss of each step. */
  private static List<Double> losses(Sequential model) {
    List<Double> out = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      Data batch = data.rows(step * BATCH, (step + 1) * BATCH);
      out.addAll(
          model
              .fit(batch, Fit.epochs(1).batchSize(BATCH).shuffle(false).verbose(false))
              .get("loss"));
    }
    return out;
  }

  private static void follows(List<Double> got, List<Double> single) {
    for (int step = 0; step < STEPS; step++) {
      double want = single.get(step);
      assertThat(got.get(step))
          .as("loss of step %d", step)
          .isCloseTo(want, org.assertj.core.data.Offset.offset(1e-4 * want));
    }
  }

  private static LayoutMap layouts() {
    return new LayoutMap(new DeviceMesh(new int[] {2, 4}, "batch", "model"))
        .put(".*hidden/kernel", null, "model")
        .put(".*hidden/bias", "model")
        .put(".*out/kernel", "model", null);
  }

  @Test
  void dataParallelTrainingFollowsOneDevice() {
    List<Double> single = losses(model());
    try (Distribution.Scope scope = new DataParallel().scope()) {
      Sequential model = model();
      String program = model.trainProgram(data, BATCH);
      assertThat(program)
          .contains("sdy.mesh @mesh = <[\"batch\"=8]>")
          // images and labels are split, variables are not
          .containsPattern("tensor<64x8x8x1xf32> [^,]*sdy.sharding<@mesh, \\[\\{\"batch\"\\}, ")
          .contains("num_partitions = 8");
      follows(losses(model), single);
      for (Variable variable : model.variables()) {
        assertThat(variable.value().device().placement())
            .as(variable.path())
            .isEqualTo(
                Placement.replicated(
                    Distribution.current().mesh().toMesh(), variable.shape().rank()));
      }
    }
  }

  @Test
  void modelParallelTrainingFollowsOneDevice() {
    List<Double> single = losses(model());
    LayoutMap layouts = layouts();
    try (Distribution.Scope scope = new ModelParallel(layouts, "batch").scope()) {
      Sequential model = model();
      layouts.requireAllUsed();
      String program = model.trainProgram(data, BATCH);
      assertThat(program)
          .contains("sdy.mesh @mesh = <[\"batch\"=2, \"model\"=4]>")
          .containsPattern(
              "tensor<64x32xf32> [^)]*sdy.sharding<@mesh, \\[\\{\\}, \\{\"model\"\\}\\]>")
          .containsPattern(
              "tensor<32x10xf32> [^)]*sdy.sharding<@mesh, \\[\\{\"model\"\\}, \\{\\}\\]>")
          .contains("num_partitions = 8");
      // the optimizer's moments lie where their variables lie
      follows(losses(model), single);
      for (Variable variable : model.optimizer().variables()) {
        if (variable.path().contains("hidden_kernel")) {
          assertThat(variable.value().device().placement().sharding().toString())
              .as(variable.path())
              .contains("model");
        }
      }
      // no device holds a whole kernel: 64 by 32 in four parts
      assertThat(
              model
                  .layer("hidden")
                  .variables()
                  .get(0)
                  .value()
                  .device()
                  .shardLiteral(0)
                  .type()
                  .shape()
                  .dims())
          .containsExactly(64, 8);
    }
  }

  @Test
  void aBatchThatDoesNotDivideIsRefused() {
    try (Distribution.Scope scope = new DataParallel().scope()) {
      Sequential model = model();
      assertThatThrownBy(
              () -> model.fit(data.rows(0, 30), Fit.epochs(1).batchSize(30).verbose(false)))
          .hasMessageContaining("30")
          .hasMessageContaining("8");
    }
  }
}
