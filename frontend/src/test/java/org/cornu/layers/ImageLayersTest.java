package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ConfigException;
import org.cornu.config.Registry;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.junit.jupiter.api.Test;

final class ImageLayersTest {
  private static Tensor images(long... dims) {
    long count = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    return Np.reshape(Np.cast(Np.arange(count), DType.F32), dims);
  }

  private static LabeledImages withBox(Tensor images, float... corners) {
    return new LabeledImages(
        images, null, null, Tensor.of(corners, 1, 1, 4), Tensor.of(new int[] {7}, 1, 1));
  }

  @Test
  void augmentsByDefaultButNotWhereTrainingIsOff() {
    Tensor x = images(2, 4, 4, 3);
    RandomInvert invert = new RandomInvert().seed(3);
    boolean changed = false;
    for (int i = 0; i < 8 && !changed; i++) {
      changed = !Arrays.equals(invert.apply(x).toFloatArray(), x.toFloatArray());
    }
    assertThat(changed).isTrue();
    assertThat(invert.applyWith(x, Call.training(false)).toFloatArray())
        .isEqualTo(x.toFloatArray());
  }

  @Test
  void oneImageIsTreatedAsABatchOfOne() {
    Tensor x = images(4, 5, 3);
    Tensor single = new RandomRotation(0.3).seed(5).apply(x);
    Tensor batch = new RandomRotation(0.3).seed(5).apply(Np.expandDims(x, 0));
    assertThat(single.shape()).isEqualTo(x.shape());
    assertThat(single.toFloatArray()).isEqualTo(batch.toFloatArray());
  }

  @Test
  void integersStayIntegersWhereKerasKeepsThem() {
    Tensor x = Np.cast(images(1, 6, 6, 1), DType.U8);
    assertThat(new Resizing(3, 3).apply(x).dtype()).isEqualTo(DType.U8);
    assertThat(new CenterCrop(3, 3).apply(x).dtype()).isEqualTo(DType.F32);
    assertThat(new RandomFlip().seed(1).apply(x).dtype()).isEqualTo(DType.F32);
  }

  @Test
  void labelsAreMixedWithTheImages() {
    Tensor x = Np.cast(Np.reshape(Np.arange(4), 4, 1, 1, 1), DType.F32);
    LabeledImages mixed = new MixUp(1).seed(2).augment(LabeledImages.of(x, Np.reshape(x, 4, 1)));
    assertThat(Objects.requireNonNull(mixed.labels()).toFloatArray())
        .isEqualTo(mixed.images().toFloatArray());
  }

  @Test
  void cutMixMixesLabelsByArea() {
    Tensor labels = Np.cast(Np.reshape(Np.arange(2), 2, 1), DType.F32);
    Tensor x = Np.broadcastTo(Np.reshape(labels, 2, 1, 1, 1), 2, 64, 64, 1);
    LabeledImages mixed = new CutMix().seed(4).augment(LabeledImages.of(x, labels));
    float[] means = Np.mean(mixed.images(), 1, 2, 3).toFloatArray();
    float[] shares = Objects.requireNonNull(mixed.labels()).toFloatArray();
    assertThat(shares[0]).isCloseTo(means[0], within(0.05f));
    assertThat(shares[1]).isCloseTo(means[1], within(0.05f));
  }

  @Test
  void boxesFollowTheFlip() {
    Tensor x = images(1, 4, 8, 1);
    RandomFlip flip = new RandomFlip("horizontal").seed(1).boundingBoxFormat("xyxy");
    for (int i = 0; i < 5; i++) {
      LabeledImages out = flip.augment(withBox(x, 1, 1, 3, 2));
      boolean flipped = out.images().toFloatArray()[0] != 0;
      assertThat(Objects.requireNonNull(out.boundingBoxes()).toFloatArray())
          .isEqualTo(flipped ? new float[] {5, 1, 7, 2} : new float[] {1, 1, 3, 2});
    }
  }

