package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/** Tangents of slices at run-time positions, gather, and sort. */
final class IndexingJvp {
  private IndexingJvp() {}

  /** Linear in the leading operands, of which there are {@code linear}; the rest are indices. */
  static @Nullable Value leading(JvpSite s, int linear) {
    List<Value> operands = new ArrayList<>(s.xs());
    for (int i = 0; i < linear; i++) {
      operands.set(i, s.dxOrZeros(i));
    }
    return s.again(operands.toArray(Value[]::new));
  }

  /** Sorts an iota along and gathers the tangents by the permutation. */
  static List<@Nullable Value> sort(JvpSite s) {
    int n = s.arity();
    TensorType first = s.op.operand(0).tensorType();
    int dim = (int) s.op.intAttribute("dimension", -1);
    dim = dim < 0 ? dim + first.rank() : dim;
    DType index = first.dim(dim) > Integer.MAX_VALUE ? DType.I64 : DType.I32;
    List<Value> operands = new ArrayList<>(s.xs());
    operands.add(s.b.iota(TensorType.of(index, first.shape()), dim));
    Block source = s.op.region(0);
    List<Type> arguments = new ArrayList<>(source.argumentTypes());
    arguments.add(TensorType.of(index));
    arguments.add(TensorType.of(index));
    Block comparator = new Block(arguments);
    comparator.returns(
        new Inliner(comparator).inline(source, comparator.arguments().subList(0, 2 * n)));
    List<Type> types = new ArrayList<>(Masks.types(s.op.results()));
    types.add(operands.get(n).type());
    Op sorted =
        new Op(
            s.op.code(), operands, s.op.attributes(), List.of(comparator), types, s.op.location());
    s.b.block().append(sorted);
    s.emitted(sorted.results().subList(0, n));
    List<@Nullable Value> out = new ArrayList<>(Arrays.asList(new Value[n]));
    for (int i = 0; i < n; i++) {
      Value dx = s.dx(i);
      if (dx != null) {
        out.set(i, Indices.takeAlong(s.e, dx, sorted.result(n), dim));
      }
    }
    return out;
  }
}
