package org.cornu.optim;

import java.util.List;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of an optimizer for one variable, as a pure function: shared by the classes of
 * {@code org.cornu.optimizers}, which keep the slots in variables, and the {@link Transformation}s,
 * which keep them in trees. All tensors of one update have the element type of the weight.
 */
public interface UpdateRule {
  /**
   * A tensor kept per variable.
   *
   * @param name Keras' name, {@code momentum}, {@code velocity}
   * @param shape its shape
   * @param value what it is filled with at the start, unless it starts as a copy of the weight
   * @param copiesWeight whether it starts as a copy of the weight
   * @param block whether Keras lists these slots of all variables together, after the slots that it
   *     lists variable by variable
   * @param dtype element type; null for the weight's
   */
  record Slot(
      String name,
      Shape shape,
      double value,
      boolean copiesWeight,
      boolean block,
      @Nullable DType dtype) {
    /** A slot of zeros. */
    public static Slot zeros(String name, Shape shape) {
      return filled(name, shape, 0);
    }

    /** A slot filled with one number. */
    public static Slot filled(String name, Shape shape, double value) {
      return new Slot(name, shape, value, false, false, null);
    }

    /** A slot that starts as a copy of the weight. */
    public static Slot copy(String name, Shape shape) {
      return new Slot(name, shape, 0, true, false, null);
    }

    /** The same slot, listed after those of all variables. */
    public Slot inBlock() {
      return new Slot(name, shape, value, copiesWeight, true, dtype);
    }

    /** The same slot, of this element type whatever the weight's is. */
    public Slot as(DType type) {
      return new Slot(name, shape, value, copiesWeight, block, type);
    }

    /** Element type beside a weight of this type. */
    public DType dtypeFor(DType weight) {
      return dtype == null ? weight : dtype;
    }
  }

  /**
   * What one update sees.
   *
   * @param weight the variable
   * @param gradient its gradient, of the same shape and type
   * @param slots the variable's slots
   * @param shared the slots that all variables share, already advanced to this step
   * @param learningRate scalar
   * @param step updates done so far plus one, scalar
   */
  record Input(
      Tensor weight,
      Tensor gradient,
      List<Tensor> slots,
      List<Tensor> shared,
      Tensor learningRate,
      Tensor step) {}

  /** The new weight and slots. */
  record Output(Tensor weight, List<Tensor> slots) {}

  /** The slots of a variable of this shape. */
  List<Slot> slots(Shape shape);

  /** One update. */
  Output update(Input input);

  /** Scalars that all variables share; none unless overridden. */
  default List<Slot> shared() {
    return List.of();
  }

  /**
   * The shared scalars of this step from those of the last.
   *
   * @param step updates done so far plus one, scalar of the type of {@code shared}
   */
  default List<Tensor> advance(List<Tensor> shared, Tensor step) {
    return shared;
  }
}
