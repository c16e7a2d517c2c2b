package org.cornu.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Axes;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;

/**
 * What the laws run of a function: on the device one program with its values and derivatives in all
 * types, so that a check compiles once; on the interpreter the function, and what the transforms
 * make of it. Those rewrite recorded operations, which the interpreter runs sooner than a program
 * of them is compiled.
 */
final class LawPrograms {
  /** Arguments in one type of floats, with a direction of change and weights of the results. */
  record Point(List<Tensor> x, List<Tensor> direction, List<Tensor> weights) {}

  /** Which tensors are batched, on the first axis or the last. */
  record Lanes(List<Tensor> x, Mapped mapped) {}

  /** Static: -1 for whole, 0 for the first axis, 1 for the last. */
  record Mapped(List<Integer> places) {}

  record Inputs(List<Tensor> x, List<Point> wide, List<Lanes> lanes, List<Point> narrow) {}

  private final F1<List<Tensor>, List<Tensor>> f;
  private final Settings settings;
  private final Jit1<Inputs, Map<String, List<Tensor>>> device;

  /** A recorded function, and how many of its results each section has, in order. */
  private record Sections(Func func, Map<String, Integer> sizes) {}

  private final Map<List<TensorType>, Sections> transformed = new HashMap<>();

  LawPrograms(F1<List<Tensor>, List<Tensor>> f, Settings settings) {
    this.f = f;
    this.settings = settings;
    this.device = Transforms.jit(this::everything);
  }

  /** The function run as it is called, operation by operation. */
  List<Tensor> eager(List<Tensor> x) {
    return f.apply(x);
  }

  /** Results by section. */
  Map<String, List<Tensor>> run(Inputs inputs) {
    return device.apply(inputs);
  }

  private static List<Tensor> specs(List<TensorType> types) {
    return types.stream().map(type -> Tensor.spec(type, null)).toList();
  }

  /** The function for the interpreter. */
  Func values(List<TensorType> types) {
    return Transforms.makeGraph(f, specs(types));
  }

  /** The cotangents of the inexact arguments, of arguments and weights. */
  Func pullback(List<TensorType> x, List<TensorType> direction, List<TensorType> weights) {
    return Transforms.makeGraph(this::pullback, point(x, direction, weights));
  }

  /** The tangents of the inexact results, of arguments and a direction. */
  Func tangents(List<TensorType> x, List<TensorType> direction, List<TensorType> weights) {
    return Transforms.makeGraph(this::tangents, point(x, direction, weights));
  }

  private static Point point(
      List<TensorType> x, List<TensorType> direction, List<TensorType> weights) {
    return new Point(specs(x), specs(direction), specs(weights));
  }

  // ---- the program of the device

  private Map<String, List<Tensor>> everything(Inputs in) {
    Map<String, List<Tensor>> out = new LinkedHashMap<>();
    if (settings.asks(Law.REFERENCE, Law.COMPILED)) {
      out.put("values", f.apply(in.x()));
    }
    for (Point p : in.wide()) {
      if (settings.asks(Law.FORWARD, Law.CONSISTENT)) {
        out.put("tangents", traced(Law.FORWARD, () -> tangents(p)));
      }
      if (settings.asks(Law.GRADIENT, Law.CONSISTENT)) {
        out.put("cotangents", traced(Law.GRADIENT, () -> pullback(p)));
      }
    }
    int all = in.lanes().size() - 1; // over everything
    if (all >= 0) {
      vectorized(in, all, out);
    }
    for (int i = 0; i < in.narrow().size(); i++) {
      Point p = in.narrow().get(i);
      out.put("narrow values " + i, traced(Law.TYPES, () -> f.apply(p.x())));
      if (p.direction().isEmpty() || p.weights().isEmpty()) {
        continue;
      }
      if (settings.asks(Law.FORWARD)) {
        out.put("narrow tangents " + i, traced(Law.TYPES, () -> tangents(p)));
      }
      if (settings.asks(Law.GRADIENT)) {
        out.put("narrow cotangents " + i, traced(Law.TYPES, () -> pullback(p)));
      }
    }
    return out;
  }

  // ---- the function of the interpreter

  /** Results by section of what the transforms make of the function. */
  Map<String, List<Literal>> interpret(Interpreter interpreter, Inputs in) {
    List<Tensor> leaves = Trees.leaves(in);
    Sections sections =
        transformed.computeIfAbsent(
            leaves.stream().map(Tensor::type).toList(), types -> sections(in));
    List<Literal> results =
        interpreter.run(sections.func(), leaves.stream().map(Tensor::toLiteral).toList());
    Map<String, List<Literal>> out = new LinkedHashMap<>();
    int next = 0;
    for (Map.Entry<String, Integer> section : sections.sizes().entrySet()) {
      out.put(section.getKey(), results.subList(next, next += section.getValue()));
    }
    return out;
  }

