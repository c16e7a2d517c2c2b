package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;

/**
 * Appends ops to one block. Every method infers and checks the result types ({@link TypeRules}) and
 * throws {@link VerifyException} where the op breaks a rule of StableHLO. Regions are built by the
 * caller with a builder of their own.
 *
 * <pre>{@code
 * Block body = new Block(List.of(TensorType.of(DType.F32, 8, 3)));
 * Builder b = new Builder(body);
 * Value y = b.tanh(body.argument(0));
 * body.returns(List.of(b.reduce(y, b.constant(DType.F32, 0), OpCode.ADD, 0)));
 * Func f = new Func("f", body);
 * }</pre>
 */
public final class Builder extends CollectiveBuilder {
  /** A builder that appends to {@code block}. */
  public Builder(Block block) {
    super(block);
  }

  /**
   * A loop with a known trip count, Cornu's own op.
   *
   * @param consts values that every step sees
   * @param carry initial state
   * @param xs sequences with leading size {@code length}, of which each step sees one slice
   * @param reverse whether the last slice comes first
   * @param unroll how many steps one iteration of the lowered loop makes
   * @param body takes (consts, carry, slices of xs), returns (carry, slices of ys), captures
   *     nothing
   * @return final carry, then the stacked ys
   */
  public List<Value> scan(
      List<Value> consts,
      List<Value> carry,
      List<Value> xs,
      long length,
      boolean reverse,
      long unroll,
      Block body) {
    Map<String, Attribute> attributes =
        Map.of(
            "length",
            i64(length),
            "num_consts",
            i64(consts.size()),
            "num_carry",
            i64(carry.size()),
            "reverse",
            bool(reverse),
            "unroll",
            i64(unroll));
    return create(OpCode.SCAN, joined(joined(consts, carry), xs), attributes, List.of(body))
        .results();
  }

  /** The value itself, whose derivative is zero. */
  public Value stopGradient(Value x) {
    return unary(OpCode.STOP_GRADIENT, x);
  }

  /** A call whose derivative the user gives; {@code attributes} say how. */
  public List<Value> customDerivative(
      List<Value> arguments, Func callee, Map<String, Attribute> attributes) {
    return calling(OpCode.CUSTOM_DERIVATIVE, arguments, callee, attributes);
  }

  /** A call whose intermediate values are computed again in the backward pass. */
  public List<Value> remat(List<Value> arguments, Func callee, Map<String, Attribute> attributes) {
    return calling(OpCode.REMAT, arguments, callee, attributes);
  }

  /**
   * Of each window the element of {@code x} where {@code operand} is largest ({@code GE}) or
   * smallest ({@code LE}): the tangent of a window maximum or minimum.
   */
  public Value selectAndGatherAdd(Value x, Value operand, WindowConfig config, String select) {
    Map<String, Attribute> attributes = new TreeMap<>(window(config));
    attributes.put("select", new Attribute.Str(select));
    return one(OpCode.SELECT_AND_GATHER_ADD, List.of(x, operand), attributes);
  }
}
