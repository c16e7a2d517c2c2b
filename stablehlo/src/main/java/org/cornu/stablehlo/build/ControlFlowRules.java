package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.BOOL;
import static org.cornu.stablehlo.build.Adaptor.SIGNED;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of loops, branches, calls and tuples. */
final class ControlFlowRules {
  private ControlFlowRules() {}

  /** A loop while a condition holds; its regions may use values from outside. */
  static List<Type> whileLoop(Adaptor a) {
    a.regionCount(2);
    List<Type> types = RegionRules.types(a.operands);
    Block cond = a.region(0);
    RegionRules.arguments(a, "C1", "its condition", cond, types); // (C1)
    RegionRules.results(a, "C1", "its condition", cond, List.of(TensorType.of(DType.BOOL))); // (C1)
    RegionRules.arguments(a, "C2", "its body", a.region(1), types); // (C2)
    RegionRules.results(a, "C2", "its body", a.region(1), types); // (C2)
    return a.results("C3", types); // (C3)
  }

  /** One of several branches. */
  static List<Type> caseOf(Adaptor a) {
    a.arity(1);
    TensorType index = a.scalar(0, SIGNED);
    if (index.dtype() != DType.I32) {
      throw a.fail("I1", "index must be a scalar of type i32, got " + index.brief());
    }
    if (a.regions.isEmpty()) {
      throw a.fail("C1", "expected at least one branch"); // (C1)
    }
    return branches(a, "C2", "C3", "C4"); // (C2), (C3), (C4)
  }

  /** One of two branches. */
  static List<Type> ifOf(Adaptor a) {
    a.arity(1);
    a.scalar(0, BOOL);
    a.regionCount(2);
    return branches(a, "C1", "C2", "C3"); // (C1), (C2), (C3)
  }

  private static List<Type> branches(
      Adaptor a, String argumentLabel, String sameLabel, String resultLabel) {
    List<Type> types = a.region(0).resultTypes();
    for (int i = 0; i < a.regions.size(); i++) {
      Block branch = a.region(i);
      if (!branch.arguments().isEmpty()) {
        throw a.fail(
            argumentLabel,
            "branch " + i + " must take no arguments, got " + RegionRules.signature(branch));
      }
      if (!Compatibility.compatible(types, branch.resultTypes())) {
        throw a.fail(
            sameLabel,
            "branches return different types: branch 0 "
                + Adaptor.text(types)
                + ", branch "
                + i
                + " "
                + Adaptor.text(branch.resultTypes()));
      }
    }
    return a.results(resultLabel, types);
  }

  /** A call of a function. */
  static List<Type> call(Adaptor a) {
    return called(a, "callee", "", "");
  }

  /** An op made of others: a name, and a function that says what it means. */
  static List<Type> composite(Adaptor a) {
    String name = a.attribute("name", Attribute.Str.class).value();
    if (!isNamespaced(name)) {
      throw a.fail("C1", "name must have a namespace, as in 'my.op', got '" + name + "'"); // (C1)
    }
    if (!(a.attributes.get("decomposition") instanceof Attribute.Callee)) {
      throw a.fail(
          "C2",
          "decomposition must be a function of the module, got "
              + a.attributes.get("decomposition")); // (C2)
    }
    return called(a, "decomposition", "C3", "C4"); // (C3), (C4)
  }

  private static boolean isNamespaced(String name) {
    int dot = name.indexOf('.');
    if (dot <= 0 || dot == name.length() - 1) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!(letter || (i > 0 && (digit || c == '_' || c == '.' || c == '$')))) {
        return false;
      }
    }
    return true;
  }

  /** Fails unless operands and given results are those of the function named by the attribute. */
  static List<Type> called(Adaptor a, String key, String operandLabel, String resultLabel) {
    Func func = a.attribute(key, Attribute.Callee.class).func();
    List<Type> inputs = func.type().inputs();
    boolean fits = inputs.size() == a.count();
    for (int i = 0; fits && i < inputs.size(); i++) {
      fits = Compatibility.compatible(a.type(i), inputs.get(i));
    }
    if (!fits) {
      throw a.fail(
          operandLabel,
          "function @"
              + func.name()
              + " takes "
              + Adaptor.text(inputs)
              + ", got "
              + Adaptor.text(RegionRules.types(a.operands)));
    }
    return a.results(resultLabel, func.type().results());
  }

  /** Identity that the compiler must not move ops across. */
  static List<Type> identities(Adaptor a) {
    for (int i = 0; i < a.count(); i++) {
      if (!(a.type(i) instanceof Type.Token)) {
        a.tensor(i, Adaptor.ANY);
      }
    }
    return a.results("C1", RegionRules.types(a.operands)); // (C1)
  }

  /** A tuple of values. */
  static List<Type> tuple(Adaptor a) {
    return a.result("C1", new Type.Tuple(RegionRules.types(a.operands))); // (C1)
  }

  /** One value of a tuple. */
  static List<Type> getTupleElement(Adaptor a) {
    a.arity(1);
    if (!(a.type(0) instanceof Type.Tuple tuple)) {
      throw a.fail("I1", "operand must be a tuple, got " + a.type(0));
    }
    long index = a.integer("index");
    a.inRange("C1", "index", index, tuple.elements().size()); // (C1)
    return a.result("C2", tuple.elements().get((int) index)); // (C2)
  }

  /** The start of an asynchronous op. */
  static List<Type> asyncStart(Adaptor a) {
    a.regionCount(1);
    Block body = a.region(0);
    RegionRules.isolated(a, body);
    if (body.ops().size() != 1 || !body.results().equals(body.ops().get(0).results())) {
      throw a.fail(
          "C1",
          "its body must contain one op and return its results, got "
              + body.ops().size()
              + " ops"); // (C1)
    }
    var op = body.ops().get(0);
    boolean allowed =
        switch (op.code()) {
          case ALL_REDUCE,
              ALL_GATHER,
              ALL_TO_ALL,
              COLLECTIVE_PERMUTE,
              REDUCE_SCATTER,
              COLLECTIVE_BROADCAST,
              COLLECTIVE_REDUCE,
              SLICE,
              DYNAMIC_SLICE,
              DYNAMIC_UPDATE_SLICE ->
              true;
          default -> false;
        };
    if (!allowed) {
      throw a.fail("C2", "its body must be a collective or a slice, got " + op.name()); // (C2)
    }
    List<Type> types = RegionRules.types(a.operands);
    RegionRules.arguments(a, "C3", "its body", body, types); // (C3)
    if (!op.operands().equals(body.arguments())) {
      throw a.fail("C3", "the op in its body must take the arguments of the body in order"); // (C3)
    }
    return a.result("C4", new Type.Future(body.resultTypes())); // (C4)
  }

  /** The end of an asynchronous op. */
  static List<Type> asyncDone(Adaptor a) {
    a.arity(1);
    if (!(a.type(0) instanceof Type.Future future)) {
      throw a.fail("I1", "operand must be a future, got " + a.type(0));
    }
    return a.results("C1", new ArrayList<>(future.elements())); // (C1)
  }
}
