package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;
import static org.cornu.stablehlo.build.Adaptor.ANY_OR_AXIS;
import static org.cornu.stablehlo.build.Adaptor.INT;

import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.QuantizedType;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/** Types of convolutions. */
final class ConvolutionRules {
  private ConvolutionRules() {}

  /** A convolution with known padding. */
  static List<Type> convolution(Adaptor a) {
    a.arity(2);
    return infer(a, false);
  }

  /** A convolution whose padding is an operand. */
  static List<Type> dynamicConv(Adaptor a) {
    a.arity(3);
    return infer(a, true);
  }

  private static List<Type> infer(Adaptor a, boolean openPadding) {
    TensorType lhs = a.tensor(0, ANY);
    TensorType rhs = a.tensor(1, ANY_OR_AXIS);
    int rank = lhs.rank();
    if (rank != rhs.rank() || rank < 2) {
      throw a.fail(
          "C1",
          "lhs and rhs must have one rank, at least 2: lhs "
              + lhs.brief()
              + ", rhs "
              + rhs.brief()); // (C1)
    }
    int spatial = rank - 2;
    long[] strides = list(a, "window_strides", "C2", "C3", spatial); // (C2), (C3)
    long @Nullable [][] padding =
        openPadding ? paddingOperand(a, spatial) : WindowRules.padding(a, "C4", spatial); // (C4)
    long[] lhsDilation = list(a, "lhs_dilation", "C5", "C6", spatial); // (C5), (C6)
    long[] rhsDilation = list(a, "rhs_dilation", "C7", "C8", spatial); // (C7), (C8)
    Attribute.Bools reversal = a.optional("window_reversal", Attribute.Bools.class);
    if (reversal != null && reversal.values().length != spatial) {
      throw a.fail(
          "C9", "window_reversal must have " + spatial + " entries, got " + reversal); // (C9)
    }
    DimensionNumbers.Convolution dims =
        a.attribute("dimension_numbers", DimensionNumbers.Convolution.class);
    long featureGroups = a.integer("feature_group_count");
    long batchGroups = a.integer("batch_group_count");
    checkDimensions(a, dims, rank);
    checkGroups(a, lhs, rhs, dims, featureGroups, batchGroups);
    DotRules.checkPrecision(a, "C24"); // (C24)
    long[] out = new long[rank];
    out[(int) dims.outputBatch()] = divided(lhs.dim((int) dims.inputBatch()), batchGroups);
    out[(int) dims.outputFeature()] = rhs.dim((int) dims.kernelOutputFeature());
    for (int i = 0; i < spatial; i++) {
      long size = lhs.dim(dims.inputSpatial().get(i).intValue());
      long window = rhs.dim(dims.kernelSpatial().get(i).intValue());
      out[dims.outputSpatial().get(i).intValue()] =
          padding == null
              ? Shape.DYNAMIC
              : WindowRules.windows(
                  size,
                  padding[i][0],
                  padding[i][1],
                  lhsDilation[i],
                  window,
                  rhsDilation[i],
                  strides[i]);
    }
    ElementType element = checkElements(a, lhs, rhs, dims);
    if (!a.given.isEmpty() && a.givenTensor().rank() != rank) {
      throw a.fail(
          "C26", "result must have rank " + rank + ", got " + a.givenTensor().brief()); // (C26)
    }
    return a.result("C25", TensorType.of(element, Shape.of(out))); // (C25)
  }

  /** The padding that is operand 2, or null when it is not a constant. */
  private static long @Nullable [][] paddingOperand(Adaptor a, int spatial) {
    TensorType type = a.tensor(2, INT);
    boolean fits =
        type.rank() == 2
            && Compatibility.sameDim(type.dim(0), spatial)
            && Compatibility.sameDim(type.dim(1), 2);
    if (!fits) {
      throw a.fail("C4", "padding must have shape [" + spatial + ",2], got " + type.brief());
    } // (C4)
    long[] values = a.constant(2);
    if (values == null) {
      return null;
    }
    long[][] out = new long[spatial][2];
    for (int i = 0; i < spatial; i++) {
      out[i][0] = values[2 * i];
      out[i][1] = values[2 * i + 1];
    }
    return out;
  }

  private static long[] list(Adaptor a, String key, String sizeLabel, String label, int spatial) {
    long[] list = a.longs(key, spatial, 1);
    a.size(sizeLabel, key, list, spatial);
    a.positive(label, key, list);
    return list;
  }

  private static void checkDimensions(Adaptor a, DimensionNumbers.Convolution dims, int rank) {
    int spatial = rank - 2;
    side(
        a,
        "C12",
        "C13",
        "input",
        dims.inputSpatial(),
        dims.inputBatch(),
        dims.inputFeature(),
        spatial); // (C12), (C13)
    side(
        a,
        "C17",
        "C18",
        "kernel",
        dims.kernelSpatial(),
        dims.kernelInputFeature(),
        dims.kernelOutputFeature(),
        spatial); // (C17), (C18)
    side(
        a,
        "C19",
        "C20",
        "output",
        dims.outputSpatial(),
        dims.outputBatch(),
        dims.outputFeature(),
        spatial); // (C19), (C20)
  }

