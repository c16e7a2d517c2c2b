package org.cornu.tracer.graph;

import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;

/**
 * An op that a transform cannot handle, with the reason: not differentiable, not linear, not
 * batchable.
 */
public final class MissingRuleException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  private final OpCode code;
  private final String rule;
  private final String reason;
  private final transient Location location;

  /**
   * An op without a rule.
   *
   * @param op the op, whose location names the user's line
   * @param rule what was asked of it: {@code jvp}, {@code transpose}, {@code vmap}
   * @param reason why there is no answer, and what to do instead
   */
  public MissingRuleException(Op op, String rule, String reason) {
    super(message(op, rule, reason));
    this.code = op.code();
    this.rule = rule;
    this.reason = reason;
    this.location = op.location();
  }

  private static String message(Op op, String rule, String reason) {
    String name = op.code() == OpCode.OPAQUE ? op.name() : op.code().shortName();
    StringBuilder out = new StringBuilder(name);
    // What to do stands behind the last semicolon.
    int fix = reason.lastIndexOf("; ");
    String why = fix < 0 ? reason : reason.substring(0, fix);
    out.append(": has no ").append(rule).append(" rule: ").append(why);
    Location.Line line = op.location().innermostLine();
    if (line != null) {
      out.append(" (at ").append(line.file()).append(':').append(line.line()).append(')');
    }
    if (fix >= 0) {
      out.append("\n  hint: ").append(reason, fix + 2, reason.length());
    }
    return out.toString();
  }

  /** The op code that lacks the rule. */
  public OpCode code() {
    return code;
  }

  /** What was asked of it: {@code jvp}, {@code transpose}, {@code vmap}. */
  public String rule() {
    return rule;
  }

  /** Why there is no answer. */
  public String reason() {
    return reason;
  }

  /** Where the op comes from. */
  public Location location() {
    return location;
  }
}
