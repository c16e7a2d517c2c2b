package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.constraints.Constraint;
import org.cornu.initializers.Initializer;
import org.cornu.regularizers.Regularizer;

/** The options of a depthwise kernel. */
final class Depthwise {
  static final Option<Integer> MULTIPLIER =
      Option.integer("depth_multiplier").defaultTo(1).positive();
  static final Option<Initializer> INITIALIZER =
      Option.object("depthwise_initializer", Initializer.FAMILY).defaultTo("glorot_uniform");
  static final Option<Regularizer> REGULARIZER =
      Option.object("depthwise_regularizer", Regularizer.FAMILY).nullable();
  static final Option<Constraint> CONSTRAINT =
      Option.object("depthwise_constraint", Constraint.FAMILY).nullable();

  private Depthwise() {}
}
