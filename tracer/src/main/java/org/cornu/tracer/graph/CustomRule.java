package org.cornu.tracer.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/**
 * The derivative that a user gives to a function: what the attributes {@code kind} and {@code rule}
 * of a {@code cornu.custom_derivative} op say. Tangents and cotangents exist for real and complex
 * floating-point values only; "each" below means each of those, in order.
 *
 * <ul>
 *   <li>{@link Jvp}: {@code jvp(arguments, tangent of each argument) -> (results, tangent of each
 *       result)}
 *   <li>{@link Vjp}: {@code forward(arguments) -> (results, residuals)} and {@code
 *       backward(residuals, cotangent of each result) -> cotangent of each argument}
 *   <li>{@link Linear}: between the two halves of reverse mode only
 * </ul>
 */
public sealed interface CustomRule permits CustomRule.Jvp, CustomRule.Vjp, CustomRule.Linear {

  /** A rule for forward mode; reverse mode transposes it. */
  record Jvp(Func jvp) implements CustomRule {
    @Override
    public Map<String, Attribute> attributes() {
      return of("jvp", jvp);
    }
  }

  /** A rule for reverse mode; there is no forward mode. */
  record Vjp(Func forward, Func backward) implements CustomRule {
    @Override
    public Map<String, Attribute> attributes() {
      return of("vjp", forward, backward);
    }
  }

  /**
   * The jvp of a {@link Vjp}, on its way to be transposed: maps {@code (residuals, tangent of each
   * argument)} to the tangent of each result. It can only be transposed, by calling {@code
   * backward}; it cannot be run.
   */
  record Linear(Func backward) implements CustomRule {
    @Override
    public Map<String, Attribute> attributes() {
      return of("linear", backward);
    }
  }

  /** The attributes that say so, {@code callee} not among them. */
  Map<String, Attribute> attributes();

  private static Map<String, Attribute> of(String kind, Func... rules) {
    List<Attribute> callees = new ArrayList<>();
    for (Func rule : rules) {
      callees.add(new Attribute.Callee(rule));
    }
    return Map.of("kind", new Attribute.Str(kind), "rule", new Attribute.Array(callees));
  }

  /** The rule of a {@code cornu.custom_derivative} op. */
  static CustomRule of(Op op) {
    String kind = op.attribute("kind", Attribute.Str.class).value();
    List<Attribute> rules = op.attribute("rule", Attribute.Array.class).elements();
    return switch (kind) {
      case "jvp" -> new Jvp(func(rules.get(0)));
      case "vjp" -> new Vjp(func(rules.get(0)), func(rules.get(1)));
      case "linear" -> new Linear(func(rules.get(0)));
      default -> throw new IllegalArgumentException(op.name() + ": kind must be jvp or vjp: " + op);
    };
  }

  private static Func func(Attribute rule) {
    return ((Attribute.Callee) rule).func();
  }

  /** True for values that have tangents: tensors of real or complex floating-point type. */
  static boolean isDifferentiable(Type type) {
    return type instanceof TensorType tensor && tensor.dtype().isInexact();
  }
}
