package org.cornu.tracer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.tracer.autodiff.Differentiation;
import org.cornu.tracer.autodiff.JvpResult;
import org.cornu.tracer.graph.Inliner;
import org.jspecify.annotations.Nullable;

/** Derivatives of users' functions: traces, differentiates the graph, calls it. */
final class Gradients {
  private Gradients() {}

  @SuppressWarnings("NullAway") // there is no auxiliary data
  static <A> ValueAndGrad<A> valueAndGrad(
      String name, Function<@Nullable Object[], Tensor> f, @Nullable Object[] args) {
    Transforms.ValueGradAux<A, @Nullable Object> out =
        withAux(name, v -> new Transforms.WithAux<@Nullable Object>(f.apply(v), null), args);
    return new ValueAndGrad<>(out.value(), out.grad());
  }

  @SuppressWarnings("unchecked") // the gradient has the structure of the first argument
  static <A, X> Transforms.ValueGradAux<A, X> withAux(
      String name, Function<@Nullable Object[], Transforms.WithAux<X>> f, @Nullable Object[] args) {
    Tracing.Arguments arguments = Tracing.Arguments.of(args);
    requireInexact("grad(" + name + ")", arguments);
    Tracing.Traced traced = Tracing.trace("grad(" + name + ")", arguments, f::apply);
    Func func = onlyFirstActive(traced.func());
    TensorType loss = func.body().results().get(0).tensorType();
    if (loss.rank() != 0 || !loss.dtype().isFloat()) {
      throw new OpException(
          "grad(" + name + "): the function must return a real scalar: got " + loss.brief(),
          "reduce it first (mean, sum), or use vjp, jacrev for other results");
    }
    boolean[] active = arguments.mask(0, traced.captures().size());
    Differentiation.VjpResult vjp = Differentiation.vjp(func, active);
    Block block = new Block(func.type().inputs());
    List<Value> operands = new ArrayList<>(block.arguments());
    if (vjp.activeResults()[0]) {
      operands.add(new Builder(block).constant(loss.dtype(), 1));
    }
    block.returns(new Inliner(block).inline(vjp.func().body(), operands));
    List<Tensor> results =
        Dispatch.call(
            new Func(traced.func().name() + "_grad", block), traced.operands(arguments.leaves()));
    int count = traced.result().leafCount();
    Transforms.WithAux<X> value = Trees.unflatten(traced.result(), results.subList(0, count));
    A grad =
        (A) Trees.unflatten(arguments.structures().get(0), results.subList(count, results.size()));
    return new Transforms.ValueGradAux<>(value.value(), grad, value.aux());
  }

  private static void requireInexact(String name, Tracing.Arguments arguments) {
    List<String> paths = arguments.structures().get(0).paths();
    for (int i = 0; i < paths.size(); i++) {
      TensorType type = arguments.leaves().get(i).type();
      if (!type.dtype().isInexact()) {
        throw new OpException(
            name
                + ": leaf '"
                + paths.get(i)
                + "' of the first argument is "
                + type.brief()
                + ", which has no derivative",
            "pass it as another argument, or convert it with astype");
      }
    }
  }

  /** The derivative of a holomorphic function. */
  static <A> A holomorphic(String name, F1<A, Tensor> f, A a) {
    for (Tensor leaf : Trees.leaves(a)) {
      if (!leaf.dtype().isComplex()) {
        throw new OpException(
            "gradHolomorphic(" + name + "): arguments must be complex: got " + leaf.type().brief(),
            "use grad for real arguments");
      }
    }
    Transforms.Vjp<A, Tensor> vjp = Transforms.vjp(f, a);
    TensorType type = vjp.value().type();
    if (type.rank() != 0 || !type.dtype().isComplex()) {
      throw new OpException(
          "gradHolomorphic("
              + name
              + "): the function must return a complex scalar: got "
              + type.brief(),
          "use grad for a real one, vjp for others");
    }
    return vjp.pullback().apply(Dispatch.one((b, v) -> b.constant(type, 1)));
  }

