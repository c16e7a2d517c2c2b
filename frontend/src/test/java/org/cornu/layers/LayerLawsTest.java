package org.cornu.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.models.Model;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stateless.Variable;
import org.cornu.tracer.F1;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds for every layer: its output has the shape it promised; its config makes the same layer
 * again; a compiled stateless call gives what a direct one gives, and leaves the same state; a
 * sample does not depend on the others of its batch; masks pass on; mixed precision computes in
 * bfloat16 and keeps its variables; the gradient is that of the function; a file gives back the
 * weights. Each layer of the catalog must have a line in {@code laws.txt}.
 */
final class LayerLawsTest {
  private static final int BATCH = 3;

  @TempDir @Nullable Path folder;

  @Test
  void everyLayerHasALine() throws IOException {
    Set<String> rows = LawRow.all().stream().map(LawRow::className).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (Spec spec : Registry.global().specs(Layer.FAMILY)) {
      if ("keras.layers".equals(spec.module()) && !rows.contains(spec.className())) {
        missing.add(spec.className());
      }
    }
    assertThat(missing).as("layers without a line in laws.txt").isEmpty();
  }

  static Stream<LawRow> rows() throws IOException {
    Set<String> known =
        Registry.global().specs(Layer.FAMILY).stream()
            .map(Spec::className)
            .collect(Collectors.toSet());
    return LawRow.all().stream().filter(row -> known.contains(row.className()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void obeysTheLaws(LawRow row) throws IOException {
    try (Scope scope = Scope.open()) {
      Layer<?> layer = row.layer(null);
      checkConfig(layer);
      if (row.exempt().contains("host")) {
        return;
      }
      List<TensorType> promised =
          layer
              .applyAll(row.inputs().stream().map(LawRow.Argument::symbolic).toList(), Call.DEFAULT)
              .stream()
              .map(Tensor::type)
              .toList();
      new Laws(row, layer).check(promised);
      if (!row.exempt().contains("nosave")) {
        checkFile(row);
      }
    }
  }

  private static void checkConfig(Layer<?> layer) {
    Map<String, @Nullable Object> config = layer.getConfig();
    Layer<?> again = (Layer<?>) layer.spec().fromConfig(config);
    assertThat(again.getConfig()).as("config of the layer made from the config").isEqualTo(config);
  }

  /** A model of the layer alone, saved and loaded, has the same weights. */
  private void checkFile(LawRow row) {
    List<Tensor> inputs = row.inputs().stream().map(LawRow.Argument::symbolic).toList();
    Layer<?> layer = row.layer(null);
    Model model = new Model(inputs, layer.applyAll(inputs, Call.DEFAULT));
    Path file = Objects.requireNonNull(folder).resolve(row.className() + ".keras");
    model.save(file);
    Model loaded = Model.load(file);
    assertThat(loaded.weights()).hasSameSizeAs(model.weights());
    for (int i = 0; i < model.weights().size(); i++) {
      Variable saved = model.weights().get(i);
      Variable read = loaded.weights().get(i);
      assertThat(read.type()).as(saved.path()).isEqualTo(saved.type());
      assertThat(read.value().toLiteral())
          .as("saved and loaded " + saved.path())
          .isEqualTo(saved.value().toLiteral());
    }
    assertThat(loaded.layer(layer.name()).getConfig()).isEqualTo(layer.getConfig());
  }

  /**
   * The laws that need values. What the layer does in both modes is compiled, and run operation by
   * operation; that samples, types and derivatives agree is a matter of the recorded operations,
   * which the interpreter computes sooner than a program of them is compiled.
   */
  private static final class Laws {
    private final LawRow row;
    private final Layer<?> layer;
    private final List<String> names = new ArrayList<>();
    private final List<Tensor> results = new ArrayList<>();

    Laws(LawRow row, Layer<?> layer) {
      this.row = row;
      this.layer = layer;
    }

    /** The arguments of a stateless call. */
    private record Given(List<Tensor> trainable, List<Tensor> other, List<Tensor> inputs) {}

    /** Named results of a program. */
    private record Values(List<String> names, List<Literal> all) {
      List<Literal> named(String name) {
        return IntStream.range(0, all.size())
            .filter(i -> names.get(i).equals(name))
            .mapToObj(all::get)
            .toList();
      }
    }

    void check(List<TensorType> promised) {
      List<Tensor> inputs = new ArrayList<>();
      for (int i = 0; i < row.inputs().size(); i++) {
        inputs.add(row.inputs().get(i).values(BATCH, i));
      }
      Given given =
          new Given(
              layer.trainableVariables().stream().map(Laws::perturbed).toList(),
              layer.nonTrainableVariables().stream().map(Variable::value).toList(),
              inputs);
      List<Literal> compiled =
          Transforms.jit((Given g) -> noted(g, this::modes)).apply(given).stream()
              .map(Tensor::toLiteral)
              .toList();
      Values modes = new Values(List.copyOf(names), compiled);
      checkShapes(promised, modes.named("output"));
      checkStateful(given, modes);
      Func func = Transforms.makeGraph((Given g) -> noted(g, this::relations), given);
      List<Literal> arguments = Trees.leaves(given).stream().map(Tensor::toLiteral).toList();
      checkPairs(modes, new Values(List.copyOf(names), new Interpreter().run(func, arguments)));
    }

    /** Weights that start at zero would hide much. */
    private static Tensor perturbed(Variable v) {
      Literal value = v.value().toLiteral();
      Literal noise = LawRow.pattern(v.type(), v.path().length());
      double[] out = new double[value.count()];
      Arrays.setAll(out, i -> value.doubleAt(i) + 0.1 * noise.doubleAt(i));
      return Tensor.of(Literal.ofDoubles(v.type(), out));
    }

    private List<Tensor> noted(Given given, Consumer<Given> laws) {
      names.clear();
      results.clear();
      laws.accept(given);
      return List.copyOf(results);
    }

    private void modes(Given given) {
      note("output", call(given, Call.DEFAULT).outputs());
      Layer.StatelessResult training = call(given, Call.training(true));
      note("training", training.outputs());
      note("state", training.nonTrainable());
    }

    private void relations(Given given) {
      List<Tensor> outputs = call(given, Call.DEFAULT).outputs();
      note("output", outputs);
      if (!row.exempt().contains("mixes")) {
        List<Tensor> first = given.inputs().stream().map(Laws::first).toList();
        note(
            "single",
            call(new Given(given.trainable(), given.other(), first), Call.DEFAULT).outputs());
        note("of batch", outputs.stream().map(Laws::first).toList());
      }
      masks(given);
      mixed(given, outputs);
      if (!row.exempt().contains("nograd")) {
        gradient(given);
      }
    }

    private Layer.StatelessResult call(Given given, Call call) {
      return layer.statelessCall(given.trainable(), given.other(), given.inputs(), call);
    }

    private void note(String name, List<Tensor> values) {
      for (Tensor value : values) {
        names.add(name);
        results.add(value);
      }
    }

    private static Tensor first(Tensor x) {
      return Lax.sliceInDim(x, 0, 1, 1, 0);
    }

    /** A layer that supports masking passes the mask of its input on. */
    private void masks(Given given) {
      List<Tensor> inputs = given.inputs();
      Tensor x = inputs.get(0);
      if (x.rank() < 3 || inputs.size() > 1 || row.exempt().contains("mask")) {
        return;
      }
      Tensor mask =
          Lax.lt(
              Lax.iota(DType.I32, 1, x.shape().dim(0), x.shape().dim(1)),
              Lax.full(DType.I32, x.shape().dim(1) - 1, x.shape().dim(0), x.shape().dim(1)));
      for (Tensor output : call(given, Call.DEFAULT.mask(mask)).outputs()) {
        Tensor passed = Masks.of(output);
        if (passed != null) {
          assertThat(passed.dtype()).as("type of the mask").isEqualTo(DType.BOOL);
          assertThat(output.shape().toString()).as("sizes of the mask").startsWith(prefix(passed));
        } else if (keepsSteps(x, output)) {
          assertThat(layer.supportsMasking()).as("passes the mask on").isFalse();
        }
      }
    }

    private static boolean keepsSteps(Tensor x, Tensor output) {
      return output.rank() > 2 && output.shape().dim(1) == x.shape().dim(1);
    }

    private static String prefix(Tensor mask) {
      String text = mask.shape().toString();
      return text.substring(0, text.length() - 1);
    }

    /** Under mixed precision outputs are bfloat16 and near those of float32; variables are f32. */
    private void mixed(Given given, List<Tensor> outputs) {
      Layer<?> low = row.layer("mixed_bfloat16");
      low.buildFor(Objects.requireNonNull(layer.builtFor()));
      for (int i = 0; i < layer.variables().size(); i++) {
        assertThat(low.variables().get(i).type())
            .as("type of " + layer.variables().get(i).path() + " under mixed precision")
            .isEqualTo(layer.variables().get(i).type());
      }
      List<Tensor> got =
          low.statelessCall(given.trainable(), given.other(), given.inputs(), Call.DEFAULT)
              .outputs();
      for (int i = 0; i < got.size(); i++) {
        boolean computed = outputs.get(i).dtype().isFloat() && !row.exempt().contains("mixed");
        if (computed) {
          assertThat(got.get(i).dtype()).as("type under mixed precision").isEqualTo(DType.BF16);
          if (!row.exempt().contains("rough")) {
            note("mixed", List.of(Np.cast(got.get(i), DType.F32)));
            note("of f32", List.of(outputs.get(i)));
          }
        }
      }
    }

    /** The derivative along one direction, by the gradient and by differences, in f64. */
    private void gradient(Given at32) {
      List<Tensor> trainable = at32.trainable();
      List<Tensor> inputs = at32.inputs();
      Layer<?> exact = row.layer("float64");
      exact.buildFor(Objects.requireNonNull(layer.builtFor()));
      List<Tensor> at = new ArrayList<>();
      trainable.forEach(w -> at.add(wide(w)));
      List<Tensor> floats = inputs.stream().filter(x -> x.dtype().isFloat()).toList();
      floats.forEach(x -> at.add(wide(x)));
      if (at.isEmpty()) {
        return;
      }
      List<Tensor> rest = at32.other().stream().map(Laws::wide).toList();
      F1<List<Tensor>, Tensor> loss =
          values -> {
            List<Tensor> given = new ArrayList<>();
            int next = trainable.size();
            for (Tensor input : inputs) {
              given.add(input.dtype().isFloat() ? values.get(next++) : input);
            }
            return weighted(
                exact
                    .statelessCall(values.subList(0, trainable.size()), rest, given, Call.DEFAULT)
                    .outputs());
          };
      List<Tensor> gradient = Transforms.grad(loss).apply(at);
      Tensor along = Lax.full(DType.F64, 0);
      List<Tensor> ahead = new ArrayList<>();
      List<Tensor> behind = new ArrayList<>();
      double step = 1e-6;
      for (int i = 0; i < at.size(); i++) {
        Tensor direction = Lax.constant(LawRow.pattern(at.get(i).type(), 100 + i));
        along = along.add(Np.sum(gradient.get(i).mul(direction)));
        ahead.add(at.get(i).add(direction.mul(step)));
        behind.add(at.get(i).sub(direction.mul(step)));
      }
      note("gradient", List.of(along));
      note("differences", List.of(loss.apply(ahead).sub(loss.apply(behind)).div(2 * step)));
    }

    private static Tensor wide(Tensor x) {
      return x.dtype().isFloat() ? Np.cast(x, DType.F64) : x;
    }

    private static Tensor weighted(List<Tensor> outputs) {
      Tensor total = Lax.full(DType.F64, 0);
      for (Tensor output : outputs) {
        if (output.dtype().isFloat()) {
          Tensor y = Np.cast(output, DType.F64);
          total = total.add(Np.sum(y.mul(Lax.constant(LawRow.pattern(y.type(), 7)))));
        }
      }
      return total;
    }

    private void checkShapes(List<TensorType> promised, List<Literal> outputs) {
      assertThat(outputs).as("number of outputs").hasSameSizeAs(promised);
      for (int i = 0; i < outputs.size(); i++) {
        TensorType got = outputs.get(i).type();
        long[] dims = promised.get(i).shape().dims();
        for (int d = 0; d < dims.length; d++) {
          dims[d] = dims[d] == Shape.DYNAMIC ? BATCH : dims[d];
        }
        assertThat(got).isEqualTo(TensorType.of(promised.get(i).element(), dims));
      }
    }

    private void checkPairs(Values compiled, Values got) {
      compare("interpreter", got.named("output"), compiled.named("output"), 1e-5);
      compare("batch of one", got.named("single"), got.named("of batch"), 2e-6);
      compare("mixed precision", got.named("mixed"), got.named("of f32"), 0.06);
      compare("gradient", got.named("gradient"), got.named("differences"), 1e-6);
    }

    /** A direct call in training gives the same, and leaves the same in the variables. */
    private void checkStateful(Given given, Values compiled) {
      List<Variable> trainable = layer.trainableVariables();
      for (int i = 0; i < trainable.size(); i++) {
        trainable.get(i).assign(given.trainable().get(i));
      }
      List<Tensor> direct = layer.applyAll(given.inputs(), Call.training(true));
      compare(
          "direct call",
          direct.stream().map(Tensor::toLiteral).toList(),
          compiled.named("training"),
          2e-6);
      compare(
          "state of a direct call",
          layer.nonTrainableVariables().stream().map(v -> v.value().toLiteral()).toList(),
          compiled.named("state"),
          2e-6);
    }

    private static double[] doubles(Literal literal) {
      double[] out = new double[literal.count()];
      Arrays.setAll(out, literal::doubleAt);
      return out;
    }

    private static void compare(
        String what, List<Literal> got, List<Literal> want, double tolerance) {
      assertThat(got).as(what).hasSameSizeAs(want);
      for (int i = 0; i < got.size(); i++) {
        double[] a = doubles(got.get(i));
        double[] b = doubles(want.get(i));
        assertThat(a).as(what).hasSameSizeAs(b);
        double size = 1;
        for (double v : b) {
          size = Math.max(size, Math.abs(v));
        }
        for (int k = 0; k < a.length; k++) {
          assertThat(Math.abs(a[k] - b[k]))
              .as("%s: element %d is %s, not %s", what, k, a[k], b[k])
              .isLessThanOrEqualTo(tolerance * size);
        }
      }
    }
  }
}
