package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.layers.Call;
import org.cornu.layers.Dense;
import org.cornu.layers.Input;
import org.cornu.layers.Layer;
import org.cornu.losses.Loss;
import org.cornu.metrics.Metric;
import org.cornu.models.Compile;
import org.cornu.models.Data;
import org.cornu.models.Fit;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.optim.UpdateRule;
import org.cornu.optimizers.Optimizer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of one's own with children, state, options and slots, in a model that is saved. */
final class OwnClassesTest {
  /** {@code x + gate(x) · x}, with a layer inside and the mean of the gate kept over batches. */
  static final class Gated extends Layer<Gated> {
    static final Option<Double> KEEP = Option.real("keep").defaultTo(0.9).within(0, 1);
    static final Spec SPEC =
        Spec.custom("own", "Gated").base(OPTIONS).options(KEEP).create(Gated::new);

    private @Nullable Dense gate;
    private @Nullable Variable mean;

    Gated() {
      super(SPEC);
    }

    Gated keep(double value) {
      return set(KEEP, value);
    }

    @Override
    protected void build(Shape input) {
      gate = track("gate", new Dense((int) input.dim(-1)).activation("sigmoid"));
      gate.buildFor(List.of(input));
      mean = weight("mean", Shape.of()).initializer("zeros").trainable(false).add();
    }

    @Override
    protected Tensor call(Tensor x, Call call) {
      Tensor open = Objects.requireNonNull(gate).applyWith(x, call);
      Variable kept = Objects.requireNonNull(mean);
      if (call.isTraining()) {
        double keep = get(KEEP);
        kept.assign(kept.value().mul(keep).add(Np.mean(open).mul(1 - keep)));
      }
      return x.add(open.mul(x));
    }
  }

  /** Quantile loss. */
  static final class Pinball extends Loss {
    static final Option<Double> QUANTILE = Option.real("quantile").required().within(0, 1);
    static final Spec SPEC =
        Spec.custom("own", "Pinball").base(OPTIONS).options(QUANTILE).create(Pinball::new);

    Pinball() {
      super(SPEC);
    }

    Pinball(double quantile) {
      this();
      set(QUANTILE, quantile);
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
      Tensor error = yTrue.sub(yPred);
      double q = get(QUANTILE);
      return Np.mean(Np.maximum(error.mul(q), error.mul(q - 1)), -1);
    }
  }

  /** Mean absolute error of each output. */
  static final class ErrorByOutput extends Metric {
    static final Spec SPEC =
        Spec.custom("own", "ErrorByOutput").base(OPTIONS).create(ErrorByOutput::new);

    private @Nullable Variable sum;
    private @Nullable Variable rows;

    ErrorByOutput() {
      super(SPEC);
    }

    @Override
    protected boolean dependsOnInputs() {
      return true;
    }

    @Override
    protected void addState(List<Shape> inputs) {
      sum = addVariable("sum", DType.F32, inputs.get(0).dim(-1));
      rows = addVariable("rows", DType.F32);
    }

    @Override
    protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
      Tensor error = Np.abs(inputs.get(0).sub(inputs.get(1)));
      Variable total = Objects.requireNonNull(sum);
      Variable count = Objects.requireNonNull(rows);
      total.assign(total.value().add(Np.sum(error, 0)));
      count.assign(count.value().add((double) error.size(0)));
    }

    @Override
    public Tensor result() {
      return Np.max(
          Np.divideNoNan(
              Objects.requireNonNull(sum).value(), Objects.requireNonNull(rows).value()));
    }
  }

  /** Heavy ball whose steps shrink with the gradients seen so far. */
  static final class Cautious extends Optimizer {
    static final Option<Double> FRICTION = Option.real("friction").defaultTo(0.5);
    static final Spec SPEC =
        Spec.custom("own", "Cautious").base(OPTIONS).options(FRICTION).create(Cautious::new);

    record Rule(double friction) implements UpdateRule {
      @Override
      public List<Slot> slots(Shape shape) {
        return List.of(Slot.zeros("speed", shape), Slot.zeros("seen", shape));
      }

      @Override
      public Output update(Input in) {
        Tensor seen = in.slots().get(1).add(in.gradient().square());
        Tensor pull = in.gradient().div(Np.sqrt(seen).add(1e-6));
        Tensor speed = in.slots().get(0).mul(friction).add(pull);
        return new Output(in.weight().sub(speed.mul(in.learningRate())), List.of(speed, seen));
      }
    }

    Cautious() {
      super(SPEC);
    }

    @Override
    public UpdateRule rule() {
      return new Rule(get(FRICTION));
    }
  }

  @TempDir @Nullable Path folder;

  @BeforeAll
  static void register() {
    Registry registry = Registry.global();
    registry.add(Layer.FAMILY, Gated.SPEC);
    registry.add(Loss.FAMILY, Pinball.SPEC);
    registry.add(Metric.FAMILY, ErrorByOutput.SPEC);
    registry.add(Optimizer.FAMILY, Cautious.SPEC);
  }

  @Test
  void aModelOfThemTrainsAndGoesOnFromAFile() {
    Sequential model = new Sequential(Input.of(3), new Gated().keep(0.5), new Dense(2));
    Tensor x = Tensor.of(new float[][] {{1, 2, 0}, {3, 4, 1}, {-1, 0.5f, 2}, {0, 1, -1}});
    Tensor y = Tensor.of(new float[][] {{1, 0}, {0, 1}, {1, 1}, {2, 0}});
    model.compile(
        new Compile(new Cautious().learningRate(0.05).clipnorm(1.0))
            .loss(new Pinball(0.7))
            .metrics(new ErrorByOutput()));
    var history = model.fit(Data.of(x, y), Fit.epochs(40).batchSize(2).seed(1).verbose(false));
    List<Double> losses = history.get("loss");
    assertThat(losses.get(39)).isLessThan(losses.get(0) * 0.7);
    assertThat(history.get("error_by_output")).hasSize(40);

    Path file = Objects.requireNonNull(folder).resolve("own.keras");
    model.save(file);
    Model loaded = Model.load(file);
    Layer<?> gated = loaded.layers().get(0);
    assertThat(gated).isInstanceOf(Gated.class);
    assertThat(gated.getConfig()).containsEntry("keep", 0.5);
    assertThat(gated.nonTrainableVariables().get(0).value().item()).isNotZero();
    assertThat(loaded.predict(x).toFloatArray()).isEqualTo(model.predict(x).toFloatArray());
    Map<String, Double> here = model.evaluate(x, y);
    Map<String, Double> there = loaded.evaluate(x, y);
    assertThat(there).isEqualTo(here);
    Fit more = Fit.epochs(2).batchSize(2).shuffle(false).verbose(false);
    double one = model.fit(Data.of(x, y), more).get("loss").get(1);
    double other = loaded.fit(Data.of(x, y), more).get("loss").get(1);
    assertThat(other).isEqualTo(one, within(1e-6));
  }
}