  /** The function with the derivative of all results but the first cut. */
  private static Func onlyFirstActive(Func func) {
    Block body = func.body();
    if (body.results().size() == 1) {
      return func;
    }
    Block block = new Block(body.argumentTypes());
    List<Value> results = new ArrayList<>(new Inliner(block).inline(body, block.arguments()));
    Builder b = new Builder(block);
    for (int i = 1; i < results.size(); i++) {
      if (results.get(i).dtype().isInexact()) {
        results.set(i, b.stopGradient(results.get(i)));
      }
    }
    return new Func(func.name(), block.returns(results));
  }

  static boolean[] inexact(List<? extends Type> types) {
    boolean[] out = new boolean[types.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = types.get(i) instanceof TensorType tensor && tensor.dtype().isInexact();
    }
    return out;
  }

  @SuppressWarnings("unchecked") // results have the structure that f returned
  static <R> Transforms.Jvp<R> jvp(
      String name, Function<@Nullable Object[], Object> f, Object a, Object tangent) {
    Tracing.Arguments arguments = Tracing.Arguments.of(a);
    Tracing.Arguments tangents = Tracing.Arguments.of(tangent);
    requireSame("jvp(" + name + "): tangent", arguments, tangents);
    Tracing.Traced traced = Tracing.trace("jvp(" + name + ")", arguments, f::apply);
    boolean[] active =
        Arrays.copyOf(
            inexact(arguments.types()), arguments.leaves().size() + traced.captures().size());
    JvpResult jvp = Differentiation.jvp(traced.func(), active);
    List<Tensor> operands = traced.operands(arguments.leaves());
    for (int i = 0; i < arguments.leaves().size(); i++) {
      if (active[i]) {
        operands.add(tangents.leaves().get(i));
      }
    }
    List<Tensor> results = Dispatch.call(jvp.func(), operands);
    int count = traced.result().leafCount();
    return new Transforms.Jvp<>(
        (R) Trees.unflatten(traced.result(), results.subList(0, count)),
        (R)
            Trees.unflatten(
                traced.result(),
                spread(
                    results.subList(0, count),
                    results.subList(count, results.size()),
                    jvp.activeResults())));
  }

  /** The tangents of the active results, with zeros for the others. */
  private static List<Tensor> spread(List<Tensor> results, List<Tensor> some, boolean[] active) {
    List<Tensor> out = new ArrayList<>(results.size());
    int next = 0;
    for (int i = 0; i < results.size(); i++) {
      out.add(active[i] ? some.get(next++) : zeros(results.get(i).type()));
    }
    return out;
  }

  static Tensor zeros(TensorType type) {
    return Dispatch.one((b, v) -> b.constant(type, 0));
  }

  private static void requireSame(
      String what, Tracing.Arguments arguments, Tracing.Arguments other) {
    for (int i = 0; i < arguments.structures().size(); i++) {
      String difference = arguments.structures().get(i).difference(other.structures().get(i));
      if (difference != null) {
        throw new OpException(
            what + " must have the structure of the argument: " + difference,
            "give one tangent per tensor of the argument, zeros where there is none");
      }
    }
    for (int i = 0; i < arguments.leaves().size(); i++) {
      TensorType want = arguments.leaves().get(i).type();
      TensorType got = other.leaves().get(i).type();
      if (want.dtype().isInexact() && !want.equals(got)) {
        throw new OpException(
            what + ": leaf " + i + " must be " + want.brief() + ", got " + got.brief(),
            "a tangent has the shape and type of its argument");
      }
    }
  }

  private record Split(
      Object value,
      Tracing.Traced traced,
      Tracing.Arguments arguments,
      boolean[] active,
      Differentiation.Linearized linear,
      List<Tensor> results,
      List<Tensor> residuals) {}

