package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The dimensions behind the batch in another order, counted from 1. */
public final class Permute extends Layer<Permute> {
  private static final Option<List<Integer>> DIMS =
      Option.ints("dims")
          .required()
          .where(
              "must hold each of 1..n once",
              v -> {
                int[] sorted = v.stream().mapToInt(Integer::intValue).sorted().toArray();
                boolean all = true;
                for (int i = 0; i < sorted.length; i++) {
                  all &= sorted[i] == i + 1;
                }
                return all;
              });

  static final Spec SPEC =
      Spec.of("keras.layers", "Permute").base(OPTIONS).options(DIMS).create(Permute::new);

  private Permute() {
    super(SPEC);
  }

  /** The old place of each new dimension: {@code 2, 1} swaps the first two. */
  public Permute(int... dims) {
    this();
    set(DIMS, Arrays.stream(dims).boxed().toList());
  }

  @Override
  protected void build(Shape input) {
    if (input.rank() != get(DIMS).size() + 1) {
      throw new OpException(
          name()
              + ": dims "
              + get(DIMS)
              + " must name each dimension behind the batch of "
              + input);
    }
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    List<Integer> dims = get(DIMS);
    int[] axes = new int[dims.size() + 1];
    for (int i = 0; i < dims.size(); i++) {
      axes[i + 1] = dims.get(i);
    }
    return Np.transpose(x, axes);
  }
}
