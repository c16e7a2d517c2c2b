package org.cornu.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Spec;
import org.cornu.layers.Call;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerState;
import org.cornu.optimizers.Optimizer;
import org.cornu.quantizers.QuantizationConfig;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Jit3;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.UserFrame;
import org.jspecify.annotations.Nullable;

/**
 * A layer that can be trained. Made from symbolic tensors (the functional way), by {@link
 * Sequential}, or by a subclass with {@code build} and {@code call} of its own.
 *
 * <pre>{@code
 * Tensor in = Input.of(28, 28);
 * Tensor hidden = new Dense(128).activation("relu").apply(new Flatten().apply(in));
 * Model model = new Model(in, new Dense(10).apply(hidden));
 * model.compile(new Adam(1e-3), "sparse_categorical_crossentropy", "accuracy");
 * History history = model.fit(x, y, Fit.epochs(5));
 * }</pre>
 */
public class Model extends Layer<Model> {
  static final Spec SPEC =
      Spec.internal("keras.src.models.functional", "Functional")
          .base(List.of(NAME, TRAINABLE))
          .createFrom(FunctionalConfig::read);

  private @Nullable Graph graph;
  private @Nullable Trainer trainer;
  private @Nullable Jit3<List<Tensor>, List<Tensor>, Data.Batch, List<Tensor>> predictStep;

  /** A model of one input and one output. */
  public Model(Tensor input, Tensor output) {
    this(List.of(input), List.of(output));
  }

  /** A model of several inputs and outputs. */
  public Model(List<Tensor> inputs, List<Tensor> outputs) {
    this(SPEC);
    setGraph(inputs, outputs);
  }

  /** For subclasses with their own table. */
  protected Model(Spec spec) {
    super(spec);
  }

  /** For models of a class of your own, with {@code build} and {@code call}. */
  protected Model(String className) {
    super(className);
  }

  final void setGraph(List<Tensor> inputs, List<Tensor> outputs) {
    graph = new Graph(inputs, outputs);
    for (Layer<?> layer : graph.layers()) {
      track("layers", layer);
    }
    buildFor(inputs.stream().map(Tensor::shape).toList());
  }

  final @Nullable Graph graph() {
    return graph;
  }

  /** The symbolic inputs; empty for a model of a class of your own. */
  public final List<Tensor> inputs() {
    return graph == null ? List.of() : graph.inputs();
  }

  /** The symbolic outputs; empty for a model of a class of your own. */
  public final List<Tensor> outputs() {
    return graph == null ? List.of() : graph.outputs();
  }

  /** The layers in order of use, input layers first. */
  public List<Layer<?>> layers() {
    return graph != null
        ? graph.layers()
        : children().stream().<Layer<?>>map(c -> c.layer()).toList();
  }

  /** The layer of this name. */
  public final Layer<?> layer(String name) {
    for (Layer<?> layer : layers()) {
      if (layer.name().equals(name)) {
        return layer;
      }
    }
    throw new IllegalArgumentException(
        name()
            + ": no layer '"
            + name
            + "'; there are "
            + layers().stream().map(Layer::name).toList());
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    if (graph == null) {
      super.buildAll(inputs);
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Graph known = graph;
    if (known == null) {
      return super.callAll(inputs, call);
    }
    if (inputs.size() != known.inputs().size()) {
      throw new OpException(
          name()
              + ": takes "
              + known.inputs().size()
              + " inputs, got "
              + inputs.size()
              + " tensors");
    }
    return known.run(checked(known, inputs));
  }

  /** Checks inputs against the symbolic ones; adds a last dimension of 1 where Keras would. */
  private List<Tensor> checked(Graph known, List<Tensor> inputs) {
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      Shape want = known.inputs().get(i).shape();
      if (x.rank() == want.rank() - 1 && want.dim(-1) == 1) {
        long[] dims = x.shape().insert(x.rank(), 1).dims();
        x = org.cornu.ops.Lax.reshape(x, dims);
      }
      boolean fits = x.rank() == want.rank();
      for (int d = 0; fits && d < want.rank(); d++) {
        fits = want.dim(d) == Shape.DYNAMIC || want.dim(d) == x.shape().dim(d);
      }
      if (!fits) {
        throw new OpException(
            name()
                + ": input "
                + i
                + " must have shape "
                + want
                + " (? is any size): got "
                + inputs.get(i).type().brief());
      }
      out.add(x);
    }
    return out;
  }

