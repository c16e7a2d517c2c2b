package org.cornu.layers;

import org.cornu.activations.Activation;
import org.cornu.config.Option;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;

/** The options that layers with a kernel and a bias share. */
final class Kernel {
  static final Option<Activation> ACTIVATION =
      Option.object("activation", Activation.FAMILY).nullMeans("linear");
  static final Option<Boolean> USE_BIAS = Option.bool("use_bias").defaultTo(true);
  static final Option<Initializer> KERNEL_INITIALIZER =
      Option.object("kernel_initializer", Initializer.FAMILY).defaultTo("glorot_uniform");
  static final Option<Initializer> BIAS_INITIALIZER =
      Option.object("bias_initializer", Initializer.FAMILY).defaultTo("zeros");
  static final Option<Regularizer> KERNEL_REGULARIZER =
      Option.object("kernel_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Regularizer> BIAS_REGULARIZER =
      Option.object("bias_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Regularizer> ACTIVITY_REGULARIZER =
      Option.object("activity_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> KERNEL_CONSTRAINT =
      Option.object("kernel_constraint", Constraint.FAMILY).nullable();
  static final Option<Constraint> BIAS_CONSTRAINT =
      Option.object("bias_constraint", Constraint.FAMILY).nullable();

  private Kernel() {}
}
