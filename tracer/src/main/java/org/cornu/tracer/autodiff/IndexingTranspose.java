package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of gather and scatter, which are each other's. */
final class IndexingTranspose {
  private IndexingTranspose() {}

  /** A scatter that adds. Gather clamps its indices and scatter drops bad ones: clamp them here. */
  static Value gather(TransposeSite s, long[] sizes) {
    DimensionNumbers.Gather dims =
        s.op.attribute("dimension_numbers", DimensionNumbers.Gather.class);
    Shape shape = s.type(0).shape();
    Value indices = Indices.clamped(s.e, s.x(1), dims, shape, sizes);
    return s.b.scatter(
        s.e.zeros(s.type(0)),
        indices,
        s.ct(),
        Indices.mirror(dims),
        s.op.boolAttribute("indices_are_sorted", false),
        false,
        OpCode.ADD);
  }

  static List<@Nullable Value> scatter(TransposeSite s) {
    int n = (s.arity() - 1) / 2;
    DimensionNumbers.Scatter dims =
        s.op.attribute("scatter_dimension_numbers", DimensionNumbers.Scatter.class);
    boolean sorted = s.op.boolAttribute("indices_are_sorted", false);
    boolean unique = s.op.boolAttribute("unique_indices", false);
    Block body = s.op.region(0);
    Builder b = s.b;
    Value indices = s.x(n);
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < n; i++) {
      int update = n + 1 + i;
      Value ct = s.ct(i);
      if (ct == null || !s.isLinear(i) && !s.isLinear(update)) {
        continue;
      }
      boolean replaces = Monoid.isReplacement(body, i, n);
      OpCode code = Monoid.of(body, i, n);
      if (replaces && unique) {
        if (s.isLinear(i)) {
          Value zeros = s.e.zeros(s.type(update));
          out.set(i, b.scatter(ct, indices, zeros, dims, sorted, true, null));
        }
      } else if (code == OpCode.ADD) {
        out.set(i, ct);
      } else if (code == OpCode.MULTIPLY && !s.isLinear(update)) {
        out.set(i, b.scatter(ct, indices, s.x(update), dims, sorted, unique, code));
        continue;
      } else {
        throw s.missing(
            replaces
                ? "replacing is linear only where indices are unique (unique_indices = true)"
                : "only a scatter that adds is linear");
      }
      if (s.isLinear(update)) {
        Shape window = s.type(update).shape();
        long[] sizes = Indices.sliceSizes(dims, ct.shape(), window);
        Value read = b.gather(ct, indices, Indices.mirror(dims), sizes, sorted);
        Value lands = Indices.lands(s.e, indices, dims, ct.shape(), window);
        out.set(update, s.e.where(lands, read));
      }
    }
    return out;
  }
}
