package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.Dispatch;
import org.cornu.tracer.F1;
import org.cornu.tracer.F2;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Structure;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trace;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/** The part of {@link Lax} that branches and loops inside a program. */
abstract sealed class LaxControl extends LaxLinear permits LaxCollective {

  /** What a traced region returned. */
  private record Region(Block block, Structure structure) {}

  private static Region region(
      String name, List<? extends Type> arguments, F1<List<Tensor>, @Nullable Object> body) {
    try (Trace trace = Trace.open(Trace.Kind.REGION, name, arguments)) {
      List<Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        inputs.add(trace.argument(i));
      }
      Trees.Flat out = Trees.flatten(body.apply(inputs));
      List<Value> values = new ArrayList<>();
      for (Tensor leaf : out.leaves()) {
        values.add(trace.lift(leaf));
      }
      return new Region(trace.block().returns(values), out.structure());
    }
  }

  /** Runs a recording of {@code body} as one program when no trace is current. */
  private static <R> R recorded(Supplier<R> body) {
    return Trace.current() != null
        ? body.get()
        : Transforms.jit((Integer unused) -> body.get()).apply(0);
  }

  /**
   * One of two branches, chosen by a scalar bool at run time; only the chosen one runs. Both must
   * return the same structure and types. Branches may use tensors from outside.
   */
  public static <R> R cond(Tensor pred, Supplier<R> onTrue, Supplier<R> onFalse) {
    if (pred.rank() != 0 || !pred.dtype().isBool()) {
      throw new OpException(
          "cond: the predicate must be a scalar bool: got " + pred.type().brief(),
          "compare (x.gt(0)) or reduce (Np.any) it first; Np.where chooses element by element");
    }
    return recorded(
        () -> {
          Tensor index = convertToIndex(pred);
          return branches("cond", index, List.of(onFalse, onTrue));
        });
  }

  /** Like {@link #cond(Tensor, Supplier, Supplier)}; the branches get an operand. */
  public static <A, R> R cond(Tensor pred, F1<A, R> onTrue, F1<A, R> onFalse, A operand) {
    return cond(pred, () -> onTrue.apply(operand), () -> onFalse.apply(operand));
  }

  private static Tensor convertToIndex(Tensor pred) {
    return Lax.convertElementType(pred, DType.I32);
  }

  /**
   * The branch whose number is {@code index} (a scalar i32, clamped into range); only that one
   * runs.
   */
  public static <R> R switchCase(Tensor index, List<Supplier<R>> branches) {
    if (index.rank() != 0 || index.dtype() != DType.I32) {
      throw new OpException(
          "switchCase: the index must be a scalar i32: got " + index.type().brief(),
          "convert it with astype(DType.I32)");
    }
    return recorded(
        () -> {
          Tensor clamped =
              clamp(Lax.full(DType.I32, 0), index, Lax.full(DType.I32, branches.size() - 1.0));
          return branches("switchCase", clamped, branches);
        });
  }

  /** Like {@link #switchCase(Tensor, List)}; the branches get an operand. */
  public static <A, R> R switchCase(Tensor index, List<F1<A, R>> branches, A operand) {
    List<Supplier<R>> bound = new ArrayList<>();
    for (F1<A, R> branch : branches) {
      bound.add(() -> branch.apply(operand));
    }
    return switchCase(index, bound);
  }

  private static <R> R branches(String name, Tensor index, List<Supplier<R>> branches) {
    List<Block> blocks = new ArrayList<>();
    Region first = null;
    for (int i = 0; i < branches.size(); i++) {
      Supplier<R> branch = branches.get(i);
      Region region = region(name + " branch " + i, List.of(), unused -> branch.get());
      if (first == null) {
        first = region;
      } else {
        requireSame(name + ": branches 0 and " + i + " must return the same", first, region);
      }
      blocks.add(region.block());
    }
    if (first == null) {
      throw new OpException(name + ": at least one branch is needed");
    }
    List<Tensor> results = Dispatch.many((b, v) -> b.caseOf(v[0], blocks), index);
    return Trees.unflatten(first.structure(), results);
  }

  private static void requireSame(String what, Region a, Region b) {
    String difference = a.structure().difference(b.structure());
    if (difference != null) {
      throw new OpException(what + ": " + difference, "return the same records, lists and maps");
    }
    requireTypes(what, a.structure(), a.block().resultTypes(), b.block().resultTypes());
  }

  private static void requireTypes(
      String what, Structure structure, List<Type> a, List<? extends Type> b) {
    for (int i = 0; i < a.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        String path = structure.paths().get(i);
        throw new OpException(
            what
                + ": "
                + (path.isEmpty() ? "the tensor" : "leaf '" + path + "'")
                + " is "
                + ((TensorType) a.get(i)).brief()
                + " against "
                + ((TensorType) b.get(i)).brief(),
            "convert with astype, or fix the shape, so that both agree");
      }
    }
  }

  /**
   * Repeats {@code body} while {@code condition} holds for the carried value. The trip count may
   * depend on data; derivative in forward mode only (use {@link #scan} or {@link #foriLoop} with a
   * known trip count for reverse mode).
   */
  public static <C> C whileLoop(F1<C, Tensor> condition, F1<C, C> body, C init) {
    return recorded(() -> loop("whileLoop", condition, body, init));
  }

  private static <C> C loop(String name, F1<C, Tensor> condition, F1<C, C> body, C init) {
    Trees.Flat flat = Trees.flatten(init);
    List<Type> types = types(flat);
    Region test =
        region(
            name + " condition",
            types,
            in -> condition.apply(Trees.<C>unflatten(flat.structure(), in)));
    List<Type> pred = test.block().resultTypes();
    if (pred.size() != 1 || !pred.get(0).equals(TensorType.of(DType.BOOL))) {
      throw new OpException(
          name
              + ": the condition must return a scalar bool: got "
              + (pred.size() == 1 && pred.get(0) instanceof TensorType type ? type.brief() : pred),
          "compare (c.lt(10)) or reduce (Np.all, Np.any) to one bool");
    }
    Region step =
        region(name + " body", types, in -> body.apply(Trees.<C>unflatten(flat.structure(), in)));
    requireCarry(name, flat.structure(), types, step.structure(), step.block().resultTypes());
    List<Tensor> out =
        Dispatch.many(
            (b, v) -> b.whileLoop(Arrays.asList(v), test.block(), step.block()),
            flat.leaves().toArray(new Tensor[0]));
    return Trees.unflatten(flat.structure(), out);
  }

  private static void requireCarry(
      String name, Structure want, List<Type> types, Structure got, List<Type> results) {
    String what = name + ": the carried value must keep its structure and types";
    String difference = want.difference(got);
    if (difference != null) {
      throw new OpException(
          what + ": " + difference, "return what the step was given, with other values");
    }
    requireTypes(what, want, types, results);
  }

  /**
   * {@code init} after {@code body(i, value)} for i = lower, …, upper - 1. The trip count is known,
   * so both modes of differentiation work. The index is a scalar i32.
   */
  public static <C> C foriLoop(int lower, int upper, F2<Tensor, C, C> body, C init) {
    return foriLoop(lower, upper, body, init, 1);
  }

  /**
   * Like {@link #foriLoop(int, int, F2, Object)}.
   *
   * @param unroll steps per iteration of the compiled loop
   */
  public static <C> C foriLoop(int lower, int upper, F2<Tensor, C, C> body, C init, long unroll) {
    long length = Math.max(0, (long) upper - lower);
    Scanned<IndexCarry<C>, List<Tensor>> out =
        scan(
            (IndexCarry<C> carry, List<Tensor> none) -> new Step<>(carry.next(body), none),
            new IndexCarry<>(Lax.full(DType.I32, lower), init),
            List.of(),
            length,
            new ScanOptions(false, unroll));
    return out.carry().value();
  }

  /**
   * {@code init} after {@code body(i, value)} for i = lower, …, upper - 1, with bounds that are
   * known only when the program runs, scalars of one integer type. As of {@link #whileLoop}, the
   * derivative exists in forward mode only.
   */
  public static <C> C foriLoop(Tensor lower, Tensor upper, F2<Tensor, C, C> body, C init) {
    if (lower.rank() != 0 || !lower.dtype().isInteger() || !lower.type().equals(upper.type())) {
      throw new OpException(
          "foriLoop: the bounds must be scalars of one integer type: got "
              + lower.type().brief()
              + " and "
              + upper.type().brief(),
          "convert them with astype(DType.I32)");
    }
    return whileLoop(
            (IndexCarry<C> carry) -> lt(carry.index(), upper),
            carry -> carry.next(body),
            new IndexCarry<>(lower, init))
        .value();
  }

  private record IndexCarry<C>(Tensor index, C value) {
    IndexCarry<C> next(F2<Tensor, C, C> body) {
      C after = body.apply(index, value);
      Trees.Flat want = Trees.flatten(value);
      Trees.Flat got = Trees.flatten(after);
      requireCarry("foriLoop", want.structure(), types(want), got.structure(), types(got));
      return new IndexCarry<>(add(index, Lax.fullLike(index, 1)), after);
    }
  }

  private static List<Type> types(Trees.Flat flat) {
    return flat.leaves().stream().<Type>map(Tensor::type).toList();
  }

  /** What one step of {@link #scan} returns: the next carried value and one slice of the output. */
  public record Step<C, Y>(C carry, Y y) {}

  /** What {@link #scan} returns: the last carried value and the stacked outputs. */
  public record Scanned<C, Y>(C carry, Y ys) {}

  /**
   * How {@link #scan} runs.
   *
   * @param reverse from the last slice to the first; outputs stand where their inputs do
   * @param unroll steps per iteration of the compiled loop, at least 1
   */
  public record ScanOptions(boolean reverse, long unroll) {
    /** Forward, one step per iteration. */
    public static final ScanOptions DEFAULT = new ScanOptions(false, 1);

    /** Checks the options. */
    public ScanOptions {
      if (unroll < 1) {
        throw new OpException(
            "scan: unroll must be at least 1: got " + unroll, "1 is a plain loop");
      }
    }
  }

  /**
   * Runs {@code f} over the leading axis of the tensors of {@code xs}, carrying a value along.
   *
   * @param xs tensors of equal leading size, the number of steps
   * @return the last carried value, and the outputs stacked on a new leading axis
   */
  public static <C, X, Y> Scanned<C, Y> scan(F2<C, X, Step<C, Y>> f, C init, X xs) {
    return scan(f, init, xs, ScanOptions.DEFAULT);
  }

  /** Like {@link #scan(F2, Object, Object)}, backward or unrolled. */
  public static <C, X, Y> Scanned<C, Y> scan(
      F2<C, X, Step<C, Y>> f, C init, X xs, ScanOptions options) {
    List<Tensor> leaves = Trees.leaves(xs);
    if (leaves.isEmpty() || leaves.get(0).rank() == 0) {
      throw new OpException(
          "scan: xs must hold tensors with a leading axis: got "
              + (leaves.isEmpty() ? "none" : leaves.get(0).type().brief()),
          "give a length when there are none: scan(f, init, xs, length)");
    }
    return scan(f, init, xs, leaves.get(0).shape().dim(0), options);
  }

  /** Like {@link #scan(F2, Object, Object)} with the number of steps given. */
  public static <C, X, Y> Scanned<C, Y> scan(F2<C, X, Step<C, Y>> f, C init, X xs, long length) {
    return scan(f, init, xs, length, ScanOptions.DEFAULT);
  }

  /** Like {@link #scan(F2, Object, Object, long)}, backward or unrolled. */
  public static <C, X, Y> Scanned<C, Y> scan(
      F2<C, X, Step<C, Y>> f, C init, X xs, long length, ScanOptions options) {
    if (length < 0) {
      throw new OpException(
          "scan: the length must be at least 0: got " + length, "count the steps from 0");
    }
    return recorded(() -> scanTraced(f, init, xs, length, options));
  }

  private static <C, X, Y> Scanned<C, Y> scanTraced(
      F2<C, X, Step<C, Y>> f, C init, X xs, long length, ScanOptions options) {
    Trees.Flat carry = Trees.flatten(init);
    Trees.Flat inputs = Trees.flatten(xs);
    List<Type> types = new ArrayList<>();
    carry.leaves().forEach(t -> types.add(t.type()));
    List<String> paths = inputs.structure().paths();
    for (int i = 0; i < paths.size(); i++) {
      TensorType type = inputs.leaves().get(i).type();
      if (type.rank() == 0 || type.dim(0) != length) {
        throw new OpException(
            "scan: xs leaf '"
                + paths.get(i)
                + "' must have a leading axis of size "
                + length
                + ": got "
                + type.brief(),
            "all tensors of xs are sliced along axis 0; let f capture what it needs whole");
      }
      types.add(TensorType.of(type.element(), type.shape().remove(0)));
    }
    Body body = body(f, carry, inputs, types);
    return finish(body, carry, inputs, length, options);
  }

  /** The recorded body of a scan: arguments carry, slices of xs, then captures. */
  private record Body(Block block, Structure ys, List<Tensor> captures) {}

  private static <C, X, Y> Body body(
      F2<C, X, Step<C, Y>> f, Trees.Flat carry, Trees.Flat inputs, List<Type> types) {
    int carries = carry.leaves().size();
    try (Trace trace = Trace.open(Trace.Kind.FUNCTION, "scan body", types)) {
      List<Tensor> arguments = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        arguments.add(trace.argument(i));
      }
      Step<C, Y> step =
          f.apply(
              Trees.unflatten(carry.structure(), arguments.subList(0, carries)),
              Trees.unflatten(inputs.structure(), arguments.subList(carries, types.size())));
      Trees.Flat next = Trees.flatten(step.carry());
      Trees.Flat ys = Trees.flatten(step.y());
      List<Value> results = new ArrayList<>();
      next.leaves().forEach(t -> results.add(trace.lift(t)));
      ys.leaves().forEach(t -> results.add(trace.lift(t)));
      trace.block().returns(results);
      requireCarry(
          "scan",
          carry.structure(),
          types.subList(0, carries),
          next.structure(),
          trace.block().resultTypes().subList(0, next.leaves().size()));
      return new Body(trace.block(), ys.structure(), List.copyOf(trace.captures()));
    }
  }

  private static <C, Y> Scanned<C, Y> finish(
      Body body, Trees.Flat carry, Trees.Flat inputs, long length, ScanOptions options) {
    int consts = body.captures().size();
    int carries = carry.leaves().size();
    List<Tensor> operands = new ArrayList<>(body.captures());
    operands.addAll(carry.leaves());
    operands.addAll(inputs.leaves());
    Block region = capturesFirst(body.block(), consts);
    List<Tensor> out =
        Dispatch.many(
            (b, v) -> {
              List<Value> all = Arrays.asList(v);
              return b.scan(
                  all.subList(0, consts),
                  all.subList(consts, consts + carries),
                  all.subList(consts + carries, all.size()),
                  length,
                  options.reverse(),
                  options.unroll(),
                  region);
            },
            operands.toArray(new Tensor[0]));
    return new Scanned<>(
        Trees.unflatten(carry.structure(), out.subList(0, carries)),
        Trees.unflatten(body.ys(), out.subList(carries, out.size())));
  }

  /** The body with its last {@code consts} arguments, the captures, moved to the front. */
  private static Block capturesFirst(Block body, int consts) {
    int own = body.arguments().size() - consts;
    List<Value> order = new ArrayList<>(body.arguments().subList(own, own + consts));
    order.addAll(body.arguments().subList(0, own));
    Block out = new Block(Value.types(order));
    org.cornu.tracer.graph.Inliner copy =
        new org.cornu.tracer.graph.Inliner(out).map(order, out.arguments());
    body.ops().forEach(copy::copy);
    return out.returns(copy.get(body.results()));
  }

  /** {@code f} applied to every slice of the leading axis of {@code xs}, results stacked. */
  public static <X, Y> Y map(F1<X, Y> f, X xs) {
    return scan((List<Tensor> none, X x) -> new Step<>(none, f.apply(x)), List.<Tensor>of(), xs)
        .ys();
  }

  /**
   * Like {@link #map(F1, Object)}, but {@code batchSize} slices at a time are computed together, as
   * by {@code vmap}: faster than one by one, with less memory than all at once. What is left over
   * at the end is one smaller batch.
   */
  public static <X, Y> Y map(F1<X, Y> f, X xs, int batchSize) {
    List<Tensor> leaves = Trees.leaves(xs);
    if (batchSize < 1) {
      throw new OpException(
          "map: the batch size must be at least 1: got " + batchSize, "1 runs one by one");
    }
    if (leaves.isEmpty() || leaves.get(0).rank() == 0) {
      throw new OpException(
          "map: xs must hold tensors with a leading axis", "use vmap for other axes");
    }
    long size = leaves.get(0).shape().dim(0);
    long batches = size / batchSize;
    long whole = batches * batchSize;
    F1<X, Y> batched = Transforms.vmap(f);
    if (batches == 0) {
      return batched.apply(xs);
    }
    return recorded(
        () -> {
          X head =
              Trees.map(
                  xs,
                  t -> {
                    Tensor kept = Lax.sliceInDim(t, 0, whole, 1, 0);
                    return reshape(kept, t.shape().with(0, batchSize).insert(0, batches).dims());
                  });
          Y blocks = map(batched, head);
          Y flat = Trees.map(blocks, t -> reshape(t, t.shape().remove(0).with(0, whole).dims()));
          if (whole == size) {
            return flat;
          }
          Y tail = batched.apply(Trees.map(xs, t -> Lax.sliceInDim(t, whole, size, 1, 0)));
          return Trees.map(flat, tail, (a, b) -> Lax.concatenate(List.of(a, b), 0));
        });
  }

  /**
   * All prefixes of a sequence combined by an associative function, in logarithmic depth.
   *
   * @param f combines slices {@code [..., n, ...]} of two trees element by element
   * @param xs tensors of equal size along {@code axis}
   * @param reverse suffixes instead of prefixes
   */
  public static <X> X associativeScan(F2<X, X, X> f, X xs, boolean reverse, int axis) {
    return recorded(() -> Np.associativeScan(f, xs, reverse, axis));
  }

  /** All prefixes along axis 0 combined by an associative function, in logarithmic depth. */
  public static <X> X associativeScan(F2<X, X, X> f, X xs) {
    return associativeScan(f, xs, false, 0);
  }

  /** The operands, computed together: the compiler does not move work across. */
  public static <A> A optimizationBarrier(A tree) {
    Trees.Flat flat = Trees.flatten(tree);
    return Trees.unflatten(
        flat.structure(),
        Dispatch.many(
            (b, v) -> b.optimizationBarrier(Arrays.asList(v)),
            flat.leaves().toArray(new Tensor[0])));
  }
}
