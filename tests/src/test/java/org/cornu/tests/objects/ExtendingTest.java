package org.cornu.tests.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
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

/** The classes of {@code docs/extending.md}: a layer, a loss, a metric and an optimizer. */
final class ExtendingTest {
  /** A learned factor per channel, to a power. */
  static final class Scale extends Layer<Scale> {
    static final Option<Double> POWER = Option.real("power").defaultTo(1.0).positive();
    static final Spec SPEC =
        Spec.custom("mine", "Scale").base(OPTIONS).options(POWER).create(Scale::new);

    private @Nullable Variable scale;

    Scale() {
      super(SPEC);
    }

    Scale power(double value) {
      return set(POWER, value);
    }

    @Override
    protected void build(Shape input) {
      scale = addWeight("scale", Shape.of(input.dim(-1)), "ones");
    }

    @Override
    protected Tensor call(Tensor x, Call call) {
      return x.mul(Objects.requireNonNull(scale).value().pow(get(POWER)));
    }
  }

  /** Mean of the fourth power of the error. */
  static final class FourthPower extends Loss {
    static final Spec SPEC =
        Spec.custom("mine", "FourthPower").base(OPTIONS).create(FourthPower::new);

    FourthPower() {
      super(SPEC);
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
      return Np.mean(yTrue.sub(yPred).square().square(), -1);
    }
  }

  /** The largest error so far. */
  static final class LargestError extends Metric {
    static final Spec SPEC =
        Spec.custom("mine", "LargestError").base(OPTIONS).create(LargestError::new);

    private final Variable largest = addVariable("largest", DType.F32);

    LargestError() {
      super(SPEC);
    }

    @Override
    protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
      Tensor error = Np.max(Np.abs(inputs.get(0).sub(inputs.get(1))));
      largest.assign(largest.value().maximum(error));
    }

    @Override
    public Tensor result() {
      return largest.value();
    }
  }

  /** Moves by the sign of the gradient. */
  static final class SignDescent extends Optimizer {
    static final Spec SPEC =
        Spec.custom("mine", "SignDescent").base(OPTIONS).create(SignDescent::new);

    record Rule() implements UpdateRule {
      @Override
      public List<Slot> slots(Shape shape) {
        return List.of(Slot.zeros("steps", shape));
      }

      @Override
      public Output update(Input in) {
        Tensor move = Np.sign(in.gradient()).mul(in.learningRate());
        return new Output(in.weight().sub(move), List.of(in.slots().get(0).add(1.0)));
      }
    }

    SignDescent() {
      super(SPEC);
    }

    @Override
    public UpdateRule rule() {
      return new Rule();
    }
  }

  @TempDir @Nullable Path folder;

  @BeforeAll
  static void register() {
    Registry registry = Registry.global();
    registry.add(Layer.FAMILY, Scale.SPEC);
    registry.add(Loss.FAMILY, FourthPower.SPEC);
    registry.add(Metric.FAMILY, LargestError.SPEC);
    registry.add(Optimizer.FAMILY, SignDescent.SPEC);
  }

  @Test
  void trainsSavesAndLoads() {
    Sequential model =
        new Sequential(Input.of(2), new Dense(3), new Scale().power(2), new Dense(1));
    Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}, {-1, 0.5f}, {0, 1}});
    Tensor y = Tensor.of(new float[][] {{1}, {0}, {1}, {2}});
    model.compile(
        new Compile(new SignDescent().learningRate(0.01))
            .loss(new FourthPower())
            .metrics(new LargestError()));
    var first = model.fit(Data.of(x, y), Fit.epochs(1).verbose(false));
    var later = model.fit(Data.of(x, y), Fit.epochs(30).verbose(false));
    assertThat(last(later.get("loss"))).isLessThan(last(first.get("loss")));
    assertThat(later.get("largest_error")).isNotEmpty();

    Path file = Objects.requireNonNull(folder).resolve("custom.keras");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.predict(x).toFloatArray()).isEqualTo(model.predict(x).toFloatArray());
    assertThat(loaded.layers().get(1)).isInstanceOf(Scale.class);
    assertThat(loaded.layers().get(1).getConfig()).containsEntry("power", 2.0);
    assertThat(loaded.optimizer()).isInstanceOf(SignDescent.class);
    double here = last(model.fit(Data.of(x, y), Fit.epochs(1).verbose(false)).get("loss"));
    double there = last(loaded.fit(Data.of(x, y), Fit.epochs(1).verbose(false)).get("loss"));
    assertThat(there).isEqualTo(here, within(1e-6));
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  @Test
  void areFoundByName() {
    assertThat(Registry.global().get(Loss.FAMILY, "FourthPower")).isInstanceOf(FourthPower.class);
    assertThat(Registry.global().get(Metric.FAMILY, "mine>LargestError"))
        .isInstanceOf(LargestError.class);
    assertThat(Registry.global().get(Optimizer.FAMILY, "sign_descent"))
        .isInstanceOf(SignDescent.class);
  }

  @Test
  void chainWithTheFunctionalStages() {
    var stage = new SignDescent().learningRate(0.5).clipnorm(1.0).functional();
    record Weights(Tensor w) {}
    assertThat(step(stage, new Weights(Tensor.of(new float[] {1f, -1f}))).w().toFloatArray())
        .containsExactly(0.5f, -0.5f);
  }

  private static <S, P> P step(org.cornu.optim.Transformation<S> stage, P params) {
    return stage.update(params, stage.init(params), params).params();
  }
}
