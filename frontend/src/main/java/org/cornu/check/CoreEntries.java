package org.cornu.check;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;

/** {@code keras.ops} that take functions: branches, loops, transforms. */
final class CoreEntries {
  private final OpCatalog catalog;

  private CoreEntries(OpCatalog catalog) {
    this.catalog = catalog;
  }

  static void addTo(OpCatalog catalog) {
    CoreEntries e = new CoreEntries(catalog);
    e.branches();
    e.loops();
    e.transforms();
  }

  private void op(String path, String method, OpCatalog.Call call) {
    catalog.add("keras.ops." + path, method, call);
  }

  private void branches() {
    op(
        "cond(pred, true_fn, false_fn)",
        "Lax.cond",
        a ->
            Lax.cond(
                a.tensor("pred"),
                () -> Functions.apply(a.get("true_fn")),
                () -> Functions.apply(a.get("false_fn"))));
    op(
        "switch(index, branches, *operands)",
        "Lax.switchCase",
        a -> {
          Tensor[] operands = Arguments.tensorsOf(a.rest()).toArray(new Tensor[0]);
          List<java.util.function.Supplier<List<Tensor>>> branches = new ArrayList<>();
          for (Object branch : a.list("branches")) {
            branches.add(() -> Functions.apply(branch, operands));
          }
          return Lax.switchCase(a.tensor("index"), branches);
        });
  }

  private void loops() {
    op(
        "map(f, xs)",
        "Lax.map",
        a -> Lax.map((Tensor x) -> Functions.apply(a.get("f"), x), a.tensor("xs")));
    op(
        "scan(f, init, xs=None, length=None, reverse=False, unroll=1)",
        "Lax.scan",
        a ->
            Lax.scan(
                (Tensor c, Tensor x) -> {
                  List<Tensor> out = Functions.apply(a.get("f"), c, x);
                  return new Lax.Step<>(out.get(0), out.get(1));
                },
                a.tensor("init"),
                a.tensor("xs"),
                new Lax.ScanOptions(
                    a.flag("reverse"),
                    a.get("unroll") instanceof Boolean ? 1 : a.integer("unroll"))));
    op(
        "associative_scan(f, elems, reverse=False, axis=0)",
        "Np.associativeScan",
        a ->
            Np.associativeScan(
                (Tensor x, Tensor y) -> Functions.apply(a.get("f"), x, y).get(0),
                a.tensor("elems"),
                a.flag("reverse"),
                a.integer("axis")));
    op(
        "while_loop(cond, body, loop_vars, maximum_iterations=None)",
        "Lax.whileLoop",
        a -> {
          List<Tensor> init = a.tensors("loop_vars");
          int most = a.integer("maximum_iterations", Integer.MAX_VALUE);
          List<Tensor> state = new ArrayList<>(init);
          state.add(Lax.full(DType.I32, 0));
          List<Tensor> end =
              Lax.whileLoop(
                  (List<Tensor> s) -> {
                    Tensor[] x = s.subList(0, init.size()).toArray(new Tensor[0]);
                    return Functions.apply(a.get("cond"), x)
                        .get(0)
                        .and(s.get(init.size()).lt(most));
                  },
                  (List<Tensor> s) -> {
                    Tensor[] x = s.subList(0, init.size()).toArray(new Tensor[0]);
                    List<Tensor> next = new ArrayList<>(Functions.apply(a.get("body"), x));
                    next.add(s.get(init.size()).add(1));
                    return next;
                  },
                  state);
          return end.subList(0, init.size());
        });
    op(
        "fori_loop(lower, upper, body_fun, init_val)",
        "Lax.foriLoop",
        a ->
            Lax.foriLoop(
                a.integer("lower"),
                a.integer("upper"),
                (Tensor i, Tensor x) -> Functions.apply(a.get("body_fun"), i, x).get(0),
                a.tensor("init_val")));
  }

  private void transforms() {
    op(
        "stop_gradient(variable)",
        "Transforms.stopGradient",
        a -> Transforms.stopGradient(a.tensor("variable")));
    op(
        "vectorized_map(function, elements)",
        "Transforms.vmap",
        a ->
            Transforms.vmap((Tensor x) -> Functions.apply(a.get("function"), x))
                .apply(a.tensor("elements")));
    op(
        "jvp(fun, primals, tangents, has_aux=False)",
        "Transforms.jvp",
        a ->
            Transforms.jvp(
                (List<Tensor> x) -> Functions.apply(a.get("fun"), x.toArray(new Tensor[0])),
                a.tensors("primals"),
                a.tensors("tangents")));
    op(
        "vectorize(pyfunc, *, excluded=None, signature=None)",
        "Transforms.vmap",
        a -> {
          throw new UnsupportedOperationException("vectorize returns a function");
        });
    op(
        "custom_gradient(f)",
        "Transforms.customVjp",
        a -> {
          throw new UnsupportedOperationException("custom_gradient returns a function");
        });
  }
}
