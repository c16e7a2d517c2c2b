// Equal ops become one, across the border of an if, but not into a reduction's body.
func.func @main(%x: tensor<4xf32>, %p: tensor<i1>) -> (tensor<4xf32>, tensor<4xf32>, tensor<f32>) {
  %0 = stablehlo.sine %x : tensor<4xf32>
  %1 = stablehlo.sine %x : tensor<4xf32>
  %2 = stablehlo.add %0, %1 : tensor<4xf32>
  %3 = "stablehlo.if"(%p) ({
    %4 = stablehlo.sine %x : tensor<4xf32>
    stablehlo.return %4 : tensor<4xf32>
  }, {
    stablehlo.return %x : tensor<4xf32>
  }) : (tensor<i1>) -> tensor<4xf32>
  %c = stablehlo.constant dense<2.0> : tensor<f32>
  %5 = "stablehlo.reduce"(%x, %c) ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %6 = stablehlo.constant dense<2.0> : tensor<f32>
    %7 = stablehlo.multiply %a, %6 : tensor<f32>
    %8 = stablehlo.add %7, %b : tensor<f32>
    stablehlo.return %8 : tensor<f32>
  }) {dimensions = array<i64: 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return %2, %3, %5 : tensor<4xf32>, tensor<4xf32>, tensor<f32>
}

// -----

func.func @main(%x: tensor<4xf32>, %p: tensor<i1>) -> (tensor<4xf32>, tensor<4xf32>, tensor<f32>) {
  %0 = stablehlo.sine %x : tensor<4xf32>
  %2 = stablehlo.add %0, %0 : tensor<4xf32>
  %3 = "stablehlo.if"(%p) ({
    stablehlo.return %0 : tensor<4xf32>
  }, {
    stablehlo.return %x : tensor<4xf32>
  }) : (tensor<i1>) -> tensor<4xf32>
  %c = stablehlo.constant dense<2.0> : tensor<f32>
  %5 = "stablehlo.reduce"(%x, %c) ({
  ^bb0(%a: tensor<f32>, %b: tensor<f32>):
    %6 = stablehlo.constant dense<2.0> : tensor<f32>
    %7 = stablehlo.multiply %a, %6 : tensor<f32>
    %8 = stablehlo.add %7, %b : tensor<f32>
    stablehlo.return %8 : tensor<f32>
  }) {dimensions = array<i64: 0>} : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
  return %2, %3, %5 : tensor<4xf32>, tensor<4xf32>, tensor<f32>
}
