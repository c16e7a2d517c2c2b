package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.text.Parser;
import org.cornu.stablehlo.text.Printer;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Axes;
import org.cornu.tracer.Imported;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/**
 * A program from outside as a layer, such as one that {@code jax.export} wrote: it takes the place
 * of Keras' {@code JaxLayer}, which holds a Python function. The first arguments of the program are
 * the weights, the others the inputs:
 *
 * <pre>{@code
 * Imported program = Imported.read(Path.of("block.jax"));  // (params, x) -> y
 * var layer = new ProgramLayer(program, params);           // any tree of tensors: records, maps, lists
 * }</pre>
 *
 * <p>A program exported with a symbolic batch size takes batches of any size; one for a fixed size
 * takes these alone; one for a single example is applied to each by {@link #perExample}. The config
 * keeps the program, the weights are saved as those of any layer.
 */
public final class ProgramLayer extends Layer<ProgramLayer> {
  private static final Option<String> PROGRAM = Option.string("program").required();
  private static final Option<List<String>> WEIGHTS =
      Option.strings("weights").defaultTo(List.of());
  private static final Option<List<String>> FROZEN = Option.strings("frozen").defaultTo(List.of());
  private static final Option<Boolean> PER_EXAMPLE = Option.bool("per_example").defaultTo(false);

  static final Spec SPEC =
      Spec.custom("cornu", "ProgramLayer")
          .base(OPTIONS)
          .options(PROGRAM, WEIGHTS, FROZEN, PER_EXAMPLE)
          .create(ProgramLayer::new);

  private final List<Variable> variables = new ArrayList<>();

  /** Initial values by name; empty for a layer that was read from a config. */
  private Map<String, Tensor> initial = Map.of();

  private @Nullable Imported program;

  private ProgramLayer() {
    super(SPEC);
  }

  /** Without weights: every argument of the program is an input. */
  @CanIgnoreReturnValue
  public ProgramLayer(Imported program) {
    this(program, List.of());
  }

  /**
   * With weights.
   *
   * @param weights a tree whose tensors are the first arguments of the program, in leaf order, and
   *     the initial values; the weights are named by their paths
   */
  @CanIgnoreReturnValue
  public ProgramLayer(Imported program, Object weights) {
    this();
    this.program = program;
    Map<String, Tensor> values = new LinkedHashMap<>(Trees.byPath(weights));
    List<TensorType> types = program.inputTypes();
    if (values.size() >= types.size()) {
      throw new OpException(
          "program layer: the program takes "
              + types.size()
              + " tensors, weights and inputs: got "
              + values.size()
              + " weights");
    }
    int i = 0;
    for (Map.Entry<String, Tensor> weight : values.entrySet()) {
      TensorType type = types.get(i++);
      if (!type.equals(weight.getValue().type())) {
        throw new OpException(
            "program layer: weight '"
                + weight.getKey()
                + "' is "
                + type.brief()
                + " in the program: got "
                + weight.getValue().type().brief());
      }
    }
    initial = values;
    set(PROGRAM, Printer.print(program.module()));
    set(WEIGHTS, List.copyOf(values.keySet()));
  }

  /**
   * Says that the program is for one example: it is applied to each of a batch, vectorised.
   * Default: the program takes batches.
   */
  public ProgramLayer perExample(boolean value) {
    set(PER_EXAMPLE, value);
    return this;
  }

  /** Weights that training leaves alone, such as moving averages, by their paths. */
  public ProgramLayer frozen(List<String> names) {
    for (String name : names) {
      if (!get(WEIGHTS).contains(name)) {
        throw new OpException(
            "program layer: no weight '" + name + "' to freeze: got weights " + get(WEIGHTS));
      }
    }
    set(FROZEN, List.copyOf(names));
    return this;
  }

  /** The program. */
  public Imported program() {
    Imported known = program;
    if (known == null) {
      known = Imported.of(Parser.parse(get(PROGRAM)));
      program = known;
    }
    return known;
  }

  @Override
  protected boolean autocastsInputs() {
    return false; // the program's types are what they are
  }

  @Override
  protected void buildAll(List<Shape> inputs) {
    List<TensorType> types = program().inputTypes();
    List<String> names = get(WEIGHTS);
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      TensorType type = types.get(i);
      DType dtype = type.dtype();
      Tensor value = initial.get(name);
      WeightBuilder weight =
          weight(name.isEmpty() ? "weight" : name.replaceAll("[./\\[\\]]+", "_"), type.shape())
              .dtype(dtype)
              .autocast(false)
              .trainable(dtype.isInexact() && !get(FROZEN).contains(name));
      weight.initializer("zeros");
      Variable variable = weight.add();
      if (value != null) {
        variable.assign(Tensor.of(value.toLiteral())); // a copy, which training may free
      }
      variables.add(variable);
    }
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    int expected = program().inputTypes().size() - variables.size();
    if (inputs.size() != expected) {
      throw new OpException(
          name() + ": the program takes " + expected + " inputs: got " + inputs.size());
    }
    List<Tensor> weights = variables.stream().map(Variable::value).toList();
    if (!get(PER_EXAMPLE)) {
      return run(weights, inputs);
    }
    return Transforms.vmap((List<Tensor> examples) -> run(weights, examples), Axes.all(0), 0)
        .apply(inputs);
  }

  private List<Tensor> run(List<Tensor> weights, List<Tensor> inputs) {
    List<Tensor> all = new ArrayList<>(weights);
    all.addAll(inputs);
    return program().apply(all);
  }
}
