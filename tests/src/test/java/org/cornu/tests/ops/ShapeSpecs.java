package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;

/** Rows of the ops that make, move, cut and join. */
final class ShapeSpecs {
  private ShapeSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    make(out);
    move(out);
    cut(out);
    return out;
  }

  private static void make(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.CONSTANT)
            .real(3)
            .op(
                x ->
                    Lax.mul(
                        x.get(0),
                        Lax.convertElementType(
                            Lax.constant(
                                Literal.ofDoubles(TensorType.of(DType.F64, 3), 0.1, -2, 7e3)),
                            x.get(0).dtype())))
            .means(
                x ->
                    Grid.fill(
                        l(3), i -> x.get(0).at(i) * new double[] {0.1, -2, 7e3}[(int) i[0]])));
    out.add(
        OpSpec.of(OpCode.IOTA)
            .real(3, 2)
            .ops(
                x ->
                    List.of(
                        Lax.add(x.get(0), Lax.iota(x.get(0).dtype(), 0, 3, 2)),
                        Lax.iota(DType.I32, 1, 3, 2)))
            .meansAll(
                x ->
                    List.of(
                        Grid.fill(l(3, 2), i -> x.get(0).at(i) + i[0]),
                        Grid.fill(l(3, 2), i -> i[1]).as(DType.I32))));
    out.add(
        OpSpec.of(OpCode.BROADCAST_IN_DIM)
            .real(3, 1, 2)
            .op(x -> Lax.broadcastInDim(x.get(0), Shape.of(2, 4, 3, 5), 2, 1, 0))
            .means(x -> Grid.fill(l(2, 4, 3, 5), i -> x.get(0).at(i[2], 0, i[0]))));
    out.add(
        OpSpec.of(OpCode.BROADCAST)
            .real(3)
            .op(
                x ->
                    Dispatch.unary(
                        x.get(0),
                        (b, v) ->
                            b.create(
                                    OpCode.BROADCAST,
                                    List.of(v),
                                    Map.of("broadcast_sizes", new Attribute.Longs(2, 4)),
                                    List.of())
                                .result()))
            .means(x -> Grid.fill(l(2, 4, 3), i -> x.get(0).at(i[2]))));
  }

  private static void move(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.RESHAPE)
            .real(3, 4)
            .op(x -> Lax.reshape(x.get(0), 2, 6))
            .means(x -> Grid.fill(l(2, 6), i -> x.get(0).values()[(int) (6 * i[0] + i[1])])));
    out.add(
        OpSpec.of(OpCode.TRANSPOSE)
            .real(2, 3, 4)
            .op(x -> Lax.transpose(x.get(0), 2, 0, 1))
            .means(x -> Grid.fill(l(4, 2, 3), i -> x.get(0).at(i[1], i[2], i[0]))));
    out.add(
        OpSpec.of(OpCode.REVERSE)
            .real(2, 3)
            .op(x -> Lax.rev(x.get(0), 0, 1))
            .means(x -> Grid.fill(l(2, 3), i -> x.get(0).at(1 - i[0], 2 - i[1]))));
    out.add(
        OpSpec.of(OpCode.CONCATENATE)
            .real(2, 3)
            .real(2, 1)
            .op(x -> Lax.concatenate(List.of(x.get(0), x.get(1), x.get(0)), 1))
            .means(
                x ->
                    Grid.fill(
                        l(2, 7),
                        i ->
                            i[1] == 3
                                ? x.get(1).at(i[0], 0)
                                : x.get(0).at(i[0], i[1] < 3 ? i[1] : i[1] - 4))));
    out.add(
        OpSpec.of(OpCode.OPTIMIZATION_BARRIER)
            .real(2)
            .real(3)
            .ops(x -> Lax.optimizationBarrier(List.of(Lax.sin(x.get(0)), x.get(1))))
            .meansAll(x -> List.of(x.get(0).map(Math::sin), x.get(1))));
    out.add(
        OpSpec.of(OpCode.TUPLE, OpCode.GET_TUPLE_ELEMENT)
            .real(2)
            .real(3)
            .op(
                x ->
                    Dispatch.one(
                        (b, v) -> {
                          var tuple =
                              b.create(OpCode.TUPLE, List.of(v[0], v[1]), Map.of(), List.of())
                                  .result();
                          return b.create(
                                  OpCode.GET_TUPLE_ELEMENT,
                                  List.of(tuple),
                                  Map.of("index", Attribute.Int.i32(1)),
                                  List.of())
                              .result();
                        },
                        x.get(0),
                        x.get(1)))
            .means(x -> x.get(1)));
    out.add(
        OpSpec.of(OpCode.GET_DIMENSION_SIZE)
            .real(2, 5)
            .op(x -> Dispatch.unary(x.get(0), (b, v) -> b.getDimensionSize(v, 1)))
            .means(x -> Grid.fill(l(), i -> 5).as(DType.I32)));
  }

  private static void cut(List<OpSpec> out) {
    out.add(
        OpSpec.of(OpCode.SLICE)
            .real(7, 3)
            .op(x -> Lax.slice(x.get(0), l(1, 0), l(7, 2), l(3, 1)))
            .means(x -> Grid.fill(l(2, 2), i -> x.get(0).at(1 + 3 * i[0], i[1]))));
    out.add(
        OpSpec.of(OpCode.SLICE)
            .named("empty")
            .real(4)
            .op(x -> Lax.slice(x.get(0), l(2), l(2)))
            .means(x -> Grid.fill(l(0), i -> 0)));
    out.add(
        OpSpec.of(OpCode.PAD)
            .named("negative, interior")
            .real(3, 4)
            .real()
            .op(x -> Lax.pad(x.get(0), x.get(1), l(1, -1), l(0, 2), l(2, 0)))
            // rows: one in front, two between; columns: the first cut off, two behind
            .means(
                x ->
                    Grid.fill(
                        l(8, 5),
                        i ->
                            i[0] > 0 && (i[0] - 1) % 3 == 0 && i[1] < 3
                                ? x.get(0).at((i[0] - 1) / 3, i[1] + 1)
                                : x.get(1).at())));
    out.add(
        OpSpec.of(OpCode.DYNAMIC_SLICE)
            .named("starts are clamped")
            .real(4, 5)
            .ints(DType.I32, l(), 1)
            .ints(DType.I32, l(), 9)
            .op(x -> Lax.dynamicSlice(x.get(0), x.subList(1, 3), 2, 3))
            .means(x -> Grid.fill(l(2, 3), i -> x.get(0).at(1 + i[0], 2 + i[1]))));
    out.add(
        OpSpec.of(OpCode.DYNAMIC_UPDATE_SLICE)
            .named("starts are clamped")
            .real(4, 5)
            .real(2, 3)
            .ints(DType.I32, l(), -1)
            .ints(DType.I32, l(), 9)
            .op(x -> Lax.dynamicUpdateSlice(x.get(0), x.get(1), x.subList(2, 4)))
            .means(x -> Grid.fill(l(4, 5), i -> x.get(1).at(l(i[0], i[1] - 2), x.get(0).at(i)))));
  }
}
