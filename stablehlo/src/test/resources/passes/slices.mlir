func.func public @main(%x: tensor<300xf32>, %i: tensor<ui8>, %j: tensor<i64>) -> tensor<2xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [5] : (tensor<300xf32>, tensor<ui8>) -> tensor<5xf32>
  %1 = stablehlo.dynamic_slice %0, %j, sizes = [2] : (tensor<5xf32>, tensor<i64>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// -----

func.func public @main(%x: tensor<300xf32>, %i: tensor<ui8>, %j: tensor<i64>) -> tensor<2xf32> {
  %0 = stablehlo.constant dense<0> : tensor<ui8>
  %1 = stablehlo.constant dense<255> : tensor<ui8>
  %2 = stablehlo.clamp %0, %i, %1 : tensor<ui8>
  %3 = stablehlo.convert %2 : (tensor<ui8>) -> tensor<i64>
  %4 = stablehlo.constant dense<0> : tensor<i64>
  %5 = stablehlo.constant dense<3> : tensor<i64>
  %6 = stablehlo.clamp %4, %j, %5 : tensor<i64>
  %7 = stablehlo.add %3, %6 : tensor<i64>
  %8 = stablehlo.dynamic_slice %x, %7, sizes = [2] : (tensor<300xf32>, tensor<i64>) -> tensor<2xf32>
  return %8 : tensor<2xf32>
}

// -----

// Something between the two, and the argument of a called function.
func.func public @main(%x: tensor<7xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [5] : (tensor<7xf32>, tensor<i32>) -> tensor<5xf32>
  %1 = stablehlo.reshape %0 : (tensor<5xf32>) -> tensor<1x5xf32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %2 = stablehlo.dynamic_slice %1, %z, %i, sizes = [1, 3] : (tensor<1x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
  %3 = stablehlo.reshape %2 : (tensor<1x3xf32>) -> tensor<3xf32>
  %4 = call @part(%3, %i) : (tensor<3xf32>, tensor<i32>) -> tensor<2xf32>
  return %4 : tensor<2xf32>
}
func.func private @part(%x: tensor<3xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [2] : (tensor<3xf32>, tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

func.func public @main(%x: tensor<7xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  %0 = stablehlo.dynamic_slice %x, %i, sizes = [5] : (tensor<7xf32>, tensor<i32>) -> tensor<5xf32>
  %1 = stablehlo.reshape %0 : (tensor<5xf32>) -> tensor<1x5xf32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %h = stablehlo.optimization_barrier %1 : tensor<1x5xf32>
  %2 = stablehlo.dynamic_slice %h, %z, %i, sizes = [1, 3] : (tensor<1x5xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
  %3 = stablehlo.reshape %2 : (tensor<1x3xf32>) -> tensor<3xf32>
  %4 = call @part(%3, %i) : (tensor<3xf32>, tensor<i32>) -> tensor<2xf32>
  return %4 : tensor<2xf32>
}
func.func private @part(%x: tensor<3xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  %h = stablehlo.optimization_barrier %x : tensor<3xf32>
  %0 = stablehlo.dynamic_slice %h, %i, sizes = [2] : (tensor<3xf32>, tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// -----

// A gather at a single place, which XLA makes a dynamic slice of.
func.func public @main(%x: tensor<4x3xi16>, %i: tensor<i32>, %j: tensor<1xi32>) -> tensor<1x2xi16> {
  %0 = stablehlo.dynamic_slice %x, %i, %i, sizes = [3, 2] : (tensor<4x3xi16>, tensor<i32>, tensor<i32>) -> tensor<3x2xi16>
  %1 = "stablehlo.torch_index_select"(%0, %j) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<3x2xi16>, tensor<1xi32>) -> tensor<1x2xi16>
  return %1 : tensor<1x2xi16>
}

// -----

func.func public @main(%x: tensor<4x3xi16>, %i: tensor<i32>, %j: tensor<1xi32>) -> tensor<1x2xi16> {
  %0 = stablehlo.dynamic_slice %x, %i, %i, sizes = [3, 2] : (tensor<4x3xi16>, tensor<i32>, tensor<i32>) -> tensor<3x2xi16>
  %1 = stablehlo.optimization_barrier %0 : tensor<3x2xi16>
  %2 = "stablehlo.torch_index_select"(%1, %j) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<3x2xi16>, tensor<1xi32>) -> tensor<1x2xi16>
  return %2 : tensor<1x2xi16>
}
