package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
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
public abstract class GatedCell<L extends GatedCell<L>> extends RnnCell<L>
    implements RecurrentOptions<L> {
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
