package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Contractions and triangular systems. */
final class DotBatching {
  private DotBatching() {}

  static List<BatchedValue> dotGeneral(OpContext c) {
    DimensionNumbers.Dot dims = c.op.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    return dotGeneral(c, dims, c.attributes());
  }

  /**
   * With both operands batched the batch is a new batching dimension in front; with one, a kept
   * dimension of that operand, which comes out behind the batching dimensions or, for the second
   * operand, also behind the kept dimensions of the first.
   */
  private static List<BatchedValue> dotGeneral(
      OpContext c, DimensionNumbers.Dot dims, Map<String, Attribute> attributes) {
    boolean lhs = c.batched(0);
    boolean rhs = c.batched(1);
    DimensionNumbers.Dot batched =
        new DimensionNumbers.Dot(
            shift(dims.lhsBatching(), lhs, lhs && rhs),
            shift(dims.rhsBatching(), rhs, lhs && rhs),
            shift(dims.lhsContracting(), lhs, false),
            shift(dims.rhsContracting(), rhs, false));
    int at = 0;
    if (!rhs) {
      at = dims.lhsBatching().size();
    } else if (!lhs) {
      at = c.shape(0).rank() - dims.lhsContracting().size();
    }
    attributes.put("dot_dimension_numbers", batched);
    TensorType type = BatchTypes.insert(c.resultType(), at, c.size);
    Value result =
        c.builder
            .create(
                OpCode.DOT_GENERAL,
                List.of(c.raw(0), c.raw(1)),
                attributes,
                List.of(),
                List.of(type))
            .result();
    return OpContext.one(c.move(result, at, 0));
  }

  private static List<Long> shift(List<Long> dims, boolean batched, boolean front) {
    List<Long> out = new ArrayList<>();
    if (front) {
      out.add(0L);
    }
    dims.forEach(d -> out.add(batched ? d + 1 : d));
    return out;
  }

  /**
   * The legacy dot contracts the last dimension of the first operand with the first of the second.
   */
  static List<BatchedValue> dot(OpContext c) {
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(
            List.of(), List.of(), List.of(c.shape(0).rank() - 1L), List.of(0L));
    return dotGeneral(c, dims, c.attributes());
  }

  /** The batch gets a letter of its own. */
  static List<BatchedValue> einsum(OpContext c) {
    String config = c.op.string("einsum_config", "");
    int arrow = config.indexOf("->");
    if (arrow < 0 || config.contains(".")) {
      return LoopBatching.overBatch(c);
    }
    char letter = 'a';
    while (config.indexOf(letter) >= 0) {
      letter = letter == 'z' ? 'A' : (char) (letter + 1);
      if (letter == 'Z') {
        return LoopBatching.overBatch(c);
      }
    }
    String[] terms = config.substring(0, arrow).split(",", -1);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < terms.length; i++) {
      out.append(i == 0 ? "" : ",").append(c.batched(i) ? letter : "").append(terms[i].strip());
    }
    out.append("->").append(letter).append(config.substring(arrow + 2).strip());
    return c.emit(
        c.rawOperands(0, terms.length),
        c.attributes("einsum_config", new Attribute.Str(out.toString())));
  }

  /**
   * One matrix for the whole batch solves all right-hand sides at once: the batch becomes part of
   * their free dimension.
   */
  static List<BatchedValue> triangularSolve(OpContext c) {
    if (c.batched(0)) {
      return c.emit(c.fullOperands(), c.attributes());
    }
    int rank = c.shape(1).rank();
    int free = c.op.boolAttribute("left_side", true) ? rank - 1 : rank - 2;
    Value merged = c.mergeBatch(c.raw(1), free, 1);
    Value solved =
        c.builder
            .create(
                c.op.code(),
                List.of(c.raw(0), merged),
                c.attributes(),
                List.of(),
                List.of(merged.type()))
            .result();
    return OpContext.one(c.splitBatch(solved, free, 1));
  }
}
