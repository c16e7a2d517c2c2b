package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of ops that move a window over a tensor. */
final class WindowRules {
  private WindowRules() {}

  /** How many windows fit along one dimension; open where the size is. */
  static long windows(
      long size,
      long low,
      long high,
      long baseDilation,
      long window,
      long windowDilation,
      long stride) {
    if (size == Shape.DYNAMIC || window == Shape.DYNAMIC) {
      return Shape.DYNAMIC;
    }
    long padded = low + dilated(size, baseDilation) + high;
    long width = dilated(window, windowDilation);
    return padded <= 0 || width > padded ? 0 : (padded - width) / stride + 1;
  }

  private static long dilated(long size, long dilation) {
    return size == 0 ? 0 : (size - 1) * dilation + 1;
  }

  /** A padding attribute as {@code [rank][2]}; zeros where it is absent. */
  static long[][] padding(Adaptor a, String label, int rank) {
    long[][] out = new long[rank][2];
    Literal literal = a.literal("padding");
    if (literal == null) {
      return out;
    }
    Shape shape = literal.type().shape();
    boolean fits = shape.rank() == 2 && shape.dim(0) == rank && shape.dim(1) == 2;
    if (!fits) {
      throw a.fail(
          label, "padding must have shape [" + rank + ",2], got " + literal.type().brief());
    }
    for (int i = 0; i < rank; i++) {
      out[i][0] = literal.longAt(2 * i);
      out[i][1] = literal.longAt(2 * i + 1);
    }
    return out;
  }

  /** Labels of the constraints that windowed ops state alike, first those of the list sizes. */
  private record Labels(
      String windowSize,
      String window,
      String strideSize,
      String stride,
      String baseSize,
      String base,
      String dilationSize,
      String dilation,
      String padding) {}

  private static final Labels REDUCE_WINDOW =
      new Labels("C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "C12");
  private static final Labels SELECT_AND_SCATTER =
      new Labels("C4", "C5", "C6", "C7", "", "", "", "", "C8");

  private static long[] checked(Adaptor a, String key, String sizeLabel, String label, int rank) {
    long[] list = a.longs(key, rank, 1);
    a.size(sizeLabel, key, list, rank);
    a.positive(label, key, list);
    return list;
  }

  private static Shape windowed(Adaptor a, TensorType x, Labels labels) {
    int rank = x.rank();
    long[] window = checked(a, "window_dimensions", labels.windowSize, labels.window, rank);
    long[] strides = checked(a, "window_strides", labels.strideSize, labels.stride, rank);
    long[] base = checked(a, "base_dilations", labels.baseSize, labels.base, rank);
    long[] dilation = checked(a, "window_dilations", labels.dilationSize, labels.dilation, rank);
    long[][] padding = padding(a, labels.padding, rank);
    long[] dims = new long[rank];
    for (int i = 0; i < rank; i++) {
      dims[i] =
          windows(
              x.dim(i), padding[i][0], padding[i][1], base[i], window[i], dilation[i], strides[i]);
    }
    return Shape.of(dims);
  }

  /** Reduction of each window. */
  static List<Type> reduceWindow(Adaptor a) {
    a.regionCount(1);
    int n = ReductionRules.inputsAndInits(a, "C1", "C2", "C3"); // (C1), (C2), (C3)
    a.attribute("window_dimensions", Attribute.Longs.class);
    Shape shape = windowed(a, a.tensor(0), REDUCE_WINDOW); // (C4) to (C12)
    List<ElementType> elements =
        RegionRules.reducer(a, "C13", a.region(0), ReductionRules.elements(a, n)); // (C13)
    List<Type> results = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      results.add(TensorType.of(elements.get(i), shape));
    }
    ReductionRules.checkElements(a, "C16", elements); // (C16)
    checkSameShapes(a); // (C14)
    return a.results("C15", results); // (C15)
  }

  private static void checkSameShapes(Adaptor a) {
    for (int i = 1; i < a.given.size(); i++) {
      if (a.given.get(0) instanceof TensorType first
          && a.given.get(i) instanceof TensorType next
          && !Compatibility.sameShape(first.shape(), next.shape())) {
        throw a.fail(
            "C14", "shapes of results differ: " + first.brief() + " and " + next.brief()); // (C14)
      }
    }
  }

  /** The scattering of a source to the selected element of each window. */
  static List<Type> selectAndScatter(Adaptor a) {
    a.arity(3);
    a.regionCount(2);
    TensorType x = a.tensor(0, ANY);
    TensorType source = a.tensor(1, ANY);
    TensorType init = a.tensor(2, ANY);
    if (!Compatibility.sameElement(x.element(), source.element())) {
      throw a.fail(
          "C1",
          "element types differ: operand " + x.brief() + ", source " + source.brief()); // (C1)
    }
    if (init.rank() != 0) {
      throw a.fail("I3", "initial value must be a scalar, got " + init.brief());
    }
    if (!Compatibility.sameElement(x.element(), init.element())) {
      throw a.fail(
          "C3",
          "element types differ: operand " + x.brief() + ", initial value " + init.brief()); // (C3)
    }
    if (!a.attributes.containsKey("window_dimensions")) {
      throw a.fail("C4", "attribute 'window_dimensions' is missing"); // (C4)
    }
    Shape shape = windowed(a, x, SELECT_AND_SCATTER); // (C4) to (C8)
    if (!Compatibility.sameShape(source.shape(), shape)) {
      throw a.fail(
          "C2",
          "source must have one element per window, "
              + x.withShape(shape).brief()
              + ", got "
              + source.brief()); // (C2)
    }
    RegionRules.comparator(a, "C9", a.region(0), List.of(x.element())); // (C9)
    Block scatter = a.region(1);
    ElementType out = RegionRules.reducer(a, "C10", scatter, List.of(x.element())).get(0); // (C10)
    return a.result("C12", "C11", x.withElement(out)); // (C11), (C12)
  }

  /** Cornu's own: of each window of the first operand the element where the second is extremal. */
  static List<Type> selectAndGatherAdd(Adaptor a) {
    a.arity(2);
    TensorType tangent = a.tensor(0, ANY);
    TensorType x = a.tensor(1, ANY);
    if (!Compatibility.sameShape(tangent.shape(), x.shape())) {
      throw a.fail("", "shapes differ: tangent " + tangent.brief() + ", operand " + x.brief());
    }
    String select = a.attribute("select", Attribute.Str.class).value();
    if (!select.equals("GE") && !select.equals("LE")) {
      throw a.fail("", "select must be GE or LE, got " + select);
    }
    a.attribute("window_dimensions", Attribute.Longs.class);
    return a.result("", TensorType.of(tangent.element(), windowed(a, x, REDUCE_WINDOW)));
  }
}
