package org.cornu.tracer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * One running recording of a user's function. While a trace is current on a thread, every operation
 * appends to its block instead of running. Traces nest: a tensor of an outer trace, or a concrete
 * one, that is used inside becomes an extra argument of the inner function (it is never baked in as
 * a constant); inside the region of a {@code while} or {@code case} it is used directly.
 */
public final class Trace implements AutoCloseable {
  /** What a trace does with tensors from outside. */
  public enum Kind {
    /** The body of a function: outside tensors become extra arguments. */
    FUNCTION,
    /** A region that sees the values around it: {@code while}, {@code case}. */
    REGION,
    /** A region that may not see the values around it: {@code reduce}, {@code sort}, … */
    CLOSED_REGION
  }

  private static final ThreadLocal<@Nullable Trace> CURRENT = new ThreadLocal<>();

  private final Kind kind;
  private final String name;
  private final @Nullable Trace parent;
  private final Thread thread = Thread.currentThread();
  private final Block block;
  private final Builder builder;
  private final Map<Object, Value> captured = new IdentityHashMap<>();
  private final List<Tensor> captures = new ArrayList<>();
  private @Nullable String axis;
  private long axisSize;
  private @Nullable Tensor lastOrdered;
  private boolean open = true;

  /** The lines of the user's program that ops came from so far, shared by nested traces. */
  private final Map<StackTraceElement, Location> lines;

  /** Whether one operation of the user's is being recorded, and its line once it was looked for. */
  private boolean withinOne;

  private @Nullable Location line;

  private Trace(Kind kind, String name, List<? extends Type> arguments, @Nullable Trace parent) {
    this.kind = kind;
    this.name = name;
    this.parent = parent;
    this.block = new Block(arguments);
    this.builder = new Builder(block);
    this.lines = parent == null ? new HashMap<>() : parent.lines;
  }

  /**
   * Starts a trace on this thread and makes it current; {@link #close} ends it.
   *
   * @param name what is traced, for messages: {@code grad(loss)}
   */
  public static Trace open(Kind kind, String name, List<? extends Type> arguments) {
    Trace trace = new Trace(kind, name, arguments, CURRENT.get());
    CURRENT.set(trace);
    return trace;
  }

  /** The innermost trace of this thread, or null when operations run at once. */
  public static @Nullable Trace current() {
    return CURRENT.get();
  }

  /** What the last ordered effect of this trace returned: the next one waits for it. */
  @Nullable Tensor lastOrdered() {
    return lastOrdered;
  }

  void lastOrdered(Tensor token) {
    lastOrdered = token;
  }

  /** Says that in this trace {@code name} stands for an axis of this size. */
  void bind(String name, long size) {
    axis = name;
    axisSize = size;
  }

  /**
   * The size of a named axis of a {@code vmap} around the code that runs.
   *
   * @throws OpException where no axis of that name is in scope; the message lists those that are
   */
  public static long axisSize(String op, String name) {
    java.util.Set<String> known = new java.util.TreeSet<>();
    for (Trace t = CURRENT.get(); t != null; t = t.parent) {
      if (name.equals(t.axis)) {
        return t.axisSize;
      }
      if (t.axis != null) {
        known.add(t.axis);
      }
    }
    throw new OpException(
        op + ": no axis named '" + name + "' is in scope; known here: " + known,
        "name it where it is mapped: vmap(f, Axes.all(0).named(\"" + name + "\"), 0)");
  }

  /** Runs {@code body} as if no trace were running, on concrete tensors only. */
  public static <T> T outside(Supplier<T> body) {
    Trace saved = CURRENT.get();
    CURRENT.set(null);
    try {
      return body.get();
    } finally {
      CURRENT.set(saved);
    }
  }

  /**
   * Records what {@code body} does as one operation: all comes from the user's line that runs now,
   * which is looked for once.
   */
  public <R> R asOne(Supplier<R> body) {
    if (withinOne) {
      return body.get();
    }
    withinOne = true;
    try {
      return body.get();
    } finally {
      withinOne = false;
      line = null;
    }
  }

  /** The user's line that is being recorded. */
  Location line() {
    Location known = line;
    if (known == null) {
      known = UserFrame.location(lines);
      line = withinOne ? known : null;
    }
    return known;
  }

  /** Appends ops to this trace. */
  public Builder builder() {
    return builder;
  }

  /** The block being recorded. */
  public Block block() {
    return block;
  }

  /** What is traced, with everything around it: {@code jit(step) > grad(loss)}. */
  public String path() {
    return parent == null ? name : parent.path() + " > " + name;
  }

  /** The tensors from outside that became extra arguments, in the order of those arguments. */
  public List<Tensor> captures() {
    return Collections.unmodifiableList(captures);
  }

  /** Argument {@code i} as a tensor. */
  public Tensor argument(int i) {
    return wrap(block.argument(i));
  }

  /** A value of this trace as a tensor. */
  public Tensor wrap(Value value) {
    return Tensor.traced(this, value);
  }

  /** True until {@link #close}. */
  boolean isOpen() {
    return open;
  }

  /** The value that stands for {@code tensor} in this trace. */
  public Value lift(Tensor tensor) {
    Tensor.Traced traced = tensor.tracedOrNull();
    if (traced != null) {
      if (traced.trace() == this) {
        return traced.value();
      }
      if (!traced.trace().open) {
        throw leaked(tensor, traced.trace());
      }
      if (!isWithin(traced.trace())) {
        throw new LeakedTracerException(
            "a traced tensor "
                + tensor.type().brief()
                + " of the trace "
                + traced.trace().path()
                + " was used in "
                + path()
                + ", which does not run inside it; a trace belongs to one thread"
                + UserFrame.suffix()
                + "\n  hint: pass it as an argument, or return it from the traced function first");
      }
    }
    if (kind == Kind.REGION && parent != null) {
      return parent.lift(tensor);
    }
    if (kind == Kind.CLOSED_REGION) {
      throw new OpException(
          name
              + ": the body may not use values from outside: got a tensor "
              + tensor.type().brief(),
          "pass it as an operand, or build the constant inside the body");
    }
    Object key = traced != null ? traced.value() : tensor.identity();
    Value known = captured.get(key);
    if (known == null) {
      known = block.addArgument(tensor.type());
      captured.put(key, known);
      captures.add(tensor);
    }
    return known;
  }

  private boolean isWithin(Trace outer) {
    for (Trace t = this; t != null; t = t.parent) {
      if (t == outer) {
        return true;
      }
    }
    return false;
  }

  static IllegalStateException leaked(Tensor tensor, Trace trace) {
    return new LeakedTracerException(
        "a traced tensor "
            + tensor.type().brief()
            + " was used after its trace "
            + trace.path()
            + " ended"
            + UserFrame.suffix()
            + "\n  hint: return it from the traced function instead of storing it in a field,"
            + " a list or an array");
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      if (Thread.currentThread() == thread) {
        CURRENT.set(parent);
      }
    }
  }
}
