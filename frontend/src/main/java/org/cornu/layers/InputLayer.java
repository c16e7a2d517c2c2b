package org.cornu.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Where a tensor enters a model; made by {@link Input}. */
public final class InputLayer extends Layer<InputLayer> {
  private static final Option<List<@Nullable Integer>> BATCH_SHAPE =
      Option.dims("batch_shape").nullable();
  private static final Option<String> INPUT_TYPE =
      Option.string("dtype").defaultTo("float32").nullMeans("float32");
  private static final Option<Boolean> SPARSE = Option.bool("sparse").defaultTo(false);
  private static final Option<Boolean> RAGGED = Option.bool("ragged").defaultTo(false);
  private static final Option<Boolean> OPTIONAL = Option.bool("optional").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "InputLayer")
          .options(NAME, BATCH_SHAPE, INPUT_TYPE, SPARSE, RAGGED, OPTIONAL)
          .ignoring("batch_input_shape", "trainable", "shape")
          .create(InputLayer::new);

  private @Nullable Tensor output;

  private InputLayer() {
    super(SPEC);
  }

  InputLayer(List<@Nullable Integer> batchShape, DType dtype) {
    this();
    set(BATCH_SHAPE, batchShape);
    set(INPUT_TYPE, DTypePolicy.kerasName(dtype));
  }

  /** The symbolic tensor that enters here. */
  public Tensor output() {
    Tensor made = output;
    if (made == null) {
      List<Tensor> outputs = new ArrayList<>();
      LayerNode node = new LayerNode(this, List.of(), Call.DEFAULT, outputs);
      made = Tensor.spec(TensorType.of(DTypePolicy.kerasType(get(INPUT_TYPE)), shape()), node);
      outputs.add(made);
      output = made;
      buildFor(List.of());
    }
    return made;
  }

  /** Shape with the batch, open sizes {@link Shape#DYNAMIC}. */
  public Shape shape() {
    List<@Nullable Integer> dims = get(BATCH_SHAPE);
    long[] out = new long[dims.size()];
    for (int i = 0; i < out.length; i++) {
      Integer dim = dims.get(i);
      out[i] = dim == null ? Shape.DYNAMIC : dim;
    }
    return Shape.of(out);
  }

  @Override
  protected void buildAll(List<Shape> inputs) {}

  @Override
  protected List<Tensor> callAll(List<Tensor> inputs, Call call) {
    return inputs;
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>(super.getConfig(writer));
    config.put("dtype", get(INPUT_TYPE));
    return config;
  }
}
