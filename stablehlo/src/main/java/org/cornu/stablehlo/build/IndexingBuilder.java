package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** The part of {@link Builder} that reads and writes at computed positions. */
abstract class IndexingBuilder extends ReductionBuilder {
  IndexingBuilder(Block block) {
    super(block);
  }

  /** A part of size {@code sizes} at scalar positions, moved inside where it would stick out. */
  public final Value dynamicSlice(Value x, List<Value> starts, long... sizes) {
    return one(
        OpCode.DYNAMIC_SLICE, joined(List.of(x), starts), Map.of("slice_sizes", longs(sizes)));
  }

  /** {@code x} with a part replaced at scalar positions, moved inside where it would stick out. */
  public final Value dynamicUpdateSlice(Value x, Value update, List<Value> starts) {
    return one(OpCode.DYNAMIC_UPDATE_SLICE, joined(List.of(x, update), starts), Map.of());
  }

  /**
   * Slices at the positions in {@code indices}.
   *
   * @param sorted a promise that the positions ascend
   */
  public final Value gather(
      Value x, Value indices, DimensionNumbers.Gather dims, long[] sliceSizes, boolean sorted) {
    Map<String, Attribute> attributes =
        Map.of(
            "dimension_numbers",
            dims,
            "slice_sizes",
            longs(sliceSizes),
            "indices_are_sorted",
            bool(sorted));
    return one(OpCode.GATHER, List.of(x, indices), attributes);
  }

  /**
   * Tensors with slices combined into them at the positions in {@code indices}; positions outside
   * are skipped.
   *
   * @param sorted a promise that the positions ascend
   * @param unique a promise that no position occurs twice
   * @param body takes the old elements, then the updates, and captures nothing
   */
  public final List<Value> scatter(
      List<Value> inputs,
      Value indices,
      List<Value> updates,
      DimensionNumbers.Scatter dims,
      boolean sorted,
      boolean unique,
      Block body) {
    List<Value> operands = new ArrayList<>(inputs);
    operands.add(indices);
    operands.addAll(updates);
    Map<String, Attribute> attributes =
        Map.of(
            "scatter_dimension_numbers",
            dims,
            "indices_are_sorted",
            bool(sorted),
            "unique_indices",
            bool(unique));
    return create(OpCode.SCATTER, operands, attributes, List.of(body)).results();
  }

  /** A scatter of one tensor by a binary op; null replaces the old elements. */
  public final Value scatter(
      Value x,
      Value indices,
      Value update,
      DimensionNumbers.Scatter dims,
      boolean sorted,
      boolean unique,
      @Nullable OpCode binaryOp) {
    Block body;
    if (binaryOp == null) {
      Type scalar = TensorType.of(x.tensorType().element());
      body = new Block(List.of(scalar, scalar));
      body.returns(List.of(body.argument(1)));
    } else {
      body = body(binaryOp, x.tensorType().element());
    }
    return scatter(List.of(x), indices, List.of(update), dims, sorted, unique, body).get(0);
  }
}
