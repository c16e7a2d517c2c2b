package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.build.ConvolutionConfig;
import org.cornu.stablehlo.build.WindowConfig;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** One op being run: the op, its operand values and its regions, ready to be called. */
final class Call {
  final Op op;
  final Datum[] operands;
  final Evaluator evaluator;
  private final Plan.Step step;
  private final Datum[] frame;

  Call(Evaluator evaluator, Plan.Step step, Datum[] operands, Datum[] frame) {
    this.evaluator = evaluator;
    this.step = step;
    this.op = step.op;
    this.operands = operands;
    this.frame = frame;
  }

  /** The same op on other operand values. */
  Call with(Datum[] others) {
    return new Call(evaluator, step, others, frame);
  }

  Plan.Step step() {
    return step;
  }

  /** Operand {@code i}. */
  Array x(int i) {
    return (Array) operands[i];
  }

  /** Operands {@code from} inclusive to {@code to} exclusive. */
  List<Array> arrays(int from, int to) {
    List<Array> out = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      out.add((Array) operands[i]);
    }
    return out;
  }

  List<Array> arrays() {
    return arrays(0, operands.length);
  }

  Region region(int i) {
    return new Region(evaluator, step.regions[i], frame);
  }

  TensorType resultType(int i) {
    Type type = op.result(i).type();
    if (type instanceof TensorType tensor) {
      return tensor;
    }
    throw new InterpreterException("result " + i + " must be a tensor, got " + type);
  }

  /** Element type of the result; what a quantized one stands for. */
  DType resultDtype() {
    ElementType element = resultType(0).element();
    return element instanceof QuantizedType quantized ? quantized.expressed() : element.storage();
  }

  /** Sizes of result {@code i}, which must be static. */
  int[] resultDims(int i) {
    return Array.dims(resultType(i).shape());
  }

  /** Sizes of the result if the type says them, else these. */
  int[] resultDimsOr(int[] dims) {
    Shape shape = resultType(0).shape();
    return shape.isStatic() ? Array.dims(shape) : dims;
  }

  int axis(String key) {
    return Math.toIntExact(op.intAttribute(key, 0));
  }

  int[] ints(String key) {
    return Indexing.ints(op.longs(key));
  }

  /** The word of an enum attribute, also of {@code #chlo<kind WORD>}; empty when absent. */
  String word(String key) {
    Attribute attribute = op.attribute(key);
    if (attribute instanceof Attribute.Opaque opaque) {
      String text = opaque.text();
      return text.substring(text.lastIndexOf(' ') + 1).replace(">", "");
    }
    return op.keyword(key, "");
  }

  double real(String key) {
    return op.attribute(key, Attribute.Real.class).value();
  }

  WindowKernels.Window window() {
    return window(WindowConfig.fromOp(op));
  }

  static WindowKernels.Window window(WindowConfig config) {
    return new WindowKernels.Window(
        Indexing.ints(config.dimensions()),
        Indexing.ints(config.strides()),
        Indexing.ints(config.baseDilations()),
        Indexing.ints(config.windowDilations()),
        pairs(config.padding()));
  }

  /** The convolution that the op describes, with other padding where an operand gives it. */
  Array convolution(Array lhs, Array rhs, int[][] padding) {
    ConvolutionConfig config = ConvolutionConfig.fromOp(op);
    ConvolutionKernels.Window window =
        new ConvolutionKernels.Window(
            Indexing.ints(config.strides()),
            padding.length == 0 ? pairs(config.padding()) : padding,
            Indexing.ints(config.lhsDilation()),
            Indexing.ints(config.rhsDilation()),
            config.reversal());
    return ConvolutionKernels.convolution(
        lhs,
        rhs,
        window,
        config.dims(),
        Math.toIntExact(config.featureGroups()),
        Math.toIntExact(config.batchGroups()),
        resultDtype());
  }

  private static int[][] pairs(long[][] padding) {
    int[][] out = new int[padding.length][];
    for (int i = 0; i < out.length; i++) {
      out[i] = Indexing.ints(padding[i]);
    }
    return out;
  }

  Datum[] tuple(List<? extends Datum> values) {
    return values.toArray(new Datum[0]);
  }
}
