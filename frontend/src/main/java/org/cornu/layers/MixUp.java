package org.cornu.layers;

import java.util.Arrays;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;

/**
 * Mixes each image, and its label, with another one of the batch, by a share that is Beta
 * distributed (Zhang et al., "mixup", 2017).
 *
 * <pre>{@code
 * LabeledImages mixed = new MixUp(0.2).augment(LabeledImages.of(images, oneHotLabels));
 * }</pre>
 */
public final class MixUp extends RandomImageLayer<MixUp> {
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(0.2).positive();

  static final Spec SPEC = table("MixUp", MixUp::new, ALPHA, DATA_FORMAT, SEED);

  /** With alpha 0.2: mostly the image itself or the other one. */
  public MixUp() {
    super(SPEC);
  }

  /** With shares of the distribution Beta(alpha, alpha). */
  public MixUp(double alpha) {
    this();
    set(ALPHA, alpha);
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int batch = images.size(0);
    Tensor order = Random.permutation(keys.next(), batch);
    Tensor share = Random.beta(keys.next(), get(ALPHA), get(ALPHA), DType.F32, batch);
    return new Augmentation() {
      private Tensor mixed(Tensor x, Tensor weight) {
        Tensor other = Np.take(x, order, 0);
        return Np.add(Np.multiply(weight, x), Np.multiply(Np.subtract(1.0, weight), other));
      }

      @Override
      public Tensor images(Tensor x) {
        return mixed(cast(x), cast(perImage(share)));
      }

      @Override
      public Tensor labels(Tensor labels) {
        return mixed(labels, perRow(labels, share));
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return mixed(masks, perImage(share));
      }

      /** Those of both images. */
      @Override
      public Tensor boxes(Tensor boxes) {
        return Np.concatenate(List.of(boxes, Np.take(boxes, order, 0)), 1);
      }

      @Override
      public Tensor boxLabels(Tensor labels) {
        return boxes(labels);
      }
    };
  }

  /** One number for each row of labels of any rank. */
  static Tensor perRow(Tensor labels, Tensor numbers) {
    long[] dims = new long[labels.rank()];
    Arrays.fill(dims, 1);
    dims[0] = numbers.count();
    return Np.reshape(numbers, dims);
  }
}
