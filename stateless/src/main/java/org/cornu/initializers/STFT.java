package org.cornu.initializers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Kernel of a convolution that computes a short-time Fourier transform, of shape {@code [frame
 * length, 1, frequencies]}: cosines (real part) or negative sines (imaginary part) under a window.
 */
public final class STFT extends Initializer {
  private static final Option<String> SIDE =
      Option.choice("side", "real", "imag").defaultTo("real");
  private static final Option<String> WINDOW = Option.string("window").nullable().defaultTo("hann");
  private static final Option<String> SCALING =
      Option.choice("scaling", "density", "spectrum").nullable().defaultTo("density");
  private static final Option<Boolean> PERIODIC = Option.bool("periodic").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.initializers", "STFT")
          .options(SIDE, WINDOW, SCALING, PERIODIC)
          .aliases("STFTInitializer", "stft")
          .create(STFT::new);

  private STFT() {
    super(SPEC);
  }

  /**
   * Makes an initializer.
   *
   * @param side {@code real} or {@code imag}
   */
  public STFT(String side) {
    this();
    set(SIDE, side);
  }

  /** Name of the window, or null for none; default {@code hann}. */
  @CanIgnoreReturnValue
  public STFT window(@Nullable String value) {
    set(WINDOW, value);
    return this;
  }

  /** {@code density} (default): over the root of the window's power; {@code spectrum}: its sum. */
  @CanIgnoreReturnValue
  public STFT scaling(@Nullable String value) {
    set(SCALING, value);
    return this;
  }

  /** Whether the window continues periodically; default false: symmetric. */
  @CanIgnoreReturnValue
  public STFT periodic(boolean value) {
    set(PERIODIC, value);
    return this;
  }

  @Override
  public Tensor apply(Shape shape, DType dtype) {
    if (shape.rank() != 3 || shape.dim(1) != 1) {
      throw new OpException("STFT: the shape must be [frame length, 1, frequencies]: got " + shape);
    }
    long frame = shape.dim(0);
    long frequencies = shape.dim(2);
    // One operation after another in the type asked for, as Keras does: angles of many turns keep
    // its rounding. XLA makes a product with the reciprocal of a division by one number for all.
    Tensor one = Np.full(dtype, 1);
    Tensor frequency =
        Np.arange(dtype, 0, frequencies, 1)
            .reshape(1, 1, frequencies)
            .mul(one.div(2 * (frequencies - 1)));
    Tensor time = Np.arange(dtype, 0, frame, 1).reshape(frame, 1, 1);
    Tensor angle = time.mul(-2).mul(frequency).mul(Np.arccos(Np.full(dtype, -1)));
    Tensor wave = get(SIDE).equals("real") ? Np.cos(angle) : Np.sin(angle);
    String name = getOrNull(WINDOW);
    if (name == null) {
      return wave;
    }
    double[] values = Windows.of(name, (int) frame, get(PERIODIC));
    Tensor window = Lax.constant(Literal.ofDoubles(TensorType.of(dtype, frame, 1, 1), values));
    Tensor windowed = wave.mul(window);
    String scaling = getOrNull(SCALING);
    if (scaling == null) {
      return windowed;
    }
    boolean density = scaling.equals("density");
    return windowed.mul(one.div(density ? window.square().sum().sqrt() : window.abs().sum()));
  }
}
