package org.cornu.stablehlo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Value;
import org.junit.jupiter.api.Test;

class BuilderTest {
  private final Block block =
      new Block(List.of(TensorType.of(DType.F32, 8, 3), TensorType.of(DType.F32, 3, 5)));
  private final Builder b = new Builder(block);

  @Test
  void buildsADenseLayerWithItsReduction() {
    Value y =
        b.dotGeneral(
            block.argument(0),
            block.argument(1),
            new DimensionNumbers.Dot(List.of(), List.of(), List.of(1L), List.of(0L)),
            Precision.HIGHEST,
            DType.F32);
    assertThat(y.tensorType().brief()).isEqualTo("f32[8,5]");
    Value zero = b.constant(DType.F32, 0);
    Value relu = b.maximum(y, b.broadcast(zero, y.shape()));
    Value sum = b.reduce(relu, zero, OpCode.ADD, 0);
    assertThat(sum.shape()).isEqualTo(Shape.of(5));
    block.returns(List.of(sum));
    Verifier.verify(new Func("f", block));
  }

  @Test
  void namesLabelShapesAndLine() {
    b.location(new Location.Line("Train.java", 12, 0));
    DimensionNumbers.Dot dims =
        new DimensionNumbers.Dot(List.of(), List.of(), List.of(0L), List.of(0L));
    assertThatThrownBy(
            () -> b.dotGeneral(block.argument(0), block.argument(1), dims, null, DType.F32))
        .isInstanceOf(VerifyException.class)
        .hasMessage(
            "dot_general: contracted dimensions differ: lhs f32[8,3] axis 0 is 8, rhs f32[3,5]"
                + " axis 0 is 3 (C10) at Train.java:12");
  }

  @Test
  void bodiesOfReductionsMayNotCapture() {
    Value zero = b.constant(DType.F32, 0);
    Block body = new Block(List.of(zero.type(), zero.type()));
    body.returns(List.of(zero));
    assertThatThrownBy(
            () -> b.reduce(List.of(block.argument(0)), List.of(zero), new long[] {0}, body))
        .hasMessageContaining("may not use values from outside");
  }
}
