package org.cornu.tests.interop;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Plans of functions of single elements, of pairs of them, and of types. */
final class ElementwisePlans {
  private static final String[] BITS = {
    "bool", "int8", "uint8", "int16", "uint16", "int32", "uint32"
  };
  private static final String[] TYPES = {
    "float32",
    "float16",
    "bfloat16",
    "int32",
    "int8",
    "uint8",
    "int16",
    "uint16",
    "uint32",
    "bool",
    "int64",
    "float64"
  };
  private static final double[][] RANGES = {{-1, 1}, {-4, 4}, {-90, 90}, {0.001, 30}};

  private ElementwisePlans() {}

  static void addTo(Map<String, Consumer<DrawnCase>> plans) {
    BiConsumer<String, Consumer<DrawnCase>> add =
        (names, plan) -> {
          for (String name : names.split(" ")) {
            plans.put("keras.ops." + name, plan);
          }
        };
    add.accept(
        "abs absolute arctan ceil floor trunc negative sign square exp exp2 expm1 log log10 log1p"
            + " log2 sqrt rsqrt reciprocal cbrt sinh cosh tanh arccosh arcsinh arccos arcsin arctanh"
            + " deg2rad rad2deg erf erfc fabs isfinite isinf isnan isneginf isposinf isreal signbit"
            + " logical_not conj conjugate real imag angle i0 sinc nan_to_num copy sin cos tan",
        c -> Operands.ulps(unary(c, Operands.ANY), 8));
    // JAX takes halves for f32 where they are scalars.
    plans.put(
        "keras.ops.angle",
        c ->
            c.argument(Operands.array(c, c.pick(Operands.FLOATS), -3, 3, Operands.shape(c, 1, 3))));
    add.accept("erfinv", c -> Operands.ulps(floating(c, -1, 1), 8));
    add.accept(
        "relu relu6 sigmoid silu softplus softsign hard_sigmoid hard_silu hard_tanh swish hard_swish"
            + " log_sigmoid tanh_shrink selu sparse_plus sparse_sigmoid",
        c -> Operands.ulps(unary(c, Operands.FLOATS), 16));
    add.accept("celu elu", c -> Operands.ulps(alpha(c, "alpha"), 16));
    add.accept("leaky_relu", c -> Operands.ulps(alpha(c, "negative_slope"), 16));
    add.accept("hard_shrink soft_shrink", c -> Operands.ulps(alpha(c, "threshold"), 16));
    add.accept("squareplus", c -> Operands.ulps(alpha(c, "b"), 16));
    add.accept(
        "threshold",
        c ->
            Operands.ulps(unary(c, Operands.FLOATS), 1)
                .argument(c.real(-1, 1))
                .argument(c.real(-1, 1)));
    add.accept(
        "gelu", c -> Operands.ulps(unary(c, Operands.FLOATS).call("approximate", c.coin()), 32));
    add.accept("bitwise_not bitwise_invert", c -> integral(c, -100, 100));
    add.accept("bitwise_and bitwise_or bitwise_xor gcd lcm", c -> pair(c, BITS, -100, 100));
    add.accept(
        "left_shift right_shift bitwise_left_shift bitwise_right_shift", c -> pair(c, BITS, -3, 9));
    add.accept(
        "add subtract multiply divide true_divide floor_divide mod fmod maximum minimum fmax fmin"
            + " equal not_equal less less_equal greater greater_equal logical_and logical_or"
            + " logical_xor divide_no_nan heaviside arctan2 hypot logaddexp logaddexp2 nextafter",
        c -> Operands.ulps(pair(c, Operands.ANY, -4, 4), 8));
    add.accept("power", c -> Operands.ulps(pair(c, Operands.ANY, -3, 4), 16));
    add.accept("polar", c -> pair(c, new String[] {"float32"}, 0, 4));
    add.accept(
        "ldexp",
        c -> {
          int[] dims = Operands.shape(c, 0, 3);
          c.argument(Operands.odd(c, c.pick(Operands.ANY), -4, 4, 8, dims));
          c.argument(
              Operands.array(c, c.pick("int32", "int8", "uint8"), -9, 9, Operands.beside(c, dims)));
          Operands.ulps(c, 2);
        });
    add.accept(
        "isclose allclose",
        c -> {
          int[] dims = Operands.shape(c, 0, 2);
          c.argument(Operands.odd(c, c.pick(Operands.ANY), -3, 3, 4, dims));
          c.argument(
              c.in(0, 3) == 0
                  ? Operands.scalar(c)
                  : Operands.odd(c, c.pick(Operands.ANY), -3, 3, 4, dims));
          c.call("rtol", c.pick(0.0, 0.01, 0.5)).call("atol", c.pick(0.0, 0.1, 1.0));
          c.call("equal_nan", c.coin());
        });
    add.accept(
        "round",
        c -> {
          Operands.ulps(unary(c, Operands.ANY), 2);
          if (c.coin()) {
            c.call("decimals", c.in(-2, 3));
          }
        });
    plans.put(
        "keras.ops.nan_to_num",
        c -> {
          unary(c, Operands.ANY);
          if (c.coin()) {
            c.call("nan", c.pick((Object) 1, 2.5))
                .call("posinf", c.in(0, 2) == 0 ? null : c.pick((Object) 100, 7.5));
            c.call("neginf", c.in(0, 2) == 0 ? null : c.pick((Object) (-100), -7.5));
          }
        });
    add.accept("clip", c -> unary(c, Operands.ANY).argument(bound(c, -2)).argument(bound(c, 2)));
    add.accept("cast saturate_cast", c -> unary(c, Operands.ANY).argument(c.pick(TYPES)));
    add.accept("array convert_to_tensor", ElementwisePlans::conversion);
    add.accept(
        "convert_to_numpy shape size ndim dtype is_tensor stop_gradient",
        c -> unary(c, Operands.ANY));
    add.accept(
        "view",
        c -> {
          int[] dims = Operands.filled(c, 1, 3);
          dims[dims.length - 1] = 4;
          c.argument(
                  Operands.array(
                      c,
                      c.pick("float32", "int32", "uint8", "int8", "float16", "bfloat16", "uint32"),
                      -3,
                      3,
                      dims))
              .withoutGradients();
          if (c.in(0, 6) > 0) {
            c.call("dtype", c.pick("float32", "int32", "uint8", "int8", "float16", "uint16"));
          }
        });
    add.accept(
        "view_as_complex",
        c -> c.argument(Operands.floats(c, c.in(1, 3), c.in(1, 3), c.pick(2, 2, 2, 3))));
    add.accept(
        "view_as_real",
        c ->
            c.argument(
                Operands.array(c, c.pick(Operands.COMPLEX), -3, 3, Operands.shape(c, 0, 3))));
    add.accept("where", ElementwisePlans::where);
    add.accept(
        "select",
        c -> {
          int n = c.in(1, 3);
          int[] dims = Operands.shape(c, 0, 2);
          List<Object> conditions = new java.util.ArrayList<>();
          List<Object> choices = new java.util.ArrayList<>();
          for (int i = 0; i < n; i++) {
            conditions.add(Operands.array(c, "bool", 0, 1, Operands.beside(c, dims)));
            choices.add(
                c.in(0, 4) == 0 ? Operands.scalar(c) : Operands.any(c, Operands.beside(c, dims)));
          }
          c.argument(conditions).argument(choices);
          if (c.coin()) {
            c.call("default", Operands.scalar(c));
          }
        });
    add.accept(
        "isin",
        c -> {
          c.argument(Operands.wild(c, Operands.shape(c, 0, 2)));
          c.argument(Operands.wild(c, Operands.shape(c, 0, 2)));
          c.call("invert", c.coin()).call("assume_unique", c.in(0, 4) == 0);
        });
  }

