package org.cornu.stablehlo.interpreter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * A function made ready to run: every value has a slot in a frame, so that reading an operand is an
 * array access. Regions share the frame of their function, which is how they see outer values.
 * Slots are cleared after their last use, so that memory holds what is still needed.
 */
final class Plan {
  final int slots;
  final Body body;

  private Plan(int slots, Body body) {
    this.slots = slots;
    this.body = body;
  }

  /** One block. */
  record Body(Block block, int[] arguments, Step[] steps, int[] results) {}

  /** One op of a block. */
  static final class Step {
    final Op op;
    final int[] operands;
    final int[] results;
    final Body[] regions;

    /** Slots whose values nothing needs after this step. */
    int[] dead = {};

    /** The value of a constant once it was read. */
    @Nullable Array constant;

    Step(Op op, int[] operands, int[] results, Body[] regions) {
      this.op = op;
      this.operands = operands;
      this.results = results;
      this.regions = regions;
    }
  }

  static Plan of(Func func) {
    Numbering numbering = new Numbering();
    Body body = numbering.body(func.body());
    return new Plan(numbering.slots.size(), body);
  }

  private static final class Numbering {
    final Map<Value, Integer> slots = new IdentityHashMap<>();

    /** Slots read so far in the blocks being numbered, innermost last. */
    final List<Set<Integer>> reads = new ArrayList<>();

    Body body(Block block) {
      reads.add(new HashSet<>());
      int[] arguments = define(block.arguments());
      Step[] steps = new Step[block.ops().size()];
      List<Set<Integer>> readAt = new ArrayList<>();
      Set<Integer> own = new HashSet<>();
      for (int slot : arguments) {
        own.add(slot);
      }
      for (int i = 0; i < steps.length; i++) {
        Op op = block.ops().get(i);
        Set<Integer> before = reads.set(reads.size() - 1, new HashSet<>());
        int[] operands = use(op.operands());
        Body[] regions = op.regions().stream().map(this::body).toArray(Body[]::new);
        int[] results = define(op.results());
        Set<Integer> here = reads.set(reads.size() - 1, before);
        before.addAll(here);
        for (int slot : results) {
          own.add(slot);
          here.add(slot);
        }
        readAt.add(here);
        steps[i] = new Step(op, operands, results, regions);
      }
      int[] results = use(block.results());
      Set<Integer> live = new HashSet<>();
      for (int slot : results) {
        live.add(slot);
      }
      for (int i = steps.length - 1; i >= 0; i--) {
        steps[i].dead =
            readAt.get(i).stream()
                .filter(slot -> own.contains(slot) && live.add(slot))
                .mapToInt(Integer::intValue)
                .toArray();
      }
      Set<Integer> read = reads.remove(reads.size() - 1);
      if (!reads.isEmpty()) {
        reads.get(reads.size() - 1).addAll(read);
      }
      return new Body(block, arguments, steps, results);
    }

    private int[] define(List<Value> values) {
      return values.stream()
          .mapToInt(
              value -> {
                slots.put(value, slots.size());
                return slots.size() - 1;
              })
          .toArray();
    }

    private int[] use(List<Value> values) {
      return values.stream().mapToInt(this::slot).toArray();
    }

    private int slot(Value value) {
      Integer slot = slots.get(value);
      if (slot == null) {
        throw new InterpreterException(
            "a value is used before it is defined, or outside its function: " + value);
      }
      reads.get(reads.size() - 1).add(slot);
      return slot;
    }
  }

  /** The op of a body that is exactly {@code op(argument 0, argument 1)}, or null. */
  static @Nullable OpCode binaryOp(Body body) {
    if (body.steps.length != 1 || body.arguments.length != 2 || body.results.length != 1) {
      return null;
    }
    Step step = body.steps[0];
    boolean direct =
        step.operands.length == 2
            && step.operands[0] == body.arguments[0]
            && step.operands[1] == body.arguments[1]
            && step.results.length == 1
            && step.results[0] == body.results[0];
    if (!direct) {
      return null;
    }
    return switch (step.op.code()) {
      case ADD, MULTIPLY, MAXIMUM, MINIMUM, AND, OR, XOR, SUBTRACT -> step.op.code();
      default -> null;
    };
  }

  /** The comparison that a body consists of, or null. */
  static Region.@Nullable Comparison comparison(Body body) {
    if (body.steps.length != 1 || body.results.length != 1) {
      return null;
    }
    Step step = body.steps[0];
    if (step.op.code() != OpCode.COMPARE || step.results[0] != body.results[0]) {
      return null;
    }
    int lhs = Indexing.indexOf(body.arguments, step.operands[0]);
    int rhs = Indexing.indexOf(body.arguments, step.operands[1]);
    Attribute direction = step.op.attribute("comparison_direction");
    if (lhs < 0 || rhs < 0 || !(direction instanceof Attribute.Keyword keyword)) {
      return null;
    }
    return new Region.Comparison(lhs, rhs, keyword.word(), step.op.keyword("compare_type", ""));
  }
}
