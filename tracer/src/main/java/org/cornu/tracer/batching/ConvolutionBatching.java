package org.cornu.tracer.batching;

import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/**
 * Convolutions have a fixed number of dimensions, so the batch becomes part of one of them: of the
 * batch where only the input is batched, of the output features where only the kernel is, and of
 * the groups where both are. Groups stay outermost.
 */
final class ConvolutionBatching {
  private ConvolutionBatching() {}

  static List<BatchedValue> convolution(OpContext c) {
    if (BatchTypes.isQuantizedPerAxis(c.op.operand(1).type())
        || BatchTypes.isQuantizedPerAxis(c.resultType())) {
      return LoopBatching.overBatch(c); // scales belong to the output features
    }
    DimensionNumbers.Convolution dims =
        c.op.attribute("dimension_numbers", DimensionNumbers.Convolution.class);
    long features = c.op.intAttribute("feature_group_count", 1);
    long batches = c.op.intAttribute("batch_group_count", 1);
    if (c.batched(0) && c.batched(1)) {
      return bothBatched(c, dims, features, batches);
    }
    return c.batched(0)
        ? inputBatched(c, dims, batches)
        : kernelBatched(c, dims, features * batches);
  }

  private static List<BatchedValue> bothBatched(
      OpContext c, DimensionNumbers.Convolution dims, long features, long batches) {
    long merged = batches > 1 ? dims.inputBatch() : dims.inputFeature();
    Value input = c.mergeBatch(c.raw(0), (int) merged, 1);
    Value kernel = c.mergeBatch(c.raw(1), (int) dims.kernelOutputFeature(), 1);
    String groups = batches > 1 ? "batch_group_count" : "feature_group_count";
    Attribute count = Attribute.Int.i64(c.size * (batches > 1 ? batches : features));
    int output = (int) dims.outputFeature();
    Value result = emit(c, input, kernel, c.attributes(groups, count), output);
    return OpContext.one(c.splitBatch(result, output, 1));
  }

  private static List<BatchedValue> inputBatched(
      OpContext c, DimensionNumbers.Convolution dims, long groups) {
    Value input = c.mergeBatch(c.raw(0), (int) dims.inputBatch(), groups);
    int output = (int) dims.outputBatch();
    Value result = emit(c, input, c.raw(1), c.attributes(), output);
    return OpContext.one(c.splitBatch(result, output, 1));
  }

  private static List<BatchedValue> kernelBatched(
      OpContext c, DimensionNumbers.Convolution dims, long groups) {
    Value kernel = c.mergeBatch(c.raw(1), (int) dims.kernelOutputFeature(), groups);
    int output = (int) dims.outputFeature();
    Value result = emit(c, c.raw(0), kernel, c.attributes(), output);
    return OpContext.one(c.splitBatch(result, output, groups));
  }

  /** The convolution whose result has the batch in dimension {@code merged}. */
  private static Value emit(
      OpContext c, Value input, Value kernel, Map<String, Attribute> attributes, int merged) {
    TensorType type = c.resultType();
    Shape shape = type.shape().with(merged, type.dim(merged) * c.size);
    return c.builder
        .create(
            OpCode.CONVOLUTION,
            List.of(input, kernel),
            attributes,
            List.of(),
            List.of(type.withShape(shape)))
        .result();
  }
}
