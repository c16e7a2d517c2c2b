package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/** Choices among given things: categories, elements, orders. */
abstract sealed class RandomChoice extends RandomCounts permits Random {
  RandomChoice() {}

  // ---- categories

  private record Categories(Tensor key, Tensor logits, int axis, Shape shape, boolean replace) {}

  private static final Jit1<Categories, Tensor> CATEGORICAL =
      Transforms.jit((Categories c) -> c.replace() ? gumbelMax(c) : gumbelTop(c));

  /** Indices (i32) along the last axis with probabilities proportional to {@code e^logits}. */
  public static Tensor categorical(Tensor key, Tensor logits) {
    return categorical(key, logits, -1, true);
  }

  /**
   * Indices (i32) along an axis with probabilities proportional to {@code e^logits}, by the largest
   * of the logits with Gumbel noise.
   *
   * @param replace whether a category may come more than once; if not, the leading new dimensions
   *     count the draws
   * @param dims the result's shape, which ends with that of the logits without the axis, up to
   *     broadcasting; none: exactly that
   */
  public static Tensor categorical(
      Tensor key, Tensor logits, int axis, boolean replace, long... dims) {
    Keys.kind(key);
    if (!logits.dtype().isFloat() || logits.rank() == 0) {
      throw new OpException(
          "categorical: the logits must be floats with at least one axis: got "
              + logits.type().brief());
    }
    int at = Dims.axis("categorical", axis, logits.rank());
    Shape batch = logits.shape().remove(at);
    Shape shape = dims.length == 0 ? batch : Shape.of(dims);
    boolean fits = shape.rank() >= batch.rank();
    for (int i = 1; fits && i <= batch.rank(); i++) {
      long size = batch.dim(-i);
      fits = size == shape.dim(-i) || replace && size == 1;
    }
    if (!fits) {
      throw new OpException(
          "categorical: the shape of the result must end with "
              + batch
              + ", the logits' without axis "
              + axis
              + ": got "
              + shape);
    }
    return CATEGORICAL.apply(new Categories(key, logits, at, shape, replace));
  }

  private static Tensor gumbelMax(Categories c) {
    int rank = c.logits().rank();
    int leading = c.shape().rank() - (rank - 1);
    Shape noise = c.shape().insert(leading + c.axis(), c.logits().shape().dim(c.axis()));
    Tensor g = RandomInversion.gumbel(c.key(), c.logits().dtype(), noise.dims());
    return Np.argmax(Lax.add(g, Dims.broadcastTo(c.logits(), noise)), leading + c.axis());
  }

  private static Tensor gumbelTop(Categories c) {
    Tensor logits = c.logits();
    int leading = c.shape().rank() - (logits.rank() - 1);
    long count = 1;
    for (int i = 0; i < leading; i++) {
      count *= c.shape().dim(i);
    }
    if (count > logits.shape().dim(c.axis())) {
      throw new OpException(
          "categorical: without replacement there are no more draws than categories: got "
              + count
              + " of "
              + logits.shape().dim(c.axis()));
    }
    Tensor noisy =
        Lax.add(logits, RandomInversion.gumbel(c.key(), logits.dtype(), logits.shape().dims()));
    Tensor chosen = Lax.topK(Np.moveaxis(noisy, c.axis(), -1), (int) count).get(1);
    return Lax.reshape(Np.moveaxis(chosen, -1, 0), c.shape().dims());
  }

  // ---- elements

  /** Integers from 0 to {@code n - 1} (i32) with equal probability, each possibly repeated. */
  public static Tensor choice(Tensor key, long n, long... dims) {
    return choice(key, n, true, null, dims);
  }

  /**
   * Integers from 0 to {@code n - 1} (i32).
   *
   * @param replace whether one may come more than once
   * @param p their probabilities, floats {@code [n]}; null: all equal
   */
  public static Tensor choice(
      Tensor key, long n, boolean replace, @Nullable Tensor p, long... dims) {
    long draws = Shape.of(dims).count();
    if (draws == 0) {
      return Lax.full(DType.I32, 0, dims);
    }
    requirePopulation(n, draws, replace);
    if (p != null) {
      return positions(key, n, replace, p, dims);
    }
    if (replace) {
      return RandomUniform.randint(key, 0, n, DType.I32, dims);
    }
    return Lax.reshape(Lax.sliceInDim(permutation(key, n), 0, draws, 1, 0), dims);
  }

  /** Elements of a vector (or slices of axis 0) with equal probability, each possibly repeated. */
  public static Tensor choice(Tensor key, Tensor x, long... dims) {
    return choice(key, x, true, null, 0, dims);
  }

