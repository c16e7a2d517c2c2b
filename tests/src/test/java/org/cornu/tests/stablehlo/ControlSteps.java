package org.cornu.tests.stablehlo;

import static org.cornu.stablehlo.ir.OpCode.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** Steps of random programs with regions, calls, tuples and random bits. */
final class ControlSteps {
  private ControlSteps() {}

  /** A few turns of a small map. */
  static void loop(Draft d) {
    Value x = d.real();
    TensorType counter = TensorType.of(DType.I32);
    Value turns = d.b.constant(DType.I32, 1 + d.below(3));
    Block condition = new Block(List.of(counter, x.type()));
    Builder c = new Builder(condition);
    condition.returns(List.of(c.compare(condition.argument(0), turns, Comparison.LT)));
    Block body = new Block(List.of(counter, x.type()));
    Builder inner = new Builder(body);
    Value next = inner.tanh(inner.add(body.argument(1), x));
    body.returns(List.of(inner.add(body.argument(0), inner.constant(DType.I32, 1)), next));
    d.add(d.b.whileLoop(List.of(d.b.constant(DType.I32, 0), x), condition, body).get(1));
  }

  static void branch(Draft d) {
    Value x = d.any();
    Value y = d.mate(x);
    List<Block> branches = new ArrayList<>();
    if (d.coin()) {
      for (Value result : List.of(x, y, x)) {
        branches.add(new Block(List.of()).returns(List.of(result)));
      }
      d.add(d.b.caseOf(d.input(DType.I32, Shape.SCALAR), branches).get(0));
    } else {
      Value p = d.input(DType.BOOL, Shape.SCALAR);
      Block onTrue = new Block(List.of());
      boolean real = x.dtype().isFloat() && !Draft.isSmall(x.dtype());
      onTrue.returns(List.of(real ? new Builder(onTrue).multiply(x, y) : y));
      d.add(d.b.ifOf(p, onTrue, new Block(List.of()).returns(List.of(x))).get(0));
    }
  }

  private static Func twice(Type type, boolean real) {
    Block body = new Block(List.of(type, type));
    Builder b = new Builder(body);
    Value first = body.argument(0);
    body.returns(List.of(real ? b.subtract(b.add(first, first), body.argument(1)) : first));
    return new Func("twice", body, false, Map.of(), Location.UNKNOWN);
  }

  static void call(Draft d) {
    Value x = d.any();
    boolean real = x.dtype().isFloat() && !Draft.isSmall(x.dtype());
    Func callee = twice(x.type(), real);
    List<Value> arguments = List.of(x, d.mate(x));
    d.add(
        d.coin()
            ? d.b.call(callee, arguments).get(0)
            : d.b.composite("test.twice", arguments, callee, Map.of(), 1).get(0));
  }

  static void together(Draft d) {
    Value x = d.any();
    Value y = d.any();
    if (d.coin()) {
      d.b.optimizationBarrier(List.of(x, y)).forEach(d::add);
      return;
    }
    Value tuple = d.b.create(TUPLE, List.of(x, y), Map.of(), List.of()).result();
    Map<String, Attribute> index = Map.of("index", Attribute.Int.i32(d.below(2)));
    d.add(d.b.create(GET_TUPLE_ELEMENT, List.of(tuple), index, List.of()).result());
  }

  static void randomBits(Draft d) {
    boolean philox = d.coin();
    Value state = d.input(DType.U64, Shape.of(philox ? 2 + d.below(2) : 2));
    DType[] types = {DType.U32, DType.U64};
    TensorType bits = TensorType.of(d.one(types), 1 + d.below(5), 2);
    d.b.rngBitGenerator(state, bits, philox ? "PHILOX" : "THREE_FRY").forEach(d::add);
  }

  /** Which process this is, when it is the only one. */
  static void process(Draft d) {
    if (d.grid.count() == 1) {
      d.add(d.coin() ? d.b.partitionId() : d.b.replicaId());
    }
  }
}
