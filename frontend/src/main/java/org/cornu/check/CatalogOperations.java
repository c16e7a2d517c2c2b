package org.cornu.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.models.OperationProvider;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/** The functions of the {@link OpCatalog} for graphs of models that Keras wrote. */
public final class CatalogOperations implements OperationProvider {
  private static final OpCatalog CATALOG = OpCatalog.load();

  /** For the service loader. */
  public CatalogOperations() {}

  @Override
  public @Nullable Operation find(String path) {
    OpCatalog.Entry entry = CATALOG.find(path);
    return entry == null ? null : (args, kwargs) -> call(entry, args, kwargs);
  }

  private static List<Tensor> call(
      OpCatalog.Entry entry, List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {
    List<@Nullable Object> positional = new ArrayList<>();
    args.forEach(value -> positional.add(value(value)));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    kwargs.forEach((key, value) -> named.put(key, value(value)));
    Arguments arguments = Arguments.bind(entry.path(), entry.signature(), positional, named);
    return Trees.leaves(entry.call().apply(arguments));
  }

  /** A value of a config as the catalog's functions take it. */
  private static @Nullable Object value(@Nullable Object tree) {
    if (tree instanceof Integer number) {
      return number.longValue();
    }
    if (tree instanceof Float number) {
      return number.doubleValue();
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(value(item)));
      return out;
    }
    if (tree instanceof Map<?, ?> map) {
      return object(map);
    }
    return tree;
  }

  private static @Nullable Object object(Map<?, ?> map) {
    Map<?, ?> config = map.get("config") instanceof Map<?, ?> inner ? inner : Map.of();
    return switch (String.valueOf(map.get("class_name"))) {
      case "__slice__" ->
          new CallTree.SliceOf(
              bound(config.get("start")), bound(config.get("stop")), bound(config.get("step")));
      case "__ellipsis__" -> new CallTree.Dots();
      case "__tuple__" -> value(config.get("value"));
      case "__tensor__", "__numpy__" ->
          constant(config.get("value"), String.valueOf(config.get("dtype")));
      default -> map;
    };
  }

  private static @Nullable Integer bound(@Nullable Object value) {
    return value instanceof Number number ? (Integer) number.intValue() : null;
  }

  private static Tensor constant(@Nullable Object nested, String dtype) {
    List<Long> dims = new ArrayList<>();
    for (Object at = nested; at instanceof List<?> list; at = list.isEmpty() ? null : list.get(0)) {
      dims.add((long) list.size());
    }
    List<Double> flat = new ArrayList<>();
    flatten(nested, flat);
    TensorType type =
        TensorType.of(Promotion.byName(dtype), dims.stream().mapToLong(Long::longValue).toArray());
    return Tensor.of(
        Literal.ofDoubles(type, flat.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private static void flatten(@Nullable Object nested, List<Double> out) {
    if (nested instanceof List<?> list) {
      list.forEach(item -> flatten(item, out));
    } else if (nested instanceof Boolean flag) {
      out.add(flag ? 1.0 : 0.0);
    } else if (nested instanceof Number number) {
      out.add(number.doubleValue());
    }
  }
}
