package org.cornu.ops;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;
import org.jspecify.annotations.Nullable;

/** The part of {@link Np} about segments, distinct elements, and named axes. */
abstract sealed class NpSegments extends NpPadding permits NpNumeric {

  /**
   * Sums of the slices of axis 0 that have one number.
   *
   * @param ids number of the segment of each slice, integers; those out of range are dropped
   * @param segments how many segments the result has
   */
  public static Tensor segmentSum(Tensor x, Tensor ids, int segments) {
    return segments("segmentSum", x, ids, segments, Lax.ScatterKind.ADD);
  }

  /** Products of the slices of axis 0 that have one number; 1 where there are none. */
  public static Tensor segmentProd(Tensor x, Tensor ids, int segments) {
    return segments("segmentProd", x, ids, segments, Lax.ScatterKind.MUL);
  }

  /** Maxima of the slices of axis 0 that have one number; the least number where there are none. */
  public static Tensor segmentMax(Tensor x, Tensor ids, int segments) {
    return segments("segmentMax", x, ids, segments, Lax.ScatterKind.MAX);
  }

  /**
   * Minima of the slices of axis 0 that have one number; the largest number where there are none.
   */
  public static Tensor segmentMin(Tensor x, Tensor ids, int segments) {
    return segments("segmentMin", x, ids, segments, Lax.ScatterKind.MIN);
  }

  private static Tensor segments(
      String op, Tensor x, Tensor ids, int segments, LaxShape.ScatterKind kind) {
    return Composed.of(
        x,
        ids,
        (v, i) -> {
          if (v.rank() == 0 || i.rank() != 1 || i.shape().dim(0) != v.shape().dim(0)) {
            throw new OpException(
                op
                    + ": a number for each slice of axis 0 is needed: got "
                    + Dims.briefs(List.of(v, i)));
          }
          LaxLinear.Reduction neutral =
              switch (kind) {
                case MUL -> Lax.Reduction.MUL;
                case MAX -> Lax.Reduction.MAX;
                case MIN -> Lax.Reduction.MIN;
                case ADD, SET -> Lax.Reduction.ADD;
              };
          Tensor start =
              Lax.broadcastInDim(
                  Lax.constant(neutral.neutral(v.dtype())), v.shape().with(0, segments));
          // A negative number is out of range here, it does not count from the end.
          Tensor positions = i.dtype().bits() < 32 ? Lax.convertElementType(i, DType.I32) : i;
          Tensor far = Dims.constant(positions, segments);
          Tensor safe =
              positions.dtype().isUnsigned()
                  ? positions
                  : Lax.select(Lax.lt(positions, Dims.constant(positions, 0)), far, positions);
          return Indexing.of(start, Index.at(safe)).update(start, v, kind);
        });
  }

  /** One more than the largest number of a segment; reads them. */
  public static int segmentsFor(Tensor ids) {
    return binsFor(ids, 0);
  }

  /**
   * Distinct elements.
   *
   * @param values in ascending order
   * @param index position of the first occurrence of each, i32
   * @param inverse number of the distinct element at each position, i32
   * @param counts how often each occurs, i32
   */
  public record Unique(Tensor values, Tensor index, Tensor inverse, Tensor counts) {}

  /**
   * Distinct elements, or distinct slices of an axis, in ascending order. NaN is distinct from NaN.
   *
   * @param axis whose slices are compared, or null for single elements
   * @param size number of results, or null to find it out, which reads the elements and cannot be
   *     traced; further results are cut off, missing ones filled
   * @param fill value of missing results, or null for the least element
   */
  public static Unique unique(
      Tensor x, @Nullable Integer axis, @Nullable Integer size, @Nullable Double fill) {
    int at = axis == null ? 0 : Dims.axis("unique", axis, x.rank());
    List<Tensor> sorted =
        Composed.many(
            v -> {
              Tensor rows = axis == null ? reshape(v.get(0), -1, 1) : rows(v.get(0), at);
              return Distinct.sorted(rows);
            },
            List.of(x));
    Tensor first = sorted.get(2);
    int count;
    if (size != null) {
      count = size;
    } else if (first.isConcrete()) {
      count = 0;
      for (boolean flag : first.toBooleanArray()) {
        count += flag ? 1 : 0;
      }
    } else {
      throw new OpException(
          "unique: the number of distinct elements is not known while tracing: got "
              + x.type().brief()
              + "\n  hint: give a size");
    }
    int wanted = count;
    List<Tensor> out =
        Composed.many(v -> Distinct.select(v.get(0), v.get(1), v.get(2), wanted, fill), sorted);
    Tensor values;
    if (axis == null) {
      values = reshape(out.get(0), wanted);
    } else {
      long[] dims = moveaxis(x, at, 0).shape().with(0, wanted).dims();
      values = moveaxis(reshape(out.get(0), dims), 0, at);
    }
    Tensor inverse = axis == null ? reshape(out.get(2), x.shape().dims()) : out.get(2);
    return new Unique(values, out.get(1), inverse, out.get(3));
  }

