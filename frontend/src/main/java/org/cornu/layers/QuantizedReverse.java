package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.quantizers.Quantizer;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The own table of an embedding's way back, {@code [columns, count]}, in 8-bit or 4-bit integers:
 * two of 4 bits per byte along the columns, a scale for each number or each group of columns.
 */
final class QuantizedReverse {
  private final int columns;
  private final int block;
  private final boolean four;
  private final Variable groups;
  private final Variable table;
  private final Variable scale;
  private final @Nullable Variable zero;

  /**
   * Makes the variables.
   *
   * @param groups of each column its group; read only where {@code block} is positive
   */
  QuantizedReverse(
      Layer<?> layer, int count, int columns, boolean four, int block, Variable groups) {
    this.columns = columns;
    this.four = four;
    this.block = block;
    this.groups = groups;
    Shape scales =
        block > 0 ? Shape.of((columns + block - 1) / block, count) : Shape.of((long) count);
    table =
        QuantizedTable.integers(
            layer, "reverse_embeddings", Shape.of(four ? (columns + 1) / 2 : columns, count));
    scale = numbers(layer, "reverse_embeddings_scale", scales, "ones");
    zero = block > 0 ? numbers(layer, "reverse_embeddings_zero", scales, "zeros") : null;
  }

  private static Variable numbers(Layer<?> layer, String name, Shape shape, String initializer) {
    return layer.weight(name, shape).initializer(initializer).trainable(false).add();
  }

  /** Table, scale, and in groups zero points: Keras' order in files. */
  List<Variable> variables() {
    List<Variable> out = new ArrayList<>(List.of(table, scale));
    if (zero != null) {
      out.add(zero);
    }
    return out;
  }

  /** Takes the values for a table of numbers. */
  void fill(Tensor values, @Nullable Quantizer weights) {
    if (zero != null) {
      Quantizers.Grouped made = Quantizers.absMaxQuantizeGrouped(values, block);
      table.assign(Quantizers.packInt4(made.values().transpose()).transpose());
      scale.assign(made.scale());
      zero.assign(Np.cast(made.zero(), zero.dtype()));
      return;
    }
    Quantizers.Scaled made =
        weights != null
            ? weights.apply(values, 0)
            : four
                ? Quantizers.absMaxQuantize(values, -8, 7, 1e-7, 0)
                : Quantizers.absMaxQuantize(values, 0);
    table.assign(four ? Quantizers.packInt4(made.values().transpose()).transpose() : made.values());
    scale.assign(Np.squeeze(made.scale(), 0));
  }

  /** The product of vectors, numbers or i8, with the table. */
  Tensor product(Tensor x, DType compute) {
    Tensor integers =
        four
            ? Quantizers.unpackInt4(table.value().transpose(), columns).transpose()
            : table.value();
    if (zero != null) {
      Tensor numbers =
          Quantizers.dequantizeGrouped(
              Np.cast(integers, compute), scale.value(), zero.value(), groups.value(), 0);
      return Np.matmul(Np.cast(x, compute), Np.cast(numbers, compute));
    }
    return scaled(x, integers, scale.value(), compute);
  }

  /** {@code x · integers / scale}: exact where x has integers, too. */
  static Tensor scaled(Tensor x, Tensor integers, Tensor scale, DType compute) {
    DType by = x.dtype().isInteger() ? DType.I32 : compute;
    Tensor product = Np.matmul(Lax.convertElementType(x, by), Lax.convertElementType(integers, by));
    return Np.cast(Np.cast(product, compute).div(scale), compute);
  }
}
