package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Index;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Applies a few augmentations to a batch, chosen at random of eleven (Cubuk et al., "RandAugment",
 * 2019).
 */
public final class RandAugment extends RandomImageLayer<RandAugment> {
  private static final List<String> NAMES =
      List.of(
          "random_shear",
          "random_translation",
          "random_rotation",
          "random_brightness",
          "random_color_degeneration",
          "random_contrast",
          "random_sharpness",
          "random_posterization",
          "solarization",
          "auto_contrast",
          "equalization");
  private static final Option<Integer> NUM_OPS = Option.integer("num_ops").defaultTo(2).positive();
  private static final Option<Factor> FACTOR = Factor.option("factor", 0, 1).defaultTo(0.5);

  static final Spec SPEC =
      table(
          "RandAugment",
          RandAugment::new,
          VALUE_RANGE,
          NUM_OPS,
          FACTOR,
          INTERPOLATION,
          SEED,
          DATA_FORMAT);

  private @Nullable AugmentationSet set;

  /** Two augmentations of strengths up to one half. */
  public RandAugment() {
    super(SPEC);
  }

  /** This many augmentations of strengths up to this one. */
  public RandAugment(int numOps, double factor) {
    this();
    set(NUM_OPS, numOps);
    setFrom(FACTOR, factor);
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandAugment valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  /** {@code bilinear} (default) or {@code nearest}. */
  @CanIgnoreReturnValue
  public RandAugment interpolation(String value) {
    return setFrom(INTERPOLATION, value);
  }

  @Override
  protected void build(Shape input) {
    super.build(input);
    AugmentationSet made =
        new AugmentationSet(
            this, NAMES, get(FACTOR), get(VALUE_RANGE), get(INTERPOLATION), get(DATA_FORMAT));
    made.layers().forEach((name, layer) -> track(name, layer).buildFor(List.of(input)));
    set = made;
  }

  @Override
  boolean castsAlways() {
    return true;
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    AugmentationSet all = Objects.requireNonNull(set);
    int count = get(NUM_OPS);
    Tensor chosen = Random.randint(keys.next(), 0, NAMES.size(), DType.I32, count);
    List<Augmentation> drawn = all.draw(images, keys);
    return new Augmentation() {
      private Tensor each(Tensor x, BiFunction<Augmentation, Tensor, Tensor> apply) {
        Tensor y = x;
        for (int i = 0; i < count; i++) {
          Tensor before = y;
          List<Supplier<Tensor>> branches = new ArrayList<>();
          for (Augmentation one : drawn) {
            branches.add(() -> Np.cast(apply.apply(one, before), before.dtype()));
          }
          y = Lax.switchCase(Np.get(chosen, Index.at(i)), branches);
        }
        return y;
      }

      @Override
      public Tensor images(Tensor x) {
        return each(cast(x), Augmentation::images);
      }

      @Override
      public Tensor segmentationMasks(Tensor masks) {
        return each(masks, Augmentation::segmentationMasks);
      }

      @Override
      public Tensor boxes(Tensor boxes) {
        return each(boxes, Augmentation::boxes);
      }
    };
  }
}
