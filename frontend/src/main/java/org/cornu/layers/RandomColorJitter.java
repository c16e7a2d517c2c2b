package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Changes brightness, contrast, saturation and hue of each image at random, in this order. */
public final class RandomColorJitter extends RandomImageLayer<RandomColorJitter> {
  private static final Option<List<Double>> BRIGHTNESS = factor("brightness_factor");
  private static final Option<List<Double>> CONTRAST = factor("contrast_factor");
  private static final Option<List<Double>> SATURATION = factor("saturation_factor");
  private static final Option<List<Double>> HUE = factor("hue_factor");

  static final Spec SPEC =
      table(
          "RandomColorJitter",
          RandomColorJitter::new,
          VALUE_RANGE,
          BRIGHTNESS,
          CONTRAST,
          SATURATION,
          HUE,
          SEED,
          DATA_FORMAT);

  private final Map<String, RandomImageLayer<?>> parts = new LinkedHashMap<>();

  /** Nothing until a factor is set. */
  public RandomColorJitter() {
    super(SPEC);
  }

  private static Option<List<Double>> factor(String key) {
    return Option.of(key, new NumbersCodec())
        .where("must be a number or two", v -> v.size() == 1 || v.size() == 2)
        .nullable();
  }

  /** Factor of {@link RandomBrightness}: one number or two. */
  @CanIgnoreReturnValue
  public RandomColorJitter brightnessFactor(double... value) {
    return setFrom(BRIGHTNESS, list(value));
  }

  /** Factor of {@link RandomContrast}: one number or two. */
  @CanIgnoreReturnValue
  public RandomColorJitter contrastFactor(double... value) {
    return setFrom(CONTRAST, list(value));
  }

  /** Factor of {@link RandomSaturation}: one number or two. */
  @CanIgnoreReturnValue
  public RandomColorJitter saturationFactor(double... value) {
    return setFrom(SATURATION, list(value));
  }

  /** Factor of {@link RandomHue}: one number or two. */
  @CanIgnoreReturnValue
  public RandomColorJitter hueFactor(double... value) {
    return setFrom(HUE, list(value));
  }

  /** The range of the values of pixels; default 0 to 255. */
  @CanIgnoreReturnValue
  public RandomColorJitter valueRange(double low, double high) {
    return setFrom(VALUE_RANGE, List.of(low, high));
  }

  private static List<Double> list(double[] value) {
    return Arrays.stream(value).boxed().toList();
  }

  @Override
  protected void build(Shape input) {
    super.build(input);
    Factor range = get(VALUE_RANGE);
    double low = range.low();
    double high = range.high();
    List<Double> f = getOrNull(BRIGHTNESS);
    if (f != null) {
      add(
          "random_brightness",
          (f.size() == 1
                  ? new RandomBrightness(f.get(0))
                  : new RandomBrightness(f.get(0), f.get(1)))
              .valueRange(low, high),
          input);
    }
    f = getOrNull(CONTRAST);
    if (f != null) {
      add(
          "random_contrast",
          (f.size() == 1 ? new RandomContrast(f.get(0)) : new RandomContrast(f.get(0), f.get(1)))
              .valueRange(low, high),
          input);
    }
    f = getOrNull(SATURATION);
    if (f != null) {
      add(
          "random_saturation",
          (f.size() == 1
                  ? new RandomSaturation(f.get(0))
                  : new RandomSaturation(f.get(0), f.get(1)))
              .valueRange(low, high),
          input);
    }
    f = getOrNull(HUE);
    if (f != null) {
      add(
          "random_hue",
          (f.size() == 1 ? new RandomHue(f.get(0)) : new RandomHue(f.get(0), f.get(1)))
              .valueRange(low, high),
          input);
    }
  }

  private void add(String attribute, RandomImageLayer<?> layer, Shape input) {
    @Nullable Long seed = getOrNull(SEED);
    if (seed != null) {
      layer.seed(seed);
    }
    layer.dataFormat(get(DATA_FORMAT));
    layer.dtype(policy());
    track(attribute, layer).buildFor(List.of(input));
    parts.put(attribute, layer);
  }

  @Override
  Augmentation draw(Tensor images, Keys keys) {
    return (Augmentation.Colour)
        given -> {
          Tensor x = cast(given);
          for (RandomImageLayer<?> part : parts.values()) {
            x = part.drawFrom(x, keys, false).images(x);
          }
          return cast(x);
        };
  }
}
