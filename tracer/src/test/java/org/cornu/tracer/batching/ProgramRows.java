package org.cornu.tracer.batching;

import static org.cornu.tracer.batching.Programs.bool;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.func;
import static org.cornu.tracer.batching.Programs.i32;
import static org.cornu.tracer.batching.Programs.region;
import static org.cornu.tracer.batching.Programs.scalar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Control flow, calls and collectives. */
final class ProgramRows {
  private static final Literal ONE_DEVICE = Literal.ofLongs(TensorType.of(DType.I64, 1, 1), 0);

  private ProgramRows() {}

  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    loops(rows);
    scans(rows);
    branches(rows);
    calls(rows);
    collectives(rows);
    return rows;
  }

  private static void loops(List<Row> rows) {
    // i counts to n; acc doubles and adds a captured value. A batched n ends elements apart.
    rows.add(
        Row.many(
            OpCode.WHILE,
            "counting to a carried bound",
            List.of(i32().between(0, 5), f64(2), f64(2)),
            (b, x) -> {
              Value captured = x.get(2);
              List<TensorType> state =
                  List.of(scalar(DType.I32), scalar(DType.I32), TensorType.of(DType.F64, 2));
              return b.whileLoop(
                  List.of(b.constant(DType.I32, 0), x.get(0), x.get(1)),
                  region(state, (c, s) -> List.of(c.compare(s.get(0), s.get(1), Comparison.LT))),
                  region(
                      state,
                      (c, s) ->
                          List.of(
                              c.add(s.get(0), c.constant(DType.I32, 1)),
                              s.get(1),
                              c.add(c.add(s.get(2), s.get(2)), captured))));
            }));
    // The bound is captured, and the first carry takes the value of the second one round later.
    rows.add(
        Row.many(
            OpCode.WHILE,
            "with a chain of carries and a captured bound",
            List.of(f64(), f64(), f64().between(5, 9)),
            (b, x) -> {
              Value bound = x.get(2);
              List<TensorType> state =
                  List.of(scalar(DType.F64), scalar(DType.F64), scalar(DType.F64));
              return b.whileLoop(
                  List.of(x.get(0), b.constant(DType.F64, 0), b.constant(DType.F64, 1)),
                  region(state, (c, s) -> List.of(c.compare(s.get(2), bound, Comparison.LT))),
                  region(
                      state,
                      (c, s) ->
                          List.of(
                              s.get(1),
                              c.add(s.get(1), x.get(1)),
                              c.add(s.get(2), c.constant(DType.F64, 1)))));
            }));
    rows.add(
        Row.many(
            OpCode.WHILE,
            "in a loop",
            List.of(f64(2), i32().between(0, 4)),
            (b, x) -> {
              Value rounds = x.get(1);
              List<TensorType> state = List.of(scalar(DType.I32), TensorType.of(DType.F64, 2));
              return b.whileLoop(
                  List.of(b.constant(DType.I32, 0), x.get(0)),
                  region(
                      state,
                      (c, s) ->
                          List.of(c.compare(s.get(0), c.constant(DType.I32, 3), Comparison.LT))),
                  region(
                      state,
                      (c, s) -> {
                        List<Value> inner =
                            c.whileLoop(
                                List.of(c.constant(DType.I32, 0), s.get(1)),
                                region(
                                    state,
                                    (d, t) -> List.of(d.compare(t.get(0), rounds, Comparison.LT))),
                                region(
                                    state,
                                    (d, t) ->
                                        List.of(
                                            d.add(t.get(0), d.constant(DType.I32, 1)),
                                            d.add(d.sine(t.get(1)), x.get(0)))));
                        return List.of(c.add(s.get(0), c.constant(DType.I32, 1)), inner.get(1));
                      }));
            }));
  }

  private static void scans(List<Row> rows) {
    for (boolean reverse : new boolean[] {false, true}) {
      rows.add(
          Row.many(
              OpCode.SCAN,
              reverse ? "backwards" : "",
              List.of(f64(2), f64(2), f64(3, 2), f64(3)),
              (b, x) ->
                  b.scan(
                      List.of(x.get(0)),
                      List.of(x.get(1), b.constant(DType.F64, 0)),
                      List.of(x.get(2), x.get(3)),
                      3,
                      reverse,
                      1,
                      region(
                          List.of(
                              TensorType.of(DType.F64, 2),
                              TensorType.of(DType.F64, 2),
                              scalar(DType.F64),
                              TensorType.of(DType.F64, 2),
                              scalar(DType.F64)),
                          (c, s) -> {
                            Value h = c.add(c.multiply(s.get(0), s.get(1)), s.get(3));
                            Value n = c.add(s.get(2), s.get(4));
                            return List.of(h, n, c.tanh(h), c.multiply(n, n), s.get(4));
                          }))));
    }
    rows.add(
        Row.many(
            OpCode.CHLO_SCAN,
            "",
            List.of(f64(2, 3), f64(2)),
            (b, x) ->
                b.create(
                        OpCode.CHLO_SCAN,
                        x,
                        Map.of("dimension", Attribute.Int.i64(1)),
                        List.of(
                            region(
                                List.of(TensorType.of(DType.F64, 2), TensorType.of(DType.F64, 2)),
                                (c, s) -> {
                                  Value sum = c.add(s.get(0), s.get(1));
                                  return List.of(c.multiply(sum, sum), sum);
                                })),
                        List.of(TensorType.of(DType.F64, 2, 3), TensorType.of(DType.F64, 2)))
                    .results()));
  }

  private static void branches(List<Row> rows) {
    rows.add(
        Row.many(
            OpCode.IF,
            "",
            List.of(bool(), f64(2), f64()),
            (b, x) ->
                b.ifOf(
                    x.get(0),
                    region((c, s) -> List.of(c.sine(x.get(1)), x.get(2))),
                    region(
                        (c, s) ->
                            List.of(
                                c.constant(TensorType.of(DType.F64, 2), 4), c.negate(x.get(2)))))));
    rows.add(
        Row.many(
            OpCode.CASE,
            "",
            List.of(i32().between(-2, 5), f64(2), f64(2)),
            (b, x) ->
                b.caseOf(
                    x.get(0),
                    List.of(
                        region((c, s) -> List.of(c.sine(x.get(1)))),
                        region((c, s) -> List.of(c.add(x.get(1), x.get(2)))),
                        region((c, s) -> List.of(x.get(2)))))));
    rows.add(
        Row.many(
            OpCode.CASE,
            "in a branch, around a loop",
            List.of(bool(), i32().between(-1, 3), f64(2)),
            (b, x) ->
                b.ifOf(
                    x.get(0),
                    region(
                        (c, s) ->
                            c.caseOf(
                                x.get(1),
                                List.of(
                                    region((d, t) -> List.of(d.sine(x.get(2)))),
                                    region((d, t) -> doubling(d, x.get(1), x.get(2)))))),
                    region((c, s) -> List.of(x.get(2))))));
  }

  /** {@code x} doubled as often as {@code n} says. */
  private static List<Value> doubling(Builder b, Value n, Value x) {
    List<TensorType> state = List.of(scalar(DType.I32), x.tensorType());
    Value twice =
        b.whileLoop(
                List.of(b.constant(DType.I32, 0), x),
                region(state, (c, s) -> List.of(c.compare(s.get(0), n, Comparison.LT))),
                region(
                    state,
                    (c, s) ->
                        List.of(
                            c.add(s.get(0), c.constant(DType.I32, 1)), c.add(s.get(1), s.get(1)))))
            .get(1);
    return List.of(twice);
  }

  private static void calls(List<Row> rows) {
    Func callee =
        func(
            List.of(f64(2), f64()),
            (b, x) ->
                List.of(
                    b.multiply(x.get(0), b.broadcast(x.get(1), x.get(0).shape())),
                    b.sine(x.get(1)),
                    b.constant(DType.I32, 7)));
    rows.add(
        Row.many(
            OpCode.CALL,
            "twice, with different arguments batched",
            List.of(f64(2), f64(), f64()),
            (b, x) -> {
              List<Value> first = b.call(callee, List.of(x.get(0), x.get(1)));
              List<Value> second = b.call(callee, List.of(first.get(0), x.get(2)));
              return List.of(second.get(0), second.get(1), first.get(1), first.get(2));
            }));
    rows.add(
        Row.many(OpCode.REMAT, "", List.of(f64(2), f64()), (b, x) -> b.remat(x, callee, Map.of())));
    for (String name : List.of("cornu.layer", "other.thing")) {
      rows.add(
          Row.many(
              OpCode.COMPOSITE,
              name,
              List.of(f64(2), f64()),
              (b, x) -> b.composite(name, x, callee, Map.of(), 0)));
    }
  }

  private static void collectives(List<Row> rows) {
    rows.add(
        Row.many(
            OpCode.ALL_REDUCE,
            "",
            List.of(f64(2), f64(3)),
            (b, x) ->
                b.allReduce(
                    x, ONE_DEVICE, null, false, Builder.binaryBody(OpCode.ADD, DType.F64))));
    rows.add(
        Row.many(
            OpCode.ALL_GATHER,
            "",
            List.of(f64(2, 3), f64(2, 1)),
            (b, x) -> b.allGather(x, 1, ONE_DEVICE, null, false)));
    rows.add(
        Row.of(
            OpCode.REDUCE_SCATTER,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.reduceScatter(
                    x.get(0),
                    1,
                    ONE_DEVICE,
                    null,
                    false,
                    Builder.binaryBody(OpCode.ADD, DType.F64))));
    rows.add(
        Row.many(
            OpCode.ALL_TO_ALL,
            "",
            List.of(f64(2, 3), f64(2, 3)),
            (b, x) -> b.allToAll(x, 1, 0, 1, ONE_DEVICE, null)));
    rows.add(
        Row.of(
            OpCode.COLLECTIVE_PERMUTE,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.collectivePermute(
                    x.get(0), Literal.ofLongs(TensorType.of(DType.I64, 1, 2), 0, 0), null)));
    rows.add(
        Row.many(
            OpCode.COLLECTIVE_BROADCAST,
            "",
            List.of(f64(2, 3)),
            (b, x) -> b.collectiveBroadcast(x, ONE_DEVICE, null)));
    rows.add(
        Row.of(
            OpCode.CROSS_REPLICA_SUM,
            "",
            List.of(f64(2, 3)),
            (b, x) ->
                b.create(
                        OpCode.CROSS_REPLICA_SUM,
                        x,
                        Map.of("replica_groups", new Attribute.Elements(ONE_DEVICE)),
                        List.of(),
                        List.of(x.get(0).type()))
                    .result()));
  }
}
