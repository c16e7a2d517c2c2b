package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.Tensor;

/** Rows of ops that no function makes and that come in with programs that others wrote. */
final class ImportedSpecs {
  private ImportedSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    reals(out);
    integers(out);
    others(out);
    return out;
  }

  /** The results of an op without regions. */
  static List<Tensor> create(
      OpCode code, Map<String, Attribute> attributes, List<Tensor> x, TensorType... results) {
    return create(code, attributes, List.of(), x, results);
  }

  /** The results of an op with regions. */
  static List<Tensor> create(
      OpCode code,
      Map<String, Attribute> attributes,
      List<Block> regions,
      List<Tensor> x,
      TensorType... results) {
    return Dispatch.many(
        (b, v) -> b.create(code, List.of(v), attributes, regions, List.<Type>of(results)).results(),
        x.toArray(new Tensor[0]));
  }

  private static OpSpec broadcast(OpCode code, DoubleBinaryOperator f) {
    return OpSpec.of(code)
        .domain(0.5, 2)
        .real(2, 1, 3)
        .real(2, 3)
        .op(x -> create(code, Map.of(), x, TensorType.of(x.get(0).dtype(), 2, 2, 3)).get(0))
        .means(x -> broadcast(x.get(0), x.get(1), f));
  }

  /** Of {@code [2, 1, 3]} and {@code [2, 3]}. */
  static Grid broadcast(Grid a, Grid b, DoubleBinaryOperator f) {
    return Grid.fill(l(2, 2, 3), i -> f.applyAsDouble(a.at(i[0], 0, i[2]), b.at(i[1], i[2])));
  }

  private static void reals(List<OpSpec> out) {
    out.add(broadcast(OpCode.CHLO_BROADCAST_REMAINDER, (a, b) -> a % b));
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_COMPLEX)
            .real(2, 1, 3)
            .real(2, 3)
            .ops(
                x ->
                    ElementwiseSpecs.parts(
                        create(
                                OpCode.CHLO_BROADCAST_COMPLEX,
                                Map.of(),
                                x,
                                TensorType.of(x.get(0).dtype().complex(), 2, 2, 3))
                            .get(0)))
            .meansAll(
                x ->
                    List.of(
                        broadcast(x.get(0), x.get(1), (a, b) -> a),
                        broadcast(x.get(0), x.get(1), (a, b) -> b))));
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_SELECT)
            .ints(DType.BOOL, l(3), 1, 0, 1)
            .real(2, 3)
            .real(3)
            .op(
                x ->
                    create(
                            OpCode.CHLO_BROADCAST_SELECT,
                            Map.of(),
                            x,
                            TensorType.of(x.get(1).dtype(), 2, 3))
                        .get(0))
            .means(
                x ->
                    Grid.fill(
                        l(2, 3),
                        i -> x.get(0).at(i[1]) != 0 ? x.get(1).at(i) : x.get(2).at(i[1]))));
  }

  private static void integers(List<OpSpec> out) {
    out.add(bits(OpCode.CHLO_BROADCAST_AND, (a, b) -> a & b));
    out.add(bits(OpCode.CHLO_BROADCAST_OR, (a, b) -> a | b));
    out.add(bits(OpCode.CHLO_BROADCAST_XOR, (a, b) -> a ^ b));
    out.add(bits(OpCode.CHLO_BROADCAST_SHIFT_LEFT, (a, b) -> (int) a << b));
    out.add(bits(OpCode.CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC, (a, b) -> (int) a >> b));
    out.add(bits(OpCode.CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL, (a, b) -> (int) a >>> b));
  }

  private static OpSpec bits(OpCode code, LongBinaryOperator f) {
    return OpSpec.of(code)
        .between(-1000, 1000, 2, 1, 3)
        .between(0, 31, 2, 3)
        .op(x -> create(code, Map.of(), x, TensorType.of(DType.I32, 2, 2, 3)).get(0))
        .means(
            x ->
                broadcast(x.get(0), x.get(1), (a, b) -> (int) f.applyAsLong((long) a, (long) b))
                    .as(DType.I32));
  }

  private static void others(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.TORCH_INDEX_SELECT)
            .real(3, 4)
            .ints(DType.I32, l(2), 2, 1)
            .op(
                x ->
                    create(
                            OpCode.TORCH_INDEX_SELECT,
                            Map.of("dim", Attribute.Int.i64(0), "batch_dims", Attribute.Int.i64(0)),
                            x,
                            TensorType.of(x.get(0).dtype(), 2, 4))
                        .get(0))
            .means(x -> Grid.fill(l(2, 4), i -> x.get(0).at((long) x.get(1).at(i[0]), i[1]))));
    out.add(batchNormGradient());
    double epsilon = 1.0 / 128; // the same in f32
    out.add(
        OpSpec.of(OpCode.BATCH_NORM_TRAINING)
            .units(16)
            .real(4, 3)
            .real(3)
            .real(3)
            .ops(
                x -> {
                  DType dtype = x.get(0).dtype();
                  TensorType channels = TensorType.of(dtype, 3);
                  return create(
                      OpCode.BATCH_NORM_TRAINING,
                      Map.of(
                          "epsilon",
                          new Attribute.Real(epsilon, "f32"),
                          "feature_index",
                          Attribute.Int.i64(1)),
                      x,
                      TensorType.of(dtype, Shape.of(4, 3)),
                      channels,
                      channels);
                })
            .meansAll(
                x -> {
                  Grid mean = Grid.fill(l(3), i -> moment(x.get(0), i[0], 0, 1));
                  Grid variance = Grid.fill(l(3), i -> moment(x.get(0), i[0], mean.at(i), 2));
                  Grid y =
                      Grid.fill(
                          l(4, 3),
                          i ->
                              (x.get(0).at(i) - mean.at(i[1]))
                                      / Math.sqrt(variance.at(i[1]) + epsilon)
                                      * x.get(1).at(i[1])
                                  + x.get(2).at(i[1]));
                  return List.of(y, mean, variance);
                }));
  }

  /** Gradients of normalisation over rows: by its formula, mean and variance taken as given. */
  private static OpSpec batchNormGradient() {
    double epsilon = 1.0 / 128;
    return OpSpec.of(OpCode.BATCH_NORM_GRAD)
        .units(32)
        .domain(0.5, 2)
        .real(4, 3)
        .real(3)
        .real(3)
        .real(3)
        .real(4, 3)
        .ops(
            x -> {
              DType dtype = x.get(0).dtype();
              TensorType channels = TensorType.of(dtype, 3);
              return create(
                  OpCode.BATCH_NORM_GRAD,
                  Map.of(
                      "epsilon",
                      new Attribute.Real(epsilon, "f32"),
                      "feature_index",
                      Attribute.Int.i64(1)),
                  x,
                  TensorType.of(dtype, 4, 3),
                  channels,
                  channels);
            })
        .meansAll(
            x -> {
              Grid y = x.get(4);
              Grid centred = Grid.fill(l(4, 3), i -> x.get(0).at(i) - x.get(2).at(i[1]));
              Grid root = x.get(3).map(v -> Math.sqrt(v + epsilon));
              Grid offset = Grid.fill(l(3), i -> 4 * moment(y, i[0], 0, 1));
              Grid products = y.zip(centred, (a, b) -> a * b);
              Grid product = Grid.fill(l(3), i -> 4 * moment(products, i[0], 0, 1));
              Grid scale = product.zip(root, (a, b) -> a / b);
              Grid operand =
                  Grid.fill(
                      l(4, 3),
                      i ->
                          x.get(1).at(i[1])
                              / root.at(i[1])
                              / 4
                              * (4 * y.at(i)
                                  - offset.at(i[1])
                                  - centred.at(i)
                                      * product.at(i[1])
                                      / (x.get(3).at(i[1]) + epsilon)));
              return List.of(operand, scale, offset);
            });
  }

  private static double moment(Grid x, long column, double mean, int power) {
    double sum = 0;
    for (int row = 0; row < 4; row++) {
      sum += Math.pow(x.at(row, column) - mean, power);
    }
    return sum / 4;
  }
}
