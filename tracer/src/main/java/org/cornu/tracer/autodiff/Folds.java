package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;

/**
 * Reductions and cumulative reductions with an associative elementwise region, spelled out as
 * slices and elementwise ops of logarithmic depth, so that they can be differentiated op by op.
 */
final class Folds {
  private Folds() {}

  /** Combines two tuples of tensors of equal shape. */
  interface Combine {
    List<Value> apply(List<Value> first, List<Value> second);
  }

  /** The combination that a region over scalars describes. */
  static Combine combination(Builder b, Block body) {
    return (first, second) -> {
      List<Value> arguments = new ArrayList<>(first);
      arguments.addAll(second);
      return ScalarBody.apply(b, body, arguments, first.get(0).shape());
    };
  }

  /** The reduction of {@code xs} over {@code dims} by a balanced tree, starting from the inits. */
  static List<Value> reduce(Builder b, List<Value> xs, List<Value> inits, long[] dims, Block body) {
    Emit e = new Emit(b);
    Shape full = xs.get(0).shape();
    long[] kept = Emit.others(full.rank(), dims);
    long[] order = Arrays.copyOf(dims, full.rank());
    System.arraycopy(kept, 0, order, dims.length, kept.length);
    long count = 1;
    for (long dim : dims) {
      count *= full.dim((int) dim);
    }
    long[] rest = new long[kept.length];
    for (int i = 0; i < kept.length; i++) {
      rest[i] = full.dim((int) kept[i]);
    }
    Shape out = Shape.of(rest);
    List<Value> lists = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Value front = e.convert(e.transpose(xs.get(i), order), inits.get(i).dtype());
      lists.add(e.reshape(front, out.insert(0, count)));
    }
    List<Value> start = new ArrayList<>();
    for (Value init : inits) {
      start.add(e.broadcast(init, out));
    }
    if (count == 0) {
      return start;
    }
    List<Value> total = tree(b, lists, combination(b, body));
    List<Value> values = new ArrayList<>();
    for (Value value : total) {
      values.add(e.reshape(value, out));
    }
    return combination(b, body).apply(start, values);
  }

  /** Folds dimension 0, of size at least 1, down to size 1; neighbours are combined in order. */
  static List<Value> tree(Builder b, List<Value> lists, Combine combine) {
    Emit e = new Emit(b);
    List<Value> now = lists;
    long size = now.get(0).shape().dim(0);
    while (size > 1) {
      long even = size / 2 * 2;
      List<Value> left = new ArrayList<>();
      List<Value> right = new ArrayList<>();
      for (Value value : now) {
        left.add(e.slice(value, 0, 0, even, 2));
        right.add(e.slice(value, 0, 1, even, 2));
      }
      List<Value> next = combine.apply(left, right);
      if (even < size) {
        List<Value> longer = new ArrayList<>();
        for (int i = 0; i < next.size(); i++) {
          Value last = e.slice(now.get(i), 0, even, size);
          longer.add(b.concatenate(List.of(next.get(i), last), 0));
        }
        next = longer;
      }
      now = next;
      size = size - size / 2;
    }
    return now;
  }

  /**
   * All prefixes of {@code xs} along {@code dim}, by the odd-even recursion, of which each level
   * halves the size: the form whose derivative JAX takes for cumulative ops.
   */
  static List<Value> cumulate(Builder b, List<Value> xs, int dim, Combine combine) {
    Emit e = new Emit(b);
    long size = xs.get(0).shape().dim(dim);
    if (size < 2) {
      return xs;
    }
    List<Value> evens = new ArrayList<>();
    List<Value> odds = new ArrayList<>();
    for (Value x : xs) {
      evens.add(e.slice(x, dim, 0, size - 1, 2));
      odds.add(e.slice(x, dim, 1, size, 2));
    }
    List<Value> odd = cumulate(b, combine.apply(evens, odds), dim, combine);
    List<Value> before = new ArrayList<>();
    List<Value> own = new ArrayList<>();
    long pairs = size / 2;
    for (int i = 0; i < xs.size(); i++) {
      before.add(size % 2 == 0 ? e.slice(odd.get(i), dim, 0, pairs - 1) : odd.get(i));
      own.add(e.slice(xs.get(i), dim, 2, size, 2));
    }
    List<Value> even = size > 2 ? combine.apply(before, own) : List.of();
    List<Value> out = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Value first = e.slice(xs.get(i), dim, 0, 1);
      Value all = even.isEmpty() ? first : b.concatenate(List.of(first, even.get(i)), dim);
      out.add(interleave(e, all, odd.get(i), dim));
    }
    return out;
  }

  private static Value interleave(Emit e, Value even, Value odd, int dim) {
    int rank = even.shape().rank();
    long first = even.shape().dim(dim);
    long second = odd.shape().dim(dim);
    long[] none = new long[rank];
    long[] interior = new long[rank];
    interior[dim] = 1;
    Value zero = e.scalar(even.dtype(), 0);
    long[] highEven = new long[rank];
    highEven[dim] = first == second ? 1 : 0;
    long[] lowOdd = new long[rank];
    lowOdd[dim] = 1;
    long[] highOdd = new long[rank];
    highOdd[dim] = first == second ? 0 : 1;
    Value spreadEven = e.b.pad(even, zero, none, highEven, interior);
    Value spreadOdd = e.b.pad(odd, zero, lowOdd, highOdd, interior);
    if (even.dtype().isBool()) {
      return e.b.or(spreadEven, spreadOdd);
    }
    return e.b.add(spreadEven, spreadOdd);
  }
}
