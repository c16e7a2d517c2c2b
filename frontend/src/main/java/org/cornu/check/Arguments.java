package org.cornu.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Lax;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, by the names of a {@link Signature}, with its defaults. */
public final class Arguments {
  private final String function;
  private final Map<String, @Nullable Object> values;
  private final List<@Nullable Object> rest;
  private final Set<String> read = new HashSet<>();

  private Arguments(
      String function, Map<String, @Nullable Object> values, List<@Nullable Object> rest) {
    this.function = function;
    this.values = values;
    this.rest = rest;
  }

  /** Matches positional and named arguments with parameters, as Python does. */
  static Arguments bind(
      String function,
      Signature signature,
      List<@Nullable Object> args,
      Map<String, @Nullable Object> kwargs) {
    Map<String, @Nullable Object> values = new HashMap<>();
    List<@Nullable Object> rest = new ArrayList<>();
    List<Signature.Parameter> parameters = signature.parameters();
    int next = 0;
    for (Signature.Parameter p : parameters) {
      if (p.kind() == Signature.Kind.REST) {
        while (next < args.size()) {
          rest.add(args.get(next++));
        }
      } else if (p.kind() == Signature.Kind.PLAIN && next < args.size()) {
        values.put(p.name(), args.get(next++));
      } else if (kwargs.containsKey(p.name())) {
        values.put(p.name(), kwargs.get(p.name()));
      } else if (p.kind() != Signature.Kind.NAMED_REST) {
        if (p.isRequired()) {
          throw new IllegalArgumentException(
              function + ": the argument " + p.name() + " is missing");
        }
        values.put(p.name(), p.defaultValue());
      }
    }
    if (next < args.size()) {
      throw new IllegalArgumentException(
          function + ": got " + args.size() + " positional arguments for " + signature);
    }
    boolean open = parameters.stream().anyMatch(p -> p.kind() == Signature.Kind.NAMED_REST);
    for (Map.Entry<String, @Nullable Object> entry : kwargs.entrySet()) {
      if (!values.containsKey(entry.getKey())) {
        if (!open) {
          throw new IllegalArgumentException(
              function + ": no parameter is named " + entry.getKey() + " in " + signature);
        }
        values.put(entry.getKey(), entry.getValue());
      }
    }
    return new Arguments(function, values, rest);
  }

  private @Nullable Object value(String name) {
    read.add(name);
    return values.get(name);
  }

  /** Parameters that have been asked for. */
  Set<String> read() {
    return Set.copyOf(read);
  }

  /** The value of a parameter as it was given. */
  public @Nullable Object get(String name) {
    return value(name);
  }

  /** True unless the argument is None. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** Integers among the arguments, by name. */
  public Map<String, Integer> integers() {
    read.add("**");
    Map<String, Integer> out = new HashMap<>();
    values.forEach(
        (name, value) -> {
          if (value instanceof Long number) {
            out.put(name, number.intValue());
          }
        });
    return out;
  }

  /** What a {@code *args} parameter took. */
  public List<@Nullable Object> rest() {
    read.add("*");
    return rest;
  }

  /** A tensor; numbers and lists of numbers become one. */
  public Tensor tensor(String name) {
    return tensorOf(required(name));
  }

  /** A tensor, or null for None. */
  public @Nullable Tensor tensorOrNull(String name) {
    Object value = value(name);
    return value == null ? null : tensorOf(value);
  }

  /** A tensor; a number becomes a scalar whose type gives way to that of {@code beside}. */
  public Tensor weak(String name, Tensor beside) {
    Object value = required(name);
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    if (value instanceof Double number) {
      return Lax.full(Promotion.weakDouble(beside.dtype()), number);
    }
    if (value instanceof Long number) {
      return Lax.full(Promotion.weakLong(beside.dtype()), number);
    }
    return tensorOf(value);
  }

  /** The tensor that a value of a call tree stands for. */
  static Tensor tensorOf(Object value) {
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    if (value instanceof Double number) {
      return Lax.full(DType.F32, number);
    }
    if (value instanceof Long number) {
      return Lax.full(DType.I32, number);
    }
    if (value instanceof Boolean flag) {
      return Lax.full(DType.BOOL, flag ? 1 : 0);
    }
    if (value instanceof List<?> list) {
      return ofList(list);
    }
    throw new IllegalArgumentException("not a tensor: " + value);
  }

