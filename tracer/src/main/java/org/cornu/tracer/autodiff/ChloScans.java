package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.graph.Inliner;

/**
 * Scans of CHLO as Cornu's: along the first dimension, the carry in front. Theirs run along any
 * dimension, and their bodies take and return the carry behind the slices.
 */
final class ChloScans {
  private ChloScans() {}

  /** The op on {@code inputs, carry}, as one scan between transposes. */
  static List<Value> plain(Builder b, Op op, List<Value> xs) {
    Block body = op.region(0);
    int inputs = inputs(op);
    int carries = xs.size() - inputs;
    int outputs = op.results().size() - carries;
    int dim = Math.toIntExact(op.intAttribute("dimension", 0));
    Emit e = new Emit(b);
    List<Value> sequences = new ArrayList<>();
    for (Value x : xs.subList(0, inputs)) {
      sequences.add(e.transpose(x, toFront(dim, x.shape().rank())));
    }
    List<Value> carry = xs.subList(inputs, xs.size());
    List<Type> types = new ArrayList<>(body.argumentTypes().subList(inputs, xs.size()));
    types.addAll(body.argumentTypes().subList(0, inputs));
    Block step = new Block(types);
    List<Value> arguments = new ArrayList<>(step.arguments().subList(carries, xs.size()));
    arguments.addAll(step.arguments().subList(0, carries));
    List<Value> returned = new Inliner(step).inline(body, arguments);
    List<Value> results = new ArrayList<>(returned.subList(outputs, returned.size()));
    results.addAll(returned.subList(0, outputs));
    step.returns(results);
    boolean reverse = op.boolAttribute("is_reverse", false);
    List<Value> scanned =
        b.scan(List.of(), carry, sequences, length(op, inputs, dim), reverse, 1, step);
    List<Value> out = new ArrayList<>();
    for (Value y : scanned.subList(carries, scanned.size())) {
      out.add(e.transpose(y, fromFront(dim, y.shape().rank())));
    }
    out.addAll(scanned.subList(0, carries));
    return out;
  }

  /** How many operands are scanned: those lose a dimension on their way into the body. */
  private static int inputs(Op op) {
    int inputs = 0;
    while (inputs < op.operands().size()
        && op.region(0).argument(inputs).shape().rank() == op.operand(inputs).shape().rank() - 1) {
      inputs++;
    }
    return inputs;
  }

  private static long length(Op op, int inputs, int dim) {
    return inputs > 0
        ? op.operand(0).shape().dim(dim)
        : op.intAttribute("scan_dim_size", op.result(0).shape().dim(dim));
  }

  private static long[] toFront(int dim, int rank) {
    List<Long> order = dims(rank);
    order.add(0, order.remove(dim));
    return Emit.longs(order);
  }

  private static long[] fromFront(int dim, int rank) {
    List<Long> order = dims(rank);
    order.add(dim, order.remove(0));
    return Emit.longs(order);
  }

  private static List<Long> dims(int rank) {
    return IntStream.range(0, rank)
        .mapToObj(Long::valueOf)
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
