package org.cornu.tracer.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cornu.tracer.batching.Programs.f64;
import static org.cornu.tracer.batching.Programs.func;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.batching.Programs.Arg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamedAxisTest {
  private static Value axis(
      Builder b, OpCode code, String axis, List<Value> x, Map<String, Attribute> more) {
    Map<String, Attribute> attributes = new HashMap<>(more);
    attributes.put("axis", new Attribute.Str(axis));
    return b.create(code, x, attributes, List.of()).results().get(0);
  }

  private static Map<String, Attribute> dim(long size, long dimension, boolean tiled) {
    return Map.of(
        "size",
        Attribute.Int.i64(size),
        "dimension",
        Attribute.Int.i64(dimension),
        "tiled",
        new Attribute.Bool(tiled));
  }

  private static Map<String, Attribute> exchange(
      long size, long split, long concat, boolean tiled) {
    return Map.of(
        "size",
        Attribute.Int.i64(size),
        "split_dimension",
        Attribute.Int.i64(split),
        "concat_dimension",
        Attribute.Int.i64(concat),
        "tiled",
        new Attribute.Bool(tiled));
  }

  private static Map<String, Attribute> pairs(long... pairs) {
    TensorType type = TensorType.of(DType.I64, pairs.length / 2, 2);
    return Map.of("pairs", new Attribute.Elements(Literal.ofLongs(type, pairs)));
  }

  private static Map<String, Attribute> kind(String kind) {
    return Map.of("kind", new Attribute.Str(kind));
  }

  /** Runs {@code f} over a batch named {@code i} and returns its only result. */
  private static Literal run(Func f, boolean batched, Literal x, int size) {
    Batching.Batched g =
        Batching.batch(f, new boolean[] {batched}, size, "i", new boolean[] {true});
    Verifier.verify(g.func());
    return new Interpreter().run(g.func(), List.of(x)).get(0);
  }

  private static Literal matrix(long rows, long columns, double... values) {
    return Literal.ofDoubles(TensorType.of(DType.F64, rows, columns), values);
  }

  private static double[] doubles(Literal literal) {
    double[] out = new double[literal.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = literal.doubleAt(i);
    }
    return out;
  }

  private static Func over(Arg x, OpCode code, Map<String, Attribute> attributes) {
    return func(List.of(x), (b, v) -> List.of(axis(b, code, "i", v, attributes)));
  }

  @Test
  void indexCountsTheBatch() {
    Func f =
        func(
            List.of(f64()),
            (b, x) -> {
              Value i = axis(b, OpCode.AXIS_INDEX, "i", List.of(), Map.of());
              return List.of(b.add(x.get(0), b.convert(i, DType.F64)));
            });
    Literal x = Literal.ofDoubles(TensorType.of(DType.F64, 3), 5, 5, 7);
    assertThat(doubles(run(f, true, x, 3))).containsExactly(5, 6, 9);
    assertThat(doubles(run(f, false, Literal.scalar(DType.F64, 1), 3))).containsExactly(1, 2, 3);
  }

  @Test
  void reductionsAreTheSameForTheWholeBatch() {
    Literal x = matrix(3, 2, 1, 8, 5, 2, -3, 4);
    for (String kind : List.of("add", "max", "min")) {
      Func f = over(f64(2), OpCode.AXIS_REDUCE, kind(kind));
      Batching.Batched g = Batching.batch(f, new boolean[] {true}, 3, "i");
      assertThat(g.isBatched(0)).isFalse();
      assertThat(doubles(new Interpreter().run(g.func(), List.of(x)).get(0)))
          .containsExactly(
              switch (kind) {
                case "add" -> new double[] {3, 14};
                case "max" -> new double[] {5, 8};
                default -> new double[] {-3, 2};
              });
      Batching.Batched shared = Batching.batch(f, new boolean[] {false}, 3, "i");
      Literal row = Literal.ofDoubles(TensorType.of(DType.F64, 2), 1, 2);
      assertThat(doubles(new Interpreter().run(shared.func(), List.of(row)).get(0)))
          .containsExactly(kind.equals("add") ? new double[] {3, 6} : new double[] {1, 2});
    }
  }

  @Test
  void gatherStacksOrConcatenates() {
    Literal x = matrix(3, 2, 1, 2, 3, 4, 5, 6);
    Literal stacked = run(over(f64(2), OpCode.AXIS_GATHER, dim(3, 1, false)), true, x, 3);
    assertThat(stacked.type()).isEqualTo(TensorType.of(DType.F64, 3, 2, 3));
    assertThat(doubles(stacked)).startsWith(1, 3, 5, 2, 4, 6, 1, 3, 5);
    Literal tiled = run(over(f64(2), OpCode.AXIS_GATHER, dim(3, 0, true)), true, x, 3);
    assertThat(tiled.type()).isEqualTo(TensorType.of(DType.F64, 3, 6));
    assertThat(doubles(tiled)).startsWith(1, 2, 3, 4, 5, 6, 1, 2);
  }

  @Test
  void scatterKeepsAPartOfTheSum() {
    Literal x = matrix(2, 4, 1, 2, 3, 4, 10, 20, 30, 40);
    Literal tiled = run(over(f64(4), OpCode.AXIS_SCATTER, dim(2, 0, true)), true, x, 2);
    assertThat(tiled.type()).isEqualTo(TensorType.of(DType.F64, 2, 2));
    assertThat(doubles(tiled)).containsExactly(11, 22, 33, 44);
    Literal y = matrix(2, 2, 1, 2, 10, 20);
    Literal parts = run(over(f64(2), OpCode.AXIS_SCATTER, dim(2, 0, false)), true, y, 2);
    assertThat(parts.type()).isEqualTo(TensorType.of(DType.F64, 2));
    assertThat(doubles(parts)).containsExactly(11, 22);
    Literal row = Literal.ofDoubles(TensorType.of(DType.F64, 2), 1, 2);
    assertThat(doubles(run(over(f64(2), OpCode.AXIS_SCATTER, dim(2, 0, false)), false, row, 2)))
        .containsExactly(2, 4);
  }

  @Test
  void permuteMovesElementsAndLeavesZeros() {
    Literal x = matrix(3, 2, 1, 2, 3, 4, 5, 6);
    Func rotate = over(f64(2), OpCode.AXIS_PERMUTE, pairs(0, 1, 1, 2, 2, 0));
    assertThat(doubles(run(rotate, true, x, 3))).containsExactly(5, 6, 1, 2, 3, 4);
    Func shift = over(f64(2), OpCode.AXIS_PERMUTE, pairs(0, 1, 1, 2));
    assertThat(doubles(run(shift, true, x, 3))).containsExactly(0, 0, 1, 2, 3, 4);
  }

  @Test
  void allToAllExchangesParts() {
    Literal x = matrix(2, 4, 1, 2, 3, 4, 5, 6, 7, 8);
    Func tiled = over(f64(4), OpCode.AXIS_ALL_TO_ALL, exchange(2, 0, 0, true));
    assertThat(doubles(run(tiled, true, x, 2))).containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
    // Element j holds [[1, 2], [3, 4]] + 4 j; it sends row i to element i, which stacks columns.
    Literal y = Literal.ofDoubles(TensorType.of(DType.F64, 2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    Func stacked = over(f64(2, 2), OpCode.AXIS_ALL_TO_ALL, exchange(2, 0, 1, false));
    Literal got = run(stacked, true, y, 2);
    assertThat(got.type()).isEqualTo(TensorType.of(DType.F64, 2, 2, 2));
    assertThat(doubles(got)).containsExactly(1, 5, 2, 6, 3, 7, 4, 8);
  }

  @Test
  void aCalleeMayReferToTheAxis() {
    Func callee = over(f64(2), OpCode.AXIS_REDUCE, kind("add"));
    Func f =
        func(
            List.of(f64(2), f64(2)),
            (b, x) -> List.of(b.call(callee, List.of(x.get(0))).get(0), x.get(1)));
    Batching.Batched g = Batching.batch(f, new boolean[] {false, true}, 4, "i");
    assertThat(g.batchedResults()).containsExactly(false, true);
    List<Literal> got =
        new Interpreter()
            .run(
                g.func(),
                List.of(
                    Literal.ofDoubles(TensorType.of(DType.F64, 2), 1, 2),
                    matrix(4, 2, 0, 0, 0, 0, 0, 0, 0, 0)));
    assertThat(doubles(got.get(0))).containsExactly(4, 8);
  }

  @Test
  void theSizeOfTheAxisMustBeThatOfTheBatch() {
    Func f = over(f64(2), OpCode.AXIS_GATHER, dim(3, 0, false));
    assertThatThrownBy(() -> Batching.batch(f, new boolean[] {true}, 4, "i"))
        .hasMessage("axis_gather: the size of axis 'i' must be that of the batch, 4: got 3");
  }

  static Stream<Map.Entry<OpCode, Map<String, Attribute>>> ops() {
    return Stream.of(
        Map.entry(OpCode.AXIS_INDEX, Map.<String, Attribute>of()),
        Map.entry(OpCode.AXIS_REDUCE, kind("add")),
        Map.entry(OpCode.AXIS_REDUCE, kind("max")),
        Map.entry(OpCode.AXIS_GATHER, dim(3, 1, false)),
        Map.entry(OpCode.AXIS_GATHER, dim(3, 1, true)),
        Map.entry(OpCode.AXIS_SCATTER, dim(3, 1, false)),
        Map.entry(OpCode.AXIS_SCATTER, dim(3, 0, true)),
        Map.entry(OpCode.AXIS_PERMUTE, pairs(0, 1, 2, 0)),
        Map.entry(OpCode.AXIS_ALL_TO_ALL, exchange(3, 0, 1, true)),
        Map.entry(OpCode.AXIS_ALL_TO_ALL, exchange(3, 1, 0, false)),
        Map.entry(OpCode.AXIS_ALL_TO_ALL, exchange(3, 1, 1, true)));
  }

  /** Ops over another name pass through, so the order of two batches is the user's choice. */
  @ParameterizedTest
  @MethodSource("ops")
  void batchesOfDifferentNamesCommute(Map.Entry<OpCode, Map<String, Attribute>> op) {
    Func f =
        func(
            List.of(f64(6, 3)),
            (b, x) -> {
              List<Value> operands =
                  op.getKey() == OpCode.AXIS_INDEX ? List.of() : List.of(x.get(0));
              Value y = axis(b, op.getKey(), "j", operands, op.getValue());
              Value both =
                  axis(
                      b,
                      OpCode.AXIS_REDUCE,
                      "i",
                      List.of(b.multiply(x.get(0), x.get(0))),
                      kind("add"));
              return List.of(y, both);
            });
    boolean[] yes = {true};
    boolean[] all = {true, true};
    Random random = new Random(3);
    List<List<Literal>> elements = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      List<Literal> row = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        row.add(f64(6, 3).random(random));
      }
      elements.add(row);
    }
    Func jInside =
        Batching.batch(Batching.batch(f, yes, 3, "j", all).func(), yes, 2, "i", all).func();
    Func iInside =
        Batching.batch(Batching.batch(f, yes, 2, "i", all).func(), yes, 3, "j", all).func();
    List<Literal> byRow = elements.stream().map(Loops::stack).toList();
    List<Literal> byColumn = new ArrayList<>();
    for (int j = 0; j < 3; j++) {
      byColumn.add(Loops.stack(List.of(elements.get(0).get(j), elements.get(1).get(j))));
    }
    List<Literal> first = run(jInside, Loops.stack(byRow));
    List<Literal> second = run(iInside, Loops.stack(byColumn));
    for (int r = 0; r < 2; r++) {
      double[] ij = doubles(first.get(r));
      double[] ji = doubles(second.get(r));
      int n = ij.length / 6;
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 3; j++) {
          for (int k = 0; k < n; k++) {
            assertThat(ji[(j * 2 + i) * n + k]).isEqualTo(ij[(i * 3 + j) * n + k]);
          }
        }
      }
    }
  }

  private static List<Literal> run(Func f, Literal x) {
    Verifier.verify(f);
    return new Interpreter().run(f, List.of(x));
  }
}