  private static Split split(String name, Function<@Nullable Object[], Object> f, Object a) {
    Tracing.Arguments arguments = Tracing.Arguments.of(a);
    Tracing.Traced traced = Tracing.trace(name, arguments, f::apply);
    boolean[] active =
        Arrays.copyOf(
            inexact(arguments.types()), arguments.leaves().size() + traced.captures().size());
    Differentiation.Linearized linear = Differentiation.linearize(traced.func(), active);
    List<Tensor> out = Dispatch.call(linear.known(), traced.operands(arguments.leaves()));
    int count = traced.result().leafCount();
    List<Tensor> results = out.subList(0, count);
    return new Split(
        Trees.unflatten(traced.result(), results),
        traced,
        arguments,
        active,
        linear,
        results,
        out.subList(count, out.size()));
  }

  @SuppressWarnings("unchecked") // results have the structure that f returned
  static <A, R> Transforms.Linearized<A, R> linearize(
      String name, Function<@Nullable Object[], Object> f, A a) {
    Split split = split("linearize(" + name + ")", f, a);
    Differentiation.requireForwardMode(split.linear().linear());
    return new Transforms.Linearized<>(
        (R) split.value(),
        tangent -> {
          Tracing.Arguments tangents = Tracing.Arguments.of(tangent);
          requireSame("linearize(" + name + "): tangent", split.arguments(), tangents);
          List<Tensor> operands = new ArrayList<>(split.residuals());
          for (int i = 0; i < tangents.leaves().size(); i++) {
            if (split.active()[i]) {
              operands.add(tangents.leaves().get(i));
            }
          }
          List<Tensor> some = Dispatch.call(split.linear().linear(), operands);
          return (R)
              Trees.unflatten(
                  split.traced().result(),
                  spread(split.results(), some, split.linear().activeResults()));
        });
  }

  @SuppressWarnings("unchecked") // results have the structure that f returned
  static <A, R> Transforms.Vjp<A, R> vjp(String name, Function<@Nullable Object[], Object> f, A a) {
    Split split = split("vjp(" + name + ")", f, a);
    Func linear = split.linear().linear();
    int residuals = split.residuals().size();
    boolean[] mask = new boolean[linear.type().inputs().size()];
    Arrays.fill(mask, residuals, mask.length, true);
    Differentiation.TransposeResult transposed = Differentiation.transpose(linear, mask);
    // A tangent that is zero whatever the argument takes no cotangent, and comes back as it is.
    boolean[] linearResults = transposed.linearResults();
    int zeros = 0;
    for (boolean isLinear : linearResults) {
      zeros += isLinear ? 0 : 1;
    }
    int first = zeros;
    return new Transforms.Vjp<>(
        (R) split.value(),
        cotangent -> {
          List<Tensor> leaves = new ArrayList<>();
          Structure structure = Trees.flatten(cotangent, leaves);
          String difference = split.traced().result().difference(structure);
          if (difference != null) {
            throw new OpException(
                "vjp("
                    + name
                    + "): the cotangent must have the structure of the result: "
                    + difference,
                "give one cotangent per tensor of the result, zeros where there is none");
          }
          List<Tensor> operands = new ArrayList<>(split.residuals());
          int result = 0;
          for (int i = 0; i < leaves.size(); i++) {
            if (split.linear().activeResults()[i]) {
              TensorType want = split.results().get(i).type();
              if (!want.equals(leaves.get(i).type())) {
                throw new OpException(
                    "vjp("
                        + name
                        + "): cotangent leaf "
                        + i
                        + " must be "
                        + want.brief()
                        + ", got "
                        + leaves.get(i).type().brief(),
                    "a cotangent has the shape and type of the result");
              }
              if (linearResults[result++]) {
                operands.add(leaves.get(i));
              }
            }
          }
          List<Tensor> all = Dispatch.call(transposed.func(), operands);
          List<Tensor> some = all.subList(first, all.size());
          return (A)
              Trees.unflatten(
                  split.arguments().structures().get(0),
                  spread(split.arguments().leaves(), some, split.active()));
        });
  }
}
