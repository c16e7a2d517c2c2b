package org.cornu.layers;

import java.util.ArrayList;
import java.util.List;
import org.cornu.ops.Np;
import org.cornu.tracer.Tensor;

/**
 * How the scales of an 8-bit product lie, so that those of inputs and kernel divide its result: as
 * in Keras, which keeps the kernel's scale in that form in its files.
 *
 * @param inputAxes axes of the input that are summed over
 * @param kernelAxes axes of the kernel that are summed over
 * @param input moves a scale of the input to the axes of the result
 * @param kernel moves a scale of the kernel to the axes of the result
 */
record ScaleLayout(int[] inputAxes, int[] kernelAxes, Moves input, Moves kernel) {
  /** A transposition, then new axes of size 1, then axes of size 1 that go. */
  record Moves(List<Integer> transpose, List<Integer> expand, List<Integer> squeeze) {
    static final Moves NONE = new Moves(List.of(), List.of(), List.of());

    Tensor forth(Tensor scale) {
      Tensor out = transpose.isEmpty() ? scale : Np.transpose(scale, ints(transpose));
      out = expand.isEmpty() ? out : Np.expandDims(out, ints(expand));
      return squeeze.isEmpty() ? out : Np.squeeze(out, ints(squeeze));
    }

    Tensor back(Tensor scale) {
      Tensor out = squeeze.isEmpty() ? scale : Np.expandDims(scale, ints(squeeze));
      out = expand.isEmpty() ? out : Np.squeeze(out, ints(expand));
      if (transpose.isEmpty()) {
        return out;
      }
      int[] reverse = new int[transpose.size()];
      for (int i = 0; i < reverse.length; i++) {
        reverse[transpose.get(i)] = i;
      }
      return Np.transpose(out, reverse);
    }
  }

  /** Of {@code [..., in]} times {@code [in, units]}: one number per unit. */
  static ScaleLayout dense() {
    return new ScaleLayout(
        new int[] {-1}, new int[] {0}, Moves.NONE, new Moves(List.of(), List.of(), List.of(0)));
  }

  /**
   * Of an equation, the letters that {@code ...} stands for written out.
   *
   * @param in letters of the input
   * @param weight letters of the kernel
   * @param out letters of the result
   */
  static ScaleLayout of(String in, String weight, String out) {
    return new ScaleLayout(
        ints(missing(in, out)), ints(missing(weight, out)), moves(in, out), moves(weight, out));
  }

  private static List<Integer> missing(String letters, String from) {
    List<Integer> out = new ArrayList<>();
    for (int i = 0; i < letters.length(); i++) {
      if (from.indexOf(letters.charAt(i)) < 0) {
        out.add(i);
      }
    }
    return out;
  }

  /** The steps that Keras takes, in its order: its files hold what they make of the scales. */
  private static Moves moves(String letters, String result) {
    List<Integer> expand = missing(result, letters);
    List<Integer> transpose = new ArrayList<>();
    for (int i = 0; i < result.length(); i++) {
      int at = letters.indexOf(result.charAt(i));
      if (at >= 0) {
        transpose.add(at);
      }
    }
    List<Integer> squeeze = new ArrayList<>();
    int place = 0;
    for (int axis : missing(letters, result)) {
      if (expand.isEmpty()) {
        squeeze.add(axis);
      } else {
        place = expand.remove(0);
      }
      transpose.add(Math.min(place, transpose.size()), axis);
    }
    return new Moves(transpose, expand, squeeze);
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
