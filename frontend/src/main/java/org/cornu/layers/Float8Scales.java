package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Np;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/**
 * Products in which inputs, kernel and the gradient of the result are rounded to 8-bit floats, at
 * scales that follow the largest values of the last steps. The "gradients" of these variables are
 * their next values.
 */
final class Float8Scales {
  /** What is rounded, its scale and its history. */
  private record Rounded(Tensor x, Tensor scale, Tensor history) {}

  private final List<Variable> variables = new ArrayList<>();

  Float8Scales(Layer<?> layer, int history) {
    for (String of : List.of("inputs", "kernel", "outputs_grad")) {
      variables.add(add(layer, of + "_scale", Shape.of(), "ones"));
      variables.add(add(layer, of + "_amax_history", Shape.of(history), "zeros"));
    }
  }

  private static Variable add(Layer<?> layer, String name, Shape shape, String initializer) {
    Variable made =
        layer.weight(name, shape).dtype(DType.F32).initializer(initializer).autocast(false).add();
    made.overwriteWithGradient(true);
    return made;
  }

  /** Scale and history of inputs, kernel and gradients: Keras' order in files. */
  List<Variable> variables() {
    return List.copyOf(variables);
  }

  private Rounded with(Tensor x, int i) {
    return new Rounded(x, variables.get(2 * i).value(), variables.get(2 * i + 1).value());
  }

  /** The product of rounded input and kernel; its gradient is rounded too. */
  Tensor product(Tensor x, Tensor kernel, QuantizedKernel.Product product, DType compute) {
    Tensor y = product.apply(round(with(x, 0), compute), round(with(kernel, 1), compute));
    return gradientRounded(with(y, 2), compute);
  }

  private static Tensor round(Rounded in, DType compute) {
    return Transforms.customVjp(
            (Rounded r) -> rounded(r, DType.F8E4M3FN, compute),
            (Rounded r) ->
                new Transforms.Forward<>(
                    rounded(r, DType.F8E4M3FN, compute), next(r, r.x(), DType.F8E4M3FN)),
            (Rounded next, Tensor upstream) -> new Rounded(upstream, next.scale(), next.history()))
        .apply(in);
  }

  private static Tensor gradientRounded(Rounded in, DType compute) {
    return Transforms.customVjp(
            (Rounded r) -> r.x(),
            (Rounded r) -> new Transforms.Forward<>(r.x(), r),
            (Rounded r, Tensor upstream) -> {
              Rounded next = next(r, upstream, DType.F8E5M2);
              Rounded gradient = new Rounded(upstream, r.scale(), r.history());
              return new Rounded(
                  rounded(gradient, DType.F8E5M2, compute), next.scale(), next.history());
            })
        .apply(in);
  }

  private static Tensor rounded(Rounded r, DType type, DType compute) {
    return Quantizers.quantizeAndDequantize(r.x(), r.scale(), type, compute);
  }

  private static Rounded next(Rounded r, Tensor seen, DType type) {
    Tensor largest = Np.max(r.history(), 0);
    return new Rounded(
        seen,
        Quantizers.computeFloat8Scale(largest, r.scale(), Quantizers.largest(type)),
        Quantizers.computeFloat8AmaxHistory(seen, r.history()));
  }
}
