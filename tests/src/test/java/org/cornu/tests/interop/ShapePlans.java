package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plans of functions that create arrays and change their shapes. */
final class ShapePlans {
  private static final String[] TYPES = {
    "float32", "int32", "float16", "uint8", "bfloat16", "bool", "int64"
  };

  private ShapePlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    creation(add);
    rearranging(add);
    joining(add);
  }

  private static void creation(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept("arange", ShapePlans::arange);
    add.accept("linspace", c -> points(c, Operands.ANY, -3, 5).call("retstep", c.in(0, 3) == 0));
    add.accept("logspace", c -> base(points(c, new String[] {"float32", "int32"}, -2, 2)));
    add.accept("geomspace", c -> points(c, Operands.ANY, 1, 9));
    add.accept("ones zeros empty", c -> dtype(c.argument(Operands.tuple(Operands.shape(c, 0, 3)))));
    add.accept(
        "ones_like zeros_like empty_like",
        c -> dtype(c.argument(Operands.any(c, Operands.shape(c, 0, 3)))));
    add.accept(
        "full", c -> dtype(c.argument(Operands.tuple(Operands.shape(c, 0, 3))).argument(value(c))));
    add.accept(
        "full_like",
        c -> dtype(c.argument(Operands.any(c, Operands.shape(c, 0, 3))).argument(value(c))));
    add.accept(
        "eye tri",
        c ->
            dtype(
                c.argument(c.in(0, 4))
                    .call("M", c.coin() ? null : c.in(0, 5))
                    .call("k", c.in(-5, 5))));
    add.accept("identity", c -> dtype(c.argument(c.in(0, 5))));
    add.accept("bartlett blackman hamming hanning", c -> c.argument(c.in(0, 9)));
    add.accept(
        "kaiser",
        c -> c.argument(c.in(0, 9)).argument(c.coin() ? c.real(0, 14) : (Object) c.in(0, 9)));
    add.accept(
        "meshgrid",
        c -> {
          for (int i = c.in(1, 3); i > 0; i--) {
            c.argument(Operands.any(c, Operands.shape(c, 0, 1)));
          }
          c.call("indexing", c.pick("xy", "ij"));
        });
    add.accept(
        "vander",
        c ->
            c.argument(Operands.any(c, c.in(0, 4)))
                .call("N", c.coin() ? null : c.in(0, 5))
                .call("increasing", c.coin()));
  }

  private static Object value(DrawnCase c) {
    return switch (c.in(0, 3)) {
      case 0 -> Operands.any(c);
      case 1 -> Operands.any(c, 1);
      default -> Operands.scalar(c);
    };
  }

  private static DrawnCase dtype(DrawnCase c) {
    return c.in(0, 3) == 0 ? c : c.call("dtype", c.in(0, 7) == 0 ? null : c.pick(TYPES));
  }

  private static DrawnCase base(DrawnCase c) {
    return c.coin() ? c : c.call("base", c.coin() ? c.in(2, 5) : (Object) c.real(1, 4));
  }

  private static void arange(DrawnCase c) {
    boolean whole = c.coin();
    int count = c.in(1, 3);
    for (int i = 0; i < count; i++) {
      int n = i == 2 ? c.pick(-2, -1, 1, 2, 3) : c.in(-3, 9);
      c.argument(whole || c.in(0, 2) == 0 ? n : (Object) (n + c.pick(0.0, 0.25, 0.5)));
    }
    if (c.in(0, 2) == 0) {
      c.call("dtype", c.pick("float32", "int32", "float16", "uint8", "int64", "bfloat16"));
    }
  }

  private static DrawnCase points(DrawnCase c, String[] types, int low, int high) {
    int[] dims = Operands.shape(c, 0, 2);
    for (int i = 0; i < 2; i++) {
      c.argument(
          switch (c.in(0, 3)) {
            case 0 -> c.in(low, high);
            case 1 -> c.real(low, high);
            case 2 -> Operands.array(c, c.pick(types), low, high, Operands.beside(c, dims));
            default -> Operands.array(c, c.pick(types), low, high, dims);
          });
    }
    c.call("num", c.in(0, 6)).call("endpoint", c.coin());
    return c.in(0, 2) == 0 ? c.call("dtype", c.pick("float32", "int32", "float16", "int64")) : c;
  }

  private static void rearranging(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept("ravel", c -> c.argument(Operands.any(c, Operands.shape(c, 0, 3))));
    add.accept(
        "reshape",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.any(c, dims));
          int n = Operands.count(dims);
          c.argument(
              c.<Object>pick(
                  -1,
                  n,
                  Operands.tuple(-1),
                  Operands.tuple(1, n),
                  Operands.tuple(-1, Math.max(1, n)),
                  Operands.tuple(n, 1, -1),
                  Operands.tuple(-1, 2)));
        });
    add.accept(
        "transpose",
        c -> {
          int[] dims = Operands.shape(c, 0, 4);
          c.argument(Operands.any(c, dims));
          List<Object> axes = new ArrayList<>();
          Operands.permutation(c, dims.length)
              .forEach(d -> axes.add(c.coin() ? d : d - dims.length));
          c.call("axes", c.coin() ? null : Operands.tuple(axes));
        });
    add.accept(
        "swapaxes",
        c -> {
          int[] dims = Operands.shape(c, 1, 4);
          c.argument(Operands.any(c, dims));
          c.argument(Operands.axis(c, dims.length)).argument(Operands.axis(c, dims.length));
        });
    add.accept(
        "moveaxis",
        c -> {
          int[] dims = Operands.shape(c, 1, 4);
          c.argument(Operands.any(c, dims));
          if (c.coin()) {
            c.argument(Operands.axis(c, dims.length)).argument(Operands.axis(c, dims.length));
          } else {
            List<Object> from = Operands.someAxes(c, dims.length);
            List<Integer> to = Operands.permutation(c, dims.length).subList(0, from.size());
            c.argument(Operands.tuple(from)).argument(Operands.tuple(new ArrayList<>(to)));
          }
        });
    add.accept(
        "expand_dims",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.any(c, dims));
          c.argument(
              c.coin()
                  ? (Object) c.in(-dims.length - 1, dims.length)
                  : Operands.tuple(c.pick(0, -1), c.in(1, Math.max(1, dims.length))));
        });
    add.accept(
        "squeeze",
        c -> {
          int[] dims = Operands.shape(c, 1, 4);
          for (int d = 0; d < dims.length; d++) {
            dims[d] = c.coin() ? 1 : dims[d];
          }
          c.argument(Operands.any(c, dims)).call("axis", Operands.axes(c, dims.length));
        });
    add.accept(
        "broadcast_to",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.any(c, Operands.beside(c, dims)));
          c.argument(Operands.tuple(dims));
        });
    add.accept(
        "flip",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.any(c, dims)).call("axis", Operands.axes(c, dims.length));
        });
    add.accept("fliplr flipud", c -> c.argument(Operands.any(c, Operands.shape(c, 1, 3))));
    add.accept(
        "rot90",
        c -> {
          int[] dims = Operands.shape(c, 2, 4);
          c.argument(Operands.any(c, dims)).call("k", c.in(-5, 6));
          if (c.coin()) {
            List<Integer> axes = Operands.permutation(c, dims.length).subList(0, 2);
            c.call(
                "axes",
                Operands.tuple(axes.get(0), c.coin() ? axes.get(1) : axes.get(1) - dims.length));
          }
        });
    add.accept(
        "roll",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.any(c, dims));
          if (c.coin() || dims.length == 0) {
            c.argument(c.in(-9, 9))
                .call("axis", c.coin() || dims.length == 0 ? null : Operands.axis(c, dims.length));
          } else {
            List<Object> axes = Operands.someAxes(c, dims.length);
            int[] shifts = new int[axes.size()];
            for (int i = 0; i < shifts.length; i++) {
              shifts[i] = c.in(-7, 7);
            }
            c.argument(c.in(0, 3) == 0 ? (Object) c.in(-3, 3) : Operands.tuple(shifts));
            c.call("axis", Operands.tuple(axes));
          }
        });
    add.accept(
        "tile",
        c -> {
          c.argument(Operands.any(c, Operands.shape(c, 0, 3)));
          int[] times = Operands.shape(c, 0, 4);
          c.argument(c.coin() ? (Object) c.in(0, 3) : Operands.tuple(times));
        });
    add.accept("repeat", ShapePlans::repeat);
    add.accept("pad", ShapePlans::pad);
    add.accept("rearrange", ShapePlans::rearrange);
    add.accept(
        "diag diagflat",
        c -> c.argument(Operands.any(c, Operands.shape(c, 1, 2))).call("k", c.in(-4, 4)));
    add.accept(
        "diagonal trace",
        c -> {
          int[] dims = Operands.shape(c, 2, 4);
          c.argument(Operands.any(c, dims)).call("offset", c.in(-3, 3));
          if (c.coin()) {
            List<Integer> axes = Operands.permutation(c, dims.length);
            c.call("axis1", axes.get(0)).call("axis2", axes.get(1) - dims.length);
          }
        });
    add.accept(
        "tril triu",
        c -> c.argument(Operands.any(c, Operands.shape(c, 2, 4))).call("k", c.in(-4, 4)));
  }

  private static void repeat(DrawnCase c) {
    int[] dims = Operands.shape(c, 0, 3);
    boolean flat = dims.length == 0 || c.coin();
    int axis = flat ? 0 : c.in(-dims.length, dims.length - 1);
    int n = flat ? Operands.count(dims) : dims[axis < 0 ? axis + dims.length : axis];
    c.argument(Operands.any(c, dims));
    int[] times = new int[n];
    for (int i = 0; i < n; i++) {
      times[i] = c.in(0, 3);
    }
    c.argument(
        c.coin() || n == 0
            ? (Object) c.in(0, 3)
            : c.array("int32", Arrays.stream(times).<Object>mapToObj(t -> t).toList(), n));
    c.call("axis", flat ? null : axis);
  }

  private static void pad(DrawnCase c) {
    int[] dims = Operands.filled(c, 1, 3);
    c.argument(Operands.any(c, dims));
    String mode =
        c.pick(
            "constant",
            "reflect",
            "symmetric",
            "edge",
            "wrap",
            "maximum",
            "minimum",
            "mean",
            "median",
            "linear_ramp",
            "empty");
    List<Object> widths = new ArrayList<>();
    int most = mode.equals("reflect") || mode.equals("wrap") || mode.equals("symmetric") ? 6 : 3;
    for (int d = 0; d < dims.length; d++) {
      widths.add(Operands.tuple(c.in(0, most), c.in(0, most)));
    }
    c.argument(
        switch (c.in(0, 4)) {
          case 0 -> c.in(0, 3);
          case 1 -> Operands.tuple(c.in(0, 3), c.in(0, 3));
          case 2 -> Operands.tuple(List.of(Operands.tuple(c.in(0, 3), c.in(0, 3))));
          default -> Operands.tuple(widths);
        });
    c.call("mode", mode);
    if (mode.equals("constant") && c.coin() || c.in(0, 20) == 0) {
      c.call("constant_values", c.coin() ? c.in(-2, 3) : (Object) c.real(-2, 2));
    }
    c.withoutGradients();
  }

  private static void rearrange(DrawnCase c) {
    int a = c.in(1, 3);
    int b = c.in(1, 3);
    int d = c.in(1, 3);
    switch (c.in(0, 4)) {
      case 0 -> c.argument(Operands.any(c, a, b, d)).argument("a b c -> c (b a)");
      case 1 -> c.argument(Operands.any(c, a * b, d)).argument("(a b) c -> a c b").call("a", a);
      case 2 -> c.argument(Operands.any(c, a, b * d)).argument("a (b c) -> (c a) b").call("c", d);
      case 3 -> c.argument(Operands.any(c, a, b)).argument("a b -> (a b)");
      default -> c.argument(Operands.any(c, a, 1, b)).argument("a 1 b -> b a");
    }
  }

  private static void joining(BiConsumer<String, Consumer<DrawnCase>> add) {
    add.accept(
        "concatenate",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          int axis = Operands.axis(c, dims.length);
          List<Object> parts = new ArrayList<>();
          for (int i = c.in(1, 3); i > 0; i--) {
            int[] one = dims.clone();
            one[Math.floorMod(axis, dims.length)] = c.in(0, 3);
            parts.add(Operands.any(c, one));
          }
          c.argument(parts).call("axis", c.in(0, 8) == 0 ? null : axis);
        });
    add.accept(
        "stack",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(parts(c, dims)).call("axis", c.in(-dims.length - 1, dims.length));
        });
    add.accept("hstack vstack dstack", c -> c.argument(parts(c, Operands.shape(c, 0, 4))));
    add.accept(
        "append",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          boolean flat = dims.length == 0 || c.coin();
          c.argument(Operands.any(c, dims))
              .argument(Operands.any(c, flat ? Operands.shape(c, 0, 2) : dims));
          c.call("axis", flat ? null : Operands.axis(c, dims.length));
        });
    add.accept(
        "split array_split",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          int axis = Operands.axis(c, dims.length);
          c.argument(Operands.any(c, dims)).argument(sections(c)).call("axis", axis);
        });
    add.accept(
        "hsplit", c -> c.argument(Operands.any(c, Operands.shape(c, 1, 3))).argument(sections(c)));
    add.accept(
        "vsplit", c -> c.argument(Operands.any(c, Operands.shape(c, 2, 3))).argument(sections(c)));
    add.accept(
        "dsplit", c -> c.argument(Operands.any(c, Operands.shape(c, 3, 4))).argument(sections(c)));
    add.accept(
        "unstack",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          c.argument(Operands.any(c, dims)).call("axis", Operands.axis(c, dims.length));
        });
  }

  private static Object sections(DrawnCase c) {
    return switch (c.in(0, 3)) {
      case 0 -> Operands.tuple(1, 2);
      case 1 -> Operands.tuple(c.in(0, 5), c.in(-2, 5));
      default -> c.in(1, 3);
    };
  }

  private static List<Object> parts(DrawnCase c, int... dims) {
    List<Object> out = new ArrayList<>();
    for (int i = c.in(1, 3); i > 0; i--) {
      out.add(Operands.any(c, dims));
    }
    return out;
  }
}
