package org.cornu.tests.oplaws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.cornu.ops.Image;
import org.cornu.ops.Nn;
import org.cornu.ops.Np;
import org.cornu.ops.Promotion;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.tracer.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls at the rim of what functions take, with the types and values that JAX gives. */
class OddCallsTest {
  private static Tensor of(DType dtype, long[] dims, double... values) {
    return Tensor.of(Literal.ofDoubles(TensorType.of(dtype, dims), values));
  }

  private static Tensor row(DType dtype, double... values) {
    return of(dtype, new long[] {values.length}, values);
  }

  private static Arguments call(String name, Supplier<Tensor> f, String result) {
    return Arguments.of(name, f, result);
  }

  static Stream<Arguments> calls() {
    Tensor flags = row(DType.BOOL, 1, 0);
    Tensor three = row(DType.I32, 1, 2, 3);
    Tensor bytes = of(DType.I8, new long[] {2, 2}, 100, 2, 3, 100);
    Tensor mask = of(DType.BOOL, new long[] {2, 2}, 1, 1, 0, 1);
    Tensor halves = row(DType.F16, 1, 2, 4);
    Tensor colours = of(DType.U8, new long[] {1, 2, 1}, 255, 0);
    double inf = Double.POSITIVE_INFINITY;
    return Stream.of(
        call("where of doubles", () -> Np.where(flags, 1.5, 0.5), "float32[2] 1.5 0.5"),
        call("where of longs", () -> Np.where(flags, 1, 0), "int32[2] 1.0 0.0"),
        call("where of both", () -> Np.where(flags, 1, 0.5), "float32[2] 1.0 0.5"),
        call("power of a number", () -> Np.power(2, three), "int32[3] 2.0 4.0 8.0"),
        call("larger than a number", () -> Np.maximum(2, three), "int32[3] 2.0 2.0 3.0"),
        call("number over integers", () -> Np.floorDivide(-7, three), "int32[3] -7.0 -4.0 -3.0"),
        call("bit of a place", () -> Np.leftShift(1, three), "int32[3] 2.0 4.0 8.0"),
        call("angle of an ordinate", () -> Np.arctan2(0.0, halves), "float16[3] 0.0 0.0 0.0"),
        call(
            "infinity over zero",
            () -> Np.floorDivide(row(DType.F32, inf, 5, -5), row(DType.F32, 0, 0, 0)),
            "float32[3] Infinity Infinity -Infinity"),
        call(
            "class of a number between two",
            () -> Np.ravel(Nn.oneHot(row(DType.F32, 1.9, 1), 2, -1, DType.F32)),
            "float32[4] 0.0 0.0 0.0 1.0"),
        call("u8 over a number", () -> Np.divide(row(DType.U8, 1), -2), "float32[1] -0.5"),
        call("quantile of halves", () -> Np.quantile(halves, 0.25), "float16[] 1.5"),
        call(
            "quantile at f32 levels",
            () -> Np.quantile(halves, row(DType.F32, 0.75), "lower", true),
            "float16[1,1] 2.0"),
        call(
            "unique, cut off",
            () -> Np.unique(row(DType.I32, 4, 1, 4, 2), null, 1, null).counts(),
            "int32[1] 1.0"),
        call(
            "inverse of unique, cut off",
            () -> Np.unique(row(DType.I32, 4, 1, 4, 2), null, 1, null).inverse(),
            "int32[4] 2.0 0.0 2.0 1.0"),
        call("one operand of i8", () -> Np.einsum("ii->i", bytes), "int32[2] 100.0 100.0"),
        call("i8 and bool", () -> Np.tensordot(bytes, mask, 1), "int8[2,2] 100.0 102.0 3.0 103.0"),
        call("rows of i8", () -> Np.matmul(bytes, bytes), "int32[2,2] 10006.0 400.0 600.0 10006.0"),
        call(
            "u8 coordinates", () -> Np.unravelIndex(row(DType.U8, 5), 2, 3).get(1), "uint8[1] 2.0"),
        call(
            "block from the end",
            () -> Np.sliceUpdate(three, row(DType.I32, -1), row(DType.I32, 9)),
            "int32[3] 1.0 2.0 9.0"),
        call(
            "axes beside",
            () -> Np.rearrange(of(DType.I32, new long[] {1, 2}, 3, 4), "... b -> b ...", Map.of()),
            "int32[2,1] 3.0 4.0"),
        call(
            "whole colours",
            () -> Image.resize(colours, 1, 4),
            "uint8[1,4,1] 255.0 191.0 64.0 0.0"),
        call(
            "one variable",
            () -> Np.corrcoef(of(DType.F32, new long[] {1, 2}, 1, 2)),
            "float32[] 1.0"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("calls")
  void givesWhatJaxGives(String name, Supplier<Tensor> f, String result) {
    Literal got = f.get().toLiteral();
    List<String> dims = new ArrayList<>();
    for (long size : got.type().shape().dims()) {
      dims.add(Long.toString(size));
    }
    StringBuilder text = new StringBuilder(Promotion.kerasName(got.type().dtype()));
    text.append('[').append(String.join(",", dims)).append(']');
    for (int i = 0; i < got.count(); i++) {
      text.append(' ').append(got.doubleAt(i));
    }
    assertThat(text).hasToString(result);
  }
}
