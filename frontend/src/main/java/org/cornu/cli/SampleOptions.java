package org.cornu.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked of a sample; what is not given is the sample's own choice.
 *
 * @param epochs passes over the data
 * @param batchSize examples per step
 * @param device {@code cpu}, {@code gpu} or {@code tpu}
 * @param devices how many devices to train on
 * @param seed decides the split of the data and the initial weights
 * @param mesh axes of a device mesh, {@code batch=2,model=4}, or null
 * @param program whether to print the program of a training step
 * @param out where to save the model, or null
 * @param extra words that the common options do not cover
 */
public record SampleOptions(
    OptionalInt epochs,
    OptionalInt batchSize,
    String device,
    int devices,
    long seed,
    @Nullable String mesh,
    boolean program,
    @Nullable Path out,
    List<String> extra) {}
