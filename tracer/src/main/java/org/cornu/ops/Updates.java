package org.cornu.ops;

import java.util.ArrayList;
import java.util.List;
import org.cornu.tracer.Tensor;

/**
 * Elements of a tensor that are about to be replaced or combined with: {@code x.at(index).add(y)}
 * is a copy of {@code x} with {@code y} added at the index. The operand itself never changes.
 *
 * <p>{@code y} broadcasts to the shape of {@code x.get(index)} and is converted to the type of x.
 * Positions out of range are dropped. Where a position occurs twice, sums and products take both,
 * and {@link #set} takes one of them.
 */
public final class Updates {
  private final Tensor x;
  private final Index[] index;

  /** The elements of {@code x} at {@code index}. */
  public Updates(Tensor x, Index... index) {
    this.x = x;
    this.index = index.clone();
  }

  /** The elements themselves. */
  public Tensor get() {
    return Np.get(x, index);
  }

  /** Replaced by {@code y}. */
  public Tensor set(Tensor y) {
    return apply(y, LaxShape.ScatterKind.SET);
  }

  /** Replaced by a number. */
  public Tensor set(double y) {
    return set(Scalars.of(x.dtype(), y));
  }

  /** {@code y} added. */
  public Tensor add(Tensor y) {
    return apply(y, LaxShape.ScatterKind.ADD);
  }

  /** A number added. */
  public Tensor add(double y) {
    return add(Scalars.of(x.dtype(), y));
  }

  /** Multiplied by {@code y}. */
  public Tensor mul(Tensor y) {
    return apply(y, LaxShape.ScatterKind.MUL);
  }

  /** Multiplied by a number. */
  public Tensor mul(double y) {
    return mul(Scalars.of(x.dtype(), y));
  }

  /** The smaller of the old element and {@code y}. */
  public Tensor min(Tensor y) {
    return apply(y, LaxShape.ScatterKind.MIN);
  }

  /** The larger of the old element and {@code y}. */
  public Tensor max(Tensor y) {
    return apply(y, LaxShape.ScatterKind.MAX);
  }

  private Tensor apply(Tensor y, LaxShape.ScatterKind kind) {
    if (index.length == 1
        && index[0] instanceof Index.Mask mask
        && mask.mask().shape().equals(x.shape())
        && y.rank() == 0) {
      return masked(mask.mask(), y, kind);
    }
    Index[] plain = Indexing.withoutMasks(index);
    List<Tensor> operands = new ArrayList<>(List.of(x, y));
    operands.addAll(Indexing.tensors(plain));
    return Composed.one(
        operands,
        v ->
            Indexing.of(v.get(0), Indexing.with(plain, v.subList(2, v.size())))
                .update(v.get(0), v.get(1), kind));
  }

  /** A mask of the whole tensor needs no positions, so it works while tracing too. */
  private Tensor masked(Tensor mask, Tensor y, LaxShape.ScatterKind kind) {
    return Composed.of(
        x,
        mask,
        y,
        (v, m, u) -> {
          Tensor value = Dims.broadcastTo(Lax.convertElementType(u, v.dtype()), v.shape());
          Tensor combined =
              switch (kind) {
                case SET -> value;
                case ADD -> Lax.add(v, value);
                case MUL -> Lax.mul(v, value);
                case MIN -> Lax.min(v, value);
                case MAX -> Lax.max(v, value);
              };
          return Lax.select(m, combined, v);
        });
  }
}
