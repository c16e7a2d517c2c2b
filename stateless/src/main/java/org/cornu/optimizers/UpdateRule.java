package org.cornu.optimizers;

import java.util.List;
import org.cornu.tracer.Tensor;

/**
 * The arithmetic of an optimizer for one variable, as a pure function: shared by the Keras classes,
 * which keep the slots in variables, and the functional side, which keeps them in records.
 */
public interface UpdateRule {
  /** How a slot starts. */
  enum Start {
    /** Zeros of the variable's shape. */
    ZEROS,
    /** A copy of the variable. */
    VARIABLE,
    /** A scalar one. */
    SCALAR_ONE,
    /** A scalar zero. */
    SCALAR_ZERO
  }

  /**
   * A tensor kept per variable.
   *
   * @param name Keras' name, {@code momentum}, {@code velocity}
   * @param start how it starts
   * @param value what {@link Start#ZEROS} adds: the initial accumulator of Adagrad
   */
  record Slot(String name, Start start, double value) {
    /** A slot of zeros. */
    public static Slot zeros(String name) {
      return new Slot(name, Start.ZEROS, 0);
    }
  }

  /**
   * What one update sees.
   *
   * @param weight the variable
   * @param gradient its gradient, of the same shape and type
   * @param slots the variable's slots
   * @param learningRate scalar of the weight's type
   * @param step updates done so far plus one, scalar of the weight's type
   */
  record Input(
      Tensor weight, Tensor gradient, List<Tensor> slots, Tensor learningRate, Tensor step) {}

  /** The new weight and slots. */
  record Output(Tensor weight, List<Tensor> slots) {}

  /** The slots of a variable. */
  List<Slot> slots();

  /** One update. */
  Output update(Input input);
}
