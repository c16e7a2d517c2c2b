package org.cornu.ops;

import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;

/**
 * Java numbers beside tensors. In a trace they become constants of the program; outside they are
 * passed to it as arguments, so that a number that changes (a learning rate) compiles nothing anew.
 */
final class Scalars {
  private Scalars() {}

  /** {@code value} as a weakly typed operand beside {@code x}. */
  static Tensor beside(Tensor x, double value) {
    return of(Promotion.weakDouble(x.dtype()), value);
  }

  /** {@code value} as a weakly typed operand beside {@code x}. */
  static Tensor beside(Tensor x, long value) {
    DType dtype = Promotion.weakLong(x.dtype());
    return dtype.isInteger()
        ? Lax.constant(Literal.ofLongs(TensorType.of(dtype), value))
        : of(dtype, (double) value);
  }

  /** {@code f(x, y)} for a number {@code y}, recorded as one operation. */
  static Tensor beside(Tensor x, double y, F2<Tensor, Tensor, Tensor> f) {
    Trace trace = Trace.current();
    return trace == null ? f.apply(x, beside(x, y)) : trace.asOne(() -> f.apply(x, beside(x, y)));
  }

  /** {@code f(x, y)} for a number {@code y}, recorded as one operation. */
  static Tensor beside(Tensor x, long y, F2<Tensor, Tensor, Tensor> f) {
    Trace trace = Trace.current();
    return trace == null ? f.apply(x, beside(x, y)) : trace.asOne(() -> f.apply(x, beside(x, y)));
  }

  static Tensor of(DType dtype, double value) {
    return Lax.constant(Literal.scalar(dtype, value));
  }
}
