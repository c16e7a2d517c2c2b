package org.cornu.tracer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.graph.CustomRule;
import org.jspecify.annotations.Nullable;

/** Functions whose derivative the user gives, and functions that are computed again. */
final class CustomDerivatives {
  private CustomDerivatives() {}

  /** A call of {@code f} whose intermediate values the backward pass computes again. */
  static @Nullable Object remat(
      String name,
      Function<@Nullable Object[], @Nullable Object> f,
      @Nullable Object[] args,
      Remat policy) {
    Tracing.Arguments arguments = Tracing.Arguments.of(args);
    Tracing.Traced traced = Tracing.trace("remat(" + name + ")", arguments, f);
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("policy", new Attribute.Str(policy.text()));
    attributes.put("prevent_cse", new Attribute.Bool(policy.preventsCse()));
    List<Tensor> results =
        Dispatch.many(
            (b, v) -> b.remat(List.of(v), traced.func(), attributes),
            traced.operands(arguments.leaves()).toArray(new Tensor[0]));
    return Trees.unflatten(traced.result(), results);
  }

  /** {@code x} under a name that policies of {@link Remat} refer to. */
  static Tensor named(Tensor x, String name) {
    return Dispatch.unary(
        x,
        (b, v) ->
            b.create(
                    OpCode.RESHAPE,
                    List.of(v),
                    Map.of(Remat.NAME, new Attribute.Str(name)),
                    List.of(),
                    List.of(v.type()))
                .result());
  }

  /**
   * A call of {@code f} with a rule for forward mode.
   *
   * @param rule {@code (argument, tangent) -> (value, tangent)}
   */
  static <A, R> R jvp(String name, F1<A, R> f, F2<A, A, Transforms.Jvp<R>> rule, A a) {
    Tracing.Arguments arguments = Tracing.Arguments.of(a);
    Tracing.Traced traced = trace("customJvp(" + name + ")", arguments, f);
    List<TensorType> types = new ArrayList<>(arguments.types());
    for (Tensor leaf : arguments.leaves()) {
      if (leaf.dtype().isInexact()) {
        types.add(leaf.type());
      }
    }
    int count = arguments.leaves().size();
    Func jvp =
        closed(
            "customJvp rule of " + name,
            types,
            in -> {
              List<Tensor> tangents = withZeros(in.subList(0, count), in.subList(count, in.size()));
              Structure structure = arguments.structures().get(0);
              Transforms.Jvp<R> out =
                  rule.apply(
                      Trees.unflatten(structure, in.subList(0, count)),
                      Trees.unflatten(structure, tangents));
              String who = "customJvp(" + name + "): the rule's ";
              requireResult(who + "value", traced, out.value());
              requireResult(who + "tangent", traced, out.tangent());
              List<Tensor> results = new ArrayList<>(Trees.leaves(out.value()));
              for (Tensor tangent : Trees.leaves(out.tangent())) {
                if (tangent.dtype().isInexact()) {
                  results.add(tangent);
                }
              }
              return results;
            });
    return call(traced, arguments, new CustomRule.Jvp(jvp));
  }

  /**
   * A call of {@code f} with a rule for reverse mode.
   *
   * @param forward the value, and what the backward rule needs
   * @param backward {@code (residuals, cotangent) -> cotangent of the argument}
   */
  static <A, R, S> R vjp(
      String name, F1<A, R> f, F1<A, Transforms.Forward<R, S>> forward, F2<S, R, A> backward, A a) {
    Tracing.Arguments arguments = Tracing.Arguments.of(a);
    Tracing.Traced traced = trace("customVjp(" + name + ")", arguments, f);
    Structure[] residualStructure = new Structure[1];
    List<TensorType> residualTypes = new ArrayList<>();
    Func fwd =
        closed(
            "customVjp forward rule of " + name,
            arguments.types(),
            in -> {
              Transforms.Forward<R, S> out =
                  forward.apply(Trees.unflatten(arguments.structures().get(0), in));
              requireResult(
                  "customVjp(" + name + "): the forward rule's value", traced, out.value());
              Trees.Flat residuals = Trees.flatten(out.residuals());
              residualStructure[0] = residuals.structure();
              residuals.leaves().forEach(t -> residualTypes.add(t.type()));
              List<Tensor> results = new ArrayList<>(Trees.leaves(out.value()));
              results.addAll(residuals.leaves());
              return results;
            });
    List<TensorType> types = new ArrayList<>(residualTypes);
    List<Tensor> results = new ArrayList<>();
    traced.func().body().results().forEach(v -> results.add(Tensor.spec(v.tensorType(), null)));
    for (Tensor result : results) {
      if (result.dtype().isInexact()) {
        types.add(result.type());
      }
    }
    int count = residualTypes.size();
    Func bwd =
        closed(
            "customVjp backward rule of " + name,
            types,
            in -> {
              List<Tensor> cotangents = withZeros(results, in.subList(count, in.size()));
              A out =
                  backward.apply(
                      Trees.unflatten(residualStructure[0], in.subList(0, count)),
                      Trees.unflatten(traced.result(), cotangents));
              Trees.Flat flat = Trees.flatten(out);
              requireSame(
                  "customVjp(" + name + "): the backward rule's result",
                  "the argument",
                  arguments.structures().get(0),
                  arguments.types(),
                  flat);
              return flat.leaves().stream().filter(t -> t.dtype().isInexact()).toList();
            });
    return call(traced, arguments, new CustomRule.Vjp(fwd, bwd));
  }

