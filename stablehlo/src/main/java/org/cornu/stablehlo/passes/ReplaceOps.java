package org.cornu.stablehlo.passes;

import java.util.List;
import java.util.function.Predicate;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/** Puts another form in the place of some ops, each seen by itself. */
public final class ReplaceOps extends Rewrite {
  /** Another form of an op. */
  @FunctionalInterface
  public interface Form {
    /**
     * Writes the form.
     *
     * @param op the op
     * @param operands its operands in the new program
     * @param b appends to the new program, at the place of the op
     * @return values of the types of the op's results, or null to keep the op
     */
    @Nullable List<Value> of(Op op, List<Value> operands, Builder b);
  }

  private final Predicate<Op> where;
  private final Form form;

  private ReplaceOps(Predicate<Op> where, Form form) {
    this.where = where;
    this.form = form;
  }

  /**
   * The function, and all that it calls, with the ops replaced; itself when none is.
   *
   * @param where the ops to ask the form about
   */
  public static Func run(Func func, Predicate<Op> where, Form form) {
    return new ReplaceOps(where, form).function(func);
  }

  @Override
  boolean concerns(Op op) {
    return where.test(op);
  }

  @Override
  @Nullable List<Value> replace(Op op, Scope scope) {
    return where.test(op) ? form.of(op, scope.get(op.operands()), scope.builder()) : null;
  }
}
