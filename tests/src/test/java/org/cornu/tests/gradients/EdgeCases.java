package org.cornu.tests.gradients;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** A table of derivatives where functions have none, or where conventions decide. */
final class EdgeCases {

  /**
   * One of them.
   *
   * @param name that of the recording
   * @param inputs where to differentiate
   * @param derivative of the tensors of {@code inputs}
   */
  record Case(String name, List<Literal> inputs, F1<List<Tensor>, Tensor> derivative) {}

  private final List<Case> cases = new ArrayList<>();

  List<Case> all() {
    return List.copyOf(cases);
  }

  /** The real parts weighted with cos 0, cos 1, …, added up. */
  static Tensor weighed(Tensor y) {
    Tensor real = y.dtype().isComplex() ? Lax.real(y) : y;
    long[] dims = real.shape().dims();
    Tensor weights = Lax.reshape(Lax.cos(Lax.iota(DType.F64, real.count())), dims);
    return Np.sum(Np.multiply(real, weights));
  }

  /** Any derivative. */
  void add(String name, F1<List<Tensor>, Tensor> derivative, Literal... inputs) {
    cases.add(new Case(name, List.of(inputs), derivative));
  }

  /** The gradient of the weighted sum with respect to one of the inputs. */
  void grad(String name, int wrt, F1<List<Tensor>, Tensor> f, Literal... inputs) {
    add(
        name,
        x ->
            Transforms.grad(
                    (Tensor v) -> {
                      List<Tensor> all = new ArrayList<>(x);
                      all.set(wrt, v);
                      return weighed(f.apply(all));
                    })
                .apply(x.get(wrt)),
        inputs);
  }

  /** Of a function of one tensor. */
  void grad(String name, F1<Tensor, Tensor> f, double... x) {
    grad(name, 0, v -> f.apply(v.get(0)), vector(x));
  }

  /** Of a function of two tensors. */
  void grad(String name, int wrt, F2<Tensor, Tensor, Tensor> f, double[] x, double[] y) {
    grad(name, wrt, v -> f.apply(v.get(0), v.get(1)), vector(x), vector(y));
  }

  static double[] d(double... values) {
    return values;
  }

  static Literal vector(double... values) {
    return Literal.ofDoubles(TensorType.of(DType.F64, values.length), values);
  }

  static Literal scalar(double value) {
    return Literal.ofDoubles(TensorType.of(DType.F64), value);
  }

  static Literal matrix(double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Literal.ofDoubles(TensorType.of(DType.F64, rows.length, rows[0].length), flat);
  }

  /** Complex numbers from their parts, one after the other. */
  static Literal complex(double... parts) {
    return Literal.ofComplex(TensorType.of(DType.C128, parts.length / 2), parts);
  }
}
