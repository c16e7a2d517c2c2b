package org.cornu.stablehlo.ir;

import java.util.List;

/**
 * {@code !quant.uniform<storage<min:max>:expressed:axis, {scale:zeroPoint, ...}>} (StableHLO spec,
 * "Quantized element types").
 *
 * @param storage integer type of the stored value
 * @param storageMin smallest stored value
 * @param storageMax largest stored value
 * @param expressed float type that the values stand for
 * @param axis dimension with one scale per index, or -1 for one scale in all
 * @param scales positive scales, one or one per index of {@code axis}
 * @param zeroPoints stored value that stands for 0, as many as scales
 */
public record QuantizedType(
    DType storage,
    long storageMin,
    long storageMax,
    DType expressed,
    int axis,
    List<Double> scales,
    List<Long> zeroPoints)
    implements ElementType {

  /** Copies the lists. */
  public QuantizedType {
    scales = List.copyOf(scales);
    zeroPoints = List.copyOf(zeroPoints);
  }

  /** True when every index of one dimension has its own scale. */
  public boolean isPerAxis() {
    return axis >= 0;
  }

  @Override
  public String mlir() {
    boolean unsigned = storage.isUnsigned();
    StringBuilder out = new StringBuilder("!quant.uniform<");
    out.append(unsigned ? "u" : "i").append(storage.bits());
    long fullMin = unsigned ? 0 : -(1L << (storage.bits() - 1));
    long fullMax = unsigned ? (1L << storage.bits()) - 1 : (1L << (storage.bits() - 1)) - 1;
    if (storageMin != fullMin || storageMax != fullMax) {
      out.append('<').append(storageMin).append(':').append(storageMax).append('>');
    }
    out.append(':').append(expressed.mlir());
    if (isPerAxis()) {
      out.append(':').append(axis).append(", {");
    } else {
      out.append(", ");
    }
    for (int i = 0; i < scales.size(); i++) {
      out.append(i == 0 ? "" : ",").append(scaleText(scales.get(i)));
      if (zeroPoints.get(i) != 0) {
        out.append(':').append(zeroPoints.get(i));
      }
    }
    return out.append(isPerAxis() ? "}>" : ">").toString();
  }

  private static String scaleText(double scale) {
    String text = Double.toString(scale);
    int exponent = text.indexOf('E');
    // MLIR wants a '.' in the mantissa; Java always writes one.
    return exponent < 0 ? text : text.replace("E", "e");
  }

  @Override
  public String toString() {
    return mlir();
  }
}
