package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.FillMode;
import org.cornu.ops.Image;
import org.cornu.ops.Interpolation;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.SeedGenerator;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * An image layer that draws random numbers in training: for each image of a batch, from a stream of
 * its own and in Keras' order, so that the same seed gives the same images.
 *
 * @param <L> the layer class itself
 */
public abstract class RandomImageLayer<L extends RandomImageLayer<L>> extends ImageLayer<L> {
  static final Option<Long> SEED = Option.longInteger("seed").nullable();
  static final Option<String> INTERPOLATION =
      Option.choice("interpolation", "nearest", "bilinear").defaultTo("bilinear");
  static final Option<String> FILL_MODE =
      Option.choice("fill_mode", "reflect", "wrap", "constant", "nearest").defaultTo("reflect");
  static final Option<Double> FILL_VALUE = Option.real("fill_value").defaultTo(0.0);

  private @Nullable SeedGenerator seeds;

  RandomImageLayer(Spec spec) {
    super(spec);
  }

  /** Seed of the random numbers; default a random one. */
  @CanIgnoreReturnValue
  public final L seed(long value) {
    return set(SEED, value);
  }

  /**
   * What happens to a batch in training.
   *
   * @param images always a batch
   * @param keys where random numbers come from, to be drawn in Keras' order
   */
  abstract Augmentation draw(Tensor images, Keys keys);

  @Override
  protected void build(Shape input) {
    super.build(input);
    seeds = addSeedGenerator(spec().option(SEED.key()) == null ? null : getOrNull(SEED));
  }

  @Override
  Augmentation drawFrom(Tensor images, Keys keys, boolean one) {
    return draw(images, keys);
  }

  @Override
  final Augmentation choose(Tensor images, boolean training, boolean one) {
    return training
        ? drawFrom(images, Objects.requireNonNull(seeds)::next, one)
        : prepare(images, false);
  }

  /** Uniform random numbers in f32. */
  static Tensor uniform(Keys keys, double low, double high, long... dims) {
    return new Factor(low, high).draw(keys, DType.F32, dims);
  }

  /** Whether something happens, for each image: with a probability drawn of the range. */
  static Tensor happens(Factor probability, Keys keys, long batch) {
    Tensor likely = probability.draw(keys, DType.F32, batch);
    return Np.less(uniform(keys, 0, 1, batch), likely);
  }

  /** How images are read between pixels and beyond their edges. */
  final Tensor affine(Tensor images, Tensor transform, String interpolation) {
    return Image.affineTransform(
        images,
        transform,
        Interpolation.of(interpolation),
        FillMode.of(get(FILL_MODE)),
        get(FILL_VALUE),
        format());
  }

  /** An affine map of positions, for each image; boxes are moved by the layer. */
  abstract class Affine implements Augmentation {
    private final Tensor transform;

    /**
     * An augmentation.
     *
     * @param transform {@code [batch, 8]}, from output to input positions
     */
    Affine(Tensor transform) {
      this.transform = transform;
    }

    @Override
    public Tensor images(Tensor images) {
      return affine(cast(images), transform, get(INTERPOLATION));
    }

    @Override
    public Tensor segmentationMasks(Tensor masks) {
      return affine(masks, transform, "nearest");
    }
  }
}
