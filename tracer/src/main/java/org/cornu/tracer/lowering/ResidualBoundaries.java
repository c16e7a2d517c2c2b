package org.cornu.tracer.lowering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.build.Comparison;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.ReplaceOps;
import org.cornu.tracer.graph.Closures;
import org.jspecify.annotations.Nullable;

/**
 * Keeps XLA's CPU compiler from computing a residual stream again in each of its consumers. A
 * stream is found where a sum has a term {@code x} and another that was computed from {@code x}
 * through a matrix product: {@code x + f(x)}, in the forward pass as among the cotangents. Its
 * values, and the one it starts with, go through a {@code case} that always takes its first branch,
 * which returns them as they are; the compiler cannot know that, since the index is a bit of the
 * data, and does not fuse across it. {@code optimization_barrier} would say the same, but is
 * dropped before fusion.
 */
final class ResidualBoundaries {
  /** Smaller values cost less to compute again than to keep apart. */
  private static final long LEAST_ELEMENTS = 1 << 12;

  /** How many ops a search for {@code x} behind {@code f(x)} looks at. */
  private static final int SEARCH_LIMIT = 4000;

  private final Map<Func, Boolean> products = new IdentityHashMap<>();
  private final Set<Value> found = new HashSet<>();
  private final Map<Block, Value> indices = new IdentityHashMap<>();

  private ResidualBoundaries() {}

  /** The function with boundaries on its streams; itself when it has none. */
  static Func run(Func func) {
    ResidualBoundaries pass = new ResidualBoundaries();
    pass.find(func, new HashSet<>());
    return pass.found.isEmpty() ? func : ReplaceOps.run(func, pass::isBounded, pass::bounded);
  }

  // ---- finding

  private void find(Func func, Set<Func> seen) {
    if (!func.isDeclaration() && seen.add(func)) {
      find(func.body(), seen);
    }
  }

  private void find(Block block, Set<Func> seen) {
    Map<Op, Integer> positions = new IdentityHashMap<>(block.ops().size());
    Uses uses = new Uses();
    List<Op> sums = new ArrayList<>();
    for (Op op : block.ops()) {
      positions.put(op, positions.size());
      uses.add(inputs(op));
      if (op.code() == OpCode.ADD && isLarge(op.result())) {
        sums.add(op);
      }
      for (Func callee : op.callees()) {
        find(callee, seen);
      }
      if (mayCapture(op)) {
        op.regions().forEach(region -> find(region, seen));
      }
    }
    uses.add(block.results());
    Set<Op> inner = new HashSet<>();
    for (int i = sums.size() - 1; i >= 0; i--) {
      if (!inner.contains(sums.get(i))) {
        List<Value> terms = terms(sums.get(i), uses, inner);
        Value stream = stream(terms, positions);
        if (stream != null) {
          found.add(sums.get(i).result());
          if (stream.op() != null && positions.containsKey(stream.op())) {
            found.add(stream);
          }
        }
      }
    }
  }

  private static boolean isLarge(Value value) {
    Shape shape = value.shape();
    return value.tensorType().element() instanceof DType dtype
        && dtype.isFloat()
        && dtype.bits() >= 16
        && shape.isStatic()
        && shape.rank() >= 2
        && shape.count() >= LEAST_ELEMENTS;
  }

  /** The terms of a sum, through sums that nothing else uses. */
  private static List<Value> terms(Op sum, Uses uses, Set<Op> inner) {
    List<Value> out = new ArrayList<>();
    Deque<Value> pending = new ArrayDeque<>(sum.operands());
    while (!pending.isEmpty()) {
      Value value = pending.pop();
      Op op = value.op();
      if (op != null && op.code() == OpCode.ADD && uses.isOnlyOne(value)) {
        inner.add(op);
        op.operands().forEach(pending::push);
      } else {
        out.add(value);
      }
    }
    return out;
  }

  /** The term that another one was computed from through a product, or null. */
  private @Nullable Value stream(List<Value> terms, Map<Op, Integer> positions) {
    if (terms.size() < 2 || terms.size() > 16) {
      return null;
    }
    for (Value term : terms) {
      for (Value other : terms) {
        if (other != term && dependsThroughProduct(other, term, positions)) {
          return term;
        }
      }
    }
    return null;
  }

