package org.cornu.layers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.tracer.Tensor;

/** The augmentations of which {@link RandAugment} and {@link AugMix} choose, by Keras' names. */
final class AugmentationSet {
  private final Map<String, ImageLayer<?>> layers = new LinkedHashMap<>();

  /**
   * Makes the layers.
   *
   * @param owner whose options they share
   * @param names which, in the order in which they are drawn
   * @param factor strength of each
   */
  AugmentationSet(
      ImageLayer<?> owner,
      List<String> names,
      Factor factor,
      Factor range,
      String interpolation,
      String format) {
    for (String name : names) {
      ImageLayer<?> layer = make(name, factor, range, interpolation);
      layer.dtype(owner.policy());
      layer.dataFormat(format);
      layers.put(name, layer);
    }
  }

  private static ImageLayer<?> make(
      String name, Factor factor, Factor range, String interpolation) {
    double low = factor.low();
    double high = factor.high();
    double[] both = {low, high};
    return switch (name) {
      case "random_shear" -> new RandomShear(both, both).interpolation(interpolation);
      case "random_translation" -> new RandomTranslation(both, both).interpolation(interpolation);
      case "random_rotation" -> new RandomRotation(low, high).interpolation(interpolation);
      case "random_brightness" ->
          new RandomBrightness(low, high).valueRange(range.low(), range.high());
      case "random_color_degeneration" ->
          new RandomColorDegeneration(low, high).valueRange(range.low(), range.high());
      case "random_contrast" -> new RandomContrast(low, high).valueRange(range.low(), range.high());
      case "random_sharpness" ->
          new RandomSharpness(low, high).valueRange(range.low(), range.high());
      case "random_posterization" ->
          new RandomPosterization(Math.max(1, (int) (8 * high)))
              .valueRange(range.low(), range.high());
      case "solarization" -> new Solarization(both, both).valueRange(range.low(), range.high());
      case "auto_contrast" -> new AutoContrast().valueRange(range.low(), range.high());
      case "equalization" -> new Equalization().valueRange(range.low(), range.high());
      default -> throw new IllegalArgumentException("no augmentation " + name);
    };
  }

  Map<String, ImageLayer<?>> layers() {
    return layers;
  }

  /** What each would do to a batch. */
  List<Augmentation> draw(Tensor images, Keys keys) {
    return layers.values().stream().map(layer -> layer.drawFrom(images, keys, false)).toList();
  }
}
