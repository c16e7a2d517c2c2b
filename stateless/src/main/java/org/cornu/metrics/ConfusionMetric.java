package org.cornu.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornu.config.Option;
import org.cornu.config.Spec;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** A metric whose state are some of the counts of decisions at thresholds. */
abstract class ConfusionMetric extends Metric {
  static final Option<Object> THRESHOLDS = Option.tree("thresholds").nullable();
  static final Option<Integer> CLASS_ID = Option.integer("class_id").nullable();

  /** One of the counts, and the name of its variable. */
  enum Count {
    TRUE_POSITIVES,
    FALSE_POSITIVES,
    TRUE_NEGATIVES,
    FALSE_NEGATIVES;

    Tensor of(Confusion.Counts counts) {
      return switch (this) {
        case TRUE_POSITIVES -> counts.tp();
        case FALSE_POSITIVES -> counts.fp();
        case TRUE_NEGATIVES -> counts.tn();
        case FALSE_NEGATIVES -> counts.fn();
      };
    }
  }

  private final List<Count> kept;
  private final List<Variable> state = new ArrayList<>();
  private @Nullable Confusion confusion;

  ConfusionMetric(Spec spec, Count... kept) {
    super(spec);
    this.kept = List.of(kept);
  }

  /** The thresholds, from the options. */
  abstract Confusion confusion();

  /** How predictions are looked at. */
  Confusion.View view() {
    return Confusion.View.PLAIN;
  }

  /** The name of a count's variable. */
  String variableName(Count count) {
    return count.name().toLowerCase(Locale.ROOT);
  }

  private Confusion thresholds() {
    Confusion known = confusion;
    if (known == null) {
      known = confusion();
      confusion = known;
    }
    return known;
  }

  final int thresholdCount() {
    return thresholds().thresholds().length;
  }

  @Override
  protected void addState(List<Shape> inputs) {
    int count = thresholdCount();
    addCounts(count);
  }

  final void addCounts(long... dims) {
    for (Count count : kept) {
      state.add(addVariable(variableName(count), DType.F32, dims));
    }
  }

  final Tensor get(Count count) {
    variables(); // makes the state
    return state.get(kept.indexOf(count)).value();
  }

  @Override
  protected void update(List<Tensor> inputs, @Nullable Tensor sampleWeight) {
    Confusion.Counts counts =
        thresholds().count(inputs.get(0), predictions(inputs.get(1)), sampleWeight, view());
    for (int i = 0; i < kept.size(); i++) {
      Variable variable = state.get(i);
      variable.assign(variable.value().add(kept.get(i).of(counts)));
    }
  }

  /** What is compared with the thresholds. */
  Tensor predictions(Tensor yPred) {
    return yPred;
  }

  /** The only element of a vector of one threshold; else the vector. */
  final Tensor single(Tensor values) {
    return thresholdCount() == 1 ? values.reshape() : values;
  }

  /** Thresholds as an option's value: null, a number, or a list. */
  static @Nullable Object option(double... thresholds) {
    if (thresholds.length == 0) {
      return null;
    }
    if (thresholds.length == 1) {
      return thresholds[0];
    }
    List<Double> out = new ArrayList<>();
    for (double threshold : thresholds) {
      out.add(threshold);
    }
    return out;
  }
}