  // ---- training

  /**
   * Chooses optimizer, loss and metrics.
   *
   * @param optimizer an optimizer
   * @param loss Keras' name of a loss
   * @param metrics Keras' names of metrics
   */
  public final void compile(Optimizer optimizer, String loss, String... metrics) {
    compile(new Compile(optimizer).loss(loss).metrics((Object[]) metrics));
  }

  /** Chooses optimizer, loss and metrics. */
  public final void compile(Compile options) {
    trainer = new Trainer(this, options);
  }

  /** What {@code compile} was given, or null. */
  public final @Nullable Compile compiled() {
    return trainer == null ? null : trainer.options();
  }

  /**
   * The optimizer that {@code compile} was given, built for this model; under the policy {@code
   * mixed_float16} inside a {@code LossScaleOptimizer}.
   */
  public final Optimizer optimizer() {
    return trainer().optimizer();
  }

  final Trainer trainer() {
    Trainer known = trainer;
    if (known == null) {
      throw new IllegalStateException(
          name()
              + ": not compiled, which fit, evaluate and trainOnBatch need"
              + UserFrame.suffix()
              + "\n  hint: call compile(optimizer, loss, metrics) first");
    }
    return known;
  }

  /** Trains; x and y {@code [samples, ...]}. */
  public final History fit(Tensor x, Tensor y, Fit options) {
    return fit(Data.of(x, y), options);
  }

  /** Trains on any data. */
  public final History fit(Data data, Fit options) {
    return trainer().fit(data, options);
  }

  /** Loss and metrics on data, by name, in Keras' order. */
  public final Map<String, Double> evaluate(Tensor x, Tensor y) {
    return evaluate(Data.of(x, y), 32);
  }

  /** Loss and metrics on data, by name, in Keras' order. */
  public final Map<String, Double> evaluate(Data data, int batchSize) {
    return trainer().evaluate(data, batchSize, List.of());
  }

  /** The outputs for many samples, batch by batch; of a model with one output. */
  public final Tensor predict(Tensor x) {
    List<Tensor> outputs = predict(Data.of(x), 32);
    if (outputs.size() != 1) {
      throw new OpException(name() + ": has several outputs; use predict(Data, int)");
    }
    return outputs.get(0);
  }

  /** The outputs for many samples, batch by batch. */
  public final List<Tensor> predict(Data data, int batchSize) {
    return Predictor.predict(this, data, batchSize);
  }

  /** The StableHLO text of a training step on batches of this size. */
  public final String trainProgram(Data data, int batchSize) {
    return trainer().program(data, batchSize);
  }

  final Jit3<List<Tensor>, List<Tensor>, Data.Batch, List<Tensor>> predictStep() {
    if (predictStep == null) {
      predictStep = Predictor.step(this);
    }
    return predictStep;
  }

  /** One update on one batch; returns loss and metrics of that batch alone. */
  public final Map<String, Double> trainOnBatch(Tensor x, Tensor y) {
    return trainer().trainOnBatch(Data.of(x, y));
  }

  /**
   * Quantizes all layers of the model that can be; to be done before training or {@code compile}.
   */
  @Override
  public final void quantize(QuantizationConfig config) {
    if (!isBuilt()) {
      throw new IllegalStateException(
          name() + ".quantize: the model is not built\n  hint: give it an Input, or call it");
    }
    if (trainer != null && trainer.optimizer().isBuilt()) {
      throw new IllegalStateException(
          name()
              + ".quantize: the optimizer was built for the weights as they are\n  hint: quantize"
              + " first, then compile and fit");
    }
    quantize(this, config);
    predictStep = null;
    if (trainer != null) {
      trainer = new Trainer(this, trainer.options());
    }
  }

