package org.cornu.layers;

import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.Shape;

/**
 * A layer around another one.
 *
 * @param <L> the layer class itself
 */
public abstract class Wrapper<L extends Wrapper<L>> extends Layer<L> {
  static final Option<Layer<?>> LAYER = Option.object("layer", Layer.FAMILY).required();

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
}
