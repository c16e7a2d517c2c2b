package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Functions whose results are compared in a way of their own. */
final class SpecialCases {
  private SpecialCases() {}

  private static String name(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** The tolerance for outputs of a function. */
  static double tolerance(String path) {
    return switch (name(path)) {
      case "lstsq", "pinv", "eig", "eigh", "svd", "qr", "inv", "solve", "stft", "istft" -> 1e-5;
      default -> Agreement.OUTPUT;
    };
  }

  /** True for decompositions, whose vectors are determined up to a sign or phase. */
  static boolean hasOwnComparison(String path) {
    return switch (name(path)) {
      case "eig", "eigh", "svd", "qr" -> true;
      case "empty", "empty_like" -> true;
      default -> false;
    };
  }

  static @Nullable String compare(String path, List<@Nullable Object> got, JsonNode want) {
    List<Literal> results = new ArrayList<>();
    List<Literal> expected = new ArrayList<>();
    for (int i = 0; i < got.size(); i++) {
      if (!(got.get(i) instanceof Tensor tensor)) {
        return "output " + i + " is no array";
      }
      results.add(tensor.toLiteral());
      expected.add(Recorded.literal(want.get(i)));
      if (!results.get(i).type().equals(expected.get(i).type())) {
        return "output "
            + i
            + ": got "
            + results.get(i).type().brief()
            + ", expected "
            + expected.get(i).type().brief();
      }
    }
    if (name(path).startsWith("empty")) {
      return null;
    }
    double tolerance = tolerance(path);
    if (name(path).equals("eig")) {
      ordered(results, expected.get(0));
    }
    for (int i = 0; i < results.size(); i++) {
      String difference =
          vectors(name(path), i, results.size())
              ? upToPhase(
                  "output " + i, results.get(i), expected.get(i), rows(name(path), i), tolerance)
              : Agreement.difference("output " + i, results.get(i), expected.get(i), tolerance);
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** Puts eigenvalues, which have no order, and their vectors into that of the wanted ones. */
  private static void ordered(List<Literal> got, Literal want) {
    int n = (int) want.type().dim(-1);
    double[] values = new double[2 * want.count()];
    double[] vectors = new double[2 * want.count() * n];
    for (int m = 0; m < want.count(); m += n) {
      boolean[] used = new boolean[n];
      for (int k = 0; k < n; k++) {
        int best = -1;
        for (int j = 0; j < n; j++) {
          if (!used[j]
              && (best < 0
                  || apart(got.get(0), m + j, want, m + k)
                      < apart(got.get(0), m + best, want, m + k))) {
            best = j;
          }
        }
        used[best] = true;
        put(values, m + k, got.get(0), m + best);
        for (int row = 0; row < n; row++) {
          put(vectors, (m + row) * n + k, got.get(1), (m + row) * n + best);
        }
      }
    }
    for (int i = 0; i < 2; i++) {
      got.set(i, Literal.ofComplex(got.get(i).type(), i == 0 ? values : vectors));
    }
  }

  private static double apart(Literal a, int i, Literal b, int j) {
    return Math.hypot(a.doubleAt(i) - b.doubleAt(j), imag(a, i) - imag(b, j));
  }

  private static void put(double[] parts, int at, Literal from, int i) {
    parts[2 * at] = from.doubleAt(i);
    parts[2 * at + 1] = imag(from, i);
  }

  private static boolean vectors(String name, int output, int outputs) {
    return switch (name) {
      case "svd" -> outputs == 3 && output != 1;
      case "qr" -> true;
      default -> output == 1;
    };
  }

  /** True where the vectors are the rows of the matrix. */
  private static boolean rows(String name, int output) {
    return (name.equals("svd") && output == 2) || (name.equals("qr") && output == 1);
  }

  /** Compares matrices vector by vector, each turned by the phase of its largest element. */
  private static @Nullable String upToPhase(
      String what, Literal got, Literal want, boolean rows, double tolerance) {
    int rank = want.type().rank();
    int height = (int) want.type().dim(rank - 2);
    int width = (int) want.type().dim(rank - 1);
    int matrices = want.count() / Math.max(1, height * width);
    int vectors = rows ? height : width;
    int length = rows ? width : height;
    for (int m = 0; m < matrices; m++) {
      for (int v = 0; v < vectors; v++) {
        int largest = 0;
        int[] at = new int[length];
        for (int i = 0; i < length; i++) {
          at[i] = m * height * width + (rows ? v * width + i : i * width + v);
          if (size(want, at[i]) > size(want, at[largest])) {
            largest = i;
          }
        }
        double w = size(want, at[largest]);
        double g = size(got, at[largest]);
        if (w == 0 && g == 0) {
          continue;
        }
        // phase = want / got at the largest element
        double re = part(want, at[largest], got, at[largest], false) / (g * g);
        double im = part(want, at[largest], got, at[largest], true) / (g * g);
        for (int i = 0; i < length; i++) {
          double gr = got.doubleAt(at[i]);
          double gi = imag(got, at[i]);
          double dr = gr * re - gi * im - want.doubleAt(at[i]);
          double di = gr * im + gi * re - imag(want, at[i]);
          if (!(Math.hypot(dr, di) <= tolerance * Math.max(1, w))) {
            return what + ": vector " + v + " is off by " + Math.hypot(dr, di);
          }
        }
        if (Math.abs(Math.hypot(re, im) - 1) > 10 * tolerance) {
          return what + ": vector " + v + " has another length";
        }
      }
    }
    return null;
  }

  /** Real or imaginary part of {@code a * conj(b)}. */
  private static double part(Literal a, int i, Literal b, int j, boolean imaginary) {
    double ar = a.doubleAt(i);
    double ai = imag(a, i);
    double br = b.doubleAt(j);
    double bi = imag(b, j);
    return imaginary ? ai * br - ar * bi : ar * br + ai * bi;
  }

  private static double imag(Literal x, int i) {
    return x.type().dtype().isComplex() ? x.imagAt(i) : 0;
  }

  private static double size(Literal x, int i) {
    return Math.hypot(x.doubleAt(i), imag(x, i));
  }
}
