package org.cornu.tracer;

import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Jacobians of tensor functions: a pushforward or pullback mapped over a basis. */
final class Jacobians {
  private Jacobians() {}

  static Tensor forward(F1<Tensor, Tensor> f, Tensor x) {
    requireInexact("jacfwd", x.type());
    Transforms.Linearized<Tensor, Tensor> linear = Transforms.linearize(f, x);
    Shape out = linear.value().shape();
    F1<Tensor, Tensor> push = linear.linear()::apply;
    Tensor columns = Transforms.vmap(push).apply(basis(x.type()));
    // [n, out...] -> [out..., in...]
    int n = Math.toIntExact(x.count());
    long[] perm = new long[out.rank() + 1];
    for (int i = 0; i < out.rank(); i++) {
      perm[i] = i + 1;
    }
    return Dispatch.unary(
        columns,
        (b, v) ->
            n == 0 && out.rank() == 0
                ? b.reshape(v, x.shape())
                : b.reshape(b.transpose(v, perm), out.concat(x.shape())));
  }

  static Tensor reverse(F1<Tensor, Tensor> f, Tensor x) {
    requireInexact("jacrev", x.type());
    Transforms.Vjp<Tensor, Tensor> vjp = Transforms.vjp(f, x);
    TensorType out = vjp.value().type();
    F1<Tensor, Tensor> pull = vjp.pullback()::apply;
    Tensor rows = Transforms.vmap(pull).apply(basis(out));
    return Dispatch.unary(rows, (b, v) -> b.reshape(v, out.shape().concat(x.shape())));
  }

  private static void requireInexact(String what, TensorType type) {
    if (!type.dtype().isInexact()) {
      throw new OpException(what + ": the argument must be float or complex: got " + type.brief());
    }
  }

  /** The unit tensors of this type, stacked: shape {@code [count, shape...]}. */
  private static Tensor basis(TensorType type) {
    return Dispatch.one((b, v) -> basis(b, type));
  }

  private static Value basis(Builder b, TensorType type) {
    long n = type.shape().count();
    TensorType square = TensorType.of(DType.I32, n, n);
    Value eye =
        b.compare(b.iota(square, 0), b.iota(square, 1), org.cornu.stablehlo.build.Comparison.EQ);
    return b.reshape(b.convert(eye, type.dtype()), Shape.of(n).concat(type.shape()));
  }
}
