// Unused ops go, also inside regions; effects and what they need stay.
func.func @main(%x: tensor<f32>, %t: !stablehlo.token) -> tensor<f32> {
  %0 = stablehlo.sine %x : tensor<f32>
  %1 = stablehlo.cosine %0 : tensor<f32>
  %2 = stablehlo.exponential %x : tensor<f32>
  %3 = "stablehlo.outfeed"(%2, %t) : (tensor<f32>, !stablehlo.token) -> !stablehlo.token
  %c = stablehlo.constant dense<3> : tensor<i32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %4:2 = stablehlo.while(%i = %z, %a = %x) : tensor<i32>, tensor<f32> cond {
    %5 = stablehlo.compare LT, %i, %c : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %5 : tensor<i1>
  } do {
    %6 = stablehlo.add %i, %c : tensor<i32>
    %7 = stablehlo.tanh %a : tensor<f32>
    stablehlo.return %6, %a : tensor<i32>, tensor<f32>
  }
  return %4#1 : tensor<f32>
}

func.func private @unused(%x: tensor<f32>) -> tensor<f32> {
  return %x : tensor<f32>
}

// -----

func.func @main(%x: tensor<f32>, %t: !stablehlo.token) -> tensor<f32> {
  %2 = stablehlo.exponential %x : tensor<f32>
  %3 = "stablehlo.outfeed"(%2, %t) : (tensor<f32>, !stablehlo.token) -> !stablehlo.token
  %c = stablehlo.constant dense<3> : tensor<i32>
  %z = stablehlo.constant dense<0> : tensor<i32>
  %4:2 = stablehlo.while(%i = %z, %a = %x) : tensor<i32>, tensor<f32> cond {
    %5 = stablehlo.compare LT, %i, %c : (tensor<i32>, tensor<i32>) -> tensor<i1>
    stablehlo.return %5 : tensor<i1>
  } do {
    %6 = stablehlo.add %i, %c : tensor<i32>
    stablehlo.return %6, %a : tensor<i32>, tensor<f32>
  }
  return %4#1 : tensor<f32>
}
