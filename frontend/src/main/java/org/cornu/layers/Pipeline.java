package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Layers one after the other, as one layer: usually those that prepare data.
 *
 * <pre>{@code
 * Pipeline prepare = new Pipeline(List.of(new Resizing(32, 32), new Rescaling(1 / 255.0)));
 * }</pre>
 */
public final class Pipeline extends Layer<Pipeline> {
  private static final Option<List<Layer<?>>> LAYERS =
      Option.objects("layers", Layer.FAMILY).required();

  static final Spec SPEC =
      Spec.of("keras.layers", "Pipeline")
          .base(OPTIONS)
          .options(TRAINABLE.notInConfig(), DTYPE.notInConfig(), LAYERS)
          .create(Pipeline::new);

  private List<Layer<?>> layers = List.of();

  private Pipeline() {
    super(SPEC);
  }

  /** Of these layers, the first at the input. */
  public Pipeline(List<? extends Layer<?>> layers) {
    this();
    set(LAYERS, List.copyOf(layers));
  }

  /** The layers, the first at the input. */
  public List<Layer<?>> layers() {
    return get(LAYERS);
  }

  @Override
  protected void build(Shape input) {
    layers = new ArrayList<>(layers());
    TensorType type = TensorType.of(DType.F32, input);
    for (Layer<?> layer : layers) {
      layer.buildFor(List.of(type.shape()));
      type = SymbolicShapes.infer(layer, List.of(Tensor.spec(type, null)), Call.DEFAULT).get(0);
    }
  }

  @Override
  protected boolean trainsByDefault() {
    return true;
  }

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    List<Tensor> values = inputs;
    Call inner = Call.training(call.isTraining());
    Call first = call.masks() == null ? inner : inner.mask(call.maskOf(0));
    for (Layer<?> layer : layers) {
      values = layer.applyAll(values, values == inputs ? first : inner);
    }
    return values;
  }

  /** The mask that the last layer attached stays. */
  @Override
  protected List<@Nullable Tensor> computeMasks(
      List<Tensor> inputs, List<@Nullable Tensor> masks, Call call) {
    return List.of();
  }
}
