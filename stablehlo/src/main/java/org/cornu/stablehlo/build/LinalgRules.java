package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.COMPLEX;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.QUANT;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of matrix factorization, triangular solves, Fourier transforms and einsum. */
final class LinalgRules {
  private static final List<String> FFT_TYPES = List.of("FFT", "IFFT", "RFFT", "IRFFT");
  private static final List<String> TRANSPOSES = List.of("NO_TRANSPOSE", "TRANSPOSE", "ADJOINT");

  private LinalgRules() {}

  /** Cholesky factor of the matrices in the last two dimensions. */
  static List<Type> cholesky(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, FLOAT | COMPLEX | QUANT);
    if (x.rank() < 2) {
      throw a.fail("C2", "operand must have rank 2 at least, got " + x.brief()); // (C2)
    }
    square(a, "C3", x); // (C3)
    return a.result("C1", x); // (C1)
  }

  private static void square(Adaptor a, String label, TensorType x) {
    if (!Compatibility.sameDim(x.dim(-2), x.dim(-1))) {
      throw a.fail(label, "matrices must be square, got " + x.brief());
    }
  }

  /** Solution of triangular systems. */
  static List<Type> triangularSolve(Adaptor a) {
    a.arity(2);
    TensorType x = a.tensor(0, FLOAT | COMPLEX);
    TensorType b = a.tensor(1, FLOAT | COMPLEX);
    String got = "a " + x.brief() + ", b " + b.brief();
    if (!Compatibility.sameElement(x.element(), b.element())) {
      throw a.fail("C1", "element types differ: " + got); // (C1)
    }
    if (x.rank() < 2 || x.rank() != b.rank()) {
      throw a.fail("C2", "operands must have one rank, at least 2: " + got); // (C2)
    }
    boolean left = a.flag("left_side", false);
    square(a, "C3", x); // (C3)
    boolean fits = Compatibility.sameDim(x.dim(-1), b.dim(left ? -2 : -1));
    for (int i = 0; fits && i < x.rank() - 2; i++) {
      fits = Compatibility.sameDim(x.dim(i), b.dim(i));
    }
    if (!fits) {
      throw a.fail(
          "C3",
          "batch dimensions and dimension "
              + (left ? -2 : -1)
              + " of b must be those of a: "
              + got); // (C3)
    }
    a.keyword("transpose_a", TRANSPOSES);
    return a.result("C4", b); // (C4)
  }

  /** Fourier transform over the last dimensions. */
  static List<Type> fft(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, FLOAT | COMPLEX);
    long[] length = a.longs("fft_length");
    String type = a.keyword("fft_type", FFT_TYPES);
    if (length.length < 1 || length.length > 3) {
      throw a.fail("C3", "fft_length must have 1 to 3 entries, got " + length.length); // (C3)
    }
    if (length.length > x.rank()) {
      throw a.fail(
          "C1",
          "fft_length has more entries than " + x.brief() + " has dimensions: " + length.length);
    } // (C1)
    boolean fromReal = type.equals("RFFT");
    boolean toReal = type.equals("IRFFT");
    DType dtype = x.dtype();
    boolean right = fromReal ? dtype == DType.F32 || dtype == DType.F64 : dtype.isComplex();
    if (!right) {
      throw a.fail(
          "C2",
          type + " takes " + (fromReal ? "f32 or f64" : "complex") + " elements, got " + x.brief());
    } // (C2)
    DType out = fromReal ? dtype.complex() : toReal ? dtype.real() : dtype;
    long[] dims = x.shape().dims();
    long[] bounds = Bounds.filled(x);
    int first = dims.length - length.length;
    int last = dims.length - 1;
    long lastLength = length[length.length - 1];
    long half = lastLength == 0 ? 0 : lastLength / 2 + 1;
    if (fromReal || toReal) {
      for (int i = first; i <= last; i++) {
        boolean halved = toReal && i == last;
        long expected = halved ? half : length[i - first];
        if (!Compatibility.sameDim(dims[i], expected)) {
          throw a.fail(
              halved ? "C5" : "C4",
              "dimension "
                  + i
                  + " of "
                  + x.brief()
                  + " must be "
                  + expected
                  + " for fft_length "
                  + Arrays.toString(length)); // (C4), (C5)
        }
      }
      dims[last] = fromReal ? half : lastLength;
      bounds[last] = Shape.DYNAMIC;
    }
    TensorType inferred = new TensorType(Shape.of(dims), out, Bounds.encoding(bounds));
    return a.result("C2", "C5", inferred); // (C2), (C5)
  }

  /** The old einsum of one or two operands, whose letters name dimensions. */
  static List<Type> einsum(Adaptor a, int arity) {
    a.arity(arity);
    for (int i = 0; i < arity; i++) {
      a.tensor(i, ANY);
    }
    TensorType result = a.givenTensor();
    String config = a.attribute("einsum_config", Attribute.Str.class).value().replace(" ", "");
    int arrow = config.indexOf("->");
    if (arrow < 0) {
      throw a.fail("", "einsum_config must contain '->', got '" + config + "'");
    }
    if (config.contains("...")) {
      return List.of(result);
    }
    String[] inputs = config.substring(0, arrow).split(",", -1);
    if (inputs.length != arity) {
      throw a.fail("", "einsum_config must have " + arity + " inputs, got '" + config + "'");
    }
    Map<Character, Long> sizes = new HashMap<>();
    for (int i = 0; i < arity; i++) {
      TensorType x = a.tensor(i);
      if (inputs[i].length() != x.rank()) {
        throw a.fail("", "'" + inputs[i] + "' does not name the dimensions of " + x.brief());
      }
      for (int d = 0; d < x.rank(); d++) {
        Long known = sizes.put(inputs[i].charAt(d), x.dim(d));
        if (known != null && !Compatibility.sameDim(known, x.dim(d))) {
          throw a.fail(
              "", "sizes of dimension '" + inputs[i].charAt(d) + "' differ in '" + config + "'");
        }
      }
    }
    String output = config.substring(arrow + 2);
    long[] dims = new long[output.length()];
    for (int d = 0; d < dims.length; d++) {
      Long size = sizes.get(output.charAt(d));
      if (size == null) {
        throw a.fail("", "'" + output.charAt(d) + "' is not a dimension of an input: " + config);
      }
      dims[d] = size;
    }
    return a.result("", TensorType.of(result.element(), dims));
  }
}
