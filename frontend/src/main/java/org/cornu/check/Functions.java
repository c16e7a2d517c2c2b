package org.cornu.check;

import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The functions that recorded calls of higher-order functions name. */
final class Functions {
  private Functions() {}

  /** The results of a function for these arguments. */
  static List<Tensor> apply(@Nullable Object function, Tensor... x) {
    if (!(function instanceof CallTree.Named named)) {
      throw new IllegalArgumentException("not a function: " + function);
    }
    return switch (named.name()) {
      case "double" -> List.of(x[0].mul(2.0));
      case "square_plus_1" -> List.of(x[0].mul(x[0]).add(1.0));
      case "neg" -> List.of(x[0].neg());
      case "add" -> List.of(x[0].add(x[1]));
      case "mul" -> List.of(x[0].mul(x[1]));
      case "maximum" -> List.of(x[0].maximum(x[1]));
      case "scan_ema" -> {
        Tensor next = x[0].mul(0.5).add(x[1]);
        yield List.of(next, next.sub(1.0));
      }
      case "scan_prod" -> List.of(x[0].mul(x[1]), x[0].add(x[1]));
      case "lt_10" -> List.of(x[0].sum().lt(10.0));
      case "lt_50" -> List.of(x[0].sum().lt(50.0));
      case "step_1p5" -> List.of(x[0].mul(1.5).add(0.1));
      case "fori_body" -> List.of(x[1].mul(0.9).add(x[0].astype(DType.F32)));
      case "fori_body2" -> List.of(Np.sin(x[1]).add(x[0].astype(DType.F32).mul(0.25)));
      case "sumsq_row" -> List.of(x[0].mul(x[0]).sum());
      case "softmax_row" -> List.of(Nn.softmax(x[0]));
      case "sin_times_x" -> List.of(Np.sin(x[0]).mul(x[0]));
      case "dot_tanh" -> List.of(x[0].tanh().mul(x[0]).sum());
      case "const_1" -> List.of(pair(1, 2));
      case "const_2" -> List.of(pair(-3, 5));
      default -> throw new IllegalArgumentException("no function is named " + named.name());
    };
  }

  private static Tensor pair(double a, double b) {
    return Lax.constant(Literal.ofDoubles(TensorType.of(DType.F32, 2), a, b));
  }
}
