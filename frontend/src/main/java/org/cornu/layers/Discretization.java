package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as the bins in which they lie. Boundaries are given, or found by {@link #adapt} so that
 * bins are about equally full.
 *
 * <pre>{@code
 * Discretization bins = new Discretization(4).adapt(ages);
 * }</pre>
 */
public final class Discretization extends Layer<Discretization> {
  private static final Option<List<Double>> BIN_BOUNDARIES =
      Option.reals("bin_boundaries").nullable();
  private static final Option<Integer> NUM_BINS =
      Option.integer("num_bins").nullable().nonNegative();
  private static final Option<Double> EPSILON = Option.real("epsilon").defaultTo(0.01).positive();
  private static final Option<String> OUTPUT_MODE =
      Option.choice("output_mode", "int", "one_hot", "multi_hot", "count").defaultTo("int");
  private static final Option<Boolean> SPARSE = Option.bool("sparse").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "Discretization")
          .base(OPTIONS)
          .options(TRAINABLE.notInConfig(), BIN_BOUNDARIES, NUM_BINS, EPSILON, OUTPUT_MODE, SPARSE)
          .create(Discretization::new);

  private double @Nullable [] learned;

  private Discretization() {
    super(SPEC);
  }

  /** Between these boundaries. */
  public Discretization(double[] boundaries) {
    this();
    set(BIN_BOUNDARIES, Arrays.stream(boundaries).boxed().toList());
  }

  /** Into this number of bins; {@link #adapt} finds them. */
  public Discretization(int numBins) {
    this();
    set(NUM_BINS, numBins);
  }

  /** How exact quantiles are; default 0.01. */
  @CanIgnoreReturnValue
  public Discretization epsilon(double value) {
    return set(EPSILON, value);
  }

  /** {@code int} (default), {@code one_hot}, {@code multi_hot} or {@code count}. */
  @CanIgnoreReturnValue
  public Discretization outputMode(String value) {
    return setFrom(OUTPUT_MODE, value);
  }

  @Override
  protected void configure(Map<String, @Nullable Object> config, ObjectReader reader) {
    super.configure(config, reader);
    if (getOrNull(NUM_BINS) == null && getOrNull(BIN_BOUNDARIES) == null) {
      throw new ConfigException("Discretization: num_bins or bin_boundaries must be given");
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(org.cornu.config.ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put("dtype", DTypePolicy.kerasName(policy().variable()));
    double[] found = learned;
    if (found != null) {
      config.put("bin_boundaries", Arrays.stream(found).boxed().toList());
    }
    return config;
  }

  /** Finds boundaries for these numbers, of any shape; forgets what was seen before. */
  @CanIgnoreReturnValue
  public Discretization adapt(Tensor data) {
    return adapt(List.of(data));
  }

  /** Finds boundaries for the numbers of all batches. */
  @CanIgnoreReturnValue
  public Discretization adapt(Iterable<Tensor> batches) {
    Integer bins = getOrNull(NUM_BINS);
    if (bins == null) {
      throw new OpException(name() + ".adapt: bin_boundaries are given; use num_bins instead");
    }
    QuantileSummary all = QuantileSummary.EMPTY;
    for (Tensor batch : batches) {
      float[] values = Np.cast(batch, DType.F32).toFloatArray();
      all = QuantileSummary.of(values, get(EPSILON)).merge(all, get(EPSILON));
    }
    learned = all.boundaries(bins);
    return this;
  }

  private double[] boundaries() {
    double[] found = learned;
    if (found != null) {
      return found;
    }
    List<Double> given = getOrNull(BIN_BOUNDARIES);
    if (given == null) {
      throw new OpException(name() + ": no boundaries yet; call adapt first");
    }
    return given.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    double[] boundaries = boundaries();
    Tensor edges =
        Lax.constant(Literal.ofDoubles(TensorType.of(DType.F32, boundaries.length), boundaries));
    Tensor values = x.dtype().isFloat() ? x : Np.cast(x, DType.F32);
    Tensor bins = Np.digitize(values, Np.cast(edges, values.dtype()));
    CategoryCodes codes =
        CategoryCodes.valueOf(get(OUTPUT_MODE).toUpperCase(java.util.Locale.ROOT));
    DType dtype = codes == CategoryCodes.INT ? DType.I32 : computeDType();
    return codes.encode(bins, boundaries.length + 1, dtype, null);
  }
}
