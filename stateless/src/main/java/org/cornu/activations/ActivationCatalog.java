package org.cornu.activations;

import org.cornu.config.Catalog;
import org.cornu.config.Registry;
import org.cornu.ops.Nn;

/** Registers the built-in activations. */
public final class ActivationCatalog implements Catalog {
  @Override
  public void addTo(Registry registry) {
    add(registry, "linear", x -> x);
    add(registry, "relu", Nn::relu);
    add(registry, "sigmoid", Nn::sigmoid);
    add(registry, "tanh", Nn::tanh);
    add(registry, "softmax", x -> Nn.softmax(x, -1));
  }

  private static void add(Registry registry, String name, Activation activation) {
    registry.add(Activation.FAMILY, name, activation);
  }
}
