package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Fft;
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
 * Sound {@code [batch, time]} as loudness by pitch and time, {@code [batch, bins, pieces]}: pitch
 * on the mel scale, loudness in decibel.
 */
public final class MelSpectrogram extends Layer<MelSpectrogram> {
  private static final double BREAK_HERTZ = 700;
  private static final double HIGH_Q = 1127;
  private static final Option<Integer> FFT_LENGTH =
      Option.integer("fft_length").defaultTo(2048).positive();
  private static final Option<Integer> STRIDE =
      Option.integer("sequence_stride").defaultTo(512).positive();
  private static final Option<Integer> LENGTH =
      Option.integer("sequence_length").nullable().positive();
  private static final Option<String> WINDOW =
      Option.choice("window", "hann", "hamming").nullable().defaultTo("hann");
  private static final Option<Double> SAMPLING_RATE =
      Option.real("sampling_rate").defaultTo(16000).positive();
  private static final Option<Integer> BINS =
      Option.integer("num_mel_bins").defaultTo(128).positive();
  private static final Option<Double> MIN_FREQ =
      Option.real("min_freq").defaultTo(20.0).nonNegative();
  private static final Option<Double> MAX_FREQ = Option.real("max_freq").nullable().positive();
  private static final Option<Boolean> POWER_TO_DB = Option.bool("power_to_db").defaultTo(true);
  private static final Option<Double> TOP_DB = Option.real("top_db").defaultTo(80.0);
  private static final Option<Double> MAG_EXP = Option.real("mag_exp").defaultTo(2.0);
  private static final Option<Double> MIN_POWER = Option.real("min_power").defaultTo(1e-10);
  private static final Option<Double> REF_POWER = Option.real("ref_power").defaultTo(1.0);

  static final Spec SPEC =
      Spec.of("keras.layers", "MelSpectrogram")
          .base(OPTIONS)
          .options(
              FFT_LENGTH,
              STRIDE,
              LENGTH,
              WINDOW,
              SAMPLING_RATE,
              BINS,
              MIN_FREQ,
              MAX_FREQ,
              POWER_TO_DB,
              TOP_DB,
              MAG_EXP,
              MIN_POWER,
              REF_POWER)
          .create(MelSpectrogram::new);

  /** 128 pitches of sound of 16 kHz. */
  public MelSpectrogram() {
    super(SPEC);
  }

  /** Length of the transform; default 2048. */
  @CanIgnoreReturnValue
  public MelSpectrogram fftLength(int value) {
    return set(FFT_LENGTH, value);
  }

  /** From one piece to the next, in samples; default 512. */
  @CanIgnoreReturnValue
  public MelSpectrogram sequenceStride(int value) {
    return set(STRIDE, value);
  }

  /** Length of a piece in samples; default that of the transform. */
  @CanIgnoreReturnValue
  public MelSpectrogram sequenceLength(int value) {
    return set(LENGTH, value);
  }

  /** {@code hann} (default), {@code hamming} or null. */
  @CanIgnoreReturnValue
  public MelSpectrogram window(@Nullable String value) {
    return setFrom(WINDOW, value);
  }

  /** Samples per second; default 16000. */
  @CanIgnoreReturnValue
  public MelSpectrogram samplingRate(double hertz) {
    return set(SAMPLING_RATE, hertz);
  }

  /** Number of pitches; default 128. */
  @CanIgnoreReturnValue
  public MelSpectrogram numMelBins(int value) {
    return set(BINS, value);
  }

  /** The range of pitches in hertz; default 20 to half the sampling rate. */
  @CanIgnoreReturnValue
  public MelSpectrogram frequencies(double low, double high) {
    set(MIN_FREQ, low);
    return set(MAX_FREQ, high);
  }

  /** Whether powers become decibel; default yes. */
  @CanIgnoreReturnValue
  public MelSpectrogram powerToDb(boolean value) {
    return set(POWER_TO_DB, value);
  }

  private int length() {
    Integer given = getOrNull(LENGTH);
    return given == null ? get(FFT_LENGTH) : given;
  }

  private double highest() {
    Double given = getOrNull(MAX_FREQ);
    return given == null ? Math.floor(get(SAMPLING_RATE) / 2) : given;
  }

  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    config.put("sequence_length", length());
    config.put("max_freq", Factor.number(highest()));
    config.put("sampling_rate", Factor.number(get(SAMPLING_RATE)));
    return config;
  }

  @Override
  protected void build(Shape input) {
    if (get(FFT_LENGTH) < length()) {
      throw new OpException(
          name()
              + ": fft_length must be at least sequence_length: got "
              + get(FFT_LENGTH)
              + " and "
              + length());
    }
  }

  @Override
  protected Tensor call(Tensor given, Call call) {
    Tensor x = Np.cast(given, computeDType() == DType.F64 ? DType.F64 : DType.F32);
    String window = getOrNull(WINDOW);
    Tensor shape =
        window == null ? null : window.equals("hann") ? Fft.hann(length()) : Fft.hamming(length());
    Tensor spectrum = Fft.stft(x, length(), get(STRIDE), get(FFT_LENGTH), shape, true);
    Tensor magnitude = Np.sqrt(Np.add(Np.square(Np.real(spectrum)), Np.square(Np.imag(spectrum))));
    Tensor power = Np.power(magnitude, get(MAG_EXP));
    Tensor mel = Np.tensordot(power, matrix(power.size(-1), x.dtype()), 1);
    Tensor loudness = get(POWER_TO_DB) ? decibel(mel) : mel;
    return Np.cast(Np.swapaxes(loudness, -1, -2), computeDType());
  }

  private Tensor decibel(Tensor power) {
    Tensor log = Np.multiply(Np.log10(Np.maximum(power, get(MIN_POWER))), 10.0);
    double reference = Math.max(Math.abs(get(REF_POWER)), get(MIN_POWER));
    Tensor relative = Np.subtract(log, 10 * Math.log10(reference));
    return Np.maximum(relative, Np.subtract(Np.max(relative), get(TOP_DB)));
  }

  private static double mel(double hertz) {
    return HIGH_Q * Math.log(1 + hertz / BREAK_HERTZ);
  }

  /** Triangles of equal width in mel: {@code [frequencies, bins]}. */
  private Tensor matrix(int frequencies, DType dtype) {
    int bins = get(BINS);
    double low = mel(get(MIN_FREQ));
    double step = (mel(highest()) - low) / (bins + 1);
    double nyquist = get(SAMPLING_RATE) / 2;
    double[] weights = new double[frequencies * bins];
    for (int f = 1; f < frequencies; f++) {
      double at = mel(nyquist * f / (frequencies - 1));
      for (int b = 0; b < bins; b++) {
        double rising = (at - (low + b * step)) / step;
        double falling = (low + (b + 2) * step - at) / step;
        weights[f * bins + b] = Math.max(0, Math.min(rising, falling));
      }
    }
    return Lax.constant(Literal.ofDoubles(TensorType.of(dtype, frequencies, bins), weights));
  }
}
