package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;

/** The batch normalization ops in plain ones (spec, "batch_norm_*"). */
final class Normalizations {
  private final Emit e;
  private final Builder b;
  private final int feature;
  private final double epsilon;
  private final Shape shape;
  private final long[] reduced;
  private final double count;

  private Normalizations(Builder b, Op op) {
    this.e = new Emit(b);
    this.b = b;
    this.feature = (int) op.intAttribute("feature_index", 0);
    this.epsilon = op.attribute("epsilon", org.cornu.stablehlo.ir.Attribute.Real.class).value();
    this.shape = op.operand(0).shape();
    this.reduced = Emit.others(shape.rank(), feature);
    this.count = (double) shape.count() / Math.max(1, shape.dim(feature));
  }

  private Value wide(Value perFeature) {
    return b.broadcastInDim(perFeature, shape, feature);
  }

  private Value mean(Value x) {
    Value sum = e.reduceSum(x, reduced);
    return b.divide(sum, e.like(sum, count));
  }

  static List<Value> inference(Builder b, Op op, List<Value> xs) {
    Normalizations n = new Normalizations(b, op);
    return List.of(n.normalized(xs.get(0), xs.get(1), xs.get(2), xs.get(3), xs.get(4)));
  }

  private Value normalized(Value x, Value scale, Value offset, Value mean, Value variance) {
    Value deviation = b.sqrt(e.plus(variance, epsilon));
    Value centered = b.subtract(x, wide(mean));
    Value scaled = b.multiply(wide(scale), b.divide(centered, wide(deviation)));
    return b.add(scaled, wide(offset));
  }

  static List<Value> training(Builder b, Op op, List<Value> xs) {
    Normalizations n = new Normalizations(b, op);
    Value x = xs.get(0);
    Value mean = n.mean(x);
    Value variance = n.mean(n.e.square(b.subtract(x, n.wide(mean))));
    return List.of(n.normalized(x, xs.get(1), xs.get(2), mean, variance), mean, variance);
  }

  static List<Value> gradient(Builder b, Op op, List<Value> xs) {
    Normalizations n = new Normalizations(b, op);
    Emit e = n.e;
    Value x = xs.get(0);
    Value scale = xs.get(1);
    Value gradOutput = xs.get(4);
    Value inverse = b.rsqrt(e.plus(xs.get(3), n.epsilon));
    Value normal = b.multiply(b.subtract(x, n.wide(xs.get(2))), n.wide(inverse));
    Value gradOffset = e.reduceSum(gradOutput, n.reduced);
    Value gradScale = e.reduceSum(b.multiply(gradOutput, normal), n.reduced);
    Value meanOffset = b.divide(gradOffset, e.like(gradOffset, n.count));
    Value meanScale = b.divide(gradScale, e.like(gradScale, n.count));
    Value centered =
        b.subtract(
            b.subtract(gradOutput, n.wide(meanOffset)), b.multiply(normal, n.wide(meanScale)));
    Value gradOperand = b.multiply(n.wide(b.multiply(scale, inverse)), centered);
    return List.of(gradOperand, gradScale, gradOffset);
  }
}
