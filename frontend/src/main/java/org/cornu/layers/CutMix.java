package org.cornu.layers;

import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.tracer.Tensor;

/**
 * Puts a random rectangle of another image of the batch into each image; labels are mixed by area
 * (Yun et al., "CutMix", 2019).
 */
public final class CutMix extends RandomImageLayer<CutMix> {
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(1.0);

  static final Spec SPEC = table("CutMix", CutMix::new, FACTOR, SEED, DATA_FORMAT);

  /** With the parameter of the Beta distribution of areas drawn between 0 and 1. */
  public CutMix() {
    super(SPEC);
  }

  /** With the parameter of the Beta distribution of areas drawn between 0 and this. */
  public CutMix(double factor) {
    this();
    setFrom(FACTOR, factor);
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation drawFrom(Tensor images, Keys keys, boolean one) {
    return one ? Augmentation.NONE : draw(images, keys);
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor alpha = Np.add(get(FACTOR).draw(keys, computeDType()), 1e-6);
    Tensor kept = Random.beta(keys.next(), alpha, alpha, computeDType(), batch);
    Tensor ratio = Np.sqrt(Np.subtract(1.0, kept));
    BoxCut box = BoxCut.draw(this, images, ratio, ratio, keys);
    Tensor order = Random.permutation(keys.next(), batch);
    return new Augmentation() {
      @Override
      public Tensor images(Tensor given) {
        Tensor x = cast(given);
        return Np.where(box.inside(), Np.take(x, order, 0), x);
      }

      @Override
      public Tensor labels(Tensor labels) {
        Tensor share = MixUp.perRow(labels, box.share());
        Tensor other = Np.take(labels, order, 0);
        return Np.add(Np.multiply(Np.subtract(1.0, share), labels), Np.multiply(share, other));
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return images(masks);
      }
    };
  }
}
