package org.cornu.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cornu.ops.Np;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.OpException;
import org.cornu.tracer.Tensor;

/**
 * Strings on the host, in an array of any rank: what lookups and {@link TextVectorization} take.
 *
 * @param values in row-major order
 * @param dims the array's sizes
 */
public record Strings(List<String> values, List<Integer> dims) {
  /** Copies both, and checks that they fit. */
  public Strings {
    values = List.copyOf(values);
    dims = List.copyOf(dims);
    int count = dims.stream().reduce(1, (a, b) -> a * b);
    if (count != values.size()) {
      throw new OpException(
          "strings: an array of sizes " + dims + " holds " + count + ", got " + values.size());
    }
  }

  /** A row of strings. */
  public static Strings of(String... values) {
    return of(Arrays.asList(values));
  }

  /** A row of strings. */
  public static Strings of(List<String> values) {
    return new Strings(values, List.of(values.size()));
  }

  /** Rows of strings, all equally long. */
  public static Strings of(String[][] rows) {
    List<String> all = new ArrayList<>();
    for (String[] row : rows) {
      all.addAll(Arrays.asList(row));
    }
    return new Strings(all, List.of(rows.length, rows.length == 0 ? 0 : rows[0].length));
  }

  /** Integers as their decimal digits; the tensor must have values, so not inside a program. */
  public static Strings ofIntegers(Tensor integers) {
    Literal values = concrete("strings", integers);
    List<String> out = new ArrayList<>();
    for (int i = 0; i < values.count(); i++) {
      out.add(Long.toString(values.longAt(i)));
    }
    return new Strings(out, sizes(integers));
  }

  static List<Integer> sizes(Tensor x) {
    return Arrays.stream(x.shape().dims()).mapToObj(d -> (Integer) (int) d).toList();
  }

  /** The values of a tensor, for layers that work on the host. */
  static Literal concrete(String who, Tensor x) {
    if (!x.dtype().isInteger()) {
      throw new OpException(
          who + ": takes integers or strings: got " + x.type().brief() + "; cast it first");
    }
    return x.toLiteral();
  }

  /** Integers laid out as these strings. */
  Tensor tensor(int[] integers) {
    return Np.reshape(
        Tensor.of(integers, integers.length), dims.stream().mapToLong(d -> d).toArray());
  }
}
