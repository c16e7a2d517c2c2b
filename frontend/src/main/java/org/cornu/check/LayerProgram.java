package org.cornu.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.cornu.layers.Layer;
import org.cornu.layers.Masks;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stateless.Variable;
import org.cornu.tracer.F1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/** All that a recorded case of a layer asks for, as one function of its weights and inputs. */
final class LayerProgram {
  private record Expected(String what, JsonNode recorded, double tolerance) {}

  /** Trainable values, other values, inputs. */
  private record State(List<Tensor> trainable, List<Tensor> other, List<Tensor> inputs) {}

  private final Layer<?> layer;
  private final JsonNode recorded;
  private final List<Expected> expected = new ArrayList<>();
  private final List<Tensor> results = new ArrayList<>();

  LayerProgram(Layer<?> layer, JsonNode recorded) {
    this.layer = layer;
    this.recorded = recorded;
  }

  /** The arguments of {@link #trace}: recorded weights, states as they start, inputs. */
  List<Literal> arguments(List<Literal> inputs) {
    List<Variable> weights = layer.weights();
    List<Literal> out = new ArrayList<>();
    List<Variable> all = new ArrayList<>(layer.trainableVariables());
    all.addAll(layer.nonTrainableVariables());
    for (Variable variable : all) {
      int index = weights.indexOf(variable);
      out.add(
          index >= 0
              ? Recorded.literal(recorded.get("weights").get(index))
              : variable.value().toLiteral());
    }
    out.addAll(inputs);
    return out;
  }

  private State state(List<Tensor> arguments) {
    int trainable = layer.trainableVariables().size();
    int weights = trainable + layer.nonTrainableVariables().size();
    return new State(
        arguments.subList(0, trainable),
        arguments.subList(trainable, weights),
        arguments.subList(weights, arguments.size()));
  }

  /** The results in the order of what is expected of them. */
  List<Tensor> trace(List<Tensor> arguments) {
    expected.clear();
    results.clear();
    State start = state(arguments);
    LayerCall first = LayerCall.of(recorded.get("call"), start.inputs());
    Layer.StatelessResult result =
        layer.statelessCall(start.trainable(), start.other(), first.inputs(), first.call());
    expectAll("output", result.outputs(), recorded.get("outputs"), Agreement.OUTPUT);
    expectMasks(result.outputs());
    expectLosses(result.losses());
    expectState(result.nonTrainable());
    more(start, result.nonTrainable());
    gradients(start);
    return List.copyOf(results);
  }

  private void expect(String what, Tensor got, JsonNode want, double tolerance) {
    results.add(got);
    expected.add(new Expected(what, want, tolerance));
  }

  private void expectAll(String what, List<Tensor> got, JsonNode want, double tolerance) {
    if (got.size() != want.size()) {
      throw new IllegalStateException(what + "s: got " + got.size() + ", expected " + want.size());
    }
    for (int i = 0; i < got.size(); i++) {
      expect(what + " " + i, got.get(i), want.get(i), tolerance);
    }
  }

  private void expectMasks(List<Tensor> outputs) {
    JsonNode masks = recorded.get("output_masks");
    for (int i = 0; i < outputs.size(); i++) {
      Tensor mask = Masks.of(outputs.get(i));
      boolean wanted = masks != null && !masks.get(i).isNull();
      if (wanted != (mask != null)) {
        throw new IllegalStateException(
            "output " + i + (wanted ? " must have a mask" : " must not have a mask"));
      }
      if (mask != null) {
        expect("mask of output " + i, mask, Objects.requireNonNull(masks).get(i), 0);
      }
    }
  }

  /** Losses of outputs come before those of weights, in Keras as in a stateless call. */
  private void expectLosses(List<Tensor> losses) {
    if (recorded.has("losses")) {
      expectAll("loss", losses, recorded.get("losses"), Agreement.OUTPUT);
    }
  }

