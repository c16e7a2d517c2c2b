// Arithmetic that changes nothing, in every bit: x + 0.0 stays, x + -0.0 goes.
func.func @arithmetic(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi32>) {
  %pz = stablehlo.constant dense<0.0> : tensor<4xf32>
  %nz = stablehlo.constant dense<-0.0> : tensor<4xf32>
  %one = stablehlo.constant dense<1.0> : tensor<4xf32>
  %zero = stablehlo.constant dense<0> : tensor<4xi32>
  %all = stablehlo.constant dense<-1> : tensor<4xi32>
  %0 = stablehlo.add %x, %pz : tensor<4xf32>
  %1 = stablehlo.add %nz, %x : tensor<4xf32>
  %2 = stablehlo.divide %1, %one : tensor<4xf32>
  %3 = stablehlo.subtract %2, %pz : tensor<4xf32>
  %4 = stablehlo.negate %3 : tensor<4xf32>
  %5 = stablehlo.negate %4 : tensor<4xf32>
  %6 = stablehlo.or %i, %zero : tensor<4xi32>
  %7 = stablehlo.and %all, %6 : tensor<4xi32>
  %8 = stablehlo.maximum %7, %7 : tensor<4xi32>
  return %0, %5, %8 : tensor<4xf32>, tensor<4xf32>, tensor<4xi32>
}

// -----

func.func @arithmetic(%x: tensor<4xf32>, %i: tensor<4xi32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xi32>) {
  %pz = stablehlo.constant dense<0.0> : tensor<4xf32>
  %0 = stablehlo.add %x, %pz : tensor<4xf32>
  return %0, %x, %i : tensor<4xf32>, tensor<4xf32>, tensor<4xi32>
}

// -----

// Movements merge.
func.func @movements(%x: tensor<2x3x4xf32>) -> (tensor<24xf32>, tensor<3x2x4xf32>, tensor<5x2x3x4xf32>, tensor<2x3x4xf32>) {
  %0 = stablehlo.reshape %x : (tensor<2x3x4xf32>) -> tensor<6x4xf32>
  %1 = stablehlo.reshape %0 : (tensor<6x4xf32>) -> tensor<24xf32>
  %2 = stablehlo.transpose %x, dims = [2, 0, 1] : (tensor<2x3x4xf32>) -> tensor<4x2x3xf32>
  %3 = stablehlo.transpose %2, dims = [2, 1, 0] : (tensor<4x2x3xf32>) -> tensor<3x2x4xf32>
  %4 = stablehlo.broadcast_in_dim %x, dims = [1, 2, 3] : (tensor<2x3x4xf32>) -> tensor<1x2x3x4xf32>
  %5 = stablehlo.broadcast_in_dim %4, dims = [0, 1, 2, 3] : (tensor<1x2x3x4xf32>) -> tensor<5x2x3x4xf32>
  %6 = stablehlo.slice %x [0:2, 0:3, 0:4] : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  %7 = stablehlo.concatenate %6, dim = 0 : (tensor<2x3x4xf32>) -> tensor<2x3x4xf32>
  return %1, %3, %5, %7 : tensor<24xf32>, tensor<3x2x4xf32>, tensor<5x2x3x4xf32>, tensor<2x3x4xf32>
}

// -----

func.func @movements(%x: tensor<2x3x4xf32>) -> (tensor<24xf32>, tensor<3x2x4xf32>, tensor<5x2x3x4xf32>, tensor<2x3x4xf32>) {
  %1 = stablehlo.reshape %x : (tensor<2x3x4xf32>) -> tensor<24xf32>
  %3 = stablehlo.transpose %x, dims = [1, 0, 2] : (tensor<2x3x4xf32>) -> tensor<3x2x4xf32>
  %5 = stablehlo.broadcast_in_dim %x, dims = [1, 2, 3] : (tensor<2x3x4xf32>) -> tensor<5x2x3x4xf32>
  return %1, %3, %5, %x : tensor<24xf32>, tensor<3x2x4xf32>, tensor<5x2x3x4xf32>, tensor<2x3x4xf32>
}

// -----

// Constant choices are taken, constant sizes and starts become attributes.
func.func @choices(%x: tensor<8xf32>, %y: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<3xf32>, tensor<2x4xf32>) {
  %t = stablehlo.constant dense<true> : tensor<i1>
  %0 = "stablehlo.if"(%t) ({
    %5 = stablehlo.sine %x : tensor<8xf32>
    stablehlo.return %5 : tensor<8xf32>
  }, {
    stablehlo.return %y : tensor<8xf32>
  }) : (tensor<i1>) -> tensor<8xf32>
  %1 = stablehlo.select %t, %x, %y : tensor<i1>, tensor<8xf32>
  %i = stablehlo.constant dense<7> : tensor<i32>
  %2 = stablehlo.dynamic_slice %x, %i, sizes = [3] : (tensor<8xf32>, tensor<i32>) -> tensor<3xf32>
  %s = stablehlo.constant dense<[2, 4]> : tensor<2xi32>
  %3 = stablehlo.dynamic_reshape %y, %s : (tensor<8xf32>, tensor<2xi32>) -> tensor<2x4xf32>
  return %0, %1, %2, %3 : tensor<8xf32>, tensor<8xf32>, tensor<3xf32>, tensor<2x4xf32>
}

// -----

func.func @choices(%x: tensor<8xf32>, %y: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>, tensor<3xf32>, tensor<2x4xf32>) {
  %0 = stablehlo.sine %x : tensor<8xf32>
  %2 = stablehlo.slice %x [5:8] : (tensor<8xf32>) -> tensor<3xf32>
  %3 = stablehlo.reshape %y : (tensor<8xf32>) -> tensor<2x4xf32>
  return %0, %x, %2, %3 : tensor<8xf32>, tensor<8xf32>, tensor<3xf32>, tensor<2x4xf32>
}