  /** What a rule returns for the function's result must look like it. */
  private static void requireResult(String what, Tracing.Traced traced, @Nullable Object got) {
    List<TensorType> types =
        traced.func().body().results().stream().map(v -> v.tensorType()).toList();
    requireSame(what, "the function's result", traced.result(), types, Trees.flatten(got));
  }

  private static void requireSame(
      String what, String of, Structure structure, List<TensorType> types, Trees.Flat got) {
    String difference = structure.difference(got.structure());
    if (difference != null) {
      throw new OpException(
          what + " must have the structure of " + of + ": " + difference,
          "return the same records, lists and maps, tensor by tensor");
    }
    for (int i = 0; i < types.size(); i++) {
      TensorType want = types.get(i);
      TensorType type = got.leaves().get(i).type();
      if (want.dtype().isInexact() && !want.equals(type)) {
        String path = structure.paths().get(i);
        throw new OpException(
            what
                + (path.isEmpty() ? "" : " leaf '" + path + "'")
                + " must be "
                + want.brief()
                + " as in "
                + of
                + ": got "
                + type.brief(),
            "a derivative has the shape and type of what it belongs to; sum over broadcast axes");
      }
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // arguments come back as they were taken apart
  private static <A, R> Tracing.Traced trace(String name, Tracing.Arguments arguments, F1<A, R> f) {
    Tracing.Traced traced = Tracing.trace(name, arguments, v -> f.apply((A) v[0]));
    requireClosed(name, traced.captures());
    return traced;
  }

  private static void requireClosed(String name, List<Tensor> captures) {
    if (!captures.isEmpty()) {
      throw new OpException(
          name
              + ": the function may not use tensors from outside, since its rule could not"
              + " differentiate them: got "
              + captures.get(0).type().brief(),
          "pass it as part of the argument");
    }
  }

  private static Func closed(
      String name, List<TensorType> types, F1<List<Tensor>, List<Tensor>> body) {
    try (Trace trace = Trace.open(Trace.Kind.FUNCTION, name, types)) {
      List<Tensor> arguments = new ArrayList<>();
      for (int i = 0; i < types.size(); i++) {
        arguments.add(trace.argument(i));
      }
      List<Tensor> results = body.apply(arguments);
      trace.block().returns(results.stream().map(trace::lift).toList());
      requireClosed(name, trace.captures());
      return new Func("rule", trace.block());
    }
  }

  /** The given tensors at the inexact positions, zeros at the others. */
  private static List<Tensor> withZeros(List<Tensor> like, List<Tensor> inexact) {
    List<Tensor> out = new ArrayList<>(like.size());
    int next = 0;
    for (Tensor t : like) {
      out.add(t.dtype().isInexact() ? inexact.get(next++) : Gradients.zeros(t.type()));
    }
    return out;
  }

  private static <R> R call(Tracing.Traced traced, Tracing.Arguments arguments, CustomRule rule) {
    List<Tensor> results =
        Dispatch.many(
            (b, v) -> b.customDerivative(List.of(v), traced.func(), rule.attributes()),
            arguments.leaves().toArray(new Tensor[0]));
    return Trees.unflatten(traced.result(), results);
  }
}
