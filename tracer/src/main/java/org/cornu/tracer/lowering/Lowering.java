package org.cornu.tracer.lowering;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;
import org.cornu.stablehlo.passes.LowerOwnOps;
import org.cornu.stablehlo.passes.ReplaceOps;
import org.cornu.tracer.autodiff.Decompositions;
import org.cornu.tracer.runtime.Backend;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link Alternative}s are in use. Unless said otherwise those that have been found faster on
 * the platform; the system property {@code cornu.lowering} switches single ones off and on, {@code
 * -Dcornu.lowering=-depthwise_shifts,+pointwise_matmul}, or all with {@code none} and {@code all},
 * read from left to right; {@link #during} does so for what is traced and compiled within. Programs
 * that were compiled before stay as they are.
 */
public final class Lowering {
  private static final String PROPERTY = "cornu.lowering";
  private static final ThreadLocal<@Nullable Lowering> SCOPED = new ThreadLocal<>();

  /**
   * A product of at least so many terms in each step of a loop runs at full speed on a CPU, beside
   * what the next step waits for; one behind the loop would be waited for.
   */
  private static final long CPU_PRODUCT_TERMS = 25;

  private final String platform;
  private final Set<Alternative> enabled;

  /** Which of them ask for ops of a code, found out when the first such op comes. */
  private final Map<OpCode, List<Alternative>> byCode = new ConcurrentHashMap<>();

  private Lowering(String platform, Set<Alternative> enabled) {
    this.platform = platform;
    this.enabled = Collections.unmodifiableSet(enabled);
  }

  /** What is in use here: the choice of the enclosing {@link #during}, else the default. */
  public static Lowering current() {
    Lowering scoped = SCOPED.get();
    return scoped != null ? scoped : defaults(Backend.targetPlatform());
  }

  /** The choice for a platform, {@code cpu}, with the changes of the system property. */
  public static Lowering defaults(String platform) {
    Set<Alternative> on = EnumSet.noneOf(Alternative.class);
    for (Alternative alternative : Alternative.values()) {
      if (alternative.isDefaultOn(platform)) {
        on.add(alternative);
      }
    }
    return new Lowering(platform, on).changed(System.getProperty(PROPERTY, ""));
  }

  /**
   * This choice with changes.
   *
   * @param changes names with commas between, {@code -name} to switch off, {@code name} or {@code
   *     +name} to switch on, {@code none}, {@code all}
   * @throws IllegalArgumentException for a name that there is not
   */
  public Lowering changed(String changes) {
    EnumSet<Alternative> on = EnumSet.noneOf(Alternative.class);
    on.addAll(enabled);
    for (String change : changes.split(",", -1)) {
      String word = change.strip();
      if (word.equals("none")) {
        on.clear();
      } else if (word.equals("all")) {
        on.addAll(EnumSet.allOf(Alternative.class));
      } else if (word.startsWith("-")) {
        on.remove(named(word.substring(1)));
      } else if (!word.isEmpty()) {
        on.add(named(word.startsWith("+") ? word.substring(1) : word));
      }
    }
    return new Lowering(platform, on);
  }

  private static Alternative named(String name) {
    for (Alternative alternative : Alternative.values()) {
      if (alternative.key().equals(name)) {
        return alternative;
      }
    }
    throw new IllegalArgumentException(
        "lowering: there is no alternative '"
            + name
            + "'\n  hint: choose from "
            + Arrays.stream(Alternative.values())
                .map(Alternative::key)
                .collect(Collectors.joining(", "))
            + ", all, none");
  }

  /**
   * Runs {@code body} with the default choice changed, for what this thread traces and compiles in
   * it.
   */
  public static <R> R during(String changes, Supplier<R> body) {
    Lowering outer = SCOPED.get();
    SCOPED.set(current().changed(changes));
    try {
      return body.get();
    } finally {
      if (outer == null) {
        SCOPED.remove();
      } else {
        SCOPED.set(outer);
      }
    }
  }

  /** The alternatives in use. */
  public Set<Alternative> enabled() {
    return enabled;
  }

  /** True when an alternative is in use. */
  public boolean has(Alternative alternative) {
    return enabled.contains(alternative);
  }

  /**
   * True when a product that a backward loop adds up for a weight is computed behind the loop.
   *
   * @param terms the length of the sums in one step, the size of the batch mostly
   */
  public boolean hoistsProducts(long terms) {
    return has(Alternative.LOOP_WEIGHT_GRADIENTS)
        && (!platform.equals("cpu") || terms < CPU_PRODUCT_TERMS);
  }

  /**
   * A function in the chosen forms; itself when nothing changes.
   *
   * @param func StableHLO without own ops
   * @param devices number of devices the program is partitioned over
   */
  public Func apply(Func func, int devices) {
    Func replaced = ReplaceOps.run(func, this::mayReplace, this::form);
    // a form may reach behind the operands of its op, which are then used by nothing
    Func formed = replaced == func ? func : LowerOwnOps.run(EliminateDeadCode.run(replaced));
    if (has(Alternative.LOOP_CONVOLUTIONS)) {
      formed = LoopConvolutions.run(formed);
    }
    // What a boundary looks at, one element, would have to be sent between devices.
    return has(Alternative.RESIDUAL_BOUNDARIES) && devices == 1
        ? ResidualBoundaries.run(formed)
        : formed;
  }

  private boolean mayReplace(Op op) {
    return isBeyondTheCompiler(op) || !alternatives(op.code()).isEmpty();
  }

  private List<Alternative> alternatives(OpCode code) {
    List<Alternative> known = byCode.get(code);
    if (known == null) {
      known = enabled.stream().filter(alternative -> alternative.mayReplace(code)).toList();
      byCode.put(code, known);
    }
    return known;
  }

  /** What XLA's compiler has no code for: there another form is no choice. */
  private static boolean isBeyondTheCompiler(Op op) {
    return op.code() == OpCode.CHLO_SCAN
        || op.code() == OpCode.CHLO_RAGGED_DOT && Backend.targetPlatform().equals("cpu");
  }

  private @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    if (isBeyondTheCompiler(op)) {
      return Decompositions.of(b, op, operands);
    }
    for (Alternative alternative : alternatives(op.code())) {
      List<Value> form = alternative.form(op, operands, b);
      if (form != null) {
        return form;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return enabled.stream().map(Alternative::key).collect(Collectors.joining(","));
  }
}
