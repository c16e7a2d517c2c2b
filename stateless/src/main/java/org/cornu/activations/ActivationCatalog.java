package org.cornu.activations;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;

/** Registers the built-in activations, each with Keras' defaults for its further arguments. */
public final class ActivationCatalog implements Catalog {
  /** For the service loader. */
  public ActivationCatalog() {}

  @Override
  public void addTo(Registry registry) {
    add(registry, "celu", Nn::celu);
    add(registry, "elu", Nn::elu);
    add(registry, "exponential", Np::exp);
    add(registry, "gelu", x -> Nn.gelu(x, false));
    add(registry, "glu", x -> Nn.glu(x, -1));
    add(registry, "hard_shrink", Nn::hardShrink);
    add(registry, "hard_sigmoid", Nn::hardSigmoid);
    add(registry, "hard_silu", Nn::hardSilu, "hard_swish");
    add(registry, "hard_tanh", Nn::hardTanh);
    add(registry, "leaky_relu", x -> Nn.leakyRelu(x, 0.2));
    add(registry, "linear", x -> x);
    add(registry, "log_sigmoid", Nn::logSigmoid);
    add(registry, "log_softmax", x -> Nn.logSoftmax(x, -1));
    add(registry, "mish", Nn::mish);
    add(registry, "relu", Nn::relu);
    add(registry, "relu6", Nn::relu6);
    add(registry, "selu", Nn::selu);
    add(registry, "sigmoid", Nn::sigmoid);
    add(registry, "silu", Nn::silu, "swish");
    add(registry, "soft_shrink", Nn::softShrink);
    add(registry, "softmax", x -> Nn.softmax(x, -1));
    add(registry, "softplus", Nn::softplus);
    add(registry, "softsign", Nn::softsign);
    add(registry, "sparse_plus", Nn::sparsePlus);
    add(registry, "sparse_sigmoid", Nn::sparseSigmoid);
    add(registry, "sparsemax", x -> Nn.sparsemax(x, -1));
    add(registry, "squareplus", Nn::squareplus);
    add(registry, "tanh", Nn::tanh);
    add(registry, "tanh_shrink", Nn::tanhShrink);
  }

  private static void add(
      Registry registry, String name, Activation activation, String... aliases) {
    registry.add(Activation.FAMILY, name, activation, aliases);
  }
}