  private static Tensor ofList(List<?> list) {
    if (list.stream().anyMatch(Tensor.class::isInstance)) {
      List<Tensor> parts = new ArrayList<>();
      list.forEach(v -> parts.add(tensorOf(v)));
      return org.cornu.ops.Np.stack(parts, 0);
    }
    List<Object> flat = new ArrayList<>();
    List<Long> dims = new ArrayList<>();
    flatten(list, 0, flat, dims);
    long[] shape = dims.stream().mapToLong(Long::longValue).toArray();
    Literal literal;
    if (flat.stream().allMatch(Boolean.class::isInstance) && !flat.isEmpty()) {
      boolean[] flags = new boolean[flat.size()];
      for (int i = 0; i < flags.length; i++) {
        flags[i] = (Boolean) flat.get(i);
      }
      literal = Literal.ofBooleans(TensorType.of(DType.BOOL, shape), flags);
    } else {
      boolean whole = flat.stream().noneMatch(Double.class::isInstance) && !flat.isEmpty();
      double[] numbers = flat.stream().mapToDouble(Arguments::numberOf).toArray();
      literal = Literal.ofDoubles(TensorType.of(whole ? DType.I32 : DType.F32, shape), numbers);
    }
    return Lax.constant(literal);
  }

  private static void flatten(List<?> list, int depth, List<Object> flat, List<Long> dims) {
    if (dims.size() == depth) {
      dims.add((long) list.size());
    }
    for (Object value : list) {
      if (value instanceof List<?> inner) {
        flatten(inner, depth + 1, flat, dims);
      } else {
        flat.add(java.util.Objects.requireNonNull(value));
      }
    }
  }

  /** A list of tensors; one tensor counts as the list of its slices. */
  public List<Tensor> tensors(String name) {
    return tensorsOf(required(name));
  }

  static List<Tensor> tensorsOf(Object value) {
    List<Tensor> out = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(v -> out.add(tensorOf(java.util.Objects.requireNonNull(v))));
      return out;
    }
    return org.cornu.ops.Np.unstack(tensorOf(value), 0);
  }

  /** An integer. */
  public int integer(String name) {
    return (int) whole(required(name));
  }

  /** An integer, or {@code otherwise} for None. */
  public int integer(String name, int otherwise) {
    return has(name) ? integer(name) : otherwise;
  }

  private static long whole(Object value) {
    if (value instanceof Tensor tensor) {
      return (long) tensor.item();
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return ((Number) value).longValue();
  }

  /** Integers: a number is a list of one, None an empty list. */
  public int[] ints(String name) {
    Object value = value(name);
    if (value == null) {
      return new int[0];
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .mapToInt(v -> (int) whole(java.util.Objects.requireNonNull(v)))
          .toArray();
    }
    if (value instanceof Tensor tensor && tensor.rank() > 0) {
      return tensor.toIntArray();
    }
    return new int[] {(int) whole(value)};
  }

  /** Sizes: like {@link #ints}. */
  public long[] longs(String name) {
    return java.util.Arrays.stream(ints(name)).asLongStream().toArray();
  }

  /** A number. */
  public double number(String name) {
    return numberOf(required(name));
  }

  /** A number, or {@code otherwise} for None. */
  public double number(String name, double otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  static double numberOf(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value instanceof Tensor tensor ? tensor.item() : ((Number) value).doubleValue();
  }

  /** Numbers: one number is a list of one. */
  public double[] numbers(String name) {
    Object value = required(name);
    return value instanceof List<?> list
        ? list.stream().mapToDouble(v -> numberOf(java.util.Objects.requireNonNull(v))).toArray()
        : new double[] {numberOf(value)};
  }

  /** A truth value. */
  public boolean flag(String name) {
    Object value = required(name);
    return value instanceof Boolean flag ? flag : whole(value) != 0;
  }

  /** A word. */
  public String text(String name) {
    return (String) required(name);
  }

  /** An element type by its name, or {@code otherwise} for None. */
  public DType dtype(String name, DType otherwise) {
    return has(name) ? Types.named(text(name)) : otherwise;
  }

  /** The layout of images, channels last for None. */
  public DataFormat format(String name) {
    return has(name) ? DataFormat.of(text(name)) : DataFormat.CHANNELS_LAST;
  }

  /** A list as it was given. */
  public List<?> list(String name) {
    return required(name) instanceof List<?> list ? list : List.of(required(name));
  }

  private Object required(String name) {
    Object value = value(name);
    if (value == null) {
      throw new IllegalArgumentException(function + ": the argument " + name + " must not be None");
    }
    return value;
  }
}
