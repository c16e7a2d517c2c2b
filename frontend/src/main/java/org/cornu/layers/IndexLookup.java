package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as indexes in a vocabulary, which is given or learned by {@link #adapt}: what {@link
 * StringLookup} and {@link IntegerLookup} share. Indexes start with the mask token (in mode {@code
 * int}), then those for unknown tokens, then the vocabulary.
 *
 * @param <L> the layer class itself
 */
public abstract class IndexLookup<L extends IndexLookup<L>> extends Layer<L> implements HostLayer {
  static final Option<Integer> MAX_TOKENS = Option.integer("max_tokens").nullable().positive();
  static final Option<Integer> NUM_OOV =
      Option.integer("num_oov_indices").defaultTo(1).nonNegative();
  static final Option<Object> MASK_TOKEN = Option.tree("mask_token").nullable();
  static final Option<Object> OOV_TOKEN = Option.tree("oov_token");
  static final Option<Object> VOCABULARY = Option.tree("vocabulary").nullable();
  static final Option<List<Double>> IDF_WEIGHTS = Option.reals("idf_weights").nullable();
  static final Option<Boolean> INVERT = Option.bool("invert").defaultTo(false);
  static final Option<String> OUTPUT_MODE =
      Option.choice("output_mode", "int", "one_hot", "multi_hot", "count", "tf_idf")
          .defaultTo("int");
  static final Option<Boolean> PAD = Option.bool("pad_to_max_tokens").defaultTo(false);
  static final Option<Boolean> SPARSE = Option.bool("sparse").defaultTo(false);
  static final Option<String> ENCODING = Option.string("encoding").defaultTo("utf-8");
  static final Option<List<Long>> SALT = Option.of("salt", Hashing.KEY).nullable();

  private Vocabulary vocabulary = Vocabulary.EMPTY;
  private List<Double> idf = List.of();

  IndexLookup(Spec spec) {
    super(spec);
  }

  /** Most indexes of all kinds; rarer tokens stay unknown. */
  @CanIgnoreReturnValue
  public final L maxTokens(int value) {
    return set(MAX_TOKENS, value);
  }

  /** Number of indexes for unknown tokens, over which they are spread by a hash; default 1. */
  @CanIgnoreReturnValue
  public final L numOovIndices(int value) {
    return set(NUM_OOV, value);
  }

  /** {@code int} (default), {@code one_hot}, {@code multi_hot}, {@code count}, {@code tf_idf}. */
  @CanIgnoreReturnValue
  public final L outputMode(String value) {
    return setFrom(OUTPUT_MODE, value);
  }

  /** Whether codes have {@code max_tokens} places even when the vocabulary is smaller. */
  @CanIgnoreReturnValue
  public final L padToMaxTokens(boolean value) {
    return set(PAD, value);
  }

  /** Whether indexes become tokens again. */
  @CanIgnoreReturnValue
  public final L invert(boolean value) {
    return set(INVERT, value);
  }

  // ---- vocabulary

  /** Sets the tokens, with the special ones in front or without them. */
  @CanIgnoreReturnValue
  protected final L tokens(List<String> tokens, @Nullable List<Double> weights) {
    int special = start();
    List<String> front = new ArrayList<>();
    if (oovStart() == 1) {
      front.add(maskToken());
    }
    for (int i = 0; i < get(NUM_OOV); i++) {
      front.add(oovToken());
    }
    boolean withSpecial =
        special > 0 && tokens.size() >= special && tokens.subList(0, special).equals(front);
    List<String> own = withSpecial ? tokens.subList(special, tokens.size()) : tokens;
    Integer most = getOrNull(MAX_TOKENS);
    if (most != null && special + own.size() > most) {
      throw new OpException(
          name()
              + ": the vocabulary with special tokens has "
              + (special + own.size())
              + " tokens, max_tokens is "
              + most);
    }
    if (getOrNull(MASK_TOKEN) != null && own.contains(maskToken())) {
      throw new OpException(
          name() + ": the mask token '" + maskToken() + "' must not be in the vocabulary");
    }
    vocabulary = Vocabulary.of(name(), own);
    if (weights != null) {
      if (weights.size() != tokens.size()) {
        throw new OpException(
            name()
                + ": there must be a weight for each token: got "
                + weights.size()
                + " for "
                + tokens.size());
      }
      List<Double> all = new ArrayList<>();
      if (!withSpecial) {
        double mean = weights.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        for (int i = 0; i < special; i++) {
          all.add(mean);
        }
      }
      all.addAll(weights);
      idf = all;
    }
    return self();
  }