  private static void quantize(Layer<?> owner, QuantizationConfig config) {
    for (LayerState.Child child : owner.children()) {
      if (!child.layer().children().isEmpty()) {
        quantize(child.layer(), config);
      } else if (child.layer().canBeQuantized(config)) {
        child.layer().quantize(config);
      }
    }
  }

  // ---- stateless

  /** The variables of loss trackers and metrics; made when the model sees its first batch. */
  public final List<Variable> metricsVariables() {
    return trainer().metricsVariables();
  }

  /** What {@link #statelessComputeLoss} returns, in Keras' order. */
  public record StatelessLoss(
      Tensor loss, List<Tensor> trainable, List<Tensor> nonTrainable, List<Tensor> metrics) {}

  /**
   * The loss of predictions, penalties on weights included, as a pure function of the values of the
   * variables.
   *
   * @param trainable values of {@link #trainableVariables}
   * @param nonTrainable values of {@link #nonTrainableVariables}
   * @param metrics values of {@link #metricsVariables}
   * @param yPred what {@link #statelessCall} gave for {@code x}
   * @param sampleWeight weights that broadcast to the losses, or null
   */
  public final StatelessLoss statelessComputeLoss(
      List<Tensor> trainable,
      List<Tensor> nonTrainable,
      List<Tensor> metrics,
      Tensor x,
      Tensor y,
      Tensor yPred,
      @Nullable Tensor sampleWeight) {
    Data.Batch batch = new Data.Batch(List.of(x), List.of(y), sampleWeight);
    return trainer().loss(trainable, nonTrainable, metrics, batch, List.of(yPred));
  }

  // ---- inspection and files

  /** A table of layers, output shapes and parameter counts. */
  public final String summary() {
    return Summary.of(this);
  }

  /** Writes the model, its weights and its optimizer into a {@code .keras} file. */
  public final void save(Path file) {
    ModelFiles.save(this, file);
  }

  /** Writes the weights into a {@code .weights.h5} or {@code .safetensors} file. */
  public final void saveWeights(Path file) {
    ModelFiles.saveWeights(this, file);
  }

  /** Reads weights that {@link #saveWeights} or Keras wrote. */
  public final void loadWeights(Path file) {
    ModelFiles.loadWeights(this, file);
  }

  /** Reads a model from a {@code .keras} or {@code .h5} file, by Cornu or Keras. */
  public static Model load(Path file) {
    return ModelFiles.load(file);
  }

  /** Values of all weights, in the order of {@link #weights}. */
  public final List<Tensor> getWeights() {
    return weights().stream().map(v -> v.value()).toList();
  }

  /** Sets all weights to copies of these, in the order of {@link #weights}. */
  public final void setWeights(Collection<Tensor> values) {
    List<org.cornu.stateless.Variable> weights = weights();
    if (weights.size() != values.size()) {
      throw new OpException(
          name() + ".setWeights: takes " + weights.size() + " values, got " + values.size());
    }
    int i = 0;
    for (Tensor value : values) {
      // A copy: training donates the weights, and the values may be those of another model.
      weights.get(i++).assign(Tensor.of(value.toLiteral()));
    }
  }

  @Override
  public Map<String, @Nullable Object> getConfig(org.cornu.config.ObjectWriter writer) {
    Graph known = graph;
    if (known == null) {
      return super.getConfig(writer);
    }
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", name());
    config.put("trainable", isTrainable());
    config.putAll(FunctionalConfig.write(known, writer));
    return config;
  }

  @Override
  protected void describe(
      Map<String, @Nullable Object> tree, org.cornu.config.ObjectWriter writer) {
    super.describe(tree, writer);
    if (trainer != null) {
      tree.put("compile_config", CompileConfig.write(trainer.options(), writer));
    }
  }

  @Override
  protected void restore(Map<String, @Nullable Object> tree, org.cornu.config.ObjectReader reader) {
    if (graph == null) {
      super.restore(tree, reader);
    }
    Compile options = CompileConfig.read(tree.get("compile_config"), reader);
    if (options != null) {
      compile(options);
    }
  }
}
