package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.PLAIN;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of Cornu's own ops, which are lowered before a program is printed for a plugin. */
final class OwnRules {
  private static final List<String> KINDS = List.of("add", "max", "min");

  private OwnRules() {}

  /**
   * A loop with a known trip count: operands are constants of the loop, initial carries, and
   * sequences with leading dimension {@code length}; the body takes (constants, carries, one slice
   * of each sequence) and returns (carries, one slice of each output); results are carries and
   * stacked outputs.
   */
  static List<Type> scan(Adaptor a) {
    a.regionCount(1);
    long length = a.integer("length");
    int consts = Math.toIntExact(a.integer("num_consts"));
    int carry = Math.toIntExact(a.integer("num_carry"));
    if (length < 0) {
      throw a.fail("", "length must be at least 0, got " + length);
    }
    if (a.integer("unroll", 1) < 1) {
      throw a.fail("", "unroll must be at least 1, got " + a.integer("unroll", 1));
    }
    if (consts < 0 || carry < 0 || consts + carry > a.count()) {
      throw a.fail(
          "",
          consts + " constants and " + carry + " carries are more than its operands: " + a.count());
    }
    List<Type> arguments = new ArrayList<>(a.count());
    for (int i = 0; i < a.count(); i++) {
      arguments.add(i < consts + carry ? a.type(i) : slice(a, i, length));
    }
    Block body = a.region(0);
    RegionRules.arguments(a, "", "its body", body, arguments);
    List<Type> returned = body.resultTypes();
    List<Type> carries = arguments.subList(consts, consts + carry);
    if (returned.size() < carry || !Compatibility.compatible(returned.subList(0, carry), carries)) {
      throw a.fail(
          "",
          "its body must return the carry it takes, "
              + Adaptor.text(carries)
              + ", followed by outputs, got "
              + Adaptor.text(returned));
    }
    RegionRules.isolated(a, body);
    List<Type> results = new ArrayList<>(returned.size());
    results.addAll(carries);
    for (int i = carry; i < returned.size(); i++) {
      if (!(returned.get(i) instanceof TensorType y)) {
        throw a.fail("", "outputs of its body must be tensors, got " + returned.get(i));
      }
      results.add(y.withShape(y.shape().insert(0, length)));
    }
    return a.results("", results);
  }

  private static Type slice(Adaptor a, int i, long length) {
    TensorType xs = a.tensor(i);
    if (xs.rank() == 0 || !Compatibility.sameDim(xs.dim(0), length)) {
      throw a.fail(
          "",
          "sequence operand " + i + " must have leading size " + length + ", got " + xs.brief());
    }
    return xs.withShape(xs.shape().remove(0));
  }

  /** Identity on one tensor. */
  static List<Type> identity(Adaptor a) {
    a.arity(1);
    return a.result("", a.tensor(0, Adaptor.ANY_OR_AXIS));
  }

  private static void axis(Adaptor a) {
    a.attribute("axis", Attribute.Str.class);
  }

  /** Position along a named axis. */
  static List<Type> axisIndex(Adaptor a) {
    a.arity(0);
    axis(a);
    return a.result("", TensorType.of(DType.I32));
  }

  /** A reduction over a named axis. */
  static List<Type> axisReduce(Adaptor a) {
    axis(a);
    String kind = a.attribute("kind", Attribute.Str.class).value();
    if (!KINDS.contains(kind)) {
      throw a.fail("", "kind must be one of " + KINDS + ", got " + kind);
    }
    for (int i = 0; i < a.count(); i++) {
      a.tensor(i, PLAIN);
    }
    return a.results("", RegionRules.types(a.operands));
  }

  /** A permutation of the positions of a named axis. */
  static List<Type> axisPermute(Adaptor a) {
    axis(a);
    for (int i = 0; i < a.count(); i++) {
      a.tensor(i, ANY);
    }
    return a.results("", RegionRules.types(a.operands));
  }

  private static int size(Adaptor a) {
    axis(a);
    long size = a.integer("size");
    if (size < 1) {
      throw a.fail("", "size of the axis must be at least 1, got " + size);
    }
    return Math.toIntExact(size);
  }

