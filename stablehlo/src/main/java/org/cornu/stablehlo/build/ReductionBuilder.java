package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The part of {@link Builder} that contracts, convolves, reduces and sorts. */
abstract class ReductionBuilder extends ShapeBuilder {
  ReductionBuilder(Block block) {
    super(block);
  }

  /** A body {@code (a, b) -> op(a, b)} on scalars. */
  public static Block binaryBody(OpCode code, DType dtype) {
    return body(code, dtype);
  }

  static Block body(OpCode code, ElementType element) {
    TensorType scalar = TensorType.of(element);
    List<Type> types = List.of(scalar, scalar);
    Block body = new Block(types);
    Op op =
        new Op(
            code,
            List.of(body.argument(0), body.argument(1)),
            Map.of(),
            List.of(),
            List.of(scalar),
            Location.UNKNOWN);
    TypeRules.check(op);
    body.append(op);
    return body.returns(op.results());
  }

  /**
   * A product with contracted and batching dimensions.
   *
   * @param precision how exactly to compute, or null for the default
   * @param result element type of the result, in which products are summed
   * @return shape: batching dimensions, the rest of {@code x}, the rest of {@code y}
   */
  public final Value dotGeneral(
      Value x, Value y, DimensionNumbers.Dot dims, @Nullable Precision precision, DType result) {
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("dot_dimension_numbers", dims);
    putPrecision(attributes, precision);
    List<Value> operands = List.of(x, y);
    List<Type> types = infer(OpCode.DOT_GENERAL, operands, attributes, List.of(), List.of());
    Type type = ((TensorType) types.get(0)).withElement(result);
    return append(OpCode.DOT_GENERAL, operands, attributes, List.of(), List.of(type)).result(0);
  }

  private static void putPrecision(
      Map<String, Attribute> attributes, @Nullable Precision precision) {
    if (precision != null) {
      Attribute word = keyword("precision", precision.name());
      attributes.put("precision_config", new Attribute.Array(List.of(word, word)));
    }
  }

  /** A convolution; the result has the element type of {@code x}. */
  public final Value convolution(Value x, Value kernel, ConvolutionConfig config) {
    return convolution(x, kernel, config, x.dtype());
  }

  /** A convolution whose products are summed in element type {@code result}. */
  public final Value convolution(Value x, Value kernel, ConvolutionConfig config, DType result) {
    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("window_strides", longs(config.strides()));
    attributes.put("padding", WindowConfig.paddingAttribute(config.padding()));
    attributes.put("lhs_dilation", longs(config.lhsDilation()));
    attributes.put("rhs_dilation", longs(config.rhsDilation()));
    attributes.put("window_reversal", new Attribute.Bools(config.reversal()));
    attributes.put("dimension_numbers", config.dims());
    attributes.put("feature_group_count", i64(config.featureGroups()));
    attributes.put("batch_group_count", i64(config.batchGroups()));
    putPrecision(attributes, config.precision());
    List<Value> operands = List.of(x, kernel);
    List<Type> types = infer(OpCode.CONVOLUTION, operands, attributes, List.of(), List.of());
    Type type = ((TensorType) types.get(0)).withElement(result);
    return append(OpCode.CONVOLUTION, operands, attributes, List.of(), List.of(type)).result(0);
  }

  static List<Value> joined(List<Value> first, List<Value> second) {
    List<Value> out = new ArrayList<>(first.size() + second.size());
    out.addAll(first);
    out.addAll(second);
    return out;
  }

  /** Several tensors reduced together over {@code dims} by a body that captures nothing. */
  public final List<Value> reduce(List<Value> inputs, List<Value> inits, long[] dims, Block body) {
    return create(
            OpCode.REDUCE, joined(inputs, inits), Map.of("dimensions", longs(dims)), List.of(body))
        .results();
  }

  /** A reduction over {@code dims} by ADD, MULTIPLY, MAXIMUM, MINIMUM, AND or OR. */
  public final Value reduce(Value x, Value init, OpCode binaryOp, long... dims) {
    Block body = body(binaryOp, x.tensorType().element());
    return reduce(List.of(x), List.of(init), dims, body).get(0);
  }

  static Map<String, Attribute> window(WindowConfig config) {
    return Map.of(
        "window_dimensions",
        longs(config.dimensions()),
        "window_strides",
        longs(config.strides()),
        "base_dilations",
        longs(config.baseDilations()),
        "window_dilations",
        longs(config.windowDilations()),
        "padding",
        WindowConfig.paddingAttribute(config.padding()));
  }

  /** Each window of several tensors reduced by a body that captures nothing. */
  public final List<Value> reduceWindow(
      List<Value> inputs, List<Value> inits, WindowConfig config, Block body) {
    return create(OpCode.REDUCE_WINDOW, joined(inputs, inits), window(config), List.of(body))
        .results();
  }

  /** Each window reduced by a binary op. */
  public final Value reduceWindow(Value x, Value init, OpCode binaryOp, WindowConfig config) {
    Block body = body(binaryOp, x.tensorType().element());
    return reduceWindow(List.of(x), List.of(init), config, body).get(0);
  }

  /**
   * {@code init} everywhere, with each element of {@code source} combined into the position that
   * {@code select} prefers in its window of {@code operand}. The window has no dilations.
   */
  public final Value selectAndScatter(
      Value operand, Value source, Value init, WindowConfig config, Block select, Block scatter) {
    requireNoDilation(config.baseDilations());
    requireNoDilation(config.windowDilations());
    Map<String, Attribute> attributes =
        Map.of(
            "window_dimensions",
            longs(config.dimensions()),
            "window_strides",
            longs(config.strides()),
            "padding",
            WindowConfig.paddingAttribute(config.padding()));
    return create(
            OpCode.SELECT_AND_SCATTER,
            List.of(operand, source, init),
            attributes,
            List.of(select, scatter))
        .result(0);
  }

  private void requireNoDilation(long[] dilations) {
    for (long dilation : dilations) {
      if (dilation != 1) {
        throw fail(OpCode.SELECT_AND_SCATTER, "its window has no dilations, got " + dilation);
      }
    }
  }

  /**
   * Tensors sorted together along dimension {@code dim}; the comparator takes two elements of each
   * and says whether the first goes in front.
   */
  public final List<Value> sort(List<Value> inputs, long dim, boolean stable, Block comparator) {
    Map<String, Attribute> attributes = Map.of("dimension", i64(dim), "is_stable", bool(stable));
    return create(OpCode.SORT, inputs, attributes, List.of(comparator)).results();
  }
}
