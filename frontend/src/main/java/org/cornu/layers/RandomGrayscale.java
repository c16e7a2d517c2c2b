package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Image;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/** Takes the colour out of some images; they keep three channels. */
public final class RandomGrayscale extends RandomImageLayer<RandomGrayscale> {
  private static final Option<Double> FACTOR = Option.real("factor").defaultTo(0.5).within(0, 1);

  private static final Option<Long> SEED_UNSAVED = SEED.notInConfig();

  static final Spec SPEC =
      table("RandomGrayscale", RandomGrayscale::new, FACTOR, DATA_FORMAT, SEED_UNSAVED);

  /** Every other image, on average. */
  public RandomGrayscale() {
    super(SPEC);
  }

  /** With this probability. */
  public RandomGrayscale(double factor) {
    this();
    set(FACTOR, factor);
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    Tensor happens = Np.less(uniform(keys, 0, 1, images.size(0)), get(FACTOR));
    return (Augmentation.Colour)
        x -> Np.where(perImage(happens), Image.rgbToGrayscale(x, format()), x);
  }
}
