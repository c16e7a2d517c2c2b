package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cornu.config.Family;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Texts as indexes of their words, one row each, filled up with 0; or codes of the words. Texts are
 * cleaned, split, joined into n-grams, then looked up.
 *
 * <pre>{@code
 * TextVectorization words = new TextVectorization().outputSequenceLength(20).adapt(texts);
 * Tensor indexes = words.apply(Strings.of("the cat sat"));
 * }</pre>
 */
public final class TextVectorization extends Layer<TextVectorization> implements HostLayer {
  private static final Pattern PUNCTUATION =
      Pattern.compile("[!\"#$%&()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~']");
  private static final Pattern SPACES = Pattern.compile("[ \\t\\n\\u000B\\f\\r]+");
  private static final Option<Integer> MAX_TOKENS =
      Option.integer("max_tokens").nullable().positive();
  private static final Option<Standardization> STANDARDIZE =
      Option.object("standardize", Standardization.FAMILY)
          .nullable()
          .defaultTo("lower_and_strip_punctuation");
  private static final Option<Splitting> SPLIT =
      Option.object("split", Splitting.FAMILY).nullable().defaultTo("whitespace");
  private static final Option<Object> NGRAMS = Option.tree("ngrams").nullable();
  private static final Option<String> OUTPUT_MODE =
      Option.choice("output_mode", "int", "multi_hot", "count", "tf_idf").defaultTo("int");
  private static final Option<Integer> LENGTH =
      Option.integer("output_sequence_length").nullable().positive();
  private static final Option<Boolean> PAD = Option.bool("pad_to_max_tokens").defaultTo(false);
  private static final Option<Object> VOCABULARY = Option.tree("vocabulary").nullable();
  private static final Option<List<Double>> IDF_WEIGHTS = Option.reals("idf_weights").nullable();
  private static final Option<Boolean> SPARSE = Option.bool("sparse").defaultTo(false);
  private static final Option<Boolean> RAGGED =
      Option.bool("ragged")
          .where("must be false: rows are filled up with 0", v -> !v)
          .defaultTo(false);
  private static final Option<String> ENCODING = Option.string("encoding").defaultTo("utf-8");

  static final Spec SPEC =
      Spec.of("keras.layers", "TextVectorization")
          .base(OPTIONS)
          .options(
              MAX_TOKENS,
              STANDARDIZE,
              SPLIT,
              NGRAMS,
              OUTPUT_MODE,
              LENGTH,
              PAD,
              VOCABULARY,
              IDF_WEIGHTS,
              SPARSE,
              RAGGED,
              ENCODING)
          .ignoring("vocabulary_size", "has_input_vocabulary")
          .create(TextVectorization::new);

  /** Cleans a text. A function of one's own is registered to be saved. */
  @FunctionalInterface
  public interface Standardization {
    /** All functions with names. */
    Family<Standardization> FAMILY = Family.of("standardization", Standardization.class);

    /** The text that is split. */
    String apply(String text);
  }

  /** Splits a clean text into tokens. A function of one's own is registered to be saved. */
  @FunctionalInterface
  public interface Splitting {
    /** All functions with names. */
    Family<Splitting> FAMILY = Family.of("splitting", Splitting.class);

    /** The tokens in their order. */
    List<String> apply(String text);
  }

  /** Keras' ways to clean and to split. */
  static void addFunctionsTo(Registry registry) {
    registry.add(Standardization.FAMILY, "lower", TextVectorization::lower);
    registry.add(Standardization.FAMILY, "strip_punctuation", TextVectorization::stripped);
    registry.add(
        Standardization.FAMILY, "lower_and_strip_punctuation", text -> stripped(lower(text)));
    registry.add(Splitting.FAMILY, "whitespace", TextVectorization::words);
    registry.add(Splitting.FAMILY, "character", TextVectorization::characters);
  }

  private @Nullable StringLookup words;

  /** Words in lower case without punctuation, as indexes. */
  public TextVectorization() {
    super(SPEC);
  }

  /** Most indexes of all kinds; rarer words stay unknown. */
  @CanIgnoreReturnValue
  public TextVectorization maxTokens(int value) {
    return set(MAX_TOKENS, value);
  }

  /** {@code lower_and_strip_punctuation} (default), lower, strip_punctuation, or null. */
  @CanIgnoreReturnValue
  public TextVectorization standardize(@Nullable String value) {
    return setFrom(STANDARDIZE, value);
  }

  /** What cleans the texts. */
  @CanIgnoreReturnValue
  public TextVectorization standardize(Standardization function) {
    return set(STANDARDIZE, function);
  }

  /** {@code whitespace} (default), {@code character}, or null: a text is one token. */
  @CanIgnoreReturnValue
  public TextVectorization split(@Nullable String value) {
    return setFrom(SPLIT, value);
  }

  /** What splits the texts. */
  @CanIgnoreReturnValue
  public TextVectorization split(Splitting function) {
    return set(SPLIT, function);
  }

  /** Also sequences of up to this many words are tokens. */
  @CanIgnoreReturnValue
  public TextVectorization ngrams(int longest) {
    return set(NGRAMS, longest);
  }

  /** Sequences of these numbers of words are tokens. */
  @CanIgnoreReturnValue
  public TextVectorization ngrams(List<Integer> lengths) {
    return set(NGRAMS, lengths);
  }

  /** {@code int} (default), {@code multi_hot}, {@code count} or {@code tf_idf}. */
  @CanIgnoreReturnValue
  public TextVectorization outputMode(String value) {
    return setFrom(OUTPUT_MODE, value);
  }

  /** Length of every row: longer ones are cut; default that of the longest. */
  @CanIgnoreReturnValue
  public TextVectorization outputSequenceLength(int value) {
    return set(LENGTH, value);
  }

