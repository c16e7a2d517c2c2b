package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How lookups, hashes and vectorized texts are drawn, which Keras computes with TensorFlow. */
final class LookupPlans {
  private static final String[] WORDS = {
    "apple", "pear", "fig", "plum", "kiwi", "über", "Straße", "a b", "日本", "x", "don't", "42"
  };
  private static final String[] PIECES = {
    "the", "The", "cat", "CAT,", "sat.", "on", "mat!", "dog", "don't", "Ünder", "x-ray", " ", "a"
  };
  private static final Map<String, Consumer<DrawnCase>> PLANS = new TreeMap<>();

  private LookupPlans() {}

  static Map<String, Consumer<DrawnCase>> all() {
    return PLANS;
  }

  static {
    PLANS.put("StringLookup", LookupPlans::strings);
    PLANS.put("IntegerLookup", LookupPlans::integers);
    PLANS.put("TextVectorization", LookupPlans::texts);
    PLANS.put("Hashing", LookupPlans::hashing);
    PLANS.put("HashedCrossing", LookupPlans::crossing);
  }

  private static List<String> words(DrawnCase c, String[] from, int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(c.pick(from));
    }
    return out;
  }

  private static int[] sizes(DrawnCase c) {
    return c.coin() ? new int[] {c.in(1, 6)} : new int[] {c.in(1, 4), c.in(1, 4)};
  }

  private static int count(int[] dims) {
    return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
  }

  /** What lookups of both kinds have, and the vocabulary: given, or learned from data. */
  private static void vocabulary(DrawnCase c, List<?> tokens, Object data) {
    String mode =
        c.has("invert") && Boolean.TRUE.equals(c.get("invert"))
            ? "int"
            : c.pick("int", "one_hot", "multi_hot", "count", "tf_idf");
    c.set("output_mode", mode);
    c.leave("vocabulary", "idf_weights", "sparse", "encoding", "salt", "vocabulary_dtype");
    c.leave("oov_method", "num_oov_indices", "max_tokens", "pad_to_max_tokens", "invert");
    c.leave("mask_token", "oov_token", "activity_regularizer");
    if (c.coin()) {
      c.set("vocabulary", tokens);
      if (mode.equals("tf_idf")) {
        c.set("idf_weights", tokens.stream().map(token -> c.real(0.1, 2)).toList());
      }
    } else {
      c.with("adapt", data);
    }
    if (c.coin()) {
      c.set("max_tokens", c.in(8, 12));
      c.set("pad_to_max_tokens", !mode.equals("int") && c.coin());
    }
  }

  private static void strings(DrawnCase c) {
    boolean invert = c.in(0, 4) == 0;
    c.set("invert", invert);
    c.set("num_oov_indices", invert ? 1 : c.in(1, 3));
    if (c.coin()) {
      c.set("mask_token", c.pick("", "[MASK]", "x"));
    }
    if (c.in(0, 2) == 0) {
      c.set("oov_token", "[?]");
    }
    Set<String> tokens = new LinkedHashSet<>(words(c, WORDS, c.in(2, 6)));
    tokens.remove(c.get("mask_token"));
    vocabulary(c, new ArrayList<>(tokens), c.strings(words(c, WORDS, 12), 12));
    if (invert) {
      c.argument(c.integers(tokens.size() + 2, sizes(c)));
      return;
    }
    List<String> given = new ArrayList<>(words(c, WORDS, 16));
    given.set(0, String.valueOf(c.get("mask_token") == null ? "" : c.get("mask_token")));
    int[] dims = "one_hot".equals(c.get("output_mode")) ? new int[] {c.in(1, 5), 1} : sizes(c);
    c.argument(c.strings(given.subList(0, count(dims)), dims));
  }

  private static void integers(DrawnCase c) {
    boolean invert = c.in(0, 4) == 0;
    c.set("invert", invert);
    c.set("num_oov_indices", invert ? 1 : c.in(1, 3));
    if (c.coin()) {
      c.set("mask_token", c.in(0, 3));
    }
    Set<Integer> tokens = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      tokens.add(c.in(0, 20));
    }
    tokens.remove(c.get("mask_token"));
    vocabulary(c, new ArrayList<>(tokens), c.integers(20, 12));
    int[] dims = "one_hot".equals(c.get("output_mode")) ? new int[] {c.in(1, 5), 1} : sizes(c);
    c.argument(c.integers(invert ? tokens.size() + 2 : 24, dims));
  }

  private static String text(DrawnCase c) {
    return String.join(" ", words(c, PIECES, c.in(0, 6)));
  }

  private static List<String> texts(DrawnCase c, int count) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      out.add(text(c));
    }
    out.set(0, "The cat sat on the mat, the dog!");
    return out;
  }

  private static void texts(DrawnCase c) {
    String mode = c.pick("int", "int", "multi_hot", "count", "tf_idf");
    c.set("output_mode", mode);
    c.set(
        "standardize",
        c.in(0, 3) == 0
            ? null
            : c.pick("lower_and_strip_punctuation", "lower", "strip_punctuation"));
    c.set("split", c.pick("whitespace", "whitespace", "character"));
    // Keras wants the key in a config.
    c.set("ngrams", c.coin() ? null : c.pick((Object) 2, 3, List.of(1, 3)));
    if (mode.equals("int")) {
      c.maybe("output_sequence_length", c.in(1, 9));
    }
    if (c.coin()) {
      c.set("max_tokens", c.in(7, 12));
      c.set("pad_to_max_tokens", !mode.equals("int") && c.coin());
    }
    c.leave("vocabulary", "idf_weights", "sparse", "ragged", "encoding");
    c.leave("activity_regularizer");
    c.leave("output_sequence_length", "max_tokens", "pad_to_max_tokens");
    if (c.coin()) {
      List<String> tokens = List.of("the", "cat", "sat", "the cat", "t").subList(0, c.in(2, 5));
      c.set("vocabulary", tokens);
      if (mode.equals("tf_idf")) {
        c.set("idf_weights", tokens.stream().map(token -> c.real(0.1, 2)).toList());
      }
    } else {
      c.with("adapt", c.strings(texts(c, 5), 5));
    }
    int rows = c.in(1, 4);
    c.argument(c.strings(texts(c, rows), c.coin() ? new int[] {rows} : new int[] {rows, 1}));
  }

  private static void hashing(DrawnCase c) {
    boolean words = c.coin();
    c.set("num_bins", c.in(1, 13));
    c.set("output_mode", c.pick("int", "int", "one_hot", "multi_hot", "count"));
    c.leave("sparse", "salt", "mask_value", "activity_regularizer");
    if (c.coin()) {
      c.set("salt", c.coin() ? (Object) c.in(0, 99) : List.of(c.in(0, 99), c.in(0, 1 << 30)));
    }
    int[] dims = "one_hot".equals(c.get("output_mode")) ? new int[] {c.in(1, 5), 1} : sizes(c);
    if (words) {
      if (c.coin()) {
        c.set("mask_value", c.pick("", "fig"));
      }
      c.argument(c.strings(words(c, WORDS, count(dims)), dims));
    } else {
      if (c.coin()) {
        c.set("mask_value", c.in(0, 5));
      }
      c.argument(c.integers(c.pick(6, 1 << 30), dims));
    }
  }

  private static void crossing(DrawnCase c) {
    c.set("num_bins", c.in(1, 13)).set("output_mode", c.pick("int", "one_hot"));
    c.leave("sparse", "activity_regularizer");
    int rows = c.in(1, 6);
    int[] dims = c.coin() ? new int[] {rows} : new int[] {rows, 1};
    List<Object> features = new ArrayList<>();
    for (int i = 0; i < c.in(2, 3); i++) {
      features.add(c.coin() ? c.strings(words(c, WORDS, rows), dims) : c.integers(1000, dims));
    }
    c.argument(features);
  }
}