  /** All tokens in the order of their indexes, special ones among them. */
  public final List<String> getVocabulary() {
    List<String> out = new ArrayList<>();
    if (oovStart() == 1) {
      out.add(maskToken());
    }
    for (int i = 0; i < get(NUM_OOV); i++) {
      out.add(oovToken());
    }
    out.addAll(vocabulary.tokens());
    return out;
  }

  /** Number of indexes of all kinds. */
  public final int vocabularySize() {
    return start() + vocabulary.tokens().size();
  }

  /** Learns the vocabulary from documents, forgetting what was learned before. */
  @CanIgnoreReturnValue
  final L learn(List<List<String>> documents) {
    if (getOrNull(VOCABULARY) != null) {
      throw new OpException(name() + ".adapt: the vocabulary is given");
    }
    Vocabulary.Counter counter = new Vocabulary.Counter();
    documents.forEach(counter::add);
    Set<String> special = new HashSet<>(Set.of(oovToken()));
    if (getOrNull(MASK_TOKEN) != null) {
      special.add(maskToken());
    }
    Integer most = getOrNull(MAX_TOKENS);
    int room = most == null ? Integer.MAX_VALUE : most - start();
    List<String> found = counter.mostFrequent(special, room, this::order);
    boolean weighted = get(OUTPUT_MODE).equals("tf_idf");
    return tokens(found, weighted ? counter.inverseDocumentFrequencies(found) : null);
  }

  /** The order of tokens: of strings, by their bytes. */
  int order(String a, String b) {
    return Arrays.compareUnsigned(HashLayer.bytes(a), HashLayer.bytes(b));
  }

  private String maskToken() {
    return String.valueOf(getOrNull(MASK_TOKEN));
  }

  private String oovToken() {
    return String.valueOf(get(OOV_TOKEN));
  }

  private int oovStart() {
    return getOrNull(MASK_TOKEN) != null && get(OUTPUT_MODE).equals("int") ? 1 : 0;
  }

  private int start() {
    return oovStart() + get(NUM_OOV);
  }

  // ---- lookup

  /** Index of an unknown token among those for unknown ones. */
  int unknown(String token, int indices) {
    List<Long> salt = getOrNull(SALT);
    return HashLayer.bin(token, indices, salt == null ? List.of() : salt);
  }

  /** The index of a token; -1 for the mask token where it counts nothing. */
  final int index(String token) {
    if (getOrNull(MASK_TOKEN) != null && token.equals(maskToken())) {
      return get(OUTPUT_MODE).equals("int") ? 0 : -1;
    }
    Integer known = vocabulary.indexes().get(token);
    if (known != null) {
      return start() + known;
    }
    int oov = get(NUM_OOV);
    if (oov == 0) {
      throw new OpException(
          name()
              + ": '"
              + token
              + "' is not in the vocabulary, and num_oov_indices is 0; set it to 1 or more");
    }
    return oovStart() + (oov == 1 ? 0 : unknown(token, oov));
  }

  /** The token of an index; the one for unknown tokens beyond the vocabulary. */
  final String token(long index) {
    if (index == 0 && oovStart() == 1) {
      return maskToken();
    }
    long place = index - start();
    return place >= 0 && place < vocabulary.tokens().size()
        ? vocabulary.tokens().get((int) place)
        : oovToken();
  }

