package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plans of products, linear algebra and Fourier transforms. */
final class ProductPlans {
  private static final String[] EINSUMS = {
    "ij,jk->ik",
    "ij,jk",
    "...i,...i->...",
    "i,j->ij",
    "ii->i",
    "ii",
    "ij->ji",
    "bij,bjk->bik",
    "...ij,jk->...ik",
    "ijk->",
    "ij,ij,ij->i",
    "i...->...i",
    "ab,bc,cd->ad",
    "ij,kj->ki",
    "i...,i...->...",
    "iij->j",
    "...->..."
  };

  private ProductPlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    products(add);
    linear(add);
    fourier(add);
  }

  private static int[] with(int[] dims, int... last) {
    int[] out = Arrays.copyOf(dims, dims.length + last.length);
    System.arraycopy(last, 0, out, dims.length, last.length);
    return out;
  }

  private static void products(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "matmul",
        c -> {
          int[] batch = Operands.shape(c, 0, 2);
          int k = c.in(1, 4);
          boolean vector = c.in(0, 4) == 0;
          c.argument(Operands.any(c, vector ? new int[] {k} : with(batch, c.in(1, 3), k)));
          c.argument(
              Operands.any(
                  c,
                  c.in(0, 4) == 0
                      ? new int[] {k}
                      : with(Operands.beside(c, batch), k, c.in(1, 3))));
        });
    add.accept(
        "dot",
        c -> {
          int k = c.in(1, 4);
          c.argument(
              c.in(0, 6) == 0
                  ? Operands.any(c)
                  : Operands.any(c, with(Operands.shape(c, 0, 2), k)));
          c.argument(
              c.coin()
                  ? Operands.any(c, k)
                  : Operands.any(c, with(Operands.shape(c, 0, 2), k, c.in(1, 3))));
        });
    add.accept(
        "inner",
        c -> {
          int k = c.in(0, 4);
          c.argument(
              c.in(0, 6) == 0
                  ? Operands.any(c)
                  : Operands.any(c, with(Operands.shape(c, 0, 2), k)));
          c.argument(Operands.any(c, with(Operands.shape(c, 0, 2), k)));
        });
    add.accept(
        "outer kron",
        c ->
            c.argument(Operands.any(c, Operands.shape(c, 0, 3)))
                .argument(Operands.any(c, Operands.shape(c, 0, 3))));
    add.accept(
        "vdot",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          boolean complex = c.in(0, 3) == 0;
          c.argument(complex ? Operands.array(c, "complex64", -2, 2, dims) : Operands.any(c, dims));
          c.argument(
              complex
                  ? Operands.array(c, c.pick(Operands.COMPLEX), -2, 2, dims)
                  : Operands.any(c, c.coin() ? dims : new int[] {Operands.count(dims)}));
        });
    add.accept(
        "tensordot",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          int n = c.in(0, dims.length);
          c.argument(Operands.any(c, with(Operands.filled(c, 0, 2), dims)));
          int[] other = with(dims, c.in(1, 3));
          c.argument(Operands.any(c, other));
          if (c.coin()) {
            c.call("axes", dims.length);
          } else if (n == 0) {
            c.call("axes", 0);
          } else {
            List<Object> first = new ArrayList<>();
            List<Object> second = new ArrayList<>();
            for (int d : Operands.permutation(c, dims.length).subList(0, n)) {
              first.add(d - dims.length);
              second.add(c.coin() ? d : d - other.length);
            }
            c.call("axes", Operands.tuple(List.of(first, second)));
          }
        });
    add.accept(
        "cross",
        c -> {
          int[] batch = Operands.shape(c, 0, 2);
          c.argument(Operands.any(c, with(batch, c.in(2, 3))));
          c.argument(Operands.any(c, with(Operands.beside(c, batch), c.in(2, 3))));
          if (c.in(0, 3) == 0) {
            c.call("axis", -1);
          }
        });
    add.accept("einsum", ProductPlans::einsum);
    add.accept(
        "cdist",
        c -> {
          int k = c.in(1, 4);
          c.argument(Operands.any(c, c.in(1, 4), k)).argument(Operands.any(c, c.in(1, 4), k));
        });
  }

  private static void einsum(DrawnCase c) {
    String text = c.pick(EINSUMS);
    c.argument(text);
    int n = c.in(1, 3);
    int[] dots = Operands.filled(c, 0, 2);
    for (String term : text.split("->")[0].split(",")) {
      int[] dims = {};
      for (String label : term.replace("...", ".").split("")) {
        // One size for all labels but i, so that any pattern fits.
        dims = label.equals(".") ? with(dims, dots) : with(dims, label.equals("i") ? 2 : n);
      }
      c.argument(Operands.any(c, dims));
    }
  }

  /** A matrix far from singular ones. */
  private static Object regular(DrawnCase c, boolean symmetric, int... batch) {
    int n = c.in(1, 4);
    List<Object> data = new ArrayList<>();
    for (int b = 0; b < Operands.count(batch); b++) {
      double[][] m = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          m[i][j] =
              i == j ? n + i + c.real(0.2, 0.8) : symmetric && j < i ? m[j][i] : c.real(-1, 1);
        }
      }
      for (double[] row : m) {
        for (double v : row) {
          data.add((double) (float) v);
        }
      }
    }
    return c.array("float32", data, with(batch, n, n));
  }

  private static Object matrix(DrawnCase c, int... dims) {
    return Operands.array(c, c.in(0, 5) == 0 ? c.pick("int32", "float32") : "float32", -3, 3, dims);
  }

  private static void linear(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "det inv slogdet logdet lu_factor",
        c -> c.argument(regular(c, c.coin(), Operands.shape(c, 0, 2))));
    add.accept(
        "cholesky",
        c -> {
          c.argument(regular(c, true, Operands.filled(c, 0, 2)));
          if (c.coin()) {
            c.call("upper", c.coin());
          }
        });
    // Keras transposes all axes of a batch.
    add.accept("cholesky_inverse", c -> c.argument(regular(c, true)).call("upper", c.coin()));
    add.accept(
        "eigh", c -> c.argument(regular(c, true, Operands.filled(c, 0, 2))).withoutGradients());
    add.accept(
        "eig", c -> c.argument(regular(c, c.coin(), Operands.filled(c, 0, 1))).withoutGradients());
    add.accept(
        "solve solve_triangular",
        c -> {
          int[] batch = Operands.filled(c, 0, 2);
          int n = c.in(1, 4);
          List<Object> data = new ArrayList<>();
          for (int i = 0; i < Operands.count(batch) * n * n; i++) {
            data.add(
                i % (n * n) % (n + 1) == 0 ? 3.0 + c.in(0, 2) : (double) (float) c.real(-1, 1));
          }
          c.argument(c.array("float32", data, with(batch, n, n)));
          boolean vector = c.in(0, 2) == 0;
          c.argument(matrix(c, vector ? with(batch, n) : with(batch, n, c.in(1, 3))));
        });
    add.accept(
        "lstsq",
        c -> {
          int m = c.in(2, 5);
          c.argument(matrix(c, m, c.in(1, m)));
          c.argument(c.coin() ? matrix(c, m) : matrix(c, m, c.in(1, 3))).withoutGradients();
        });
    add.accept(
        "qr",
        c ->
            c.argument(matrix(c, with(Operands.filled(c, 0, 1), c.in(1, 4), c.in(1, 4))))
                .call("mode", c.pick("reduced", "complete"))
                .withoutGradients());
    add.accept(
        "svd",
        c ->
            c.argument(
                    Operands.array(
                        c,
                        "float32",
                        -3,
                        3,
                        with(Operands.filled(c, 0, 1), c.in(1, 4), c.in(1, 4))))
                .call("full_matrices", c.coin())
                .call("compute_uv", c.coin())
                .withoutGradients());
    add.accept(
        "pinv",
        c ->
            c.argument(matrix(c, with(Operands.filled(c, 0, 1), c.in(1, 4), c.in(1, 4))))
                .withoutGradients());
    add.accept(
        "matrix_rank",
        c -> {
          c.argument(matrix(c, with(Operands.shape(c, 0, 1), c.in(1, 4), c.in(1, 4))));
          if (c.coin()) {
            c.call("tol", c.real(0.01, 2));
          }
        });
    add.accept("norm", ProductPlans::norm);
    add.accept(
        "normalize",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          c.argument(Operands.floats(c, dims)).call("axis", Operands.axis(c, dims.length));
          c.call("order", c.in(1, 4));
        });
  }

  private static void norm(DrawnCase c) {
    int[] dims = Operands.filled(c, 1, 3);
    c.argument(Operands.any(c, dims)).call("keepdims", c.coin()).withoutGradients();
    Object infinity = c.pick(Map.of("$float", "inf"), Map.of("$float", "-inf"));
    int kind = c.in(0, 3);
    if (kind == 0 || dims.length == 1 && kind == 3) {
      c.call("axis", c.coin() ? null : Operands.axis(c, dims.length));
    } else if (kind == 3) {
      List<Integer> axes = Operands.permutation(c, dims.length).subList(0, 2);
      c.call("axis", Operands.tuple(axes.get(0), axes.get(1) - dims.length));
      c.call("ord", c.pick((Object) "fro", "nuc", 1, -1, 2, -2, infinity));
    } else {
      c.call("axis", Operands.axis(c, dims.length));
      c.call("ord", c.pick((Object) 1, 2, 3, 0, -1, 0.5, 2.5, infinity));
    }
  }

  private static Object parts(DrawnCase c, int... dims) {
    return Operands.tuple(
        List.of(
            Operands.array(c, "float32", -2, 2, dims), Operands.array(c, "float32", -2, 2, dims)));
  }

  private static void fourier(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept("fft", c -> c.argument(parts(c, Operands.filled(c, 1, 3))));
    add.accept("fft2 ifft2", c -> c.argument(parts(c, Operands.filled(c, 2, 4))));
    add.accept(
        "rfft",
        c -> {
          c.argument(
              Operands.array(
                  c,
                  c.pick("float32", "float32", "int32", "float16"),
                  -2,
                  2,
                  with(Operands.filled(c, 0, 2), c.in(1, 9))));
          c.call("fft_length", c.coin() ? null : c.in(1, 10));
        });
    add.accept(
        "irfft",
        c -> {
          c.argument(parts(c, with(Operands.filled(c, 0, 2), c.in(2, 6))));
          c.call("fft_length", c.coin() ? null : c.in(1, 10));
        });
    add.accept(
        "extract_sequences",
        c ->
            c.argument(Operands.any(c, with(Operands.filled(c, 0, 2), c.in(4, 9))))
                .argument(c.in(1, 4))
                .argument(c.in(1, 4)));
    add.accept(
        "stft",
        c -> {
          int length = c.in(2, 6);
          c.argument(
              Operands.array(c, "float32", -2, 2, with(Operands.filled(c, 0, 1), c.in(10, 16))));
          c.argument(length).argument(c.in(1, 4)).argument(length + c.in(0, 3));
          c.call("window", window(c, length)).call("center", c.coin());
        });
    add.accept(
        "istft",
        c -> {
          int length = c.in(3, 6);
          int fft = 2 * ((length + 1) / 2) + 2 * c.in(0, 1);
          c.argument(parts(c, with(Operands.filled(c, 0, 1), c.in(3, 5), fft / 2 + 1)));
          // With steps of 1, JAX loses the end of short signals.
          c.argument(length).argument(c.in(2, 3)).argument(fft);
          c.call("window", window(c, length)).call("center", c.coin());
          if (c.coin()) {
            c.call("length", c.in(4, 12));
          }
          c.withoutGradients();
        });
  }

  private static Object window(DrawnCase c, int length) {
    return switch (c.in(0, 3)) {
      case 0 -> "hamming";
      case 1 -> Operands.array(c, "float32", 0.2, 1, length);
      default -> "hann";
    };
  }
}
