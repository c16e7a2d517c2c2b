package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * The setters of recurrent layers and cells with a forget gate: {@link LSTM}, convolutional LSTMs.
 *
 * @param <L> the class of the layer or cell itself
 */
public interface ForgetOptions<L extends Layer<L>> extends GatedOptions<L> {
  /** Whether the bias of the forget gate starts at 1; default true. */
  @CanIgnoreReturnValue
  default L unitForgetBias(boolean value) {
    return Recurrent.set(this, Recurrent.UNIT_FORGET_BIAS, value);
  }
}
