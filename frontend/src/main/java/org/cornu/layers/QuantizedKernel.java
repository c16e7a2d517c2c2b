package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.quantizers.Int4QuantizationConfig;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.quantizers.Quantizer;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in 8-bit or 4-bit integers, and products with it. Gradients by the input are those of
 * the product with the kernel as numbers; the kernel itself is not trained.
 */
final class QuantizedKernel {
  /** The layer's product of an input with a kernel. */
  interface Product {
    Tensor apply(Tensor x, Tensor kernel);
  }

  /** Input and weights of a product whose derivative is given. */
  private record Arguments(Tensor x, Tensor kernel, Tensor scale) {}

  private final Shape shape;
  private final ScaleLayout layout;
  private final @Nullable Quantizer inputs;
  private final int block;
  private final boolean four;
  private final Variable kernel;
  private final Variable scale;
  private final @Nullable Variable zero;
  private final @Nullable Variable groups;

  private QuantizedKernel(
      Layer<?> layer,
      Shape shape,
      ScaleLayout layout,
      String mode,
      int block,
      @Nullable QuantizationConfig config) {
    this.shape = shape;
    this.layout = layout;
    this.four = mode.equals("int4");
    this.block = four ? block : -1;
    this.inputs = (config != null ? config : QuantizationConfig.of(mode)).activationQuantizer();
    this.kernel = integers(layer, "kernel", four ? Shape.of(rows(), (columns() + 1) / 2) : shape);
    this.scale =
        layer.weight("kernel_scale", scaleShape()).initializer("ones").trainable(false).add();
    if (this.block > 0) {
      zero = integers(layer, "kernel_zero", scaleShape());
      groups =
          layer
              .weight("g_idx", Shape.of(rows()))
              .dtype(DType.F32)
              .initializer("zeros")
              .trainable(false)
              .add();
      groups.assign(Np.floorDivide(Lax.iota(DType.F32, rows()), (double) this.block));
    } else {
      zero = null;
      groups = null;
    }
  }

  private static Variable integers(Layer<?> layer, String name, Shape shape) {
    return layer
        .weight(name, shape)
        .dtype(DType.I8)
        .initializer("zeros")
        .trainable(false)
        .autocast(false)
        .add();
  }

  /** The variables of a layer that is built quantized; {@link #fill} gives them values. */
  static QuantizedKernel build(
      Layer<?> layer,
      Shape shape,
      ScaleLayout layout,
      QuantizedDTypePolicy policy,
      @Nullable QuantizationConfig config) {
    return new QuantizedKernel(
        layer,
        shape,
        layout,
        Objects.requireNonNull(policy.quantizationMode()),
        config instanceof Int4QuantizationConfig int4 ? int4.blockSize() : policy.blockSize(),
        config);
  }

  private long rows() {
    long rows = 1;
    for (int axis : layout.kernelAxes()) {
      rows *= shape.dim(axis);
    }
    return rows;
  }

  private long columns() {
    return shape.count() / rows();
  }

  private Shape scaleShape() {
    if (block > 0) {
      return Shape.of((rows() + block - 1) / block, columns());
    }
    if (four) {
      return Shape.of(columns());
    }
    long[] dims = shape.dims();
    for (int axis : layout.kernelAxes()) {
      dims[axis] = 1;
    }
    return Transforms.evalShape(
            (Tensor s) -> layout.kernel().forth(s),
            Tensor.spec(org.cornu.stablehlo.ir.TensorType.of(DType.F32, dims), null))
        .shape();
  }

  /** The values of {@link #variables} for a kernel of numbers. */
  List<Tensor> quantized(Tensor numbers, @Nullable Quantizer weights) {
    if (!four) {
      Quantizers.Scaled made =
          weights != null
              ? weights.apply(numbers, layout.kernelAxes())
              : Quantizers.absMaxQuantize(numbers, layout.kernelAxes());
      return List.of(made.values(), layout.kernel().forth(made.scale()));
    }
    Tensor flat = Np.reshape(numbers, rows(), columns());
    if (block > 0) {
      Quantizers.Grouped made = Quantizers.absMaxQuantizeGrouped(flat, block);
      return List.of(
          Quantizers.packInt4(made.values()),
          made.scale(),
          made.zero(),
          Objects.requireNonNull(groups).value());
    }
    Quantizers.Scaled made =
        weights != null ? weights.apply(flat, 0) : Quantizers.absMaxQuantize(flat, -8, 7, 1e-7, 0);
    return List.of(Quantizers.packInt4(made.values()), Np.squeeze(made.scale(), 0));
  }

  /** Takes the values for a kernel of numbers. */
  void fill(Tensor numbers, @Nullable Quantizer weights) {
    List<Tensor> values = quantized(numbers, weights);
    List<Variable> variables = variables();
    for (int i = 0; i < values.size(); i++) {
      variables.get(i).assign(values.get(i));
    }
  }

  /** Kernel, scale, and in groups zero points and group numbers: Keras' order in files. */
  List<Variable> variables() {
    List<Variable> out = new ArrayList<>(List.of(kernel, scale));
    if (zero != null && groups != null) {
      out.add(zero);
      out.add(groups);
    }
    return out;
  }

  /** The kernel as numbers of this type. */
  Tensor numbers(DType compute) {
    return numbers(kernel.value(), scale.value(), compute);
  }

  private Tensor numbers(Tensor values, Tensor by, DType compute) {
    if (!four) {
      return Np.cast(values, compute).div(layout.kernel().back(by));
    }
    Tensor integers = Quantizers.unpackInt4(values, (int) columns());
    Tensor flat =
        zero != null && groups != null
            ? Quantizers.dequantizeGrouped(integers, by, zero.value(), groups.value(), 0)
            : Np.cast(integers, compute).div(by);
    return Np.reshape(Np.cast(flat, compute), shape.dims());
  }

  /** The product of an input with the kernel, in this type. */
  Tensor product(Tensor x, Product product, DType compute) {
    Quantizer quantizer = inputs;
    if (quantizer == null) {
      return product.apply(x, numbers(compute));
    }
    return Transforms.customJvp(
            (Arguments a) -> integerProduct(a, quantizer, product, compute),
            (a, tangent) ->
                new Transforms.Jvp<>(
                    integerProduct(a, quantizer, product, compute),
                    product.apply(tangent.x(), numbers(a.kernel(), a.scale(), compute))))
        .apply(new Arguments(x, kernel.value(), scale.value()));
  }

  private Tensor integerProduct(Arguments a, Quantizer quantizer, Product product, DType compute) {
    Quantizers.Scaled input = quantizer.apply(a.x(), layout.inputAxes());
    Tensor inputScale = layout.input().forth(input.scale());
    if (four) {
      Tensor y =
          product.apply(Np.cast(input.values(), compute), numbers(a.kernel(), a.scale(), compute));
      return y.div(inputScale);
    }
    Tensor whole =
        product.apply(
            Lax.convertElementType(input.values(), DType.I32),
            Lax.convertElementType(a.kernel(), DType.I32));
    return Np.cast(Np.cast(whole, compute).div(a.scale().mul(inputScale)), compute);
  }
}
