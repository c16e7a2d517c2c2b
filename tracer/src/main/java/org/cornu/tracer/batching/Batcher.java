package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * One run of {@code vmap} over a program: walks blocks in order, copies what the batch shares and
 * asks {@link BatchRules} for the rest. Functions are batched once per set of batched arguments.
 */
final class Batcher {
  private final long size;
  private final @Nullable String axisName;
  private final Map<Key, Batching.Batched> functions = new HashMap<>();
  private final RegionFacts facts;
  private final Propagation propagation;

  private record Key(Attribute.Callee func, List<Boolean> mask, List<ResultMode> modes) {}

  Batcher(long size, @Nullable String axisName) {
    this.size = size;
    this.axisName = axisName;
    this.facts = new RegionFacts(axisName);
    this.propagation = new Propagation(facts);
  }

  long size() {
    return size;
  }

  @Nullable String axisName() {
    return axisName;
  }

  RegionFacts facts() {
    return facts;
  }

  Propagation propagation() {
    return propagation;
  }

  /** {@code f} for a batch in which the arguments of {@code mask} differ. */
  Batching.Batched function(Func f, boolean[] mask, ResultMode[] modes) {
    Key key = new Key(new Attribute.Callee(f), Propagation.list(mask), Arrays.asList(modes));
    Batching.Batched known = functions.get(key);
    if (known != null) {
      return known;
    }
    Block block = new Block(List.of());
    Scope scope = new Scope(null, new Builder(block));
    List<Value> arguments = f.body().arguments();
    for (int i = 0; i < arguments.size(); i++) {
      scope.put(arguments.get(i), argument(block, arguments.get(i), mask[i]));
    }
    List<BatchedValue> results = evaluate(f.body(), scope);
    List<Value> values = new ArrayList<>();
    boolean[] batched = new boolean[results.size()];
    for (int i = 0; i < batched.length; i++) {
      BatchedValue result = results.get(i);
      batched[i] =
          modes[i] == ResultMode.BATCHED || modes[i] == ResultMode.AS_IS && result.batched();
      values.add(
          switch (modes[i]) {
            case AS_IS -> result.value();
            case BATCHED -> full(scope, result);
            case SUMMED ->
                result.batched()
                    ? scope
                        .builder()
                        .reduce(
                            result.value(),
                            scope.builder().constant(result.value().dtype(), 0),
                            OpCode.ADD,
                            0)
                    : result.value();
          });
    }
    block.returns(values);
    Func func = new Func(f.name(), block, f.isPublic(), f.attributes(), f.location());
    for (int i = 0; i < mask.length; i++) {
      for (Map.Entry<String, Attribute> e : f.argumentAttributes(i).entrySet()) {
        Attribute value = mask[i] ? Shardings.ofValue(e.getKey(), e.getValue()) : e.getValue();
        func.argumentAttribute(i, e.getKey(), value);
      }
    }
    for (int i = 0; i < batched.length; i++) {
      for (Map.Entry<String, Attribute> e : f.resultAttributes(i).entrySet()) {
        Attribute value = batched[i] ? Shardings.ofValue(e.getKey(), e.getValue()) : e.getValue();
        func.resultAttribute(i, e.getKey(), value);
      }
    }
    Batching.Batched out = new Batching.Batched(func, batched);
    functions.put(key, out);
    return out;
  }

  /** Adds to {@code block} what has become of {@code original}, an argument. */
  BatchedValue argument(Block block, Value original, boolean batched) {
    boolean kept = batched && BatchTypes.isBatchable(original.type());
    Type type = kept ? BatchTypes.batched(original.type(), size) : original.type();
    return new BatchedValue(block.addArgument(type), kept);
  }

  /**
   * A scope for the inside of a region: {@code block} receives the arguments of {@code original},
   * batched where {@code mask} says so.
   *
   * @param around the scope whose values the region may use, or null where it may not
   */
  Scope enter(
      Block block, Block original, @Nullable Scope around, boolean[] mask, Location location) {
    Scope scope = new Scope(around, new Builder(block));
    scope.builder().location(location);
    for (int i = 0; i < mask.length; i++) {
      scope.put(original.argument(i), argument(block, original.argument(i), mask[i]));
    }
    return scope;
  }

