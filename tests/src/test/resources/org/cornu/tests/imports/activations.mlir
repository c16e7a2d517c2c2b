module @jit_activations attributes {mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<40xf32>) -> (tensor<40xf32> {jax.result_info = "result[0]"}, tensor<40xf32> {jax.result_info = "result[1]"}, tensor<40xf32> {jax.result_info = "result[2]"}, tensor<40xf32> {jax.result_info = "result[3]"}, tensor<40xf32> {jax.result_info = "result[4]"}, tensor<40xf32> {jax.result_info = "result[5]"}, tensor<40xf32> {jax.result_info = "result[6]"}, tensor<40xf32> {jax.result_info = "result[7]"}, tensor<40xf32> {jax.result_info = "result[8]"}, tensor<40xf32> {jax.result_info = "result[9]"}, tensor<40xf32> {jax.result_info = "result[10]"}, tensor<40xf32> {jax.result_info = "result[11]"}, tensor<40xf32> {jax.result_info = "result[12]"}, tensor<40xf32> {jax.result_info = "result[13]"}, tensor<40xf32> {jax.result_info = "result[14]"}, tensor<40xf32> {jax.result_info = "result[15]"}, tensor<40xf32> {jax.result_info = "result[16]"}, tensor<20xf32> {jax.result_info = "result[17]"}, tensor<40xf32> {jax.result_info = "result[18]"}) {
    %cst = stablehlo.constant dense<4.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.multiply %0, %arg0 : tensor<40xf32>
    %2 = call @relu6(%1) : (tensor<40xf32>) -> tensor<40xf32>
    %3 = stablehlo.multiply %arg0, %arg0 : tensor<40xf32>
    %4 = stablehlo.multiply %3, %arg0 : tensor<40xf32>
    %cst_0 = stablehlo.constant dense<4.471500e-02> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %6 = stablehlo.multiply %5, %4 : tensor<40xf32>
    %7 = stablehlo.add %arg0, %6 : tensor<40xf32>
    %cst_1 = stablehlo.constant dense<0.797884583> : tensor<f32>
    %8 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %9 = stablehlo.multiply %8, %7 : tensor<40xf32>
    %10 = stablehlo.tanh %9 : tensor<40xf32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %11 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %12 = stablehlo.add %11, %10 : tensor<40xf32>
    %cst_3 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %14 = stablehlo.multiply %13, %12 : tensor<40xf32>
    %15 = stablehlo.multiply %arg0, %14 : tensor<40xf32>
    %cst_4 = stablehlo.constant dense<5.000000e-01> : tensor<f32>
    %16 = stablehlo.broadcast_in_dim %cst_4, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %17 = stablehlo.multiply %16, %arg0 : tensor<40xf32>
    %18 = stablehlo.negate %arg0 : tensor<40xf32>
    %cst_5 = stablehlo.constant dense<0.707106769> : tensor<f32>
    %19 = stablehlo.broadcast_in_dim %cst_5, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %20 = stablehlo.multiply %18, %19 : tensor<40xf32>
    %21 = chlo.erfc %20 : tensor<40xf32> -> tensor<40xf32>
    %22 = stablehlo.multiply %17, %21 : tensor<40xf32>
    %23 = call @silu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %24 = call @softplus(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %25 = call @elu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %26 = call @leaky_relu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %27 = call @selu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %28 = call @hard_tanh(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %29 = call @log_sigmoid(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %30 = stablehlo.negate %arg0 : tensor<40xf32>
    %31 = stablehlo.exponential %30 : tensor<40xf32>
    %cst_6 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %32 = stablehlo.broadcast_in_dim %cst_6, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %33 = stablehlo.add %32, %31 : tensor<40xf32>
    %cst_7 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %34 = stablehlo.broadcast_in_dim %cst_7, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %35 = stablehlo.divide %34, %33 : tensor<40xf32>
    %36 = call @celu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %37 = call @mish(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %38 = call @hard_sigmoid(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %39 = call @hard_silu(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %40 = call @soft_sign(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %41 = call @squareplus(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %42 = call @glu(%arg0) : (tensor<40xf32>) -> tensor<20xf32>
    %43 = call @sparse_plus(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    return %2, %15, %22, %23, %24, %25, %26, %27, %28, %29, %35, %36, %37, %38, %39, %40, %41, %42, %43 : tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<40xf32>, tensor<20xf32>, tensor<40xf32>
  }
  func.func private @relu6(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<40xf32>
    %cst_0 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.minimum %1, %2 : tensor<40xf32>
    return %3 : tensor<40xf32>
  }
  func.func private @silu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.negate %arg0 : tensor<40xf32>
    %1 = stablehlo.exponential %0 : tensor<40xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.add %2, %1 : tensor<40xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %5 = stablehlo.divide %4, %3 : tensor<40xf32>
    %6 = stablehlo.multiply %arg0, %5 : tensor<40xf32>
    return %6 : tensor<40xf32>
  }
  func.func private @softplus(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<40xf32>
    %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.subtract %arg0, %2 : tensor<40xf32>
    %4 = stablehlo.compare NE, %3, %3, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %6 = stablehlo.add %arg0, %5 : tensor<40xf32>
    %7 = stablehlo.abs %3 : tensor<40xf32>
    %8 = stablehlo.negate %7 : tensor<40xf32>
    %9 = stablehlo.exponential %8 : tensor<40xf32>
    %10 = stablehlo.log_plus_one %9 : tensor<40xf32>
    %11 = stablehlo.add %1, %10 : tensor<40xf32>
    %12 = stablehlo.select %4, %6, %11 : tensor<40xi1>, tensor<40xf32>
    return %12 : tensor<40xf32>
  }
  func.func private @elu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.compare GT, %arg0, %0, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.compare GT, %arg0, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = call @_where(%3, %cst_1, %arg0) : (tensor<40xi1>, tensor<f32>, tensor<40xf32>) -> tensor<40xf32>
    %5 = stablehlo.exponential_minus_one %4 : tensor<40xf32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %7 = stablehlo.multiply %6, %5 : tensor<40xf32>
    %8 = call @_where_0(%1, %arg0, %7) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    return %8 : tensor<40xf32>
  }
  func.func private @_where(%arg0: tensor<40xi1>, %arg1: tensor<f32>, %arg2: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.convert %arg1 : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.select %arg0, %1, %arg2 : tensor<40xi1>, tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @_where_0(%arg0: tensor<40xi1>, %arg1: tensor<40xf32>, %arg2: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<40xi1>, tensor<40xf32>
    return %0 : tensor<40xf32>
  }
  func.func private @leaky_relu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.compare GE, %arg0, %0, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_0 = stablehlo.constant dense<0.00999999977> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.multiply %2, %arg0 : tensor<40xf32>
    %4 = call @_where_0(%1, %arg0, %3) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    return %4 : tensor<40xf32>
  }
  func.func private @selu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<1.67326319> : tensor<f32>
    %0 = call @elu_1(%arg0, %cst) : (tensor<40xf32>, tensor<f32>) -> tensor<40xf32>
    %cst_0 = stablehlo.constant dense<1.05070102> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.multiply %1, %0 : tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @elu_1(%arg0: tensor<40xf32>, %arg1: tensor<f32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.compare GT, %arg0, %0, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.compare GT, %arg0, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_1 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %4 = call @_where(%3, %cst_1, %arg0) : (tensor<40xi1>, tensor<f32>, tensor<40xf32>) -> tensor<40xf32>
    %5 = stablehlo.exponential_minus_one %4 : tensor<40xf32>
    %6 = stablehlo.convert %arg1 : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %8 = stablehlo.multiply %7, %5 : tensor<40xf32>
    %9 = call @_where_0(%1, %arg0, %8) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    return %9 : tensor<40xf32>
  }
  func.func private @hard_tanh(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.compare GT, %arg0, %0, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_0 = stablehlo.constant dense<-1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.compare LT, %arg0, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %c = stablehlo.constant dense<-1> : tensor<i32>
    %4 = call @_where_2(%3, %c, %arg0) : (tensor<40xi1>, tensor<i32>, tensor<40xf32>) -> tensor<40xf32>
    %c_1 = stablehlo.constant dense<1> : tensor<i32>
    %5 = call @_where_2(%1, %c_1, %4) : (tensor<40xi1>, tensor<i32>, tensor<40xf32>) -> tensor<40xf32>
    return %5 : tensor<40xf32>
  }
  func.func private @_where_2(%arg0: tensor<40xi1>, %arg1: tensor<i32>, %arg2: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.convert %arg1 : (tensor<i32>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.select %arg0, %1, %arg2 : tensor<40xi1>, tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @log_sigmoid(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.negate %arg0 : tensor<40xf32>
    %1 = call @softplus(%0) : (tensor<40xf32>) -> tensor<40xf32>
    %2 = stablehlo.negate %1 : tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @celu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.maximum %arg0, %0 : tensor<40xf32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.minimum %arg0, %2 : tensor<40xf32>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %5 = stablehlo.divide %3, %4 : tensor<40xf32>
    %6 = stablehlo.exponential_minus_one %5 : tensor<40xf32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %8 = stablehlo.multiply %7, %6 : tensor<40xf32>
    %9 = stablehlo.add %1, %8 : tensor<40xf32>
    return %9 : tensor<40xf32>
  }
  func.func private @mish(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = call @softplus(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %1 = stablehlo.tanh %0 : tensor<40xf32>
    %2 = stablehlo.multiply %arg0, %1 : tensor<40xf32>
    return %2 : tensor<40xf32>
  }
  func.func private @hard_sigmoid(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.add %arg0, %0 : tensor<40xf32>
    %2 = call @relu6(%1) : (tensor<40xf32>) -> tensor<40xf32>
    %cst_0 = stablehlo.constant dense<6.000000e+00> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %4 = stablehlo.divide %2, %3 : tensor<40xf32>
    return %4 : tensor<40xf32>
  }
  func.func private @hard_silu(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = call @hard_sigmoid(%arg0) : (tensor<40xf32>) -> tensor<40xf32>
    %1 = stablehlo.multiply %arg0, %0 : tensor<40xf32>
    return %1 : tensor<40xf32>
  }
  func.func private @soft_sign(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = stablehlo.abs %arg0 : tensor<40xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.add %0, %1 : tensor<40xf32>
    %3 = stablehlo.divide %arg0, %2 : tensor<40xf32>
    return %3 : tensor<40xf32>
  }
  func.func private @squareplus(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %0 = chlo.square %arg0 : tensor<40xf32> -> tensor<40xf32>
    %cst = stablehlo.constant dense<4.000000e+00> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %2 = stablehlo.add %0, %1 : tensor<40xf32>
    %3 = stablehlo.sqrt %2 : tensor<40xf32>
    %4 = stablehlo.add %arg0, %3 : tensor<40xf32>
    %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %5 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %6 = stablehlo.divide %4, %5 : tensor<40xf32>
    return %6 : tensor<40xf32>
  }
  func.func private @glu(%arg0: tensor<40xf32>) -> tensor<20xf32> {
    %0 = stablehlo.slice %arg0 [0:20] : (tensor<40xf32>) -> tensor<20xf32>
    %1 = stablehlo.slice %arg0 [20:40] : (tensor<40xf32>) -> tensor<20xf32>
    %2 = stablehlo.negate %1 : tensor<20xf32>
    %3 = stablehlo.exponential %2 : tensor<20xf32>
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<20xf32>
    %5 = stablehlo.add %4, %3 : tensor<20xf32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %6 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<20xf32>
    %7 = stablehlo.divide %6, %5 : tensor<20xf32>
    %8 = stablehlo.multiply %0, %7 : tensor<20xf32>
    return %8 : tensor<20xf32>
  }
  func.func private @sparse_plus(%arg0: tensor<40xf32>) -> tensor<40xf32> {
    %cst = stablehlo.constant dense<-1.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %1 = stablehlo.compare LE, %arg0, %0, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %3 = stablehlo.compare GE, %arg0, %2, FLOAT : (tensor<40xf32>, tensor<40xf32>) -> tensor<40xi1>
    %cst_1 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %4 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %5 = stablehlo.add %arg0, %4 : tensor<40xf32>
    %6 = stablehlo.multiply %5, %5 : tensor<40xf32>
    %cst_2 = stablehlo.constant dense<4.000000e+00> : tensor<f32>
    %7 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<40xf32>
    %8 = stablehlo.divide %6, %7 : tensor<40xf32>
    %9 = call @_where_0(%3, %arg0, %8) : (tensor<40xi1>, tensor<40xf32>, tensor<40xf32>) -> tensor<40xf32>
    %cst_3 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %10 = call @_where(%1, %cst_3, %9) : (tensor<40xi1>, tensor<f32>, tensor<40xf32>) -> tensor<40xf32>
    return %10 : tensor<40xf32>
  }
}
