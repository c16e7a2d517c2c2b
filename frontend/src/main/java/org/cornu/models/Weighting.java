package org.cornu.models;

import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;

/** Sample weights from class weights. */
final class Weighting {
  private Weighting() {}

  static Data byClass(Data data, Map<Integer, Double> weights) {
    if (weights.isEmpty()) {
      return data;
    }
    if (data.y().size() != 1) {
      throw new IllegalArgumentException(
          "fit: classWeight needs one array of labels: got " + data.y().size());
    }
    if (data.sampleWeight() != null) {
      throw new IllegalArgumentException(
          "fit: classWeight and sample weights can not be given together");
    }
    Literal y = data.y().get(0);
    int n = data.size();
    int classes = n == 0 ? 1 : y.count() / n;
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      int label = 0;
      if (classes == 1) {
        label = (int) Math.rint(y.doubleAt(i));
      } else {
        for (int c = 1; c < classes; c++) {
          if (y.doubleAt(i * classes + c) > y.doubleAt(i * classes + label)) {
            label = c;
          }
        }
      }
      out[i] = weights.getOrDefault(label, 1.0);
    }
    Literal weight = Literal.ofDoubles(TensorType.of(DType.F32, n), out);
    return data.withSampleWeight(weight);
  }
}
