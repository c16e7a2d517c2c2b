package org.cornu.tests.gradients;

import java.util.List;
import java.util.Locale;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;

/**
 * A smooth function of some matrices of 3 by 3, composed of functions of one and two matrices. All
 * stay bounded, or grow slowly, so that differences are accurate at any depth.
 */
sealed interface Expr {

  /** Its value; f64[3,3]. */
  Tensor at(List<Tensor> x);

  /** Argument number {@code index}. */
  record Argument(int index) implements Expr {
    @Override
    public Tensor at(List<Tensor> x) {
      return x.get(index);
    }

    @Override
    public String toString() {
      return "x" + index;
    }
  }

  /** A function of one matrix. */
  record Unary(Step step, Expr x) implements Expr {
    @Override
    public Tensor at(List<Tensor> values) {
      return step.f.apply(x.at(values));
    }

    @Override
    public String toString() {
      return step + "(" + x + ")";
    }
  }

  /** A function of two matrices. */
  record Binary(Join join, Expr x, Expr y) implements Expr {
    @Override
    public Tensor at(List<Tensor> values) {
      return join.f.apply(x.at(values), y.at(values));
    }

    @Override
    public String toString() {
      return join + "(" + x + ", " + y + ")";
    }
  }

  /** Functions of one matrix. */
  enum Step {
    SIN(Np::sin),
    COS(Np::cos),
    TANH(Np::tanh),
    SIGMOID(Nn::sigmoid),
    SOFTPLUS(Nn::softplus),
    SILU(Nn::silu),
    GELU(Nn::gelu),
    LOG1P_OF_SQUARE(x -> Np.log1p(Np.square(x))),
    SQRT_ABOVE_ONE(x -> Np.sqrt(Np.add(Np.square(x), 1.0))),
    SOFTMAX_ROWS(x -> Nn.softmax(x, 1)),
    LOG_SOFTMAX_COLUMNS(x -> Nn.logSoftmax(x, 0)),
    CENTRED(x -> Np.subtract(x, Np.mean(x, true, 0))),
    NORMALIZED(x -> Nn.layerNormalization(x, null, null, 0.1, 1)),
    ROW_SUMS(x -> Np.multiply(Np.sum(x, true, 1), Np.cos(x))),
    TRANSPOSED(x -> Np.transpose(x)),
    FLIPPED(x -> Np.flip(x, 0)),
    ROLLED(x -> Np.roll(x, 1, 1)),
    RUNNING_SUM(x -> Np.cumsum(x, 0)),
    RESHAPED(x -> Np.reshape(Np.transpose(Np.reshape(x, 9, 1)), 3, 3)),
    FIRST_ROW(x -> Np.add(Lax.slice(x, new long[] {0, 0}, new long[] {1, 3}), Np.sin(x))),
    TAKEN(x -> Np.take(x, Lax.iota(DType.I32, 3), 1)),
    SMOOTHED(
        x ->
            Lax.foriLoop(
                0, 2, (i, v) -> Np.tanh(Np.add(v, Np.multiply(Np.roll(v, 1, 0), 0.5))), x));

    private final F1<Tensor, Tensor> f;

    Step(F1<Tensor, Tensor> f) {
      this.f = f;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Functions of two matrices. */
  enum Join {
    ADD(Np::add),
    SUBTRACT(Np::subtract),
    MULTIPLY((x, y) -> Np.multiply(Np.tanh(x), y)),
    MATMUL((x, y) -> Np.matmul(Np.tanh(x), Np.sin(y))),
    EINSUM((x, y) -> Np.einsum("ij,kj->ki", Np.sin(x), Np.tanh(y))),
    DIVIDE((x, y) -> Np.divide(x, Np.add(Np.square(y), 1.0))),
    LOGADDEXP(Np::logaddexp),
    POWER((x, y) -> Np.power(Np.add(Np.square(Np.sin(x)), 0.5), Np.tanh(y))),
    STACKED((x, y) -> Np.mean(Np.stack(List.of(x, y), 1), 1)),
    CONCATENATED((x, y) -> Np.matmul(Np.sin(Np.concatenate(List.of(x, y), 1)), halves(x.dtype())));

    private final F2<Tensor, Tensor, Tensor> f;

    Join(F2<Tensor, Tensor, Tensor> f) {
      this.f = f;
    }

    private static Tensor halves(DType dtype) {
      return Np.sin(Lax.add(Lax.iota(dtype, 0, 6, 3), Lax.iota(dtype, 1, 6, 3)));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
