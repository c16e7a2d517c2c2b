// Small results and splats are folded; large ones, random numbers and failures are not.
func.func @main(%x: tensor<2xi32>) -> (tensor<2xi32>, tensor<4000xf32>, tensor<5000xi32>) {
  %0 = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %1 = stablehlo.add %0, %0 : tensor<2xi32>
  %2 = stablehlo.multiply %1, %x : tensor<2xi32>
  %3 = stablehlo.constant dense<2.0> : tensor<f32>
  %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<f32>) -> tensor<4000xf32>
  %5 = stablehlo.iota dim = 0 : tensor<5000xi32>
  return %2, %4, %5 : tensor<2xi32>, tensor<4000xf32>, tensor<5000xi32>
}

// -----

func.func @main(%x: tensor<2xi32>) -> (tensor<2xi32>, tensor<4000xf32>, tensor<5000xi32>) {
  %0 = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %1 = stablehlo.constant dense<[2, 4]> : tensor<2xi32>
  %2 = stablehlo.multiply %1, %x : tensor<2xi32>
  %3 = stablehlo.constant dense<2.0> : tensor<f32>
  %4 = stablehlo.constant dense<2.0> : tensor<4000xf32>
  %5 = stablehlo.iota dim = 0 : tensor<5000xi32>
  return %2, %4, %5 : tensor<2xi32>, tensor<4000xf32>, tensor<5000xi32>
}
