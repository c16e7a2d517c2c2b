package org.cornu.stablehlo.build;

import org.cornu.stablehlo.ir.Location;

/**
 * An op breaks a rule of StableHLO. The message reads {@code op: rule violated: what was got
 * (label)}, followed by the source line where one is known.
 */
public final class VerifyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String opName;
  private final String label;
  private final String reason;
  private final transient Location location;

  /**
   * A violation.
   *
   * @param opName name of the op without dialect
   * @param label label of the violated constraint in the specification ({@code C4}, {@code I1}), or
   *     the empty string
   * @param reason rule and what was got
   * @param location where the op comes from
   */
  public VerifyException(String opName, String label, String reason, Location location) {
    super(message(opName, label, reason, location));
    this.opName = opName;
    this.label = label;
    this.reason = reason;
    this.location = location;
  }

  private static String message(String opName, String label, String reason, Location location) {
    StringBuilder out = new StringBuilder(opName).append(": ").append(reason);
    if (!label.isEmpty()) {
      out.append(" (").append(label).append(')');
    }
    Location.Line line = location.innermostLine();
    if (line != null) {
      out.append(" at ").append(line.file()).append(':').append(line.line());
    }
    return out.toString();
  }

  /** The same violation of an op that comes from {@code where}. */
  public VerifyException at(Location where) {
    VerifyException moved = new VerifyException(opName, label, reason, where);
    moved.setStackTrace(getStackTrace());
    return moved;
  }

  /** Name of the op without dialect. */
  public String opName() {
    return opName;
  }

  /** Label of the violated constraint in the specification, or the empty string. */
  public String label() {
    return label;
  }

  /** The rule and what was got, without op name, label and place. */
  public String reason() {
    return reason;
  }

  /** Where the op comes from. */
  public Location location() {
    return location == null ? Location.UNKNOWN : location;
  }
}
