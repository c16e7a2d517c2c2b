package org.cornu.tracer.lowering;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions that are matrix products: those with a kernel of one point, which multiply each
 * place by one matrix, and the gradients of such kernels, which sum over all places.
 */
final class PointwiseMatmul {
  private PointwiseMatmul() {}

  /** A convolution whose kernel is one point. */
  static @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    Convolved c = plain(op, b);
    return c != null && Convolved.allEqual(c.kernelSizes(), 1)
        ? List.of(product(c, operands, b))
        : null;
  }

  /** A convolution whose output is one point, though its kernel is not. */
  static @Nullable List<Value> kernelGradient(Op op, List<Value> operands, Builder b) {
    Convolved c = plain(op, b);
    return c != null
            && Convolved.allEqual(c.outputSizes(), 1)
            && !Convolved.allEqual(c.kernelSizes(), 1)
        ? List.of(kernelGradient(c, operands, b))
        : null;
  }

  private static @Nullable Convolved plain(Op op, Builder b) {
    Convolved c = Convolved.of(op, b);
    return c != null
            && c.spatial > 0
            && c.isUngrouped()
            && !c.hasPadding()
            && Convolved.allEqual(c.config.lhsDilation(), 1)
        ? c
        : null;
  }

  /** {@code x[batch, place, in] · k[in, out]}. */
  private static Value product(Convolved c, List<Value> operands, Builder b) {
    Value x = c.input(operands.get(0), c.dims.inputBatch(), c.dims.inputFeature());
    Value k = c.kernel(operands.get(1));
    Value places = x;
    if (!Convolved.allEqual(c.config.strides(), 1)) {
      places = Convolved.part(b, x, new long[c.spatial], c.outputSizes(), c.config.strides());
    }
    long rows = places.shape().count() / c.inputFeatures();
    Value matrix = b.reshape(places, Shape.of(rows, c.inputFeatures()));
    Value kernel = b.reshape(k, Shape.of(c.inputFeatures(), c.outputFeatures()));
    Value out = b.dotGeneral(matrix, kernel, contracting(1, 0), c.config.precision(), c.result);
    Shape shape =
        Shape.of(c.batch()).concat(Shape.of(c.outputSizes())).concat(Shape.of(c.outputFeatures()));
    return c.output(b.reshape(out, shape));
  }

  /** {@code Σ x[in, place, batch] k[in, place, out]}: the only point of the output. */
  private static Value kernelGradient(Convolved c, List<Value> operands, Builder b) {
    Value x = c.input(operands.get(0), c.dims.inputFeature(), c.dims.inputBatch());
    Value k = c.kernel(operands.get(1));
    Value places =
        Convolved.part(b, x, new long[c.spatial], c.kernelSizes(), c.config.rhsDilation());
    long rows = k.shape().count() / c.outputFeatures();
    Value left = b.reshape(places, Shape.of(rows, c.batch()));
    Value right = b.reshape(k, Shape.of(rows, c.outputFeatures()));
    Value out = b.dotGeneral(left, right, contracting(0, 0), c.config.precision(), c.result);
    List<Long> dims = new ArrayList<>(List.of(c.batch()));
    for (int i = 0; i < c.spatial; i++) {
      dims.add(1L);
    }
    dims.add(c.outputFeatures());
    return c.output(b.reshape(out, Shape.of(Convolved.longs(dims))));
  }

  private static DimensionNumbers.Dot contracting(long left, long right) {
    return new DimensionNumbers.Dot(List.of(), List.of(), List.of(left), List.of(right));
  }
}
