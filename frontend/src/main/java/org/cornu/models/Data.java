package org.cornu.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.cornu.distribution.Distribution;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Sharded;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Samples on the host: inputs, and for training labels and weights. Rows are samples. */
public final class Data {
  private final List<Literal> x;
  private final List<Literal> y;
  private final @Nullable Literal sampleWeight;

  private Data(List<Literal> x, List<Literal> y, @Nullable Literal sampleWeight) {
    this.x = x;
    this.y = y;
    this.sampleWeight = sampleWeight;
    int size = size();
    for (Literal part : all()) {
      if (part.type().rank() == 0 || part.type().shape().dim(0) != size) {
        throw new OpException(
            "data: all arrays must have as many rows: got "
                + all().stream().map(l -> l.type().brief()).toList(),
            "axis 0 counts the samples, in inputs, targets and weights alike");
      }
    }
  }

  /** Inputs alone. */
  public static Data of(Tensor x) {
    return new Data(List.of(x.toLiteral()), List.of(), null);
  }

  /** Inputs and labels. */
  public static Data of(Tensor x, Tensor y) {
    return new Data(List.of(x.toLiteral()), List.of(y.toLiteral()), null);
  }

  /** Several inputs and labels. */
  public static Data of(List<Tensor> x, List<Tensor> y) {
    return new Data(
        x.stream().map(Tensor::toLiteral).toList(),
        y.stream().map(Tensor::toLiteral).toList(),
        null);
  }

  /** Host arrays. */
  public static Data ofLiterals(List<Literal> x, List<Literal> y, @Nullable Literal weight) {
    return new Data(List.copyOf(x), List.copyOf(y), weight);
  }

  /** This data with a weight per sample. */
  public Data withSampleWeight(Tensor weight) {
    return new Data(x, y, weight.toLiteral());
  }

  Data withSampleWeight(Literal weight) {
    return new Data(x, y, weight);
  }

  /** Number of samples. */
  public int size() {
    return x.get(0).type().shape().size(0);
  }

  List<Literal> x() {
    return x;
  }

  List<Literal> y() {
    return y;
  }

  @Nullable Literal sampleWeight() {
    return sampleWeight;
  }

  private List<Literal> all() {
    List<Literal> out = new ArrayList<>(x);
    out.addAll(y);
    if (sampleWeight != null) {
      out.add(sampleWeight);
    }
    return out;
  }

  /** The rows from {@code from} (inclusive) to {@code to} (exclusive). */
  public Data rows(int from, int to) {
    int[] rows = new int[to - from];
    java.util.Arrays.setAll(rows, i -> from + i);
    Literal weight = sampleWeight;
    return new Data(
        x.stream().map(l -> take(l, rows)).toList(),
        y.stream().map(l -> take(l, rows)).toList(),
        weight == null ? null : take(weight, rows));
  }

  /** A batch on the device, or sharded as the current distribution says. */
  record Batch(List<Tensor> x, List<Tensor> y, @Nullable Tensor sampleWeight) {
    int size() {
      return x.get(0).size(0);
    }
  }

  /** The samples of these rows as a batch. */
  Batch batch(int[] rows) {
    Literal weight = sampleWeight;
    return new Batch(
        x.stream().map(l -> put(take(l, rows))).toList(),
        y.stream().map(l -> put(take(l, rows))).toList(),
        weight == null ? null : put(take(weight, rows)));
  }

  private static Tensor put(Literal rows) {
    Distribution distribution = Distribution.current();
    ByteBuffer data = rows.data();
    if (distribution == null) {
      return rows.isSplat()
          ? Tensor.of(rows)
          : Tensor.of(data, rows.type().dtype(), rows.type().shape().dims());
    }
    return Sharded.put(
        ByteBuffer.wrap(rows.expandedBytes()).order(ByteOrder.LITTLE_ENDIAN),
        Tensor.spec(rows.type(), null),
        distribution.dataPlacement(rows.type().shape()));
  }

  private static Literal take(Literal from, int[] rows) {
    Shape shape = from.type().shape();
    TensorType type = from.type().withShape(shape.with(0, rows.length));
    if (from.isSplat() && rows.length > 0) {
      byte[] one = new byte[from.data().remaining()];
      from.data().get(one);
      return Literal.ofBytes(type, one);
    }
    int rowBytes =
        Math.toIntExact(shape.slice(1, shape.rank()).count() * from.type().dtype().bytes());
    byte[] out = new byte[rowBytes * rows.length];
    ByteBuffer data = from.data();
    for (int i = 0; i < rows.length; i++) {
      data.get(rows[i] * rowBytes, out, i * rowBytes, rowBytes);
    }
    return Literal.ofBytes(type, out);
  }
}
