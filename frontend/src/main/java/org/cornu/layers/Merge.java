package org.cornu.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A function of several inputs of one shape, or of shapes that broadcast; inputs of lower rank get
 * dimensions of size 1 behind the batch.
 *
 * @param <L> the layer class itself
 */
public abstract class Merge<L extends Merge<L>> extends Layer<L> {
  Merge(Spec spec) {
    super(spec);
  }

  /** The table of a merging layer without options. */
  static Spec spec(String className) {
    return Spec.of("keras.layers", className).base(OPTIONS);
  }

  /** The merged value of inputs of equal rank. */
  abstract Tensor merge(List<Tensor> inputs, List<@Nullable Tensor> masks);

  @Override
  public final boolean takesListOfInputs() {
    return true;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (inputs.isEmpty()) {
      throw new OpException(name() + ": takes at least one input, got none");
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    int rank = inputs.stream().mapToInt(Tensor::rank).max().orElse(0);
    List<Tensor> same = new ArrayList<>();
    List<@Nullable Tensor> masks = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      Tensor mask = call.maskOf(i);
      while (x.rank() < rank) {
        x = Np.expandDims(x, 1);
        mask = mask == null ? null : Np.expandDims(mask, 1);
      }
      same.add(x);
      masks.add(mask);
    }
    return List.of(merge(same, masks));
  }

  /** Elements count that count in any input, where all inputs have a mask. */
  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    Tensor out = null;
    for (Tensor mask : masks) {
      if (mask == null) {
        return Collections.singletonList(null);
      }
      out = out == null ? mask : Np.logicalOr(out, mask);
    }
    return Collections.singletonList(out);
  }

  /** A mask over time steps as one over the elements of {@code x}. */
  static @Nullable Tensor elementwise(@Nullable Tensor mask, Tensor x) {
    if (mask == null) {
      return null;
    }
    return Np.broadcastTo(
        mask.rank() < x.rank() ? Np.expandDims(mask, -1) : mask, x.shape().dims());
  }

  /** The extreme of the elements that count: masked ones give way to the others. */
  static Tensor extreme(
      List<Tensor> inputs,
      List<@Nullable Tensor> masks,
      java.util.function.BinaryOperator<Tensor> f) {
    Tensor out = inputs.get(0);
    Tensor outMask = elementwise(masks.get(0), out);
    for (int i = 1; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      Tensor mask = elementwise(masks.get(i), x);
      if (mask != null) {
        x = Np.where(mask, x, out);
      }
      if (outMask != null) {
        out = Np.where(outMask, out, x);
      }
      outMask = mask != null && outMask != null ? Np.logicalOr(outMask, mask) : null;
      out = f.apply(out, x);
    }
    return out;
  }
}
