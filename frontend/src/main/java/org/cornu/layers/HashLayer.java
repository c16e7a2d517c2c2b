package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Hashing} and {@link HashedCrossing} share: bins, and how they are written.
 *
 * @param <L> the layer class itself
 */
public abstract class HashLayer<L extends HashLayer<L>> extends Layer<L> implements HostLayer {
  static final Option<Integer> NUM_BINS = Option.integer("num_bins").required().positive();
  static final Option<String> OUTPUT_MODE =
      Option.choice("output_mode", "int", "one_hot", "multi_hot", "count").defaultTo("int");
  static final Option<Boolean> SPARSE = Option.bool("sparse").defaultTo(false);

  HashLayer(Spec spec) {
    super(spec);
  }

  /** {@code int} (default), {@code one_hot}, and for hashing {@code multi_hot} or {@code count}. */
  @CanIgnoreReturnValue
  public final L outputMode(String value) {
    return setFrom(OUTPUT_MODE, value);
  }

  final Tensor encoded(Tensor bins) {
    CategoryCodes codes = CategoryCodes.valueOf(get(OUTPUT_MODE).toUpperCase(Locale.ROOT));
    DType dtype = codes == CategoryCodes.INT ? DType.I32 : DType.F32;
    return codes.encode(bins, get(NUM_BINS), dtype, null);
  }

  /** An input as strings, integers by their digits. */
  static Strings strings(Object input) {
    if (input instanceof Strings strings) {
      return strings;
    }
    if (input instanceof Tensor tensor) {
      return Strings.ofIntegers(tensor);
    }
    throw new OpException("host layer: takes strings or integers: got " + input);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The bin of a string: by fingerprint, or under a key of two words. */
  static int bin(String text, int bins, List<Long> key) {
    long hash =
        key.isEmpty()
            ? FarmHash.fingerprint(bytes(text))
            : SipHash.hash(key.get(0), key.get(1), bytes(text));
    return (int) Long.remainderUnsigned(hash, bins);
  }

  /** The output for strings. */
  public final Tensor apply(Strings... inputs) {
    return (Tensor) transform(List.of(inputs));
  }

  /** Bins are of Keras' type int64 unless a type is given; written so that Keras reads it. */
  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    if (get(OUTPUT_MODE).equals("int") && !isSet(DTYPE)) {
      config.put("dtype", writer.write(new DTypePolicy("int64")));
    }
    return config;
  }

  @Override
  protected void buildAll(List<Shape> inputs) {}

  @Override
  protected final List<Tensor> callAll(List<Tensor> inputs, Call call) {
    return List.of((Tensor) transform(inputs));
  }
}
