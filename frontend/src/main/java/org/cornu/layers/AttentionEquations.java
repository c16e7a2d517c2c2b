package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The products of attention over some axes of {@code [batch, …, heads, size]}, as equations.
 *
 * @param axes attended over
 * @param dot of keys and queries to scores
 * @param combine of scores and values to attended values
 */
record AttentionEquations(List<Integer> axes, String dot, String combine) {
  /**
   * A product with a kernel.
   *
   * @param equation of input and kernel
   * @param biasAxes letters of the new axes
   * @param rank of the output
   */
  record Projection(String equation, String biasAxes, int rank) {
    /** Sizes of the output without the batch: open ones, then the known. */
    List<@Nullable Integer> sizes(List<? extends @Nullable Integer> known) {
      List<@Nullable Integer> out = new ArrayList<>();
      for (int i = known.size(); i < rank - 1; i++) {
        out.add(null);
      }
      out.addAll(known);
      return out;
    }
  }

  private static char letter(int i) {
    return (char) ('a' + i);
  }

  /** A projection that keeps {@code free} axes, sums over {@code bound} and makes new ones. */
  static Projection projection(int free, int bound, int made) {
    StringBuilder input = new StringBuilder();
    StringBuilder kernel = new StringBuilder();
    StringBuilder output = new StringBuilder();
    StringBuilder bias = new StringBuilder();
    for (int i = 0; i < free; i++) {
      input.append(letter(i));
      output.append(letter(i));
    }
    for (int i = free; i < free + bound; i++) {
      input.append(letter(i));
      kernel.append(letter(i));
    }
    for (int i = free + bound; i < free + bound + made; i++) {
      kernel.append(letter(i));
      output.append(letter(i));
      bias.append(letter(i));
    }
    return new Projection(input + "," + kernel + "->" + output, bias.toString(), output.length());
  }

  /** Of projections of this rank. */
  static AttentionEquations of(int rank, List<Integer> axes) {
    StringBuilder target = new StringBuilder();
    StringBuilder source = new StringBuilder();
    StringBuilder product = new StringBuilder();
    int next = rank;
    for (int i = 0; i < rank; i++) {
      target.append(letter(i));
      source.append(axes.contains(i) ? letter(next++) : letter(i));
      if (i < rank - 1 && !axes.contains(i)) {
        product.append(letter(i));
      }
    }
    axes.forEach(axis -> product.append(target.charAt(axis)));
    axes.forEach(axis -> product.append(source.charAt(axis)));
    return new AttentionEquations(
        axes, source + "," + target + "->" + product, product + "," + source + "->" + target);
  }
}
