package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.List;
import java.util.Objects;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.initializers.STFT;
import org.cornu.ops.ConvOptions;
import org.cornu.ops.DataFormat;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Padding;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Spectra of the pieces of a signal {@code [batch, time, channels]}, by a convolution whose kernels
 * start as those of the Fourier transform and can be trained.
 */
public final class STFTSpectrogram extends Layer<STFTSpectrogram> {
  private static final double EPSILON = 1e-7;
  private static final Option<String> MODE =
      Option.choice("mode", "log", "magnitude", "psd", "real", "imag", "angle", "stft")
          .defaultTo("log");
  private static final Option<Integer> FRAME_LENGTH =
      Option.integer("frame_length").defaultTo(256).positive();
  private static final Option<Integer> FRAME_STEP =
      Option.integer("frame_step").nullable().positive();
  private static final Option<Integer> FFT_LENGTH =
      Option.integer("fft_length").nullable().positive();
  private static final Option<String> WINDOW = Option.string("window").nullable().defaultTo("hann");
  private static final Option<Boolean> PERIODIC = Option.bool("periodic").defaultTo(false);
  private static final Option<String> SCALING =
      Option.choice("scaling", "density", "spectrum").nullable().defaultTo("density");
  private static final Option<String> PADDING =
      Option.choice("padding", "valid", "same").defaultTo("valid");
  private static final Option<Boolean> EXPAND_DIMS = Option.bool("expand_dims").defaultTo(false);

  static final Spec SPEC =
      Spec.of("keras.layers", "STFTSpectrogram")
          .base(OPTIONS)
          .options(
              MODE,
              FRAME_LENGTH,
              FRAME_STEP,
              FFT_LENGTH,
              WINDOW,
              PERIODIC,
              SCALING,
              PADDING,
              EXPAND_DIMS,
              ConvLayer.DATA_FORMAT)
          .create(STFTSpectrogram::new);

  private @Nullable Variable real;
  private @Nullable Variable imaginary;

  /** Logarithmic magnitudes of pieces of 256. */
  public STFTSpectrogram() {
    super(SPEC);
  }

  /** {@code log} (default), magnitude, psd, real, imag, angle or stft (real and imaginary). */
  @CanIgnoreReturnValue
  public STFTSpectrogram mode(String value) {
    return setFrom(MODE, value);
  }

  /** Length of a piece. */
  @CanIgnoreReturnValue
  public STFTSpectrogram frameLength(int value) {
    return set(FRAME_LENGTH, value);
  }

  /** From one piece to the next; default half a piece. */
  @CanIgnoreReturnValue
  public STFTSpectrogram frameStep(int value) {
    return set(FRAME_STEP, value);
  }

  /** Length of the transform; default the next power of 2. */
  @CanIgnoreReturnValue
  public STFTSpectrogram fftLength(int value) {
    return set(FFT_LENGTH, value);
  }

  /** Window by name, or null for none. */
  @CanIgnoreReturnValue
  public STFTSpectrogram window(@Nullable String value) {
    return set(WINDOW, value);
  }

  /** Whether the window continues periodically; default false. */
  @CanIgnoreReturnValue
  public STFTSpectrogram periodic(boolean value) {
    return set(PERIODIC, value);
  }

  /** {@code density} (default), {@code spectrum} or null. */
  @CanIgnoreReturnValue
  public STFTSpectrogram scaling(@Nullable String value) {
    return setFrom(SCALING, value);
  }

  /** {@code valid} (default) or {@code same}. */
  @CanIgnoreReturnValue
  public STFTSpectrogram padding(String value) {
    return setFrom(PADDING, value);
  }

  /** Whether channels and frequencies stay apart. */
  @CanIgnoreReturnValue
  public STFTSpectrogram expandDims(boolean value) {
    return set(EXPAND_DIMS, value);
  }

  /** {@code channels_last} (default) or {@code channels_first}. */
  @CanIgnoreReturnValue
  public STFTSpectrogram dataFormat(String value) {
    return setFrom(ConvLayer.DATA_FORMAT, value);
  }

