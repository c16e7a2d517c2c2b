package org.cornu.tests.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plans of functions that read and write parts of arrays, with places in and out of range. */
final class IndexingPlans {
  private IndexingPlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    add.accept("get_item", IndexingPlans::item);
    add.accept(
        "take",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          boolean flat = c.in(0, 2) == 0;
          int axis = Operands.axis(c, dims.length);
          int n = flat ? Operands.count(dims) : dims[Math.floorMod(axis, dims.length)];
          c.argument(Operands.any(c, dims));
          c.argument(
              c.in(0, 4) == 0
                  ? (Object) c.in(-n, Math.max(0, n - 1))
                  : places(c, n, Operands.shape(c, 0, 2)));
          c.call("axis", flat ? null : axis);
        });
    add.accept(
        "take_along_axis",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          boolean flat = c.in(0, 3) == 0;
          int axis = c.in(-dims.length, dims.length - 1);
          int[] places = dims.clone();
          for (int d = 0; d < dims.length; d++) {
            places[d] = c.in(0, 4) == 0 ? 1 : dims[d];
          }
          places[Math.floorMod(axis, dims.length)] = c.in(1, 5);
          int n = flat ? Operands.count(dims) : dims[Math.floorMod(axis, dims.length)];
          c.argument(Operands.any(c, dims));
          c.argument(places(c, n, flat ? new int[] {c.in(1, 5)} : places));
          c.call("axis", flat ? null : axis);
        });
    add.accept("scatter", IndexingPlans::scatter);
    add.accept("scatter_update", IndexingPlans::scatterUpdate);
    add.accept(
        "slice",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          List<Object> starts = new ArrayList<>();
          int[] sizes = new int[dims.length];
          for (int d = 0; d < dims.length; d++) {
            sizes[d] = c.in(0, dims[d]);
            starts.add(c.in(-1, dims[d]));
          }
          c.argument(Operands.any(c, dims))
              .argument(starts(c, starts))
              .argument(Operands.tuple(sizes));
        });
    add.accept(
        "slice_update",
        c -> {
          int[] dims = Operands.shape(c, 1, 3);
          List<Object> starts = new ArrayList<>();
          int[] sizes = new int[dims.length];
          for (int d = 0; d < dims.length; d++) {
            sizes[d] = c.in(0, dims[d]);
            starts.add(c.in(-1, dims[d]));
          }
          String dtype = c.pick(Operands.ANY);
          c.argument(Operands.array(c, dtype, -3, 3, dims)).argument(starts(c, starts));
          c.argument(Operands.array(c, c.in(0, 4) > 0 ? dtype : "float32", -3, 3, sizes));
        });
    add.accept(
        "one_hot",
        c -> {
          int[] dims = Operands.shape(c, 0, 2);
          c.argument(Operands.array(c, c.pick("int32", "uint8", "int8", "float32"), -1, 5, dims))
              .argument(c.in(0, 5));
          c.call("axis", c.in(-1, dims.length));
          dtype(c.withoutGradients());
        });
    add.accept(
        "multi_hot",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          c.argument(Operands.array(c, c.pick("int32", "uint8", "int8"), -1, 5, dims));
          c.call("num_classes", c.in(1, 5)).call("axis", c.in(-1, dims.length - 1));
          dtype(c);
        });
  }

  private static void dtype(DrawnCase c) {
    if (c.coin()) {
      c.call("dtype", c.pick("int32", "float16", "bool", "uint8"));
    }
  }

  private static Object starts(DrawnCase c, List<Object> starts) {
    return c.coin() ? Operands.tuple(starts) : c.array("int32", starts, starts.size());
  }

  /** Places along an axis of {@code n}, sometimes beyond its ends. */
  private static Object places(DrawnCase c, int n, int... dims) {
    int beyond = c.in(0, 2) == 0 ? 2 : 0;
    String dtype = c.pick("int32", "int32", "int8", "uint8", "uint32");
    return Operands.array(c, dtype, -n - beyond, Math.max(0, n - 1) + beyond, dims);
  }

  private static void item(DrawnCase c) {
    int[] dims = Operands.filled(c, 1, 4);
    // JAX loses the gradient of places out of range, which are read from the edge.
    c.argument(Operands.any(c, dims)).withoutGradients();
    List<@Nullable Object> key = new ArrayList<>();
    boolean dots = false;
    for (int d = 0; d < dims.length; d++) {
      if (c.in(0, 6) == 0) {
        key.add(null);
      }
      if (!dots && c.in(0, 7) == 0) {
        key.add(Map.of("$ellipsis", 1));
        dots = true;
        d += c.in(0, 1);
        continue;
      }
      if (c.in(0, 6) == 0) {
        break;
      }
      key.add(
          switch (c.in(0, 6)) {
            case 0 -> c.in(-dims[d], dims[d] - 1);
            case 1 -> places(c, dims[d], c.in(1, 3));
            case 2 -> slice(null, null, c.pick(-1, 2, -2));
            default ->
                slice(
                    c.coin() ? null : c.in(-dims[d] - 1, dims[d] + 1),
                    c.coin() ? null : c.in(-dims[d] - 1, dims[d] + 1),
                    c.in(0, 2) == 0 ? null : c.pick(1, 2, -1, -2));
          });
    }
    long arrays =
        key.stream().filter(k -> k instanceof Map<?, ?> m && m.containsKey("$in")).count();
    if (arrays > 1 || c.in(0, 9) == 0 && arrays == 0) {
      c.call("key", c.in(-dims[0], dims[0] - 1));
    } else {
      c.call("key", key.size() == 1 && c.coin() ? key.get(0) : Operands.tuple(key));
    }
  }

  private static Map<String, Object> slice(
      @Nullable Integer start, @Nullable Integer stop, @Nullable Integer step) {
    return Map.of("$slice", Arrays.asList(start, stop, step));
  }

  private static int[] concat(int[] first, int... second) {
    int[] out = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, out, first.length, second.length);
    return out;
  }

  /** Index vectors into the first {@code depth} axes. */
  private static Object vectors(DrawnCase c, int[] batch, int depth, int... dims) {
    List<Object> data = new ArrayList<>();
    boolean beyond = c.in(0, 3) == 0;
    for (int i = 0; i < Operands.count(batch); i++) {
      for (int d = 0; d < depth; d++) {
        data.add(c.in(beyond ? -dims[d] - 1 : 0, dims[d] - 1 + (beyond ? 2 : 0)));
      }
    }
    return c.array("int32", data, concat(batch, depth));
  }

  private static void scatter(DrawnCase c) {
    int[] dims = Operands.filled(c, 1, 3);
    int depth = c.in(1, dims.length);
    int[] batch = Operands.shape(c, 1, 2);
    c.argument(vectors(c, batch, depth, dims));
    c.argument(Operands.any(c, concat(batch, Arrays.copyOfRange(dims, depth, dims.length))));
    c.argument(Operands.tuple(dims));
  }

  private static void scatterUpdate(DrawnCase c) {
    int[] dims = Operands.filled(c, 1, 3);
    int depth = c.in(1, dims.length);
    int[] batch = {c.in(1, 4)};
    String dtype = c.pick(Operands.ANY);
    c.argument(Operands.array(c, dtype, -3, 3, dims)).argument(vectors(c, batch, depth, dims));
    int[] updates = concat(batch, Arrays.copyOfRange(dims, depth, dims.length));
    c.argument(Operands.array(c, c.coin() ? dtype : c.pick(Operands.ANY), -3, 3, updates));
    c.withoutGradients();
    // Which of several updates of one place stays is open.
    c.call("reduction", c.pick("add", "max", "min", "mul"));
  }
}
