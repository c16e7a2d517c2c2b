package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Loops and branches. */
final class ControlFlow {
  private ControlFlow() {}

  static Datum[] whileLoop(Call c) {
    Region condition = c.region(0);
    Region body = c.region(1);
    Datum[] state = c.operands;
    while (((Array) condition.call(state)[0]).truth()) {
      state = body.call(state);
    }
    return state.clone();
  }

  /** An index out of range takes the last branch. */
  static Datum[] caseOf(Call c) {
    int branches = c.op.regions().size();
    int index = ShapeKernels.index(c.x(0), 0);
    return c.region(index < 0 || index >= branches ? branches - 1 : index).call();
  }

  /** {@code map}: the body on one scalar of each operand at a time. */
  static Array map(Call c) {
    List<Array> inputs = c.arrays();
    Region body = c.region(0);
    int[] dims = inputs.get(0).dims;
    Array out = Array.zeros(c.resultType(0).element(), dims);
    Datum[] arguments = new Datum[inputs.size()];
    for (int i = 0; i < out.count; i++) {
      for (int k = 0; k < arguments.length; k++) {
        arguments[k] = inputs.get(k).at(i);
      }
      out.set(i, (Array) body.call(arguments)[0], 0);
    }
    return out;
  }

  /** {@code cornu.scan}: {@code consts, carry, xs -> carry, ys}. */
  static Datum[] scan(Call c) {
    int length = c.axis("length");
    int consts = c.axis("num_consts");
    int carries = c.axis("num_carry");
    boolean reverse = c.op.boolAttribute("reverse", false);
    int fixed = consts + carries;
    Datum[] arguments = c.operands.clone();
    Region body = c.region(0);
    List<Type> returned = c.op.region(0).resultTypes();
    List<Stack> stacks = new ArrayList<>();
    for (int i = carries; i < returned.size(); i++) {
      stacks.add(new Stack((TensorType) returned.get(i), length, 0));
    }
    for (int step = 0; step < length; step++) {
      int at = reverse ? length - 1 - step : step;
      for (int i = fixed; i < arguments.length; i++) {
        arguments[i] = slice(c.x(i), 0, at);
      }
      Datum[] results = body.call(arguments);
      System.arraycopy(results, 0, arguments, consts, carries);
      for (int i = 0; i < stacks.size(); i++) {
        stacks.get(i).set(at, (Array) results[carries + i]);
      }
    }
    Datum[] out = new Datum[carries + stacks.size()];
    System.arraycopy(arguments, consts, out, 0, carries);
    for (int i = 0; i < stacks.size(); i++) {
      out[carries + i] = stacks.get(i).result();
    }
    return out;
  }

  /** {@code chlo.scan}: {@code inputs, inits -> outputs, carries} along any dimension. */
  static Datum[] chloScan(Call c) {
    List<Type> returned = c.op.region(0).resultTypes();
    int outputs = outputs(c, returned.size());
    int carries = returned.size() - outputs;
    int inputs = c.operands.length - carries;
    int axis = c.axis("dimension");
    boolean reverse = c.op.boolAttribute("is_reverse", false);
    int length =
        inputs > 0 ? c.x(0).dims[axis] : Math.toIntExact(c.op.intAttribute("scan_dim_size", 0));
    Datum[] arguments = c.operands.clone();
    Region body = c.region(0);
    List<Stack> stacks = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      stacks.add(new Stack((TensorType) returned.get(i), length, axis));
    }
    for (int step = 0; step < length; step++) {
      int at = reverse ? length - 1 - step : step;
      for (int i = 0; i < inputs; i++) {
        arguments[i] = slice(c.x(i), axis, at);
      }
      Datum[] results = body.call(arguments);
      for (int i = 0; i < outputs; i++) {
        stacks.get(i).set(at, (Array) results[i]);
      }
      System.arraycopy(results, outputs, arguments, inputs, carries);
    }
    Datum[] out = new Datum[returned.size()];
    for (int i = 0; i < outputs; i++) {
      out[i] = stacks.get(i).result();
    }
    System.arraycopy(arguments, inputs, out, outputs, carries);
    return out;
  }

  /** How many results are stacked outputs: the body returns outputs and carries, takes carries. */
  private static int outputs(Call c, int returned) {
    if (c.op.attribute("resultSegmentSizes") instanceof org.cornu.stablehlo.ir.Attribute.Longs s) {
      return Math.toIntExact(s.values()[0]);
    }
    // Inputs shrink by one dimension on their way into the body, carries do not.
    int carries = 0;
    for (int i = c.operands.length - 1; i >= 0; i--) {
      TensorType argument = (TensorType) c.op.region(0).argument(i).type();
      if (argument.rank() != c.x(i).rank()) {
        break;
      }
      carries++;
    }
    return returned - carries;
  }

  private static Array slice(Array x, int axis, int at) {
    int[] starts = new int[x.rank()];
    int[] sizes = x.dims.clone();
    starts[axis] = at;
    sizes[axis] = 1;
    Array cut = ShapeKernels.dynamicSlice(x, starts, sizes);
    return cut.reshape(Indexing.pick(x.dims, Indexing.others(x.rank(), new int[] {axis})));
  }

  /** Slices gathered along a new dimension, one per iteration. */
  private static final class Stack {
    private final Array out;
    private final int axis;

    Stack(TensorType slice, int length, int axis) {
      int[] dims = Array.dims(slice.shape().insert(axis, length));
      this.out = Array.zeros(slice.element(), dims);
      this.axis = axis;
    }

    void set(int at, Array slice) {
      int length = out.dims[axis];
      int inner = Indexing.product(out.dims, axis + 1, out.rank());
      for (int o = 0; o * inner < slice.count; o++) {
        out.copy((o * length + at) * inner, slice, o * inner, inner);
      }
    }

    Array result() {
      return out;
    }
  }
}
