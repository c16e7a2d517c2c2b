package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Registry;
import org.cornu.config.Spec;
import org.cornu.initializers.Initializer;
import org.cornu.ops.Lax;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.jspecify.annotations.Nullable;

/**
 * A layer whose kernel is divided by its largest singular value in training, estimated by power
 * iteration. The new kernel is kept.
 */
public final class SpectralNormalization extends Wrapper<SpectralNormalization> {
  private static final Option<Integer> POWER_ITERATIONS =
      Option.integer("power_iterations").defaultTo(1).positive();

  static final Spec SPEC =
      Spec.of("keras.layers", "SpectralNormalization")
          .base(OPTIONS)
          .options(LAYER, POWER_ITERATIONS)
          .create(SpectralNormalization::new);

  private @Nullable Variable kernel;
  private @Nullable Variable vector;

  private SpectralNormalization() {
    super(SPEC);
  }

  /** Around a layer with a kernel or embeddings. */
  public SpectralNormalization(Layer<?> layer) {
    this();
    set(LAYER, layer);
  }

  /** Steps of the power iteration in each call; default 1. */
  @CanIgnoreReturnValue
  public SpectralNormalization powerIterations(int value) {
    return set(POWER_ITERATIONS, value);
  }

  @Override
  protected void build(Shape input) {
    super.build(input);
    Variable found =
        layer().ownVariables().stream()
            .filter(v -> v.name().equals("kernel") || v.name().equals("embeddings"))
            .findFirst()
            .orElseThrow(
                () ->
                    new OpException(
                        name() + ": the layer " + layer().name() + " has no kernel or embeddings"));
    share(found);
    kernel = found;
    vector =
        weight("vector_u", Shape.of(1, found.shape().dim(-1)))
            .initializer(
                Registry.global()
                    .get(
                        Initializer.FAMILY,
                        Map.of("class_name", "TruncatedNormal", "config", Map.of("stddev", 0.02))))
            .trainable(false)
            .dtype(found.dtype())
            .add();
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (call.isTraining()) {
      normalize(Objects.requireNonNull(kernel), Objects.requireNonNull(vector));
    }
    return Np.cast(layer().apply(x), x.dtype());
  }

  private void normalize(Variable kernel, Variable vector) {
    Tensor weights = kernel.value();
    List<Tensor> next =
        Lax.cond(
            Np.all(Np.equal(weights, 0.0)),
            () -> List.of(vector.value(), weights),
            () -> normalized(weights, vector.value()));
    vector.assign(next.get(0));
    kernel.assign(next.get(1));
  }

  private List<Tensor> normalized(Tensor kernel, Tensor start) {
    Tensor weights = Np.reshape(kernel, -1, kernel.shape().dim(-1));
    Tensor u = start;
    Tensor v = u;
    for (int i = 0; i < get(POWER_ITERATIONS); i++) {
      v = Nn.normalize(Np.matmul(u, Np.transpose(weights)), 2, 1e-7, 0, 1);
      u = Nn.normalize(Np.matmul(v, weights), 2, 1e-7, 0, 1);
    }
    u = Transforms.stopGradient(u);
    v = Transforms.stopGradient(v);
    Tensor sigma = Np.matmul(Np.matmul(v, weights), Np.transpose(u));
    return List.of(u, Np.reshape(Np.divide(kernel, Np.squeeze(sigma)), kernel.shape().dims()));
  }
}
