package org.cornu.tracer.autodiff;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.lowering.Lowering;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a backward loop add to the cotangents of the loop's constants, divided into
 * what is summed within the loop and what is left for after it: a product of two tensors that both
 * change from step to step becomes one product over all steps, of the stacked factors. So do sums
 * of what is stacked anyway.
 */
final class LoopSums {
  /** A factor is stacked for a product only if it has at most this many times its elements. */
  private static final long STACK_LIMIT = 4;

  private final Block body;
  private final int firstStep;
  private final int given;
  private final Set<Value> varying = new HashSet<>();
  private final Map<Value, Integer> places = new HashMap<>();
  private final List<Value> stacked = new ArrayList<>();
  private final List<List<Term>> later = new ArrayList<>();
  private final List<@Nullable Value> accumulated = new ArrayList<>();

  /** One summand: reshaping ops, outermost first, around a product, a sum or anything else. */
  private record Term(List<Op> chain, Value core) {}

  /**
   * Divides the contributions.
   *
   * @param body the backward body: arguments {@code consts} constants, carries, and steps from
   *     {@code firstStep} on
   * @param contributions what a step adds to each constant's cotangent, null for nothing
   * @param stackedAnyway what the body puts out step by step whatever is hoisted
   */
  LoopSums(
      Emit inside,
      int consts,
      int firstStep,
      List<@Nullable Value> contributions,
      List<Value> stackedAnyway) {
    this.body = inside.b.block();
    this.firstStep = firstStep;
    this.given = stackedAnyway.size();
    for (Value value : stackedAnyway) {
      places.putIfAbsent(value, stacked.size());
      stacked.add(value);
    }
    varying.addAll(body.arguments().subList(consts, body.arguments().size()));
    for (Op op : body.ops()) {
      if (Dependence.touches(op, varying)) {
        varying.addAll(op.results());
      }
    }
    List<List<Term>> rest = new ArrayList<>();
    for (Value contribution : contributions) {
      List<Term> products = new ArrayList<>();
      List<Term> others = new ArrayList<>();
      for (Term term : terms(contribution)) {
        (isProduct(term.core()) ? products : others).add(term);
      }
      for (Term term : products) {
        requireNonNull(term.core().op()).operands().forEach(this::stack);
      }
      later.add(products);
      rest.add(others);
    }
    for (int i = 0; i < rest.size(); i++) {
      Value sum = null;
      for (Term term : rest.get(i)) {
        if (isStackedSum(term.core())) {
          later.get(i).add(term);
        } else {
          sum =
              inside.sum(sum, term.chain().isEmpty() ? term.core() : term.chain().get(0).result());
        }
      }
      accumulated.add(sum);
    }
  }

  /** The summands of a contribution. */
  private static List<Term> terms(@Nullable Value contribution) {
    List<Term> out = new ArrayList<>();
    Deque<Value> pending = new ArrayDeque<>();
    if (contribution != null) {
      pending.push(contribution);
    }
    while (!pending.isEmpty()) {
      Value value = pending.pop();
      Op op = value.op();
      if (op != null && op.code() == OpCode.ADD) {
        pending.push(op.operand(1));
        pending.push(op.operand(0));
        continue;
      }
      List<Op> chain = new ArrayList<>();
      Value core = value;
      while (op != null && isReshaping(op)) {
        chain.add(op);
        core = op.operand(0);
        op = core.op();
      }
      out.add(new Term(chain, core));
    }
    return out;
  }

  /** Linear ops of one operand that may as well follow the sum over the steps. */
  private static boolean isReshaping(Op op) {
    return switch (op.code()) {
      case TRANSPOSE, RESHAPE, NEGATE, REVERSE, CONVERT -> true;
      default -> false;
    };
  }

  private boolean isStep(Value value) {
    return value.block() == body && value.index() >= firstStep;
  }

  private boolean isProduct(Value core) {
    Op op = core.op();
    if (op == null || op.code() != OpCode.DOT_GENERAL) {
      return false;
    }
    DimensionNumbers.Dot dims = op.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    long terms = 1;
    for (long dim : dims.lhsContracting()) {
      terms *= op.operand(0).shape().dim((int) dim);
    }
    if (!Lowering.current().hoistsProducts(terms)) {
      return false;
    }
    long limit = STACK_LIMIT * Math.max(1, core.shape().count());
    for (Value factor : op.operands()) {
      boolean cheap = isStacked(factor) || factor.shape().count() <= limit;
      if (!varying.contains(factor) || !cheap) {
        return false;
      }
    }
    return true;
  }

