package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.F1;
import org.cornu.tracer.Scope;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.jspecify.annotations.Nullable;

/** Runs cases of kind {@code op}: a function of the {@link OpCatalog} by its path. */
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
      List<@Nullable Object> outputs = call(entry, recorded, inputs);
      String difference = compareOutputs(path, outputs, recorded.get("outputs"));
      if (difference == null && recorded.has("grads")) {
        difference = compareGradients(path, entry, recorded, inputs);
      }
      return difference == null ? Outcome.PASSED : Outcome.failed(difference);
    }
  }

  private static List<@Nullable Object> call(
      OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    Arguments arguments =
        Arguments.bind(
            entry.path(),
            entry.signature(),
            CallTree.list(recorded.get("args"), inputs),
            CallTree.map(recorded.get("kwargs"), inputs));
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
      String path, List<@Nullable Object> got, JsonNode want) {
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
        difference =
            Agreement.difference(
                what, tensor.toLiteral(), Recorded.literal(w), SpecialCases.tolerance(path));
      } else {
        difference = what + ": got " + got.get(i) + ", expected an array";
      }
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static @Nullable String compareGradients(
      String path, OpCatalog.Entry entry, JsonNode recorded, List<Tensor> inputs) {
    List<Integer> places = new ArrayList<>();
    recorded.get("grad_inputs").forEach(i -> places.add(i.asInt()));
    JsonNode cotangents = recorded.get("cotangents");
    List<Tensor> at = places.stream().map(inputs::get).toList();
    F1<List<Tensor>, Tensor> weighted =
        xs -> {
          List<Tensor> all = new ArrayList<>(inputs);
          for (int i = 0; i < places.size(); i++) {
            all.set(places.get(i), xs.get(i));
          }
          return weighted(call(entry, recorded, all), cotangents);
        };
    List<Tensor> got = Transforms.grad(weighted).apply(at);
    JsonNode want = recorded.get("grads").get("inputs");
    for (int i = 0; i < got.size(); i++) {
      String difference =
          Agreement.difference(
              "gradient of input " + places.get(i),
              got.get(i).toLiteral(),
              Recorded.literal(want.get(i)),
              Math.max(Agreement.GRADIENT, SpecialCases.tolerance(path)));
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