  private void expectState(List<Tensor> values) {
    if (!recorded.has("non_trainable_after")) {
      return;
    }
    List<Variable> weights = layer.weights();
    List<Variable> variables = layer.nonTrainableVariables();
    List<Tensor> kept = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (weights.contains(variables.get(i))) {
        kept.add(values.get(i));
      }
    }
    expectAll("non-trainable weight", kept, recorded.get("non_trainable_after"), Agreement.OUTPUT);
  }

  private void more(State start, List<Tensor> after) {
    JsonNode calls = recorded.get("more_calls");
    List<Tensor> other = after;
    List<Variable> weights = layer.weights();
    List<Variable> variables = layer.nonTrainableVariables();
    for (int i = 0; calls != null && i < calls.size(); i++) {
      if (calls.get(i).path("reset_state").asBoolean()) {
        List<Tensor> reset = new ArrayList<>(other);
        for (int v = 0; v < reset.size(); v++) {
          if (!weights.contains(variables.get(v))
              && !variables.get(v).name().equals("seed_generator_state")) {
            reset.set(v, Lax.fullLike(reset.get(v), 0));
          }
        }
        other = reset;
      }
      LayerCall next = LayerCall.of(calls.get(i), start.inputs());
      Layer.StatelessResult result =
          layer.statelessCall(start.trainable(), other, next.inputs(), next.call());
      other = result.nonTrainable();
      expectAll(
          "output of call " + (i + 2),
          result.outputs(),
          recorded.get("more_outputs").get(i),
          Agreement.OUTPUT);
    }
  }

  private void gradients(State start) {
    if (!recorded.has("cotangents")) {
      return;
    }
    List<Integer> places = new ArrayList<>();
    recorded.get("grad_inputs").forEach(i -> places.add(i.asInt()));
    List<Tensor> at = new ArrayList<>(start.trainable());
    places.forEach(i -> at.add(start.inputs().get(i)));
    int weights = start.trainable().size();
    F1<List<Tensor>, Tensor> loss =
        values -> {
          List<Tensor> inputs = new ArrayList<>(start.inputs());
          for (int i = 0; i < places.size(); i++) {
            inputs.set(places.get(i), values.get(weights + i));
          }
          LayerCall call = LayerCall.of(recorded.get("call"), inputs);
          return weighted(
              layer
                  .statelessCall(
                      values.subList(0, weights), start.other(), call.inputs(), call.call())
                  .outputs());
        };
    List<Tensor> got = Transforms.grad(loss).apply(at);
    JsonNode want = recorded.get("grads");
    expectAll(
        "gradient of weight", got.subList(0, weights), want.get("weights"), Agreement.GRADIENT);
    expectAll(
        "gradient of input",
        got.subList(weights, got.size()),
        want.get("inputs"),
        Agreement.GRADIENT);
  }

  /** {@code sum_i sum(output_i * cotangent_i)}, in f32. */
  private Tensor weighted(List<Tensor> outputs) {
    Tensor total = Lax.full(DType.F32, 0);
    for (int i = 0; i < outputs.size(); i++) {
      JsonNode cotangent = recorded.get("cotangents").get(i);
      if (!cotangent.isNull()) {
        Tensor weight = Lax.constant(Recorded.literal(cotangent));
        total = Np.add(total, Np.sum(Np.multiply(Np.cast(outputs.get(i), DType.F32), weight)));
      }
    }
    return total;
  }

  /**
   * What was computed in a narrow type is right to its precision, whatever it is kept in; gradients
   * add up several roundings.
   */
  private double tolerance(Expected want) {
    double roundings = want.tolerance() == Agreement.GRADIENT ? 6 : 1;
    return switch (layer.computeDType()) {
      case BF16 -> Math.max(want.tolerance(), 8e-3 * roundings);
      case F16 -> Math.max(want.tolerance(), 2e-3 * roundings);
      default -> want.tolerance();
    };
  }

  /** The first difference, or null. */
  @Nullable String compare(List<Tensor> got) {
    for (int i = 0; i < got.size(); i++) {
      Expected want = expected.get(i);
      String difference =
          Agreement.difference(
              want.what(),
              got.get(i).toLiteral(),
              Recorded.literal(want.recorded()),
              tolerance(want));
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }
}
