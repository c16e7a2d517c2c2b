package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Transposes of convolutions, themselves convolutions: of the cotangent with the mirrored kernel,
 * and of the input with the cotangent. Strides and dilations change places; paddings may become
 * negative.
 */
final class ConvolutionTranspose {
  private final TransposeSite s;
  private final ConvolutionConfig c;
  private final DimensionNumbers.Convolution d;
  private final int spatial;
  private final Value ct;

  private ConvolutionTranspose(TransposeSite s, ConvolutionConfig c) {
    this.s = s;
    this.c = c;
    this.d = c.dims();
    this.spatial = d.inputSpatial().size();
    this.ct = s.ct();
  }

  static List<@Nullable Value> convolution(TransposeSite s) {
    return transpose(s, ConvolutionConfig.fromOp(s.op));
  }

  /** With a constant padding operand. */
  static List<@Nullable Value> dynamicConvolution(TransposeSite s) {
    long[] flat = ShapeTranspose.constants(s, 2);
    long[][] padding = new long[flat.length / 2][2];
    for (int i = 0; i < flat.length; i++) {
      padding[i / 2][i % 2] = flat[i];
    }
    ConvolutionConfig c = ConvolutionConfig.fromOp(s.op);
    return transpose(
        s,
        new ConvolutionConfig(
            c.strides(),
            padding,
            c.lhsDilation(),
            c.rhsDilation(),
            c.reversal(),
            c.dims(),
            c.featureGroups(),
            c.batchGroups(),
            c.precision()));
  }

  private static List<@Nullable Value> transpose(TransposeSite s, ConvolutionConfig c) {
    ConvolutionTranspose rule = new ConvolutionTranspose(s, c);
    List<@Nullable Value> out = s.empty();
    if (s.isLinear(0)) {
      out.set(0, s.e.convert(rule.input(s.x(1)), s.type(0).dtype()));
    }
    if (s.isLinear(1)) {
      out.set(1, s.e.convert(rule.kernel(s.x(0)), s.type(1).dtype()));
    }
    return out;
  }

  private static long dim(Shape shape, List<Long> dims, int i) {
    return shape.dim(dims.get(i).intValue());
  }

  private long inSize(int i) {
    return Windows.dilated(dim(s.type(0).shape(), d.inputSpatial(), i), c.lhsDilation()[i]);
  }

  private long kernelSize(int i) {
    return Windows.dilated(dim(s.type(1).shape(), d.kernelSpatial(), i), c.rhsDilation()[i]);
  }

  private long outSize(int i) {
    return Windows.dilated(dim(ct.shape(), d.outputSpatial(), i), c.strides()[i]);
  }

  /** The spatial dimensions of the kernel whose reversal is {@code flag}. */
  private long[] kernelDims(boolean flag) {
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < spatial; i++) {
      if (c.reversal()[i] == flag) {
        out.add(d.kernelSpatial().get(i));
      }
    }
    return Emit.longs(out);
  }

  private Value reverse(Value x, long[] dims) {
    return dims.length == 0 ? x : s.b.reverse(x, dims);
  }

  private Value input(Value kernel) {
    long groups = Math.max(c.featureGroups(), c.batchGroups());
    Value factor = s.e.convert(reverse(kernel, kernelDims(false)), ct.dtype());
    int in = (int) d.kernelInputFeature();
    int out = (int) d.kernelOutputFeature();
    factor = moveGroups(factor, groups, out, in);
    long[][] padding = new long[spatial][2];
    for (int i = 0; i < spatial; i++) {
      long low = kernelSize(i) - c.padding()[i][0] - 1;
      padding[i][0] = low;
      padding[i][1] = inSize(i) + kernelSize(i) - 1 - outSize(i) - low;
    }
    Value result =
        s.b.convolution(
            ct,
            factor,
            new ConvolutionConfig(
                c.lhsDilation(),
                padding,
                c.strides(),
                c.rhsDilation(),
                new boolean[spatial],
                new DimensionNumbers.Convolution(
                    d.outputBatch(),
                    d.outputFeature(),
                    d.outputSpatial(),
                    d.kernelOutputFeature(),
                    d.kernelInputFeature(),
                    d.kernelSpatial(),
                    d.inputBatch(),
                    d.inputFeature(),
                    d.inputSpatial()),
                groups,
                1,
                c.precision()));
    return c.batchGroups() > 1
        ? moveGroups(result, c.batchGroups(), (int) d.inputFeature(), (int) d.inputBatch())
        : result;
  }

  /** Takes the {@code groups} in front of dimension {@code from} to the front of {@code to}. */
  private Value moveGroups(Value x, long groups, int from, int to) {
    if (groups == 1) {
      return x;
    }
    Shape shape = x.shape();
    Shape split = shape.with(from, shape.dim(from) / groups).insert(from, groups);
    Value parts = s.b.reshape(x, split);
    List<Long> order = new ArrayList<>(Emit.list(Emit.range(0, split.rank())));
    order.remove(from);
    int target = order.indexOf((long) (to > from ? to + 1 : to));
    order.add(target, (long) from);
    Value moved = s.e.transpose(parts, Emit.longs(order));
    Shape merged = shape.with(from, shape.dim(from) / groups).with(to, shape.dim(to) * groups);
    return s.b.reshape(moved, merged);
  }

  private Value kernel(Value input) {
    long[][] padding = new long[spatial][2];
    for (int i = 0; i < spatial; i++) {
      long low = c.padding()[i][0];
      padding[i][0] = low;
      padding[i][1] = outSize(i) - inSize(i) + kernelSize(i) - low - 1;
    }
    Value result =
        s.b.convolution(
            s.e.convert(input, ct.dtype()),
            ct,
            new ConvolutionConfig(
                c.rhsDilation(),
                padding,
                c.lhsDilation(),
                c.strides(),
                new boolean[spatial],
                new DimensionNumbers.Convolution(
                    d.inputFeature(),
                    d.inputBatch(),
                    d.inputSpatial(),
                    d.outputBatch(),
                    d.outputFeature(),
                    d.outputSpatial(),
                    d.kernelInputFeature(),
                    d.kernelOutputFeature(),
                    d.kernelSpatial()),
                c.batchGroups(),
                c.featureGroups(),
                c.precision()));
    return reverse(result, kernelDims(true));
  }
}