  private static DrawnCase unary(DrawnCase c, String[] types) {
    double[] range = RANGES[c.in(0, RANGES.length - 1)];
    String dtype = c.pick(types);
    boolean odd = c.in(0, 2) == 0;
    c.argument(Operands.odd(c, dtype, range[0], range[1], odd ? 5 : 0, Operands.shape(c, 0, 3)));
    // Where a value is not finite, or at a kink, there is no slope to agree on.
    return odd || range[0] < -4 ? c.withoutGradients() : c;
  }

  private static DrawnCase floating(DrawnCase c, double low, double high) {
    return c.argument(
        Operands.array(c, c.pick(Operands.FLOATS), low, high, Operands.shape(c, 0, 3)));
  }

  private static DrawnCase alpha(DrawnCase c, String key) {
    unary(c, Operands.FLOATS);
    return c.coin() ? c.call(key, c.coin() ? c.real(0.1, 2) : (Object) c.in(1, 2)) : c;
  }

  private static void integral(DrawnCase c, double low, double high) {
    c.argument(Operands.array(c, c.pick(BITS), low, high, Operands.shape(c, 0, 3)));
  }

  private static DrawnCase pair(DrawnCase c, String[] types, double low, double high) {
    int[] dims = Operands.shape(c, 0, 3);
    boolean odd = c.in(0, 2) == 0;
    boolean whole = types == BITS;
    Object x = Operands.odd(c, c.pick(types), low, high, odd ? 5 : 0, dims);
    Object y =
        c.in(0, 3) == 0
            ? whole ? (Object) c.in(0, 5) : Operands.scalar(c)
            : Operands.odd(c, c.pick(types), low, high, odd ? 5 : 0, Operands.beside(c, dims));
    boolean swap = c.coin();
    c.argument(swap ? y : x).argument(swap ? x : y);
    return odd ? c.withoutGradients() : c;
  }

  private static Object bound(DrawnCase c, int near) {
    return switch (c.in(0, 4)) {
      case 0 -> near;
      case 1 -> Operands.array(c, c.pick(Operands.ANY), near, near + 1);
      default -> near + c.real(-0.5, 0.5);
    };
  }

  private static void conversion(DrawnCase c) {
    if (c.coin()) {
      c.argument(Operands.any(c, Operands.shape(c, 0, 2)));
    } else {
      c.argument(
          switch (c.in(0, 4)) {
            case 0 -> Operands.scalar(c);
            case 1 -> List.of(1, 2.5, true);
            case 2 -> List.of(List.of(1, 2), List.of(3, 4));
            case 3 -> List.of(true, false);
            default -> List.of();
          });
    }
    if (c.coin()) {
      c.call("dtype", c.pick(TYPES));
    }
  }

  private static void where(DrawnCase c) {
    int[] dims = Operands.shape(c, 0, 3);
    c.argument(Operands.array(c, c.pick("bool", "bool", "int32", "float32"), 0, 1, dims));
    if (c.in(0, 5) > 0) {
      c.argument(c.in(0, 2) == 0 ? Operands.scalar(c) : Operands.any(c, Operands.beside(c, dims)));
      c.argument(c.in(0, 2) == 0 ? Operands.scalar(c) : Operands.any(c, Operands.beside(c, dims)));
    }
  }
}
