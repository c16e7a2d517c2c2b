package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Registry;
import org.cornu.models.Model;
import org.cornu.models.Sequential;
import org.cornu.ops.Np;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of one's own as layers and in layers: with arguments, masks, in files. */
final class LambdaTest {
  private static final Lambda.Function POWER =
      Registry.global()
          .addFunction(
              Lambda.Function.FAMILY,
              "lambda_test",
              "power",
              (x, a) -> Np.power(x, a.number("exponent")).mul(a.call().isTraining() ? 2.0 : 1.0));
  private static final Lambda.MaskFunction POSITIVE =
      Registry.global()
          .addFunction(
              Lambda.MaskFunction.FAMILY,
              "lambda_test",
              "positive",
              (x, mask) -> Np.any(x.gt(0.0), -1));

  private static final Tensor X = Tensor.of(new float[][] {{1, 2}, {-3, -1}});

  @TempDir @Nullable Path folder;

  @Test
  void theFunctionGetsItsArgumentsAndTheCall() {
    Lambda cube = Lambda.of(POWER).arguments(Map.of("exponent", 3));
    assertThat(cube.apply(X).toFloatArray()).containsExactly(1, 8, -27, -1);
    assertThat(cube.applyWith(X, Call.training(true)).toFloatArray())
        .containsExactly(2, 16, -54, -2);
    assertThatThrownBy(() -> Lambda.of(POWER).apply(X))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("argument 'exponent'");
  }

  @Test
  void aModelWithItIsSavedAndLoaded() {
    Sequential model =
        new Sequential(
            Input.of(2),
            Lambda.of(POWER).arguments(Map.of("exponent", 2)).mask(POSITIVE).outputShape(2),
            new Dense(1));
    Path file = Objects.requireNonNull(folder).resolve("lambda.keras");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.predict(X).toFloatArray()).isEqualTo(model.predict(X).toFloatArray());
    assertThat(loaded.layers().get(0).getConfig())
        .containsEntry("arguments", Map.of("exponent", 2))
        .containsEntry("output_shape", List.of(2));
  }

  @Test
  void masksStopUnlessAFunctionGivesThem() {
    Tensor given = Masks.attach(X.mul(1.0), Tensor.of(new boolean[] {true, false}));
    assertThat(Masks.of(new Lambda(x -> x.neg()).apply(given))).isNull();
    Tensor out = new Lambda(x -> x.neg()).mask((x, mask) -> mask).apply(given);
    assertThat(Objects.requireNonNull(Masks.of(out)).shape().dims()).containsExactly(2);
    Tensor own = new Lambda(x -> x.neg()).mask(POSITIVE).apply(X);
    assertThat(Objects.requireNonNull(Masks.of(own)).toLiteral().toString()).contains("true");
  }

  @Test
  void anotherShapeThanPromisedIsRefused() {
    assertThatThrownBy(() -> new Lambda(x -> x).outputShape(3).apply(X))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("expected [batch, 3]");
  }

  @Test
  void textsAreCleanedAndSplitByFunctions() {
    TextVectorization.Splitting commas =
        Registry.global()
            .addFunction(
                TextVectorization.Splitting.FAMILY,
                "lambda_test",
                "commas",
                text -> Arrays.asList(text.split(",")));
    TextVectorization.Standardization trimmed =
        Registry.global()
            .addFunction(
                TextVectorization.Standardization.FAMILY,
                "lambda_test",
                "trimmed",
                text -> text.replace(" ", ""));
    TextVectorization layer =
        new TextVectorization()
            .standardize(trimmed)
            .split(commas)
            .vocabulary(List.of("New York", "NewYork", "Rome"));
    Strings texts = Strings.of("New York, Rome", "Rome,?");
    assertThat(layer.apply(texts).toIntArray()).containsExactly(3, 4, 4, 1);
    Map<String, Object> tree = Registry.global().serialize(layer);
    TextVectorization again =
        (TextVectorization) Objects.requireNonNull(Registry.global().deserialize(tree));
    assertThat(again.apply(texts).toIntArray()).containsExactly(3, 4, 4, 1);
    assertThat(new TextVectorization().getConfig())
        .containsEntry("standardize", "lower_and_strip_punctuation")
        .containsEntry("split", "whitespace");
  }
}
