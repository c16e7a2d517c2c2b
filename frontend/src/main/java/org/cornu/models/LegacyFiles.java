package org.cornu.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectReader;
import org.cornu.layers.Layer;
import org.cornu.saving.FormatException;
import org.cornu.saving.H5File;
import org.cornu.saving.H5Group;
import org.cornu.saving.Json;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Whole models in the HDF5 files of earlier Keras: config in an attribute, weights by position. */
final class LegacyFiles {
  private LegacyFiles() {}

  static Model load(Path file) throws IOException {
    try (H5File h5 = H5File.open(file)) {
      H5Group root = h5.root();
      Object config = root.attributes().get("model_config");
      if (config == null) {
        throw new FormatException(
            file + ": holds no model_config; for weights alone use Model.loadWeights");
      }
      Object read = ObjectReader.plain().read(Json.parseObject(config.toString()));
      if (!(read instanceof Model model)) {
        throw new FormatException(file + ": holds no model but " + read);
      }
      readWeights(model, root.group("model_weights"), file);
      Compile options = compiled(root.attributes().get("training_config"));
      if (options != null) {
        model.compile(options);
      }
      return model;
    }
  }

  private static void readWeights(Model model, H5Group weights, Path file) throws IOException {
    List<Layer<?>> layers = new ArrayList<>();
    for (Layer<?> layer : model.layers()) {
      if (!layer.weights().isEmpty()) {
        layers.add(layer);
      }
    }
    List<String> names = new ArrayList<>();
    for (String name : weights.strings("layer_names")) {
      if (!weights.group(name).strings("weight_names").isEmpty()) {
        names.add(name);
      }
    }
    if (names.size() != layers.size()) {
      throw new FormatException(
          file
              + ": has weights for "
              + names
              + ", the model's layers with weights are "
              + layers.stream().map(Layer::name).toList());
    }
    for (int i = 0; i < layers.size(); i++) {
      H5Group group = weights.group(names.get(i));
      List<Variable> variables = trainableFirst(layers.get(i));
      List<String> paths = group.strings("weight_names");
      if (paths.size() != variables.size()) {
        throw new FormatException(
            file
                + ": layer '"
                + names.get(i)
                + "' has the weights "
                + paths
                + ", the model's has "
                + variables.stream().map(Variable::path).toList());
      }
      for (int w = 0; w < paths.size(); w++) {
        Literal value = group.dataset(paths.get(w)).read();
        if (!value.type().shape().equals(variables.get(w).shape())) {
          throw new FormatException(
              file
                  + ": "
                  + paths.get(w)
                  + " is "
                  + value.type().brief()
                  + ", variable '"
                  + variables.get(w).path()
                  + "' has shape "
                  + variables.get(w).shape());
        }
        variables.get(w).assign(Tensor.of(value));
      }
    }
  }

  private static List<Variable> trainableFirst(Layer<?> layer) {
    List<Variable> out = new ArrayList<>();
    layer.weights().stream().filter(Variable::isTrainable).forEach(out::add);
    layer.weights().stream().filter(v -> !v.isTrainable()).forEach(out::add);
    return out;
  }

  private static @Nullable Compile compiled(@Nullable Object json) throws FormatException {
    if (json == null) {
      return null;
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(Json.parseObject(json.toString()));
    tree.put("optimizer", tree.get("optimizer_config"));
    return CompileConfig.read(tree, ObjectReader.plain());
  }
}
