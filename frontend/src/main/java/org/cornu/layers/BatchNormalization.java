package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Mean 0 and variance 1 over the batch, channel by channel, then a learned factor and offset. In
 * training the statistics are the batch's, and moving averages of them are kept; otherwise (and
 * when frozen) the averages are used.
 */
public final class BatchNormalization extends AffineLayer<BatchNormalization> {
  private static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);
  private static final Option<Double> MOMENTUM = Option.real("momentum").defaultTo(0.99);
  private static final Option<Initializer> MEAN_INITIALIZER =
      Option.object("moving_mean_initializer", Initializer.FAMILY).defaultTo("zeros");
  private static final Option<Initializer> VARIANCE_INITIALIZER =
      Option.object("moving_variance_initializer", Initializer.FAMILY).defaultTo("ones");
  private static final Option<Boolean> RENORM = Option.bool("renorm").defaultTo(false);
  private static final Option<Object> RENORM_CLIPPING = Option.tree("renorm_clipping").nullable();
  private static final Option<Double> RENORM_MOMENTUM =
      Option.real("renorm_momentum").defaultTo(0.99);
  private static final Option<Boolean> SYNCHRONIZED = Option.bool("synchronized").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "BatchNormalization")
          .base(OPTIONS)
          .options(
              AXIS,
              MOMENTUM,
              EPSILON,
              CENTER,
              SCALE,
              BETA_INITIALIZER,
              GAMMA_INITIALIZER,
              MEAN_INITIALIZER,
              VARIANCE_INITIALIZER,
              BETA_REGULARIZER,
              GAMMA_REGULARIZER,
              BETA_CONSTRAINT,
              GAMMA_CONSTRAINT,
              RENORM,
              RENORM_CLIPPING,
              RENORM_MOMENTUM,
              SYNCHRONIZED)
          .create(BatchNormalization::new);

  private @Nullable Variable movingMean;
  private @Nullable Variable movingVariance;
  private @Nullable BatchRenorm renorm;

  /** Over all axes but the last. */
  public BatchNormalization() {
    super(SPEC);
  }

  /** The axis of the channels; default the last. */
  @CanIgnoreReturnValue
  public BatchNormalization axis(int value) {
    return set(AXIS, value);
  }

  /** Weight of the old value in the moving averages; default 0.99. */
  @CanIgnoreReturnValue
  public BatchNormalization momentum(double value) {
    return set(MOMENTUM, value);
  }

  /** Initial moving mean; default zeros. */
  @CanIgnoreReturnValue
  public BatchNormalization movingMeanInitializer(Initializer value) {
    return set(MEAN_INITIALIZER, value);
  }

  /** Initial moving variance; default ones. */
  @CanIgnoreReturnValue
  public BatchNormalization movingVarianceInitializer(Initializer value) {
    return set(VARIANCE_INITIALIZER, value);
  }

  /** Whether training corrects the batch's statistics by the moving ones; default false. */
  @CanIgnoreReturnValue
  public BatchNormalization renorm(boolean value) {
    return set(RENORM, value);
  }

  /** Limits of the corrections: any of {@code rmin}, {@code rmax}, {@code dmax}. */
  @CanIgnoreReturnValue
  public BatchNormalization renormClipping(Map<String, Double> limits) {
    return set(RENORM_CLIPPING, limits);
  }

  /** Weight of the old value in the statistics of the correction; default 0.99. */
  @CanIgnoreReturnValue
  public BatchNormalization renormMomentum(double value) {
    return set(RENORM_MOMENTUM, value);
  }

  /** Whether replicas share statistics: with one SPMD program they always do. */
  @CanIgnoreReturnValue
  public BatchNormalization synchronizedReplicas(boolean value) {
    return set(SYNCHRONIZED, value);
  }

  @Override
  protected void build(Shape input) {
    Shape channels = Shape.of(input.dim(axisOf(input, get(AXIS))));
    addAffine(channels);
    movingMean = addStatistic("moving_mean", channels, get(MEAN_INITIALIZER));
    movingVariance = addStatistic("moving_variance", channels, get(VARIANCE_INITIALIZER));
    if (get(RENORM)) {
      Initializer deviation = new BatchRenorm.SquareRoot(get(VARIANCE_INITIALIZER));
      Map<?, ?> limits = getOrNull(RENORM_CLIPPING) instanceof Map<?, ?> map ? map : Map.of();
      renorm =
          new BatchRenorm(
              addStatistic("moving_stddev", channels, deviation),
              addStatistic("renorm_mean", channels, get(MEAN_INITIALIZER)),
              addStatistic("renorm_stddev", channels, deviation),
              limits,
              get(EPSILON));
    }
  }

  private Variable addStatistic(String name, Shape shape, Initializer initializer) {
    return weight(name, shape).initializer(initializer).trainable(false).autocast(false).add();
  }

  @Override
  protected Tensor call(Tensor input, Call call) {
    DType dtype = input.dtype() == DType.F64 ? DType.F64 : DType.F32;
    Tensor x = Np.cast(input, dtype);
    Tensor mean = Np.cast(Objects.requireNonNull(movingMean).value(), dtype);
    Tensor variance = Np.cast(Objects.requireNonNull(movingVariance).value(), dtype);
    Tensor gamma = gamma() == null ? null : Np.cast(Objects.requireNonNull(gamma()), dtype);
    Tensor beta = beta() == null ? null : Np.cast(Objects.requireNonNull(beta()), dtype);
    if (call.isTraining() && isTrainable()) {
      List<Tensor> batch = moments(x, call.maskOf(0));
      BatchRenorm correction = renorm;
      if (correction == null) {
        assignAverage(movingMean, mean, batch.get(0), get(MOMENTUM));
        assignAverage(movingVariance, variance, batch.get(1), get(MOMENTUM));
      } else {
        List<Tensor> affine = correction.compose(batch.get(0), batch.get(1), gamma, beta);
        gamma = affine.get(0);
        beta = affine.get(1);
        correction.update(batch.get(0), batch.get(1), get(RENORM_MOMENTUM));
        assignAverage(movingMean, mean, batch.get(0), get(MOMENTUM));
        Tensor next = correction.movingVariance(batch.get(1), get(MOMENTUM));
        Objects.requireNonNull(movingVariance).assign(next);
      }
      mean = batch.get(0);
      variance = batch.get(1);
    }
    Tensor y = Nn.batchNormalization(x, mean, variance, get(AXIS), beta, gamma, get(EPSILON));
    return Np.cast(y, computeDType());
  }

  static void assignAverage(@Nullable Variable average, Tensor old, Tensor value, double momentum) {
    Variable target = Objects.requireNonNull(average);
    Tensor next = Np.add(Np.multiply(old, momentum), Np.multiply(value, 1 - momentum));
    target.assign(Np.cast(next, target.dtype()));
  }

  /** Mean and (biased) variance over the batch; elements that a mask rules out do not count. */
  private List<Tensor> moments(Tensor x, @Nullable Tensor mask) {
    int axis = axisOf(x.shape(), get(AXIS));
    int[] axes = IntStream.range(0, x.rank()).filter(d -> d != axis).toArray();
    if (mask == null) {
      Nn.Moments moments = Nn.moments(x, false, axes);
      return List.of(moments.mean(), moments.variance());
    }
    if (mask.rank() != x.rank() - 1) {
      throw new OpException(
          name()
              + ": the mask must have one dimension less than the input: got "
              + mask.type().brief()
              + " for "
              + x.type().brief());
    }
    Tensor keep = Np.broadcastTo(Np.cast(Np.expandDims(mask, -1), DType.BOOL), x.shape().dims());
    Tensor zero = Lax.fullLike(x, 0);
    Tensor count = Np.add(Np.sum(Np.cast(keep, x.dtype()), true, axes), 1e-7);
    Tensor mean = Np.divide(Np.sum(Np.where(keep, x, zero), true, axes), count);
    Tensor difference = Np.where(keep, Np.subtract(x, mean), zero);
    Tensor variance = Np.divide(Np.sum(Np.square(difference), true, axes), count);
    return List.of(Np.ravel(mean), Np.ravel(variance));
  }
}
