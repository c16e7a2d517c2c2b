package org.cornu.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.cornu.config.ConfigException;
import org.cornu.config.Names;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.layers.Call;
import org.cornu.layers.Layer;
import org.cornu.models.OperationProvider.Operation;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A call of a function of {@code keras.ops} in a functional model that Keras wrote: {@code x + y},
 * {@code x[:, 0]}, {@code ops.mean(x, axis=1)}. Keras names a class of {@code keras.src.ops} for
 * it; its config and the other arguments of the call are arguments of the function.
 */
final class OperationLayer extends Layer<OperationLayer> {
  /** The place of input {@code index} among the arguments of a call. */
  private record Place(int index) {}

  /** The name of the option of a call that holds its arguments. */
  private static final String ARGUMENTS = "operation_arguments";

  private record Arguments(List<@Nullable Object> args, Map<String, @Nullable Object> kwargs) {}

  private final Map<String, @Nullable Object> config;
  private final Operation operation;

  private OperationLayer(Spec spec, Map<String, @Nullable Object> config, Operation operation) {
    super(spec);
    this.config = config;
    this.operation = operation;
  }

  /** Whether a serialized member of a graph is a call of a function rather than a layer. */
  static boolean is(Map<?, ?> tree) {
    return tree.get("module") instanceof String module && module.startsWith("keras.src.ops.");
  }

  /** The call that a serialized member of a graph stands for. */
  static OperationLayer of(Map<?, ?> tree) {
    String className = String.valueOf(tree.get("class_name"));
    String path = "keras.ops." + Names.snakeCase(className);
    for (OperationProvider provider : ServiceLoader.load(OperationProvider.class)) {
      Operation found = provider.find(path);
      if (found != null) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        if (tree.get("config") instanceof Map<?, ?> options) {
          options.forEach((key, value) -> config.put(String.valueOf(key), value));
        }
        Spec spec = Spec.of(String.valueOf(tree.get("module")), className).base(OPTIONS);
        OperationLayer layer = new OperationLayer(spec, config, found);
        layer.rename(String.valueOf(config.get("name")));
        config.remove("name");
        return layer;
      }
    }
    throw new ConfigException(
        "cannot read the model: its graph calls "
            + path
            + ", which is unknown here\n  hint: wrap the call in a layer of your own in Keras");
  }

  /** A call with these arguments, whose tensors {@code places} turns into places of inputs. */
  static Call call(Object args, Object kwargs, Function<Map<?, ?>, @Nullable Integer> places) {
    List<@Nullable Object> positional = new ArrayList<>();
    ((List<?>) args).forEach(value -> positional.add(placed(value, places)));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    ((Map<?, ?>) kwargs)
        .forEach((key, value) -> named.put(String.valueOf(key), placed(value, places)));
    return Call.DEFAULT.with(ARGUMENTS, new Arguments(positional, named));
  }

  private static @Nullable Object placed(
      @Nullable Object tree, Function<Map<?, ?>, @Nullable Integer> places) {
    if (tree instanceof Map<?, ?> map) {
      Integer place = places.apply(map);
      return place == null ? map : new Place(place);
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(placed(item, places)));
      return out;
    }
    return tree;
  }

  /** The node of a call in Keras' form. */
  static Map<String, @Nullable Object> node(Call call, Function<Integer, Object> inputs) {
    Arguments arguments = arguments(call);
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("args", filled(arguments.args(), inputs));
    tree.put("kwargs", filled(arguments.kwargs(), inputs));
    return tree;
  }

  private static @Nullable Object filled(@Nullable Object tree, Function<Integer, Object> inputs) {
    if (tree instanceof Place place) {
      return inputs.apply(place.index());
    }
    if (tree instanceof List<?> list) {
      List<@Nullable Object> out = new ArrayList<>();
      list.forEach(item -> out.add(filled(item, inputs)));
      return out;
    }
    if (tree instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> out = new LinkedHashMap<>();
      map.forEach((key, value) -> out.put(String.valueOf(key), filled(value, inputs)));
      return out;
    }
    return tree;
  }

  private static Arguments arguments(Call call) {
    return (Arguments) Objects.requireNonNull(call.options().get(ARGUMENTS));
  }

  @Override
  protected boolean autocastsInputs() {
    return false;
  }

  @Override
  @SuppressWarnings("unchecked") // filled keeps lists and maps
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Arguments arguments = arguments(call);
    Map<String, @Nullable Object> kwargs = new LinkedHashMap<>(config);
    kwargs.putAll(
        (Map<String, @Nullable Object>)
            Objects.requireNonNull(filled(arguments.kwargs(), inputs::get)));
    return operation.apply(
        (List<@Nullable Object>) Objects.requireNonNull(filled(arguments.args(), inputs::get)),
        kwargs);
  }

  /** Keras' operations have no build config. */
  @Override
  protected void describe(Map<String, @Nullable Object> tree, ObjectWriter writer) {}

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> out = new LinkedHashMap<>();
    out.put("name", name());
    out.putAll(config);
    return out;
  }
}
