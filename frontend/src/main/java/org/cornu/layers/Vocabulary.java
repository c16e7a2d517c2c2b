package org.cornu.layers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.tracer.OpException;

/**
 * Tokens with the index of each.
 *
 * @param tokens without special ones
 * @param indexes place of each token in {@code tokens}
 */
record Vocabulary(List<String> tokens, Map<String, Integer> indexes) {
  static final Vocabulary EMPTY = of("vocabulary", List.of());

  /** A vocabulary of tokens that must differ. */
  static Vocabulary of(String who, List<String> tokens) {
    Map<String, Integer> indexes = new HashMap<>();
    Set<String> repeated = new HashSet<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (indexes.putIfAbsent(tokens.get(i), i) != null) {
        repeated.add(tokens.get(i));
      }
    }
    if (!repeated.isEmpty()) {
      throw new OpException(who + ": the vocabulary repeats " + repeated);
    }
    return new Vocabulary(List.copyOf(tokens), indexes);
  }

  /** Counts tokens and in how many documents each is. */
  static final class Counter {
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> documents = new HashMap<>();
    private int documentCount;

    /** Counts the tokens of one document. */
    void add(List<String> document) {
      document.forEach(token -> counts.merge(token, 1, Integer::sum));
      new HashSet<>(document).forEach(token -> documents.merge(token, 1, Integer::sum));
      documentCount++;
    }

    /** The most frequent tokens, equally frequent ones in descending order. */
    List<String> mostFrequent(Set<String> except, int most, Comparator<String> order) {
      List<String> tokens = new ArrayList<>(counts.keySet());
      tokens.removeAll(except);
      tokens.sort(
          (a, b) -> {
            int byCount = Integer.compare(counts.getOrDefault(b, 0), counts.getOrDefault(a, 0));
            return byCount != 0 ? byCount : order.compare(b, a);
          });
      return tokens.subList(0, Math.min(most, tokens.size()));
    }

    /** {@code log(1 + documents / (1 + documents with the token))}. */
    List<Double> inverseDocumentFrequencies(List<String> tokens) {
      return tokens.stream()
          .map(t -> Math.log(1 + documentCount / (1.0 + documents.getOrDefault(t, 0))))
          .toList();
    }
  }
}
