package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Tensor;

/** Rows of ops of CHLO that no function makes and that come in with programs of others. */
final class ImportedChloSpecs {
  private ImportedChloSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    broadcasting(out);
    constants(out);
    raggedDots(out);
    scans(out);
    return out;
  }

  private static void broadcasting(List<OpSpec> out) {
    // the order of the derivative is an integer: no derivative with respect to it
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_POLYGAMMA)
            .units(32)
            .domain(1.2, 3)
            .real(2, 3)
            .op(
                x -> {
                  Tensor order = Lax.full(x.get(0).dtype(), 2, 3);
                  TensorType type = TensorType.of(x.get(0).dtype(), 2, 3);
                  return ImportedSpecs.create(
                          OpCode.CHLO_BROADCAST_POLYGAMMA, Map.of(), List.of(order, x.get(0)), type)
                      .get(0);
                })
            .means(x -> x.get(0).map(v -> -2 * SpecialFunctions.zeta(3, v))));
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_ZETA)
            .domain(1.2, 3)
            .real(3)
            .op(
                x -> {
                  Tensor s = Lax.full(x.get(0).dtype(), 2.5, 2, 1);
                  TensorType type = TensorType.of(x.get(0).dtype(), 2, 3);
                  return ImportedSpecs.create(
                          OpCode.CHLO_BROADCAST_ZETA, Map.of(), List.of(s, x.get(0)), type)
                      .get(0);
                })
            .means(x -> Grid.fill(l(2, 3), i -> SpecialFunctions.zeta(2.5, x.get(0).at(i[1])))));
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_COMPARE)
            .real(2, 1, 3)
            .real(2, 3)
            .op(
                x ->
                    ImportedSpecs.create(
                            OpCode.CHLO_BROADCAST_COMPARE,
                            Map.of(
                                "comparison_direction",
                                new Attribute.Keyword("comparison_direction", "LT")),
                            x,
                            TensorType.of(DType.BOOL, 2, 2, 3))
                        .get(0))
            .means(
                x ->
                    ImportedSpecs.broadcast(x.get(0), x.get(1), (a, b) -> a < b ? 1 : 0)
                        .as(DType.BOOL)));
    out.add(
        OpSpec.of(OpCode.CHLO_BROADCAST_NEXT_AFTER)
            .ints(DType.I32, l(3), 1, 0, -7)
            .op(
                x -> {
                  Tensor v = Lax.convertElementType(x.get(0), DType.F32);
                  Tensor next =
                      ImportedSpecs.create(
                              OpCode.CHLO_BROADCAST_NEXT_AFTER,
                              Map.of(),
                              List.of(v, Lax.full(DType.F32, 9)),
                              TensorType.of(DType.F32, 3))
                          .get(0);
                  return Lax.bitcastConvertType(next, DType.I32);
                })
            .means(
                x ->
                    x.get(0).map(v -> Float.floatToIntBits(Math.nextUp((float) v))).as(DType.I32)));
  }

  private static void constants(List<OpSpec> out) {
    double[] elements = {1, -2.5, 4};
    out.add(
        OpSpec.of(OpCode.CHLO_CONSTANT)
            .real(3)
            .op(
                x -> {
                  TensorType type = TensorType.of(x.get(0).dtype(), 3);
                  Attribute value = new Attribute.Elements(Literal.ofDoubles(type, elements));
                  Tensor constant =
                      ImportedSpecs.create(
                              OpCode.CHLO_CONSTANT, Map.of("value", value), List.of(), type)
                          .get(0);
                  return Lax.mul(x.get(0), constant);
                })
            .means(
                x -> x.get(0).zip(new Grid(DType.F64, l(3), elements.clone()), (a, b) -> a * b)));
    out.add(
        OpSpec.of(OpCode.CHLO_CONSTANT_LIKE)
            .real(2, 3)
            .op(
                x -> {
                  TensorType type = TensorType.of(x.get(0).dtype(), 2, 3);
                  Attribute value = new Attribute.Real(1.5, type.dtype().mlir());
                  Tensor constant =
                      ImportedSpecs.create(
                              OpCode.CHLO_CONSTANT_LIKE,
                              Map.of("value", value),
                              List.of(x.get(0)),
                              type)
                          .get(0);
                  return Lax.mul(x.get(0), constant);
                })
            .means(x -> x.get(0).map(v -> 1.5 * v)));
  }

  /** Rows 0 and 1 of the ragged dimension belong to group 0, none to 1, the last three to 2. */
  private static final int[] GROUP = {0, 0, 2, 2, 2};

  private static OpSpec raggedDot(String name, String fields, long[] lhs, long[] rhs, long[] dims) {
    Attribute numbers = new Attribute.Opaque("#chlo.ragged_dot<" + fields + ">");
    return OpSpec.of(OpCode.CHLO_RAGGED_DOT)
        .named(name)
        .real(lhs)
        .real(rhs)
        .ints(DType.I64, l(3), 2, 0, 3)
        .op(
            x ->
                ImportedSpecs.create(
                        OpCode.CHLO_RAGGED_DOT,
                        Map.of("ragged_dot_dimension_numbers", numbers),
                        x,
                        TensorType.of(x.get(0).dtype(), Shape.of(dims)))
                    .get(0));
  }

  private static void raggedDots(List<OpSpec> out) {
    out.add(
        raggedDot(
                "a matrix for each group of rows",
                "lhs_contracting_dimensions = [1], rhs_contracting_dimensions = [1],"
                    + " lhs_ragged_dimensions = [0], rhs_group_dimensions = [0]",
                l(5, 2),
                l(3, 2, 4),
                l(5, 4))
            .means(
                x ->
                    Grid.fill(
                        l(5, 4),
                        i -> {
                          double sum = 0;
                          for (int k = 0; k < 2; k++) {
                            int group = GROUP[(int) i[0]];
                            sum += x.get(0).at(i[0], k) * x.get(1).at(group, k, i[1]);
                          }
                          return sum;
                        })));
    out.add(
        raggedDot(
                "a product for each group of what is summed over",
                "lhs_contracting_dimensions = [0], rhs_contracting_dimensions = [0],"
                    + " lhs_ragged_dimensions = [0]",
                l(5, 2),
                l(5, 4),
                l(3, 2, 4))
            .means(
                x ->
                    Grid.fill(
                        l(3, 2, 4),
                        i -> {
                          double sum = 0;
                          for (int k = 0; k < 5; k++) {
                            sum +=
                                GROUP[k] == i[0] ? x.get(0).at(k, i[1]) * x.get(1).at(k, i[2]) : 0;
                          }
                          return sum;
                        })));
  }

  /** Running sums of squares: {@code y = (c + x)²}, and the sum goes on. */
  private static OpSpec scan(boolean reverse) {
    return OpSpec.of(OpCode.CHLO_SCAN)
        .named(reverse ? "from the end" : "from the start")
        .real(2, 3)
        .real(2)
        .ops(
            x -> {
              TensorType slice = TensorType.of(x.get(0).dtype(), 2);
              Block body = new Block(List.of(slice, slice));
              Builder b = new Builder(body);
              Value sum = b.add(body.argument(0), b.sine(body.argument(1)));
              body.returns(List.of(b.multiply(sum, sum), sum));
              return ImportedSpecs.create(
                  OpCode.CHLO_SCAN,
                  Map.of(
                      "dimension", Attribute.Int.i64(1), "is_reverse", new Attribute.Bool(reverse)),
                  List.of(body),
                  x,
                  TensorType.of(x.get(0).dtype(), 2, 3),
                  slice);
            })
        .meansAll(
            x -> {
              double[] ys = new double[6];
              double[] carry = x.get(1).values().clone();
              for (int row = 0; row < 2; row++) {
                for (int step = 0; step < 3; step++) {
                  int at = reverse ? 2 - step : step;
                  carry[row] = Math.sin(carry[row]) + x.get(0).at(row, at);
                  ys[3 * row + at] = carry[row] * carry[row];
                }
              }
              return List.of(new Grid(DType.F64, l(2, 3), ys), new Grid(DType.F64, l(2), carry));
            });
  }

  private static void scans(List<OpSpec> out) {
    out.add(scan(false));
    out.add(scan(true));
  }
}
