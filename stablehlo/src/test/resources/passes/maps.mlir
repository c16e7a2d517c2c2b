func.func public @main(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %0 = "stablehlo.map"(%x) <{dimensions = array<i64: 0, 1>}> ({
  ^bb0(%a: tensor<f32>):
    %two = stablehlo.constant dense<2.0> : tensor<f32>
    %four = stablehlo.multiply %two, %two : tensor<f32>
    %1 = stablehlo.reshape %a : (tensor<f32>) -> tensor<f32>
    %2 = stablehlo.compare LT, %1, %four : (tensor<f32>, tensor<f32>) -> tensor<i1>
    stablehlo.return %2 : tensor<i1>
  }) : (tensor<2x3xf32>) -> tensor<2x3xi1>
  return %0 : tensor<2x3xi1>
}

// -----

func.func public @main(%x: tensor<2x3xf32>) -> tensor<2x3xi1> {
  %two = stablehlo.constant dense<2.0> : tensor<f32>
  %four = stablehlo.multiply %two, %two : tensor<f32>
  %0 = stablehlo.broadcast_in_dim %four, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
  %1 = stablehlo.compare LT, %x, %0 : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xi1>
  return %1 : tensor<2x3xi1>
}

// -----

// A map of a map whose region calls; one that gives the same everywhere.
func.func public @main(%x: tensor<3xi32>, %y: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi8>) {
  %0 = "stablehlo.map"(%x, %y) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<i32>, %b: tensor<i32>):
    %1 = "stablehlo.map"(%a, %b) <{dimensions = array<i64>}> ({
    ^bb0(%c: tensor<i32>, %d: tensor<i32>):
      %2 = func.call @minus(%c, %d) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      stablehlo.return %2 : tensor<i32>
    }) : (tensor<i32>, tensor<i32>) -> tensor<i32>
    stablehlo.return %1 : tensor<i32>
  }) : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi32>
  %3 = "stablehlo.map"(%0) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<i32>):
    %c = stablehlo.constant dense<7> : tensor<i8>
    stablehlo.return %c : tensor<i8>
  }) : (tensor<3xi32>) -> tensor<3xi8>
  return %0, %3 : tensor<3xi32>, tensor<3xi8>
}
func.func private @minus(%x: tensor<i32>, %y: tensor<i32>) -> tensor<i32> {
  %0 = stablehlo.subtract %x, %y : tensor<i32>
  return %0 : tensor<i32>
}

// -----

func.func public @main(%x: tensor<3xi32>, %y: tensor<3xi32>) -> (tensor<3xi32>, tensor<3xi8>) {
  %0 = stablehlo.subtract %x, %y : tensor<3xi32>
  %1 = stablehlo.constant dense<7> : tensor<i8>
  %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i8>) -> tensor<3xi8>
  return %0, %2 : tensor<3xi32>, tensor<3xi8>
}

// -----

// A loop cannot be written on arrays.
func.func public @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  %0 = "stablehlo.map"(%x) <{dimensions = array<i64: 0>}> ({
  ^bb0(%a: tensor<f32>):
    %two = stablehlo.constant dense<2.0> : tensor<f32>
    %1 = stablehlo.while(%b = %a) : tensor<f32>
    cond {
      %2 = stablehlo.compare LT, %b, %two : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    } do {
      %2 = stablehlo.add %b, %two : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }
    stablehlo.return %1 : tensor<f32>
  }) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// -----

func.func public @main(%x: tensor<3xf32>) -> tensor<3xf32> {
  %zeros = stablehlo.constant dense<0.0> : tensor<3xf32>
  %start = stablehlo.constant dense<0> : tensor<i64>
  %0:2 = stablehlo.while(%i = %start, %out = %zeros) : tensor<i64>, tensor<3xf32>
  cond {
    %end = stablehlo.constant dense<3> : tensor<i64>
    %1 = stablehlo.compare LT, %i, %end, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.return %1 : tensor<i1>
  } do {
    %part = stablehlo.dynamic_slice %x, %i, sizes = [1] : (tensor<3xf32>, tensor<i64>) -> tensor<1xf32>
    %a = stablehlo.reshape %part : (tensor<1xf32>) -> tensor<f32>
    %two = stablehlo.constant dense<2.0> : tensor<f32>
    %1 = stablehlo.while(%b = %a) : tensor<f32>
    cond {
      %2 = stablehlo.compare LT, %b, %two : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    } do {
      %2 = stablehlo.add %b, %two : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }
    %row = stablehlo.reshape %1 : (tensor<f32>) -> tensor<1xf32>
    %3 = stablehlo.dynamic_update_slice %out, %row, %i : (tensor<3xf32>, tensor<1xf32>, tensor<i64>) -> tensor<3xf32>
    %one = stablehlo.constant dense<1> : tensor<i64>
    %4 = stablehlo.add %i, %one : tensor<i64>
    stablehlo.return %4, %3 : tensor<i64>, tensor<3xf32>
  }
  return %0#1 : tensor<3xf32>
}
