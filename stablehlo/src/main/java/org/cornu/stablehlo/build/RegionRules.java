package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** What the regions of ops must look like. */
final class RegionRules {
  private RegionRules() {}

  /**
   * Fails when the region uses a value that is defined outside of it. Bodies of reductions, sorts,
   * scatters and the like may not (XLA refuses them), not even constants.
   */
  static void isolated(Adaptor a, Block region) {
    Value captured = capture(region, Collections.newSetFromMap(new IdentityHashMap<>()));
    if (captured != null) {
      throw a.fail(
          "",
          "its region may not use values from outside (XLA refuses it), got "
              + captured
              + "; compute it inside, or pass it as an operand");
    }
  }

  private static @Nullable Value capture(Block block, Set<Object> inside) {
    inside.add(block);
    for (Op op : block.ops()) {
      Value outer = firstOutside(op.operands(), inside);
      if (outer != null) {
        return outer;
      }
      for (Block nested : op.regions()) {
        outer = capture(nested, inside);
        if (outer != null) {
          return outer;
        }
      }
      inside.add(op);
    }
    return firstOutside(block.results(), inside);
  }

  private static @Nullable Value firstOutside(List<Value> values, Set<Object> inside) {
    for (Value value : values) {
      Op op = value.op();
      boolean known = op != null ? inside.contains(op) : inside.contains(value.block());
      if (!known) {
        return value;
      }
    }
    return null;
  }

  /**
   * A body {@code (E0.., E0..) -> E0..} over scalars, to which {@code elements} can be promoted.
   * Returns the E's.
   */
  static List<ElementType> reducer(
      Adaptor a, String label, Block body, List<ElementType> elements) {
    int n = elements.size();
    if (body.arguments().size() != 2 * n || body.results().size() != n) {
      throw a.fail(
          label,
          "its body must take " + 2 * n + " scalars and return " + n + ", got " + signature(body));
    }
    List<ElementType> out = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      ElementType element = scalar(a, label, body, body.results().get(i).type());
      for (int j = i; j < 2 * n; j += n) {
        ElementType argument = scalar(a, label, body, body.argument(j).type());
        if (!Compatibility.sameElement(argument, element)) {
          throw a.fail(
              label,
              "argument " + j + " and result " + i + " of its body differ: " + signature(body));
        }
      }
      if (!Compatibility.sameElement(elements.get(i), element)
          && !Compatibility.promotable(elements.get(i), element)) {
        throw a.fail(
            label,
            "its body computes in "
                + element
                + ", to which "
                + elements.get(i)
                + " cannot be promoted: "
                + signature(body));
      }
      out.add(element);
    }
    isolated(a, body);
    return out;
  }

  /** The element type of a scalar in the signature of a body. */
  static ElementType scalar(Adaptor a, String label, Block body, Type type) {
    if (type instanceof TensorType tensor && tensor.rank() == 0) {
      return tensor.element();
    }
    throw a.fail(label, "its body must compute on scalars, got " + signature(body));
  }

  /** A body {@code (E0, E0, E1, E1, ..) -> bool} over scalars. */
  static void comparator(Adaptor a, String label, Block body, List<ElementType> elements) {
    boolean fits =
        body.arguments().size() == 2 * elements.size()
            && body.results().size() == 1
            && body.results().get(0).type().equals(TensorType.of(DType.BOOL));
    for (int i = 0; fits && i < body.arguments().size(); i++) {
      fits =
          body.argument(i).type() instanceof TensorType tensor
              && tensor.rank() == 0
              && Compatibility.sameElement(tensor.element(), elements.get(i / 2));
    }
    if (!fits) {
      throw a.fail(
          label,
          "its body must take two scalars of each of "
              + elements
              + " and return a bool, got "
              + signature(body));
    }
    isolated(a, body);
  }

  /** Fails unless the arguments of the block have these types. */
  static void arguments(
      Adaptor a, String label, String what, Block block, List<? extends Type> expected) {
    List<Value> arguments = block.arguments();
    boolean fits = arguments.size() == expected.size();
    for (int i = 0; fits && i < expected.size(); i++) {
      fits = Compatibility.compatible(arguments.get(i).type(), expected.get(i));
    }
    if (!fits) {
      throw a.fail(
          label,
          what
              + " must take "
              + Adaptor.text(expected)
              + ", got "
              + Adaptor.text(block.argumentTypes()));
    }
  }

  /** Fails unless the results of the block have these types. */
  static void results(
      Adaptor a, String label, String what, Block block, List<? extends Type> expected) {
    List<Value> results = block.results();
    boolean fits = results.size() == expected.size();
    for (int i = 0; fits && i < expected.size(); i++) {
      fits = Compatibility.compatible(results.get(i).type(), expected.get(i));
    }
    if (!fits) {
      throw a.fail(
          label,
          what
              + " must return "
              + Adaptor.text(expected)
              + ", got "
              + Adaptor.text(block.resultTypes()));
    }
  }

  static String signature(Block block) {
    return Adaptor.text(block.argumentTypes()) + " -> " + Adaptor.text(block.resultTypes());
  }

  static List<Type> types(List<Value> values) {
    List<Type> out = new ArrayList<>(values.size());
    for (Value value : values) {
      out.add(value.type());
    }
    return out;
  }
}
