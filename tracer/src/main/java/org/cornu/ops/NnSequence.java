package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/** The part of {@link Nn} about connectionist temporal classification. */
abstract sealed class NnSequence extends NnLoss permits NnPatches {
  /** Stands for log 0 in the recurrences, so that no infinities are subtracted. */
  private static final double LOG_ZERO = -1e5;

  private record Alpha(Tensor blank, Tensor label) {}

  private record Frame(Tensor label, Tensor blank, Tensor padding) {}

  /**
   * Loss of connectionist temporal classification: minus the log probability of all alignments.
   *
   * @param target labels {@code [batch, labels]}
   * @param output logits {@code [batch, time, classes]}
   * @param targetLength number of labels of each sample {@code [batch]}
   * @param outputLength number of frames of each sample {@code [batch]}
   * @param blank the class that separates labels
   * @return {@code [batch]}
   */
  public static Tensor ctcLoss(
      Tensor target, Tensor output, Tensor targetLength, Tensor outputLength, int blank) {
    return Composed.one(
        List.of(target, output, targetLength, outputLength),
        v -> {
          Tensor t = Lax.convertElementType(v.get(0), DType.I32);
          Tensor o = Lax.convertElementType(v.get(1), Promotion.wide(v.get(1).dtype()));
          if (t.rank() != 2 || o.rank() != 3) {
            throw new OpException(
                "ctcLoss: target [batch, labels] and output [batch, time, classes] are needed: got "
                    + Dims.briefs(List.of(v.get(0), v.get(1))));
          }
          return ctc(
              t,
              o,
              Lax.convertElementType(v.get(2), DType.I32),
              Lax.convertElementType(v.get(3), DType.I32),
              blank);
        });
  }

  private static Tensor ctc(
      Tensor target, Tensor output, Tensor targetLength, Tensor outputLength, int blank) {
    long batch = output.shape().dim(0);
    long time = output.shape().dim(1);
    int classes = output.size(2);
    long labels = target.shape().dim(1);
    DType dtype = output.dtype();
    Tensor logs = NnActivation.logSoftmax(output);
    // Whether a label equals the next one, so that a blank must stand between.
    Tensor same =
        Lax.convertElementType(
            Lax.eq(
                Lax.sliceInDim(target, 0, Math.max(0, labels - 1), 1, 1),
                Lax.sliceInDim(target, Math.min(1, labels), labels, 1, 1)),
            dtype);
    Tensor repeat = Np.pad(same, new int[][] {{0, 0}, {0, (int) (labels - same.shape().dim(1))}});
    Tensor blanks = Np.transpose(Lax.sliceInDim(logs, blank, blank + 1L, 1, 2), 1, 0, 2);
    Tensor hot = NnLoss.oneHot(target, classes, -1, dtype);
    Tensor emissions = Np.einsum("btk,bnk->tbn", logs, hot);
    Tensor frames = Lax.iota(DType.I32, 0, time, batch);
    Tensor padding =
        Lax.convertElementType(
            Lax.ge(frames, Lax.broadcastInDim(outputLength, frames.shape(), 1)), dtype);
    Tensor impossible = Lax.full(dtype, LOG_ZERO, batch, labels);
    Tensor start = Lax.concatenate(List.of(Lax.full(dtype, 0, batch, 1), impossible), 1);
    Tensor repeatCost = Np.multiply(repeat, LOG_ZERO);
    Tensor advanceCost = Np.multiply(Np.subtract(1L, repeat), LOG_ZERO);
    Alpha end =
        Lax.scan(
                (Alpha a, Frame f) -> {
                  Tensor entered = enter(a.blank(), Np.add(a.label(), repeatCost));
                  Tensor stay = Lax.sliceInDim(entered, 0, labels, 1, 1);
                  Tensor label =
                      Np.logaddexp(Np.add(stay, f.label()), Np.add(a.label(), f.label()));
                  Tensor silent =
                      enter(
                          Np.add(entered, f.blank()),
                          Np.add(Np.add(a.label(), f.blank()), advanceCost));
                  Tensor pad = Np.expandDims(f.padding(), 1);
                  Tensor keep = Np.subtract(1L, pad);
                  return new Lax.Step<>(
                      new Alpha(
                          Np.add(Np.multiply(pad, a.blank()), Np.multiply(keep, silent)),
                          Np.add(Np.multiply(pad, a.label()), Np.multiply(keep, label))),
                      List.<Tensor>of());
                },
                new Alpha(start, impossible),
                new Frame(emissions, blanks, padding))
            .carry();
    Tensor last = enter(end.blank(), end.label());
    Tensor length = NnLoss.oneHot(targetLength, (int) labels + 1, -1, dtype);
    return Np.negative(Np.sum(Np.multiply(last, length), 1));
  }

  /** Adds scores, in log space, to those of the next blanks. */
  private static Tensor enter(Tensor blank, Tensor added) {
    long n = blank.shape().dim(1);
    Tensor first = Lax.sliceInDim(blank, 0, 1, 1, 1);
    Tensor rest = Lax.sliceInDim(blank, 1, n, 1, 1);
    return Lax.concatenate(List.of(first, Np.logaddexp(rest, added)), 1);
  }

  /** Decoded labels {@code [paths, batch, time]}, -1 behind the end, and scores. */
  public record Decoded(Tensor labels, Tensor scores) {}

