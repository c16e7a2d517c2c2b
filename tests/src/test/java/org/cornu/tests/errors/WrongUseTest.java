package org.cornu.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import org.cornu.initializers.GlorotUniform;
import org.cornu.layers.Call;
import org.cornu.layers.Dense;
import org.cornu.layers.Input;
import org.cornu.layers.Layer;
import org.cornu.models.Fit;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.optimizers.SGD;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

/** Mistakes that users make, through the whole stack. */
class WrongUseTest {
  /** The line after the one that calls this. */
  private static int nextLine() {
    return StackWalker.getInstance()
            .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber())
        + 1;
  }

  /** A layer of a user's that multiplies matrices which do not fit. */
  private static final class Crooked extends Layer<Crooked> {
    static int line;

    Crooked() {
      super("Crooked");
    }

    @Override
    protected Tensor call(Tensor x, Call call) {
      line = nextLine();
      return Np.matmul(x, Np.ones(5, 2));
    }
  }

  private static void namesTheLine(Throwable error) {
    assertThat(error)
        .hasMessageContaining("matmul")
        .hasMessageContaining("4")
        .hasMessageContaining("[5,2]")
        .hasMessageContaining("Crooked.call(WrongUseTest.java:" + Crooked.line + ")");
  }

  @Test
  void aMismatchInAUsersLayerNamesOpShapesAndLine() {
    Tensor x = Np.ones(3, 4);
    Throwable eager = catchThrowable(() -> new Crooked().apply(x));
    namesTheLine(eager);
    assertThat(eager).hasMessageContaining("[3,4]");

    F1<Tensor, Tensor> call = v -> new Crooked().apply(v);
    Throwable traced = catchThrowable(() -> Transforms.jit(call).apply(x));
    namesTheLine(traced);
    assertThat(traced).hasMessageContaining("[3,4]").hasMessageContaining("jit");

    namesTheLine(catchThrowable(() -> new Sequential(Input.of(4), new Crooked())));
  }

  @Test
  void aStepThatFailsLeavesTheModelAsItWas() {
    Sequential model =
        new Sequential(Input.of(4), new Dense(2).kernelInitializer(new GlorotUniform(1L)));
    model.compile(new SGD(0.1), "mean_squared_error");
    Tensor x = Np.ones(8, 4);
    model.fit(x, Np.ones(8, 2), Fit.epochs(1).verbose(false));
    List<float[]> before = values(model);
    assertThatThrownBy(() -> model.fit(x, Np.ones(8, 3), Fit.epochs(1).verbose(false)))
        .hasMessageContaining("[8,2]")
        .hasMessageContaining("[8,3]");
    assertThat(values(model)).usingRecursiveComparison().isEqualTo(before);
    model.fit(x, Np.ones(8, 2), Fit.epochs(1).verbose(false));
  }

  private static List<float[]> values(Sequential model) {
    List<float[]> out = new ArrayList<>();
    model.getWeights().forEach(w -> out.add(w.toFloatArray()));
    return out;
  }

  @Test
  void inputsOfTheWrongShapeNameTheModel() {
    Sequential model = new Sequential(Input.of(4), new Dense(2));
    assertThatThrownBy(() -> model.predict(Np.ones(3, 5)))
        .hasMessageContaining(model.name())
        .hasMessageContaining("4")
        .hasMessageContaining("[3,5]");
  }

  @Test
  void aTensorThatWasDonatedSaysSo() {
    Jit1<Tensor, Tensor> step = Transforms.jit((Tensor x) -> Np.add(x, 1.0)).donate(0);
    Tensor x = Np.ones(1000);
    step.apply(x).close();
    assertThatThrownBy(x::toFloatArray).hasMessageContaining("donated");
  }

  @Test
  void readingAValueWhileTracingNamesTheLine() {
    int[] line = new int[1];
    F1<Tensor, Tensor> branching =
        x -> {
          line[0] = nextLine();
          return x.item() > 0 ? x : Np.negative(x);
        };
    assertThatThrownBy(() -> Transforms.jit(branching).apply(Tensor.of(1f)))
        .hasMessageContaining("f32[]")
        .hasMessageContaining("WrongUseTest.java:" + line(line, branching));
  }

  /** The line, known once the function has run. */
  private static int line(int[] line, F1<Tensor, Tensor> f) {
    f.apply(Tensor.of(1f));
    return line[0];
  }

  @Test
  void onlyRealScalarsHaveGradients() {
    assertThatThrownBy(() -> Transforms.grad((Tensor x) -> Np.multiply(x, 2.0)).apply(Np.ones(3)))
        .hasMessageContaining("scalar")
        .hasMessageContaining("f32[3]")
        .hasMessageContaining("hint");
    assertThatThrownBy(() -> Transforms.grad((Tensor x) -> Np.sum(x)).apply(Np.ones(DType.I32, 3)))
        .hasMessageContaining("i32[3]");
  }
}
