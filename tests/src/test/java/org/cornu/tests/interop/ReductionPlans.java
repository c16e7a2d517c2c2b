package org.cornu.tests.interop;

import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plans of reductions, cumulative functions, statistics, sorting and searching. */
final class ReductionPlans {
  private static final String[] METHODS = {"linear", "lower", "higher", "midpoint", "nearest"};

  private ReductionPlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    add.accept(
        "sum mean std var all any amax amin ptp logsumexp median nansum nanprod nanmean nanvar"
            + " nanstd nanmax nanmin max min prod",
        ReductionPlans::reduction);
    // JAX keeps one axis too many of scalars.
    plans.put("keras.ops.nanmedian", c -> reduction(c, Operands.shape(c, 1, 3)));
    plans.put("keras.ops.prod", c -> dtype(reduction(c)));
    Consumer<DrawnCase> initial =
        c -> {
          reduction(c);
          if (c.coin()) {
            c.call("initial", c.coin() ? c.in(-2, 2) : (Object) c.real(-2, 2));
          }
        };
    plans.put("keras.ops.max", initial);
    plans.put("keras.ops.min", initial);
    add.accept(
        "count_nonzero",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.wild(c, dims)).call("axis", Operands.axes(c, dims.length));
        });
    add.accept(
        "average",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          int axis = Operands.axis(c, dims.length);
          c.argument(Operands.any(c, dims));
          if (c.coin()) {
            c.call("axis", axis);
          }
          if (c.in(0, 2) > 0) {
            int place =
                Math.max(0, Math.min(dims.length - 1, axis < 0 ? axis + dims.length : axis));
            c.call(
                "weights",
                Operands.array(
                    c, c.pick(Operands.ANY), 1, 3, c.coin() ? dims : new int[] {dims[place]}));
          }
        });
    add.accept(
        "argmax argmin nanargmax nanargmin",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.wild(c, dims)).call("keepdims", c.coin());
          c.call("axis", c.coin() ? null : Operands.axis(c, dims.length));
        });
    add.accept(
        "cumsum cumprod nancumsum nancumprod",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.wild(c, dims))
              .call("axis", c.coin() ? null : Operands.axis(c, dims.length));
          dtype(c.withoutGradients());
        });
    add.accept(
        "diff",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          c.argument(Operands.any(c, dims))
              .call("n", c.in(0, 3))
              .call("axis", Operands.axis(c, dims.length));
        });
    add.accept("trapezoid", ReductionPlans::trapezoid);
    add.accept(
        "sort argsort",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.wild(c, dims)).withoutGradients();
          c.call("axis", c.in(0, 3) == 0 ? null : Operands.axis(c, dims.length));
        });
    add.accept(
        "argpartition",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          boolean flat = c.in(0, 3) == 0;
          int axis = c.in(-dims.length, dims.length - 1);
          int n = flat ? Operands.count(dims) : dims[axis < 0 ? axis + dims.length : axis];
          c.argument(Operands.wild(c, dims))
              .argument(c.in(-n, n - 1))
              .call("axis", flat ? null : axis);
        });
    add.accept(
        "top_k",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(Operands.wild(c, dims)).withoutGradients();
          c.argument(c.in(0, dims[dims.length - 1] + (c.in(0, 9) == 0 ? 1 : 0)));
          c.call("sorted", c.coin());
        });
    add.accept(
        "in_top_k",
        c -> {
          int n = c.in(1, 4);
          int classes = c.in(1, 5);
          c.argument(Operands.array(c, c.pick("int32", "uint8"), 0, classes - 0.5, n));
          c.argument(Operands.odd(c, c.pick(Operands.FLOATS), -2, 2, c.coin() ? 7 : 0, n, classes));
          c.argument(c.in(1, classes));
        });
    add.accept(
        "searchsorted",
        c -> {
          java.util.List<Object> rising = new java.util.ArrayList<>();
          int n = c.in(0, 6);
          int at = -3;
          for (int i = 0; i < n; i++) {
            at += c.in(0, 2);
            rising.add(at);
          }
          c.argument(c.array(c.pick("int32", "float32", "int8"), rising, n));
          c.argument(Operands.wild(c, Operands.shape(c, 0, 2)))
              .call("side", c.pick("left", "right"));
          c.withoutGradients();
        });
    add.accept(
        "digitize",
        c -> {
          c.argument(Operands.wild(c, Operands.shape(c, 0, 2))).withoutGradients();
          boolean falling = c.in(0, 3) == 0;
          c.argument(
              c.pick(
                  falling
                      ? (Object) java.util.List.of(3.0, 1.0, -0.5)
                      : java.util.List.of(-1.5, 0.0, 2.0),
                  c.array("float32", java.util.List.of(-1.0, 0.0, 0.0, 2.5), 4),
                  c.array("int32", java.util.List.of(-1, 0, 3), 3)));
        });
    add.accept("nonzero", c -> c.argument(Operands.wild(c, Operands.shape(c, 0, 3))));
    add.accept(
        "unravel_index",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          int n = Operands.count(dims);
          c.argument(
              Operands.array(
                  c, c.pick("int32", "int32", "uint8"), -n - 1, n + 1, Operands.shape(c, 0, 2)));
          c.argument(Operands.tuple(dims));
        });
    add.accept(
        "unique",
        c -> {
          int[] dims = Operands.filled(c, 1, 2);
          c.argument(Operands.wild(c, dims)).withoutGradients();
          c.call("return_index", c.coin())
              .call("return_inverse", c.coin())
              .call("return_counts", c.coin());
          c.call("axis", c.in(0, 2) == 0 ? c.in(-dims.length, dims.length - 1) : null);
          if (c.coin()) {
            c.call("size", c.in(1, 6));
            if (c.coin()) {
              c.call("fill_value", c.in(-1, 9));
            }
          }
        });
    add.accept("quantile nanquantile", c -> quantile(c, 1));
    add.accept("percentile nanpercentile", c -> quantile(c, 100));
    add.accept("bincount", ReductionPlans::bincount);
    add.accept(
        "histogram",
        c -> {
          c.argument(Operands.array(c, c.pick(Operands.ANY), -4, 4, Operands.shape(c, 0, 2)));
          c.withoutGradients();
          if (c.coin()) {
            c.call("bins", c.in(1, 6));
          } else if (c.in(0, 3) == 0) {
            c.call("bins", c.array("float32", java.util.List.of(-2.0, -0.5, 1.0, 3.5), 4));
          }
          if (c.coin()) {
            c.call("range", Operands.tuple(c.in(-3, 0), c.in(1, 3)));
          }
        });
    add.accept("corrcoef", c -> c.argument(Operands.any(c, Operands.filled(c, 1, 2))));
    add.accept(
        "correlate",
        c ->
            c.argument(Operands.any(c, c.in(1, 6)))
                .argument(Operands.any(c, c.in(1, 4)))
                .call("mode", c.pick("valid", "same", "full")));
    add.accept(
        "segment_sum segment_prod segment_max segment_min",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          boolean sorted = c.in(0, 3) == 0;
          java.util.List<Object> ids = new java.util.ArrayList<>();
          for (int i = 0, at = 0; i < dims[0]; i++) {
            at = sorted ? at + c.in(0, 1) : c.in(c.in(0, 3) == 0 ? -2 : 0, 4);
            ids.add(at);
          }
          c.argument(Operands.odd(c, c.pick(Operands.ANY), -3, 3, c.coin() ? 8 : 0, dims))
              .withoutGradients();
          c.argument(c.array(c.pick("int32", "int8", "int32"), ids, dims[0]))
              .call("sorted", sorted);
          if (c.coin()) {
            c.call("num_segments", c.in(1, 6));
          }
        });
    add.accept(
        "moments",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          c.argument(Operands.floats(c, dims)).call("keepdims", c.coin());
          c.argument(Operands.someAxes(c, dims.length));
        });
  }

  private static DrawnCase reduction(DrawnCase c) {
    return reduction(c, Operands.shape(c, 0, 3));
  }

  private static DrawnCase reduction(DrawnCase c, int... dims) {
    boolean odd = c.in(0, 3) == 0;
    c.argument(Operands.odd(c, c.pick(Operands.ANY), -3, 4, odd ? 6 : 0, dims));
    if (c.in(0, 4) > 0) {
      c.call("axis", Operands.axes(c, dims.length)).call("keepdims", c.coin());
    }
    return odd ? c.withoutGradients() : c;
  }

  private static DrawnCase dtype(DrawnCase c) {
    return c.in(0, 2) > 0
        ? c
        : c.call("dtype", c.pick("float32", "int32", "uint8", "float16", "int64", "bool"));
  }

  private static void trapezoid(DrawnCase c) {
    int[] dims = Operands.shape(c, 1, 3);
    int axis = c.in(-dims.length, dims.length - 1);
    c.argument(Operands.any(c, dims)).call("axis", axis);
    switch (c.in(0, 3)) {
      case 0 -> c.call("dx", c.real(0.1, 2));
      case 1 -> c.call("x", Operands.any(c, dims));
      case 2 -> c.call("x", Operands.any(c, dims[axis < 0 ? axis + dims.length : axis]));
      default -> {}
    }
  }

  private static void quantile(DrawnCase c, int whole) {
    int[] dims = Operands.shape(c, 1, 3);
    boolean odd = c.in(0, 3) == 0;
    c.argument(Operands.odd(c, c.pick(Operands.ANY), -3, 4, odd ? 6 : 0, dims));
    c.argument(
        switch (c.in(0, 4)) {
          case 0 -> whole == 1 ? (Object) 0.5 : 50;
          case 1 -> java.util.List.of(0.1 * whole, 0.25 * whole, 0.9 * whole);
          case 2 -> Operands.array(c, "float32", 0, whole, c.in(1, 3));
          case 3 -> c.pick(0.0, 1.0 * whole);
          default -> c.real(0, whole);
        });
    c.call("axis", Operands.axes(c, dims.length)).call("keepdims", c.coin());
    c.call("method", c.pick(METHODS)).withoutGradients();
  }

  private static void bincount(DrawnCase c) {
    int[] dims = c.in(0, 3) == 0 ? new int[] {c.in(1, 3), c.in(1, 5)} : new int[] {c.in(0, 8)};
    c.argument(Operands.array(c, c.pick("int32", "uint8", "int8", "int16"), 0, 6, dims));
    c.call("minlength", c.in(0, 9));
    if (c.coin()) {
      c.call("weights", Operands.array(c, c.pick(Operands.ANY), -3, 3, dims));
    }
  }
}
