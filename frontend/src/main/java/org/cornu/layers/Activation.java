package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** An activation function as a layer. */
public final class Activation extends Layer<Activation> {
  private static final Option<org.cornu.activations.Activation> FUNCTION =
      Option.object("activation", org.cornu.activations.Activation.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.layers", "Activation").base(OPTIONS).options(FUNCTION).create(Activation::new);

  private Activation() {
    super(SPEC);
  }

  /** With this function. */
  public Activation(org.cornu.activations.Activation function) {
    this();
    set(FUNCTION, function);
  }

  /** With the function of this name. */
  public Activation(String name) {
    this(Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return get(FUNCTION).apply(x);
  }

  @Override
  protected boolean supportsMasking() {
    return true;
  }
}
