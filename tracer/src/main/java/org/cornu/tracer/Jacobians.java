package org.cornu.tracer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Jacobians of functions of trees: a pushforward or pullback mapped over the unit tensors of all
 * leaves, which are counted through from leaf to leaf.
 */
final class Jacobians {
  private Jacobians() {}

  static <A> A forward(String name, F1<A, Tensor> f, A a) {
    return onlyTensor("jacfwd", name, forwardTree(name, f, a));
  }

  static <A> A reverse(String name, F1<A, Tensor> f, A a) {
    return onlyTensor("jacrev", name, reverseTree(name, f, a));
  }

  private static <A> A onlyTensor(String what, String name, Map<String, A> byPath) {
    A out = byPath.get("");
    if (out == null) {
      throw new OpException(
          what + "(" + name + "): the function must return a tensor", "use " + what + "Tree");
    }
    return out;
  }

  static <A, R> Map<String, A> forwardTree(String name, F1<A, R> f, A a) {
    Trees.Flat argument = inexact("jacfwd", name, "the argument", Trees.flatten(a));
    Transforms.Linearized<A, R> linear = Transforms.linearize(f, a);
    Trees.Flat result = inexact("jacfwd", name, "the result", Trees.flatten(linear.value()));
    F1<List<Tensor>, List<Tensor>> push =
        t -> Trees.leaves(linear.linear().apply(Trees.unflatten(argument.structure(), t)));
    // [number of inputs, shape of the result], for each result.
    List<Tensor> columns = Transforms.vmap(push).apply(basis(argument.leaves()));
    Map<String, A> out = new LinkedHashMap<>();
    for (int r = 0; r < columns.size(); r++) {
      Shape shape = result.leaves().get(r).shape();
      long[] last = new long[shape.rank() + 1];
      for (int d = 0; d < shape.rank(); d++) {
        last[d] = d + 1;
      }
      Tensor all = Dispatch.unary(columns.get(r), (b, v) -> b.transpose(v, last));
      List<Tensor> leaves = new ArrayList<>();
      long start = 0;
      for (Tensor leaf : argument.leaves()) {
        long from = start;
        long to = start + leaf.count();
        leaves.add(
            Dispatch.unary(
                all,
                (b, v) ->
                    b.reshape(cut(b, v, shape.rank(), from, to), shape.concat(leaf.shape()))));
        start = to;
      }
      out.put(result.structure().paths().get(r), Trees.unflatten(argument.structure(), leaves));
    }
    return out;
  }

  static <A, R> Map<String, A> reverseTree(String name, F1<A, R> f, A a) {
    Trees.Flat argument = inexact("jacrev", name, "the argument", Trees.flatten(a));
    Transforms.Vjp<A, R> vjp = Transforms.vjp(f, a);
    Trees.Flat result = inexact("jacrev", name, "the result", Trees.flatten(vjp.value()));
    F1<List<Tensor>, List<Tensor>> pull =
        ct -> Trees.leaves(vjp.pullback().apply(Trees.unflatten(result.structure(), ct)));
    // [number of outputs, shape of the argument], for each argument.
    List<Tensor> rows = Transforms.vmap(pull).apply(basis(result.leaves()));
    Map<String, A> out = new LinkedHashMap<>();
    long start = 0;
    for (int r = 0; r < result.leaves().size(); r++) {
      Tensor value = result.leaves().get(r);
      long from = start;
      long to = start + value.count();
      List<Tensor> leaves = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        Shape shape = value.shape().concat(argument.leaves().get(i).shape());
        leaves.add(Dispatch.unary(rows.get(i), (b, v) -> b.reshape(cut(b, v, 0, from, to), shape)));
      }
      out.put(result.structure().paths().get(r), Trees.unflatten(argument.structure(), leaves));
      start = to;
    }
    return out;
  }

  private static Value cut(Builder b, Value x, int axis, long from, long to) {
    long[] start = new long[x.shape().rank()];
    long[] limit = x.shape().dims();
    if (from == 0 && to == limit[axis]) {
      return x;
    }
    long[] strides = new long[start.length];
    java.util.Arrays.fill(strides, 1);
    start[axis] = from;
    limit[axis] = to;
    return b.slice(x, start, limit, strides);
  }

  private static Trees.Flat inexact(String what, String name, String part, Trees.Flat flat) {
    if (flat.leaves().isEmpty()) {
      throw new OpException(what + "(" + name + "): " + part + " has no tensors");
    }
    List<String> paths = flat.structure().paths();
    for (int i = 0; i < paths.size(); i++) {
      TensorType type = flat.leaves().get(i).type();
      if (!type.dtype().isInexact()) {
        throw new OpException(
            what
                + "("
                + name
                + "): "
                + part
                + (paths.get(i).isEmpty() ? "" : " leaf '" + paths.get(i) + "'")
                + " must be float or complex: got "
                + type.brief(),
            "capture other tensors in the function, or convert them with astype");
      }
    }
    return flat;
  }

  /** The unit tensors of these types, stacked: leaf {@code i} has shape {@code [total, shape]}. */
  private static List<Tensor> basis(List<Tensor> leaves) {
    long total = leaves.stream().mapToLong(Tensor::count).sum();
    List<Tensor> out = new ArrayList<>();
    long start = 0;
    for (Tensor leaf : leaves) {
      long from = start;
      out.add(Dispatch.one((b, v) -> units(b, leaf.type(), from, total)));
      start += leaf.count();
    }
    return out;
  }

  private static Value units(Builder b, TensorType type, long start, long total) {
    TensorType table = TensorType.of(DType.I32, total, type.shape().count());
    Value column = b.add(b.iota(table, 1), b.constant(table, start));
    Value one = b.compare(b.iota(table, 0), column, Comparison.EQ);
    return b.reshape(b.convert(one, type.dtype()), Shape.of(total).concat(type.shape()));
  }
}
