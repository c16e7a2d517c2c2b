package org.cornu.stateless;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The names under which variables are created on this thread: a variable {@code kernel} made inside
 * the scopes {@code model} and {@code dense} has the path {@code model/dense/kernel}.
 */
public final class NameScope implements AutoCloseable {
  private static final ThreadLocal<Deque<String>> NAMES = ThreadLocal.withInitial(ArrayDeque::new);

  private NameScope() {}

  /** Opens a scope. */
  public static NameScope open(String name) {
    NAMES.get().addLast(name);
    return new NameScope();
  }

  /** The path of {@code name} in the current scopes. */
  public static String path(String name) {
    StringBuilder out = new StringBuilder();
    for (Iterator<String> it = NAMES.get().iterator(); it.hasNext(); ) {
      out.append(it.next()).append('/');
    }
    return out.append(name).toString();
  }

  @Override
  public void close() {
    NAMES.get().removeLast();
  }
}