  private static Tensor rows(Tensor x, int axis) {
    Tensor front = moveaxis(x, axis, 0);
    return Lax.reshape(
        front, front.shape().dim(0), front.count() / Math.max(1, front.shape().dim(0)));
  }

  /** Distinct elements in ascending order; their number is read from the data. */
  public static Tensor unique(Tensor x) {
    return unique(x, null, null, null).values();
  }

  /**
   * Splits, reorders and joins axes by name, as einops does: {@code "b (h w) c -> b c h w"}; three
   * dots stand for the axes that are not named.
   *
   * @param sizes of named axes that the shape does not tell; one of a group may be missing
   */
  public static Tensor rearrange(Tensor x, String pattern, Map<String, Integer> sizes) {
    return Composed.of(
        x,
        v -> {
          String[] sides = withoutDots(pattern, v.rank()).split("->", -1);
          if (sides.length != 2) {
            throw new OpException("rearrange '" + pattern + "': one arrow is needed");
          }
          List<List<String>> left = groups(sides[0], pattern);
          List<List<String>> right = groups(sides[1], pattern);
          if (left.size() != v.rank()) {
            throw new OpException(
                "rearrange '"
                    + pattern
                    + "': the left side must name every axis: got "
                    + v.type().brief());
          }
          Map<String, Long> known = new HashMap<>();
          List<String> names = new ArrayList<>();
          for (int i = 0; i < left.size(); i++) {
            resolve(left.get(i), v.shape().dim(i), sizes, known, pattern);
            names.addAll(left.get(i));
          }
          List<String> wanted = right.stream().flatMap(List::stream).toList();
          if (names.size() != wanted.size() || !names.containsAll(wanted)) {
            throw new OpException(
                "rearrange '" + pattern + "': both sides must name the same axes once");
          }
          Tensor split = Lax.reshape(v, names.stream().mapToLong(known::get).toArray());
          Tensor moved = permuted(split, wanted.stream().mapToInt(names::indexOf).toArray());
          long[] dims =
              right.stream()
                  .mapToLong(g -> g.stream().mapToLong(known::get).reduce(1, (a, b) -> a * b))
                  .toArray();
          return Lax.reshape(moved, dims);
        });
  }

  /** The pattern with a name for each axis that its dots stand for. */
  private static String withoutDots(String pattern, int rank) {
    if (!pattern.contains("...")) {
      return pattern;
    }
    String left = pattern.split("->", -1)[0];
    int named = groups(left.replace("...", " "), pattern).size();
    StringBuilder axes = new StringBuilder(" ");
    for (int i = 0; i < rank - named; i++) {
      axes.append("axis_beside_").append(i).append(' ');
    }
    return pattern.replace("...", axes);
  }

  private static List<List<String>> groups(String side, String pattern) {
    List<List<String>> out = new ArrayList<>();
    List<String> open = null;
    String spaced = side.replace("(", " ( ").replace(")", " ) ").trim();
    for (String word : spaced.isEmpty() ? new String[0] : spaced.split("\\s+")) {
      if (word.equals("(")) {
        open = new ArrayList<>();
        out.add(open);
      } else if (word.equals(")")) {
        open = null;
      } else if (!word.matches("\\w+")) {
        throw new OpException("rearrange '" + pattern + "': got '" + word + "'");
      } else if (open != null) {
        open.add(word);
      } else {
        out.add(List.of(word));
      }
    }
    return out;
  }

  private static void resolve(
      List<String> group,
      long size,
      Map<String, Integer> sizes,
      Map<String, Long> known,
      String pattern) {
    long product = 1;
    String missing = null;
    for (String name : group) {
      Integer given = sizes.get(name);
      if (given != null) {
        known.put(name, (long) given);
        product *= given;
      } else if (missing != null) {
        throw new OpException(
            "rearrange '" + pattern + "': sizes of " + missing + " and " + name + " are missing");
      } else {
        missing = name;
      }
    }
    if (missing != null && product > 0 && size % product == 0) {
      known.put(missing, size / product);
    } else if (missing != null || product != size) {
      throw new OpException(
          "rearrange '" + pattern + "': " + group + " does not divide an axis of size " + size);
    }
  }

  /** The elements of a bool mask that are true, in row-major order; reads the mask. */
  public static Tensor extract(Tensor mask, Tensor x) {
    Literal flags = mask.toLiteral();
    int[] positions = new int[flags.count()];
    int n = 0;
    for (int i = 0; i < flags.count(); i++) {
      if (flags.longAt(i) != 0) {
        positions[n++] = i;
      }
    }
    return take(x, Tensor.of(Arrays.copyOf(positions, n), n));
  }
}
