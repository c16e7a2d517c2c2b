package org.cornu.tracer.batching;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * What the values of the original program have become, in one block and in those around it, whose
 * values a region may use.
 */
final class Scope {
  private final @Nullable Scope parent;
  private final Builder builder;
  private final Map<Value, BatchedValue> values = new HashMap<>();

  /** Batched copies of shared values that were made in this block. */
  private final Map<Value, Value> copies = new HashMap<>();

  /** Which elements of the batch take part, {@code [size]}; null where all do. */
  private @Nullable Value taking;

  Scope(@Nullable Scope parent, Builder builder) {
    this.parent = parent;
    this.builder = builder;
  }

  /** Says which elements of the batch the ops here are meant for, though all compute them. */
  void only(Value elements) {
    taking = elements;
  }

  /** The elements that ops here are meant for, or null for all. */
  @Nullable Value taking() {
    Value out = null;
    for (Scope scope = this; scope != null; scope = scope.parent) {
      if (scope.taking != null) {
        out = out == null ? scope.taking : builder.and(out, scope.taking);
      }
    }
    return out;
  }

  Builder builder() {
    return builder;
  }

  void put(Value original, BatchedValue value) {
    values.put(original, value);
  }

  void putAll(List<Value> originals, List<BatchedValue> batched) {
    for (int i = 0; i < originals.size(); i++) {
      values.put(originals.get(i), batched.get(i));
    }
  }

  BatchedValue get(Value original) {
    BatchedValue found = find(original);
    if (found == null) {
      throw new IllegalStateException(
          "vmap: the program uses " + original + ", which nothing before it defines");
    }
    return found;
  }

  private @Nullable BatchedValue find(Value original) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      BatchedValue found = scope.values.get(original);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** False also for values that have not been reached: those of a region being looked ahead at. */
  boolean isBatched(Value original) {
    BatchedValue found = find(original);
    return found != null && found.batched();
  }

  /** A batched copy of a shared value that was made here or in a block around, or null. */
  @Nullable Value copyOf(Value shared) {
    for (Scope scope = this; scope != null; scope = scope.parent) {
      Value found = scope.copies.get(shared);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  void keepCopy(Value shared, Value copy) {
    copies.put(shared, copy);
  }
}