  /** Whether codes have {@code max_tokens} places even when the vocabulary is smaller. */
  @CanIgnoreReturnValue
  public TextVectorization padToMaxTokens(boolean value) {
    return set(PAD, value);
  }

  /** The vocabulary. Set other options before. */
  @CanIgnoreReturnValue
  public TextVectorization vocabulary(List<String> tokens) {
    lookup().vocabulary(tokens);
    return this;
  }

  /** The vocabulary with weights for mode {@code tf_idf}. Set other options before. */
  @CanIgnoreReturnValue
  public TextVectorization vocabulary(List<String> tokens, List<Double> idfWeights) {
    lookup().vocabulary(tokens, idfWeights);
    return this;
  }

  /** All tokens in the order of their indexes. */
  public List<String> getVocabulary() {
    return lookup().getVocabulary();
  }

  /** Number of indexes of all kinds. */
  public int vocabularySize() {
    return lookup().vocabularySize();
  }

  /** Learns the vocabulary of texts, most frequent words first. */
  @CanIgnoreReturnValue
  public TextVectorization adapt(Strings texts) {
    lookup().learn(tokens(texts));
    return this;
  }

  /** The layer that knows the words; made at first use, when options are set. */
  private StringLookup lookup() {
    StringLookup made = words;
    if (made == null) {
      made = new StringLookup().maskToken("").outputMode(get(OUTPUT_MODE)).padToMaxTokens(get(PAD));
      Integer most = getOrNull(MAX_TOKENS);
      if (most != null) {
        made.maxTokens(most);
      }
      Object given = getOrNull(VOCABULARY);
      if (given != null) {
        List<Double> weights = getOrNull(IDF_WEIGHTS);
        List<String> tokens = IndexLookup.list(given);
        if (weights == null) {
          made.vocabulary(tokens);
        } else {
          made.vocabulary(tokens, weights);
        }
      }
      words = made;
    }
    return made;
  }

  private List<Integer> lengths() {
    Object ngrams = getOrNull(NGRAMS);
    if (ngrams instanceof Number longest) {
      List<Integer> out = new ArrayList<>();
      for (int n = 1; n <= longest.intValue(); n++) {
        out.add(n);
      }
      return out;
    }
    return ngrams instanceof List<?> list
        ? list.stream().map(n -> ((Number) n).intValue()).toList()
        : List.of();
  }

  /** The tokens of each text. */
  private List<List<String>> tokens(Strings texts) {
    int rank = texts.dims().size();
    Splitting split = getOrNull(SPLIT);
    if (split == null) {
      return StringLookup.documents(
          new Strings(texts.values().stream().map(this::standardized).toList(), texts.dims()));
    }
    if (rank > 2 || (rank == 2 && texts.dims().get(1) != 1)) {
      throw new OpException(
          name() + ": texts must be [batch] or [batch, 1] to be split: got sizes " + texts.dims());
    }
    List<List<String>> out = new ArrayList<>();
    for (String text : texts.values()) {
      out.add(grams(split.apply(standardized(text))));
    }
    return out;
  }

  private String standardized(String text) {
    Standardization how = getOrNull(STANDARDIZE);
    return how == null ? text : how.apply(text);
  }

  private static String stripped(String text) {
    return PUNCTUATION.matcher(text).replaceAll("");
  }

  /** ASCII letters alone, as Keras does. */
  private static String lower(String text) {
    StringBuilder out = new StringBuilder(text);
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.setCharAt(i, (char) (c + 32));
      }
    }
    return out.toString();
  }

  private static List<String> characters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(SPACES.split(text)).filter(word -> !word.isEmpty()).toList();
  }

  private List<String> grams(List<String> pieces) {
    List<Integer> lengths = lengths();
    if (lengths.isEmpty()) {
      return pieces;
    }
    List<String> out = new ArrayList<>();
    for (int n : lengths) {
      for (int i = 0; i + n <= pieces.size(); i++) {
        out.add(String.join(" ", pieces.subList(i, i + n)));
      }
    }
    return out;
  }

  /** Indexes or codes of texts. */
  public Tensor apply(Strings texts) {
    return (Tensor) transform(List.of(texts));
  }

  @Override
  public Object transform(List<?> inputs) {
    if (inputs.size() != 1 || !(inputs.get(0) instanceof Strings texts)) {
      throw new OpException(name() + ": takes one array of strings: got " + inputs);
    }
    List<List<String>> rows = tokens(texts);
    Integer length = getOrNull(LENGTH);
    int longest = rows.stream().mapToInt(List::size).max().orElse(0);
    int width = get(OUTPUT_MODE).equals("int") && length != null ? length : longest;
    List<String> all = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> cut = row.subList(0, Math.min(width, row.size()));
      all.addAll(cut);
      all.addAll(Collections.nCopies(width - cut.size(), ""));
    }
    return lookup().apply(new Strings(all, List.of(rows.size(), width)));
  }

  @Override
  protected void buildAll(List<Shape> inputs) {}

  @Override
  protected void configure(Map<String, @Nullable Object> config, ObjectReader reader) {
    super.configure(config, reader);
    words = null;
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    StringLookup made = lookup();
    Map<String, @Nullable Object> learned = made.getConfig(writer);
    config.put("vocabulary_size", made.vocabularySize());
    if (learned.get("vocabulary") != null) {
      config.put("vocabulary", learned.get("vocabulary"));
      config.put("idf_weights", learned.get("idf_weights"));
    }
    return config;
  }

  @Override
  public void loadAsset(String name, byte[] data) {
    lookup().loadAsset(name, data);
  }
}