  private Sections sections(Inputs in) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    Func func =
        Transforms.makeGraph(
            (Inputs given) -> {
              List<Tensor> all = new ArrayList<>();
              transformed(given)
                  .forEach(
                      (name, results) -> {
                        sizes.put(name, results.size());
                        all.addAll(results);
                      });
              return all;
            },
            in);
    return new Sections(func, sizes);
  }

  private Map<String, List<Tensor>> transformed(Inputs in) {
    Map<String, List<Tensor>> out = new LinkedHashMap<>();
    if (settings.asks(Law.REMATERIALIZED)) {
      out.put("remat values", traced(Law.REMATERIALIZED, () -> Transforms.remat(f).apply(in.x())));
    }
    for (Point p : in.wide()) {
      derivatives(p, out);
    }
    for (int i = 0; i < in.lanes().size() - 1; i++) {
      vectorized(in, i, out);
    }
    return out;
  }

  private void vectorized(Inputs in, int i, Map<String, List<Tensor>> out) {
    out.put("vmap " + i, traced(Law.VECTORIZED, () -> vectorized(in.lanes().get(i))));
  }

  private void derivatives(Point p, Map<String, List<Tensor>> out) {
    if (settings.asks(Law.LINEARIZED)) {
      out.put("plain tangents", traced(Law.FORWARD, () -> tangents(p)));
      out.put(
          "linearized",
          traced(
              Law.LINEARIZED,
              () -> Transforms.linearize(inner(p), active(p)).linear().apply(p.direction())));
    }
    if (settings.asks(Law.SECOND_ORDER)) {
      out.put(
          "forward over reverse",
          traced(
              Law.SECOND_ORDER,
              () ->
                  Transforms.jvp(
                          (List<Tensor> x) -> pullback(moved(p, x)), active(p), p.direction())
                      .tangent()));
      out.put(
          "reverse over forward",
          traced(
              Law.SECOND_ORDER,
              () ->
                  Transforms.vjp((List<Tensor> x) -> tangents(moved(p, x)), active(p))
                      .pullback()
                      .apply(p.weights())));
    }
    if (settings.asks(Law.REMATERIALIZED) && settings.asks(Law.GRADIENT)) {
      out.put("plain cotangents", traced(Law.GRADIENT, () -> pullback(p)));
      out.put(
          "remat cotangents",
          traced(
              Law.REMATERIALIZED,
              () ->
                  Transforms.vjp(Transforms.remat(inner(p)), active(p))
                      .pullback()
                      .apply(p.weights())));
    }
  }

  private List<Tensor> traced(Law law, Supplier<List<Tensor>> section) {
    try {
      return section.get();
    } catch (RuntimeException e) {
      throw new LawViolation(
          law,
          settings.name() + " breaks the law " + law + " (" + law.text() + "): " + e.getMessage(),
          e);
    }
  }

  private List<Tensor> tangents(Point p) {
    return Transforms.jvp(inner(p), active(p), p.direction()).tangent();
  }

  private List<Tensor> pullback(Point p) {
    return Transforms.vjp(inner(p), active(p)).pullback().apply(p.weights());
  }

  /** From the inexact arguments to the inexact results. */
  private F1<List<Tensor>, List<Tensor>> inner(Point p) {
    return changed ->
        f.apply(moved(p, changed).x()).stream().filter(t -> t.dtype().isInexact()).toList();
  }

  private static Point moved(Point p, List<Tensor> changed) {
    List<Tensor> all = new ArrayList<>(p.x());
    int next = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).dtype().isInexact()) {
        all.set(i, changed.get(next++));
      }
    }
    return new Point(all, p.direction(), p.weights());
  }

  private static List<Tensor> active(Point p) {
    return p.x().stream().filter(t -> t.dtype().isInexact()).toList();
  }

  private List<Tensor> vectorized(Lanes lanes) {
    List<Integer> places = lanes.mapped().places();
    Map<String, Integer> axes = new LinkedHashMap<>();
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      int last = lanes.x().get(i).rank() - 1;
      axes.put("[" + i + "]", place < 0 ? Axes.NONE : place == 0 ? 0 : last);
    }
    return Transforms.vmap(f, Axes.byPath(axes::get), 0).apply(lanes.x());
  }
}
