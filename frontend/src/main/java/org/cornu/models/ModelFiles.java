package org.cornu.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.optimizers.Optimizer;
import org.cornu.saving.H5File;
import org.cornu.saving.H5Group;
import org.cornu.saving.H5Writer;
import org.cornu.saving.KerasArchive;
import org.cornu.saving.SafeTensors;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Models and weights in files. */
final class ModelFiles {
  private ModelFiles() {}

  private static void requireBuilt(Model model) {
    if (!model.isBuilt()) {
      throw new IllegalStateException(
          model.name()
              + ": has no weights to save or load before it is built"
              + "\n  hint: give it an Input, or call it");
    }
  }

  /** What stood in the way of reading a file, in words. */
  private static UncheckedIOException unread(String what, Path file, IOException e) {
    return new UncheckedIOException(
        "could not read "
            + what
            + " "
            + file
            + ": "
            + (Files.exists(file) ? e.getMessage() : "there is no such file"),
        e);
  }

  static void save(Model model, Path file) {
    requireBuilt(model);
    Map<String, @Nullable Object> config = ObjectWriter.sharing().writeObject(model);
    try {
      KerasArchive.write(file, config, out -> writeAll(model, out), assets(model));
    } catch (IOException e) {
      throw new UncheckedIOException("could not save the model to " + file, e);
    }
  }

  private static Map<String, byte[]> assets(Model model) {
    Map<String, byte[]> out = new LinkedHashMap<>();
    for (SavedTree.Entry entry : SavedTree.of(model)) {
      entry.layer().assets().forEach((name, data) -> out.put(entry.path() + "/" + name, data));
    }
    return out;
  }

  private static void writeAll(Model model, H5Writer out) throws IOException {
    writeLayers(model, out);
    Compile compiled = model.compiled();
    if (compiled != null && model.optimizer().isBuilt()) {
      Optimizer optimizer = model.optimizer();
      writeVariables(out, "/optimizer/vars", optimizer.name(), optimizer.variables());
    }
  }

  private static void writeLayers(Model model, H5Writer out) throws IOException {
    for (SavedTree.Entry entry : SavedTree.of(model)) {
      String group = entry.path().isEmpty() ? "/vars" : "/" + entry.path() + "/vars";
      writeValues(out, group, entry.layer().name(), entry.layer().savedValues());
    }
  }

  private static void writeVariables(
      H5Writer out, String group, String name, List<Variable> variables) throws IOException {
    writeValues(out, group, name, variables.stream().map(Variable::value).toList());
  }

  private static void writeValues(H5Writer out, String group, String name, List<Tensor> values)
      throws IOException {
    out.group(group);
    out.attribute(group, "name", name);
    for (int i = 0; i < values.size(); i++) {
      out.dataset(group + "/" + i, values.get(i).toLiteral());
    }
  }

  static void saveWeights(Model model, Path file) {
    requireBuilt(model);
    try {
      if (file.toString().endsWith(".safetensors")) {
        Map<String, Literal> tensors = new LinkedHashMap<>();
        for (Variable variable : model.weights()) {
          tensors.put(variable.path(), variable.value().toLiteral());
        }
        new SafeTensors(tensors, Map.of("format", "cornu")).write(file);
        return;
      }
      try (H5Writer out = H5Writer.create(file)) {
        writeLayers(model, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("could not save weights to " + file, e);
    }
  }

  static void loadWeights(Model model, Path file) {
    requireBuilt(model);
    try {
      if (file.toString().endsWith(".safetensors")) {
        Map<String, Literal> tensors = SafeTensors.read(file).tensors();
        for (Variable variable : model.weights()) {
          Literal value = tensors.get(variable.path());
          if (value == null) {
            throw new IllegalArgumentException(
                file + ": has no weight '" + variable.path() + "'; it has " + tensors.keySet());
          }
          variable.take(Tensor.of(value));
        }
        return;
      }
      if (file.toString().endsWith(".keras")) {
        try (KerasArchive archive = KerasArchive.open(file);
            H5File weights = archive.weights()) {
          readLayers(model, weights.root(), file.toString());
        }
        return;
      }
      try (H5File weights = H5File.open(file)) {
        readLayers(model, weights.root(), file.toString());
      }
    } catch (IOException e) {
      throw unread("weights from", file, e);
    }
  }

  private static void readLayers(Model model, H5Group root, String where) throws IOException {
    List<Runnable> assignments = new ArrayList<>();
    for (SavedTree.Entry entry : SavedTree.of(model)) {
      List<Variable> variables = entry.layer().savedVariables();
      String group = entry.path().isEmpty() ? "vars" : entry.path() + "/vars";
      if (variables.isEmpty()) {
        continue;
      }
      if (!root.has(group)) {
        throw new IllegalArgumentException(
            where + ": has no weights for layer '" + entry.layer().name() + "' at " + group);
      }
      collect(assignments, variables, root.group(group).variables(), where + ":" + group);
      assignments.add(entry.layer()::onLoaded);
    }
    // Nothing changes unless everything fits.
    assignments.forEach(Runnable::run);
  }

  private static void collect(
      List<Runnable> assignments, List<Variable> variables, List<Literal> values, String where) {
    if (variables.size() != values.size()) {
      throw new IllegalArgumentException(
          where
              + ": holds "
              + values.size()
              + " arrays, the layer has "
              + variables.size()
              + " variables: "
              + variables.stream().map(Variable::path).toList());
    }
    for (int i = 0; i < values.size(); i++) {
      Variable variable = variables.get(i);
      Literal value = values.get(i);
      if (!value.type().shape().equals(variable.shape())) {
        throw new IllegalArgumentException(
            where
                + "/"
                + i
                + ": is "
                + value.type().brief()
                + ", variable '"
                + variable.path()
                + "' has shape "
                + variable.shape());
      }
      assignments.add(() -> variable.take(Tensor.of(value)));
    }
  }

  static Model load(Path file) {
    if (file.toString().endsWith(".h5") || file.toString().endsWith(".hdf5")) {
      try {
        return LegacyFiles.load(file);
      } catch (IOException e) {
        throw unread("the model", file, e);
      }
    }
    try (KerasArchive archive = KerasArchive.open(file)) {
      Object read = ObjectReader.plain().read(archive.config());
      if (!(read instanceof Model model)) {
        throw new IllegalArgumentException(file + ": holds no model but " + read);
      }
      for (SavedTree.Entry entry : SavedTree.of(model)) {
        String prefix = entry.path() + "/";
        for (String asset : archive.assets()) {
          if (asset.startsWith(prefix) && asset.indexOf('/', prefix.length()) < 0) {
            entry.layer().loadAsset(asset.substring(prefix.length()), archive.asset(asset));
          }
        }
      }
      try (H5File weights = archive.weights()) {
        H5Group root = weights.root();
        readLayers(model, root, file.toString());
        readOptimizer(model, root, file.toString());
      }
      return model;
    } catch (IOException e) {
      throw unread("the model", file, e);
    }
  }

  private static void readOptimizer(Model model, H5Group root, String where) throws IOException {
    Compile compiled = model.compiled();
    if (compiled == null || !root.has("optimizer/vars")) {
      return;
    }
    Optimizer optimizer = model.optimizer();
    optimizer.build(model.trainableVariables());
    List<Literal> values = root.group("optimizer/vars").variables();
    if (values.size() == optimizer.variables().size()) {
      List<Runnable> assignments = new ArrayList<>();
      collect(assignments, optimizer.variables(), values, where + ":optimizer/vars");
      assignments.forEach(Runnable::run);
    }
  }
}
