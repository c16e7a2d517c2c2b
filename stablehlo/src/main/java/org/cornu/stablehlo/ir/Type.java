package org.cornu.stablehlo.ir;

import java.util.List;

/** The type of a {@link Value}. {@link #toString} is MLIR's spelling. */
public sealed interface Type
    permits TensorType, Type.Tuple, Type.Token, Type.Future, Type.Function, Type.Opaque {

  /** {@code tuple<T, ...>}. */
  record Tuple(List<Type> elements) implements Type {
    /** Copies the list. */
    public Tuple {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return "tuple<" + join(elements) + ">";
    }
  }

  /** {@code !stablehlo.token}: orders side effects, carries no data. */
  record Token() implements Type {
    @Override
    public String toString() {
      return "!stablehlo.token";
    }
  }

  /** {@code !stablehlo.future<T, ...>}: the pending results of an asynchronous op. */
  record Future(List<Type> elements) implements Type {
    /** Copies the list. */
    public Future {
      elements = List.copyOf(elements);
    }

    @Override
    public String toString() {
      return "!stablehlo.future<" + join(elements) + ">";
    }
  }

  /** {@code (T, ...) -> (U, ...)}. */
  record Function(List<Type> inputs, List<Type> results) implements Type {
    /** Copies the lists. */
    public Function {
      inputs = List.copyOf(inputs);
      results = List.copyOf(results);
    }

    @Override
    public String toString() {
      boolean bare = results.size() == 1 && !(results.get(0) instanceof Function);
      String right = bare ? results.get(0).toString() : "(" + join(results) + ")";
      return "(" + join(inputs) + ") -> " + right;
    }
  }

  /** A type of another dialect, or an unranked tensor: preserved as text, never interpreted. */
  record Opaque(String text) implements Type {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The types separated by {@code ", "}. */
  static String join(List<? extends Type> types) {
    StringBuilder out = new StringBuilder();
    for (Type type : types) {
      out.append(out.length() == 0 ? "" : ", ").append(type);
    }
    return out.toString();
  }
}