  /** Which sums are used, and which of them more than once. */
  private static final class Uses {
    private final Set<Value> once = new HashSet<>();
    private final Set<Value> again = new HashSet<>();

    void add(List<Value> values) {
      for (int i = 0; i < values.size(); i++) {
        Value value = values.get(i);
        Op op = value.op();
        if (op != null && op.code() == OpCode.ADD && !once.add(value)) {
          again.add(value);
        }
      }
    }

    boolean isOnlyOne(Value sum) {
      return once.contains(sum) && !again.contains(sum);
    }
  }

  private record Place(Value value, boolean behindProduct) {}

  private boolean dependsThroughProduct(Value from, Value to, Map<Op, Integer> positions) {
    Op target = to.op();
    int first = target == null ? -1 : positions.getOrDefault(target, -1);
    Set<Value> seen = new HashSet<>();
    Set<Value> seenBehindProduct = new HashSet<>();
    Deque<Place> pending = new ArrayDeque<>();
    pending.push(new Place(from, false));
    while (!pending.isEmpty() && seen.size() + seenBehindProduct.size() < SEARCH_LIMIT) {
      Place place = pending.pop();
      if (place.value() == to) {
        if (place.behindProduct()) {
          return true;
        }
        continue;
      }
      Op op = place.value().op();
      Set<Value> known = place.behindProduct() ? seenBehindProduct : seen;
      if (op == null || positions.getOrDefault(op, -1) <= first || !known.add(place.value())) {
        continue;
      }
      boolean behind = place.behindProduct() || hasProduct(op);
      for (Value input : inputs(op)) {
        pending.push(new Place(input, behind));
      }
    }
    return false;
  }

  private static List<Value> inputs(Op op) {
    if (!mayCapture(op)) {
      return op.operands();
    }
    List<Value> out = new ArrayList<>(op.operands());
    out.addAll(Closures.freeValues(op.regions()));
    return out;
  }

  private static boolean mayCapture(Op op) {
    return switch (op.code()) {
      case WHILE, CASE, IF -> true;
      default -> false;
    };
  }

  private boolean hasProduct(Op op) {
    if (op.code() == OpCode.DOT_GENERAL || op.code() == OpCode.DOT) {
      return true;
    }
    return !op.isLeaf()
        && (op.callees().stream().anyMatch(this::hasProduct)
            || op.regions().stream().anyMatch(this::hasProduct));
  }

  private boolean hasProduct(Func func) {
    Boolean known = products.get(func);
    if (known == null) {
      products.put(func, false);
      known = !func.isDeclaration() && hasProduct(func.body());
      products.put(func, known);
    }
    return known;
  }

  private boolean hasProduct(Block block) {
    return block.ops().stream().anyMatch(this::hasProduct);
  }

  // ---- writing

  private boolean isBounded(Op op) {
    return op.results().size() == 1
        && op.regions().isEmpty()
        && found.contains(op.results().get(0));
  }

  private List<Value> bounded(Op op, List<Value> operands, Builder b) {
    Value x = b.block().append(op.with(operands, op.attributes(), List.of())).result();
    Value index = indices.computeIfAbsent(b.block(), block -> zero(x, b));
    Block same = new Block(List.of());
    same.returns(List.of(x));
    Block other = new Block(List.of());
    other.returns(List.of(new Builder(other).negate(x)));
    return b.caseOf(index, List.of(same, other));
  }

  /** Zero, computed from the bits of an element: whether the last of them is more than one. */
  private static Value zero(Value x, Builder b) {
    int rank = x.shape().rank();
    long[] ones = new long[rank];
    java.util.Arrays.fill(ones, 1);
    Value element = b.reshape(b.slice(x, new long[rank], ones, ones), Shape.SCALAR);
    DType bits =
        switch (x.dtype().bits()) {
          case 16 -> DType.U16;
          case 32 -> DType.U32;
          default -> DType.U64;
        };
    Value last = b.and(b.bitcastConvert(element, bits), b.constant(bits, 1));
    return b.convert(b.compare(last, b.constant(bits, 1), Comparison.GT), DType.I32);
  }
}
