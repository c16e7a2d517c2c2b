package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;

/** Integers as indexes in a vocabulary, or codes of them. */
public final class IntegerLookup extends IndexLookup<IntegerLookup> {
  private static final Option<String> VOCABULARY_DTYPE =
      Option.choice("vocabulary_dtype", "int64", "int32").defaultTo("int64");
  private static final Option<String> OOV_METHOD =
      Option.choice("oov_method", "floormod", "farmhash").defaultTo("floormod");

  static final Spec SPEC =
      Spec.of("keras.layers", "IntegerLookup")
          .base(OPTIONS)
          .options(
              MAX_TOKENS,
              NUM_OOV,
              MASK_TOKEN,
              OOV_TOKEN.defaultTo(-1),
              VOCABULARY,
              VOCABULARY_DTYPE,
              IDF_WEIGHTS,
              INVERT,
              OUTPUT_MODE,
              SPARSE,
              PAD,
              OOV_METHOD,
              SALT)
          .ignoring("vocabulary_size", "has_input_vocabulary")
          .create(IntegerLookup::new);

  /** With one index for unknown integers; the vocabulary comes from {@link #adapt}. */
  public IntegerLookup() {
    super(SPEC);
  }

  /** The integer that is masked: it gets index 0. */
  @CanIgnoreReturnValue
  public IntegerLookup maskToken(long value) {
    return set(MASK_TOKEN, value);
  }

  /** The vocabulary; special tokens may stand in front. Set other options before. */
  @CanIgnoreReturnValue
  public IntegerLookup vocabulary(long... tokens) {
    return tokens(java.util.Arrays.stream(tokens).mapToObj(Long::toString).toList(), null);
  }

  /** Learns the vocabulary, most frequent integers first; rows are documents. */
  @CanIgnoreReturnValue
  public IntegerLookup adapt(Tensor data) {
    return learn(StringLookup.documents(Strings.ofIntegers(data)));
  }

  @Override
  int unknown(String token, int indices) {
    return get(OOV_METHOD).equals("farmhash") || getOrNull(SALT) != null
        ? super.unknown(token, indices)
        : (int) Math.floorMod(Long.parseLong(token), (long) indices);
  }

  @Override
  int order(String a, String b) {
    return Long.compare(Long.parseLong(a), Long.parseLong(b));
  }

  @Override
  Object inverted(Object input) {
    Strings tokens = (Strings) super.inverted(input);
    return tokens.tensor(tokens.values().stream().mapToInt(Integer::parseInt).toArray());
  }

  @Override
  Object written(String token) {
    return Integer.valueOf(token);
  }
}
