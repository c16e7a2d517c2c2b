package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.models.Fit;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;

/** Augmentations move bounding boxes as Keras does, and work in a model while it is fitted. */
final class AugmentedTest {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
  private static final float[] BOXES = {1, 2, 6, 5, 0, 0, 3, 7, 4, 1, 9, 6, 2, 3, 5, 8};

  private static LabeledImages pictures() {
    Tensor images = Np.reshape(Np.linspace(0, 255, 2 * 8 * 10 * 3), 2, 8, 10, 3);
    return LabeledImages.of(Np.cast(images, DType.F32), Tensor.of(new float[] {0, 1}, 2))
        .boundingBoxes(Tensor.of(BOXES, 2, 2, 4), Tensor.of(new float[] {0, 1, 2, 3}, 2, 2));
  }

  @Test
  void boxesGoWhereKerasPutsThem() throws IOException {
    JsonNode cases;
    try (InputStream in = AugmentedTest.class.getResourceAsStream("boxes.json")) {
      cases = JSON.readTree(in);
    }
    assertThat(cases.size()).isEqualTo(8);
    for (JsonNode recorded : cases) {
      String name = recorded.get("class_name").asText();
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("module", "keras.layers");
      tree.put("class_name", name);
      tree.put("config", JSON.convertValue(recorded.get("config"), TREE));
      ImageLayer<?> layer =
          (ImageLayer<?>) Objects.requireNonNull(Registry.global().deserialize(tree));
      LabeledImages out = layer.boundingBoxFormat("xyxy").augment(pictures());
      float[] got = Objects.requireNonNull(out.boundingBoxes()).toFloatArray();
      assertThat(got).hasSize(recorded.get("boxes").size());
      for (int i = 0; i < got.length; i++) {
        assertThat((double) got[i])
            .as("%s, number %d", name, i)
            .isCloseTo(recorded.get("boxes").get(i).asDouble(), within(1e-4));
      }
    }
  }

  @Test
  void mixedImagesKeepTheBoxesOfBoth() {
    LabeledImages out = new MixUp(0.4).seed(3).boundingBoxFormat("xyxy").augment(pictures());
    Tensor boxes = Objects.requireNonNull(out.boundingBoxes());
    Tensor classes = Objects.requireNonNull(out.boxLabels());
    assertThat(boxes.shape().dims()).containsExactly(2, 4, 4);
    assertThat(classes.shape().dims()).containsExactly(2, 4);
    assertThat(classes.toFloatArray()).startsWith(0, 1).contains(2, 3);
    assertThatThrownBy(() -> new CutMix().boundingBoxFormat("xyxy").augment(pictures()))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("bounding boxes");
  }

  @Test
  void augmentsWhileAModelIsFitted() {
    Sequential model =
        new Sequential(
            Input.of(8, 8, 1),
            new RandomFlip().seed(1),
            new RandomRotation(0.1).seed(2),
            new RandomContrast(0.2).seed(3),
            new Flatten(),
            new Dense(2).activation("softmax"));
    model.compile(new org.cornu.optimizers.SGD(0.01), "sparse_categorical_crossentropy");
    Tensor x = Np.cast(Np.reshape(Np.arange(6 * 64), 6, 8, 8, 1), DType.F32).div(400.0);
    Tensor y = Tensor.of(new int[] {0, 1, 0, 1, 0, 1}, 6);
    var seeds = model.nonTrainableVariables();
    assertThat(seeds).hasSize(3);
    String before = seeds.get(0).value().toLiteral().toString();
    model.fit(x, y, Fit.epochs(2).batchSize(2).seed(1).verbose(false));
    assertThat(seeds.get(0).value().toLiteral().toString()).isNotEqualTo(before);
    assertThat(model.predict(x).toFloatArray()).isEqualTo(model.predict(x).toFloatArray());
  }

  /** Keras writes for such layers that they were called in training; the model's word counts. */
  @Test
  void theModelSaysWhetherItTrains() {
    Tensor input = Input.of(4, 4, 1);
    Tensor output = new RandomBrightness(0.5).seed(1).applyWith(input, Call.training(true));
    org.cornu.models.Model model = new org.cornu.models.Model(input, output);
    Tensor x = Np.ones(2, 4, 4, 1);
    assertThat(model.predict(x).toFloatArray()).isEqualTo(x.toFloatArray());
    assertThat(model.applyWith(x, Call.training(true)).toFloatArray()).doesNotContain(1f);
  }
}