  /**
   * A region in which the arguments of {@code mask} are batched, and the results of {@code force},
   * which are broadcast where they would not be.
   */
  Block region(Block original, @Nullable Scope around, boolean[] mask, boolean[] force) {
    Block block = new Block(List.of());
    Location location =
        original.ops().isEmpty() ? Location.UNKNOWN : original.ops().get(0).location();
    Scope scope = enter(block, original, around, mask, location);
    List<Value> values = new ArrayList<>();
    List<BatchedValue> results = evaluate(original, scope);
    for (int i = 0; i < results.size(); i++) {
      BatchedValue result = results.get(i);
      if (result.batched() && !force[i]) {
        throw new IllegalStateException("vmap: result " + i + " of a region came out batched");
      }
      values.add(force[i] ? full(scope, result) : result.value());
    }
    return block.returns(values);
  }

  /** Emits the ops of {@code block} and returns its results. */
  List<BatchedValue> evaluate(Block block, Scope scope) {
    for (Op op : block.ops()) {
      emit(op, scope);
    }
    return block.results().stream().map(scope::get).toList();
  }

  private void emit(Op op, Scope scope) {
    scope.builder().location(op.location());
    List<BatchedValue> operands = new ArrayList<>(op.operands().size());
    boolean needsRule = facts.usesAxis(op);
    for (Value operand : op.operands()) {
      BatchedValue value = scope.get(operand);
      operands.add(value);
      needsRule |= value.batched();
    }
    // A check fails for the elements that it is meant for only.
    needsRule |= CallBatching.isCheck(op) && scope.taking() != null;
    if (!needsRule) {
      for (Value captured : facts.captures(op)) {
        needsRule |= scope.isBatched(captured);
      }
    }
    if (needsRule) {
      scope.putAll(op.results(), new OpContext(this, scope, op, operands).apply());
    } else {
      copy(op, scope, operands);
    }
  }

  /** Copies an op that the whole batch shares. */
  private void copy(Op op, Scope scope, List<BatchedValue> operands) {
    List<Block> regions = new ArrayList<>(op.regions().size());
    for (Block region : op.regions()) {
      boolean[] mask = new boolean[region.arguments().size()];
      regions.add(region(region, scope, mask, new boolean[region.results().size()]));
    }
    Op copied =
        new Op(
            op.code(),
            op.name(),
            operands.stream().map(BatchedValue::value).toList(),
            op.attributes(),
            regions,
            op.resultTypes(),
            op.location());
    scope.builder().block().append(copied);
    for (int i = 0; i < copied.results().size(); i++) {
      scope.put(op.result(i), BatchedValue.shared(copied.result(i)));
    }
  }

  /** The value with a batch dimension, broadcast where it has none. */
  Value full(Scope scope, BatchedValue value) {
    if (value.batched()) {
      return value.value();
    }
    Value shared = value.value();
    Value copy = scope.copyOf(shared);
    if (copy == null) {
      copy = broadcast(scope.builder(), shared);
      scope.keepCopy(shared, copy);
    }
    return copy;
  }

  private static String at(Location location) {
    Location.Line line = location.innermostLine();
    return line == null ? "" : " (at " + line.file() + ":" + line.line() + ")";
  }

  private Value broadcast(Builder builder, Value shared) {
    if (shared.type() instanceof Type.Tuple tuple) {
      List<Value> parts = new ArrayList<>();
      for (int i = 0; i < tuple.elements().size(); i++) {
        Op part =
            builder.create(
                OpCode.GET_TUPLE_ELEMENT,
                List.of(shared),
                Map.of("index", Attribute.Int.i32(i)),
                List.of(),
                List.of(tuple.elements().get(i)));
        parts.add(broadcast(builder, part.result()));
      }
      return builder
          .create(
              OpCode.TUPLE, parts, Map.of(), List.of(), List.of(BatchTypes.batched(tuple, size)))
          .result();
    }
    if (!shared.shape().isStatic()) {
      throw new IllegalArgumentException(
          "vmap: a value whose sizes are open cannot be broadcast over the batch: got "
              + shared.tensorType().brief()
              + "; compile the program for concrete sizes first"
              + at(builder.location()));
    }
    long[] dims = BatchTypes.range(1, shared.shape().rank() + 1L);
    return builder
        .create(
            OpCode.BROADCAST_IN_DIM,
            List.of(shared),
            Map.of("broadcast_dimensions", new Attribute.Longs(dims)),
            List.of(),
            List.of(BatchTypes.batched(shared.type(), size)))
        .result();
  }
}
