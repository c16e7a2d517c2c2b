package org.cornu.initializers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Lax;
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
    int frame = (int) shape.dim(0);
    int frequencies = (int) shape.dim(2);
    String name = getOrNull(WINDOW);
    double[] window = name == null ? null : Windows.of(name, frame, get(PERIODIC));
    double scale = window == null ? 1 : scale(window);
    double[] out = new double[frame * frequencies];
    for (int t = 0; t < frame; t++) {
      for (int f = 0; f < frequencies; f++) {
        // In the precision of Keras, whose angles of many turns are rounded to f32.
        float turns = -2f * t * (f / ((frequencies - 1) * 2f));
        double angle = turns * (float) Math.PI;
        double wave = get(SIDE).equals("real") ? Math.cos(angle) : Math.sin(angle);
        out[t * frequencies + f] = window == null ? wave : wave * window[t] / scale;
      }
    }
    return Lax.constant(Literal.ofDoubles(TensorType.of(dtype, shape), out));
  }

  private double scale(double[] window) {
    String scaling = getOrNull(SCALING);
    if (scaling == null) {
      return 1;
    }
    double sum = 0;
    boolean density = scaling.equals("density");
    for (double w : window) {
      sum += density ? w * w : Math.abs(w);
    }
    return density ? Math.sqrt(sum) : sum;
  }
}
