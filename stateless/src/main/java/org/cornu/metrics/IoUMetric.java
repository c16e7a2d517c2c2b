package org.cornu.metrics;

import java.util.List;
import java.util.Objects;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Mean over classes of intersection over union, from a confusion matrix. */
abstract class IoUMetric extends Metric {
  static final Option<Integer> NUM_CLASSES = Option.integer("num_classes").required().positive();
  static final Option<List<Integer>> TARGET_CLASS_IDS = Option.ints("target_class_ids").required();
  static final Option<Integer> IGNORE_CLASS = Option.integer("ignore_class").nullable();
  static final Option<Boolean> SPARSE_Y_TRUE = Option.bool("sparse_y_true").defaultTo(true);
  static final Option<Boolean> SPARSE_Y_PRED = Option.bool("sparse_y_pred").defaultTo(true);
  static final Option<Integer> AXIS = Option.integer("axis").defaultTo(-1);

  private static final double EPSILON = 1e-7;

  private @Nullable Variable matrix;

  IoUMetric(Spec spec) {
    super(spec);
  }

  int classes() {
    return get(NUM_CLASSES);
  }

  /** The classes that count; null for all. */
  abstract @Nullable List<Integer> targets();

  /** Class indices of labels. */
  Tensor labels(Tensor yTrue) {
    return yTrue;
  }

  /** Class indices of predictions. */
  Tensor predictions(Tensor yPred) {
    return yPred;
  }

  @Nullable Integer ignored() {
    return null;
  }

  @Override
  public DType dtype() {
    String name = getOrNull(DTYPE);
    return name == null ? DType.I32 : Promotion.byName(name);
  }

  @Override
  public Direction direction() {
    return Direction.UP;
  }

  @Override
  protected void addState(List<Shape> inputs) {
    List<Integer> targets = targets();
    if (targets != null && targets.stream().anyMatch(c -> c < 0 || c >= classes())) {
      throw new ConfigException(
          name() + ": target classes must be in [0, " + classes() + "): got " + targets);
    }
    matrix = addVariable("total_confusion_matrix", dtype(), classes(), classes());
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Tensor t = Np.ravel(Lax.convertElementType(labels(inputs.get(0)), DType.I32));
    Tensor p = Np.ravel(Lax.convertElementType(predictions(inputs.get(1)), DType.I32));
    Integer ignored = ignored();
    Tensor rows = Nn.oneHot(t, classes(), -1, dtype()); // all zero where out of range
    Tensor columns = Nn.oneHot(p, classes(), -1, dtype());
    if (ignored != null) {
      rows = Np.where(Np.expandDims(t.ne((long) ignored), 1), rows, 0L);
    }
    if (sampleWeight != null) {
      Tensor weight = cast(sampleWeight);
      Tensor flat = weight.rank() > 1 ? Np.ravel(weight) : weight;
      rows = rows.mul(Np.expandDims(Np.broadcastTo(flat, t.shape().dims()), 1));
    }
    Variable counts = Objects.requireNonNull(matrix);
    counts.assign(counts.value().add(rows.transpose().matmul(columns)));
  }

  @Override
  public Tensor result() {
    variables(); // makes the state
    Tensor counts = Objects.requireNonNull(matrix).value();
    Tensor right = Np.diagonal(counts);
    Tensor union = Np.sum(counts, 0).add(Np.sum(counts, 1)).sub(right);
    List<Integer> targets = targets();
    if (targets != null) {
      Tensor ids =
          Tensor.of(targets.stream().mapToInt(Integer::intValue).toArray(), targets.size());
      right = Np.take(right, ids, 0);
      union = Np.take(union, ids, 0);
    }
    Tensor all = Lax.convertElementType(union, DType.F32);
    Tensor common = Lax.convertElementType(right, DType.F32);
    Tensor present = all.gt(1e-9);
    Tensor iou = Np.where(present, common.div(all.add(EPSILON)), 0.0);
    Tensor number = Np.sum(Lax.convertElementType(present, DType.F32));
    return Np.sum(iou).div(number.add(EPSILON));
  }

  /** Class indices of scores. */
  final Tensor best(Tensor scores, int axis) {
    return Np.argmax(scores, axis);
  }
}