  /** All values along a named axis, stacked in a new dimension or concatenated. */
  static List<Type> axisGather(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    int size = size(a);
    boolean tiled = a.flag("tiled", false);
    long dimension = a.integer("dimension");
    a.inRange("", "dimension", dimension, x.rank() + (tiled ? 0 : 1));
    int axis = (int) dimension;
    Shape shape =
        tiled
            ? x.shape().with(axis, Adaptor.times(x.dim(axis), size))
            : x.shape().insert(axis, size);
    return a.result("", x.withShape(shape));
  }

  /** A sum over a named axis, of which each position keeps its own slice. */
  static List<Type> axisScatter(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    return a.result("", x.withShape(split(a, x, "dimension", size(a), a.flag("tiled", false))));
  }

  /** The shape without its dimension {@code key}, or with a {@code size}-th of it. */
  private static Shape split(Adaptor a, TensorType x, String key, int size, boolean tiled) {
    long dimension = a.integer(key);
    a.inRange("", key, dimension, x.rank());
    int axis = (int) dimension;
    long length = x.dim(axis);
    boolean fits = length == Shape.DYNAMIC || (tiled ? length % size == 0 : length == size);
    if (!fits) {
      throw a.fail(
          "",
          "dimension "
              + axis
              + " of "
              + x.brief()
              + (tiled ? " must be divisible by " : " must be ")
              + "the size of the axis, "
              + size);
    }
    if (!tiled) {
      return x.shape().remove(axis);
    }
    return length == Shape.DYNAMIC ? x.shape() : x.shape().with(axis, length / size);
  }

  /** An exchange of slices between the positions of a named axis. */
  static List<Type> axisAllToAll(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, ANY);
    int size = size(a);
    boolean tiled = a.flag("tiled", false);
    Shape parts = split(a, x, "split_dimension", size, tiled);
    long concat = a.integer("concat_dimension");
    a.inRange("", "concat_dimension", concat, x.rank());
    int axis = (int) concat;
    Shape shape =
        tiled ? parts.with(axis, Adaptor.times(parts.dim(axis), size)) : parts.insert(axis, size);
    return a.result("", x.withShape(shape));
  }

  /** A sharding asked for one tensor. */
  static List<Type> shardingConstraint(Adaptor a) {
    a.arity(1);
    TensorType x = a.tensor(0, Adaptor.ANY_OR_AXIS);
    if (a.attributes.get("sharding") instanceof org.cornu.stablehlo.ir.Sharding sharding
        && sharding.dims().size() != x.rank()) {
      throw a.fail(
          "",
          "sharding must have one entry per dimension of "
              + x.brief()
              + ", got "
              + sharding.body());
    }
    return a.result("", x);
  }

  /** A region that computes on the local parts of its operands. */
  static List<Type> manualComputation(Adaptor a) {
    a.regionCount(1);
    Block body = a.region(0);
    if (body.arguments().size() != a.count()) {
      throw a.fail(
          "",
          "its body must take one argument per operand, got "
              + body.arguments().size()
              + " for "
              + a.count()
              + " operands");
    }
    for (int i = 0; i < a.count(); i++) {
      checkLocal(a, "argument " + i, body.argument(i).type(), a.type(i));
    }
    if (body.results().size() != a.given.size()) {
      throw a.fail(
          "",
          "its body must return one value per result, got "
              + body.results().size()
              + " for "
              + a.given.size()
              + " results, whose types must be given");
    }
    for (int i = 0; i < a.given.size(); i++) {
      checkLocal(a, "result " + i, body.results().get(i).type(), a.given.get(i));
    }
    RegionRules.isolated(a, body);
    return List.copyOf(a.given);
  }

  private static void checkLocal(Adaptor a, String what, Type local, Type global) {
    boolean fits = Compatibility.compatible(local, global);
    if (!fits && local instanceof TensorType part && global instanceof TensorType whole) {
      fits = part.rank() == whole.rank() && part.element().equals(whole.element());
      for (int i = 0; fits && i < part.rank(); i++) {
        long size = part.dim(i);
        fits = Compatibility.sameDim(size, whole.dim(i)) || (size != 0 && whole.dim(i) % size == 0);
      }
    }
    if (!fits) {
      throw a.fail(
          "",
          what
              + " of its body must be an even part of "
              + Adaptor.text(global)
              + ", got "
              + Adaptor.text(local));
    }
  }
}
