package org.cornu.layers;

import java.util.List;
import java.util.Map;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * The corrections of batch renormalization (arXiv 1702.03275): in training, batch statistics are
 * corrected towards the moving ones, so that training and inference compute alike.
 */
final class BatchRenorm {
  private static final Spec SQUARE_ROOT = Spec.custom("cornu", "SquareRoot");

  /** The square root of what another initializer makes. */
  static final class SquareRoot extends Initializer {
    private final Initializer inner;

    SquareRoot(Initializer inner) {
      super(SQUARE_ROOT);
      this.inner = inner;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
      return Np.sqrt(inner.apply(shape, dtype));
    }
  }

  private final Variable movingDeviation;
  private final Variable mean;
  private final Variable deviation;
  private final Map<?, ?> limits;
  private final double epsilon;

  BatchRenorm(
      Variable movingDeviation,
      Variable mean,
      Variable deviation,
      Map<?, ?> limits,
      double epsilon) {
    this.movingDeviation = movingDeviation;
    this.mean = mean;
    this.deviation = deviation;
    this.limits = limits;
    this.epsilon = epsilon;
  }

  private @Nullable Double limit(String name) {
    return limits.get(name) instanceof Number n ? (Double) n.doubleValue() : null;
  }

  /** Factor and offset with the correction in them. */
  List<Tensor> compose(
      Tensor batchMean, Tensor batchVariance, @Nullable Tensor gamma, @Nullable Tensor beta) {
    Tensor batchDeviation = Np.sqrt(Np.add(batchVariance, epsilon));
    Tensor old = Np.maximum(deviation.value(), Math.sqrt(epsilon));
    Tensor r = Np.divide(batchDeviation, old);
    Tensor d = Np.divide(Np.subtract(batchMean, mean.value()), old);
    Double low = limit("rmin");
    Double high = limit("rmax");
    Double shift = limit("dmax");
    r = low == null ? r : Np.maximum(r, low);
    r = high == null ? r : Np.minimum(r, high);
    d = shift == null ? d : Np.clip(d, -shift, shift);
    r = Transforms.stopGradient(r);
    d = Transforms.stopGradient(d);
    Tensor factor = gamma == null ? r : Np.multiply(r, gamma);
    Tensor offset = gamma == null ? d : Np.multiply(d, gamma);
    return List.of(factor, beta == null ? offset : Np.add(offset, beta));
  }

  /** Moves the statistics that the corrections come from. */
  void update(Tensor batchMean, Tensor batchVariance, double momentum) {
    Tensor batchDeviation = Np.sqrt(Np.add(batchVariance, epsilon));
    BatchNormalization.assignAverage(mean, mean.value(), batchMean, momentum);
    BatchNormalization.assignAverage(deviation, deviation.value(), batchDeviation, momentum);
  }

  /** The moving variance, from the moving deviation that is moved first. */
  Tensor movingVariance(Tensor batchVariance, double momentum) {
    Tensor batchDeviation = Np.sqrt(Np.add(batchVariance, epsilon));
    BatchNormalization.assignAverage(
        movingDeviation, movingDeviation.value(), batchDeviation, momentum);
    Tensor next = movingDeviation.value();
    return Nn.relu(Np.subtract(Np.multiply(next, next), epsilon));
  }
}
