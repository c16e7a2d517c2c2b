package org.cornu.quantizers;

import org.cornu.config.Configured;
import org.cornu.config.Family;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Turns numbers into integers of few bits and a scale. */
public abstract class Quantizer extends Configured<Quantizer> {
  /** All quantizers, by name. */
  public static final Family<Quantizer> FAMILY = Family.of("quantizer", Quantizer.class);

  /** Keras' name of the type of the integers. */
  public static final Option<String> OUTPUT_DTYPE =
      Option.choice("output_dtype", "int8").defaultTo("int8");

  /** Makes a quantizer of this table. */
  protected Quantizer(Spec spec) {
    super(spec);
  }

  /** The integers and their scale, which has size 1 at the axes. */
  public abstract Quantizers.Scaled apply(Tensor x, int... axes);
}
