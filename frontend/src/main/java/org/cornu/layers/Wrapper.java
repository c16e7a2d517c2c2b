package org.cornu.layers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;

/**
 * A layer around another one.
 *
 * @param <L> the layer class itself
 */
public abstract class Wrapper<L extends Wrapper<L>> extends Layer<L> {
  static final Option<Layer<?>> LAYER = Option.object("layer", Layer.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.layers", "Wrapper").base(OPTIONS).options(LAYER).create(Plain::new);

  Wrapper(Spec spec) {
    super(spec);
  }

  /** The wrapped layer. */
  public final Layer<?> layer() {
    return get(LAYER);
  }

  @Override
  protected void build(Shape input) {
    track("layer", layer()).buildFor(List.of(input));
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    return layer().applyWith(x, Call.DEFAULT.mask(call.maskOf(0)));
  }

  /** A wrapper that only passes on. */
  private static final class Plain extends Wrapper<Plain> {
    Plain() {
      super(SPEC);
    }
  }

  /** A wrapper that only passes on to its layer; other wrappers extend this class. */
  public static Wrapper<?> of(Layer<?> layer) {
    return new Plain().set(LAYER, layer);
  }
}
