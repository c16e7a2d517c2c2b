package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Mixes a batch with chains of augmentations of it, each chosen at random (Hendrycks et al.,
 * "AugMix", 2019). Which ones is drawn anew in every call from the layer's seed; Keras draws that
 * from Python's generator.
 */
public final class AugMix extends RandomImageLayer<AugMix> {
  private static final List<String> FEW =
      List.of(
          "random_shear",
          "random_translation",
          "random_rotation",
          "random_posterization",
          "solarization",
          "auto_contrast",
          "equalization");
  private static final List<String> COLOURS =
      List.of(
          "random_brightness", "random_color_degeneration", "random_contrast", "random_sharpness");
  private static final Option<Integer> NUM_CHAINS =
      Option.integer("num_chains").defaultTo(3).positive();
  private static final Option<Integer> CHAIN_DEPTH =
      Option.integer("chain_depth").defaultTo(3).positive();
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(0.3);
  private static final Option<Double> ALPHA = Option.real("alpha").defaultTo(1.0).positive();
  private static final Option<Boolean> ALL_OPS = Option.bool("all_ops").defaultTo(true);

  static final Spec SPEC =
      table(
          "AugMix",
          AugMix::new,
          VALUE_RANGE,
          NUM_CHAINS,
          CHAIN_DEPTH,
          FACTOR,
          ALPHA,
          ALL_OPS,
          INTERPOLATION,
          SEED,
          DATA_FORMAT);

  /** One link of a chain: a key, and the chain's weight where it is the last, else 0. */
  private record Link(Tensor key, Tensor first, Tensor weight) {}

  /** The image in work, and what is mixed so far. */
  private record Mixing(Tensor image, Tensor mixed) {}

  private @Nullable AugmentationSet set;

  /** Three chains of three augmentations of strengths up to 0.3. */
  public AugMix() {
    super(SPEC);
  }

  /** Chains of augmentations of strengths up to {@code factor}. */
  public AugMix(int numChains, int chainDepth, double factor) {
    this();
    set(NUM_CHAINS, numChains);
    set(CHAIN_DEPTH, chainDepth);
    setFrom(FACTOR, factor);
  }

  /** Parameter of the distributions of the mixing weights; default 1: uniform. */
  @CanIgnoreReturnValue
  public AugMix alpha(double value) {
    return set(ALPHA, value);
  }

  /**
   * Whether brightness, colour, contrast and sharpness are among the augmentations; default yes.
   */
  @CanIgnoreReturnValue
  public AugMix allOps(boolean value) {
    return set(ALL_OPS, value);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public AugMix valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public AugMix interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  protected void build(Shape input) {
    super.build(input);
    List<String> names = new ArrayList<>(FEW);
    if (get(ALL_OPS)) {
      names.addAll(COLOURS);
    }
    AugmentationSet made =
        new AugmentationSet(
            this, names, get(FACTOR), get(VALUE_RANGE), get(INTERPOLATION), get(DATA_FORMAT));
    made.layers().forEach((name, layer) -> track(name, layer).buildFor(List.of(input)));
    set = made;
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    int chains = get(NUM_CHAINS);
    double alpha = get(ALPHA);
    Tensor gamma = Random.gamma(keys.next(), alpha, DType.F32, chains);
    Tensor weights = Np.divide(gamma, Np.sum(gamma));
    Tensor share = cast(Random.beta(keys.next(), alpha, alpha, DType.F32));
    Tensor linkKey = keys.next();
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(given);
          Tensor mixed = chains(x, cast(weights), linkKey);
          Tensor y = Np.add(Np.multiply(share, x), Np.multiply(Np.subtract(1.0, share), mixed));
          return clip(y, get(VALUE_RANGE));
        };
  }

  private Tensor chains(Tensor x, Tensor weights, Tensor key) {
    int depth = get(CHAIN_DEPTH);
    int links = get(NUM_CHAINS) * depth;
    Tensor position = Np.mod(Np.arange(links), (long) depth);
    Tensor weight =
        Np.where(
            Np.equal(position, depth - 1L),
            Np.repeat(weights, depth, 0),
            Np.zeros(weights.dtype()));
    Link all = new Link(Random.split(key, links), Np.equal(position, 0L), weight);
    Mixing start = new Mixing(x, Np.zerosLike(x));
    return Lax.scan(
            (Mixing state, Link link) -> {
              Tensor image = augmented(Np.where(link.first(), x, state.image()), link.key());
              Tensor mixed = Np.add(state.mixed(), Np.multiply(image, link.weight()));
              return new Lax.Step<>(new Mixing(image, mixed), link.weight());
            },
            start,
            all)
        .carry()
        .mixed();
  }

  /** The image after one of the augmentations, or as it is. */
  private Tensor augmented(Tensor x, Tensor key) {
    Keys keys = Keys.of(key);
    List<Supplier<Tensor>> branches = new ArrayList<>();
    for (ImageLayer<?> layer : Objects.requireNonNull(set).layers().values()) {
      Keys own = Keys.of(Random.foldIn(key, 1000 + branches.size()));
      branches.add(() -> cast(layer.drawFrom(x, own, false).images(x)));
    }
    branches.add(() -> x);
    Tensor choice = Random.randint(keys.next(), 0, branches.size(), DType.I32);
    return Lax.switchCase(choice, branches);
  }
}
