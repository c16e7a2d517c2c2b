package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.quantizers.Quantizer;
import org.cornu.quantizers.Quantizers;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A table of rows in 8-bit or 4-bit integers, each row with its own scale or scales. */
final class QuantizedTable {
  private final int count;
  private final int columns;
  private final int block;
  private final boolean four;
  private final Variable rows;
  private final Variable scale;
  private final @Nullable Variable zero;
  private final @Nullable Variable groups;

  QuantizedTable(Layer<?> layer, int count, int columns, boolean four, int block) {
    this.count = count;
    this.columns = columns;
    this.four = four;
    this.block = four ? block : -1;
    Shape scales =
        this.block > 0 ? Shape.of(count, (columns + this.block - 1) / this.block) : Shape.of(count);
    rows = integers(layer, "embeddings", Shape.of(count, four ? (columns + 1) / 2 : columns));
    scale =
        layer
            .weight("embeddings_scale", scales)
            .initializer("ones")
            .trainable(false)
            .autocast(false)
            .add();
    if (this.block > 0) {
      zero = integers(layer, "embeddings_zero", scales);
      groups =
          layer
              .weight("g_idx", Shape.of(columns))
              .dtype(DType.F32)
              .initializer("zeros")
              .trainable(false)
              .add();
      groups.assign(Np.floorDivide(Lax.iota(DType.F32, columns), (double) this.block));
    } else {
      zero = null;
      groups = null;
    }
  }

  static Variable integers(Layer<?> layer, String name, Shape shape) {
    return layer
        .weight(name, shape)
        .dtype(DType.I8)
        .initializer("zeros")
        .trainable(false)
        .autocast(false)
        .add();
  }

  /** Rows, scale, and in groups zero points and group numbers: Keras' order in files. */
  List<Variable> variables() {
    List<Variable> out = new ArrayList<>(List.of(rows, scale));
    if (zero != null && groups != null) {
      out.add(zero);
      out.add(groups);
    }
    return out;
  }

  /** The values of {@link #variables} for a table of numbers. */
  List<Tensor> quantized(Tensor table, @Nullable Quantizer weights) {
    if (block > 0) {
      Quantizers.Grouped made = Quantizers.absMaxQuantizeGrouped(table.transpose(), block);
      return List.of(
          Quantizers.packInt4(made.values().transpose()),
          made.scale().transpose(),
          made.zero().transpose(),
          Objects.requireNonNull(groups).value());
    }
    Quantizers.Scaled made =
        weights != null
            ? weights.apply(table, -1)
            : four
                ? Quantizers.absMaxQuantize(table, -8, 7, 1e-7, -1)
                : Quantizers.absMaxQuantize(table, -1);
    Tensor values = four ? Quantizers.packInt4(made.values()) : made.values();
    return List.of(values, Np.squeeze(made.scale(), -1));
  }

  /** Takes the values for a table of numbers. */
  void fill(Tensor table, @Nullable Quantizer weights) {
    List<Tensor> values = quantized(table, weights);
    for (int i = 0; i < values.size(); i++) {
      variables().get(i).assign(values.get(i));
    }
  }

  /** The whole table as numbers. */
  Tensor numbers(DType compute) {
    return take(Lax.iota(DType.I32, rows.shape().dim(0)), compute);
  }

  /** The rows of these numbers, as numbers of this type. */
  Tensor take(Tensor index, DType compute) {
    Tensor found = Np.take(rows.value(), index, 0);
    Tensor values = Np.cast(four ? Quantizers.unpackInt4(found, columns) : found, compute);
    Tensor by = Np.take(scale.value(), index, 0);
    if (zero != null && groups != null) {
      Tensor zeros = Np.take(zero.value(), index, 0);
      return Np.cast(Quantizers.dequantizeGrouped(values, by, zeros, groups.value(), -1), compute);
    }
    return Np.cast(values.div(Np.expandDims(by, -1)), compute);
  }

  /** The integers of a table of its own for the way back, of the same kind. */
  QuantizedReverse reversed(Layer<?> layer) {
    return new QuantizedReverse(layer, count, columns, four, block, groups == null ? rows : groups);
  }

  /** The product of vectors, numbers or i8, with the transposed table. */
  Tensor product(Tensor x, DType compute) {
    if (zero != null) {
      return Np.matmul(Np.cast(x, compute), numbers(compute).transpose());
    }
    Tensor integers = four ? Quantizers.unpackInt4(rows.value(), columns) : rows.value();
    return QuantizedReverse.scaled(x, integers.transpose(), scale.value(), compute);
  }
}
