module @jit_logs attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<8xf32>, %arg1: tensor<8xf32>) -> (tensor<8xf32> {jax.result_info = "result[0]"}, tensor<8xf32> {jax.result_info = "result[1]"}, tensor<f32> {jax.result_info = "result[2]"}) {
    %0 = stablehlo.maximum %arg0, %arg1 : tensor<8xf32>
    %1 = stablehlo.subtract %arg0, %arg1 : tensor<8xf32>
    %2 = stablehlo.compare NE, %1, %1, FLOAT : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
    %3 = stablehlo.add %arg0, %arg1 : tensor<8xf32>
    %4 = stablehlo.abs %1 : tensor<8xf32>
    %5 = stablehlo.negate %4 : tensor<8xf32>
    %6 = stablehlo.exponential %5 : tensor<8xf32>
    %7 = stablehlo.log_plus_one %6 : tensor<8xf32>
    %8 = stablehlo.add %0, %7 : tensor<8xf32>
    %9 = stablehlo.select %2, %3, %8 : tensor<8xi1>, tensor<8xf32>
    %10 = stablehlo.maximum %arg0, %arg0 : tensor<8xf32>
    %11 = stablehlo.subtract %arg0, %arg0 : tensor<8xf32>
    %12 = stablehlo.compare NE, %11, %11, FLOAT : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
    %13 = stablehlo.add %arg0, %arg0 : tensor<8xf32>
    %14 = stablehlo.abs %11 : tensor<8xf32>
    %15 = stablehlo.negate %14 : tensor<8xf32>
    %16 = stablehlo.exponential %15 : tensor<8xf32>
    %17 = stablehlo.log_plus_one %16 : tensor<8xf32>
    %18 = stablehlo.add %10, %17 : tensor<8xf32>
    %19 = stablehlo.select %12, %13, %18 : tensor<8xi1>, tensor<8xf32>
    %20 = stablehlo.abs %arg1 : tensor<8xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %22 = stablehlo.add %20, %21 : tensor<8xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %23 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %24 = stablehlo.compare NE, %22, %23, FLOAT : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xi1>
    %cst_1 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %25 = call @_where(%24, %arg0, %cst_1) : (tensor<8xi1>, tensor<8xf32>, tensor<f32>) -> tensor<8xf32>
    %cst_2 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %26 = stablehlo.reduce(%25 init: %cst_2) applies stablehlo.maximum across dimensions = [0] : (tensor<8xf32>, tensor<f32>) -> tensor<f32>
    %cst_3 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %27 = stablehlo.maximum %cst_3, %26 : tensor<f32>
    %28 = stablehlo.is_finite %27 : (tensor<f32>) -> tensor<i1>
    %cst_4 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %29 = stablehlo.select %28, %27, %cst_4 : tensor<i1>, tensor<f32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [] : (tensor<f32>) -> tensor<1xf32>
    %31 = stablehlo.broadcast_in_dim %30, dims = [0] : (tensor<1xf32>) -> tensor<8xf32>
    %32 = stablehlo.subtract %25, %31 : tensor<8xf32>
    %33 = stablehlo.exponential %32 : tensor<8xf32>
    %34 = stablehlo.multiply %33, %22 : tensor<8xf32>
    %cst_5 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %35 = stablehlo.reduce(%34 init: %cst_5) applies stablehlo.add across dimensions = [0] : (tensor<8xf32>, tensor<f32>) -> tensor<f32>
    %36 = stablehlo.sign %35 : tensor<f32>
    %37 = stablehlo.abs %35 : tensor<f32>
    %38 = stablehlo.log %37 : tensor<f32>
    %39 = stablehlo.add %38, %29 : tensor<f32>
    %cst_6 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %40 = stablehlo.compare LT, %36, %cst_6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
    %cst_7 = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %41 = call @_where_0(%40, %cst_7, %39) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
    return %9, %19, %41 : tensor<8xf32>, tensor<8xf32>, tensor<f32>
  }
  func.func private @_where(%arg0: tensor<8xi1>, %arg1: tensor<8xf32>, %arg2: tensor<f32>) -> tensor<8xf32> {
    %0 = stablehlo.convert %arg2 : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<8xf32>
    %2 = stablehlo.select %arg0, %arg1, %1 : tensor<8xi1>, tensor<8xf32>
    return %2 : tensor<8xf32>
  }
  func.func private @_where_0(%arg0: tensor<i1>, %arg1: tensor<f32>, %arg2: tensor<f32>) -> tensor<f32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<f32>
    return %0 : tensor<f32>
  }
}