  @Test
  void boxesAreConvertedAndFilled() {
    Tensor x = images(1, 4, 8, 1);
    LabeledImages given = withBox(x, 0.25f, 0.5f, 0.5f, 0.5f);
    LabeledImages resized = new Resizing(8, 16).boundingBoxFormat("rel_xywh").augment(given);
    assertThat(Objects.requireNonNull(resized.boundingBoxes()).toFloatArray())
        .isEqualTo(new float[] {0.25f, 0.5f, 0.5f, 0.5f});
    LabeledImages filled = new MaxNumBoundingBoxes(2).boundingBoxFormat("xyxy").augment(given);
    assertThat(Objects.requireNonNull(filled.boxLabels()).toIntArray())
        .isEqualTo(new int[] {7, -1});
  }

  @Test
  void augmentsInsideAProgram() {
    Tensor x = images(3, 6, 6, 3);
    AugMix mix = new AugMix(2, 2, 0.4).seed(1).valueRange(0, 400);
    mix.buildFor(List.of(x.shape()));
    List<Tensor> states = mix.nonTrainableVariables().stream().map(Variable::value).toList();
    Tensor y =
        Transforms.jit(
                (Tensor t) ->
                    mix.statelessCall(List.of(), states, List.of(t), Call.training(true)).output())
            .apply(x);
    assertThat(y.shape()).isEqualTo(x.shape());
    for (float v : y.toFloatArray()) {
      assertThat(v).isBetween(0f, 400f);
    }
  }

  @Test
  void errorsNameOptionValueAndNearestName() {
    assertThatThrownBy(() -> new RandomRotation(0.1).fillMode("reflct"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("option 'fill_mode'")
        .hasMessageContaining("'reflct'")
        .hasMessageContaining("did you mean 'reflect'?");
    assertThatThrownBy(() -> new RandomBrightness(3))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("option 'factor' must be a number or a list of two, in [-1, 1]")
        .hasMessageContaining("3");
    assertThatThrownBy(() -> new Resizing(0, 3))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("option 'height' must be positive: got 0");
    assertThatThrownBy(() -> new RandomFlip().apply(images(4, 4)))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("must be a batch of images");
    RandomFlip built = new RandomFlip();
    built.buildFor(List.of(images(1, 4, 4, 1).shape()));
    assertThatThrownBy(() -> built.dataFormat("channels_first"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already built");
  }

  @Test
  void configsSurviveARoundTrip() {
    for (Layer<?> layer :
        List.of(
            new RandomBrightness(0.2).valueRange(0, 1),
            new RandomTranslation(new double[] {-0.1, 0.3}, new double[] {0.2, 0.4}),
            new RandomErasing(0.4).fillValue(1, 2, 3),
            new RandomColorJitter().hueFactor(0.2).brightnessFactor(0.1, 0.3),
            new Normalization(1, 2).invert(true),
            new Discretization(new double[] {0, 1, 2}).outputMode("count"),
            new Pipeline(List.of(new RandomZoom(0.2, 0.1), new Rescaling(0.5))))) {
      Map<String, Object> tree = Registry.global().serialize(layer);
      Layer<?> again = (Layer<?>) Objects.requireNonNull(Registry.global().deserialize(tree));
      assertThat(Registry.global().serialize(again)).isEqualTo(tree);
    }
  }

  @Test
  void equalizationRoundsBetweenGreyLevelsAsKerasDoes() {
    // 5 of 30 pixels above the darkest: 42.5, which times a rounded 1/30 lies above.
    float[] pixels = new float[31];
    Arrays.fill(pixels, 1, 6, 10);
    Arrays.fill(pixels, 6, 31, 20);
    Tensor image = Tensor.of(pixels, 1, 31, 1, 1);
    float[] levels = new Equalization().applyWith(image, Call.training(true)).toFloatArray();
    assertThat(levels[0]).isZero();
    assertThat(levels[1]).isEqualTo(43);
    assertThat(levels[30]).isEqualTo(255);
  }
}
