package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;
import org.jspecify.annotations.Nullable;

/** The options that recurrent layers and their cells share. */
final class Recurrent {
  static final Option<Integer> UNITS = Option.integer("units").required().positive();
  static final Option<org.cornu.activations.Activation> ACTIVATION =
      Option.object("activation", org.cornu.activations.Activation.FAMILY)
          .defaultTo("tanh")
          .nullMeans("linear");
  static final Option<org.cornu.activations.Activation> RECURRENT_ACTIVATION =
      Option.object("recurrent_activation", org.cornu.activations.Activation.FAMILY)
          .defaultTo("sigmoid")
          .nullMeans("linear");
  static final Option<Initializer> INITIALIZER =
      Option.object("recurrent_initializer", Initializer.FAMILY).defaultTo("orthogonal");
  static final Option<Regularizer> REGULARIZER =
      Option.object("recurrent_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> CONSTRAINT =
      Option.object("recurrent_constraint", Constraint.FAMILY).nullable();
  static final Option<Double> DROPOUT = Option.real("dropout").defaultTo(0.0).within(0, 1);
  static final Option<Double> RECURRENT_DROPOUT =
      Option.real("recurrent_dropout").defaultTo(0.0).within(0, 1);
  static final Option<Boolean> UNIT_FORGET_BIAS = Option.bool("unit_forget_bias").defaultTo(true);
  static final Option<Boolean> RESET_AFTER = Option.bool("reset_after").defaultTo(true);

  static final Option<Boolean> RETURN_SEQUENCES = Option.bool("return_sequences").defaultTo(false);
  static final Option<Boolean> RETURN_STATE = Option.bool("return_state").defaultTo(false);
  static final Option<Boolean> GO_BACKWARDS = Option.bool("go_backwards").defaultTo(false);
  static final Option<Boolean> STATEFUL = Option.bool("stateful").defaultTo(false);
  static final Option<Boolean> UNROLL = Option.bool("unroll").defaultTo(false);
  static final Option<Boolean> ZERO_OUTPUT_FOR_MASK =
      Option.bool("zero_output_for_mask").defaultTo(false);

  /** Where there is a choice of implementations, XLA makes it. */
  static final Option<Object> USE_CUDNN = Option.tree("use_cudnn").defaultTo("auto").notInConfig();

  /** What Keras takes and writes for all recurrent layers, though most signatures don't name it. */
  static final List<Option<?>> BASE;

  static {
    List<Option<?>> base = new ArrayList<>(Layer.OPTIONS);
    base.add(ZERO_OUTPUT_FOR_MASK);
    BASE = List.copyOf(base);
  }

  private Recurrent() {}

  /** Sets an option of what takes these. */
  @SuppressWarnings("unchecked") // by their bound, only layers of class L take options of an L
  static <L extends Layer<L>, T> L set(
      RecurrentOptions<L> owner, Option<T> option, @Nullable T value) {
    return ((L) owner).option(option, value);
  }
}
