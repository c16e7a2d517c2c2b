package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.config.ObjectWriter;
import org.jspecify.annotations.Nullable;

/** A size, or a list of sizes with null where the input's holds. */
final class SizesCodec implements org.cornu.config.Codec<List<@Nullable Integer>> {
  @Override
  public String expects() {
    return "a size or a list of sizes, null where unknown";
  }

  @Override
  public @Nullable Object encode(List<@Nullable Integer> value, ObjectWriter writer) {
    return value;
  }

  @Override
  public @Nullable List<@Nullable Integer> decode(
      Object tree, org.cornu.config.ObjectReader reader) {
    List<@Nullable Integer> out = new ArrayList<>();
    for (Object item : tree instanceof List<?> list ? list : List.of(tree)) {
      if (item != null && !(item instanceof Number)) {
        return null;
      }
      out.add(item == null ? null : (Integer) ((Number) item).intValue());
    }
    return out;
  }
}
