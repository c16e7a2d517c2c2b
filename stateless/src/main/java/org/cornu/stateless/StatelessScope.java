package org.cornu.stateless;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Lends variables other values on this thread: inside it {@link Variable#value} reads, and {@link
 * Variable#assign} writes, the scope's values instead of the variables' own. This makes code over
 * variables a pure function, fit for {@code jit} and {@code grad}.
 *
 * <pre>{@code
 * try (StatelessScope scope = StatelessScope.open()) {
 *   scope.set(kernel, traced);
 *   Tensor y = layer.apply(x);
 *   Tensor updated = scope.value(movingMean);
 * }
 * }</pre>
 */
public final class StatelessScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable StatelessScope> CURRENT = new ThreadLocal<>();

  private final @Nullable StatelessScope outer = CURRENT.get();
  private final Map<Variable, Tensor> values = new IdentityHashMap<>();
  private final List<Tensor> losses = new ArrayList<>();

  private StatelessScope() {}

  /** Opens a scope on this thread. */
  public static StatelessScope open() {
    StatelessScope scope = new StatelessScope();
    CURRENT.set(scope);
    return scope;
  }

  /** The innermost scope of this thread, or null. */
  public static @Nullable StatelessScope current() {
    return CURRENT.get();
  }

  /** Lends one variable a value. */
  public StatelessScope set(Variable variable, Tensor value) {
    if (!value.shape().equals(variable.shape())) {
      throw new OpException(
          "stateless: variable '"
              + variable.path()
              + "' has shape "
              + variable.shape()
              + ", got a value "
              + value.type().brief());
    }
    values.put(variable, value);
    return this;
  }

  /** Lends each variable the value at its position. */
  public StatelessScope setAll(String what, List<Variable> variables, List<Tensor> lent) {
    if (variables.size() != lent.size()) {
      throw new OpException(
          what
              + ": "
              + variables.size()
              + " variables take as many values: got "
              + lent.size()
              + "\n  hint: the variables are "
              + variables.stream().map(Variable::path).toList());
    }
    for (int i = 0; i < lent.size(); i++) {
      set(variables.get(i), lent.get(i));
    }
    return this;
  }

  /** The value lent to, or assigned to, a variable in this scope or one around it; null if none. */
  @Nullable Tensor lookup(Variable variable) {
    for (StatelessScope scope = this; scope != null; scope = scope.outer) {
      Tensor value = scope.values.get(variable);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  void assign(Variable variable, Tensor value) {
    values.put(variable, value);
  }

  /** The value of a variable as this scope leaves it. */
  public Tensor value(Variable variable) {
    Tensor value = lookup(variable);
    return value != null ? value : variable.ownValue();
  }

  /** The values of variables as this scope leaves them. */
  public List<Tensor> values(List<Variable> variables) {
    return variables.stream().map(this::value).toList();
  }

  /** Notes a loss that a layer added. */
  public void addLoss(Tensor loss) {
    losses.add(loss);
  }

  /** Adds a loss before some that were added already. */
  public void addLoss(int place, Tensor loss) {
    losses.add(place, loss);
  }

  /** The losses that layers added inside this scope. */
  public List<Tensor> losses() {
    return List.copyOf(losses);
  }

  @Override
  public void close() {
    CURRENT.set(outer);
  }
}
