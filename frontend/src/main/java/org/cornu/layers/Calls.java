package org.cornu.layers;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The tensors inside a {@link Call}: its masks and its tensor options, in a fixed order. */
public final class Calls {
  private Calls() {}

  /** All tensors of a call. */
  public static List<Tensor> tensors(Call call) {
    List<Tensor> out = new ArrayList<>();
    mapTensors(
        call,
        t -> {
          out.add(t);
          return t;
        });
    return out;
  }

  /** The call with its tensors, in the order of {@link #tensors}, replaced. */
  public static Call withTensors(Call call, List<Tensor> tensors) {
    Iterator<Tensor> next = tensors.iterator();
    return mapTensors(call, t -> next.next());
  }

  /** The call with a function applied to each of its tensors. */
  public static Call mapTensors(Call call, UnaryOperator<Tensor> f) {
    Call out = call;
    List<@Nullable Tensor> masks = call.masks();
    if (masks != null) {
      @Nullable Tensor[] mapped = new @Nullable Tensor[masks.size()];
      for (int i = 0; i < mapped.length; i++) {
        Tensor mask = masks.get(i);
        mapped[i] = mask == null ? null : f.apply(mask);
      }
      out = out.mask(mapped);
    }
    for (Map.Entry<String, Object> option : call.options().entrySet()) {
      if (option.getValue() instanceof Tensor tensor) {
        out = out.with(option.getKey(), f.apply(tensor));
      } else if (option.getValue() instanceof List<?> list) {
        List<Object> mapped = new ArrayList<>();
        for (Object item : list) {
          mapped.add(item instanceof Tensor tensor ? f.apply(tensor) : item);
        }
        out = out.with(option.getKey(), mapped);
      }
    }
    return out;
  }

  /**
   * The call of a layer of a model: what the model was told of training goes before what was said
   * when the layer was put into it, as in Keras.
   */
  public static Call within(Call call) {
    Boolean training = CallContext.training();
    return training == null ? call : call.withTraining(training);
  }
}
