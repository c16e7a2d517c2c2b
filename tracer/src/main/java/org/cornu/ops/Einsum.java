package org.cornu.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** Einstein's summation as a sequence of contractions of two operands, the cheapest first. */
final class Einsum {
  /** Axes that the ellipsis stands for are named by characters from here on, the last one first. */
  private static final char ELLIPSIS = '\ue000';

  /** An operand whose axes are named. */
  private record Term(Tensor tensor, String names) {
    long size(char name) {
      return tensor.shape().dim(names.indexOf(name));
    }
  }

  private final String subscripts;

  private Einsum(String subscripts) {
    this.subscripts = subscripts;
  }

  static Tensor apply(String subscripts, List<Tensor> operands) {
    return new Einsum(subscripts).run(operands);
  }

  private Tensor run(List<Tensor> operands) {
    String text = subscripts.replace(" ", "");
    int arrow = text.indexOf("->");
    String left = arrow < 0 ? text : text.substring(0, arrow);
    String[] inputs = left.split(",", -1);
    if (inputs.length != operands.size()) {
      throw fail(
          "as many operands as terms are needed: got "
              + operands.size()
              + " operands for "
              + inputs.length
              + " terms");
    }
    DType dtype = Dims.promoted(operands.toArray(new Tensor[0]));
    List<Term> terms = new ArrayList<>();
    int dots = 0;
    for (int i = 0; i < inputs.length; i++) {
      Tensor x = Lax.convertElementType(operands.get(i), dtype);
      String names = expand(inputs[i], x);
      dots = Math.max(dots, (int) names.chars().filter(c -> c >= ELLIPSIS).count());
      terms.add(new Term(x, names));
    }
    String output =
        arrow < 0
            ? implicit(inputs, dots)
            : text.substring(arrow + 2).replace("...", ellipsis(dots));
    checkOutput(output, terms);
    terms.replaceAll(this::diagonals);
    terms = broadcast(terms);
    return transposed(contracted(terms, output), output);
  }

  /** Replaces the ellipsis of one term by as many names as the operand has further axes. */
  private String expand(String term, Tensor x) {
    int at = term.indexOf("...");
    String letters = term.replace("...", "");
    for (int i = 0; i < letters.length(); i++) {
      char c = letters.charAt(i);
      if (!Character.isLetter(c)) {
        throw fail("axes are named by letters: got '" + c + "'");
      }
    }
    int extra = x.rank() - letters.length();
    if (at < 0 ? extra != 0 : extra < 0) {
      throw fail("a term must name every axis: got '" + term + "' for " + x.type().brief());
    }
    return at < 0 ? term : term.replace("...", ellipsis(extra));
  }

  private static String ellipsis(int n) {
    StringBuilder out = new StringBuilder();
    for (int i = n - 1; i >= 0; i--) {
      out.append((char) (ELLIPSIS + i));
    }
    return out.toString();
  }

  private static String implicit(String[] inputs, int dots) {
    String all = String.join("", inputs).replace("...", "");
    StringBuilder out = new StringBuilder(ellipsis(dots));
    all.chars()
        .filter(c -> all.indexOf(c) == all.lastIndexOf(c))
        .sorted()
        .forEach(c -> out.append((char) c));
    return out.toString();
  }

  private void checkOutput(String output, List<Term> terms) {
    Set<Character> seen = new LinkedHashSet<>();
    for (int i = 0; i < output.length(); i++) {
      char c = output.charAt(i);
      if (terms.stream().noneMatch(t -> t.names().indexOf(c) >= 0)) {
        throw fail("every axis of the result must occur in an operand: got '" + c + "'");
      }
      if (!seen.add(c)) {
        throw fail("an axis of the result must not occur twice: got '" + c + "'");
      }
    }
  }

  /** Takes the diagonal of names that one operand has twice. */
  private Term diagonals(Term term) {
    Tensor x = term.tensor();
    String names = term.names();
    for (int i = 0; i < names.length(); i++) {
      int j = names.lastIndexOf(names.charAt(i));
      while (j > i) {
        if (x.shape().dim(i) != x.shape().dim(j)) {
          throw sizes(names.charAt(i), x.shape().dim(i), x.shape().dim(j));
        }
        x = Np.moveaxis(Np.diagonal(x, 0, i, j), -1, i);
        names = new StringBuilder(names).deleteCharAt(j).toString();
        j = names.lastIndexOf(names.charAt(i));
      }
    }
    return new Term(x, names);
  }

