package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Batching;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/** {@code vmap}: traces one example, batches the graph, moves the mapped axes. */
final class Vectorize {
  private Vectorize() {}

  static @Nullable Object call(
      String name,
      Function<@Nullable Object[], @Nullable Object> f,
      @Nullable Object[] args,
      Axes in,
      Axes out) {
    Tracing.Arguments arguments = Tracing.Arguments.of(args);
    int[] axes = axes(name, arguments, in);
    long size = size(name, arguments, axes, in.size());
    String axisName = in.axisName();
    List<TensorType> types = new ArrayList<>();
    for (int i = 0; i < axes.length; i++) {
      TensorType type = arguments.leaves().get(i).type();
      types.add(
          axes[i] == Axes.NONE
              ? type
              : TensorType.of(type.element(), type.shape().remove(axes[i])));
    }
    Tracing.Traced traced =
        Tracing.trace("vmap(" + name + ")", arguments, types, f, axisName, size);
    boolean[] batched = new boolean[axes.length + traced.captures().size()];
    for (int i = 0; i < axes.length; i++) {
      batched[i] = axes[i] != Axes.NONE;
    }
    Batching.Batched result = Batching.batch(traced.func(), batched, size, axisName);
    List<Tensor> operands = traced.operands(arguments.leaves());
    int[] outAxes = outAxes(name, traced, result, out);
    Func wrapped = moveAxes(operands, axes, result, size, outAxes);
    return Trees.unflatten(traced.result(), Dispatch.call(wrapped, operands));
  }

  private static int[] axes(String name, Tracing.Arguments arguments, Axes in) {
    int[] axes = new int[arguments.leaves().size()];
    int next = 0;
    int count = arguments.structures().size();
    for (int a = 0; a < count; a++) {
      for (String path : arguments.structures().get(a).paths()) {
        int axis = in.axis(a, count, path);
        TensorType type = arguments.leaves().get(next).type();
        if (axis != Axes.NONE) {
          int rank = type.rank();
          if (axis < -rank || axis >= rank) {
            throw new OpException(
                "vmap("
                    + name
                    + "): argument "
                    + a
                    + (path.isEmpty() ? "" : " leaf '" + path + "'")
                    + " is "
                    + type.brief()
                    + ", which has no axis "
                    + axis,
                "Axes.NONE leaves a tensor whole");
          }
          axis = Math.floorMod(axis, rank);
        }
        axes[next++] = axis;
      }
    }
    return axes;
  }

  /** The mapped axis of each result, counted from the front. */
  private static int[] outAxes(
      String name, Tracing.Traced traced, Batching.Batched batched, Axes out) {
    List<String> paths = traced.result().paths();
    int[] axes = new int[paths.size()];
    for (int i = 0; i < axes.length; i++) {
      int axis = out.axis(0, 1, paths.get(i));
      String what =
          "vmap("
              + name
              + "): result"
              + (paths.get(i).isEmpty() ? "" : " leaf '" + paths.get(i) + "'");
      TensorType type = traced.func().body().results().get(i).tensorType();
      if (axis == Axes.NONE) {
        if (batched.batchedResults()[i]) {
          throw new OpException(
              what
                  + " is "
                  + type.brief()
                  + " and differs within the batch, but its out axis is Axes.NONE",
              "give it an axis, or reduce over the batch first (Lax.pmean over a named axis)");
        }
      } else {
        int rank = type.rank() + 1;
        if (axis < -rank || axis >= rank) {
          throw new OpException(
              what + " is " + type.brief() + " for one element, which gets no axis " + axis,
              "the out axis must lie in [" + -rank + ", " + (rank - 1) + "]");
        }
        axis = Math.floorMod(axis, rank);
      }
      axes[i] = axis;
    }
    return axes;
  }

  private static long size(String name, Tracing.Arguments arguments, int[] axes, long said) {
    long size = -1;
    int from = -1;
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] == Axes.NONE) {
        continue;
      }
      long here = arguments.leaves().get(i).shape().dim(axes[i]);
      if (size >= 0 && here != size) {
        throw new OpException(
            "vmap("
                + name
                + "): mapped axes must have one size: leaf "
                + from
                + " is "
                + arguments.leaves().get(from).type().brief()
                + " mapped over axis "
                + axes[from]
                + " of size "
                + size
                + ", leaf "
                + i
                + " is "
                + arguments.leaves().get(i).type().brief()
                + " mapped over axis "
                + axes[i]
                + " of size "
                + here,
            "Axes chooses the axis of each argument; Axes.NONE leaves a tensor whole");
      }
      size = here;
      from = i;
    }
    if (size < 0 && said < 0) {
      throw new OpException(
          "vmap(" + name + "): at least one tensor must be mapped over an axis",
          "say how often to run it where there is none: Axes.all(Axes.NONE).size(n)");
    }
    if (size >= 0 && said >= 0 && size != said) {
      throw new OpException(
          "vmap(" + name + "): the mapped axes have size " + size + ", but " + said + " was said",
          "leave the size to the arguments");
    }
    return size < 0 ? said : size;
  }

  private static Func moveAxes(
      List<Tensor> operands, int[] axes, Batching.Batched result, long size, int[] out) {
    Block block = new Block(operands.stream().map(Tensor::type).toList());
    Builder b = new Builder(block);
    List<Value> inner = new ArrayList<>(block.arguments());
    for (int i = 0; i < axes.length; i++) {
      if (axes[i] != Axes.NONE) {
        inner.set(i, move(b, inner.get(i), axes[i], 0));
      }
    }
    List<Value> results = new Inliner(block).inline(result.func().body(), inner);
    List<Value> moved = new ArrayList<>(results.size());
    for (int i = 0; i < results.size(); i++) {
      Value value = results.get(i);
      if (out[i] == Axes.NONE) {
        moved.add(value);
        continue;
      }
      if (!result.batchedResults()[i]) {
        long[] dims = new long[value.shape().rank()];
        for (int d = 0; d < dims.length; d++) {
          dims[d] = d + 1;
        }
        value = b.broadcastInDim(value, value.shape().insert(0, size), dims);
      }
      moved.add(move(b, value, 0, out[i]));
    }
    return new Func("vmap", block.returns(moved));
  }

  private static Value move(Builder b, Value x, int from, int to) {
    if (from == to) {
      return x;
    }
    List<Long> perm = new ArrayList<>();
    for (long d = 0; d < x.shape().rank(); d++) {
      if (d != from) {
        perm.add(d);
      }
    }
    perm.add(to, (long) from);
    return b.transpose(x, perm.stream().mapToLong(Long::longValue).toArray());
  }
}