  private static void side(
      Adaptor a,
      String sizeLabel,
      String label,
      String what,
      List<Long> spatialDims,
      long first,
      long second,
      int spatial) {
    if (spatialDims.size() != spatial) {
      throw a.fail(
          sizeLabel, what + " must have " + spatial + " spatial dimensions, got " + spatialDims);
    }
    long[] all = Adaptor.concat(Adaptor.array(spatialDims), new long[] {first, second});
    a.unique(label, what + " dimensions", all);
    a.inRange(label, what + " dimensions", all, spatial + 2);
  }

  private static void checkGroups(
      Adaptor a,
      TensorType lhs,
      TensorType rhs,
      DimensionNumbers.Convolution dims,
      long featureGroups,
      long batchGroups) {
    if (featureGroups <= 0) {
      throw a.fail("C21", "feature_group_count must be positive, got " + featureGroups); // (C21)
    }
    if (batchGroups <= 0) {
      throw a.fail("C22", "batch_group_count must be positive, got " + batchGroups); // (C22)
    }
    if (featureGroups != 1 && batchGroups != 1) {
      throw a.fail(
          "C23",
          "one of feature_group_count and batch_group_count must be 1, got "
              + featureGroups
              + " and "
              + batchGroups); // (C23)
    }
    long batch = lhs.dim((int) dims.inputBatch());
    long features = lhs.dim((int) dims.inputFeature());
    long kernelIn = rhs.dim((int) dims.kernelInputFeature());
    long kernelOut = rhs.dim((int) dims.kernelOutputFeature());
    divisible(a, "C10", "batch size of lhs " + lhs.brief(), batch, batchGroups); // (C10)
    divisible(a, "C11", "feature size of lhs " + lhs.brief(), features, featureGroups); // (C11)
    if (!Compatibility.sameDim(kernelIn, divided(features, featureGroups))) {
      throw a.fail(
          "C14",
          "input features of kernel and lhs differ: kernel "
              + rhs.brief()
              + " axis "
              + dims.kernelInputFeature()
              + " is "
              + kernelIn
              + ", lhs "
              + lhs.brief()
              + " axis "
              + dims.inputFeature()
              + " is "
              + features
              + " in "
              + featureGroups
              + " groups"); // (C14)
    }
    divisible(a, "C15", "output features of rhs " + rhs.brief(), kernelOut, batchGroups); // (C15)
    divisible(a, "C16", "output features of rhs " + rhs.brief(), kernelOut, featureGroups); // (C16)
  }

  private static void divisible(Adaptor a, String label, String what, long size, long groups) {
    if (size != Shape.DYNAMIC && size % groups != 0) {
      throw a.fail(label, what + " must be divisible by " + groups + ", got " + size);
    }
  }

  private static long divided(long size, long groups) {
    return size == Shape.DYNAMIC ? size : size / groups;
  }

  private static ElementType checkElements(
      Adaptor a, TensorType lhs, TensorType rhs, DimensionNumbers.Convolution dims) {
    boolean declared = !a.given.isEmpty();
    if (!Adaptor.isQuantized(lhs) && !Adaptor.isQuantized(rhs)) {
      DotRules.checkElements(a, "C27", lhs, rhs); // (C27)
      // As for dot_general, XLA takes a wider element type for the result.
      ElementType element = declared ? a.givenTensor().element() : lhs.element();
      if (element instanceof QuantizedType) {
        throw a.fail(
            "C28",
            "the result must be quantized exactly when lhs and rhs are: lhs "
                + lhs.brief()
                + ", rhs "
                + rhs.brief()
                + ", result "
                + a.givenTensor().brief()); // (C28)
      }
      return element;
    }
    TensorType result = a.givenTensor();
    String got = "lhs " + lhs.brief() + ", rhs " + rhs.brief() + ", result " + result.brief();
    if (Adaptor.isQuantized(lhs) != Adaptor.isQuantized(result)
        || !(rhs.element() instanceof QuantizedType weights)) {
      throw a.fail(
          "C28", "rhs must be quantized, and the result exactly when lhs is: " + got); // (C28)
    }
    if (weights.isPerAxis() && weights.axis() != dims.kernelOutputFeature()) {
      throw a.fail(
          "C29", "the quantized dimension of rhs must be its output feature: " + got); // (C29)
    }
    if (result.element() instanceof QuantizedType z
        && z.isPerAxis()
        && z.axis() != dims.outputFeature()) {
      throw a.fail(
          "C30", "the quantized dimension of the result must be its feature: " + got); // (C30)
    }
    // (C31), (C32), (C33), (C34)
    DotRules.checkQuantization(a, lhs, weights, result, got, List.of("C31", "C32", "C33", "C34"));
    return result.element();
  }
}
