package org.cornu.tracer.autodiff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Selections from lists of values: which are active, linear, or present. */
final class Masks {
  private Masks() {}

  /** True where an element is not null. */
  static boolean[] present(List<? extends @Nullable Object> values) {
    boolean[] out = new boolean[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i) != null;
    }
    return out;
  }

  /** True where a value is in {@code set}. */
  static boolean[] in(Set<Value> set, List<Value> values) {
    boolean[] out = new boolean[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = set.contains(values.get(i));
    }
    return out;
  }

  /** The elements where {@code mask} is {@code wanted}. */
  static <T> List<T> where(List<T> values, boolean[] mask, boolean wanted) {
    List<T> out = new ArrayList<>();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] == wanted) {
        out.add(values.get(i));
      }
    }
    return out;
  }

  /** The elements that are not null. */
  static List<Value> nonNull(List<@Nullable Value> values) {
    List<Value> out = new ArrayList<>();
    for (Value value : values) {
      if (value != null) {
        out.add(value);
      }
    }
    return out;
  }

  /** True when any element is. */
  static boolean any(boolean[] mask) {
    for (boolean b : mask) {
      if (b) {
        return true;
      }
    }
    return false;
  }

  /** How many elements are true. */
  static int count(boolean[] mask) {
    int out = 0;
    for (boolean b : mask) {
      out += b ? 1 : 0;
    }
    return out;
  }

  /** Elementwise or, into the first mask; true when that changed it. */
  static boolean include(boolean[] into, boolean[] more) {
    boolean changed = false;
    for (int i = 0; i < into.length; i++) {
      if (more[i] && !into[i]) {
        into[i] = true;
        changed = true;
      }
    }
    return changed;
  }

  static List<Boolean> list(boolean[] mask) {
    List<Boolean> out = new ArrayList<>(mask.length);
    for (boolean b : mask) {
      out.add(b);
    }
    return out;
  }

  /** A mask of {@code size} elements that are all true. */
  static boolean[] all(int size) {
    boolean[] out = new boolean[size];
    java.util.Arrays.fill(out, true);
    return out;
  }

  static List<Type> types(Collection<Value> values) {
    return values.stream().map(Value::type).toList();
  }

  /** True for tensors of real or complex floating-point type: where derivatives live. */
  static boolean isInexact(Type type) {
    return type instanceof TensorType tensor && tensor.dtype().isInexact();
  }

  /** Scatters {@code values} to the places where {@code mask} is true; null elsewhere. */
  static List<@Nullable Value> spread(List<? extends @Nullable Value> values, boolean[] mask) {
    List<@Nullable Value> out = new ArrayList<>(mask.length);
    int next = 0;
    for (boolean b : mask) {
      out.add(b ? values.get(next++) : null);
    }
    return out;
  }
}
