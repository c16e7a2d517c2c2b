package org.cornu.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.junit.jupiter.api.Test;

final class SliceTest {
  private static Literal iota(long... dims) {
    TensorType type = TensorType.of(DType.F32, dims);
    return Literal.ofDoubles(
        type, DoubleStream.iterate(0, x -> x + 1).limit(type.shape().count()).toArray());
  }

  @Test
  void cutsBoxesInRowMajorOrder() {
    Slice slice = Slice.of(List.of(List.of(1, 2), List.of(0, 2), List.of(1, 3)));
    Literal part = slice.cut(iota(2, 3, 4));
    assertThat(part)
        .isEqualTo(Literal.ofDoubles(TensorType.of(DType.F32, 1, 2, 2), 13, 14, 17, 18));
    assertThat(Slice.of(List.of()).cut(iota())).isEqualTo(iota());
  }

  @Test
  void partsPutTogetherGiveTheWhole() {
    Literal whole = iota(4, 6);
    byte[] joined = new byte[4 * 24];
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        Slice slice = Slice.of(List.of(List.of(2 * i, 2 * i + 2), List.of(2 * j, 2 * j + 2)));
        slice.paste(slice.cut(whole).expandedBytes(), joined, Shape.of(4, 6), 4);
      }
    }
    assertThat(joined).isEqualTo(whole.expandedBytes());
  }
}
