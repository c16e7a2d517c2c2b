package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import org.cornu.config.Codec;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Strings or integers as bins of a hash: FarmHash, or SipHash with a salt. The same numbers as
 * TensorFlow gives.
 *
 * <pre>{@code
 * Tensor bins = new Hashing(16).apply(Strings.of("red", "green"));
 * }</pre>
 */
public final class Hashing extends HashLayer<Hashing> {
  /** A key of two words; one number stands for both. */
  static final Codec<List<Long>> KEY =
      new Codec<>() {
        @Override
        public String expects() {
          return "an integer or a list of two";
        }

        @Override
        public Object encode(List<Long> value, ObjectWriter writer) {
          return value;
        }

        @Override
        public @Nullable List<Long> decode(Object tree, ObjectReader reader) {
          List<Long> out = new ArrayList<>();
          for (Object item : tree instanceof List<?> list ? list : List.of(tree, tree)) {
            if (!(item instanceof Number number)) {
              return null;
            }
            out.add(number.longValue());
          }
          return out.size() == 2 ? out : null;
        }
      };

  private static final Option<Object> MASK_VALUE = Option.tree("mask_value").nullable();
  private static final Option<List<Long>> SALT = Option.of("salt", KEY).nullable();

  static final Spec SPEC =
      Spec.of("keras.layers", "Hashing")
          .base(OPTIONS)
          .options(NUM_BINS, MASK_VALUE, SALT, OUTPUT_MODE, SPARSE)
          .create(Hashing::new);

  private Hashing() {
    super(SPEC);
  }

  /** Into this number of bins. */
  public Hashing(int numBins) {
    this();
    set(NUM_BINS, numBins);
  }

  /** The value that gets bin 0, which no other value then gets. */
  @CanIgnoreReturnValue
  public Hashing maskValue(String value) {
    return set(MASK_VALUE, value);
  }

  /** Key of the hash. */
  @CanIgnoreReturnValue
  public Hashing salt(long first, long second) {
    return set(SALT, List.of(first, second));
  }

  @Override
  public Object transform(List<?> inputs) {
    Strings given = strings(inputs.get(0));
    Object mask = getOrNull(MASK_VALUE);
    List<Long> salt = getOrNull(SALT);
    int[] out = new int[given.values().size()];
    for (int i = 0; i < out.length; i++) {
      String text = given.values().get(i);
      if (mask == null || get(NUM_BINS) == 1) {
        out[i] = bin(text, get(NUM_BINS), salt == null ? List.of() : salt);
      } else if (!text.equals(mask.toString())) {
        out[i] = 1 + bin(text, get(NUM_BINS) - 1, salt == null ? List.of() : salt);
      }
    }
    Tensor bins = given.tensor(out);
    return encoded(bins);
  }
}
