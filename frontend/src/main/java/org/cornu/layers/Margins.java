package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Codec;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.jspecify.annotations.Nullable;

/**
 * How much is added or cut before and behind each of {@code rank} dimensions. One number stands for
 * all, one per dimension for both sides of it; with one dimension a list of two is its two sides.
 */
final class Margins implements Codec<List<List<Integer>>> {
  private final int rank;

  Margins(int rank) {
    this.rank = rank;
  }

  @Override
  public String expects() {
    return "a number, or for each of "
        + rank
        + " dimensions a number or a pair, none of them negative";
  }

  @Override
  public @Nullable Object encode(List<List<Integer>> value, ObjectWriter writer) {
    return rank == 1 ? value.get(0) : value;
  }

  @Override
  public @Nullable List<List<Integer>> decode(Object tree, ObjectReader reader) {
    List<List<Integer>> out = new ArrayList<>();
    if (rank == 1) {
      List<Integer> only = pair(tree);
      return only == null ? null : List.of(only);
    }
    List<?> given = tree instanceof List<?> list ? list : null;
    if (given != null && given.size() != rank) {
      return null;
    }
    for (int i = 0; i < rank; i++) {
      List<Integer> pair = pair(given == null ? tree : given.get(i));
      if (pair == null) {
        return null;
      }
      out.add(pair);
    }
    return out;
  }

  private static @Nullable List<Integer> pair(@Nullable Object tree) {
    if (tree instanceof List<?> list && list.size() == 2) {
      Integer a = size(list.get(0));
      Integer b = size(list.get(1));
      return a == null || b == null ? null : List.of(a, b);
    }
    Integer both = size(tree);
    return both == null ? null : List.of(both, both);
  }

  private static @Nullable Integer size(@Nullable Object tree) {
    return tree instanceof Number n && n.intValue() >= 0 && n.doubleValue() == n.intValue()
        ? (Integer) n.intValue()
        : null;
  }

  /** The margins of numbers as Java gives them: one, one per dimension, or two per dimension. */
  List<List<Integer>> of(int... values) {
    Object tree;
    if (values.length == 1) {
      tree = values[0];
    } else if (values.length == 2 * rank) {
      List<List<Integer>> pairs = new ArrayList<>();
      for (int i = 0; i < rank; i++) {
        pairs.add(List.of(values[2 * i], values[2 * i + 1]));
      }
      tree = rank == 1 ? pairs.get(0) : pairs;
    } else {
      tree = java.util.Arrays.stream(values).boxed().toList();
    }
    List<List<Integer>> out = decode(tree, ObjectReader.plain());
    if (out == null) {
      throw new org.cornu.config.ConfigException(
          "must be " + expects() + ": got " + java.util.Arrays.toString(values));
    }
    return out;
  }
}
