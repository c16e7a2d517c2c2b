package org.cornu.stablehlo.passes;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Ops whose sizes are operands, as ops whose sizes are attributes, where those are constants. */
final class StaticForms {
  private final Builder builder;
  private final Op op;
  private final List<Value> operands;

  private StaticForms(Builder builder, Op op, List<Value> operands) {
    this.builder = builder;
    this.op = op;
    this.operands = operands;
  }

  /** The op in its static form, appended to {@code builder}; null when it has none yet. */
  static @Nullable Value of(Builder builder, Op op, List<Value> operands) {
    return new StaticForms(builder, op, operands).value();
  }

  private Value x(int i) {
    return operands.get(i);
  }

  /** The elements of a constant index operand, or null. */
  private long @Nullable [] longs(int i) {
    Literal literal = FoldConstants.constant(x(i));
    if (literal == null) {
      return null;
    }
    long[] out = new long[literal.count()];
    for (int k = 0; k < out.length; k++) {
      out[k] = literal.longAt(k);
    }
    return out;
  }

  /** Sizes from a constant operand, else from the type that the program declares. */
  private @Nullable Shape sizes(int i) {
    long[] sizes = longs(i);
    if (sizes != null) {
      return Shape.of(sizes);
    }
    Shape declared = op.result().shape();
    return declared.isStatic() ? declared : null;
  }

  private @Nullable Value value() {
    return switch (op.code()) {
      case GET_DIMENSION_SIZE -> dimensionSize();
      case DYNAMIC_RESHAPE -> {
        Shape sizes = sizes(1);
        yield sizes == null || !x(0).shape().isStatic() ? null : builder.reshape(x(0), sizes);
      }
      case DYNAMIC_BROADCAST_IN_DIM -> {
        Shape sizes = sizes(1);
        yield sizes == null || !x(0).shape().isStatic()
            ? null
            : builder.broadcastInDim(x(0), sizes, op.longs("broadcast_dimensions"));
      }
      case DYNAMIC_IOTA -> {
        Shape sizes = sizes(0);
        yield sizes == null
            ? null
            : builder.iota(
                op.result().tensorType().withShape(sizes), op.intAttribute("iota_dimension", 0));
      }
      case DYNAMIC_PAD -> {
        long[] low = longs(2);
        long[] high = longs(3);
        long[] interior = longs(4);
        yield low == null || high == null || interior == null || !x(0).shape().isStatic()
            ? null
            : builder.pad(x(0), x(1), low, high, interior);
      }
      case REAL_DYNAMIC_SLICE -> {
        long[] starts = longs(1);
        long[] limits = longs(2);
        long[] strides = longs(3);
        yield starts == null || limits == null || strides == null || !x(0).shape().isStatic()
            ? null
            : builder.slice(x(0), starts, limits, strides);
      }
      case DYNAMIC_SLICE -> slice();
      case DYNAMIC_GATHER -> {
        long[] sizes = longs(2);
        if (sizes == null || !x(0).shape().isStatic() || !x(1).shape().isStatic()) {
          yield null;
        }
        Map<String, Attribute> attributes = new TreeMap<>(op.attributes());
        attributes.put("slice_sizes", new Attribute.Longs(sizes));
        yield create(OpCode.GATHER, operands.subList(0, 2), attributes);
      }
      case DYNAMIC_CONV -> {
        Literal padding = FoldConstants.constant(x(2));
        if (padding == null || !x(0).shape().isStatic() || !x(1).shape().isStatic()) {
          yield null;
        }
        Map<String, Attribute> attributes = new TreeMap<>(op.attributes());
        attributes.put("padding", new Attribute.Elements(as64(padding)));
        yield builder
            .create(
                OpCode.CONVOLUTION,
                operands.subList(0, 2),
                attributes,
                List.of(),
                List.of(op.result().type()))
            .result();
      }
      default -> null;
    };
  }

  private static Literal as64(Literal literal) {
    long[] values = new long[literal.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = literal.longAt(i);
    }
    TensorType type = literal.type().withElement(DType.I64);
    return values.length == 0 ? Literal.ofBytes(type, new byte[0]) : Literal.ofLongs(type, values);
  }

  private Value create(OpCode code, List<Value> inputs, Map<String, Attribute> attributes) {
    return builder.create(code, inputs, attributes, List.of()).result();
  }

  private @Nullable Value dimensionSize() {
    int axis = Math.toIntExact(op.intAttribute("dimension", 0));
    long size = x(0).shape().dim(axis);
    boolean bounded = x(0).tensorType().encoding() != null;
    return size == Shape.DYNAMIC || bounded
        ? null
        : builder.constant(Literal.ofLongs(TensorType.of(DType.I32), size));
  }

  /** A slice whose starts are constants, clamped now. */
  private @Nullable Value slice() {
    long[] sizes = op.longs("slice_sizes");
    if (!x(0).shape().isStatic()) {
      return null;
    }
    long[] starts = new long[sizes.length];
    long[] limits = new long[sizes.length];
    long[] strides = new long[sizes.length];
    Arrays.fill(strides, 1);
    for (int i = 0; i < sizes.length; i++) {
      Literal start = FoldConstants.constant(x(i + 1));
      if (start == null) {
        return null;
      }
      long value = start.longAt(0);
      boolean huge = start.type().dtype() == DType.U64 && value < 0;
      long last = x(0).shape().dim(i) - sizes[i];
      starts[i] = huge ? last : Math.max(0, Math.min(value, last));
      limits[i] = starts[i] + sizes[i];
    }
    return builder.slice(x(0), starts, limits, strides);
  }
}
