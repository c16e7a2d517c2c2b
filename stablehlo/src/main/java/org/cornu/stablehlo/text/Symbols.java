package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;

/**
 * The functions of a program in print order, each under a symbol of its own: those of the module
 * first, under their own names where these are free, then those they reach through calls.
 */
public final class Symbols {
  private final IdentityHashMap<Func, String> names = new IdentityHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Func> functions = new ArrayList<>();
  private final int declared;

  /** The functions of {@code module} and those reached from them. */
  public Symbols(Module module) {
    for (Module.Mesh mesh : module.meshes()) {
      taken.add(mesh.name());
    }
    for (Func func : module.functions()) {
      add(func);
    }
    declared = functions.size();
    // The list grows while it is walked: breadth first, so that callees stand near their callers.
    for (int i = 0; i < functions.size(); i++) {
      if (!functions.get(i).isDeclaration()) {
        collect(functions.get(i).body());
      }
    }
  }

  private void add(Func func) {
    if (names.containsKey(func)) {
      return;
    }
    String name = func.name();
    for (int i = 0; !taken.add(name); i++) {
      name = func.name() + "_" + i;
    }
    names.put(func, name);
    functions.add(func);
  }

  private void collect(Block block) {
    for (Op op : block.ops()) {
      if (!op.attributes().isEmpty()) {
        op.attributes().values().forEach(this::collect);
      }
      for (Block region : op.regions()) {
        collect(region);
      }
    }
  }

  private void collect(Attribute attribute) {
    if (attribute instanceof Attribute.Callee callee) {
      add(callee.func());
    } else if (attribute instanceof Attribute.Array array) {
      array.elements().forEach(this::collect);
    } else if (attribute instanceof Attribute.Dict dict) {
      dict.entries().values().forEach(this::collect);
    }
  }

  /** All functions, those of the module first. */
  public List<Func> functions() {
    return Collections.unmodifiableList(functions);
  }

  /** True for a function of the module itself, false for one only reached by a call. */
  public boolean isDeclared(int index) {
    return index < declared;
  }

  /** The symbol of a function, without the sign. */
  public String name(Func func) {
    return names.getOrDefault(func, func.name());
  }

  /** {@code @name} of a function. */
  String text(Func func) {
    return symbolText(name(func));
  }

  static String symbolText(String name) {
    return "@" + (isBare(name) ? name : Attribute.quote(name));
  }

  /** True for {@code [A-Za-z_][A-Za-z0-9_$.]*}. */
  static boolean isBare(String name) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      boolean other = c >= '0' && c <= '9' || c == '$' || c == '.';
      if (!letter && (i == 0 || !other)) {
        return false;
      }
    }
    return true;
  }
}
