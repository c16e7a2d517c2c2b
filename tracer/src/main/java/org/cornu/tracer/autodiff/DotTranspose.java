package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of products of tensors, in one factor each. */
final class DotTranspose {
  private DotTranspose() {}

  static List<@Nullable Value> dot(TransposeSite s) {
    DimensionNumbers.Dot dims = dims(s);
    List<@Nullable Value> out = s.empty();
    if (s.isLinear(0)) {
      out.set(0, side(s, dims, 0, s.x(1)));
    }
    if (s.isLinear(1)) {
      out.set(1, side(s, dims, 1, s.x(0)));
    }
    return out;
  }

  private static DimensionNumbers.Dot dims(TransposeSite s) {
    if (s.op.code() == OpCode.DOT_GENERAL) {
      return s.op.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    }
    // the legacy dot contracts the last dimension of lhs with the first of rhs
    return new DimensionNumbers.Dot(
        List.of(), List.of(), List.of(s.type(0).rank() - 1L), List.of(0L));
  }

  /**
   * The cotangent of factor {@code which}: the result's cotangent times the other factor,
   * contracted over what the result has of the other. It comes with batch dimensions first, then
   * those the factor kept, then those it contracted in the other's order, and is permuted back.
   */
  private static Value side(TransposeSite s, DimensionNumbers.Dot dims, int which, Value other) {
    boolean left = which == 0;
    List<Long> ownBatch = left ? dims.lhsBatching() : dims.rhsBatching();
    List<Long> ownContracted = left ? dims.lhsContracting() : dims.rhsContracting();
    List<Long> otherBatch = left ? dims.rhsBatching() : dims.lhsBatching();
    List<Long> otherContracted = left ? dims.rhsContracting() : dims.lhsContracting();
    long[] ownKept = kept(s.type(which).rank(), ownBatch, ownContracted);
    long[] otherKept = kept(other.shape().rank(), otherBatch, otherContracted);
    int batch = ownBatch.size();
    long otherAt = left ? batch + ownKept.length : batch;

    DimensionNumbers.Dot back =
        new DimensionNumbers.Dot(
            Emit.list(Emit.range(0, batch)),
            otherBatch,
            Emit.list(Emit.range(otherAt, otherAt + otherKept.length)),
            Emit.list(otherKept));
    Value ct = s.ct();
    DType dtype = ct.dtype();
    Value factor = s.e.convert(other, dtype);

    List<Long> order = new ArrayList<>(ownBatch);
    order.addAll(Emit.list(ownKept));
    List<Integer> contracted = new ArrayList<>();
    for (int i = 0; i < ownContracted.size(); i++) {
      contracted.add(i);
    }
    contracted.sort(Comparator.comparing(otherContracted::get));
    contracted.forEach(i -> order.add(ownContracted.get(i)));
    long[] sizes = order.stream().mapToLong(d -> s.type(which).dim(d.intValue())).toArray();

    Map<String, Attribute> attributes = new TreeMap<>();
    attributes.put("dot_dimension_numbers", back);
    for (String key : List.of("precision_config", "algorithm")) {
      Attribute attribute = s.op.attribute(key);
      if (attribute != null) {
        attributes.put(key, attribute);
      }
    }
    Value product =
        s.b
            .create(
                OpCode.DOT_GENERAL,
                List.of(ct, factor),
                attributes,
                List.of(),
                List.of(TensorType.of(dtype, Shape.of(sizes))))
            .result();
    Value placed = s.e.transpose(product, Emit.inverse(Emit.longs(order)));
    return s.e.convert(placed, s.type(which).dtype());
  }

  private static long[] kept(int rank, List<Long> batch, List<Long> contracted) {
    List<Long> used = new ArrayList<>(batch);
    used.addAll(contracted);
    return Emit.others(rank, Emit.longs(used));
  }

  /** Exchanges the labels of the factor and of the result. */
  static List<@Nullable Value> einsum(TransposeSite s) {
    String config = s.op.string("einsum_config", "");
    String[] sides = config.split("->", 2);
    String[] factors = sides[0].split(",", 2);
    List<@Nullable Value> out = s.empty();
    for (int i = 0; i < 2; i++) {
      if (!s.isLinear(i)) {
        continue;
      }
      String own = factors[i];
      String other = factors[1 - i];
      boolean fits = sides.length == 2 && own.chars().distinct().count() == own.length();
      for (int k = 0; k < own.length(); k++) {
        char label = own.charAt(k);
        fits &= other.indexOf(label) >= 0 || sides[1].indexOf(label) >= 0;
      }
      if (!fits) {
        throw s.missing(
            "the labels '" + config + "' sum or repeat one within a factor; use dot_general");
      }
      String back = sides[1] + "," + other + "->" + own;
      out.set(
          i,
          s.b
              .create(
                  OpCode.EINSUM,
                  List.of(s.ct(), s.x(1 - i)),
                  Map.of("einsum_config", new Attribute.Str(back)),
                  List.of(),
                  List.of(s.type(i)))
              .result());
    }
    return out;
  }

  static Value unaryEinsum(TransposeSite s) {
    String config = s.op.string("einsum_config", "");
    String[] sides = config.split("->", 2);
    String from = sides[0].trim();
    String to = sides.length == 2 ? sides[1].trim() : from;
    if (from.chars().distinct().count() != from.length()) {
      throw s.missing("the labels '" + config + "' take a diagonal");
    }
    long[] places = to.chars().mapToLong(from::indexOf).toArray();
    return s.b.broadcastInDim(s.ct(), s.type(0).shape(), places);
  }
}