  /**
   * The most likely class of each frame, repetitions merged and blanks dropped.
   *
   * @param output {@code [batch, time, classes]}
   * @param lengths number of frames of each sample {@code [batch]}
   * @param mergeRepeated whether a class repeated in neighbouring frames counts once
   * @param blank the class that separates labels
   * @return labels {@code [1, batch, time]}; scores {@code [batch, 1]}, minus the sum of the maxima
   */
  public static Decoded ctcGreedyDecode(
      Tensor output, Tensor lengths, boolean mergeRepeated, int blank) {
    List<Tensor> out =
        Composed.many(
            v -> {
              Tensor o = Lax.convertElementType(v.get(0), Promotion.wide(v.get(0).dtype()));
              long batch = o.shape().dim(0);
              long time = o.shape().dim(1);
              Tensor frame = Lax.iota(DType.I32, 1, batch, time);
              Tensor length = Lax.convertElementType(v.get(1), DType.I32);
              Tensor beyond = Lax.ge(frame, Lax.broadcastInDim(length, frame.shape(), 0));
              Tensor label = Np.where(beyond, (long) blank, Np.argmax(o, -1));
              Tensor score = Np.where(beyond, 0.0, Np.max(o, -1));
              if (mergeRepeated) {
                Tensor before = Np.pad(label, new int[][] {{0, 0}, {1, 0}}, -1);
                before = Lax.sliceInDim(before, 0, time, 1, 1);
                label = Np.where(Lax.eq(label, before), (long) blank, label);
              }
              Tensor isBlank = Np.equal(label, (long) blank);
              label = Np.where(isBlank, -1L, label);
              Tensor order = Np.argsort(Np.where(isBlank, time, frame), -1);
              Tensor packed = Np.takeAlongAxis(label, order, -1);
              return List.of(Np.expandDims(packed, 0), Np.negative(Np.sum(score, true, 1)));
            },
            List.of(output, lengths));
    return new Decoded(out.get(0), out.get(1));
  }

  /** Log probabilities of a prefix that ends with a blank, and with a label. */
  private static final class Beam {
    final int[] labels;
    double blank = Double.NEGATIVE_INFINITY;
    double label = Double.NEGATIVE_INFINITY;

    Beam(int[] labels) {
      this.labels = labels;
    }

    double total() {
      return logAdd(blank, label);
    }

    int last() {
      return labels.length == 0 ? -1 : labels[labels.length - 1];
    }
  }

  private static double logAdd(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }

  /**
   * The most likely label sequences by a search that keeps the {@code width} best prefixes. Runs on
   * the host, so it cannot be traced.
   *
   * @param output logits {@code [batch, time, classes]}
   * @param lengths number of frames of each sample {@code [batch]}
   * @param blank the class that separates labels
   * @return labels {@code [paths, batch, time]}; scores {@code [batch, paths]}, log probabilities
   */
  public static Decoded ctcBeamSearchDecode(
      Tensor output, Tensor lengths, int width, int paths, int blank) {
    if (!output.isConcrete() || !lengths.isConcrete()) {
      throw new OpException(
          "ctcBeamSearchDecode: the search runs on the host and cannot be traced: got "
              + output.type().brief());
    }
    int batch = output.size(0);
    int time = output.size(1);
    int classes = output.size(2);
    double[] logs = NnActivation.logSoftmax(Np.cast(output, DType.F32)).toDoubleArray();
    int[] frames = Np.cast(lengths, DType.I32).toIntArray();
    long[] labels = new long[paths * batch * time];
    Arrays.fill(labels, -1);
    double[] scores = new double[batch * paths];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    for (int sample = 0; sample < batch; sample++) {
      List<Beam> beams = search(logs, sample * time, frames[sample], classes, width, blank);
      for (int path = 0; path < Math.min(paths, beams.size()); path++) {
        Beam beam = beams.get(path);
        scores[sample * paths + path] = beam.total();
        int at = (path * batch + sample) * time;
        for (int i = 0; i < beam.labels.length; i++) {
          labels[at + i] = beam.labels[i];
        }
      }
    }
    return new Decoded(
        Tensor.of(Literal.ofLongs(TensorType.of(DType.I32, paths, batch, time), labels)),
        Tensor.of(Literal.ofDoubles(TensorType.of(DType.F32, batch, paths), scores)));
  }

  private static List<Beam> search(
      double[] logs, int firstFrame, int frames, int classes, int width, int blank) {
    Beam empty = new Beam(new int[0]);
    empty.blank = 0;
    List<Beam> beams = List.of(empty);
    for (int frame = 0; frame < frames; frame++) {
      int at = (firstFrame + frame) * classes;
      Map<List<Integer>, Beam> next = new HashMap<>();
      for (Beam beam : beams) {
        Beam same = extended(next, beam.labels);
        same.blank = logAdd(same.blank, beam.total() + logs[at + blank]);
        if (beam.last() >= 0) {
          same.label = logAdd(same.label, beam.label + logs[at + beam.last()]);
        }
        for (int c = 0; c < classes; c++) {
          if (c != blank) {
            int[] longer = Arrays.copyOf(beam.labels, beam.labels.length + 1);
            longer[beam.labels.length] = c;
            // A repeated label is a new one only behind a blank.
            double from = c == beam.last() ? beam.blank : beam.total();
            Beam grown = extended(next, longer);
            grown.label = logAdd(grown.label, from + logs[at + c]);
          }
        }
      }
      List<Beam> sorted = new ArrayList<>(next.values());
      sorted.sort(
          Comparator.comparingDouble(Beam::total)
              .reversed()
              .thenComparing(b -> b.labels, Arrays::compare));
      beams = sorted.subList(0, Math.min(width, sorted.size()));
    }
    return beams;
  }

  private static Beam extended(Map<List<Integer>, Beam> beams, int[] labels) {
    return beams.computeIfAbsent(Arrays.stream(labels).boxed().toList(), key -> new Beam(labels));
  }
}
