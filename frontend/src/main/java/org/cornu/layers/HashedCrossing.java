package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Spec;
import org.cornu.tracer.OpException;
import org.jspecify.annotations.Nullable;

/** Two or more features of strings or integers as one: bins of a hash of them together. */
public final class HashedCrossing extends HashLayer<HashedCrossing> {
  private static final long KEY = 0xDECAFCAFFEL;

  static final Spec SPEC =
      Spec.of("keras.layers", "HashedCrossing")
          .base(OPTIONS)
          .options(TRAINABLE.notInConfig(), NUM_BINS, OUTPUT_MODE, SPARSE)
          .create(HashedCrossing::new);

  private HashedCrossing() {
    super(SPEC);
  }

  /** Into this number of bins. */
  public HashedCrossing(int numBins) {
    this();
    set(NUM_BINS, numBins);
  }

  /** Keras writes the name of the type alone. */
  @Override
  public Map<String, @Nullable Object> getConfig(ObjectWriter writer) {
    Map<String, @Nullable Object> config = super.getConfig(writer);
    boolean given = isSet(DTYPE) || !get(OUTPUT_MODE).equals("int");
    config.put("dtype", given ? DTypePolicy.kerasName(policy().variable()) : "int64");
    return config;
  }

  @Override
  public boolean takesListOfInputs() {
    return true;
  }

  @Override
  public Object transform(List<?> inputs) {
    if (inputs.size() < 2) {
      throw new OpException(name() + ": takes at least two features: got " + inputs.size());
    }
    List<Strings> features = new ArrayList<>();
    for (Object input : inputs) {
      features.add(strings(input));
    }
    Strings first = features.get(0);
    int[] out = new int[first.values().size()];
    for (int i = 0; i < out.length; i++) {
      long hash = KEY;
      for (int f = 0; f < features.size(); f++) {
        if (!features.get(f).dims().equals(first.dims())) {
          throw new OpException(
              name()
                  + ": features must be of one shape: got "
                  + first.dims()
                  + " and "
                  + features.get(f).dims());
        }
        String text = features.get(f).values().get(i);
        boolean isText = inputs.get(f) instanceof Strings;
        long value = isText ? FarmHash.fingerprint(bytes(text)) : Long.parseLong(text);
        hash = FarmHash.concatenate(hash, value);
      }
      out[i] = (int) Long.remainderUnsigned(hash, get(NUM_BINS));
    }
    return encoded(first.tensor(out));
  }
}
