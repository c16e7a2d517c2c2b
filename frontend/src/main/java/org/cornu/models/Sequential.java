package org.cornu.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.layers.Input;
import org.cornu.layers.InputLayer;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerNode;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.NameScope;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layers one after the other.
 *
 * <pre>{@code
 * var model = new Sequential(Input.of(28, 28, 1), new Flatten(), new Dense(10));
 * }</pre>
 *
 * Without an input the model is built at the first call.
 */
public final class Sequential extends Model {
  static final Spec SPEC =
      Spec.of("keras", "Sequential")
          .base(List.of(NAME, TRAINABLE, DTYPE))
          .createFrom(Sequential::fromConfig);

  private final List<Layer<?>> layers = new ArrayList<>();
  private @Nullable InputLayer input;

  /** The layers; built at the first call. */
  public Sequential(Layer<?>... layers) {
    super(SPEC);
    for (Layer<?> layer : layers) {
      add(layer);
    }
  }

  /** The layers, built at once for an input made with {@link Input}. */
  public Sequential(Tensor input, Layer<?>... layers) {
    super(SPEC);
    this.layers.addAll(List.of(layers));
    if (!(input.symbolicNode() instanceof LayerNode node
        && node.layer() instanceof InputLayer layer)) {
      throw new IllegalArgumentException(
          "Sequential: the first argument must come from Input.of: got " + input);
    }
    try (NameScope scope = NameScope.open(name())) {
      connect(layer);
    }
  }

  /** Appends a layer, before the model is built. */
  public void add(Layer<?> layer) {
    if (isBuilt()) {
      throw new IllegalStateException(name() + " is already built; add layers before");
    }
    if (layer instanceof InputLayer first && layers.isEmpty()) {
      input = first;
    } else {
      layers.add(layer);
    }
  }

  private void connect(InputLayer first) {
    input = first;
    Tensor x = first.output();
    for (Layer<?> layer : layers) {
      x = layer.apply(x);
    }
    setGraph(List.of(first.output()), List.of(x));
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (graph() == null) {
      Shape shape = inputs.get(0);
      int[] dims = new int[shape.rank() - 1];
      for (int d = 0; d < dims.length; d++) {
        dims[d] = shape.dim(d + 1) == Shape.DYNAMIC ? Input.ANY : shape.size(d + 1);
      }
      Tensor symbolic = Input.of(DType.F32, dims);
      connect((InputLayer) ((LayerNode) Objects.requireNonNull(symbolic.symbolicNode())).layer());
    }
  }

  /** The layers, without the input. */
  @Override
  public List<Layer<?>> layers() {
    return List.copyOf(layers);
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", name());
    config.put("trainable", isTrainable());
    config.put("dtype", writer.write(policy()));
    List<@Nullable Object> trees = new ArrayList<>();
    if (input != null) {
      trees.add(writer.write(input));
    }
    for (Layer<?> layer : layers) {
      trees.add(writer.write(layer));
    }
    config.put("layers", trees);
    List<Shape> shapes = builtFor();
    if (shapes != null) {
      List<@Nullable Object> dims = new ArrayList<>();
      for (long dim : shapes.get(0).dims()) {
        dims.add(dim == Shape.DYNAMIC ? null : (Object) (int) dim);
      }
      config.put("build_input_shape", dims);
    }
    return config;
  }

  private static Sequential fromConfig(Map<String, @Nullable Object> config, ObjectReader reader) {
    Sequential model = new Sequential();
    if (config.get("name") instanceof String name) {
      model.name(name);
    }
    if (!(config.get("layers") instanceof List<?> trees)) {
      throw new ConfigException("Sequential: 'layers' must be a list");
    }
    for (Object tree : trees) {
      model.add(reader.read(java.util.Objects.requireNonNull(tree), Layer.FAMILY));
    }
    if (model.input != null) {
      try (NameScope scope = NameScope.open(model.name())) {
        model.connect(model.input);
      }
    } else if (config.get("build_input_shape") instanceof List<?> dims) {
      long[] shape = new long[dims.size()];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = dims.get(i) instanceof Number n ? n.longValue() : Shape.DYNAMIC;
      }
      model.buildFor(List.of(Shape.of(shape)));
    }
    if (Boolean.FALSE.equals(config.get("trainable"))) {
      model.trainable(false);
    }
    return model;
  }
}
