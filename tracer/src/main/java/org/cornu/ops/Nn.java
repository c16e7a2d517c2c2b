package org.cornu.ops;

/**
 * Functions of neural networks: activations, convolutions, pooling, normalization, attention, and
 * losses of single samples, as Keras defines them. Parameters come as tensors; for layers that hold
 * their own see {@code org.cornu.layers}.
 *
 * <pre>{@code
 * Tensor h = Nn.relu(Nn.conv(x, kernel, ConvOptions.DEFAULT.padding(Padding.SAME)));
 * Tensor p = Nn.softmax(logits);
 * }</pre>
 */
public final class Nn extends NnPatches {
  private Nn() {}
}
