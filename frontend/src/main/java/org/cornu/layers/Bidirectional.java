package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.ConfigException;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A recurrent layer forwards and another backwards in time, their outputs merged. */
public final class Bidirectional extends Wrapper<Bidirectional> {
  private static final Option<String> MERGE_MODE =
      Option.choice("merge_mode", "concat", "sum", "mul", "ave").defaultTo("concat").nullable();
  private static final Option<Object> WEIGHTS = Option.tree("weights").nullable().notInConfig();
  private static final Option<Layer<?>> BACKWARD_LAYER =
      Option.object("backward_layer", Layer.FAMILY).nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "Bidirectional")
          .base(OPTIONS)
          .options(LAYER, MERGE_MODE, WEIGHTS, BACKWARD_LAYER)
          .create(Bidirectional::new);

  private @Nullable BaseRnn<?> forward;
  private @Nullable BaseRnn<?> backward;

  private Bidirectional() {
    super(SPEC);
  }

  /** Of a layer and one of the same options that goes backwards. */
  public Bidirectional(BaseRnn<?> layer) {
    this();
    set(LAYER, layer);
  }

  /** Of two layers, the second of which must go backwards. */
  public Bidirectional(BaseRnn<?> layer, BaseRnn<?> backwardLayer) {
    this(layer);
    set(BACKWARD_LAYER, backwardLayer);
  }

  /** {@code concat} (default), {@code sum}, {@code mul}, {@code ave}; null for both outputs. */
  @CanIgnoreReturnValue
  public Bidirectional mergeMode(@Nullable String value) {
    return set(MERGE_MODE, value);
  }

  private BaseRnn<?> forward() {
    BaseRnn<?> made = forward;
    if (made == null) {
      made = recurrent(layer());
      forward = made;
    }
    return made;
  }

  private BaseRnn<?> backward() {
    BaseRnn<?> made = backward;
    if (made == null) {
      Layer<?> given = getOrNull(BACKWARD_LAYER);
      made = recurrent(given == null ? reversed(forward()) : given);
      backward = made;
    }
    return made;
  }

  private BaseRnn<?> recurrent(Layer<?> layer) {
    if (layer instanceof BaseRnn<?> rnn) {
      return rnn;
    }
    throw new ConfigException(name() + ": wraps recurrent layers: got " + layer);
  }

  /** A layer of the same options that goes the other way in time. */
  private static Layer<?> reversed(BaseRnn<?> layer) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>(Registry.global().serialize(layer));
    Map<String, @Nullable Object> config = new LinkedHashMap<>(layer.getConfig());
    config.put("go_backwards", !layer.get(Recurrent.GO_BACKWARDS));
    config.put("name", "backward_" + plain(layer.name()));
    tree.put("config", config);
    tree.remove("build_config");
    return (Layer<?>) Objects.requireNonNull(Registry.global().deserialize(tree));
  }

  private static String plain(String name) {
    return name.startsWith("forward_") ? name.substring("forward_".length()) : name;
  }

  private boolean sequences() {
    return forward().get(Recurrent.RETURN_SEQUENCES);
  }

  @Override
  protected void build(Shape input) {
    BaseRnn<?> first = track("forward_layer", forward());
    BaseRnn<?> second = track("backward_layer", backward());
    if (!first.name().startsWith("forward_")) {
      first.rename("forward_" + first.name());
    }
    if (first.get(Recurrent.GO_BACKWARDS).equals(second.get(Recurrent.GO_BACKWARDS))) {
      throw new ConfigException(name() + ": one of the layers must go backwards, the other not");
    }
    for (Option<Boolean> option :
        List.of(Recurrent.RETURN_SEQUENCES, Recurrent.RETURN_STATE, Recurrent.STATEFUL)) {
      if (!first.get(option).equals(second.get(option))) {
        throw new ConfigException(
            name() + ": both layers must have the same option '" + option.key() + "'");
      }
    }
    if (sequences()) {
      first.forceZeroOutput();
      second.forceZeroOutput();
    }
    first.buildFor(List.of(input));
    second.buildFor(List.of(input));
  }

  /** Sets the kept states of stateful layers to 0. */
  public void resetState() {
    forward().resetState();
    backward().resetState();
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    Call inner = Call.DEFAULT.mask(call.maskOf(0));
    List<Tensor> given =
        inputs.size() > 1 ? inputs.subList(1, inputs.size()) : call.tensors("initial_state");
    int half = given.size() / 2;
    List<Tensor> x = inputs.subList(0, 1);
    List<Tensor> first =
        forward()
            .applyAll(x, half == 0 ? inner : inner.with("initial_state", given.subList(0, half)));
    List<Tensor> second =
        backward()
            .applyAll(
                x, half == 0 ? inner : inner.with("initial_state", given.subList(half, 2 * half)));
    Tensor y = Np.cast(first.get(0), computeDType());
    Tensor last = Np.cast(second.get(0), computeDType());
    Tensor z = sequences() ? Np.flip(last, 1) : last;
    List<Tensor> out = new ArrayList<>(merged(y, z));
    out.addAll(first.subList(1, first.size()));
    out.addAll(second.subList(1, second.size()));
    return out;
  }

  private List<Tensor> merged(Tensor y, Tensor z) {
    String mode = getOrNull(MERGE_MODE);
    if (mode == null) {
      return List.of(y, z);
    }
    return List.of(
        switch (mode) {
          case "sum" -> Np.add(y, z);
          case "mul" -> Np.multiply(y, z);
          case "ave" -> Np.divide(Np.add(y, z), 2.0);
          default -> Np.concatenate(List.of(y, z), -1);
        });
  }

  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    Tensor mask = sequences() ? masks.get(0) : null;
    return getOrNull(MERGE_MODE) == null
        ? Arrays.asList(mask, mask)
        : Collections.singletonList(mask);
  }
}
