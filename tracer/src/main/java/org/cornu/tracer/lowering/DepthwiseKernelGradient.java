package org.cornu.tracer.lowering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * The gradient of a depthwise kernel: a convolution with the batch in groups, whose kernel is as
 * large as the image and whose output has a few points. A loop goes over the examples and the rows
 * of the image and adds, for each point, a shifted row times a row of the cotangent to a sum kept
 * per column; the columns are added up at the end. So the sums stay in the cache and the inner loop
 * runs along the channels.
 */
final class DepthwiseKernelGradient {
  /** A row of fewer elements does not make up for a step of the loop. */
  private static final long LEAST_ROW = 512;

  private final Convolved c;
  private final long groups;
  private final long features;
  private final List<long[]> points;

  private DepthwiseKernelGradient(Convolved c, long groups) {
    this.c = c;
    this.groups = groups;
    this.features = c.outputFeatures();
    this.points = Convolved.places(c.outputSizes());
  }

  static boolean pays(Convolved c) {
    return c.spatial >= 1
        && Convolved.product(c.kernelSizes()) / rows(c) * c.outputFeatures() >= LEAST_ROW;
  }

  /** Rows of an image that are gone through one by one: of a signal there is but one. */
  private static long rows(Convolved c) {
    return c.spatial == 1 ? 1 : c.kernelSizes()[0];
  }

  static Value form(Convolved c, List<Value> operands, Builder b, long groups) {
    return new DepthwiseKernelGradient(c, groups).form(operands, b);
  }

  private Value form(List<Value> operands, Builder b) {
    Value x =
        c.padded(c.widened(c.input(operands.get(0), c.dims.inputFeature(), c.dims.inputBatch())));
    Value cotangent = c.widened(c.kernel(operands.get(1)));
    long channels = c.batch() / groups;
    int sums = (int) (points.size() * channels);
    Shape row = cotangent.shape().with(0, 1);
    row = c.spatial == 1 ? row : row.with(1, 1);
    TensorType sumType = TensorType.of(x.dtype(), row.dims());
    Value step = b.constant(DType.I32, 0);
    List<Value> inits = new ArrayList<>(List.of(step));
    inits.addAll(Collections.nCopies(sums, b.constant(sumType, 0)));
    List<Type> types = Value.types(inits);
    Block condition = new Block(types);
    Builder test = new Builder(condition);
    long steps = cotangent.shape().dim(0) * rows(c);
    condition.returns(
        List.of(
            test.compare(condition.argument(0), test.constant(DType.I32, steps), Comparison.LT)));
    Block body = new Block(types);
    Builder inside = new Builder(body);
    inside.location(b.location());
    body.returns(step(inside, body.arguments(), x, cotangent, row, channels));
    List<Value> totals = b.whileLoop(inits, condition, body);
    return assembled(b, totals.subList(1, totals.size()), channels);
  }

  /** One row of one example: the next step, and the sums with it. */
  private List<Value> step(
      Builder b, List<Value> arguments, Value x, Value cotangent, Shape row, long channels) {
    Value number = arguments.get(0);
    Value perImage = b.constant(DType.I32, rows(c));
    Value example = b.divide(number, perImage);
    Value line = b.subtract(number, b.multiply(example, perImage));
    Value zero = b.constant(DType.I32, 0);
    List<Value> at = new ArrayList<>(Collections.nCopies(c.spatial + 2, zero));
    at.set(0, example);
    if (c.spatial > 1) {
      at.set(1, line);
    }
    Value factor = b.dynamicSlice(cotangent, at, row.dims());
    List<Value> out = new ArrayList<>();
    out.add(b.add(number, b.constant(DType.I32, 1)));
    for (int i = 0; i < points.size(); i++) {
      Value shifted = shifted(b, x, points.get(i), at, line);
      for (long channel = 0; channel < channels; channel++) {
        Value of = DepthwiseShifts.channels(b, shifted, groups, channel, features);
        out.add(b.add(arguments.get(out.size()), b.multiply(of, factor)));
      }
    }
    return out;
  }

  /** The row of the input that a point of the output multiplies with this row. */
  private Value shifted(Builder b, Value x, long[] point, List<Value> at, Value line) {
    long[] starts = new long[c.spatial];
    long[] counts = c.kernelSizes();
    long[] steps = c.config.rhsDilation().clone();
    for (int i = 0; i < c.spatial; i++) {
      starts[i] = point[i] * c.config.strides()[i];
    }
    long[] sizes = x.shape().with(0, 1).dims();
    List<Value> from = new ArrayList<>(at);
    if (c.spatial > 1) {
      Value offset = b.multiply(line, b.constant(DType.I32, steps[0]));
      from.set(1, b.add(offset, b.constant(DType.I32, starts[0])));
      sizes[1] = 1;
      starts[0] = 0;
      counts[0] = 1;
      steps[0] = 1;
    }
    return Convolved.part(b, b.dynamicSlice(x, from, sizes), starts, counts, steps);
  }

  /** The sums over columns as {@code [channels, point…, features]}, laid out. */
  private Value assembled(Builder b, List<Value> totals, long channels) {
    long[] columns = new long[c.spatial + 1];
    java.util.Arrays.setAll(columns, i -> i);
    Value zero = b.constant(totals.get(0).dtype(), 0);
    List<Value> rows = new ArrayList<>();
    for (long channel = 0; channel < channels; channel++) {
      for (int i = 0; i < points.size(); i++) {
        Value total = totals.get((int) (i * channels + channel));
        Value sum = b.reduce(total, zero, OpCode.ADD, columns);
        rows.add(b.reshape(sum, Shape.of(1, features)));
      }
    }
    Value all = rows.size() == 1 ? rows.get(0) : b.concatenate(rows, 0);
    Shape shape = Shape.of(channels).concat(Shape.of(c.outputSizes())).concat(Shape.of(features));
    return c.output(b.reshape(all, shape));
  }
}
