package org.cornu.check;

import java.util.List;
import org.cornu.ops.Fft;
import org.cornu.ops.Lax;
import org.cornu.ops.Linalg;
import org.cornu.ops.Np;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** {@code keras.ops} about linear algebra, Fourier transforms and signals. */
final class LinalgEntries {
  private final OpCatalog catalog;

  private LinalgEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    LinalgEntries e = new LinalgEntries(catalog);
    e.solving();
    e.spectral();
    e.fourier();
    e.signals();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + path, method, call);
  }

  private void unary(String name, F1<Tensor, Tensor> f) {
    op(name + "(x)", "Linalg." + name, a -> f.apply(a.tensor("x")));
  }

  private void solving() {
    op(
        "cholesky(x, upper=False)",
        "Linalg.cholesky",
        a -> Linalg.cholesky(a.tensor("x"), a.flag("upper")));
    op(
        "cholesky_inverse(x, upper=False)",
        "Linalg.choleskyInverse",
        a -> Linalg.choleskyInverse(a.tensor("x"), a.flag("upper")));
    unary("det", Linalg::det);
    unary("inv", Linalg::inv);
    unary("logdet", Linalg::logdet);
    op("slogdet(x)", "Linalg.slogdet", a -> Linalg.slogdet(a.tensor("x")));
    op("solve(a, b)", "Linalg.solve", a -> Linalg.solve(a.tensor("a"), a.tensor("b")));
    op(
        "solve_triangular(a, b, lower=False)",
        "Linalg.solveTriangular",
        a -> Linalg.solveTriangular(a.tensor("a"), a.tensor("b"), a.flag("lower")));
    op(
        "lu_factor(x)",
        "Linalg.luFactor",
        a -> {
          Linalg.Lu lu = Linalg.luFactor(a.tensor("x"));
          return List.of(lu.lu(), lu.pivots());
        });
    op(
        "lstsq(a, b, rcond=None)",
        "Linalg.lstsq",
        a -> Linalg.lstsq(a.tensor("a"), a.tensor("b"), a.has("rcond") ? a.number("rcond") : null));
  }

  private void spectral() {
    op(
        "qr(x, mode='reduced')",
        "Linalg.qr",
        a -> Linalg.qr(a.tensor("x"), a.text("mode").equals("complete")));
    op(
        "svd(x, full_matrices=True, compute_uv=True)",
        "Linalg.svd",
        a ->
            a.flag("compute_uv")
                ? Linalg.svd(a.tensor("x"), a.flag("full_matrices"))
                : Linalg.svdvals(a.tensor("x")));
    op("eigh(x)", "Linalg.eigh", a -> Linalg.eigh(a.tensor("x")));
    op("eig(x)", "Linalg.eig", a -> Linalg.eig(a.tensor("x")));
    op(
        "pinv(x, rcond=None)",
        "Linalg.pinv",
        a -> Linalg.pinv(a.tensor("x"), a.has("rcond") ? a.number("rcond") : null));
    op(
        "matrix_rank(x, tol=None)",
        "Linalg.matrixRank",
        a -> Linalg.matrixRank(a.tensor("x"), a.has("tol") ? a.number("tol") : null));
    op(
        "norm(x, ord=None, axis=None, keepdims=False)",
        "Linalg.norm",
        a -> Linalg.norm(a.tensor("x"), a.get("ord"), a.flag("keepdims"), a.ints("axis")));
  }

  /** A complex tensor from Keras' pair of real and imaginary part. */
  private static Tensor complex(Arguments a) {
    List<Tensor> parts = a.tensors("x");
    return Lax.complex(parts.get(0), parts.get(1));
  }

  private void transform(String name, F1<Tensor, Tensor> f) {
    op(name + "(x)", "Fft." + name, a -> Fft.parts(f.apply(complex(a))));
  }

  private void fourier() {
    transform("fft", Fft::fft);
    transform("fft2", Fft::fft2);
    transform("ifft2", Fft::ifft2);
    op(
        "rfft(x, fft_length=None)",
        "Fft.rfft",
        a ->
            Fft.parts(
                a.has("fft_length")
                    ? Fft.rfft(a.tensor("x"), a.integer("fft_length"))
                    : Fft.rfft(a.tensor("x"))));
    op(
        "irfft(x, fft_length=None)",
        "Fft.irfft",
        a ->
            a.has("fft_length")
                ? Fft.irfft(complex(a), a.integer("fft_length"))
                : Fft.irfft(complex(a)));
  }

  private static @Nullable Tensor window(Arguments a, int length) {
    Object window = a.get("window");
    if (window == null) {
      return null;
    }
    if (window instanceof String name) {
      return switch (name) {
        case "hann" -> Fft.hann(length);
        case "hamming" -> Fft.hamming(length);
        default ->
            throw new IllegalArgumentException("window: must be hann or hamming: got " + name);
      };
    }
    return Np.cast(a.tensor("window"), org.cornu.stablehlo.ir.DType.F32);
  }

  private void signals() {
    op(
        "extract_sequences(x, sequence_length, sequence_stride)",
        "Fft.extractSequences",
        a ->
            Fft.extractSequences(
                a.tensor("x"), a.integer("sequence_length"), a.integer("sequence_stride")));
    op(
        "stft(x, sequence_length, sequence_stride, fft_length, window='hann', center=True)",
        "Fft.stft",
        a ->
            Fft.parts(
                Fft.stft(
                    a.tensor("x"),
                    a.integer("sequence_length"),
                    a.integer("sequence_stride"),
                    a.integer("fft_length"),
                    window(a, a.integer("sequence_length")),
                    a.flag("center"))));
    op(
        "istft(x, sequence_length, sequence_stride, fft_length, length=None, window='hann',"
            + " center=True)",
        "Fft.istft",
        a ->
            Fft.istft(
                complex(a),
                a.integer("sequence_length"),
                a.integer("sequence_stride"),
                a.integer("fft_length"),
                a.has("length") ? Integer.valueOf(a.integer("length")) : null,
                window(a, a.integer("sequence_length")),
                a.flag("center")));
  }
}
