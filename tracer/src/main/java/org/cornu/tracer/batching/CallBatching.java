package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;

/** Calls: the callee is batched once for each set of batched arguments. */
final class CallBatching {
  /** Custom calls that say where data lies and compute nothing. */
  private static final Set<String> LAYOUT_TARGETS =
      Set.of(
          "Sharding", "SPMDFullToShardShape", "SPMDShardToFullShape", "annotate_device_placement");

  private static final Pattern OPEN_DIMS = Pattern.compile("unspecified_dims=\\[([0-9, ]+)\\]");

  private CallBatching() {}

  static ResultMode[] modes(int count, ResultMode mode) {
    ResultMode[] out = new ResultMode[count];
    Arrays.fill(out, mode);
    return out;
  }

  /** True for a check of the user's, whose first operand says that it does not hold. */
  static boolean isCheck(Op op) {
    return op.code() == OpCode.CUSTOM_CALL
        && op.string("call_target_name", "").equals("cornu.error_if");
  }

  /** The callee under {@code key} for the operands of this call. */
  private static Batching.Batched callee(OpContext c, String key) {
    Func callee = c.op.callee(key);
    if (callee.isDeclaration()) {
      throw c.missing("function @" + callee.name() + " is declared but has no body");
    }
    ResultMode[] modes = modes(c.op.results().size(), ResultMode.AS_IS);
    return c.batcher.function(callee, c.mask(), modes);
  }

  static List<BatchedValue> call(OpContext c) {
    Batching.Batched callee = callee(c, "callee");
    return emit(
        c, c.op.code(), callee, c.attributes("callee", new Attribute.Callee(callee.func())));
  }

  static List<BatchedValue> emit(
      OpContext c, OpCode code, Batching.Batched callee, Map<String, Attribute> attributes) {
    int n = c.operands.size();
    Op call =
        c.builder.create(
            code, c.rawOperands(0, n), attributes, List.of(), callee.func().type().results());
    return results(call, callee);
  }

  private static List<BatchedValue> results(Op call, Batching.Batched callee) {
    boolean[] batched = callee.batchedResults();
    List<Value> values = call.results();
    BatchedValue[] out = new BatchedValue[batched.length];
    Arrays.setAll(out, i -> new BatchedValue(values.get(i), batched[i]));
    return List.of(out);
  }

  /**
   * A composite of Cornu keeps its name. Any other becomes a call: a compiler that knows it by name
   * would not expect the batch dimension.
   */
  static List<BatchedValue> composite(OpContext c) {
    Batching.Batched callee = callee(c, "decomposition");
    Attribute function = new Attribute.Callee(callee.func());
    if (c.op.string("name", "").startsWith("cornu.")) {
      return emit(c, OpCode.COMPOSITE, callee, c.attributes("decomposition", function));
    }
    return emit(c, OpCode.CALL, callee, Map.of("callee", function));
  }

  /** What foreign code does with one more dimension is not known, so it is called in a loop. */
  static List<BatchedValue> customCall(OpContext c) {
    String target = c.op.string("call_target_name", "");
    if (LAYOUT_TARGETS.contains(target)) {
      return layout(c);
    }
    if (target.startsWith("cornu.") && c.op.string("cornu.batched", "loop").equals("whole")) {
      return c.emit(c.fullOperands(), c.attributes());
    }
    // What Cornu's own calls print or check is printed or checked element by element.
    if (c.op.boolAttribute("has_side_effect", false) && !target.startsWith("cornu.")) {
      throw c.missing("@" + target + " has side effects, whose order in a batch is not defined");
    }
    Value taking = isCheck(c.op) ? c.scope.taking() : null;
    if (taking != null) {
      List<BatchedValue> operands = new ArrayList<>(c.operands);
      operands.set(0, BatchedValue.batched(c.builder.and(c.full(0), taking)));
      return LoopBatching.overBatch(new OpContext(c.batcher, c.scope, c.op, operands));
    }
    boolean tensors =
        c.op.operands().stream().allMatch(v -> v.type() instanceof TensorType)
            && c.op.results().stream().allMatch(v -> v.type() instanceof TensorType);
    if (!tensors) {
      throw c.missing("@" + target + " takes or returns more than tensors");
    }
    return LoopBatching.overBatch(c);
  }

  /** The batch dimension is not split; dimensions whose layout is open stay open. */
  private static List<BatchedValue> layout(OpContext c) {
    Map<String, Attribute> attributes = c.attributes();
    attributes.remove("operand_layouts");
    attributes.remove("result_layouts");
    if (c.op.attribute("mhlo.sharding") instanceof Attribute.Str sharding) {
      attributes.put("mhlo.sharding", Shardings.gspmd(sharding));
    }
    if (c.op.attribute("backend_config") instanceof Attribute.Str config) {
      Matcher open = OPEN_DIMS.matcher(config.value());
      if (open.find()) {
        String shifted =
            Arrays.stream(open.group(1).split(","))
                .map(d -> Long.toString(Long.parseLong(d.strip()) + 1))
                .collect(Collectors.joining(",", "unspecified_dims=[0,", "]"));
        attributes.put("backend_config", new Attribute.Str(open.replaceFirst(shifted)));
      }
    }
    return c.emit(c.fullOperands(), attributes);
  }
}
