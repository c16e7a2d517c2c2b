package org.cornu.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The steps of one call of a recurrent layer. */
final class RnnLoop {
  /**
   * What the steps gave.
   *
   * @param output of all steps {@code [batch, time, ...]}, or of the last {@code [batch, ...]}
   * @param states after the last step
   */
  record Result(Tensor output, List<Tensor> states) {}

  private final RnnCell<?> cell;
  private final boolean training;
  private final boolean sequences;
  private final boolean backwards;
  private final boolean zeroForMasked;

  RnnLoop(
      RnnCell<?> cell,
      boolean training,
      boolean sequences,
      boolean backwards,
      boolean zeroForMasked) {
    this.cell = cell;
    this.training = training;
    this.sequences = sequences;
    this.backwards = backwards;
    this.zeroForMasked = zeroForMasked;
  }

  /** Projected inputs, and the mask where there is one, with time first. */
  private List<Tensor> prepared(Tensor input, @Nullable Tensor mask) {
    List<Tensor> out = new ArrayList<>();
    out.add(cell.project(Np.swapaxes(input, 0, 1), training));
    if (mask != null) {
      out.add(Np.swapaxes(Np.cast(mask, DType.BOOL), 0, 1));
    }
    return backwards ? out.stream().map(x -> Np.flip(x, 0)).toList() : out;
  }

  /** As one loop in the program. */
  Result scanned(Tensor input, @Nullable Tensor mask, List<Tensor> states) {
    boolean outputIsState = cell.outputIsState() && (mask == null || !zeroForMasked);
    boolean collects = sequences || !outputIsState;
    Lax.Scanned<List<Tensor>, List<Tensor>> scanned =
        Lax.scan(
            (List<Tensor> before, List<Tensor> xs) -> {
              Tensor keep = xs.size() > 1 ? xs.get(1) : null;
              RnnCell.Advance next = cell.step(xs.get(0), before, training);
              Tensor output = next.output();
              if (keep != null) {
                Tensor otherwise =
                    zeroForMasked ? Lax.fullLike(output, 0) : before.get(cell.outputState());
                output = Np.where(widened(keep, output), output, otherwise);
              }
              return new Lax.Step<List<Tensor>, List<Tensor>>(
                  kept(keep, next.states(), before), collects ? List.of(output) : List.of());
            },
            states,
            prepared(input, mask));
    List<Tensor> last = scanned.carry();
    if (!collects) {
      return new Result(last.get(cell.outputState()), last);
    }
    Tensor outputs = scanned.ys().get(0);
    return new Result(
        sequences ? Np.swapaxes(outputs, 0, 1) : outputs.get(outputs.size(0) - 1), last);
  }

  /** Step after step; masked steps repeat the output before, which starts at 0. */
  Result unrolled(Tensor input, @Nullable Tensor mask, List<Tensor> states) {
    List<Tensor> prepared = prepared(input, mask);
    List<Tensor> before = states;
    List<Tensor> outputs = new ArrayList<>();
    int steps = prepared.get(0).size(0);
    for (int t = 0; t < steps; t++) {
      Tensor keep = prepared.size() > 1 ? prepared.get(1).get(t) : null;
      RnnCell.Advance next = cell.step(prepared.get(0).get(t), before, training);
      Tensor output = next.output();
      if (keep != null) {
        Tensor otherwise = t == 0 ? Lax.fullLike(output, 0) : outputs.get(t - 1);
        output = Np.where(widened(keep, output), output, otherwise);
      }
      outputs.add(output);
      before = kept(keep, next.states(), before);
    }
    return new Result(sequences ? Np.stack(outputs, 1) : outputs.get(steps - 1), before);
  }

  private static List<Tensor> kept(@Nullable Tensor keep, List<Tensor> next, List<Tensor> before) {
    if (keep == null) {
      return next;
    }
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      out.add(Np.where(widened(keep, next.get(i)), next.get(i), before.get(i)));
    }
    return out;
  }

  /** {@code [batch]} with dimensions of 1 behind, up to the rank of {@code like}. */
  private static Tensor widened(Tensor keep, Tensor like) {
    long[] dims = new long[like.rank()];
    Arrays.fill(dims, 1);
    dims[0] = keep.shape().dim(0);
    return Np.reshape(keep, dims);
  }
}
