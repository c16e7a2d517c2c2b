module @jit_open_loop attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<5xf32>, %arg1: tensor<f32>) -> (tensor<f32> {jax.result_info = "result[0]"}, tensor<5xf32> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.multiply %arg1, %cst : tensor<f32>
    %1:4 = stablehlo.while(%iterArg = %arg1, %iterArg_0 = %arg0, %iterArg_1 = %0, %iterArg_2 = %arg0) : tensor<f32>, tensor<5xf32>, tensor<f32>, tensor<5xf32>
    cond {
      %2 = stablehlo.compare LT, %iterArg_1, %iterArg, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %2 : tensor<i1>
    } do {
      %cst_3 = stablehlo.constant dense<1.500000e+00> : tensor<f32>
      %2 = stablehlo.multiply %iterArg_1, %cst_3 : tensor<f32>
      %cst_4 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
      %3 = stablehlo.add %2, %cst_4 : tensor<f32>
      %cst_5 = stablehlo.constant dense<0.899999976> : tensor<f32>
      %4 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<5xf32>
      %5 = stablehlo.multiply %iterArg_2, %4 : tensor<5xf32>
      %6 = stablehlo.add %5, %iterArg_0 : tensor<5xf32>
      stablehlo.return %iterArg, %iterArg_0, %3, %6 : tensor<f32>, tensor<5xf32>, tensor<f32>, tensor<5xf32>
    }
    return %1#2, %1#3 : tensor<f32>, tensor<5xf32>
  }
}
