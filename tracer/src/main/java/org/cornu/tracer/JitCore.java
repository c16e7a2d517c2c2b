package org.cornu.tracer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.runtime.CompileRequest;
import org.cornu.tracer.runtime.DeviceArray;
import org.cornu.tracer.runtime.NanHunt;
import org.cornu.tracer.runtime.Placement;
import org.cornu.tracer.runtime.Program;
import org.cornu.tracer.runtime.ProgramCache;
import org.jspecify.annotations.Nullable;

/** What the typed jit functions share: the cache from argument structure and types to programs. */
final class JitCore {
  /** Everything a traced program depends on. */
  record Key(
      List<Structure> structures, List<TensorType> types, List<@Nullable Placement> placements) {
    // Written out, as in TensorType: the first trace of a process comes by here.

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && structures.equals(key.structures)
          && types.equals(key.types)
          && placements.equals(key.placements);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * structures.hashCode() + types.hashCode()) + placements.hashCode();
    }
  }

  private record Entry(
      Key key, Func func, Program program, Structure result, DeviceArray[] captures) {
    /** True when this entry is for one tensor like {@code x} on one device, and none is traced. */
    boolean isOneTensor(Tensor x) {
      List<TensorType> types = key.types();
      if (types.size() != 1
          || key.structures().get(0) != Structure.Leaf.INSTANCE
          || !x.isConcrete()
          || Trace.current() != null) {
        return false;
      }
      TensorType want = types.get(0);
      return (want == x.type() || want.equals(x.type()))
          && x.device().placement() == null
          && key.placements().get(0) == null;
    }

    boolean matches(List<Structure> structures, List<Tensor> leaves) {
      List<TensorType> types = key.types();
      if (types.size() != leaves.size()) {
        return false;
      }
      for (int i = 0; i < types.size(); i++) {
        TensorType want = types.get(i);
        Tensor leaf = leaves.get(i);
        if (want != leaf.type() && !want.equals(leaf.type())) {
          return false;
        }
        Placement placed = leaf.isConcrete() ? leaf.device().placement() : null;
        if (placed != key.placements().get(i)
            && !java.util.Objects.equals(placed, key.placements().get(i))) {
          return false;
        }
      }
      return key.structures().equals(structures);
    }
  }

  private final String name;
  private final Function<@Nullable Object[], @Nullable Object> body;
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final Map<Key, Tracing.Traced> traces = new ConcurrentHashMap<>();
  private volatile @Nullable Entry last;
  private int[] donated = new int[0];
  private Module.@Nullable Mesh mesh;
  private @Nullable Function<Object, List<@Nullable Placement>> resultPlacements;
  private @Nullable Function<@Nullable Object[], List<@Nullable Placement>> argumentPlacements;
  private boolean inline;
  private final Recompiles recompiles;

  /**
   * For a user's function.
   *
   * @param function what is jitted, for its name
   * @param body calls it
   */
  JitCore(Object function, Function<@Nullable Object[], @Nullable Object> body) {
    this.name = Tracing.name(function);
    this.recompiles = new Recompiles(name, !UserFrame.isOperation(function.getClass()));
    this.body = body;
  }

  void donate(int... arguments) {
    donated = arguments.clone();
    entries.clear();
    last = null;
  }

  /** Compiles for a mesh even where no argument lies on it yet. */
  void mesh(Module.Mesh devices) {
    mesh = devices;
    entries.clear();
    last = null;
  }

  /** Chooses the placement of the results from the (abstract) result tree, leaf by leaf. */
  void resultPlacements(Function<Object, List<@Nullable Placement>> choose) {
    resultPlacements = choose;
    entries.clear();
    last = null;
  }

  /** Chooses where the arguments must lie, tensor by tensor; they are moved there by a call. */
  void argumentPlacements(Function<@Nullable Object[], List<@Nullable Placement>> choose) {
    argumentPlacements = choose;
    entries.clear();
    last = null;
  }

  /** Inside another trace the ops are copied in place instead of called as a function. */
  void inline() {
    inline = true;
  }

  @Nullable Object call(@Nullable Object... args) {
    Entry known = last;
    if (known != null
        && argumentPlacements == null
        && args.length == 1
        && args[0] instanceof Tensor x
        && known.isOneTensor(x)) {
      return runOne(known, x);
    }
    List<Tensor> leaves = new ArrayList<>();
    List<Structure> structures = new ArrayList<>(args.length);
    for (Object arg : args) {
      structures.add(Trees.flatten(arg, leaves));
    }
    Trace outer = Trace.current();
    if (outer != null) {
      if (argumentPlacements != null) {
        place(argumentPlacements.apply(args), leaves);
      }
      return callTraced(outer, new Tracing.Arguments(structures, leaves));
    }
    if (argumentPlacements != null) {
      place(argumentPlacements.apply(args), leaves);
    }
    Entry entry = last;
    if (entry == null || !entry.matches(structures, leaves)) {
      entry = lookup(new Tracing.Arguments(structures, leaves));
      last = entry;
    }
    int count = leaves.size();
    DeviceArray[] inputs = new DeviceArray[count + entry.captures.length];
    for (int i = 0; i < count; i++) {
      inputs[i] = leaves.get(i).device();
    }
    System.arraycopy(entry.captures, 0, inputs, count, entry.captures.length);
    return run(entry, inputs);
  }

  private void place(List<@Nullable Placement> placements, List<Tensor> leaves) {
    if (placements.size() != leaves.size()) {
      throw new OpException(
          "jit("
              + name
              + "): placeArguments: one placement per tensor is needed: got "
              + placements.size()
              + " for "
              + leaves.size()
              + " tensors",
          "null leaves a tensor where it is");
    }
    for (int i = 0; i < leaves.size(); i++) {
      Placement placement = placements.get(i);
      if (placement != null) {
        // Inside another trace this is a constraint on the value.
        leaves.set(i, Sharded.constrain(leaves.get(i), placement));
      }
    }
  }

  /** The everyday case of one tensor, without taking trees apart. */
  private static @Nullable Object runOne(Entry entry, Tensor x) {
    DeviceArray[] inputs = new DeviceArray[1 + entry.captures.length];
    inputs[0] = x.device();
    System.arraycopy(entry.captures, 0, inputs, 1, entry.captures.length);
    return run(entry, inputs);
  }

  private static @Nullable Object run(Entry entry, DeviceArray[] inputs) {
    DeviceArray[] outputs = entry.program.run(inputs);
    if (NanHunt.isOn()) {
      NanHunt.check(entry.func.name(), entry.func, inputs, outputs);
    }
    return results(entry.result, outputs);
  }

  /** The tree around the outputs of a program. */
  static @Nullable Object results(Structure structure, DeviceArray[] outputs) {
    if (structure == Structure.Leaf.INSTANCE) {
      return Tensor.of(outputs[0]);
    }
    Object[] results = new Object[outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Tensor.of(outputs[i]);
    }
    return structure.build(new Structure.Cursor(results));
  }

  private Entry lookup(Tracing.Arguments arguments) {
    Key key = key(arguments);
    Entry known = entries.get(key);
    if (known != null) {
      return known;
    }
    // Two threads may trace at once, each on its own: waiting for the other's user code could wait
    // for ever. The program below them is compiled once.
    Entry built = build(key, arguments);
    Entry other = entries.putIfAbsent(key, built);
    return other != null ? other : built;
  }

  private static Key key(Tracing.Arguments arguments) {
    List<@Nullable Placement> placements = new ArrayList<>();
    for (Tensor leaf : arguments.leaves()) {
      placements.add(leaf.isConcrete() ? leaf.device().placement() : null);
    }
    return new Key(
        List.copyOf(arguments.structures()),
        arguments.types(),
        java.util.Collections.unmodifiableList(placements));
  }

  private Entry build(Key key, Tracing.Arguments arguments) {
    Tracing.Traced traced = trace(key, arguments);
    DeviceArray[] captures = new DeviceArray[traced.captures().size()];
    for (int i = 0; i < captures.length; i++) {
      captures[i] = traced.captures().get(i).device();
    }
    String reason = recompiles.explain(key);
    Program program = ProgramCache.get(request(key, arguments, traced, captures), reason);
    return new Entry(key, traced.func(), program, traced.result(), captures);
  }

  private Tracing.Traced trace(Key key, Tracing.Arguments arguments) {
    Tracing.Traced known = traces.get(key);
    if (known != null) {
      return known;
    }
    for (int i = 0; i < arguments.structures().size(); i++) {
      StaticValues.requireImmutable(
          "jit(" + name + "): argument " + i, arguments.structures().get(i));
    }
    TraceEvent event = new TraceEvent();
    event.begin();
    Tracing.Traced traced = Tracing.trace("jit(" + name + ")", arguments, body);
    if (event.shouldCommit()) {
      event.function = name;
      event.tensors = arguments.leaves().size();
      event.commit();
    }
    if (traced.captures().stream().noneMatch(Tensor::isTraced)) {
      traces.put(key, traced);
    }
    return traced;
  }

  private CompileRequest request(
      Key key, Tracing.Arguments arguments, Tracing.Traced traced, DeviceArray[] captures) {
    boolean[] donate = new boolean[arguments.leaves().size() + captures.length];
    for (int argument : NanHunt.isOn() ? new int[0] : donated) {
      if (argument < 0 || argument >= arguments.structures().size()) {
        throw new OpException(
            "jit("
                + name
                + "): donate: there are "
                + arguments.structures().size()
                + " arguments, got position "
                + argument,
            "positions count from 0");
      }
      int start = arguments.start(argument);
      java.util.Arrays.fill(donate, start, start + arguments.count(argument), true);
    }
    List<@Nullable Placement> placements = new ArrayList<>(key.placements());
    for (DeviceArray capture : captures) {
      placements.add(capture.placement());
    }
    Module.Mesh devices = mesh;
    for (Placement placement : placements) {
      devices = placement != null ? placement.mesh() : devices;
    }
    List<@Nullable Placement> results = List.of();
    if (devices != null && resultPlacements != null) {
      List<Tensor> specs = new ArrayList<>();
      traced.func().type().results().forEach(t -> specs.add(Tensor.spec((TensorType) t, null)));
      Object tree = Trees.unflatten(traced.result(), specs);
      results = resultPlacements.apply(tree);
    }
    return new CompileRequest(traced.func(), devices, placements, results, donate);
  }

  private @Nullable Object callTraced(Trace outer, Tracing.Arguments arguments) {
    Tracing.Traced traced = trace(key(arguments), arguments);
    if (inline) {
      return Trees.unflatten(
          traced.result(), Dispatch.call(traced.func(), traced.operands(arguments.leaves())));
    }
    List<Value> operands = new ArrayList<>();
    for (Tensor leaf : traced.operands(arguments.leaves())) {
      operands.add(outer.lift(leaf));
    }
    outer.builder().location(outer.line());
    List<Tensor> results = new ArrayList<>();
    for (Value value : outer.builder().call(traced.func(), operands)) {
      results.add(outer.wrap(value));
    }
    return Trees.unflatten(traced.result(), results);
  }

  /** The program for arguments of these types, compiled but not run. */
  <F> Lowered<F> lower(@Nullable Object... args) {
    Tracing.Arguments arguments = Tracing.Arguments.of(args);
    Key key = key(arguments);
    Tracing.Traced traced = trace(key, arguments);
    DeviceArray[] captures = new DeviceArray[traced.captures().size()];
    for (int i = 0; i < captures.length; i++) {
      captures[i] = traced.captures().get(i).device();
    }
    return new Lowered<>(
        request(key, arguments, traced, captures), key.structures(), traced.result(), captures);
  }

  /** Why each program was traced and compiled, in order; the oldest 64. */
  List<String> recompiles() {
    return recompiles.reasons();
  }

  /** The warnings about compiling over and over. */
  List<String> recompileWarnings() {
    return recompiles.warnings();
  }

  /** Number of different programs this function has been traced to. */
  int cacheSize() {
    return entries.size();
  }
}
