package org.cornu.stablehlo.build;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Checks whole programs, such as those read from text: every op by its {@link TypeRules}, every use
 * of a value after its definition and within its scope, and functions called. Throws {@link
 * VerifyException} with the location of the op at fault.
 */
public final class Verifier {
  private final Set<Func> done = identitySet();
  private final Set<Func> active = identitySet();

  /** Ops and blocks whose values are visible at the point of the walk. */
  private final Set<Object> visible = identitySet();

  private final @Nullable ShardingRules shardings;

  private Verifier(@Nullable ShardingRules shardings) {
    this.shardings = shardings;
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Checks all functions of the module and those they call, and shardings by its meshes. */
  public static void verify(Module module) {
    Verifier verifier = new Verifier(new ShardingRules(module.meshes()));
    for (Func func : module.functions()) {
      verifier.function(func);
    }
  }

  /** Checks a function and those it calls. */
  public static void verify(Func func) {
    new Verifier(null).function(func);
  }

  private void function(Func func) {
    if (shardings != null) {
      shardings.check(func);
    }
    if (func.isDeclaration() || done.contains(func)) {
      return;
    }
    if (!active.add(func)) {
      throw new VerifyException(
          "func", "", "function @" + func.name() + " calls itself", func.location());
    }
    List<Type> arguments = func.body().argumentTypes();
    if (!arguments.equals(func.type().inputs())) {
      throw signature(func, "takes " + Adaptor.text(arguments), func.type().inputs());
    }
    List<Type> results = func.body().resultTypes();
    if (!Compatibility.compatible(results, func.type().results())) {
      throw signature(func, "returns " + Adaptor.text(results), func.type().results());
    }
    Set<Object> outer = identitySet();
    outer.addAll(visible);
    visible.clear();
    block(func.body(), "func", func.location());
    visible.clear();
    visible.addAll(outer);
    active.remove(func);
    done.add(func);
  }

  private static VerifyException signature(Func func, String got, List<Type> declared) {
    return new VerifyException(
        "func",
        "",
        "body of @"
            + func.name()
            + " "
            + got
            + ", but it is declared with "
            + Adaptor.text(declared),
        func.location());
  }

  private void block(Block block, String owner, Location location) {
    Deque<Object> added = new ArrayDeque<>();
    add(block, added);
    for (Value argument : block.arguments()) {
      type(argument.type(), location);
    }
    for (Op op : block.ops()) {
      operands(op.operands(), op.code().shortName(), op.location());
      for (Block region : op.regions()) {
        block(region, op.code().shortName(), op.location());
      }
      TypeRules.check(op);
      if (shardings != null) {
        shardings.check(op);
      }
      for (Value result : op.results()) {
        type(result.type(), op.location());
      }
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee) {
          function(callee.func());
        }
      }
      if (visible.contains(op)) {
        throw new VerifyException(
            op.code().shortName(), "", "stands in the program twice", op.location());
      }
      add(op, added);
    }
    operands(block.results(), owner, location);
    for (Object scope : added) {
      visible.remove(scope);
    }
  }

  private static void type(Type type, Location location) {
    QuantizationRules.checkType(type, location);
    Bounds.checkType(type, location);
  }

  private void add(Object scope, Deque<Object> added) {
    visible.add(scope);
    added.push(scope);
  }

  private void operands(List<Value> values, String opName, Location location) {
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      Object scope = value.op() != null ? value.op() : value.block();
      if (!visible.contains(scope)) {
        throw new VerifyException(
            opName,
            "",
            "uses a value that is not defined before it in its scope: operand " + i + ", " + value,
            location);
      }
    }
  }
}
