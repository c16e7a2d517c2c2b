package org.cornu.tests.ops;

import static org.cornu.tests.ops.Grid.l;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.F2;
import org.cornu.tracer.Tensor;

/** Rows of the CHLO ops: inverse and hyperbolic functions, special functions, broadcasting. */
final class ChloSpecs {
  private ChloSpecs() {}

  static List<OpSpec> rows() {
    List<OpSpec> out = new ArrayList<>();
    elementary(out);
    special(out);
    broadcasting(out);
    return out;
  }

  private static void elementary(List<OpSpec> out) {
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_ACOS, Lax::acos, -0.8, 0.8, Math::acos));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_ACOSH, Lax::acosh, 1.2, 3, x -> Math.log(x + Math.sqrt(x * x - 1))));
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_ASIN, Lax::asin, -0.8, 0.8, Math::asin));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_ASINH,
            Lax::asinh,
            -3,
            3,
            x -> Math.signum(x) * Math.log(Math.abs(x) + Math.sqrt(x * x + 1))));
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_ATAN, Lax::atan, -3, 3, Math::atan));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_ATANH, Lax::atanh, -0.8, 0.8, x -> 0.5 * Math.log((1 + x) / (1 - x))));
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_COSH, Lax::cosh, -2, 2, Math::cosh));
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_SINH, Lax::sinh, -2, 2, Math::sinh));
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_SQUARE, Lax::square, -2, 2, x -> x * x));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_TAN,
            x -> Dispatch.unary(x, (b, v) -> b.unary(OpCode.CHLO_TAN, v)),
            -1,
            1,
            Math::tan));
    for (OpCode code :
        List.of(OpCode.CHLO_IS_INF, OpCode.CHLO_IS_POS_INF, OpCode.CHLO_IS_NEG_INF)) {
      out.add(
          OpSpec.of(code)
              .ints(DType.I32, l(4), 1, 0, -1, 2)
              .op(
                  x -> {
                    Tensor log = Lax.log(Lax.convertElementType(x.get(0), DType.F32));
                    Tensor both = Lax.concatenate(List.of(log, Lax.neg(log)), 0);
                    return Dispatch.unary(both, (b, v) -> b.unary(code, v));
                  })
              .means(
                  x ->
                      Grid.fill(
                              l(8),
                              i -> {
                                double log = Math.log(x.get(0).at(i[0] % 4));
                                double v = i[0] < 4 ? log : -log;
                                boolean is =
                                    Double.isInfinite(v)
                                        && (code == OpCode.CHLO_IS_INF
                                            || v > 0 == (code == OpCode.CHLO_IS_POS_INF));
                                return is ? 1 : 0;
                              })
                          .as(DType.BOOL)));
    }
    out.add(
        OpSpec.of(OpCode.CHLO_NEXT_AFTER)
            .ints(DType.I32, l(3), 1, 0, -7)
            .op(
                x -> {
                  Tensor v = Lax.convertElementType(x.get(0), DType.F32);
                  return Lax.bitcastConvertType(Lax.nextAfter(v, Lax.fullLike(v, 9)), DType.I32);
                })
            .means(
                x ->
                    x.get(0).map(v -> Float.floatToIntBits(Math.nextUp((float) v))).as(DType.I32)));
  }

  private static void special(List<OpSpec> out) {
    out.add(ElementwiseSpecs.unary(OpCode.CHLO_ERF, Lax::erf, -2.5, 2.5, SpecialFunctions::erf));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_ERFC, Lax::erfc, -2, 2, x -> 1 - SpecialFunctions.erf(x)));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_ERF_INV, Lax::erfInv, -0.9, 0.9, SpecialFunctions::erfInv));
    out.add(
        ElementwiseSpecs.unary(OpCode.CHLO_LGAMMA, Lax::lgamma, 0.4, 5, SpecialFunctions::lgamma));
    out.add(
        ElementwiseSpecs.unary(
            OpCode.CHLO_DIGAMMA, Lax::digamma, 0.4, 5, SpecialFunctions::digamma));
    out.add(
        ElementwiseSpecs.unary(
                OpCode.CHLO_BESSEL_I1E, Lax::besselI1e, 0.4, 4, SpecialFunctions::besselI1e)
            .tolerance(1e-7));
    out.add(
        OpSpec.of(OpCode.CHLO_ZETA)
            .domain(1.2, 3)
            .real(3)
            .op(x -> Lax.zeta(Lax.fullLike(x.get(0), 2.5), x.get(0)))
            .means(x -> x.get(0).map(q -> SpecialFunctions.zeta(2.5, q))));
    out.add(
        OpSpec.of(OpCode.CHLO_POLYGAMMA)
            .domain(1.2, 3)
            .real(3)
            .op(x -> Lax.polygamma(Lax.fullLike(x.get(0), 2), x.get(0)))
            .means(x -> x.get(0).map(q -> -2 * SpecialFunctions.zeta(3, q))));
  }

  private static OpSpec broadcast(OpCode code, DoubleBinaryOperator f) {
    F2<Tensor, Tensor, Tensor> op =
        (x, y) ->
            Dispatch.one(
                (b, v) ->
                    b.create(
                            code,
                            List.of(v[0], v[1]),
                            Map.of(),
                            List.of(),
                            List.of(TensorType.of(v[0].tensorType().element(), Shape.of(2, 2, 3))))
                        .result(),
                x,
                y);
    return OpSpec.of(code)
        .domain(0.5, 2)
        .real(2, 1, 3)
        .real(2, 3)
        .op(x -> op.apply(x.get(0), x.get(1)))
        .means(
            x ->
                Grid.fill(
                    l(2, 2, 3),
                    i -> f.applyAsDouble(x.get(0).at(i[0], 0, i[2]), x.get(1).at(i[1], i[2]))));
  }

  private static void broadcasting(List<OpSpec> out) {
    out.add(broadcast(OpCode.CHLO_BROADCAST_ADD, Double::sum));
    out.add(broadcast(OpCode.CHLO_BROADCAST_SUBTRACT, (a, b) -> a - b));
    out.add(broadcast(OpCode.CHLO_BROADCAST_MULTIPLY, (a, b) -> a * b));
    out.add(broadcast(OpCode.CHLO_BROADCAST_DIVIDE, (a, b) -> a / b));
    out.add(broadcast(OpCode.CHLO_BROADCAST_POWER, Math::pow));
    out.add(broadcast(OpCode.CHLO_BROADCAST_MAXIMUM, Math::max));
    out.add(broadcast(OpCode.CHLO_BROADCAST_MINIMUM, Math::min));
    out.add(broadcast(OpCode.CHLO_BROADCAST_ATAN2, Math::atan2));
  }
}
