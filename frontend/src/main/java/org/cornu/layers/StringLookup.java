package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Strings as indexes in a vocabulary, or codes of them.
 *
 * <pre>{@code
 * StringLookup colours = new StringLookup().vocabulary(List.of("red", "green"));
 * Tensor indexes = colours.apply(Strings.of("green", "blue")); // 2, 0
 * }</pre>
 */
public final class StringLookup extends IndexLookup<StringLookup> {
  static final Spec SPEC =
      Spec.of("keras.layers", "StringLookup")
          .base(OPTIONS)
          .options(
              MAX_TOKENS,
              NUM_OOV,
              MASK_TOKEN,
              OOV_TOKEN.defaultTo("[UNK]"),
              VOCABULARY,
              IDF_WEIGHTS,
              INVERT,
              OUTPUT_MODE,
              PAD,
              SPARSE,
              ENCODING,
              SALT)
          .ignoring("vocabulary_size", "oov_method", "has_input_vocabulary")
          .create(StringLookup::new);

  /** With one index for unknown strings; the vocabulary comes from {@link #adapt}. */
  public StringLookup() {
    super(SPEC);
  }

  /** The string that is masked: it gets index 0. */
  @CanIgnoreReturnValue
  public StringLookup maskToken(String value) {
    return set(MASK_TOKEN, value);
  }

  /** The vocabulary; special tokens may stand in front. Set other options before. */
  @CanIgnoreReturnValue
  public StringLookup vocabulary(List<String> tokens) {
    return tokens(tokens, null);
  }

  /** The vocabulary with weights for mode {@code tf_idf}. Set other options before. */
  @CanIgnoreReturnValue
  public StringLookup vocabulary(List<String> tokens, List<Double> idfWeights) {
    return tokens(tokens, idfWeights);
  }

  /** Learns the vocabulary, most frequent strings first; rows are documents. */
  @CanIgnoreReturnValue
  public StringLookup adapt(Strings data) {
    return learn(documents(data));
  }

  /** Rows as documents; each string of a single row is one. */
  static List<List<String>> documents(Strings data) {
    List<Integer> dims = data.dims();
    int width = dims.size() < 2 ? 1 : data.values().size() / Math.max(1, dims.get(0));
    List<List<String>> out = new ArrayList<>();
    for (int i = 0; i < data.values().size(); i += Math.max(1, width)) {
      out.add(data.values().subList(i, i + width));
    }
    return out;
  }

  /** As Keras writes it, which has one way only to number unknown strings. */
  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put("oov_method", "floormod");
    return config;
  }

  /** Indexes or codes of strings. */
  public Tensor apply(Strings input) {
    return (Tensor) transform(List.of(input));
  }

  /** Strings of indexes; of an inverted layer. */
  public Strings strings(Tensor indexes) {
    return (Strings) inverted(indexes);
  }
}
