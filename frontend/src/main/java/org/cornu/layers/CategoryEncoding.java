package org.cornu.layers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.Map;
import org.cornu.config.ConfigException;
import org.cornu.config.ObjectReader;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.ops.Np;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** Writes categories 0 to {@code numTokens - 1} as ones, or counts them. */
public final class CategoryEncoding extends Layer<CategoryEncoding> {
  private static final Option<Integer> NUM_TOKENS =
      Option.integer("num_tokens").nullable().positive();
  private static final Option<String> OUTPUT_MODE =
      Option.choice("output_mode", "multi_hot", "one_hot", "count", "binary")
          .defaultTo("multi_hot");
  private static final Option<Boolean> SPARSE =
      Option.bool("sparse").defaultTo(false).notInConfig();

  static final Spec SPEC =
      Spec.of("keras.layers", "CategoryEncoding")
          .base(OPTIONS)
          .options(NUM_TOKENS, OUTPUT_MODE, SPARSE)
          .create(CategoryEncoding::new);

  private CategoryEncoding() {
    super(SPEC);
  }

  /** Of this number of categories. */
  public CategoryEncoding(int numTokens) {
    this();
    set(NUM_TOKENS, numTokens);
  }

  /** {@code multi_hot} (default), {@code one_hot} or {@code count}. */
  @CanIgnoreReturnValue
  public CategoryEncoding outputMode(String value) {
    return setFrom(OUTPUT_MODE, value);
  }

  @Override
  protected void configure(Map<String, @Nullable Object> config, ObjectReader reader) {
    super.configure(config, reader);
    if (getOrNull(NUM_TOKENS) == null) {
      throw new ConfigException("CategoryEncoding: option 'num_tokens' must be given");
    }
  }

  private CategoryCodes codes() {
    return switch (get(OUTPUT_MODE)) {
      case "one_hot" -> CategoryCodes.ONE_HOT;
      case "count" -> CategoryCodes.COUNT;
      default -> CategoryCodes.MULTI_HOT;
    };
  }

  @Override
  protected Tensor call(Tensor x, Call call) {
    Tensor weights = call.tensor("count_weights");
    if (weights != null && codes() != CategoryCodes.COUNT) {
      throw new OpException(
          name()
              + ": count_weights need output_mode 'count': got output_mode '"
              + get(OUTPUT_MODE)
              + "'");
    }
    Tensor cast = weights == null ? null : Np.cast(weights, computeDType());
    return codes().encode(x, get(NUM_TOKENS), policy().variable(), cast);
  }
}
