package org.cornu.optimizers;

import org.cornu.config.Codec;
import org.cornu.config.ObjectReader;
import org.cornu.config.ObjectWriter;
import org.cornu.config.Option;
import org.cornu.optimizers.schedules.LearningRateSchedule;
import org.jspecify.annotations.Nullable;

/**
 * A fixed learning rate or a schedule.
 *
 * @param value the rate, ignored where there is a schedule
 * @param schedule the schedule, or null
 */
public record LearningRate(double value, @Nullable LearningRateSchedule schedule) {

  private static final Codec<LearningRate> CODEC =
      new Codec<>() {
        @Override
        public String expects() {
          return "a number or a learning rate schedule";
        }

        @Override
        public @Nullable Object encode(LearningRate rate, ObjectWriter writer) {
          return rate.schedule() != null
              ? writer.write(rate.schedule())
              : (Object) (double) (float) rate.value();
        }

        @Override
        public @Nullable LearningRate decode(Object tree, ObjectReader reader) {
          return tree instanceof Number number
              ? new LearningRate(number.doubleValue(), null)
              : new LearningRate(0, reader.read(tree, LearningRateSchedule.FAMILY));
        }
      };

  /** The option {@code learning_rate}. */
  static Option<LearningRate> option() {
    return Option.of("learning_rate", CODEC);
  }
}