  /** Writes indexes as the output mode says. */
  final Tensor encoded(Tensor indexes) {
    CategoryCodes codes = CategoryCodes.valueOf(get(OUTPUT_MODE).toUpperCase(Locale.ROOT));
    if (codes == CategoryCodes.INT) {
      return indexes;
    }
    Integer most = getOrNull(MAX_TOKENS);
    if (get(PAD) && most == null) {
      throw new OpException(name() + ": pad_to_max_tokens needs max_tokens");
    }
    int depth = get(PAD) && most != null ? most : vocabularySize();
    if (codes != CategoryCodes.TF_IDF) {
      return codes.encode(indexes, depth, DType.I32, null);
    }
    if (idf.isEmpty()) {
      throw new OpException(name() + ": tf_idf needs idf_weights, or adapt");
    }
    double[] weights = new double[depth];
    for (int i = 0; i < Math.min(depth, idf.size()); i++) {
      weights[i] = idf.get(i);
    }
    Tensor counts = codes.encode(indexes, depth, DType.F32, null);
    Tensor factors = Lax.constant(Literal.ofDoubles(TensorType.of(DType.F32, depth), weights));
    return Np.multiply(counts, factors);
  }

  @Override
  public Object transform(List<?> inputs) {
    if (inputs.size() != 1) {
      throw new OpException(name() + ": takes one input, got " + inputs.size());
    }
    if (get(INVERT)) {
      return inverted(inputs.get(0));
    }
    Strings given = HashLayer.strings(inputs.get(0));
    int[] indexes = given.values().stream().mapToInt(this::index).toArray();
    return encoded(given.tensor(indexes));
  }

  /** Tokens of indexes. */
  Object inverted(Object input) {
    if (!(input instanceof Tensor indexes)) {
      throw new OpException(name() + ": inverted, it takes indexes: got " + input);
    }
    Literal values = Strings.concrete(name(), indexes);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < values.count(); i++) {
      out.add(token(values.longAt(i)));
    }
    return new Strings(out, Strings.sizes(indexes));
  }

  @Override
  protected void buildAll(List<Shape> inputs) {}

  @Override
  protected final List<Tensor> callAll(List<Tensor> inputs, Call call) {
    return List.of((Tensor) transform(inputs));
  }

  // ---- files

  /** The tokens of a config: strings, or integers as their digits. */
  static List<String> list(Object tree) {
    if (!(tree instanceof List<?> list)) {
      throw new org.cornu.config.ConfigException(
          "lookup: option 'vocabulary' must be a list of tokens: got '" + tree + "'");
    }
    return list.stream().map(String::valueOf).toList();
  }

  @Override
  protected void configure(Map<String, @Nullable Object> config, ObjectReader reader) {
    super.configure(config, reader);
    readVocabulary();
  }

  /** Takes over the vocabulary that was set as an option. */
  final void readVocabulary() {
    Object given = getOrNull(VOCABULARY);
    if (given != null) {
      tokens(list(given), getOrNull(IDF_WEIGHTS));
    }
  }

  /** A token as configs hold it: an integer where the layer is one of integers. */
  Object written(String token) {
    return token;
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    boolean empty = vocabulary.tokens().isEmpty();
    config.put("vocabulary_size", empty ? null : (Object) vocabularySize());
    if (!empty) {
      config.put("vocabulary", vocabulary.tokens().stream().map(this::written).toList());
      if (!idf.isEmpty()) {
        config.put("idf_weights", idf.subList(start(), idf.size()));
      }
    }
    return config;
  }

  @Override
  public void loadAsset(String name, byte[] data) {
    if (name.equals("vocabulary.txt") && vocabulary.tokens().isEmpty()) {
      List<String> lines =
          new ArrayList<>(Arrays.asList(new String(data, StandardCharsets.UTF_8).split("\\R", -1)));
      while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
        lines.remove(lines.size() - 1);
      }
      tokens(lines, null);
    }
  }
}