  private int step() {
    Integer given = getOrNull(FRAME_STEP);
    return given == null ? get(FRAME_LENGTH) / 2 : given;
  }

  private int fft() {
    Integer given = getOrNull(FFT_LENGTH);
    int frame = get(FRAME_LENGTH);
    return given != null ? given : frame == 1 ? 1 : Integer.highestOneBit(frame - 1) * 2;
  }

  @Override
  protected void build(Shape input) {
    ConvLayer.requireRank(this, input, 1);
    if (step() > get(FRAME_LENGTH) || step() < 1) {
      throw new OpException(
          name() + ": frame_step must be in [1, " + get(FRAME_LENGTH) + "]: got " + step());
    }
    if (fft() < get(FRAME_LENGTH)) {
      throw new OpException(name() + ": fft_length must be at least frame_length: got " + fft());
    }
    real = get(MODE).equals("imag") ? null : kernel("real");
    imaginary = get(MODE).equals("real") ? null : kernel("imag");
  }

  private Variable kernel(String side) {
    STFT initializer =
        new STFT(side)
            .window(getOrNull(WINDOW))
            .scaling(getOrNull(SCALING))
            .periodic(get(PERIODIC));
    return addWeight(side + "_kernel", Shape.of(get(FRAME_LENGTH), 1, fft() / 2 + 1), initializer);
  }

  /** One part of the spectra: {@code [batch, channels, frequencies, pieces]}. */
  private Tensor part(Tensor x, @Nullable Variable kernel) {
    boolean last = get(ConvLayer.DATA_FORMAT).equals("channels_last");
    Tensor channels = last ? Np.swapaxes(x, 1, 2) : x;
    int batch = channels.size(0);
    int count = channels.size(1);
    int time = channels.size(2);
    Tensor signals = Np.reshape(channels, (long) batch * count, time, 1);
    Tensor k = Np.cast(Objects.requireNonNull(kernel).value(), x.dtype());
    Tensor out =
        Nn.conv(
            signals,
            k,
            ConvOptions.DEFAULT
                .strides(step())
                .padding(Padding.of(get(PADDING)))
                .format(DataFormat.CHANNELS_LAST));
    Tensor spectra = Np.swapaxes(out, 1, 2);
    return Np.reshape(spectra, batch, count, spectra.size(1), spectra.size(2));
  }

  private Tensor arranged(Tensor x) {
    boolean last = get(ConvLayer.DATA_FORMAT).equals("channels_last");
    if (get(EXPAND_DIMS)) {
      return last ? Np.transpose(x, 0, 3, 2, 1) : Np.transpose(x, 0, 1, 3, 2);
    }
    Tensor flat = Np.reshape(x, x.size(0), (long) x.size(1) * x.size(2), x.size(3));
    return last ? Np.swapaxes(flat, 1, 2) : flat;
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    if (!x.dtype().isFloat()) {
      throw new OpException(name() + ": the input must be of floats: got " + x.type().brief());
    }
    return switch (get(MODE)) {
      case "real" -> arranged(part(x, real));
      case "imag" -> arranged(part(x, imaginary));
      case "angle" -> arranged(Np.arctan2(part(x, imaginary), part(x, real)));
      case "stft" -> arranged(Np.concatenate(List.of(part(x, real), part(x, imaginary)), 2));
      case "psd" -> arranged(onesided(power(x)));
      case "magnitude" -> magnitude(x);
      default -> Np.log(Np.maximum(magnitude(x), EPSILON));
    };
  }

  private Tensor power(Tensor x) {
    return Np.add(Np.square(part(x, real)), Np.square(part(x, imaginary)));
  }

  private Tensor magnitude(Tensor x) {
    return arranged(Np.sqrt(Np.maximum(power(x), EPSILON)));
  }

  /** The frequencies that stand for two count twice. */
  private static Tensor onesided(Tensor power) {
    int frequencies = power.size(2);
    Tensor inner = org.cornu.ops.Lax.sliceInDim(power, 1, Math.max(1, frequencies - 1), 1, 2);
    int[][] widths = new int[4][2];
    widths[2] = new int[] {1, 1};
    return Np.add(power, Np.pad(inner, widths));
  }
}
