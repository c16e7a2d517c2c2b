package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.cornu.config.ConfigException;
import org.cornu.config.Registry;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.api.Test;

final class LookupsTest {
  private static final Strings TEXTS = Strings.of("the cat sat", "The dog!", "a cat");

  @Test
  void learnsTheMostFrequentTokensFirst() {
    StringLookup lookup =
        new StringLookup().adapt(Strings.of("b", "a", "c", "a", "b", "a", "d", "[UNK]"));
    // Equally frequent ones come in descending order.
    assertThat(lookup.getVocabulary()).containsExactly("[UNK]", "a", "b", "d", "c");
    assertThat(lookup.apply(Strings.of("a", "x", "c")).toIntArray()).containsExactly(1, 0, 4);
    StringLookup few = new StringLookup().maxTokens(3).adapt(Strings.of("b", "a", "a", "b", "c"));
    assertThat(few.getVocabulary()).containsExactly("[UNK]", "b", "a");
  }

  @Test
  void equallyFrequentIntegersComeInDescendingOrderOfTheirValues() {
    IntegerLookup lookup = new IntegerLookup().adapt(Tensor.of(new int[] {9, 10, -7, 3, 3, 11}, 6));
    assertThat(lookup.getVocabulary()).containsExactly("-1", "3", "11", "10", "9", "-7");
  }

  @Test
  void indexesBecomeTokensAgain() {
    StringLookup inverse = new StringLookup().invert(true).vocabulary(List.of("red", "green"));
    assertThat(inverse.strings(Tensor.of(new int[] {2, 0, 9}, 3)))
        .isEqualTo(Strings.of("green", "[UNK]", "[UNK]"));
  }

  @Test
  void textsBecomeRowsOfTheSameLength() {
    TextVectorization words = new TextVectorization().adapt(TEXTS);
    assertThat(words.getVocabulary().subList(0, 2)).containsExactly("", "[UNK]");
    Tensor rows = words.apply(Strings.of("THE cat", "bird"));
    assertThat(rows.shape().dims()).containsExactly(2, 2);
    assertThat(rows.toIntArray()).containsExactly(2, 3, 1, 0);
  }

  @Test
  void rareWordsWeighMore() {
    TextVectorization words = new TextVectorization().outputMode("tf_idf").adapt(TEXTS);
    float[] weights = words.apply(Strings.of("cat dog")).toFloatArray();
    int cat = words.getVocabulary().indexOf("cat");
    int dog = words.getVocabulary().indexOf("dog");
    assertThat(weights[cat]).isEqualTo((float) Math.log(1 + 3 / 3.0));
    assertThat(weights[dog]).isEqualTo((float) Math.log(1 + 3 / 2.0));
  }

  @Test
  void whatWasLearnedIsInTheConfig() {
    TextVectorization words = new TextVectorization().ngrams(2).adapt(TEXTS);
    Layer<?> again =
        (Layer<?>)
            Objects.requireNonNull(
                Registry.global().deserialize(Registry.global().serialize(words)));
    assertThat(((TextVectorization) again).getVocabulary()).isEqualTo(words.getVocabulary());
    StringLookup read = new StringLookup();
    read.loadAsset("vocabulary.txt", "[UNK]\nx\ny\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read.apply(Strings.of("y")).toIntArray()).containsExactly(2);
  }

  @Test
  void hashesLongStrings() {
    // Each length takes another path of the hash; bins must stay in range and differ by salt.
    for (int length : new int[] {0, 3, 5, 12, 20, 40, 64, 65, 200}) {
      Strings text = Strings.of("x".repeat(length));
      int bin = new Hashing(1000).apply(text).toIntArray()[0];
      int salted = new Hashing(1000).salt(1, 2).apply(text).toIntArray()[0];
      assertThat(bin).isBetween(0, 999);
      assertThat(salted).isBetween(0, 999).isNotEqualTo(bin);
    }
  }

  @Test
  void errorsSayWhatIsWrong() {
    assertThatThrownBy(() -> new StringLookup().vocabulary(List.of("a", "b", "a")))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("repeats [a]");
    assertThatThrownBy(
            () ->
                new StringLookup().numOovIndices(0).vocabulary(List.of("a")).apply(Strings.of("b")))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("'b' is not in the vocabulary");
    assertThatThrownBy(() -> new TextVectorization().standardize("lowr"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("did you mean 'lower'?");
    assertThatThrownBy(() -> new TextVectorization().apply(Strings.of(new String[][] {{"a", "b"}})))
        .isInstanceOf(OpException.class)
        .hasMessageContaining("must be [batch] or [batch, 1]");
  }
}
