package org.cornu.tracer.autodiff;

import java.util.List;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Transposes of triangular systems and Fourier transforms. */
final class LinalgTranspose {
  private LinalgTranspose() {}

  /** The system with the transposed matrix; no conjugation, as everywhere in reverse mode. */
  static List<@Nullable Value> triangularSolve(TransposeSite s) {
    if (s.isLinear(0)) {
      throw s.nonlinear();
    }
    Value a = s.x(0);
    String given = s.op.keyword("transpose_a", "NO_TRANSPOSE");
    boolean plain = given.equals("NO_TRANSPOSE");
    Value matrix = given.equals("ADJOINT") ? s.e.conj(a) : a;
    List<@Nullable Value> out = s.empty();
    out.set(
        1,
        s.b.triangularSolve(
            matrix,
            s.ct(),
            s.op.boolAttribute("left_side", false),
            s.op.boolAttribute("lower", false),
            s.op.boolAttribute("unit_diagonal", false),
            plain ? "TRANSPOSE" : "NO_TRANSPOSE"));
    return out;
  }

  static Value fft(TransposeSite s) {
    String type = s.op.keyword("fft_type", "FFT");
    long[] lengths = s.op.longs("fft_length");
    Builder b = s.b;
    Value ct = s.ct();
    long count = 1;
    for (long length : lengths) {
      count *= length;
    }
    return switch (type) {
      case "RFFT" -> {
        Value halved = b.divide(s.e.conj(ct), mask(s.e, ct.shape(), ct.dtype(), lengths));
        yield s.e.scale(b.fft(halved, "IRFFT", lengths), count);
      }
      case "IRFFT" -> {
        Value spectrum = b.fft(ct, "RFFT", lengths);
        Value weights = mask(s.e, spectrum.shape(), spectrum.dtype(), lengths);
        yield s.e.scale(s.e.conj(b.multiply(spectrum, weights)), 1.0 / count);
      }
      default -> b.fft(ct, type, lengths);
    };
  }

  /** How often each stored coefficient of a real signal's spectrum stands in the full one. */
  private static Value mask(Emit e, Shape shape, DType dtype, long[] lengths) {
    int last = shape.rank() - 1;
    int size = shape.size(last);
    long length = lengths[lengths.length - 1];
    double[] parts = new double[2 * size];
    for (int i = 0; i < size; i++) {
      boolean single = i == 0 || length % 2 == 0 && i == size - 1;
      parts[2 * i] = single ? 1 : 2;
    }
    Value vector = e.b.constant(Literal.ofComplex(TensorType.of(dtype, size), parts));
    return e.b.broadcastInDim(vector, shape, last);
  }
}