  /** Checks that sizes agree; axes of size 1 that others have larger are dropped. */
  private List<Term> broadcast(List<Term> terms) {
    Map<Character, Long> sizes = new LinkedHashMap<>();
    for (Term term : terms) {
      for (char c : term.names().toCharArray()) {
        long size = term.size(c);
        long known = sizes.getOrDefault(c, 1L);
        if (size != known && size != 1 && known != 1) {
          throw sizes(c, known, size);
        }
        sizes.put(c, known == 1 ? size : known);
      }
    }
    List<Term> out = new ArrayList<>();
    for (Term term : terms) {
      StringBuilder names = new StringBuilder();
      List<Long> dims = new ArrayList<>();
      for (char c : term.names().toCharArray()) {
        if (term.size(c) == sizes.getOrDefault(c, 1L)) {
          names.append(c);
          dims.add(term.size(c));
        }
      }
      Tensor x =
          dims.size() == term.tensor().rank()
              ? term.tensor()
              : Lax.reshape(term.tensor(), dims.stream().mapToLong(Long::longValue).toArray());
      out.add(new Term(x, names.toString()));
    }
    return out;
  }

  private Term contracted(List<Term> terms, String output) {
    List<Term> open = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      open.add(summed(terms.get(i), kept(terms, i, i, output)));
    }
    while (open.size() > 1) {
      int bestA = 0;
      int bestB = 1;
      double best = Double.POSITIVE_INFINITY;
      for (int a = 0; a < open.size(); a++) {
        for (int b = a + 1; b < open.size(); b++) {
          double growth = growth(open, a, b, output);
          if (growth < best) {
            best = growth;
            bestA = a;
            bestB = b;
          }
        }
      }
      Term product = product(open.get(bestA), open.get(bestB), kept(open, bestA, bestB, output));
      open.remove(bestB);
      open.set(bestA, product);
    }
    return open.get(0);
  }

  /** Names that the result, or a term other than these two, needs. */
  private static String kept(List<Term> terms, int a, int b, String output) {
    StringBuilder out = new StringBuilder(output);
    for (int i = 0; i < terms.size(); i++) {
      if (i != a && i != b) {
        out.append(terms.get(i).names());
      }
    }
    return out.toString();
  }

  private static double growth(List<Term> terms, int a, int b, String output) {
    String kept = kept(terms, a, b, output);
    double size = 1;
    Set<Character> seen = new LinkedHashSet<>();
    for (Term term : List.of(terms.get(a), terms.get(b))) {
      for (char c : term.names().toCharArray()) {
        if (kept.indexOf(c) >= 0 && seen.add(c)) {
          size *= term.size(c);
        }
      }
    }
    return size - terms.get(a).tensor().count() - terms.get(b).tensor().count();
  }

  /** Sums over names that nobody else needs. */
  private static Term summed(Term term, String kept) {
    StringBuilder names = new StringBuilder();
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < term.names().length(); i++) {
      if (kept.indexOf(term.names().charAt(i)) >= 0) {
        names.append(term.names().charAt(i));
      } else {
        axes.add(i);
      }
    }
    if (axes.isEmpty()) {
      return term;
    }
    long[] dims = axes.stream().mapToLong(Integer::longValue).toArray();
    return new Term(Lax.reduce(term.tensor(), Lax.Reduction.ADD, dims), names.toString());
  }

  private static Term product(Term x, Term y, String kept) {
    List<Integer> batchX = new ArrayList<>();
    List<Integer> batchY = new ArrayList<>();
    List<Integer> sumX = new ArrayList<>();
    List<Integer> sumY = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    StringBuilder rest = new StringBuilder();
    for (char c : x.names().toCharArray()) {
      int i = x.names().indexOf(c);
      int j = y.names().indexOf(c);
      if (j < 0) {
        rest.append(c);
      } else if (kept.indexOf(c) >= 0) {
        batchX.add(i);
        batchY.add(j);
        names.append(c);
      } else {
        sumX.add(i);
        sumY.add(j);
      }
    }
    for (char c : y.names().toCharArray()) {
      if (x.names().indexOf(c) < 0) {
        rest.append(c);
      }
    }
    Tensor out =
        NpLinear.contract(
            x.tensor(), y.tensor(), ints(batchX), ints(batchY), ints(sumX), ints(sumY));
    // Names of one operand alone that nobody needs were summed before; a chain may leave more.
    return summed(new Term(out, names.append(rest).toString()), kept);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Tensor transposed(Term term, String output) {
    int[] order = new int[output.length()];
    for (int i = 0; i < order.length; i++) {
      order[i] = term.names().indexOf(output.charAt(i));
    }
    return NpShape.permuted(term.tensor(), order);
  }

  private OpException sizes(char name, long a, long b) {
    String axis = name >= ELLIPSIS ? "of '...'" : "'" + name + "'";
    return fail("sizes of axis " + axis + " differ: got " + a + " and " + b);
  }

  private OpException fail(String reason) {
    return new OpException(
        "einsum '" + subscripts + "': " + reason,
        "one letter per axis of each operand, as in ij,jk->ik; equal letters have equal sizes");
  }
}