  private boolean isStackedSum(Value core) {
    return isStacked(core) || sumOf(core) != null;
  }

  private boolean isStacked(Value value) {
    return isStep(value) || places.containsKey(value);
  }

  /** What a sum over dimensions sums, when that is stacked anyway. */
  private @Nullable Op sumOf(Value core) {
    Op op = core.op();
    if (op == null || op.code() != OpCode.REDUCE || op.operands().size() != 2) {
      return null;
    }
    boolean sum =
        Monoid.of(op.region(0)) == OpCode.ADD
            && Monoid.isIdentity(OpCode.ADD, op.operand(1))
            && isStacked(op.operand(0));
    return sum ? op : null;
  }

  private void stack(Value factor) {
    if (!isStep(factor) && !places.containsKey(factor)) {
      places.put(factor, stacked.size());
      stacked.add(factor);
    }
  }

  /** Values of the body to put out, step by step, beside what it puts out already. */
  List<Value> stacked() {
    return Collections.unmodifiableList(stacked.subList(given, stacked.size()));
  }

  /** For each constant the value of the body to sum in the loop, or null. */
  List<@Nullable Value> accumulated() {
    return accumulated;
  }

  /**
   * The part of a constant's cotangent that is computed after the loop.
   *
   * @param stacks the stacks of what was stacked anyway, then those of {@link #stacked}
   * @param steps the operands of the loop that its step arguments are slices of
   */
  @Nullable Value after(Emit e, int constant, List<Value> stacks, List<Value> steps) {
    Value sum = null;
    for (Term term : later.get(constant)) {
      Value value = core(e, term.core(), stacks, steps);
      for (int i = term.chain().size() - 1; i >= 0; i--) {
        Op op = term.chain().get(i);
        Op copy =
            new Op(
                op.code(),
                List.of(value),
                op.attributes(),
                List.of(),
                List.of(op.result().type()),
                op.location());
        value = e.b.block().append(copy).result();
      }
      sum = e.sum(sum, value);
    }
    return sum;
  }

  private Value stackOf(Value value, List<Value> stacks, List<Value> steps) {
    return isStep(value)
        ? steps.get(value.index() - firstStep)
        : stacks.get(requireNonNull(places.get(value)));
  }

  private Value core(Emit e, Value core, List<Value> stacks, List<Value> steps) {
    if (isStacked(core)) {
      return e.reduceSum(stackOf(core, stacks, steps), 0);
    }
    Op sum = sumOf(core);
    if (sum != null) {
      long[] dims = sum.longs("dimensions");
      long[] all = new long[dims.length + 1];
      for (int i = 0; i < dims.length; i++) {
        all[i + 1] = dims[i] + 1;
      }
      return e.reduceSum(stackOf(sum.operand(0), stacks, steps), all);
    }
    Op dot = requireNonNull(core.op());
    DimensionNumbers.Dot dims = dot.attribute("dot_dimension_numbers", DimensionNumbers.Dot.class);
    Map<String, Attribute> attributes = new TreeMap<>(dot.attributes());
    attributes.put(
        "dot_dimension_numbers",
        new DimensionNumbers.Dot(
            shifted(dims.lhsBatching(), false),
            shifted(dims.rhsBatching(), false),
            shifted(dims.lhsContracting(), true),
            shifted(dims.rhsContracting(), true)));
    return e.b
        .create(
            OpCode.DOT_GENERAL,
            List.of(stackOf(dot.operand(0), stacks, steps), stackOf(dot.operand(1), stacks, steps)),
            attributes,
            List.of(),
            List.of(core.type()))
        .result();
  }

  /** Dimensions of a step's slice as dimensions of the stack, after that of time or not. */
  private static List<Long> shifted(List<Long> dims, boolean withTime) {
    List<Long> out = new ArrayList<>();
    if (withTime) {
      out.add(0L);
    }
    dims.forEach(dim -> out.add(dim + 1));
    return out;
  }
}
