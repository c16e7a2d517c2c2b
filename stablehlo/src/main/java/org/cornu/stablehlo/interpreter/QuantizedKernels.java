package org.cornu.stablehlo.interpreter;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.QuantizedType;

/** Between stored integers and the floats they stand for (spec, "Quantization"). */
final class QuantizedKernels {
  private QuantizedKernels() {}

  /** {@code (stored - zero point) * scale}. */
  static Array dequantize(Array x, QuantizedType type) {
    double[] out = new double[x.count];
    for (int i = 0; i < out.length; i++) {
      int channel = channel(x, type, i);
      double difference = x.longs[i] - type.zeroPoints().get(channel);
      out[i] = Rounding.round(type.expressed(), difference) * scale(type, channel);
    }
    return Array.rounded(type.expressed(), x.dims, out);
  }

  /**
   * {@code round(x / scale) + zero point}, clamped to the storage range; NaN is stored as 0, as the
   * official interpreter does.
   */
  static Array quantize(Array x, QuantizedType type) {
    long[] out = new long[x.count];
    for (int i = 0; i < out.length; i++) {
      int channel = channel(x, type, i);
      double quotient = Rounding.round(type.expressed(), x.re[i] / scale(type, channel));
      double stored = Math.rint(quotient) + type.zeroPoints().get(channel);
      double number = Double.isNaN(stored) ? 0 : stored;
      out[i] = (long) Math.max(type.storageMin(), Math.min(type.storageMax(), number));
    }
    return Array.ofLongs(type, x.dims, out);
  }

  private static double scale(QuantizedType type, int channel) {
    DType expressed = type.expressed();
    return Rounding.round(expressed, type.scales().get(channel));
  }

  private static int channel(Array x, QuantizedType type, int i) {
    if (!type.isPerAxis()) {
      return 0;
    }
    return i / Indexing.product(x.dims, type.axis() + 1, x.rank()) % x.dims[type.axis()];
  }
}
