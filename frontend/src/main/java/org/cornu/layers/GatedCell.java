package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.regularizers.Regularizer;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A cell that computes several gates from its input and its state: {@code x · kernel + h ·
 * recurrentKernel + bias}, with one block of {@code units} columns for each gate.
 *
 * @param <L> the cell class itself
 */
public abstract class GatedCell<L extends GatedCell<L>> extends RnnCell<L> {
  private final int gates;
  private @Nullable Variable kernel;
  private @Nullable Variable recurrentKernel;
  @Nullable Variable bias;
  private @Nullable SeedGenerator seeds;
  private List<Tensor> inputMasks = List.of();
  private List<Tensor> stateMasks = List.of();

  GatedCell(Spec spec, int gates) {
    super(spec);
    this.gates = gates;
  }

  /** Applied to the output; default tanh. */
  @CanIgnoreReturnValue
  public final L activation(org.cornu.activations.Activation value) {
    return set(Kernel.ACTIVATION, value);
  }

  /** Applied to the output, by Keras' name. */
  @CanIgnoreReturnValue
  public final L activation(String name) {
    return activation(Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }

  /** Whether a bias is added; default true. */
  @CanIgnoreReturnValue
  public final L useBias(boolean value) {
    return set(Kernel.USE_BIAS, value);
  }

  /** Initial weights of the inputs; default Glorot uniform. */
  @CanIgnoreReturnValue
  public final L kernelInitializer(Initializer value) {
    return set(Kernel.KERNEL_INITIALIZER, value);
  }

  /** Initial weights of the states; default orthogonal. */
  @CanIgnoreReturnValue
  public final L recurrentInitializer(Initializer value) {
    return set(Recurrent.INITIALIZER, value);
  }

  /** Initial bias; default zeros. */
  @CanIgnoreReturnValue
  public final L biasInitializer(Initializer value) {
    return set(Kernel.BIAS_INITIALIZER, value);
  }

  /** Penalty on the weights of the inputs. */
  @CanIgnoreReturnValue
  public final L kernelRegularizer(@Nullable Regularizer value) {
    return set(Kernel.KERNEL_REGULARIZER, value);
  }

  /** Penalty on the weights of the states. */
  @CanIgnoreReturnValue
  public final L recurrentRegularizer(@Nullable Regularizer value) {
    return set(Recurrent.REGULARIZER, value);
  }

  /** Penalty on the bias. */
  @CanIgnoreReturnValue
  public final L biasRegularizer(@Nullable Regularizer value) {
    return set(Kernel.BIAS_REGULARIZER, value);
  }

  /** Projection of the weights of the inputs after each update. */
  @CanIgnoreReturnValue
  public final L kernelConstraint(@Nullable Constraint value) {
    return set(Kernel.KERNEL_CONSTRAINT, value);
  }

  /** Projection of the weights of the states after each update. */
  @CanIgnoreReturnValue
  public final L recurrentConstraint(@Nullable Constraint value) {
    return set(Recurrent.CONSTRAINT, value);
  }

  /** Projection of the bias after each update. */
  @CanIgnoreReturnValue
  public final L biasConstraint(@Nullable Constraint value) {
    return set(Kernel.BIAS_CONSTRAINT, value);
  }

  /** Share of the inputs dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  public final L dropout(double value) {
    return set(Recurrent.DROPOUT, value);
  }

  /** Share of the states dropped in training, the same in all time steps; default 0. */
  @CanIgnoreReturnValue
  public final L recurrentDropout(double value) {
    return set(Recurrent.RECURRENT_DROPOUT, value);
  }

  /** Seed of what is dropped; default a random one. */
  @CanIgnoreReturnValue
  public final L seed(long value) {
    return set(RandomLayer.SEED, value);
  }

  final int units() {
    return get(Recurrent.UNITS);
  }

  @Override
  protected List<Integer> stateSizes() {
    return List.of(units());
  }

  @Override
  final boolean outputIsState() {
    return true;
  }

  /** Shape of the bias. */
  Shape biasShape() {
    return Shape.of((long) gates * units());
  }

  /** Initial values of the bias. */
  Initializer biasStart() {
    return get(Kernel.BIAS_INITIALIZER);
  }

  @Override
  protected void build(Shape input) {
    int units = units();
    kernel =
        addWeight(
            "kernel",
            Shape.of(input.dim(-1), (long) gates * units),
            get(Kernel.KERNEL_INITIALIZER),
            getOrNull(Kernel.KERNEL_REGULARIZER),
            getOrNull(Kernel.KERNEL_CONSTRAINT));
    recurrentKernel =
        addWeight(
            "recurrent_kernel",
            Shape.of(units, (long) gates * units),
            get(Recurrent.INITIALIZER),
            getOrNull(Recurrent.REGULARIZER),
            getOrNull(Recurrent.CONSTRAINT));
    if (get(Kernel.USE_BIAS)) {
      bias =
          addWeight(
              "bias",
              biasShape(),
              biasStart(),
              getOrNull(Kernel.BIAS_REGULARIZER),
              getOrNull(Kernel.BIAS_CONSTRAINT));
    }
    if (get(Recurrent.DROPOUT) > 0 || get(Recurrent.RECURRENT_DROPOUT) > 0) {
      seeds = addSeedGenerator(getOrNull(RandomLayer.SEED));
    }
  }

  @Override
  final void drawMasks(Tensor x, List<Tensor> states) {
    inputMasks = masks(x, get(Recurrent.DROPOUT));
    stateMasks = masks(states.get(0), get(Recurrent.RECURRENT_DROPOUT));
  }

  /** With recurrent dropout each gate has a mask of its own, otherwise all share one. */
  private List<Tensor> masks(Tensor x, double rate) {
    List<Tensor> out = new ArrayList<>();
    int count = get(Recurrent.RECURRENT_DROPOUT) > 0 ? gates : 1;
    for (int i = 0; rate > 0 && i < count; i++) {
      Tensor key = Objects.requireNonNull(seeds).next();
      out.add(RandomLayer.dropout(Lax.fullLike(x, 1), key, rate, x.shape().dims()));
    }
    return out;
  }

  @Override
  final void dropMasks() {
    inputMasks = List.of();
    stateMasks = List.of();
  }

  /** The part of the bias that is added to the inputs, or null. */
  @Nullable Tensor inputBias() {
    return bias == null ? null : bias.value();
  }

  @Override
  protected final Tensor project(Tensor x, boolean training) {
    Tensor y =
        product(
            x, Objects.requireNonNull(kernel).value(), training ? inputMasks : List.of(), 0, gates);
    Tensor offset = inputBias();
    return offset == null ? y : Np.add(y, offset);
  }

  /** {@code h · recurrentKernel} for the gates from {@code first} up to {@code limit}. */
  final Tensor recur(Tensor h, boolean training, int first, int limit) {
    return product(
        h,
        Objects.requireNonNull(recurrentKernel).value(),
        training ? stateMasks : List.of(),
        first,
        limit);
  }

  private Tensor product(Tensor x, Tensor weights, List<Tensor> masks, int first, int limit) {
    if (masks.size() <= 1) {
      Tensor kept = masks.isEmpty() ? x : Np.multiply(x, masks.get(0));
      return Np.matmul(kept, columns(weights, first, limit));
    }
    List<Tensor> out = new ArrayList<>();
    for (int gate = first; gate < limit; gate++) {
      out.add(Np.matmul(Np.multiply(x, masks.get(gate)), columns(weights, gate, gate + 1)));
    }
    return Np.concatenate(out, -1);
  }

  private Tensor columns(Tensor weights, int first, int limit) {
    return first == 0 && limit == gates ? weights : gate(weights, first, limit);
  }

  /** The last dimension's blocks of {@code units} from {@code first} up to {@code limit}. */
  final Tensor gate(Tensor x, int first, int limit) {
    long[] starts = new long[x.rank()];
    long[] limits = x.shape().dims();
    starts[x.rank() - 1] = (long) first * units();
    limits[x.rank() - 1] = (long) limit * units();
    return Lax.slice(x, starts, limits);
  }
}