  /**
   * Slices of an axis of {@code x}; the axis is replaced by the dimensions given.
   *
   * @param replace whether one may come more than once
   * @param p their probabilities, floats of the length of the axis; null: all equal
   */
  public static Tensor choice(
      Tensor key, Tensor x, boolean replace, @Nullable Tensor p, int axis, long... dims) {
    if (x.rank() == 0) {
      throw new OpException(
          "choice: x must have at least one axis: got "
              + x.type().brief()
              + "\n  hint: choice(key, n, ...) draws from 0 to n - 1");
    }
    int at = Dims.axis("choice", axis, x.rank());
    long n = x.shape().dim(at);
    long draws = Shape.of(dims).count();
    if (draws == 0) {
      return Lax.full(x.dtype(), 0, dims);
    }
    requirePopulation(n, draws, replace);
    if (p == null && !replace) {
      Tensor shuffled = permutation(key, x, at, false);
      return Lax.reshape(Lax.sliceInDim(shuffled, 0, draws, 1, at), replaced(x, at, dims));
    }
    Tensor index =
        p != null
            ? positions(key, n, replace, p, dims)
            : RandomUniform.randint(key, 0, n, DType.I32, dims);
    return Np.take(x, index, at);
  }

  private static long[] replaced(Tensor x, int axis, long[] dims) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      if (i == axis) {
        Arrays.stream(dims).forEach(out::add);
      } else {
        out.add(x.shape().dim(i));
      }
    }
    return out.stream().mapToLong(d -> d).toArray();
  }

  private static void requirePopulation(long n, long draws, boolean replace) {
    if (n <= 0) {
      throw new OpException("choice: there must be something to choose from: got n = " + n);
    }
    if (!replace && draws > n) {
      throw new OpException(
          "choice: without replacement there are no more draws than elements: got "
              + draws
              + " of "
              + n);
    }
  }

  private record Weighted(Tensor key, Tensor p, Shape shape, boolean replace) {}

  private static final Jit1<Weighted, Tensor> WEIGHTED =
      Transforms.jit((Weighted w) -> w.replace() ? byDistribution(w) : byGumbel(w));

  private static Tensor positions(Tensor key, long n, boolean replace, Tensor p, long[] dims) {
    Keys.kind(key);
    if (p.rank() != 1 || p.shape().dim(0) != n) {
      throw new OpException(
          "choice: p must be a vector of " + n + " probabilities: got " + p.type().brief());
    }
    Tensor floats = Lax.convertElementType(p, Promotion.inexact(p.dtype()));
    return WEIGHTED.apply(new Weighted(key, floats, Shape.of(dims), replace));
  }

  private static Tensor byDistribution(Weighted w) {
    Tensor sums = Np.cumsum(w.p(), 0);
    long n = sums.shape().dim(0);
    Tensor total = Lax.reshape(Lax.sliceInDim(sums, n - 1, n, 1, 0));
    Tensor u = RandomUniform.uniform(w.key(), w.p().dtype(), w.shape().dims());
    return Np.searchsorted(sums, Np.multiply(total, Np.subtract(1.0, u)), "left");
  }

  private static Tensor byGumbel(Weighted w) {
    Tensor g = RandomInversion.gumbel(w.key(), w.p().dtype(), w.p().shape().dims());
    Tensor noisy = Lax.add(g, Lax.log(w.p()));
    return Lax.reshape(Lax.topK(noisy, (int) w.shape().count()).get(1), w.shape().dims());
  }

  // ---- orders

  private record Shuffle(Tensor key, Tensor x, int axis) {}

  private static final Jit1<Shuffle, Tensor> SHUFFLE = Transforms.jit(RandomChoice::shuffle);

  /** The slices of axis 0 in random order. */
  public static Tensor permutation(Tensor key, Tensor x) {
    return permutation(key, x, 0, false);
  }

  /**
   * The slices of an axis in random order.
   *
   * @param independent shuffle each vector along the axis for itself
   */
  public static Tensor permutation(Tensor key, Tensor x, int axis, boolean independent) {
    Keys.kind(key);
    if (x.rank() == 0) {
      throw new OpException("permutation: x must have at least one axis: got " + x.type().brief());
    }
    int at = Dims.axis("permutation", axis, x.rank());
    if (independent || x.rank() == 1) {
      return SHUFFLE.apply(new Shuffle(key, x, at));
    }
    return Np.take(x, permutation(key, x.shape().dim(at)), at);
  }

  /** The integers 0 to {@code n - 1} (i32) in random order. */
  public static Tensor permutation(Tensor key, long n) {
    Keys.kind(key);
    return SHUFFLE.apply(new Shuffle(key, Lax.iota(DType.I32, n), 0));
  }

  /** Sorts by random keys, as often as makes equal keys harmless. */
  private static Tensor shuffle(Shuffle s) {
    Tensor key = s.key();
    Tensor x = s.x();
    double count = Math.max(1, x.count());
    int rounds = (int) Math.ceil(3 * Math.log(count) / Math.log(0xFFFFFFFFL));
    for (int i = 0; i < rounds; i++) {
      Tensor[] keys = Keys.several(key, 2);
      key = keys[0];
      Tensor order = Keys.bits(keys[1], DType.U32, x.shape());
      x = Lax.sort(List.of(order, x), s.axis(), true).get(1);
    }
    return x;
  }
}
