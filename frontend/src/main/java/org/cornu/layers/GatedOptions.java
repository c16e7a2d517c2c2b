package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Registry;

/**
 * The setters of recurrent layers and cells with gates: {@link GRU}, {@link LSTM}, convolutional
 * LSTMs.
 *
 * @param <L> the class of the layer or cell itself
 */
public interface GatedOptions<L extends Layer<L>> extends RecurrentOptions<L> {
  /** Applied to the gates; default sigmoid. */
  @CanIgnoreReturnValue
  default L recurrentActivation(org.cornu.activations.Activation value) {
    return Recurrent.set(this, Recurrent.RECURRENT_ACTIVATION, value);
  }

  /** Applied to the gates, by Keras' name. */
  @CanIgnoreReturnValue
  default L recurrentActivation(String name) {
    return recurrentActivation(
        Registry.global().get(org.cornu.activations.Activation.FAMILY, name));
  }
}
