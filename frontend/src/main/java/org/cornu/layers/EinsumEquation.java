package org.cornu.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.tracer.OpException;
import org.jspecify.annotations.Nullable;

/**
 * The equation of an {@link EinsumDense} taken apart: shapes of its kernel and bias for an input.
 *
 * @param kernel shape of the kernel
 * @param bias shape of the bias, or null
 * @param inputAxes axes of the kernel that are summed over
 * @param outputAxes axes of the kernel that stand in the output
 * @param scales how the scales of a quantized product lie
 */
record EinsumEquation(
    Shape kernel,
    @Nullable Shape bias,
    List<Integer> inputAxes,
    List<Integer> outputAxes,
    ScaleLayout scales) {
  private static final Pattern PLAIN = Pattern.compile("([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)");
  private static final Pattern LEFT =
      Pattern.compile("\\.\\.\\.([a-zA-Z]+),([a-zA-Z]+)->\\.\\.\\.([a-zA-Z]+)");
  private static final Pattern RIGHT =
      Pattern.compile("([a-zA-Z]{2,})\\.\\.\\.,([a-zA-Z]+)->([a-zA-Z]+)\\.\\.\\.");

  static EinsumEquation of(
      String equation,
      @Nullable String biasAxes,
      Shape input,
      List<@Nullable Integer> outputSizes) {
    Matcher matcher = PLAIN.matcher(equation);
    boolean left = false;
    if (!matcher.matches()) {
      matcher = LEFT.matcher(equation);
      left = matcher.matches();
      if (!left) {
        matcher = RIGHT.matcher(equation);
        if (!matcher.matches()) {
          throw new OpException(
              "EinsumDense: the equation must be of the form ab,bc->ac, ...a,ab->...b or"
                  + " ab...,bc->ac...: got '"
                  + equation
                  + "'");
        }
      }
    }
    String in = matcher.group(1);
    String weight = matcher.group(2);
    String out = matcher.group(3);
    int elided = input.rank() - in.length();
    boolean plain = equation.indexOf('.') < 0;
    if (elided < 0 || (plain && elided > 0)) {
      throw new OpException(
          "the input must have "
              + (plain ? "" : "at least ")
              + in.length()
              + " dimensions, as the equation '"
              + equation
              + "' says: got shape "
              + input);
    }
    List<Long> output = new ArrayList<>();
    output.add(input.dim(0));
    if (left) {
      for (int i = 1; i < elided; i++) {
        output.add(input.dim(i));
      }
    }
    for (Integer size : outputSizes) {
      output.add(size == null ? Shape.DYNAMIC : (long) size);
    }
    if (!left) {
      for (int i = input.rank() - elided; i < input.rank(); i++) {
        output.add(input.dim(i));
      }
    }
    int shift = left ? elided : 0;
    List<Long> kernel = new ArrayList<>();
    List<Integer> inputAxes = new ArrayList<>();
    List<Integer> outputAxes = new ArrayList<>();
    for (int i = 0; i < weight.length(); i++) {
      int atOutput = out.indexOf(weight.charAt(i));
      int atInput = in.indexOf(weight.charAt(i));
      if (atOutput >= 0) {
        kernel.add(output.get(atOutput + shift));
        outputAxes.add(i);
      } else if (atInput >= 0) {
        kernel.add(input.dim(atInput + shift));
        inputAxes.add(i);
      } else {
        throw new OpException(
            "EinsumDense: letter '"
                + weight.charAt(i)
                + "' of the kernel stands in neither input nor output: got '"
                + equation
                + "'");
      }
    }
    return new EinsumEquation(
        shape(kernel),
        biasAxes == null ? null : bias(equation, biasAxes, out, output, shift, left ? 0 : elided),
        inputAxes,
        outputAxes,
        scales(in, weight, out, elided, left));
  }

  /** With letters that occur nowhere else for what {@code ...} stands for. */
  private static ScaleLayout scales(
      String in, String weight, String out, int elided, boolean left) {
    StringBuilder more = new StringBuilder();
    for (char letter = 'A'; more.length() < elided; letter = letter == 'Z' ? 'a' : ++letter) {
      if ((in + weight + out + more).indexOf(letter) < 0) {
        more.append(letter);
      }
    }
    return left
        ? ScaleLayout.of(more + in, weight, more + out)
        : ScaleLayout.of(in + more, weight, out + more);
  }

  private static Shape bias(
      String equation, String biasAxes, String out, List<Long> output, int shift, int behind) {
    int first = out.length();
    for (int i = 0; i < biasAxes.length(); i++) {
      int at = out.indexOf(biasAxes.charAt(i));
      if (at < 0) {
        throw new OpException(
            "EinsumDense: bias_axes '"
                + biasAxes
                + "': '"
                + biasAxes.charAt(i)
                + "' is not in the output of '"
                + equation
                + "'");
      }
      first = Math.min(first, at);
    }
    List<Long> dims = new ArrayList<>();
    for (int i = first; i < out.length(); i++) {
      dims.add(biasAxes.indexOf(out.charAt(i)) >= 0 ? output.get(i + shift) : 1L);
    }
    dims.addAll(Collections.nCopies(behind, 1L));
    return shape(dims);
  }

  private static Shape shape(List<Long> dims) {
    return Shape.of(dims.stream().mapToLong(Long::longValue).toArray());
  }
}
