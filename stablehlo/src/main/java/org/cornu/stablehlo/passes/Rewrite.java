package org.cornu.stablehlo.passes;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Copies functions op by op, with a chance to put something else in the place of each op. A
 * function that a pass does not concern, nor anything it calls, stays the same object; every other
 * is copied once.
 */
abstract class Rewrite {
  private final Map<Func, Func> functions = new IdentityHashMap<>();
  private final Map<Func, Boolean> concerned = new IdentityHashMap<>();
  private boolean changed;

  /** False for an op that {@link #replace} always leaves alone: a hint that saves copies. */
  boolean concerns(Op op) {
    return true;
  }

  /**
   * True for a function to be copied whatever its ops are; asked once, before any op is replaced.
   */
  boolean concerns(Func func) {
    return false;
  }

  /**
   * Values to stand for the results of {@code op}, whose operands are already the new ones in
   * {@code scope}; no values to drop an op that nothing uses; null to copy the op.
   */
  abstract @Nullable List<Value> replace(Op op, Scope scope);

  /** The function with its ops replaced; the same object when nothing is to do. */
  final Func function(Func func) {
    if (func.isDeclaration() || !reaches(func)) {
      return func;
    }
    Func known = functions.get(func);
    if (known == null) {
      known = copy(func);
      functions.put(func, known);
    }
    return known;
  }

  /** The module with all functions replaced; the same object when nothing is to do. */
  final Module module(Module module) {
    if (module.functions().stream().allMatch(func -> function(func) == func)) {
      return module;
    }
    Module out = new Module(module.name(), module.attributes());
    module.meshes().forEach(out::add);
    module.functions().forEach(func -> out.add(function(func)));
    return out;
  }

  private boolean reaches(Func func) {
    if (func.isDeclaration()) {
      return false;
    }
    Boolean known = concerned.get(func);
    if (known == null) {
      concerned.put(func, false);
      known = concerns(func) || reaches(func.body());
      concerned.put(func, known);
    }
    return known;
  }

  private boolean reaches(Block block) {
    for (Op op : block.ops()) {
      if (concerns(op) || !op.isLeaf() && reachesWithin(op)) {
        return true;
      }
    }
    return false;
  }

  private boolean reachesWithin(Op op) {
    for (Block region : op.regions()) {
      if (reaches(region)) {
        return true;
      }
    }
    for (Func callee : op.callees()) {
      if (followsCalls() && reaches(callee)) {
        return true;
      }
    }
    return false;
  }

  private Func copy(Func func) {
    boolean outer = changed;
    changed = false;
    Block body = new Block(func.body().argumentTypes());
    new Scope(body, null, true, func.body().ops().size()).inline(func.body(), body.arguments());
    Func out = changed ? withBody(func, body) : func;
    changed = outer;
    return out;
  }

  /** True for a pass that also replaces the functions that ops call. */
  boolean followsCalls() {
    return true;
  }

  /** Called when {@code op} was copied and now has these results. */
  void copied(Op op, List<Value> results, Scope scope) {}

