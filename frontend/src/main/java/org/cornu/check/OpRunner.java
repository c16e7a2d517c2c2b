package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.ConcretizationException;
import org.cornu.tracer.F1;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/**
 * Runs cases of kind {@code op}: a function of the {@link OpCatalog} by its path.
 *
 * <p>A case with {@code ulps} compares each element to that many units of precision of its type. A
 * case with {@code error} in place of outputs passes where the function refuses the arguments.
 */
final class OpRunner implements CaseRunner {
  private final OpCatalog catalog;

  OpRunner(OpCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String kind() {
    return "op";
  }

  @Override
  public Outcome run(JsonNode recorded) {
    String path = recorded.get("op").asText();
    OpCatalog.Entry entry = catalog.find(path);
    if (entry == null) {
      return Outcome.unsupported("no function for " + path);
    }
    try (Scope scope = Scope.open()) {
      List<Tensor> inputs = new ArrayList<>();
      for (Literal literal : Recorded.literals(recorded.get("inputs"))) {
        inputs.add(Tensor.of(literal));
      }
      if (recorded.has("error")) {
        return refusal(entry, recorded, inputs);
      }
      Results results;
      try {
        results = compiled(entry, recorded, inputs);
      } catch (ConcretizationException | OpException e) {
        // Results whose shape rests on values exist only outside of programs. What is wrong in
        // itself is wrong there too.
        results = new Results(call(entry, recorded, inputs), gradients(entry, recorded, inputs));
      }
      String difference = compareOutputs(path, results.outputs(), recorded, coarsest(inputs));
      if (difference == null) {
        difference = compareGradients(path, recorded, results.gradients(), coarsest(inputs));
      }
      return difference == null ? Outcome.PASSED : Outcome.failed(difference);
    }
  }

  /** Passes where the function refuses what Keras refused. */
  private static Outcome refusal(OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    try {
      call(entry, recorded, inputs);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      return Outcome.PASSED;
    }
    return Outcome.failed("accepts what Keras refuses: " + recorded.get("error").asText());
  }

  /** Results in wide types are no better than what narrow inputs were rounded to on the way. */
  private static double coarsest(List<Tensor> inputs) {
    double out = 0;
    for (Tensor input : inputs) {
      out = Math.max(out, Agreement.widened(input.dtype(), Double.MIN_VALUE));
    }
    return out;
  }

  private record Results(List<@Nullable Object> outputs, List<Tensor> gradients) {}

  /** Runs the function and its gradients as one program. */
  private static Results compiled(OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    List<@Nullable Object> outputs = new ArrayList<>();
    List<Tensor> arrays =
        Transforms.jit(
                (List<Tensor> xs) -> {
                  outputs.clear();
                  outputs.addAll(call(entry, recorded, xs));
                  List<Tensor> out = new ArrayList<>();
                  for (Object output : outputs) {
                    if (output instanceof Tensor tensor) {
                      out.add(tensor);
                    }
                  }
                  out.addAll(gradients(entry, recorded, xs));
                  return out;
                })
            .apply(inputs);
    int next = 0;
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) instanceof Tensor) {
        outputs.set(i, arrays.get(next++));
      }
    }
    return new Results(outputs, arrays.subList(next, arrays.size()));
  }

  static List<@Nullable Object> call(
      OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    return call(entry, arguments(entry, recorded, inputs));
  }

  static Arguments arguments(OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    return Arguments.bind(
        entry.path(),
        entry.signature(),
        CallTree.list(recorded.get("args"), inputs),
        CallTree.map(recorded.get("kwargs"), inputs));
  }

  static List<@Nullable Object> call(OpCatalog.Entry entry, Arguments arguments) {
    List<@Nullable Object> out = new ArrayList<>();
    Object result = entry.call().apply(arguments);
    if (result instanceof PythonValue python) {
      out.add(python.value());
    } else if (result != null) {
      out.addAll(Trees.leaves(result));
    }
    return out;
  }

  private static @Nullable String compareOutputs(
      String path, List<@Nullable Object> got, JsonNode recorded, double least) {
    JsonNode want = recorded.get("outputs");
    if (got.size() != want.size()) {
      return "got " + got.size() + " outputs, expected " + want.size();
    }
    if (SpecialCases.hasOwnComparison(path)) {
      return SpecialCases.compare(path, got, want);
    }
    for (int i = 0; i < got.size(); i++) {
      String what = "output " + i;
      JsonNode w = want.get(i);
      String difference;
      if (w.has("py")) {
        String text = String.valueOf(got.get(i));
        String expected = w.get("py").isTextual() ? w.get("py").asText() : w.get("py").toString();
        difference =
            text.replace(" ", "").equals(expected.replace(" ", ""))
                ? null
                : what + ": got " + text + ", expected " + expected;
      } else if (got.get(i) instanceof Tensor tensor) {
        Literal result = tensor.toLiteral();
        difference =
            recorded.has("ulps")
                ? Agreement.elementwise(
                    what, result, Recorded.literal(w), recorded.get("ulps").asDouble())
                : Agreement.difference(
                    what,
                    result,
                    Recorded.literal(w),
                    Math.max(least, SpecialCases.tolerance(path)));
      } else {
        difference = what + ": got " + got.get(i) + ", expected an array";
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** The recorded gradients of the case, or none. */
  private static List<Tensor> gradients(
      OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    if (!recorded.has("grads")) {
      return List.of();
    }
    List<Integer> places = new ArrayList<>();
    recorded.get("grad_inputs").forEach(i -> places.add(i.asInt()));
    JsonNode cotangents = recorded.get("cotangents");
    F1<List<Tensor>, Tensor> weighted =
        xs -> {
          List<Tensor> all = new ArrayList<>(inputs);
          for (int i = 0; i < places.size(); i++) {
            all.set(places.get(i), xs.get(i));
          }
          return weighted(call(entry, recorded, all), cotangents);
        };
    return Transforms.grad(weighted).apply(places.stream().map(inputs::get).toList());
  }

  private static @Nullable String compareGradients(
      String path, JsonNode recorded, List<Tensor> got, double least) {
    for (int i = 0; i < got.size(); i++) {
      String difference =
          Agreement.difference(
              "gradient of input " + recorded.get("grad_inputs").get(i),
              got.get(i).toLiteral(),
              Recorded.literal(recorded.get("grads").get("inputs").get(i)),
              Math.max(least, Math.max(Agreement.GRADIENT, SpecialCases.tolerance(path))));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /** {@code sum_i sum(output_i * cotangent_i)}, in f32. */
  private static Tensor weighted(List<@Nullable Object> outputs, JsonNode cotangents) {
    Tensor total = Lax.full(DType.F32, 0);
    for (int i = 0; i < outputs.size(); i++) {
      JsonNode cotangent = cotangents.get(i);
      if (outputs.get(i) instanceof Tensor output && cotangent != null && !cotangent.isNull()) {
        Tensor weight = Lax.constant(Recorded.literal(cotangent));
        total = Np.add(total, Np.sum(Np.multiply(Np.cast(output, DType.F32), weight)));
      }
    }
    return total;
  }
}
