package org.cornu.tracer.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.ReplaceOps;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions inside loops and branches in the layout that the compiler's fast kernel takes: input
 * and output {@code [batch, spatial…, features]}, kernel {@code [spatial…, input features, output
 * features]}, nothing mirrored. XLA's CPU compiler brings only the convolutions of the outermost
 * computation into that layout, and writes the others as plain loops over single elements. Forward
 * convolutions mostly have it; their gradients do not.
 */
final class LoopConvolutions {
  private final Set<Op> inner = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Func> outerSeen = new HashSet<>();
  private final Set<Func> innerSeen = new HashSet<>();

  private LoopConvolutions() {}

  /** The function with such convolutions rewritten; itself when it has none. */
  static Func run(Func func) {
    LoopConvolutions pass = new LoopConvolutions();
    pass.find(func, false);
    return pass.inner.isEmpty()
        ? func
        : ReplaceOps.run(func, pass.inner::contains, LoopConvolutions::form);
  }

  private void find(Func func, boolean inside) {
    if (!func.isDeclaration() && (inside ? innerSeen : outerSeen).add(func)) {
      find(func.body(), inside);
    }
  }

  private void find(Block block, boolean inside) {
    for (Op op : block.ops()) {
      if (inside && op.code() == OpCode.CONVOLUTION) {
        inner.add(op);
      }
      for (Func callee : op.callees()) {
        find(callee, inside);
      }
      for (Block region : op.regions()) {
        find(region, true);
      }
    }
  }

  private static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Convolved c = Convolved.of(op, b);
    if (c == null || !isTaken(c)) {
      return null;
    }
    ConvolutionConfig plain = c.config;
    int n = c.spatial;
    DimensionNumbers.Convolution dims = channelsLast(n);
    if (plain.dims().equals(dims) && !isMirrored(plain)) {
      return null;
    }
    Value x = c.input(operands.get(0), c.dims.inputBatch(), c.dims.inputFeature());
    Value k = kernel(c, operands.get(1), b);
    ConvolutionConfig config =
        new ConvolutionConfig(
            plain.strides(),
            plain.padding(),
            plain.lhsDilation(),
            plain.rhsDilation(),
            new boolean[n],
            dims,
            plain.featureGroups(),
            1,
            plain.precision());
    return List.of(c.output(b.convolution(x, k, config, c.result)));
  }

  /** What the fast kernel takes: f16 or f32, one to three spatial dimensions, one batch group. */
  private static boolean isTaken(Convolved c) {
    return (c.result == DType.F32 || c.result == DType.F16 || c.result == DType.BF16)
        && c.spatial >= 1
        && c.spatial <= 3
        && c.config.batchGroups() == 1;
  }

  private static boolean isMirrored(ConvolutionConfig config) {
    for (boolean reversed : config.reversal()) {
      if (reversed) {
        return true;
      }
    }
    return false;
  }

  /** The kernel as {@code [spatial…, input features, output features]}, mirrored as it is used. */
  private static Value kernel(Convolved c, Value k, Builder b) {
    Value featuresFirst = c.kernel(k);
    long[] permutation = new long[c.spatial + 2];
    for (int i = 0; i < c.spatial; i++) {
      permutation[i] = i + 1L;
    }
    permutation[c.spatial + 1] = c.spatial + 1L;
    return b.transpose(featuresFirst, permutation);
  }

  private static DimensionNumbers.Convolution channelsLast(int spatial) {
    List<Long> middle = new ArrayList<>();
    List<Long> first = new ArrayList<>();
    for (long i = 0; i < spatial; i++) {
      first.add(i);
      middle.add(i + 1);
    }
    long last = spatial + 1L;
    return new DimensionNumbers.Convolution(0, last, middle, spatial, last, first, 0, last, middle);
  }
}