  /** A function like {@code func} in all but its body. */
  static Func withBody(Func func, Block body) {
    Func out = new Func(func.name(), body, func.isPublic(), func.attributes(), func.location());
    for (int i = 0; i < body.arguments().size(); i++) {
      for (Map.Entry<String, Attribute> entry : func.argumentAttributes(i).entrySet()) {
        out.argumentAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    for (int i = 0; i < body.results().size(); i++) {
      for (Map.Entry<String, Attribute> entry : func.resultAttributes(i).entrySet()) {
        out.resultAttribute(i, entry.getKey(), entry.getValue());
      }
    }
    return out;
  }

  /** A block being written, and what the values of the old program are in it. */
  final class Scope {
    private final Builder builder;
    private final @Nullable Scope outer;
    private final boolean isolated;
    private final Map<Value, Value> values;

    Scope(Block block, @Nullable Scope outer, boolean isolated) {
      this(block, outer, isolated, 0);
    }

    private Scope(Block block, @Nullable Scope outer, boolean isolated, int ops) {
      this.values = new IdentityHashMap<>(ops + block.arguments().size());
      this.builder = new Builder(block);
      this.outer = outer;
      this.isolated = isolated;
    }

    /** The scope around this one, whose values may be used here; null where none may. */
    @Nullable Scope capturable() {
      return isolated ? null : outer;
    }

    /** Appends to the block being written. */
    Builder builder() {
      return builder;
    }

    /** What an old value is now. */
    Value get(Value old) {
      for (Scope scope = this; scope != null; scope = scope.outer) {
        Value value = scope.values.get(old);
        if (value != null) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "a value is used before it is defined, or outside its function: " + old);
    }

    List<Value> get(List<Value> old) {
      Value[] values = new Value[old.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = get(old.get(i));
      }
      return List.of(values);
    }

    /** From now on {@code old} is {@code value}. */
    void put(Value old, Value value) {
      values.put(old, value);
    }

    /** Writes the ops of a block here, for these arguments; what it returns. */
    List<Value> inline(Block block, List<Value> arguments) {
      List<Value> results = splice(block, arguments);
      builder.block().returns(results);
      builder.block().returnAttributes(block.returnAttributes());
      return results;
    }

    /** Like {@link #inline}, in the midst of a block that goes on. */
    List<Value> splice(Block block, List<Value> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        put(block.argument(i), arguments.get(i));
      }
      for (Op op : block.ops()) {
        builder.location(op.location());
        List<Value> results = replace(op, this);
        if (results == null) {
          results = copy(op).results();
          copied(op, results, this);
        } else {
          changed = true;
        }
        for (int i = 0; i < results.size(); i++) {
          put(op.result(i), results.get(i));
        }
      }
      return get(block.results());
    }

    /** A scope for a new block that sees the values of this one. */
    Scope nested(Block block) {
      return new Scope(block, this, false);
    }

    /** A copy of a block that sees the values of this one. */
    Block region(Op op, Block block) {
      return region(op, block, block.argumentTypes());
    }

    /** A copy of a block for arguments of other types. */
    Block region(Op op, Block block, List<? extends Type> arguments) {
      Block out = new Block(arguments);
      new Scope(out, this, !mayCapture(op), block.ops().size()).inline(block, out.arguments());
      return out;
    }

    /** Appends a copy of an op on the new operands. */
    Op copy(Op op) {
      List<Value> operands = get(op.operands());
      if (op.isLeaf()) {
        return builder.block().append(op.with(operands, op.attributes(), List.of()));
      }
      Map<String, Attribute> attributes = op.attributes();
      if (!op.callees().isEmpty()) {
        attributes = new TreeMap<>(attributes);
        attributes.replaceAll((key, value) -> attribute(value));
        changed |= !attributes.equals(op.attributes());
      }
      List<Block> regions = new ArrayList<>(op.regions().size());
      for (Block block : op.regions()) {
        regions.add(region(op, block));
      }
      return builder.block().append(op.with(operands, attributes, regions));
    }
  }

  /** True for an op whose regions may use values from around it; XLA refuses others. */
  static boolean mayCapture(Op op) {
    return switch (op.code()) {
      case WHILE, CASE, IF -> true;
      default -> false;
    };
  }

  /** An attribute with the functions it names replaced. */
  final Attribute attribute(Attribute old) {
    if (old instanceof Attribute.Callee callee) {
      Func func = followsCalls() ? function(callee.func()) : callee.func();
      return func == callee.func() ? old : new Attribute.Callee(func);
    }
    if (old instanceof Attribute.Array array
        && array.elements().stream().anyMatch(element -> attribute(element) != element)) {
      return new Attribute.Array(array.elements().stream().map(this::attribute).toList());
    }
    if (old instanceof Attribute.Dict dict
        && dict.entries().values().stream().anyMatch(element -> attribute(element) != element)) {
      Map<String, Attribute> entries = new TreeMap<>(dict.entries());
      entries.replaceAll((key, value) -> attribute(value));
      return new Attribute.Dict(entries);
    }
    return old;
  }
}
