package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Numbers shifted and scaled to mean 0 and variance 1, for each element of the axes that are kept.
 * Mean and variance are given, or measured by {@link #adapt}.
 *
 * <pre>{@code
 * Normalization normal = new Normalization().adapt(features);
 * }</pre>
 */
public final class Normalization extends Layer<Normalization> {
  private static final double EPSILON = 1e-7;
  private static final Option<List<Integer>> AXIS =
      Option.ints("axis").defaultTo(-1).nullMeans(List.of());
  private static final Option<Object> MEAN = Option.tree("mean").nullable();
  private static final Option<Object> VARIANCE = Option.tree("variance").nullable();
  private static final Option<Boolean> INVERT = Option.bool("invert").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "Normalization")
          .base(OPTIONS)
          .options(AXIS, MEAN, VARIANCE, INVERT)
          .create(() -> new Normalization());

  private List<Integer> kept = List.of();
  private long[] broadcast = {};
  private @Nullable Variable mean;
  private @Nullable Variable variance;

  /** For each element of these axes; the last one by default, negative ones from the end. */
  public Normalization(int... axis) {
    super(SPEC);
    if (axis.length > 0) {
      set(AXIS, Arrays.stream(axis).boxed().toList());
    }
  }

  /** One mean and variance for all elements. */
  public static Normalization ofAll() {
    return new Normalization().axes(List.of());
  }

  private Normalization axes(List<Integer> value) {
    return set(AXIS, value);
  }

  /** Known mean and variance, the same for all kept elements. */
  @CanIgnoreReturnValue
  public Normalization meanAndVariance(double meanValue, double varianceValue) {
    set(MEAN, meanValue);
    return set(VARIANCE, varianceValue);
  }

  /** Known mean and variance of each element of the kept axis. */
  @CanIgnoreReturnValue
  public Normalization meanAndVariance(double[] means, double[] variances) {
    set(MEAN, Arrays.stream(means).boxed().toList());
    return set(VARIANCE, Arrays.stream(variances).boxed().toList());
  }

  /** Whether to undo a normalization instead: times the deviation, plus the mean. */
  @CanIgnoreReturnValue
  public Normalization invert(boolean value) {
    return set(INVERT, value);
  }

  @Override
  protected void build(Shape input) {
    TreeSet<Integer> axes = new TreeSet<>();
    for (int axis : get(AXIS)) {
      if (axis < -input.rank() || axis >= input.rank()) {
        throw new OpException(
            name() + ": axis " + axis + " is out of range for the input's shape " + input);
      }
      axes.add(axis < 0 ? axis + input.rank() : axis);
    }
    kept = List.copyOf(axes);
    broadcast = new long[input.rank()];
    Arrays.fill(broadcast, 1);
    long[] sizes = new long[kept.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = input.dim(kept.get(i));
      if (sizes[i] == Shape.DYNAMIC) {
        throw new OpException(
            name() + ": kept axis " + kept.get(i) + " must have a known size: got " + input);
      }
      broadcast[kept.get(i)] = sizes[i];
    }
    boolean given = getOrNull(MEAN) != null;
    if (given != (getOrNull(VARIANCE) != null)) {
      throw new OpException(name() + ": mean and variance go together: only one was given");
    }
    if (!given) {
      Shape shape = Shape.of(sizes);
      mean = weight("mean", shape).initializer("zeros").trainable(false).add();
      variance = weight("variance", shape).initializer("ones").trainable(false).add();
      weight("count", Shape.of()).initializer("zeros").dtype(DType.I32).trainable(false).add();
    }
  }

  /** Measures mean and variance of this data. */
  @CanIgnoreReturnValue
  public Normalization adapt(Tensor data) {
    prepare(data);
    int[] reduced = reduced(data);
    assign(Np.mean(data, reduced), Np.var(data, reduced));
    return this;
  }

  /** Measures mean and variance of all batches. */
  @CanIgnoreReturnValue
  public Normalization adapt(Iterable<Tensor> batches) {
    Tensor totalMean = null;
    Tensor totalVariance = null;
    double count = 0;
    for (Tensor given : batches) {
      prepare(given);
      Tensor batch = Np.cast(given, computeDType());
      int[] reduced = reduced(batch);
      double size = 1;
      for (int axis : reduced) {
        size *= batch.size(axis);
      }
      count += size;
      Tensor m = Np.mean(batch, reduced);
      Tensor v = Np.var(batch, reduced);
      if (totalMean == null || totalVariance == null) {
        totalMean = m;
        totalVariance = v;
        continue;
      }
      double share = size / count;
      Tensor both = Np.add(Np.multiply(totalMean, 1 - share), Np.multiply(m, share));
      totalVariance =
          Np.add(
              Np.multiply(
                  Np.add(totalVariance, Np.square(Np.subtract(totalMean, both))), 1 - share),
              Np.multiply(Np.add(v, Np.square(Np.subtract(m, both))), share));
      totalMean = both;
    }
    if (totalMean == null || totalVariance == null) {
      throw new OpException(name() + ".adapt: there is no batch");
    }
    assign(totalMean, totalVariance);
    return this;
  }

  private void prepare(Tensor data) {
    if (getOrNull(MEAN) != null) {
      throw new OpException(name() + ".adapt: mean and variance are given");
    }
    buildFor(List.of(data.shape()));
    for (int axis : kept) {
      if (data.rank() != broadcast.length || data.shape().dim(axis) != broadcast[axis]) {
        throw new OpException(
            name()
                + ".adapt: the layer is built for shape "
                + builtFor()
                + ", which data of shape "
                + data.shape()
                + " does not fit");
      }
    }
  }

  private int[] reduced(Tensor data) {
    int[] axes =
        java.util.stream.IntStream.range(0, data.rank()).filter(d -> !kept.contains(d)).toArray();
    if (axes.length == 0) {
      throw new OpException(name() + ".adapt: all axes are kept, so there is nothing to measure");
    }
    return axes;
  }

  private void assign(Tensor newMean, Tensor newVariance) {
    Variable m = Objects.requireNonNull(mean);
    m.assign(Np.cast(newMean, m.dtype()));
    Objects.requireNonNull(variance).assign(Np.cast(newVariance, m.dtype()));
  }

  private Tensor shaped(@Nullable Variable learned, @Nullable Object given) {
    if (learned != null) {
      return Np.cast(Np.reshape(learned.value(), broadcast), computeDType());
    }
    Tensor value = NumberTree.tensor(Objects.requireNonNull(given), DType.F32);
    if (value.rank() > kept.size()) {
      throw new OpException(
          name() + ": mean and variance have rank " + value.rank() + " but axis is " + get(AXIS));
    }
    long[] dims = new long[broadcast.length];
    Arrays.fill(dims, 1);
    for (int i = 1; i <= value.rank(); i++) {
      dims[kept.get(kept.size() - i)] = value.shape().dim(value.rank() - i);
    }
    return Np.cast(Np.broadcastTo(Np.reshape(value, dims), broadcast), computeDType());
  }

  @Override
  protected Tensor call(Tensor given, Call call) {
    Tensor x = Np.cast(given, computeDType());
    Tensor m = shaped(mean, getOrNull(MEAN));
    Tensor deviation = Np.maximum(Np.sqrt(shaped(variance, getOrNull(VARIANCE))), EPSILON);
    return get(INVERT)
        ? Np.add(m, Np.multiply(x, deviation))
        : Np.divide(Np.subtract(x, m), deviation);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
