// ----- bf16
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4x4xbf16>, %arg2: tensor<4x4xbf16>) -> (tensor<4x4xbf16> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.500000e+00> : tensor<bf16>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }, {
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }, {
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }) : (tensor<i32>) -> tensor<4x4xbf16>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<bf16>) -> tensor<4x4xbf16>
    %4 = stablehlo.add %2, %3 : tensor<4x4xbf16>
    return %4 : tensor<4x4xbf16>
  }
}

// ----- bf16.v0.15.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4x4xbf16>, %arg2: tensor<4x4xbf16>) -> (tensor<4x4xbf16> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.500000e+00> : tensor<bf16>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }, {
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }, {
      %5 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [0] : (tensor<4x4xbf16>, tensor<4x4xbf16>) -> tensor<4x4xbf16>
      stablehlo.return %5 : tensor<4x4xbf16>
    }) : (tensor<i32>) -> tensor<4x4xbf16>
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<bf16>) -> tensor<4x4xbf16>
    %4 = stablehlo.add %2, %3 : tensor<4x4xbf16>
    return %4 : tensor<4x4xbf16>
  }
}

// ----- complex
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xcomplex<f32>>) -> (tensor<8xcomplex<f32>> {jax.result_info = "result[0]"}, tensor<8xf32> {jax.result_info = "result[1]"}, tensor<8xcomplex<f32>> {jax.result_info = "result[2]"}) {
    %0 = call @fft(%arg0, %arg1) : (tensor<i64>, tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
    %1 = stablehlo.abs %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %2 = stablehlo.real %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %3 = stablehlo.imag %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %4 = stablehlo.negate %3 : tensor<8xf32>
    %5 = stablehlo.complex %2, %4 : tensor<8xcomplex<f32>>
    return %0, %1, %5 : tensor<8xcomplex<f32>>, tensor<8xf32>, tensor<8xcomplex<f32>>
  }
  func.func private @fft(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.fft %arg1, type = FFT, length = [8] : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
      stablehlo.return %3 : tensor<8xcomplex<f32>>
    }, {
      %3 = stablehlo.fft %arg1, type = FFT, length = [8] : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
      stablehlo.return %3 : tensor<8xcomplex<f32>>
    }) : (tensor<i32>) -> tensor<8xcomplex<f32>>
    return %2 : tensor<8xcomplex<f32>>
  }
}

// ----- complex.v1.9.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xcomplex<f32>>) -> (tensor<8xcomplex<f32>> {jax.result_info = "result[0]"}, tensor<8xf32> {jax.result_info = "result[1]"}, tensor<8xcomplex<f32>> {jax.result_info = "result[2]"}) {
    %0 = call @fft(%arg0, %arg1) : (tensor<i64>, tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
    %1 = stablehlo.abs %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %2 = stablehlo.real %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %3 = stablehlo.imag %arg1 : (tensor<8xcomplex<f32>>) -> tensor<8xf32>
    %4 = stablehlo.negate %3 : tensor<8xf32>
    %5 = stablehlo.complex %2, %4 : tensor<8xcomplex<f32>>
    return %0, %1, %5 : tensor<8xcomplex<f32>>, tensor<8xf32>, tensor<8xcomplex<f32>>
  }
  func.func private @fft(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.fft %arg1, type = FFT, length = [8] : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
      stablehlo.return %3 : tensor<8xcomplex<f32>>
    }, {
      %3 = stablehlo.fft %arg1, type = FFT, length = [8] : (tensor<8xcomplex<f32>>) -> tensor<8xcomplex<f32>>
      stablehlo.return %3 : tensor<8xcomplex<f32>>
    }) : (tensor<i32>) -> tensor<8xcomplex<f32>>
    return %2 : tensor<8xcomplex<f32>>
  }
}

// ----- cond
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i1>, %arg2: tensor<3xf32>) -> (tensor<3xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0 = stablehlo.convert %arg1 : (tensor<i1>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      %2 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %3 = stablehlo.subtract %arg2, %2 : tensor<3xf32>
      stablehlo.return %3 : tensor<3xf32>
    }, {
      %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %3 = stablehlo.multiply %arg2, %2 : tensor<3xf32>
      stablehlo.return %3 : tensor<3xf32>
    }) : (tensor<i32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// ----- consts
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<200xf32>) -> (tensor<200xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<"0x000000000000803F0000004000004040000080400000A0400000C0400000E0400000004100001041000020410000304100004041000050410000604100007041000080410000884100009041000098410000A0410000A8410000B0410000B8410000C0410000C8410000D0410000D8410000E0410000E8410000F0410000F84100000042000004420000084200000C4200001042000014420000184200001C4200002042000024420000284200002C4200003042000034420000384200003C4200004042000044420000484200004C4200005042000054420000584200005C4200006042000064420000684200006C4200007042000074420000784200007C42000080420000824200008442000086420000884200008A4200008C4200008E42000090420000924200009442000096420000984200009A4200009C4200009E420000A0420000A2420000A4420000A6420000A8420000AA420000AC420000AE420000B0420000B2420000B4420000B6420000B8420000BA420000BC420000BE420000C0420000C2420000C4420000C6420000C8420000CA420000CC420000CE420000D0420000D2420000D4420000D6420000D8420000DA420000DC420000DE420000E0420000E2420000E4420000E6420000E8420000EA420000EC420000EE420000F0420000F2420000F4420000F6420000F8420000FA420000FC420000FE420000004300000143000002430000034300000443000005430000064300000743000008430000094300000A4300000B4300000C4300000D4300000E4300000F430000104300001143000012430000134300001443000015430000164300001743000018430000194300001A4300001B4300001C4300001D4300001E4300001F430000204300002143000022430000234300002443000025430000264300002743000028430000294300002A4300002B4300002C4300002D4300002E4300002F430000304300003143000032430000334300003443000035430000364300003743000038430000394300003A4300003B4300003C4300003D4300003E4300003F430000404300004143000042430000434300004443000045430000464300004743"> : tensor<200xf32>
    %c = stablehlo.constant dense<"0x0100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100010001000100"> : tensor<200xi1>
    %0 = stablehlo.add %arg1, %cst : tensor<200xf32>
    %1 = stablehlo.convert %c : (tensor<200xi1>) -> tensor<200xf32>
    %2 = stablehlo.add %0, %1 : tensor<200xf32>
    return %2 : tensor<200xf32>
  }
}

// ----- conv
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2x8x8x4xf32>, %arg2: tensor<3x3x2x6xf32>) -> (tensor<2x4x6x6xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<2> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }, {
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }, {
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }) : (tensor<i32>) -> tensor<2x4x6x6xf32>
    return %2 : tensor<2x4x6x6xf32>
  }
}

// ----- conv.v0.14.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2x8x8x4xf32>, %arg2: tensor<3x3x2x6xf32>) -> (tensor<2x4x6x6xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<2> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }, {
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }, {
      %3 = stablehlo.convolution(%arg1, %arg2) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 1], pad = [[1, 1], [0, 2]], rhs_dilate = [1, 2]} {batch_group_count = 1 : i64, feature_group_count = 2 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x2x6xf32>) -> tensor<2x4x6x6xf32>
      stablehlo.return %3 : tensor<2x4x6x6xf32>
    }) : (tensor<i32>) -> tensor<2x4x6x6xf32>
    return %2 : tensor<2x4x6x6xf32>
  }
}

// ----- cumsum
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5x6xf32>) -> (tensor<5x6xf32> {jax.result_info = "result[0]"}, tensor<5x6xf32> {jax.result_info = "result[1]"}, tensor<5x6xf32> {jax.result_info = "result[2]"}) {
    %0 = call @cumsum(%arg0, %arg1) : (tensor<i64>, tensor<5x6xf32>) -> tensor<5x6xf32>
    %1 = call @cumlogsumexp(%arg0, %arg1) : (tensor<i64>, tensor<5x6xf32>) -> tensor<5x6xf32>
    %2 = call @cummax(%arg0, %arg1) : (tensor<i64>, tensor<5x6xf32>) -> tensor<5x6xf32>
    return %0, %1, %2 : tensor<5x6xf32>, tensor<5x6xf32>, tensor<5x6xf32>
  }
  func.func private @cumsum(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5x6xf32>) -> tensor<5x6xf32> {
    %0 = call @cumsum_0(%arg0, %arg1) : (tensor<i64>, tensor<5x6xf32>) -> tensor<5x6xf32>
    return %0 : tensor<5x6xf32>
  }
  func.func private @cumsum_0(%arg0: tensor<i64>, %arg1: tensor<5x6xf32>) -> tensor<5x6xf32> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
      %4 = "stablehlo.reduce_window"(%arg1, %3) <{padding = dense<[[4, 0], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 5, 1>}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %5 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %5 : tensor<f32>
      }) : (tensor<5x6xf32>, tensor<f32>) -> tensor<5x6xf32>
      stablehlo.return %4 : tensor<5x6xf32>
    }, {
      %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
      %4 = "stablehlo.reduce_window"(%arg1, %3) <{padding = dense<[[4, 0], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 5, 1>}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %5 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %5 : tensor<f32>
      }) : (tensor<5x6xf32>, tensor<f32>) -> tensor<5x6xf32>
      stablehlo.return %4 : tensor<5x6xf32>
    }) : (tensor<i32>) -> tensor<5x6xf32>
    return %2 : tensor<5x6xf32>
  }
  func.func private @cumlogsumexp(%arg0: tensor<i64>, %arg1: tensor<5x6xf32>) -> tensor<5x6xf32> {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = "stablehlo.reduce_window"(%arg1, %cst) <{padding = dense<[[0, 0], [5, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 1, 6>}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %1 = stablehlo.maximum %arg2, %arg3 : tensor<f32>
      %2 = stablehlo.subtract %arg2, %arg3 : tensor<f32>
      %3 = stablehlo.compare NE, %2, %2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.add %arg2, %arg3 : tensor<f32>
      %5 = stablehlo.abs %2 : tensor<f32>
      %6 = stablehlo.negate %5 : tensor<f32>
      %7 = stablehlo.exponential %6 : tensor<f32>
      %8 = stablehlo.log_plus_one %7 : tensor<f32>
      %9 = stablehlo.add %1, %8 : tensor<f32>
      %10 = stablehlo.select %3, %4, %9 : tensor<i1>, tensor<f32>
      stablehlo.return %10 : tensor<f32>
    }) : (tensor<5x6xf32>, tensor<f32>) -> tensor<5x6xf32>
    return %0 : tensor<5x6xf32>
  }
  func.func private @cummax(%arg0: tensor<i64>, %arg1: tensor<5x6xf32>) -> tensor<5x6xf32> {
    %cst = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg1, %0) <{padding = dense<[[4, 0], [0, 0]]> : tensor<2x2xi64>, window_dimensions = array<i64: 5, 1>}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
      %2 = stablehlo.maximum %arg2, %arg3 : tensor<f32>
      stablehlo.return %2 : tensor<f32>
    }) : (tensor<5x6xf32>, tensor<f32>) -> tensor<5x6xf32>
    return %1 : tensor<5x6xf32>
  }
}

// ----- dtypes
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<9xi1>, %arg2: tensor<9xi1>) -> (tensor<9xi1> {jax.result_info = "result[0]"}, tensor<9xi1> {jax.result_info = "result[1]"}, tensor<9xf32> {jax.result_info = "result[2]"}, tensor<9xi1> {jax.result_info = "result[3]"}) {
    %0 = stablehlo.and %arg1, %arg2 : tensor<9xi1>
    %1 = stablehlo.or %arg1, %arg2 : tensor<9xi1>
    %2 = stablehlo.convert %arg1 : (tensor<9xi1>) -> tensor<9xf32>
    %3 = stablehlo.not %arg2 : tensor<9xi1>
    %4 = call @_where(%arg0, %arg1, %arg2, %3) : (tensor<i64>, tensor<9xi1>, tensor<9xi1>, tensor<9xi1>) -> tensor<9xi1>
    return %0, %1, %2, %4 : tensor<9xi1>, tensor<9xi1>, tensor<9xf32>, tensor<9xi1>
  }
  func.func private @_where(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<9xi1>, %arg2: tensor<9xi1>, %arg3: tensor<9xi1>) -> tensor<9xi1> {
    %0 = stablehlo.select %arg1, %arg2, %arg3 : tensor<9xi1>, tensor<9xi1>
    return %0 : tensor<9xi1>
  }
}

// ----- dynamic_slice
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<6x6xf32>, %arg2: tensor<i32>) -> (tensor<6x6xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<6> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.compare LT, %arg2, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %1 = stablehlo.add %arg2, %c : tensor<i32>
    %2 = stablehlo.select %0, %1, %arg2 : tensor<i1>, tensor<i32>
    %3 = stablehlo.compare LT, %c_0, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %4 = stablehlo.add %c_0, %c : tensor<i32>
    %5 = stablehlo.select %3, %4, %c_0 : tensor<i1>, tensor<i32>
    %6 = stablehlo.dynamic_slice %arg1, %2, %5, sizes = [2, 3] : (tensor<6x6xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    %7 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %8 = stablehlo.multiply %6, %7 : tensor<2x3xf32>
    %9 = stablehlo.compare LT, %c_0, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %10 = stablehlo.add %c_0, %c : tensor<i32>
    %11 = stablehlo.select %9, %10, %c_0 : tensor<i1>, tensor<i32>
    %12 = stablehlo.compare LT, %arg2, %c_0, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
    %13 = stablehlo.add %arg2, %c : tensor<i32>
    %14 = stablehlo.select %12, %13, %arg2 : tensor<i1>, tensor<i32>
    %15 = stablehlo.dynamic_update_slice %arg1, %8, %11, %14 : (tensor<6x6xf32>, tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<6x6xf32>
    return %15 : tensor<6x6xf32>
  }
}

// ----- einsum
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2x3x4xf32>, %arg2: tensor<2x4x5xf32>) -> (tensor<2x3x5xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.dot_general %arg1, %arg2, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [HIGHEST, HIGHEST] : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
      stablehlo.return %3 : tensor<2x3x5xf32>
    }, {
      %3 = stablehlo.dot_general %arg1, %arg2, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [HIGHEST, HIGHEST] : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
      stablehlo.return %3 : tensor<2x3x5xf32>
    }, {
      %3 = stablehlo.dot_general %arg1, %arg2, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [HIGHEST, HIGHEST] : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
      stablehlo.return %3 : tensor<2x3x5xf32>
    }) : (tensor<i32>) -> tensor<2x3x5xf32>
    return %2 : tensor<2x3x5xf32>
  }
}

// ----- erf
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xf32>) -> (tensor<5xf32> {jax.result_info = "result[0]"}, tensor<5xf32> {jax.result_info = "result[1]"}, tensor<5xf32> {jax.result_info = "result[2]"}, tensor<5xf32> {jax.result_info = "result[3]"}, tensor<5xf32> {jax.result_info = "result[4]"}) {
    %cst = stablehlo.constant dense<2.83297682> : tensor<5xf32>
    %cst_0 = stablehlo.constant dense<1.50140941> : tensor<5xf32>
    %cst_1 = stablehlo.constant dense<1.00167406> : tensor<5xf32>
    %cst_2 = stablehlo.constant dense<0.246640727> : tensor<5xf32>
    %cst_3 = stablehlo.constant dense<0.00943887047> : tensor<5xf32>
    %cst_4 = stablehlo.constant dense<-0.00417768164> : tensor<5xf32>
    %cst_5 = stablehlo.constant dense<-0.0076224613> : tensor<5xf32>
    %cst_6 = stablehlo.constant dense<-0.00125372503> : tensor<5xf32>
    %cst_7 = stablehlo.constant dense<0.00573950773> : tensor<5xf32>
    %cst_8 = stablehlo.constant dense<2.1858087E-4> : tensor<5xf32>
    %cst_9 = stablehlo.constant dense<-0.00367342844> : tensor<5xf32>
    %cst_10 = stablehlo.constant dense<-4.39150654E-6> : tensor<5xf32>
    %cst_11 = stablehlo.constant dense<0.00134934322> : tensor<5xf32>
    %cst_12 = stablehlo.constant dense<-3.5233877E-6> : tensor<5xf32>
    %cst_13 = stablehlo.constant dense<1.00950558E-4> : tensor<5xf32>
    %cst_14 = stablehlo.constant dense<3.43273939E-7> : tensor<5xf32>
    %cst_15 = stablehlo.constant dense<-2.00214257E-4> : tensor<5xf32>
    %cst_16 = stablehlo.constant dense<2.81022636E-8> : tensor<5xf32>
    %cst_17 = stablehlo.constant dense<2.500000e+00> : tensor<5xf32>
    %cst_18 = stablehlo.constant dense<0x7FC00000> : tensor<5xf32>
    %cst_19 = stablehlo.constant dense<0.000000e+00> : tensor<5xf32>
    %cst_20 = stablehlo.constant dense<0x7F800000> : tensor<5xf32>
    %cst_21 = stablehlo.constant dense<1.14472985> : tensor<5xf32>
    %cst_22 = stablehlo.constant dense<3.14159274> : tensor<5xf32>
    %cst_23 = stablehlo.constant dense<0.918938517> : tensor<5xf32>
    %cst_24 = stablehlo.constant dense<2.01490307> : tensor<5xf32>
    %cst_25 = stablehlo.constant dense<7.500000e+00> : tensor<5xf32>
    %cst_26 = stablehlo.constant dense<8.000000e+00> : tensor<5xf32>
    %cst_27 = stablehlo.constant dense<1.50563267E-7> : tensor<5xf32>
    %cst_28 = stablehlo.constant dense<7.000000e+00> : tensor<5xf32>
    %cst_29 = stablehlo.constant dense<9.98436917E-6> : tensor<5xf32>
    %cst_30 = stablehlo.constant dense<6.000000e+00> : tensor<5xf32>
    %cst_31 = stablehlo.constant dense<-0.138571098> : tensor<5xf32>
    %cst_32 = stablehlo.constant dense<5.000000e+00> : tensor<5xf32>
    %cst_33 = stablehlo.constant dense<12.5073433> : tensor<5xf32>
    %cst_34 = stablehlo.constant dense<4.000000e+00> : tensor<5xf32>
    %cst_35 = stablehlo.constant dense<-176.615036> : tensor<5xf32>
    %cst_36 = stablehlo.constant dense<3.000000e+00> : tensor<5xf32>
    %cst_37 = stablehlo.constant dense<771.323425> : tensor<5xf32>
    %cst_38 = stablehlo.constant dense<2.000000e+00> : tensor<5xf32>
    %cst_39 = stablehlo.constant dense<-1259.13916> : tensor<5xf32>
    %cst_40 = stablehlo.constant dense<676.520386> : tensor<5xf32>
    %cst_41 = stablehlo.constant dense<1.000000e+00> : tensor<5xf32>
    %cst_42 = stablehlo.constant dense<5.000000e-01> : tensor<5xf32>
    %0 = stablehlo.composite "chlo.erf" %arg1 {decomposition = @chlo.erf.impl, version = 1 : i32} : (tensor<5xf32>) -> tensor<5xf32>
    %1 = stablehlo.compare LT, %arg1, %cst_42 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %2 = stablehlo.negate %arg1 : tensor<5xf32>
    %3 = stablehlo.subtract %arg1, %cst_41 : tensor<5xf32>
    %4 = stablehlo.select %1, %2, %3 : tensor<5xi1>, tensor<5xf32>
    %5 = stablehlo.add %4, %cst_41 : tensor<5xf32>
    %6 = stablehlo.divide %cst_40, %5 : tensor<5xf32>
    %7 = stablehlo.add %cst_41, %6 : tensor<5xf32>
    %8 = stablehlo.add %4, %cst_38 : tensor<5xf32>
    %9 = stablehlo.divide %cst_39, %8 : tensor<5xf32>
    %10 = stablehlo.add %7, %9 : tensor<5xf32>
    %11 = stablehlo.add %4, %cst_36 : tensor<5xf32>
    %12 = stablehlo.divide %cst_37, %11 : tensor<5xf32>
    %13 = stablehlo.add %10, %12 : tensor<5xf32>
    %14 = stablehlo.add %4, %cst_34 : tensor<5xf32>
    %15 = stablehlo.divide %cst_35, %14 : tensor<5xf32>
    %16 = stablehlo.add %13, %15 : tensor<5xf32>
    %17 = stablehlo.add %4, %cst_32 : tensor<5xf32>
    %18 = stablehlo.divide %cst_33, %17 : tensor<5xf32>
    %19 = stablehlo.add %16, %18 : tensor<5xf32>
    %20 = stablehlo.add %4, %cst_30 : tensor<5xf32>
    %21 = stablehlo.divide %cst_31, %20 : tensor<5xf32>
    %22 = stablehlo.add %19, %21 : tensor<5xf32>
    %23 = stablehlo.add %4, %cst_28 : tensor<5xf32>
    %24 = stablehlo.divide %cst_29, %23 : tensor<5xf32>
    %25 = stablehlo.add %22, %24 : tensor<5xf32>
    %26 = stablehlo.add %4, %cst_26 : tensor<5xf32>
    %27 = stablehlo.divide %cst_27, %26 : tensor<5xf32>
    %28 = stablehlo.add %25, %27 : tensor<5xf32>
    %29 = stablehlo.add %cst_25, %4 : tensor<5xf32>
    %30 = stablehlo.divide %4, %cst_25 : tensor<5xf32>
    %31 = stablehlo.log_plus_one %30 : tensor<5xf32>
    %32 = stablehlo.add %cst_24, %31 : tensor<5xf32>
    %33 = stablehlo.divide %29, %32 : tensor<5xf32>
    %34 = stablehlo.add %4, %cst_42 : tensor<5xf32>
    %35 = stablehlo.subtract %34, %33 : tensor<5xf32>
    %36 = stablehlo.multiply %35, %32 : tensor<5xf32>
    %37 = stablehlo.log %28 : tensor<5xf32>
    %38 = stablehlo.add %cst_23, %36 : tensor<5xf32>
    %39 = stablehlo.add %38, %37 : tensor<5xf32>
    %40 = stablehlo.abs %arg1 : tensor<5xf32>
    %41 = stablehlo.floor %40 : tensor<5xf32>
    %42 = stablehlo.subtract %40, %41 : tensor<5xf32>
    %43 = stablehlo.compare LT, %cst_42, %42 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %44 = stablehlo.subtract %cst_41, %42 : tensor<5xf32>
    %45 = stablehlo.select %43, %44, %42 : tensor<5xi1>, tensor<5xf32>
    %46 = stablehlo.multiply %cst_22, %45 : tensor<5xf32>
    %47 = stablehlo.sine %46 : tensor<5xf32>
    %48 = stablehlo.log %47 : tensor<5xf32>
    %49 = stablehlo.subtract %cst_21, %48 : tensor<5xf32>
    %50 = stablehlo.subtract %49, %39 : tensor<5xf32>
    %51 = stablehlo.is_finite %48 : (tensor<5xf32>) -> tensor<5xi1>
    %52 = stablehlo.negate %48 : tensor<5xf32>
    %53 = stablehlo.select %51, %50, %52 : tensor<5xi1>, tensor<5xf32>
    %54 = stablehlo.select %1, %53, %39 : tensor<5xi1>, tensor<5xf32>
    %55 = stablehlo.abs %arg1 : tensor<5xf32>
    %56 = stablehlo.compare EQ, %55, %cst_20 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %57 = stablehlo.select %56, %cst_20, %54 : tensor<5xi1>, tensor<5xf32>
    %58 = stablehlo.compare LT, %arg1, %cst_42 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %59 = stablehlo.negate %arg1 : tensor<5xf32>
    %60 = stablehlo.subtract %arg1, %cst_41 : tensor<5xf32>
    %61 = stablehlo.select %58, %59, %60 : tensor<5xi1>, tensor<5xf32>
    %62 = stablehlo.add %61, %cst_41 : tensor<5xf32>
    %63 = stablehlo.multiply %62, %62 : tensor<5xf32>
    %64 = stablehlo.divide %cst_40, %63 : tensor<5xf32>
    %65 = stablehlo.subtract %cst_19, %64 : tensor<5xf32>
    %66 = stablehlo.divide %cst_40, %62 : tensor<5xf32>
    %67 = stablehlo.add %cst_41, %66 : tensor<5xf32>
    %68 = stablehlo.add %61, %cst_38 : tensor<5xf32>
    %69 = stablehlo.multiply %68, %68 : tensor<5xf32>
    %70 = stablehlo.divide %cst_39, %69 : tensor<5xf32>
    %71 = stablehlo.subtract %65, %70 : tensor<5xf32>
    %72 = stablehlo.divide %cst_39, %68 : tensor<5xf32>
    %73 = stablehlo.add %67, %72 : tensor<5xf32>
    %74 = stablehlo.add %61, %cst_36 : tensor<5xf32>
    %75 = stablehlo.multiply %74, %74 : tensor<5xf32>
    %76 = stablehlo.divide %cst_37, %75 : tensor<5xf32>
    %77 = stablehlo.subtract %71, %76 : tensor<5xf32>
    %78 = stablehlo.divide %cst_37, %74 : tensor<5xf32>
    %79 = stablehlo.add %73, %78 : tensor<5xf32>
    %80 = stablehlo.add %61, %cst_34 : tensor<5xf32>
    %81 = stablehlo.multiply %80, %80 : tensor<5xf32>
    %82 = stablehlo.divide %cst_35, %81 : tensor<5xf32>
    %83 = stablehlo.subtract %77, %82 : tensor<5xf32>
    %84 = stablehlo.divide %cst_35, %80 : tensor<5xf32>
    %85 = stablehlo.add %79, %84 : tensor<5xf32>
    %86 = stablehlo.add %61, %cst_32 : tensor<5xf32>
    %87 = stablehlo.multiply %86, %86 : tensor<5xf32>
    %88 = stablehlo.divide %cst_33, %87 : tensor<5xf32>
    %89 = stablehlo.subtract %83, %88 : tensor<5xf32>
    %90 = stablehlo.divide %cst_33, %86 : tensor<5xf32>
    %91 = stablehlo.add %85, %90 : tensor<5xf32>
    %92 = stablehlo.add %61, %cst_30 : tensor<5xf32>
    %93 = stablehlo.multiply %92, %92 : tensor<5xf32>
    %94 = stablehlo.divide %cst_31, %93 : tensor<5xf32>
    %95 = stablehlo.subtract %89, %94 : tensor<5xf32>
    %96 = stablehlo.divide %cst_31, %92 : tensor<5xf32>
    %97 = stablehlo.add %91, %96 : tensor<5xf32>
    %98 = stablehlo.add %61, %cst_28 : tensor<5xf32>
    %99 = stablehlo.multiply %98, %98 : tensor<5xf32>
    %100 = stablehlo.divide %cst_29, %99 : tensor<5xf32>
    %101 = stablehlo.subtract %95, %100 : tensor<5xf32>
    %102 = stablehlo.divide %cst_29, %98 : tensor<5xf32>
    %103 = stablehlo.add %97, %102 : tensor<5xf32>
    %104 = stablehlo.add %61, %cst_26 : tensor<5xf32>
    %105 = stablehlo.multiply %104, %104 : tensor<5xf32>
    %106 = stablehlo.divide %cst_27, %105 : tensor<5xf32>
    %107 = stablehlo.subtract %101, %106 : tensor<5xf32>
    %108 = stablehlo.divide %cst_27, %104 : tensor<5xf32>
    %109 = stablehlo.add %103, %108 : tensor<5xf32>
    %110 = stablehlo.add %cst_25, %61 : tensor<5xf32>
    %111 = stablehlo.divide %61, %cst_25 : tensor<5xf32>
    %112 = stablehlo.log_plus_one %111 : tensor<5xf32>
    %113 = stablehlo.add %cst_24, %112 : tensor<5xf32>
    %114 = stablehlo.divide %107, %109 : tensor<5xf32>
    %115 = stablehlo.divide %cst_28, %110 : tensor<5xf32>
    %116 = stablehlo.add %113, %114 : tensor<5xf32>
    %117 = stablehlo.subtract %116, %115 : tensor<5xf32>
    %118 = stablehlo.add %arg1, %cst_42 : tensor<5xf32>
    %119 = stablehlo.floor %118 : tensor<5xf32>
    %120 = stablehlo.abs %119 : tensor<5xf32>
    %121 = stablehlo.add %arg1, %120 : tensor<5xf32>
    %122 = stablehlo.multiply %cst_22, %121 : tensor<5xf32>
    %123 = stablehlo.cosine %122 : tensor<5xf32>
    %124 = stablehlo.sine %122 : tensor<5xf32>
    %125 = stablehlo.multiply %cst_22, %123 : tensor<5xf32>
    %126 = stablehlo.divide %125, %124 : tensor<5xf32>
    %127 = stablehlo.subtract %117, %126 : tensor<5xf32>
    %128 = stablehlo.select %58, %127, %117 : tensor<5xi1>, tensor<5xf32>
    %129 = stablehlo.compare LE, %arg1, %cst_19 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %130 = stablehlo.floor %arg1 : tensor<5xf32>
    %131 = stablehlo.compare EQ, %arg1, %130 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %132 = stablehlo.and %129, %131 : tensor<5xi1>
    %133 = stablehlo.select %132, %cst_18, %128 : tensor<5xi1>, tensor<5xf32>
    %134 = stablehlo.composite "chlo.asinh" %arg1 {decomposition = @chlo.asinh.impl, version = 1 : i32} : (tensor<5xf32>) -> tensor<5xf32>
    %135 = stablehlo.negate %arg1 : tensor<5xf32>
    %136 = stablehlo.multiply %arg1, %135 : tensor<5xf32>
    %137 = stablehlo.log_plus_one %136 : tensor<5xf32>
    %138 = stablehlo.negate %137 : tensor<5xf32>
    %139 = stablehlo.compare LT, %138, %cst_32 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %140 = stablehlo.subtract %138, %cst_17 : tensor<5xf32>
    %141 = stablehlo.sqrt %138 : tensor<5xf32>
    %142 = stablehlo.subtract %141, %cst_36 : tensor<5xf32>
    %143 = stablehlo.select %139, %140, %142 : tensor<5xi1>, tensor<5xf32>
    %144 = stablehlo.select %139, %cst_16, %cst_15 : tensor<5xi1>, tensor<5xf32>
    %145 = stablehlo.select %139, %cst_14, %cst_13 : tensor<5xi1>, tensor<5xf32>
    %146 = stablehlo.multiply %144, %143 : tensor<5xf32>
    %147 = stablehlo.add %145, %146 : tensor<5xf32>
    %148 = stablehlo.select %139, %cst_12, %cst_11 : tensor<5xi1>, tensor<5xf32>
    %149 = stablehlo.multiply %147, %143 : tensor<5xf32>
    %150 = stablehlo.add %148, %149 : tensor<5xf32>
    %151 = stablehlo.select %139, %cst_10, %cst_9 : tensor<5xi1>, tensor<5xf32>
    %152 = stablehlo.multiply %150, %143 : tensor<5xf32>
    %153 = stablehlo.add %151, %152 : tensor<5xf32>
    %154 = stablehlo.select %139, %cst_8, %cst_7 : tensor<5xi1>, tensor<5xf32>
    %155 = stablehlo.multiply %153, %143 : tensor<5xf32>
    %156 = stablehlo.add %154, %155 : tensor<5xf32>
    %157 = stablehlo.select %139, %cst_6, %cst_5 : tensor<5xi1>, tensor<5xf32>
    %158 = stablehlo.multiply %156, %143 : tensor<5xf32>
    %159 = stablehlo.add %157, %158 : tensor<5xf32>
    %160 = stablehlo.select %139, %cst_4, %cst_3 : tensor<5xi1>, tensor<5xf32>
    %161 = stablehlo.multiply %159, %143 : tensor<5xf32>
    %162 = stablehlo.add %160, %161 : tensor<5xf32>
    %163 = stablehlo.select %139, %cst_2, %cst_1 : tensor<5xi1>, tensor<5xf32>
    %164 = stablehlo.multiply %162, %143 : tensor<5xf32>
    %165 = stablehlo.add %163, %164 : tensor<5xf32>
    %166 = stablehlo.select %139, %cst_0, %cst : tensor<5xi1>, tensor<5xf32>
    %167 = stablehlo.multiply %165, %143 : tensor<5xf32>
    %168 = stablehlo.add %166, %167 : tensor<5xf32>
    %169 = stablehlo.multiply %168, %arg1 : tensor<5xf32>
    %170 = stablehlo.abs %arg1 : tensor<5xf32>
    %171 = stablehlo.compare EQ, %170, %cst_41 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %172 = stablehlo.multiply %arg1, %cst_20 : tensor<5xf32>
    %173 = stablehlo.select %171, %172, %169 : tensor<5xi1>, tensor<5xf32>
    return %0, %57, %133, %134, %173 : tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>, tensor<5xf32>
  }
  func.func private @chlo.asinh.impl(%arg0: tensor<5xf32>) -> tensor<5xf32> {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<5xf32>
    %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<5xf32>
    %cst_1 = stablehlo.constant dense<3.40282347E+38> : tensor<5xf32>
    %0 = stablehlo.sign %arg0 : tensor<5xf32>
    %1 = stablehlo.abs %arg0 : tensor<5xf32>
    %2 = stablehlo.sqrt %cst_1 : tensor<5xf32>
    %3 = stablehlo.compare GE, %1, %2 : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xi1>
    %4 = stablehlo.log %cst_0 : tensor<5xf32>
    %5 = stablehlo.log %1 : tensor<5xf32>
    %6 = stablehlo.add %4, %5 : tensor<5xf32>
    %7 = stablehlo.multiply %1, %1 : tensor<5xf32>
    %8 = stablehlo.add %cst, %7 : tensor<5xf32>
    %9 = stablehlo.sqrt %8 : tensor<5xf32>
    %10 = stablehlo.add %cst, %9 : tensor<5xf32>
    %11 = stablehlo.divide %7, %10 : tensor<5xf32>
    %12 = stablehlo.add %1, %11 : tensor<5xf32>
    %13 = stablehlo.log_plus_one %12 : tensor<5xf32>
    %14 = stablehlo.select %3, %6, %13 : tensor<5xi1>, tensor<5xf32>
    %15 = stablehlo.multiply %0, %14 : tensor<5xf32>
    return %15 : tensor<5xf32>
  }
  func.func private @chlo.erf.impl(%arg0: tensor<5xf32>) -> tensor<5xf32> {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<5xf32>
    %cst_0 = stablehlo.constant dense<-1.000000e+00> : tensor<5xf32>
    %cst_1 = stablehlo.constant dense<-0.0142647391> : tensor<5xf32>
    %cst_2 = stablehlo.constant dense<-0.00737332925> : tensor<5xf32>
    %cst_3 = stablehlo.constant dense<-0.00168282702> : tensor<5xf32>
    %cst_4 = stablehlo.constant dense<-2.13374049E-4> : tensor<5xf32>
    %cst_5 = stablehlo.constant dense<-1.45660715E-5> : tensor<5xf32>
    %cst_6 = stablehlo.constant dense<-0.0160960332> : tensor<5xf32>
    %cst_7 = stablehlo.constant dense<-2.954600e-03> : tensor<5xf32>
    %cst_8 = stablehlo.constant dense<-7.34990637E-4> : tensor<5xf32>
    %cst_9 = stablehlo.constant dense<-5.69250624E-5> : tensor<5xf32>
    %cst_10 = stablehlo.constant dense<-2.10102394E-6> : tensor<5xf32>
    %cst_11 = stablehlo.constant dense<2.77068146E-8> : tensor<5xf32>
    %cst_12 = stablehlo.constant dense<-2.72614237E-10> : tensor<5xf32>
    %cst_13 = stablehlo.constant dense<-4.000000e+00> : tensor<5xf32>
    %cst_14 = stablehlo.constant dense<4.000000e+00> : tensor<5xf32>
    %0 = stablehlo.clamp %cst_13, %arg0, %cst_14 : tensor<5xf32>
    %1 = stablehlo.multiply %0, %0 : tensor<5xf32>
    %2 = stablehlo.multiply %cst_12, %1 : tensor<5xf32>
    %3 = stablehlo.add %2, %cst_11 : tensor<5xf32>
    %4 = stablehlo.multiply %3, %1 : tensor<5xf32>
    %5 = stablehlo.add %4, %cst_10 : tensor<5xf32>
    %6 = stablehlo.multiply %5, %1 : tensor<5xf32>
    %7 = stablehlo.add %6, %cst_9 : tensor<5xf32>
    %8 = stablehlo.multiply %7, %1 : tensor<5xf32>
    %9 = stablehlo.add %8, %cst_8 : tensor<5xf32>
    %10 = stablehlo.multiply %9, %1 : tensor<5xf32>
    %11 = stablehlo.add %10, %cst_7 : tensor<5xf32>
    %12 = stablehlo.multiply %11, %1 : tensor<5xf32>
    %13 = stablehlo.add %12, %cst_6 : tensor<5xf32>
    %14 = stablehlo.multiply %cst_5, %1 : tensor<5xf32>
    %15 = stablehlo.add %14, %cst_4 : tensor<5xf32>
    %16 = stablehlo.multiply %15, %1 : tensor<5xf32>
    %17 = stablehlo.add %16, %cst_3 : tensor<5xf32>
    %18 = stablehlo.multiply %17, %1 : tensor<5xf32>
    %19 = stablehlo.add %18, %cst_2 : tensor<5xf32>
    %20 = stablehlo.multiply %19, %1 : tensor<5xf32>
    %21 = stablehlo.add %20, %cst_1 : tensor<5xf32>
    %22 = stablehlo.multiply %0, %13 : tensor<5xf32>
    %23 = stablehlo.divide %22, %21 : tensor<5xf32>
    %24 = stablehlo.clamp %cst_0, %23, %cst : tensor<5xf32>
    return %24 : tensor<5xf32>
  }
}

// ----- f16_f8
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf16>) -> (tensor<4xf8E4M3FN> {jax.result_info = "result[0]"}, tensor<4xf8E5M2> {jax.result_info = "result[1]"}) {
    %0 = stablehlo.convert %arg1 : (tensor<4xf16>) -> tensor<4xf8E4M3FN>
    %1 = stablehlo.convert %arg1 : (tensor<4xf16>) -> tensor<4xf8E5M2>
    return %0, %1 : tensor<4xf8E4M3FN>, tensor<4xf8E5M2>
  }
}

// ----- f64
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xf64>) -> (tensor<f64> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<3.1415926535897931> : tensor<f64>
    %0 = call @norm(%arg0, %arg1) : (tensor<i64>, tensor<5xf64>) -> tensor<f64>
    %1 = stablehlo.multiply %0, %cst : tensor<f64>
    return %1 : tensor<f64>
  }
  func.func private @norm(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xf64>) -> tensor<f64> {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f64>
    %0 = stablehlo.multiply %arg1, %arg1 : tensor<5xf64>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5xf64>, tensor<f64>) -> tensor<f64>
    %2 = stablehlo.sqrt %1 : tensor<f64>
    return %2 : tensor<f64>
  }
}

// ----- fori
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<3xi32>) -> (tensor<3xi32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %c_0 = stablehlo.constant dense<5> : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %0:3 = stablehlo.while(%iterArg = %c_1, %iterArg_2 = %c_1, %iterArg_3 = %arg1) : tensor<i64>, tensor<i64>, tensor<3xi32>
    cond {
      %1 = stablehlo.compare LT, %iterArg, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1:2 = func.call @closed_call(%arg0, %iterArg_2, %iterArg_3) : (tensor<i64>, tensor<i64>, tensor<3xi32>) -> (tensor<i64>, tensor<3xi32>)
      %2 = stablehlo.add %iterArg, %c : tensor<i64>
      stablehlo.return %2, %1#0, %1#1 : tensor<i64>, tensor<i64>, tensor<3xi32>
    }
    return %0#2 : tensor<3xi32>
  }
  func.func private @closed_call(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<3xi32>) -> (tensor<i64>, tensor<3xi32>) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg1, %c : tensor<i64>
    %1 = stablehlo.convert %arg1 : (tensor<i64>) -> tensor<i32>
    %2 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %3 = stablehlo.add %arg2, %2 : tensor<3xi32>
    return %0, %3 : tensor<i64>, tensor<3xi32>
  }
}

// ----- gather
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<10x4xf32>, %arg2: tensor<3xi32>) -> (tensor<3x4xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<10> : tensor<i32>
    %c_0 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %1 = stablehlo.compare LT, %arg2, %0, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %3 = stablehlo.add %arg2, %2 : tensor<3xi32>
    %4 = stablehlo.select %1, %3, %arg2 : tensor<3xi1>, tensor<3xi32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %6 = "stablehlo.gather"(%arg1, %5) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], collapsed_slice_dims = [0], start_index_map = [0], index_vector_dim = 1>, slice_sizes = array<i64: 1, 4>}> : (tensor<10x4xf32>, tensor<3x1xi32>) -> tensor<3x4xf32>
    return %6 : tensor<3x4xf32>
  }
}

// ----- grad_conv
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<3x3x4x6xf32>, %arg2: tensor<2x8x8x4xf32>) -> (tensor<3x3x4x6xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<1> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_2 : tensor<i32>
    }, {
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %10 = stablehlo.convolution(%arg2, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x4x6xf32>) -> tensor<2x8x8x6xf32>
      stablehlo.return %10 : tensor<2x8x8x6xf32>
    }, {
      %10 = stablehlo.convolution(%arg2, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x4x6xf32>) -> tensor<2x8x8x6xf32>
      stablehlo.return %10 : tensor<2x8x8x6xf32>
    }, {
      %10 = stablehlo.convolution(%arg2, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<3x3x4x6xf32>) -> tensor<2x8x8x6xf32>
      stablehlo.return %10 : tensor<2x8x8x6xf32>
    }) : (tensor<i32>) -> tensor<2x8x8x6xf32>
    %3 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<2x8x8x6xf32>
    %4 = stablehlo.multiply %3, %2 : tensor<2x8x8x6xf32>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<2x8x8x6xf32>
    %6 = stablehlo.multiply %5, %4 : tensor<2x8x8x6xf32>
    %7 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %8 = "stablehlo.case"(%7) ({
      stablehlo.return %c_2 : tensor<i32>
    }, {
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %9 = "stablehlo.case"(%8) ({
      %10 = stablehlo.convolution(%arg2, %6) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<2x8x8x6xf32>) -> tensor<3x3x4x6xf32>
      stablehlo.return %10 : tensor<3x3x4x6xf32>
    }, {
      %10 = stablehlo.convolution(%arg2, %6) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<2x8x8x6xf32>) -> tensor<3x3x4x6xf32>
      stablehlo.return %10 : tensor<3x3x4x6xf32>
    }, {
      %10 = stablehlo.convolution(%arg2, %6) dim_numbers = [f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f], window = {pad = [[1, 1], [1, 1]]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<2x8x8x4xf32>, tensor<2x8x8x6xf32>) -> tensor<3x3x4x6xf32>
      stablehlo.return %10 : tensor<3x3x4x6xf32>
    }) : (tensor<i32>) -> tensor<3x3x4x6xf32>
    return %9 : tensor<3x3x4x6xf32>
  }
}

// ----- grad_mlp
module @jit_mlp attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8x16xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16x4xf32>, %arg4: tensor<4xf32>, %arg5: tensor<5x8xf32>) -> (tensor<8x16xf32> {jax.result_info = "result[0][0]"}, tensor<16xf32> {jax.result_info = "result[0][1]"}, tensor<16x4xf32> {jax.result_info = "result[1][0]"}, tensor<4xf32> {jax.result_info = "result[1][1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<2.000000e+01> : tensor<f32>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_3 = stablehlo.constant dense<2> : tensor<i32>
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }) : (tensor<i32>) -> tensor<5x16xf32>
    %3 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<16xf32>) -> tensor<1x16xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<1x16xf32>) -> tensor<5x16xf32>
    %5 = stablehlo.add %2, %4 : tensor<5x16xf32>
    %6 = stablehlo.tanh %5 : tensor<5x16xf32>
    %7 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<5x16xf32>
    %8 = stablehlo.subtract %7, %6 : tensor<5x16xf32>
    %9 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %10 = "stablehlo.case"(%9) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %11 = "stablehlo.case"(%10) ({
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }, {
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }, {
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }) : (tensor<i32>) -> tensor<5x4xf32>
    %12 = stablehlo.broadcast_in_dim %arg4, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<5x4xf32>
    %14 = stablehlo.add %11, %13 : tensor<5x4xf32>
    %15 = stablehlo.tanh %14 : tensor<5x4xf32>
    %16 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %17 = stablehlo.subtract %16, %15 : tensor<5x4xf32>
    %18 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %19 = stablehlo.multiply %18, %15 : tensor<5x4xf32>
    %20 = stablehlo.divide %cst_2, %cst_0 : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %22 = stablehlo.multiply %21, %19 : tensor<5x4xf32>
    %23 = stablehlo.multiply %22, %17 : tensor<5x4xf32>
    %24 = stablehlo.multiply %23, %15 : tensor<5x4xf32>
    %25 = stablehlo.add %23, %24 : tensor<5x4xf32>
    %26 = stablehlo.reduce(%25 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5x4xf32>, tensor<f32>) -> tensor<4xf32>
    %27 = stablehlo.reshape %26 : (tensor<4xf32>) -> tensor<1x4xf32>
    %28 = stablehlo.reduce(%27 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<1x4xf32>, tensor<f32>) -> tensor<4xf32>
    %29 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %30 = "stablehlo.case"(%29) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %31 = "stablehlo.case"(%30) ({
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }) : (tensor<i32>) -> tensor<4x16xf32>
    %32 = stablehlo.transpose %31, dims = [1, 0] : (tensor<4x16xf32>) -> tensor<16x4xf32>
    %33 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %34 = "stablehlo.case"(%33) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %35 = "stablehlo.case"(%34) ({
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }) : (tensor<i32>) -> tensor<5x16xf32>
    %36 = stablehlo.multiply %35, %8 : tensor<5x16xf32>
    %37 = stablehlo.multiply %36, %6 : tensor<5x16xf32>
    %38 = stablehlo.add %36, %37 : tensor<5x16xf32>
    %39 = stablehlo.reduce(%38 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5x16xf32>, tensor<f32>) -> tensor<16xf32>
    %40 = stablehlo.reshape %39 : (tensor<16xf32>) -> tensor<1x16xf32>
    %41 = stablehlo.reduce(%40 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %42 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %43 = "stablehlo.case"(%42) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %44 = "stablehlo.case"(%43) ({
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }, {
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }, {
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }) : (tensor<i32>) -> tensor<16x8xf32>
    %45 = stablehlo.transpose %44, dims = [1, 0] : (tensor<16x8xf32>) -> tensor<8x16xf32>
    return %45, %41, %32, %28 : tensor<8x16xf32>, tensor<16xf32>, tensor<16x4xf32>, tensor<4xf32>
  }
}

// ----- grad_mlp.v1.0.0
module @jit_mlp attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8x16xf32>, %arg2: tensor<16xf32>, %arg3: tensor<16x4xf32>, %arg4: tensor<4xf32>, %arg5: tensor<5x8xf32>) -> (tensor<8x16xf32> {jax.result_info = "result[0][0]"}, tensor<16xf32> {jax.result_info = "result[0][1]"}, tensor<16x4xf32> {jax.result_info = "result[1][0]"}, tensor<4xf32> {jax.result_info = "result[1][1]"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<2.000000e+01> : tensor<f32>
    %cst_1 = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %cst_2 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_3 = stablehlo.constant dense<2> : tensor<i32>
    %c_4 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %arg5, %arg1, contracting_dims = [1] x [0] : (tensor<5x8xf32>, tensor<8x16xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }) : (tensor<i32>) -> tensor<5x16xf32>
    %3 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<16xf32>) -> tensor<1x16xf32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [0, 1] : (tensor<1x16xf32>) -> tensor<5x16xf32>
    %5 = stablehlo.add %2, %4 : tensor<5x16xf32>
    %6 = stablehlo.tanh %5 : tensor<5x16xf32>
    %7 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<5x16xf32>
    %8 = stablehlo.subtract %7, %6 : tensor<5x16xf32>
    %9 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %10 = "stablehlo.case"(%9) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %11 = "stablehlo.case"(%10) ({
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }, {
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }, {
      %46 = stablehlo.dot_general %6, %arg3, contracting_dims = [1] x [0] : (tensor<5x16xf32>, tensor<16x4xf32>) -> tensor<5x4xf32>
      stablehlo.return %46 : tensor<5x4xf32>
    }) : (tensor<i32>) -> tensor<5x4xf32>
    %12 = stablehlo.broadcast_in_dim %arg4, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<5x4xf32>
    %14 = stablehlo.add %11, %13 : tensor<5x4xf32>
    %15 = stablehlo.tanh %14 : tensor<5x4xf32>
    %16 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %17 = stablehlo.subtract %16, %15 : tensor<5x4xf32>
    %18 = stablehlo.broadcast_in_dim %cst_1, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %19 = stablehlo.multiply %18, %15 : tensor<5x4xf32>
    %20 = stablehlo.divide %cst_2, %cst_0 : tensor<f32>
    %21 = stablehlo.broadcast_in_dim %20, dims = [] : (tensor<f32>) -> tensor<5x4xf32>
    %22 = stablehlo.multiply %21, %19 : tensor<5x4xf32>
    %23 = stablehlo.multiply %22, %17 : tensor<5x4xf32>
    %24 = stablehlo.multiply %23, %15 : tensor<5x4xf32>
    %25 = stablehlo.add %23, %24 : tensor<5x4xf32>
    %26 = stablehlo.reduce(%25 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5x4xf32>, tensor<f32>) -> tensor<4xf32>
    %27 = stablehlo.reshape %26 : (tensor<4xf32>) -> tensor<1x4xf32>
    %28 = stablehlo.reduce(%27 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<1x4xf32>, tensor<f32>) -> tensor<4xf32>
    %29 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %30 = "stablehlo.case"(%29) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %31 = "stablehlo.case"(%30) ({
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %6, contracting_dims = [0] x [0] : (tensor<5x4xf32>, tensor<5x16xf32>) -> tensor<4x16xf32>
      stablehlo.return %46 : tensor<4x16xf32>
    }) : (tensor<i32>) -> tensor<4x16xf32>
    %32 = stablehlo.transpose %31, dims = [1, 0] : (tensor<4x16xf32>) -> tensor<16x4xf32>
    %33 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %34 = "stablehlo.case"(%33) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %35 = "stablehlo.case"(%34) ({
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }, {
      %46 = stablehlo.dot_general %25, %arg3, contracting_dims = [1] x [1] : (tensor<5x4xf32>, tensor<16x4xf32>) -> tensor<5x16xf32>
      stablehlo.return %46 : tensor<5x16xf32>
    }) : (tensor<i32>) -> tensor<5x16xf32>
    %36 = stablehlo.multiply %35, %8 : tensor<5x16xf32>
    %37 = stablehlo.multiply %36, %6 : tensor<5x16xf32>
    %38 = stablehlo.add %36, %37 : tensor<5x16xf32>
    %39 = stablehlo.reduce(%38 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<5x16xf32>, tensor<f32>) -> tensor<16xf32>
    %40 = stablehlo.reshape %39 : (tensor<16xf32>) -> tensor<1x16xf32>
    %41 = stablehlo.reduce(%40 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<1x16xf32>, tensor<f32>) -> tensor<16xf32>
    %42 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %43 = "stablehlo.case"(%42) ({
      stablehlo.return %c_4 : tensor<i32>
    }, {
      stablehlo.return %c_3 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %44 = "stablehlo.case"(%43) ({
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }, {
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }, {
      %46 = stablehlo.dot_general %38, %arg5, contracting_dims = [0] x [0] : (tensor<5x16xf32>, tensor<5x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %46 : tensor<16x8xf32>
    }) : (tensor<i32>) -> tensor<16x8xf32>
    %45 = stablehlo.transpose %44, dims = [1, 0] : (tensor<16x8xf32>) -> tensor<8x16xf32>
    return %45, %41, %32, %28 : tensor<8x16xf32>, tensor<16xf32>, tensor<16x4xf32>, tensor<4xf32>
  }
}

// ----- grad_scan
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>) -> (tensor<7x4xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i64>
    %c_0 = stablehlo.constant dense<7> : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %cst_2 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %1 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<7x4xf32>
    %2:4 = stablehlo.while(%iterArg = %arg1, %iterArg_3 = %c_1, %iterArg_4 = %0, %iterArg_5 = %1) : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    cond {
      %6 = stablehlo.compare LT, %iterArg_3, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %6 : tensor<i1>
    } do {
      %6 = func.call @dynamic_index_in_dim(%arg0, %iterArg, %iterArg_3) : (tensor<i64>, tensor<7x4xf32>, tensor<i64>) -> tensor<4xf32>
      %7:2 = func.call @closed_call(%arg0, %iterArg_4, %6) : (tensor<i64>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      %8 = func.call @dynamic_update_index_in_dim(%arg0, %iterArg_5, %7#1, %iterArg_3) : (tensor<i64>, tensor<7x4xf32>, tensor<4xf32>, tensor<i64>) -> tensor<7x4xf32>
      %9 = stablehlo.add %iterArg_3, %c : tensor<i64>
      stablehlo.return %iterArg, %9, %7#0, %8 : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    }
    %3 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %4 = stablehlo.broadcast_in_dim %cst_2, dims = [] : (tensor<f32>) -> tensor<7x4xf32>
    %5:4 = stablehlo.while(%iterArg = %2#3, %iterArg_3 = %c_1, %iterArg_4 = %3, %iterArg_5 = %4) : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    cond {
      %6 = stablehlo.compare LT, %iterArg_3, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %6 : tensor<i1>
    } do {
      %6 = stablehlo.subtract %c_0, %iterArg_3 : tensor<i64>
      %7 = stablehlo.subtract %6, %c : tensor<i64>
      %8 = func.call @dynamic_index_in_dim(%arg0, %iterArg, %7) : (tensor<i64>, tensor<7x4xf32>, tensor<i64>) -> tensor<4xf32>
      %9:2 = func.call @closed_call_0(%arg0, %iterArg_4, %8) : (tensor<i64>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      %10 = func.call @dynamic_update_index_in_dim(%arg0, %iterArg_5, %9#1, %7) : (tensor<i64>, tensor<7x4xf32>, tensor<4xf32>, tensor<i64>) -> tensor<7x4xf32>
      %11 = stablehlo.add %iterArg_3, %c : tensor<i64>
      stablehlo.return %iterArg, %11, %9#0, %10 : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    }
    return %5#3 : tensor<7x4xf32>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>, %arg2: tensor<i64>) -> tensor<4xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.dynamic_slice %arg1, %arg2, %c, sizes = [1, 4] : (tensor<7x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x4xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x4xf32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
  func.func private @closed_call(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = stablehlo.add %arg1, %arg2 : tensor<4xf32>
    %1 = stablehlo.sine %0 : tensor<4xf32>
    %2 = stablehlo.cosine %0 : tensor<4xf32>
    return %1, %2 : tensor<4xf32>, tensor<4xf32>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>, %arg2: tensor<4xf32>, %arg3: tensor<i64>) -> tensor<7x4xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %1 = stablehlo.dynamic_update_slice %arg1, %0, %arg3, %c : (tensor<7x4xf32>, tensor<1x4xf32>, tensor<i64>, tensor<i64>) -> tensor<7x4xf32>
    return %1 : tensor<7x4xf32>
  }
  func.func private @closed_call_0(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = stablehlo.multiply %arg1, %arg2 : tensor<4xf32>
    return %0, %0 : tensor<4xf32>, tensor<4xf32>
  }
}

// ----- hessian
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf32>) -> (tensor<4x4xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<2.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<3.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.iota dim = 0 : tensor<4x4xi64>
    %1 = stablehlo.iota dim = 1 : tensor<4x4xi64>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<4x4xi64>
    %3 = stablehlo.add %0, %2 : tensor<4x4xi64>
    %4 = stablehlo.compare EQ, %3, %1, SIGNED : (tensor<4x4xi64>, tensor<4x4xi64>) -> tensor<4x4xi1>
    %5 = stablehlo.convert %4 : (tensor<4x4xi1>) -> tensor<4x4xf32>
    %6 = stablehlo.slice %5 [0:4, 0:4] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    %7 = stablehlo.convert %6 : tensor<4x4xf32>
    %8 = stablehlo.sine %arg1 : tensor<4xf32>
    %9 = stablehlo.cosine %arg1 : tensor<4xf32>
    %10 = stablehlo.broadcast_in_dim %9, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %12 = stablehlo.multiply %7, %11 : tensor<4x4xf32>
    %13 = stablehlo.cosine %arg1 : tensor<4xf32>
    %14 = stablehlo.sine %arg1 : tensor<4xf32>
    %15 = stablehlo.broadcast_in_dim %14, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %16 = stablehlo.broadcast_in_dim %15, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %17 = stablehlo.multiply %7, %16 : tensor<4x4xf32>
    %18 = stablehlo.negate %17 : tensor<4x4xf32>
    %19 = stablehlo.multiply %arg1, %arg1 : tensor<4xf32>
    %20 = stablehlo.multiply %19, %arg1 : tensor<4xf32>
    %21 = stablehlo.multiply %arg1, %arg1 : tensor<4xf32>
    %22 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %23 = stablehlo.multiply %22, %21 : tensor<4xf32>
    %24 = stablehlo.broadcast_in_dim %23, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %25 = stablehlo.broadcast_in_dim %24, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %26 = stablehlo.multiply %7, %25 : tensor<4x4xf32>
    %27 = stablehlo.multiply %arg1, %arg1 : tensor<4xf32>
    %28 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %29 = stablehlo.multiply %28, %arg1 : tensor<4xf32>
    %30 = stablehlo.broadcast_in_dim %29, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %31 = stablehlo.broadcast_in_dim %30, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<4x4xf32>
    %32 = stablehlo.multiply %7, %31 : tensor<4x4xf32>
    %33 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %34 = stablehlo.multiply %33, %27 : tensor<4xf32>
    %35 = stablehlo.broadcast_in_dim %cst_0, dims = [] : (tensor<f32>) -> tensor<4x4xf32>
    %36 = stablehlo.multiply %35, %32 : tensor<4x4xf32>
    %37 = stablehlo.iota dim = 0 : tensor<1x1xi64>
    %38 = stablehlo.iota dim = 1 : tensor<1x1xi64>
    %39 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i64>) -> tensor<1x1xi64>
    %40 = stablehlo.add %37, %39 : tensor<1x1xi64>
    %41 = stablehlo.compare EQ, %40, %38, SIGNED : (tensor<1x1xi64>, tensor<1x1xi64>) -> tensor<1x1xi1>
    %42 = stablehlo.convert %41 : (tensor<1x1xi1>) -> tensor<1x1xf32>
    %43 = stablehlo.slice %42 [0:1, 0:1] : (tensor<1x1xf32>) -> tensor<1x1xf32>
    %44 = stablehlo.reshape %43 : (tensor<1x1xf32>) -> tensor<1xf32>
    %45 = stablehlo.convert %44 : tensor<1xf32>
    %46 = stablehlo.broadcast_in_dim %45, dims = [0] : (tensor<1xf32>) -> tensor<1x4xf32>
    %47 = stablehlo.broadcast_in_dim %8, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %48 = stablehlo.broadcast_in_dim %12, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %49 = stablehlo.multiply %47, %46 : tensor<1x4xf32>
    %50 = stablehlo.broadcast_in_dim %46, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %51 = stablehlo.broadcast_in_dim %50, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %52 = stablehlo.multiply %48, %51 : tensor<4x1x4xf32>
    %53 = stablehlo.broadcast_in_dim %20, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %54 = stablehlo.broadcast_in_dim %26, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %55 = stablehlo.multiply %46, %53 : tensor<1x4xf32>
    %56 = stablehlo.broadcast_in_dim %46, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %57 = stablehlo.broadcast_in_dim %56, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %58 = stablehlo.multiply %57, %54 : tensor<4x1x4xf32>
    %59 = stablehlo.broadcast_in_dim %34, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %60 = stablehlo.broadcast_in_dim %36, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %61 = stablehlo.broadcast_in_dim %59, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %62 = stablehlo.broadcast_in_dim %61, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %63 = stablehlo.multiply %52, %62 : tensor<4x1x4xf32>
    %64 = stablehlo.broadcast_in_dim %49, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %65 = stablehlo.broadcast_in_dim %64, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %66 = stablehlo.multiply %65, %60 : tensor<4x1x4xf32>
    %67 = stablehlo.add %63, %66 : tensor<4x1x4xf32>
    %68 = stablehlo.broadcast_in_dim %13, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %69 = stablehlo.broadcast_in_dim %18, dims = [0, 2] : (tensor<4x4xf32>) -> tensor<4x1x4xf32>
    %70 = stablehlo.broadcast_in_dim %68, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %71 = stablehlo.broadcast_in_dim %70, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %72 = stablehlo.multiply %58, %71 : tensor<4x1x4xf32>
    %73 = stablehlo.broadcast_in_dim %55, dims = [1, 2] : (tensor<1x4xf32>) -> tensor<1x1x4xf32>
    %74 = stablehlo.broadcast_in_dim %73, dims = [0, 1, 2] : (tensor<1x1x4xf32>) -> tensor<4x1x4xf32>
    %75 = stablehlo.multiply %74, %69 : tensor<4x1x4xf32>
    %76 = stablehlo.add %72, %75 : tensor<4x1x4xf32>
    %77 = stablehlo.add %67, %76 : tensor<4x1x4xf32>
    %78 = stablehlo.slice %77 [0:4, 0:1, 0:4] : (tensor<4x1x4xf32>) -> tensor<4x1x4xf32>
    %79 = stablehlo.reshape %78 : (tensor<4x1x4xf32>) -> tensor<4x4xf32>
    %80 = stablehlo.transpose %79, dims = [1, 0] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    %81 = stablehlo.slice %80 [0:4, 0:4] : (tensor<4x4xf32>) -> tensor<4x4xf32>
    return %81 : tensor<4x4xf32>
  }
}

// ----- int4
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<6xi32>) -> (tensor<6xi32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg1 : (tensor<6xi32>) -> tensor<6xi4>
    %1 = stablehlo.convert %0 : (tensor<6xi4>) -> tensor<6xi32>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i32>) -> tensor<6xi32>
    %3 = stablehlo.add %1, %2 : tensor<6xi32>
    return %3 : tensor<6xi32>
  }
}

// ----- ints
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> (tensor<5xi8> {jax.result_info = "result[0]"}, tensor<5xi8> {jax.result_info = "result[1]"}, tensor<5xi8> {jax.result_info = "result[2]"}, tensor<5xi8> {jax.result_info = "result[3]"}, tensor<5xi8> {jax.result_info = "result[4]"}, tensor<5xi8> {jax.result_info = "result[5]"}, tensor<5xi8> {jax.result_info = "result[6]"}) {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<2> : tensor<i8>
    %0 = stablehlo.add %arg1, %arg2 : tensor<5xi8>
    %1 = call @floor_divide(%arg0, %arg1, %arg2) : (tensor<i64>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %2 = call @remainder(%arg0, %arg1, %arg2) : (tensor<i64>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %3 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %4 = stablehlo.shift_left %arg1, %3 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.shift_right_arithmetic %arg1, %5 : tensor<5xi8>
    %7 = stablehlo.not %arg1 : tensor<5xi8>
    %8 = stablehlo.popcnt %arg1 : tensor<5xi8>
    return %0, %1, %2, %4, %6, %7, %8 : tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>
  }
  func.func private @floor_divide(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> tensor<5xi8> {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<0> : tensor<i8>
    %0 = stablehlo.divide %arg1, %arg2 : tensor<5xi8>
    %1 = stablehlo.sign %arg1 : tensor<5xi8>
    %2 = stablehlo.sign %arg2 : tensor<5xi8>
    %3 = stablehlo.compare NE, %1, %2, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %4 = stablehlo.remainder %arg1, %arg2 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %7 = stablehlo.and %3, %6 : tensor<5xi1>
    %8 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %9 = stablehlo.subtract %0, %8 : tensor<5xi8>
    %10 = call @_where(%arg0, %7, %9, %0) : (tensor<i64>, tensor<5xi1>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    return %10 : tensor<5xi8>
  }
  func.func private @_where(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi1>, %arg2: tensor<5xi8>, %arg3: tensor<5xi8>) -> tensor<5xi8> {
    %0 = stablehlo.select %arg1, %arg2, %arg3 : tensor<5xi1>, tensor<5xi8>
    return %0 : tensor<5xi8>
  }
  func.func private @remainder(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> tensor<5xi8> {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<0> : tensor<i8>
    %0 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %1 = stablehlo.compare EQ, %arg2, %0, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %3 = call @_where(%arg0, %1, %2, %arg2) : (tensor<i64>, tensor<5xi1>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %4 = stablehlo.remainder %arg1, %3 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %7 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %8 = stablehlo.compare LT, %4, %7, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %9 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %10 = stablehlo.compare LT, %3, %9, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %11 = stablehlo.compare NE, %8, %10, UNSIGNED : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
    %12 = stablehlo.and %11, %6 : tensor<5xi1>
    %13 = stablehlo.add %4, %3 : tensor<5xi8>
    %14 = stablehlo.select %12, %13, %4 : tensor<5xi1>, tensor<5xi8>
    return %14 : tensor<5xi8>
  }
}

// ----- ints.v0.9.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> (tensor<5xi8> {jax.result_info = "result[0]"}, tensor<5xi8> {jax.result_info = "result[1]"}, tensor<5xi8> {jax.result_info = "result[2]"}, tensor<5xi8> {jax.result_info = "result[3]"}, tensor<5xi8> {jax.result_info = "result[4]"}, tensor<5xi8> {jax.result_info = "result[5]"}, tensor<5xi8> {jax.result_info = "result[6]"}) {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<2> : tensor<i8>
    %0 = stablehlo.add %arg1, %arg2 : tensor<5xi8>
    %1 = call @floor_divide(%arg0, %arg1, %arg2) : (tensor<i64>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %2 = call @remainder(%arg0, %arg1, %arg2) : (tensor<i64>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %3 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %4 = stablehlo.shift_left %arg1, %3 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.shift_right_arithmetic %arg1, %5 : tensor<5xi8>
    %7 = stablehlo.not %arg1 : tensor<5xi8>
    %8 = stablehlo.popcnt %arg1 : tensor<5xi8>
    return %0, %1, %2, %4, %6, %7, %8 : tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>, tensor<5xi8>
  }
  func.func private @floor_divide(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> tensor<5xi8> {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<0> : tensor<i8>
    %0 = stablehlo.divide %arg1, %arg2 : tensor<5xi8>
    %1 = stablehlo.sign %arg1 : tensor<5xi8>
    %2 = stablehlo.sign %arg2 : tensor<5xi8>
    %3 = stablehlo.compare NE, %1, %2, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %4 = stablehlo.remainder %arg1, %arg2 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %7 = stablehlo.and %3, %6 : tensor<5xi1>
    %8 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %9 = stablehlo.subtract %0, %8 : tensor<5xi8>
    %10 = call @_where(%arg0, %7, %9, %0) : (tensor<i64>, tensor<5xi1>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    return %10 : tensor<5xi8>
  }
  func.func private @_where(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi1>, %arg2: tensor<5xi8>, %arg3: tensor<5xi8>) -> tensor<5xi8> {
    %0 = stablehlo.select %arg1, %arg2, %arg3 : tensor<5xi1>, tensor<5xi8>
    return %0 : tensor<5xi8>
  }
  func.func private @remainder(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xi8>, %arg2: tensor<5xi8>) -> tensor<5xi8> {
    %c = stablehlo.constant dense<1> : tensor<i8>
    %c_0 = stablehlo.constant dense<0> : tensor<i8>
    %0 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %1 = stablehlo.compare EQ, %arg2, %0, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %2 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %3 = call @_where(%arg0, %1, %2, %arg2) : (tensor<i64>, tensor<5xi1>, tensor<5xi8>, tensor<5xi8>) -> tensor<5xi8>
    %4 = stablehlo.remainder %arg1, %3 : tensor<5xi8>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %6 = stablehlo.compare NE, %4, %5, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %7 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %8 = stablehlo.compare LT, %4, %7, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %9 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i8>) -> tensor<5xi8>
    %10 = stablehlo.compare LT, %3, %9, SIGNED : (tensor<5xi8>, tensor<5xi8>) -> tensor<5xi1>
    %11 = stablehlo.compare NE, %8, %10, UNSIGNED : (tensor<5xi1>, tensor<5xi1>) -> tensor<5xi1>
    %12 = stablehlo.and %11, %6 : tensor<5xi1>
    %13 = stablehlo.add %4, %3 : tensor<5xi8>
    %14 = stablehlo.select %12, %13, %4 : tensor<5xi1>, tensor<5xi8>
    return %14 : tensor<5xi8>
  }
}

// ----- maxpool
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<1x8x8x3xf32>) -> (tensor<1x8x8x3xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %c = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<1> : tensor<i32>
    %c_2 = stablehlo.constant dense<0> : tensor<i32>
    %cst_3 = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst_3, dims = [] : (tensor<f32>) -> tensor<1x4x4x3xf32>
    %1 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      stablehlo.return %c_2 : tensor<i32>
    }, {
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %3 = "stablehlo.case"(%2) ({
      %4 = stablehlo.pad %arg1, %cst_0, low = [0, 0, 0, 0], high = [0, 0, 0, 0], interior = [0, 0, 0, 0] : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
      %5 = "stablehlo.select_and_scatter"(%4, %0, %cst) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %7 = stablehlo.compare GE, %arg2, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %7 : tensor<i1>
      }, {
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %7 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %7 : tensor<f32>
      }) : (tensor<1x8x8x3xf32>, tensor<1x4x4x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
      %6 = stablehlo.slice %5 [0:1, 0:8, 0:8, 0:3] : (tensor<1x8x8x3xf32>) -> tensor<1x8x8x3xf32>
      stablehlo.return %6 : tensor<1x8x8x3xf32>
    }, {
      %4 = stablehlo.pad %arg1, %cst_0, low = [0, 0, 0, 0], high = [0, 0, 0, 0], interior = [0, 0, 0, 0] : (tensor<1x8x8x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
      %5 = "stablehlo.select_and_scatter"(%4, %0, %cst) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %7 = stablehlo.compare GE, %arg2, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %7 : tensor<i1>
      }, {
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %7 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %7 : tensor<f32>
      }) : (tensor<1x8x8x3xf32>, tensor<1x4x4x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
      %6 = stablehlo.slice %5 [0:1, 0:8, 0:8, 0:3] : (tensor<1x8x8x3xf32>) -> tensor<1x8x8x3xf32>
      stablehlo.return %6 : tensor<1x8x8x3xf32>
    }, {
      %4 = "stablehlo.select_and_scatter"(%arg1, %0, %cst) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %5 = stablehlo.compare GE, %arg2, %arg3, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
        stablehlo.return %5 : tensor<i1>
      }, {
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %5 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %5 : tensor<f32>
      }) : (tensor<1x8x8x3xf32>, tensor<1x4x4x3xf32>, tensor<f32>) -> tensor<1x8x8x3xf32>
      stablehlo.return %4 : tensor<1x8x8x3xf32>
    }) : (tensor<i32>) -> tensor<1x8x8x3xf32>
    return %3 : tensor<1x8x8x3xf32>
  }
}

// ----- pad_concat
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2x3xf32>, %arg2: tensor<3x6xf32>) -> (tensor<8x3xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<7> : tensor<i64>
    %0 = call @_pad(%arg0, %arg1, %c) : (tensor<i64>, tensor<2x3xf32>, tensor<i64>) -> tensor<5x6xf32>
    %1 = stablehlo.concatenate %0, %arg2, dim = 0 : (tensor<5x6xf32>, tensor<3x6xf32>) -> tensor<8x6xf32>
    %2 = stablehlo.slice %1 [0:8, 0:6:2] : (tensor<8x6xf32>) -> tensor<8x3xf32>
    %3 = stablehlo.reverse %2, dims = [0] : tensor<8x3xf32>
    return %3 : tensor<8x3xf32>
  }
  func.func private @_pad(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2x3xf32>, %arg2: tensor<i64>) -> tensor<5x6xf32> {
    %0 = stablehlo.convert %arg2 : (tensor<i64>) -> tensor<f32>
    %1 = stablehlo.pad %arg1, %0, low = [1, 0], high = [2, 3], interior = [0, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<5x6xf32>
    return %1 : tensor<5x6xf32>
  }
}

// ----- poly
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<?x4xf32>) -> (tensor<4xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.get_dimension_size %arg0, dim = 0 : (tensor<?x4xf32>) -> tensor<i32>
    %1 = stablehlo.convert %0 : (tensor<i32>) -> tensor<i64>
    %2 = stablehlo.compare GE, %1, %c, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    stablehlo.custom_call @shape_assertion(%2, %1) {api_version = 2 : i32, error_message = "Input shapes do not match the polymorphic shapes specification. Expected value >= 1 for dimension variable 'b'. Using the following polymorphic shapes specifications: args[0].shape = (b, 4). Obtained dimension variables: 'b' = {0} from specification 'b' for dimension args[0].shape[0] (= {0}), . Please see https://docs.jax.dev/en/latest/export/shape_poly.html#shape-assertion-errors for more details.", has_side_effect = true} : (tensor<i1>, tensor<i64>) -> ()
    %3 = call @_wrapped_jax_export_main(%1, %arg0) : (tensor<i64>, tensor<?x4xf32>) -> tensor<4xf32>
    return %3 : tensor<4xf32>
  }
  func.func private @_wrapped_jax_export_main(%arg0: tensor<i64> {jax.global_constant = "b"}, %arg1: tensor<?x4xf32>) -> (tensor<4xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.sine %arg1 : tensor<?x4xf32>
    %1 = stablehlo.reduce(%0 init: %cst) applies stablehlo.add across dimensions = [0] : (tensor<?x4xf32>, tensor<f32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}

// ----- random
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>) -> (tensor<5xf64> {jax.result_info = "result[0]"}, tensor<3xi64> {jax.result_info = "result[1]"}) {
    %c = stablehlo.constant dense<10> : tensor<i64>
    %c_0 = stablehlo.constant dense<0> : tensor<i64>
    %0 = call @_normal(%arg0, %arg1) : (tensor<i64>, tensor<2xui32>) -> tensor<5xf64>
    %1 = call @_randint(%arg0, %arg1, %c_0, %c) : (tensor<i64>, tensor<2xui32>, tensor<i64>, tensor<i64>) -> tensor<3xi64>
    return %0, %1 : tensor<5xf64>, tensor<3xi64>
  }
  func.func private @_normal(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>) -> tensor<5xf64> {
    %0 = call @_normal_real(%arg0, %arg1) : (tensor<i64>, tensor<2xui32>) -> tensor<5xf64>
    return %0 : tensor<5xf64>
  }
  func.func private @_normal_real(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>) -> tensor<5xf64> {
    %cst = stablehlo.constant dense<0x7FF0000000000000> : tensor<5xf64>
    %cst_0 = stablehlo.constant dense<1.000000e+00> : tensor<5xf64>
    %cst_1 = stablehlo.constant dense<1.6536545626831027> : tensor<5xf64>
    %cst_2 = stablehlo.constant dense<0.24015818242558962> : tensor<5xf64>
    %cst_3 = stablehlo.constant dense<-0.0060336708714301491> : tensor<5xf64>
    %cst_4 = stablehlo.constant dense<-7.4070253416626698E-4> : tensor<5xf64>
    %cst_5 = stablehlo.constant dense<3.0838856104922208> : tensor<5xf64>
    %cst_6 = stablehlo.constant dense<1.8673420803405714E-4> : tensor<5xf64>
    %cst_7 = stablehlo.constant dense<1.0052589676941592> : tensor<5xf64>
    %cst_8 = stablehlo.constant dense<-1.3882523362786469E-5> : tensor<5xf64>
    %cst_9 = stablehlo.constant dense<4.8499064014085844> : tensor<5xf64>
    %cst_10 = stablehlo.constant dense<0.0053709145535900636> : tensor<5xf64>
    %cst_11 = stablehlo.constant dense<-1.3654692000834679E-6> : tensor<5xf64>
    %cst_12 = stablehlo.constant dense<1.0103004648645344> : tensor<5xf64>
    %cst_13 = stablehlo.constant dense<-0.0037512085075692412> : tensor<5xf64>
    %cst_14 = stablehlo.constant dense<4.2347877827932404E-7> : tensor<5xf64>
    %cst_15 = stablehlo.constant dense<-1.3871931833623122E-4> : tensor<5xf64>
    %cst_16 = stablehlo.constant dense<0.0024914420961078508> : tensor<5xf64>
    %cst_17 = stablehlo.constant dense<-2.9070369957882005E-8> : tensor<5xf64>
    %cst_18 = stablehlo.constant dense<-2.1503011930044477E-4> : tensor<5xf64>
    %cst_19 = stablehlo.constant dense<-0.0016882755560235047> : tensor<5xf64>
    %cst_20 = stablehlo.constant dense<-4.1126339803469837E-9> : tensor<5xf64>
    %cst_21 = stablehlo.constant dense<7.5995277030017761E-5> : tensor<5xf64>
    %cst_22 = stablehlo.constant dense<9.5328937973738049E-4> : tensor<5xf64>
    %cst_23 = stablehlo.constant dense<1.0512122733215323E-9> : tensor<5xf64>
    %cst_24 = stablehlo.constant dense<-1.9681778105531671E-5> : tensor<5xf64>
    %cst_25 = stablehlo.constant dense<-3.5503752036284748E-4> : tensor<5xf64>
    %cst_26 = stablehlo.constant dense<-5.4154120542946279E-11> : tensor<5xf64>
    %cst_27 = stablehlo.constant dense<4.5260625972231537E-6> : tensor<5xf64>
    %cst_28 = stablehlo.constant dense<2.4031110387097894E-5> : tensor<5xf64>
    %cst_29 = stablehlo.constant dense<-1.2975133253453532E-11> : tensor<5xf64>
    %cst_30 = stablehlo.constant dense<-9.9298272942317003E-7> : tensor<5xf64>
    %cst_31 = stablehlo.constant dense<6.8284851459573175E-5> : tensor<5xf64>
    %cst_32 = stablehlo.constant dense<2.6335093153082323E-12> : tensor<5xf64>
    %cst_33 = stablehlo.constant dense<2.2900482228026655E-7> : tensor<5xf64>
    %cst_34 = stablehlo.constant dense<-4.7318229009055734E-5> : tensor<5xf64>
    %cst_35 = stablehlo.constant dense<-8.1519341976054721E-14> : tensor<5xf64>
    %cst_36 = stablehlo.constant dense<-6.7711997758452339E-8> : tensor<5xf64>
    %cst_37 = stablehlo.constant dense<1.2475304481671779E-5> : tensor<5xf64>
    %cst_38 = stablehlo.constant dense<-4.0545662729752069E-14> : tensor<5xf64>
    %cst_39 = stablehlo.constant dense<2.9147953450901081E-8> : tensor<5xf64>
    %cst_40 = stablehlo.constant dense<2.9234449089955446E-6> : tensor<5xf64>
    %cst_41 = stablehlo.constant dense<6.6376381343583238E-15> : tensor<5xf64>
    %cst_42 = stablehlo.constant dense<-1.496002662714924E-8> : tensor<5xf64>
    %cst_43 = stablehlo.constant dense<-4.013867526981546E-6> : tensor<5xf64>
    %cst_44 = stablehlo.constant dense<2.0972767875968562E-17> : tensor<5xf64>
    %cst_45 = stablehlo.constant dense<7.6157012080783394E-9> : tensor<5xf64>
    %cst_46 = stablehlo.constant dense<1.5027403968909828E-6> : tensor<5xf64>
    %cst_47 = stablehlo.constant dense<-1.3331716628546209E-16> : tensor<5xf64>
    %cst_48 = stablehlo.constant dense<-3.789465440126737E-9> : tensor<5xf64>
    %cst_49 = stablehlo.constant dense<1.8239629214389228E-8> : tensor<5xf64>
    %cst_50 = stablehlo.constant dense<1.1157877678025181E-17> : tensor<5xf64>
    %cst_51 = stablehlo.constant dense<1.5076572693500548E-9> : tensor<5xf64>
    %cst_52 = stablehlo.constant dense<-2.7517406297064545E-7> : tensor<5xf64>
    %cst_53 = stablehlo.constant dense<1.28584807152564E-18> : tensor<5xf64>
    %cst_54 = stablehlo.constant dense<-2.5556418169965252E-10> : tensor<5xf64>
    %cst_55 = stablehlo.constant dense<9.075656193888539E-8> : tensor<5xf64>
    %cst_56 = stablehlo.constant dense<-1.6850591381820166E-19> : tensor<5xf64>
    %cst_57 = stablehlo.constant dense<-2.7109920616438573E-11> : tensor<5xf64>
    %cst_58 = stablehlo.constant dense<2.2137376921775787E-9> : tensor<5xf64>
    %cst_59 = stablehlo.constant dense<-3.6444120640178197E-21> : tensor<5xf64>
    %cst_60 = stablehlo.constant dense<5.000000e+00> : tensor<5xf64>
    %cst_61 = stablehlo.constant dense<3.250000e+00> : tensor<5xf64>
    %cst_62 = stablehlo.constant dense<3.125000e+00> : tensor<5xf64>
    %cst_63 = stablehlo.constant dense<1.600000e+01> : tensor<5xf64>
    %cst_64 = stablehlo.constant dense<6.250000e+00> : tensor<5xf64>
    %cst_65 = stablehlo.constant dense<1.4142135623730951> : tensor<f64>
    %cst_66 = stablehlo.constant dense<-0.99999999999999988> : tensor<f64>
    %cst_67 = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %0 = call @_uniform(%arg0, %arg1, %cst_66, %cst_67) : (tensor<i64>, tensor<2xui32>, tensor<f64>, tensor<f64>) -> tensor<5xf64>
    %1 = stablehlo.negate %0 : tensor<5xf64>
    %2 = stablehlo.multiply %0, %1 : tensor<5xf64>
    %3 = stablehlo.log_plus_one %2 : tensor<5xf64>
    %4 = stablehlo.negate %3 : tensor<5xf64>
    %5 = stablehlo.compare LT, %4, %cst_64 : (tensor<5xf64>, tensor<5xf64>) -> tensor<5xi1>
    %6 = stablehlo.compare LT, %4, %cst_63 : (tensor<5xf64>, tensor<5xf64>) -> tensor<5xi1>
    %7 = stablehlo.sqrt %4 : tensor<5xf64>
    %8 = stablehlo.subtract %4, %cst_62 : tensor<5xf64>
    %9 = stablehlo.select %6, %cst_61, %cst_60 : tensor<5xi1>, tensor<5xf64>
    %10 = stablehlo.subtract %7, %9 : tensor<5xf64>
    %11 = stablehlo.select %5, %8, %10 : tensor<5xi1>, tensor<5xf64>
    %12 = stablehlo.select %5, %cst_59, %cst_58 : tensor<5xi1>, tensor<5xf64>
    %13 = stablehlo.select %6, %12, %cst_57 : tensor<5xi1>, tensor<5xf64>
    %14 = stablehlo.select %5, %cst_56, %cst_55 : tensor<5xi1>, tensor<5xf64>
    %15 = stablehlo.select %6, %14, %cst_54 : tensor<5xi1>, tensor<5xf64>
    %16 = stablehlo.multiply %13, %11 : tensor<5xf64>
    %17 = stablehlo.add %15, %16 : tensor<5xf64>
    %18 = stablehlo.select %5, %cst_53, %cst_52 : tensor<5xi1>, tensor<5xf64>
    %19 = stablehlo.select %6, %18, %cst_51 : tensor<5xi1>, tensor<5xf64>
    %20 = stablehlo.multiply %17, %11 : tensor<5xf64>
    %21 = stablehlo.add %19, %20 : tensor<5xf64>
    %22 = stablehlo.select %5, %cst_50, %cst_49 : tensor<5xi1>, tensor<5xf64>
    %23 = stablehlo.select %6, %22, %cst_48 : tensor<5xi1>, tensor<5xf64>
    %24 = stablehlo.multiply %21, %11 : tensor<5xf64>
    %25 = stablehlo.add %23, %24 : tensor<5xf64>
    %26 = stablehlo.select %5, %cst_47, %cst_46 : tensor<5xi1>, tensor<5xf64>
    %27 = stablehlo.select %6, %26, %cst_45 : tensor<5xi1>, tensor<5xf64>
    %28 = stablehlo.multiply %25, %11 : tensor<5xf64>
    %29 = stablehlo.add %27, %28 : tensor<5xf64>
    %30 = stablehlo.select %5, %cst_44, %cst_43 : tensor<5xi1>, tensor<5xf64>
    %31 = stablehlo.select %6, %30, %cst_42 : tensor<5xi1>, tensor<5xf64>
    %32 = stablehlo.multiply %29, %11 : tensor<5xf64>
    %33 = stablehlo.add %31, %32 : tensor<5xf64>
    %34 = stablehlo.select %5, %cst_41, %cst_40 : tensor<5xi1>, tensor<5xf64>
    %35 = stablehlo.select %6, %34, %cst_39 : tensor<5xi1>, tensor<5xf64>
    %36 = stablehlo.multiply %33, %11 : tensor<5xf64>
    %37 = stablehlo.add %35, %36 : tensor<5xf64>
    %38 = stablehlo.select %5, %cst_38, %cst_37 : tensor<5xi1>, tensor<5xf64>
    %39 = stablehlo.select %6, %38, %cst_36 : tensor<5xi1>, tensor<5xf64>
    %40 = stablehlo.multiply %37, %11 : tensor<5xf64>
    %41 = stablehlo.add %39, %40 : tensor<5xf64>
    %42 = stablehlo.select %5, %cst_35, %cst_34 : tensor<5xi1>, tensor<5xf64>
    %43 = stablehlo.select %6, %42, %cst_33 : tensor<5xi1>, tensor<5xf64>
    %44 = stablehlo.multiply %41, %11 : tensor<5xf64>
    %45 = stablehlo.add %43, %44 : tensor<5xf64>
    %46 = stablehlo.select %5, %cst_32, %cst_31 : tensor<5xi1>, tensor<5xf64>
    %47 = stablehlo.select %6, %46, %cst_30 : tensor<5xi1>, tensor<5xf64>
    %48 = stablehlo.multiply %45, %11 : tensor<5xf64>
    %49 = stablehlo.add %47, %48 : tensor<5xf64>
    %50 = stablehlo.select %5, %cst_29, %cst_28 : tensor<5xi1>, tensor<5xf64>
    %51 = stablehlo.select %6, %50, %cst_27 : tensor<5xi1>, tensor<5xf64>
    %52 = stablehlo.multiply %49, %11 : tensor<5xf64>
    %53 = stablehlo.add %51, %52 : tensor<5xf64>
    %54 = stablehlo.select %5, %cst_26, %cst_25 : tensor<5xi1>, tensor<5xf64>
    %55 = stablehlo.select %6, %54, %cst_24 : tensor<5xi1>, tensor<5xf64>
    %56 = stablehlo.multiply %53, %11 : tensor<5xf64>
    %57 = stablehlo.add %55, %56 : tensor<5xf64>
    %58 = stablehlo.select %5, %cst_23, %cst_22 : tensor<5xi1>, tensor<5xf64>
    %59 = stablehlo.select %6, %58, %cst_21 : tensor<5xi1>, tensor<5xf64>
    %60 = stablehlo.multiply %57, %11 : tensor<5xf64>
    %61 = stablehlo.add %59, %60 : tensor<5xf64>
    %62 = stablehlo.select %5, %cst_20, %cst_19 : tensor<5xi1>, tensor<5xf64>
    %63 = stablehlo.select %6, %62, %cst_18 : tensor<5xi1>, tensor<5xf64>
    %64 = stablehlo.multiply %61, %11 : tensor<5xf64>
    %65 = stablehlo.add %63, %64 : tensor<5xf64>
    %66 = stablehlo.select %5, %cst_17, %cst_16 : tensor<5xi1>, tensor<5xf64>
    %67 = stablehlo.select %6, %66, %cst_15 : tensor<5xi1>, tensor<5xf64>
    %68 = stablehlo.multiply %65, %11 : tensor<5xf64>
    %69 = stablehlo.add %67, %68 : tensor<5xf64>
    %70 = stablehlo.select %5, %cst_14, %cst_13 : tensor<5xi1>, tensor<5xf64>
    %71 = stablehlo.select %6, %70, %cst_12 : tensor<5xi1>, tensor<5xf64>
    %72 = stablehlo.multiply %69, %11 : tensor<5xf64>
    %73 = stablehlo.add %71, %72 : tensor<5xf64>
    %74 = stablehlo.select %5, %cst_11, %cst_10 : tensor<5xi1>, tensor<5xf64>
    %75 = stablehlo.select %6, %74, %cst_9 : tensor<5xi1>, tensor<5xf64>
    %76 = stablehlo.multiply %73, %11 : tensor<5xf64>
    %77 = stablehlo.add %75, %76 : tensor<5xf64>
    %78 = stablehlo.select %5, %cst_8, %cst_7 : tensor<5xi1>, tensor<5xf64>
    %79 = stablehlo.multiply %77, %11 : tensor<5xf64>
    %80 = stablehlo.add %78, %79 : tensor<5xf64>
    %81 = stablehlo.select %6, %80, %77 : tensor<5xi1>, tensor<5xf64>
    %82 = stablehlo.select %5, %cst_6, %cst_5 : tensor<5xi1>, tensor<5xf64>
    %83 = stablehlo.multiply %81, %11 : tensor<5xf64>
    %84 = stablehlo.add %82, %83 : tensor<5xf64>
    %85 = stablehlo.select %6, %84, %81 : tensor<5xi1>, tensor<5xf64>
    %86 = stablehlo.multiply %85, %11 : tensor<5xf64>
    %87 = stablehlo.add %cst_4, %86 : tensor<5xf64>
    %88 = stablehlo.select %5, %87, %85 : tensor<5xi1>, tensor<5xf64>
    %89 = stablehlo.multiply %88, %11 : tensor<5xf64>
    %90 = stablehlo.add %cst_3, %89 : tensor<5xf64>
    %91 = stablehlo.select %5, %90, %88 : tensor<5xi1>, tensor<5xf64>
    %92 = stablehlo.multiply %91, %11 : tensor<5xf64>
    %93 = stablehlo.add %cst_2, %92 : tensor<5xf64>
    %94 = stablehlo.select %5, %93, %91 : tensor<5xi1>, tensor<5xf64>
    %95 = stablehlo.multiply %94, %11 : tensor<5xf64>
    %96 = stablehlo.add %cst_1, %95 : tensor<5xf64>
    %97 = stablehlo.select %5, %96, %94 : tensor<5xi1>, tensor<5xf64>
    %98 = stablehlo.multiply %97, %0 : tensor<5xf64>
    %99 = stablehlo.abs %0 : tensor<5xf64>
    %100 = stablehlo.compare EQ, %99, %cst_0 : (tensor<5xf64>, tensor<5xf64>) -> tensor<5xi1>
    %101 = stablehlo.multiply %0, %cst : tensor<5xf64>
    %102 = stablehlo.select %100, %101, %98 : tensor<5xi1>, tensor<5xf64>
    %103 = stablehlo.broadcast_in_dim %cst_65, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %104 = stablehlo.multiply %103, %102 : tensor<5xf64>
    return %104 : tensor<5xf64>
  }
  func.func private @_uniform(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>, %arg2: tensor<f64>, %arg3: tensor<f64>) -> tensor<5xf64> {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f64>
    %c = stablehlo.constant dense<4607182418800017408> : tensor<ui64>
    %c_0 = stablehlo.constant dense<12> : tensor<ui64>
    %c_1 = stablehlo.constant dense<32> : tensor<ui64>
    %c_2 = stablehlo.constant dense<1> : tensor<ui64>
    %0 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<f64>) -> tensor<1xf64>
    %1 = stablehlo.broadcast_in_dim %arg3, dims = [] : (tensor<f64>) -> tensor<1xf64>
    %2 = stablehlo.slice %arg1 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %3 = stablehlo.reshape %2 : (tensor<1xui32>) -> tensor<ui32>
    %4 = stablehlo.slice %arg1 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %5 = stablehlo.reshape %4 : (tensor<1xui32>) -> tensor<ui32>
    %6 = stablehlo.iota dim = 0 : tensor<5xui64>
    %7 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %8 = stablehlo.multiply %7, %6 : tensor<5xui64>
    %9 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %10 = stablehlo.shift_right_logical %8, %9 : tensor<5xui64>
    %11 = stablehlo.convert %8 : (tensor<5xui64>) -> tensor<5xui32>
    %12 = stablehlo.convert %10 : (tensor<5xui64>) -> tensor<5xui32>
    %13:2 = call @threefry2x32(%arg0, %3, %5, %12, %11) : (tensor<i64>, tensor<ui32>, tensor<ui32>, tensor<5xui32>, tensor<5xui32>) -> (tensor<5xui32>, tensor<5xui32>)
    %14 = stablehlo.convert %13#0 : (tensor<5xui32>) -> tensor<5xui64>
    %15 = stablehlo.convert %13#1 : (tensor<5xui32>) -> tensor<5xui64>
    %16 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %17 = stablehlo.shift_left %14, %16 : tensor<5xui64>
    %18 = stablehlo.or %17, %15 : tensor<5xui64>
    %19 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %20 = stablehlo.shift_right_logical %18, %19 : tensor<5xui64>
    %21 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %22 = stablehlo.or %20, %21 : tensor<5xui64>
    %23 = stablehlo.bitcast_convert %22 : (tensor<5xui64>) -> tensor<5xf64>
    %24 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f64>) -> tensor<5xf64>
    %25 = stablehlo.subtract %23, %24 : tensor<5xf64>
    %26 = stablehlo.subtract %1, %0 : tensor<1xf64>
    %27 = stablehlo.broadcast_in_dim %26, dims = [0] : (tensor<1xf64>) -> tensor<5xf64>
    %28 = stablehlo.multiply %25, %27 : tensor<5xf64>
    %29 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<1xf64>) -> tensor<5xf64>
    %30 = stablehlo.add %28, %29 : tensor<5xf64>
    %31 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<1xf64>) -> tensor<5xf64>
    %32 = stablehlo.maximum %31, %30 : tensor<5xf64>
    return %32 : tensor<5xf64>
  }
  func.func private @threefry2x32(%arg0: tensor<i64>, %arg1: tensor<ui32>, %arg2: tensor<ui32>, %arg3: tensor<5xui32>, %arg4: tensor<5xui32>) -> (tensor<5xui32>, tensor<5xui32>) {
    %c = stablehlo.constant dense<5> : tensor<ui32>
    %c_0 = stablehlo.constant dense<4> : tensor<ui32>
    %c_1 = stablehlo.constant dense<2> : tensor<ui32>
    %c_2 = stablehlo.constant dense<8> : tensor<ui32>
    %c_3 = stablehlo.constant dense<24> : tensor<ui32>
    %c_4 = stablehlo.constant dense<16> : tensor<ui32>
    %c_5 = stablehlo.constant dense<3> : tensor<ui32>
    %c_6 = stablehlo.constant dense<29> : tensor<ui32>
    %c_7 = stablehlo.constant dense<1> : tensor<ui32>
    %c_8 = stablehlo.constant dense<6> : tensor<ui32>
    %c_9 = stablehlo.constant dense<26> : tensor<ui32>
    %c_10 = stablehlo.constant dense<17> : tensor<ui32>
    %c_11 = stablehlo.constant dense<15> : tensor<ui32>
    %c_12 = stablehlo.constant dense<19> : tensor<ui32>
    %c_13 = stablehlo.constant dense<13> : tensor<ui32>
    %c_14 = stablehlo.constant dense<1> : tensor<i64>
    %c_15 = stablehlo.constant dense<5> : tensor<i64>
    %c_16 = stablehlo.constant dense<0> : tensor<i64>
    %c_17 = stablehlo.constant dense<466688986> : tensor<ui32>
    %c_18 = stablehlo.constant dense<[17, 29, 16, 24]> : tensor<4xui32>
    %c_19 = stablehlo.constant dense<[13, 15, 26, 6]> : tensor<4xui32>
    %c_20 = stablehlo.constant dense<2> : tensor<i32>
    %c_21 = stablehlo.constant dense<1> : tensor<i32>
    %c_22 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_22 : tensor<i32>
    }, {
      stablehlo.return %c_21 : tensor<i32>
    }, {
      stablehlo.return %c_20 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2:2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<5xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<5xui32>
      %9:9 = stablehlo.while(%iterArg = %c_16, %iterArg_23 = %c_16, %iterArg_24 = %6, %iterArg_25 = %8, %iterArg_26 = %arg2, %iterArg_27 = %4, %iterArg_28 = %arg1, %iterArg_29 = %c_19, %iterArg_30 = %c_18) : tensor<i64>, tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      cond {
        %10 = stablehlo.compare LT, %iterArg, %c_15, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
        stablehlo.return %10 : tensor<i1>
      } do {
        %10:8 = func.call @closed_call(%arg0, %iterArg_23, %iterArg_24, %iterArg_25, %iterArg_26, %iterArg_27, %iterArg_28, %iterArg_29, %iterArg_30) : (tensor<i64>, tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) -> (tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>)
        %11 = stablehlo.add %iterArg, %c_14 : tensor<i64>
        stablehlo.return %11, %10#0, %10#1, %10#2, %10#3, %10#4, %10#5, %10#6, %10#7 : tensor<i64>, tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      }
      stablehlo.return %9#2, %9#3 : tensor<5xui32>, tensor<5xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<5xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<5xui32>
      %9 = stablehlo.add %6, %8 : tensor<5xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<5xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<5xui32>
      %14 = stablehlo.or %11, %13 : tensor<5xui32>
      %15 = stablehlo.xor %9, %14 : tensor<5xui32>
      %16 = stablehlo.add %9, %15 : tensor<5xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<5xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<5xui32>
      %21 = stablehlo.or %18, %20 : tensor<5xui32>
      %22 = stablehlo.xor %16, %21 : tensor<5xui32>
      %23 = stablehlo.add %16, %22 : tensor<5xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<5xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<5xui32>
      %28 = stablehlo.or %25, %27 : tensor<5xui32>
      %29 = stablehlo.xor %23, %28 : tensor<5xui32>
      %30 = stablehlo.add %23, %29 : tensor<5xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<5xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<5xui32>
      %35 = stablehlo.or %32, %34 : tensor<5xui32>
      %36 = stablehlo.xor %30, %35 : tensor<5xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %38 = stablehlo.add %30, %37 : tensor<5xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %40 = stablehlo.add %36, %39 : tensor<5xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %42 = stablehlo.add %40, %41 : tensor<5xui32>
      %43 = stablehlo.add %38, %42 : tensor<5xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<5xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<5xui32>
      %48 = stablehlo.or %45, %47 : tensor<5xui32>
      %49 = stablehlo.xor %43, %48 : tensor<5xui32>
      %50 = stablehlo.add %43, %49 : tensor<5xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<5xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<5xui32>
      %55 = stablehlo.or %52, %54 : tensor<5xui32>
      %56 = stablehlo.xor %50, %55 : tensor<5xui32>
      %57 = stablehlo.add %50, %56 : tensor<5xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<5xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<5xui32>
      %62 = stablehlo.or %59, %61 : tensor<5xui32>
      %63 = stablehlo.xor %57, %62 : tensor<5xui32>
      %64 = stablehlo.add %57, %63 : tensor<5xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<5xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<5xui32>
      %69 = stablehlo.or %66, %68 : tensor<5xui32>
      %70 = stablehlo.xor %64, %69 : tensor<5xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %72 = stablehlo.add %64, %71 : tensor<5xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %74 = stablehlo.add %70, %73 : tensor<5xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %76 = stablehlo.add %74, %75 : tensor<5xui32>
      %77 = stablehlo.add %72, %76 : tensor<5xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<5xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<5xui32>
      %82 = stablehlo.or %79, %81 : tensor<5xui32>
      %83 = stablehlo.xor %77, %82 : tensor<5xui32>
      %84 = stablehlo.add %77, %83 : tensor<5xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<5xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<5xui32>
      %89 = stablehlo.or %86, %88 : tensor<5xui32>
      %90 = stablehlo.xor %84, %89 : tensor<5xui32>
      %91 = stablehlo.add %84, %90 : tensor<5xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<5xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<5xui32>
      %96 = stablehlo.or %93, %95 : tensor<5xui32>
      %97 = stablehlo.xor %91, %96 : tensor<5xui32>
      %98 = stablehlo.add %91, %97 : tensor<5xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<5xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<5xui32>
      %103 = stablehlo.or %100, %102 : tensor<5xui32>
      %104 = stablehlo.xor %98, %103 : tensor<5xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %106 = stablehlo.add %98, %105 : tensor<5xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %108 = stablehlo.add %104, %107 : tensor<5xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %110 = stablehlo.add %108, %109 : tensor<5xui32>
      %111 = stablehlo.add %106, %110 : tensor<5xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<5xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<5xui32>
      %116 = stablehlo.or %113, %115 : tensor<5xui32>
      %117 = stablehlo.xor %111, %116 : tensor<5xui32>
      %118 = stablehlo.add %111, %117 : tensor<5xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<5xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<5xui32>
      %123 = stablehlo.or %120, %122 : tensor<5xui32>
      %124 = stablehlo.xor %118, %123 : tensor<5xui32>
      %125 = stablehlo.add %118, %124 : tensor<5xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<5xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<5xui32>
      %130 = stablehlo.or %127, %129 : tensor<5xui32>
      %131 = stablehlo.xor %125, %130 : tensor<5xui32>
      %132 = stablehlo.add %125, %131 : tensor<5xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<5xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<5xui32>
      %137 = stablehlo.or %134, %136 : tensor<5xui32>
      %138 = stablehlo.xor %132, %137 : tensor<5xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %140 = stablehlo.add %132, %139 : tensor<5xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %142 = stablehlo.add %138, %141 : tensor<5xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %144 = stablehlo.add %142, %143 : tensor<5xui32>
      %145 = stablehlo.add %140, %144 : tensor<5xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<5xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<5xui32>
      %150 = stablehlo.or %147, %149 : tensor<5xui32>
      %151 = stablehlo.xor %145, %150 : tensor<5xui32>
      %152 = stablehlo.add %145, %151 : tensor<5xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<5xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<5xui32>
      %157 = stablehlo.or %154, %156 : tensor<5xui32>
      %158 = stablehlo.xor %152, %157 : tensor<5xui32>
      %159 = stablehlo.add %152, %158 : tensor<5xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<5xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<5xui32>
      %164 = stablehlo.or %161, %163 : tensor<5xui32>
      %165 = stablehlo.xor %159, %164 : tensor<5xui32>
      %166 = stablehlo.add %159, %165 : tensor<5xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<5xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<5xui32>
      %171 = stablehlo.or %168, %170 : tensor<5xui32>
      %172 = stablehlo.xor %166, %171 : tensor<5xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %174 = stablehlo.add %166, %173 : tensor<5xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %176 = stablehlo.add %172, %175 : tensor<5xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %178 = stablehlo.add %176, %177 : tensor<5xui32>
      stablehlo.return %174, %178 : tensor<5xui32>, tensor<5xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<5xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<5xui32>
      %9 = stablehlo.add %6, %8 : tensor<5xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<5xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<5xui32>
      %14 = stablehlo.or %11, %13 : tensor<5xui32>
      %15 = stablehlo.xor %9, %14 : tensor<5xui32>
      %16 = stablehlo.add %9, %15 : tensor<5xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<5xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<5xui32>
      %21 = stablehlo.or %18, %20 : tensor<5xui32>
      %22 = stablehlo.xor %16, %21 : tensor<5xui32>
      %23 = stablehlo.add %16, %22 : tensor<5xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<5xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<5xui32>
      %28 = stablehlo.or %25, %27 : tensor<5xui32>
      %29 = stablehlo.xor %23, %28 : tensor<5xui32>
      %30 = stablehlo.add %23, %29 : tensor<5xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<5xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<5xui32>
      %35 = stablehlo.or %32, %34 : tensor<5xui32>
      %36 = stablehlo.xor %30, %35 : tensor<5xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %38 = stablehlo.add %30, %37 : tensor<5xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %40 = stablehlo.add %36, %39 : tensor<5xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %42 = stablehlo.add %40, %41 : tensor<5xui32>
      %43 = stablehlo.add %38, %42 : tensor<5xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<5xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<5xui32>
      %48 = stablehlo.or %45, %47 : tensor<5xui32>
      %49 = stablehlo.xor %43, %48 : tensor<5xui32>
      %50 = stablehlo.add %43, %49 : tensor<5xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<5xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<5xui32>
      %55 = stablehlo.or %52, %54 : tensor<5xui32>
      %56 = stablehlo.xor %50, %55 : tensor<5xui32>
      %57 = stablehlo.add %50, %56 : tensor<5xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<5xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<5xui32>
      %62 = stablehlo.or %59, %61 : tensor<5xui32>
      %63 = stablehlo.xor %57, %62 : tensor<5xui32>
      %64 = stablehlo.add %57, %63 : tensor<5xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<5xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<5xui32>
      %69 = stablehlo.or %66, %68 : tensor<5xui32>
      %70 = stablehlo.xor %64, %69 : tensor<5xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %72 = stablehlo.add %64, %71 : tensor<5xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %74 = stablehlo.add %70, %73 : tensor<5xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %76 = stablehlo.add %74, %75 : tensor<5xui32>
      %77 = stablehlo.add %72, %76 : tensor<5xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<5xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<5xui32>
      %82 = stablehlo.or %79, %81 : tensor<5xui32>
      %83 = stablehlo.xor %77, %82 : tensor<5xui32>
      %84 = stablehlo.add %77, %83 : tensor<5xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<5xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<5xui32>
      %89 = stablehlo.or %86, %88 : tensor<5xui32>
      %90 = stablehlo.xor %84, %89 : tensor<5xui32>
      %91 = stablehlo.add %84, %90 : tensor<5xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<5xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<5xui32>
      %96 = stablehlo.or %93, %95 : tensor<5xui32>
      %97 = stablehlo.xor %91, %96 : tensor<5xui32>
      %98 = stablehlo.add %91, %97 : tensor<5xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<5xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<5xui32>
      %103 = stablehlo.or %100, %102 : tensor<5xui32>
      %104 = stablehlo.xor %98, %103 : tensor<5xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %106 = stablehlo.add %98, %105 : tensor<5xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %108 = stablehlo.add %104, %107 : tensor<5xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %110 = stablehlo.add %108, %109 : tensor<5xui32>
      %111 = stablehlo.add %106, %110 : tensor<5xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<5xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<5xui32>
      %116 = stablehlo.or %113, %115 : tensor<5xui32>
      %117 = stablehlo.xor %111, %116 : tensor<5xui32>
      %118 = stablehlo.add %111, %117 : tensor<5xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<5xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<5xui32>
      %123 = stablehlo.or %120, %122 : tensor<5xui32>
      %124 = stablehlo.xor %118, %123 : tensor<5xui32>
      %125 = stablehlo.add %118, %124 : tensor<5xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<5xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<5xui32>
      %130 = stablehlo.or %127, %129 : tensor<5xui32>
      %131 = stablehlo.xor %125, %130 : tensor<5xui32>
      %132 = stablehlo.add %125, %131 : tensor<5xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<5xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<5xui32>
      %137 = stablehlo.or %134, %136 : tensor<5xui32>
      %138 = stablehlo.xor %132, %137 : tensor<5xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %140 = stablehlo.add %132, %139 : tensor<5xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %142 = stablehlo.add %138, %141 : tensor<5xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %144 = stablehlo.add %142, %143 : tensor<5xui32>
      %145 = stablehlo.add %140, %144 : tensor<5xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<5xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<5xui32>
      %150 = stablehlo.or %147, %149 : tensor<5xui32>
      %151 = stablehlo.xor %145, %150 : tensor<5xui32>
      %152 = stablehlo.add %145, %151 : tensor<5xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<5xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<5xui32>
      %157 = stablehlo.or %154, %156 : tensor<5xui32>
      %158 = stablehlo.xor %152, %157 : tensor<5xui32>
      %159 = stablehlo.add %152, %158 : tensor<5xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<5xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<5xui32>
      %164 = stablehlo.or %161, %163 : tensor<5xui32>
      %165 = stablehlo.xor %159, %164 : tensor<5xui32>
      %166 = stablehlo.add %159, %165 : tensor<5xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<5xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<5xui32>
      %171 = stablehlo.or %168, %170 : tensor<5xui32>
      %172 = stablehlo.xor %166, %171 : tensor<5xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %174 = stablehlo.add %166, %173 : tensor<5xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %176 = stablehlo.add %172, %175 : tensor<5xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<5xui32>
      %178 = stablehlo.add %176, %177 : tensor<5xui32>
      stablehlo.return %174, %178 : tensor<5xui32>, tensor<5xui32>
    }) : (tensor<i32>) -> (tensor<5xui32>, tensor<5xui32>)
    return %2#0, %2#1 : tensor<5xui32>, tensor<5xui32>
  }
  func.func private @closed_call(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<5xui32>, %arg3: tensor<5xui32>, %arg4: tensor<ui32>, %arg5: tensor<ui32>, %arg6: tensor<ui32>, %arg7: tensor<4xui32>, %arg8: tensor<4xui32>) -> (tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) {
    %c = stablehlo.constant dense<32> : tensor<ui32>
    %c_0 = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %1 = stablehlo.slice %arg7 [0:1] : (tensor<4xui32>) -> tensor<1xui32>
    %2 = stablehlo.reshape %1 : (tensor<1xui32>) -> tensor<ui32>
    %3 = stablehlo.add %arg2, %arg3 : tensor<5xui32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %5 = stablehlo.shift_left %arg3, %4 : tensor<5xui32>
    %6 = stablehlo.subtract %c, %2 : tensor<ui32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %8 = stablehlo.shift_right_logical %arg3, %7 : tensor<5xui32>
    %9 = stablehlo.or %5, %8 : tensor<5xui32>
    %10 = stablehlo.xor %3, %9 : tensor<5xui32>
    %11 = stablehlo.slice %arg7 [1:2] : (tensor<4xui32>) -> tensor<1xui32>
    %12 = stablehlo.reshape %11 : (tensor<1xui32>) -> tensor<ui32>
    %13 = stablehlo.add %3, %10 : tensor<5xui32>
    %14 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %15 = stablehlo.shift_left %10, %14 : tensor<5xui32>
    %16 = stablehlo.subtract %c, %12 : tensor<ui32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %18 = stablehlo.shift_right_logical %10, %17 : tensor<5xui32>
    %19 = stablehlo.or %15, %18 : tensor<5xui32>
    %20 = stablehlo.xor %13, %19 : tensor<5xui32>
    %21 = stablehlo.slice %arg7 [2:3] : (tensor<4xui32>) -> tensor<1xui32>
    %22 = stablehlo.reshape %21 : (tensor<1xui32>) -> tensor<ui32>
    %23 = stablehlo.add %13, %20 : tensor<5xui32>
    %24 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %25 = stablehlo.shift_left %20, %24 : tensor<5xui32>
    %26 = stablehlo.subtract %c, %22 : tensor<ui32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %28 = stablehlo.shift_right_logical %20, %27 : tensor<5xui32>
    %29 = stablehlo.or %25, %28 : tensor<5xui32>
    %30 = stablehlo.xor %23, %29 : tensor<5xui32>
    %31 = stablehlo.slice %arg7 [3:4] : (tensor<4xui32>) -> tensor<1xui32>
    %32 = stablehlo.reshape %31 : (tensor<1xui32>) -> tensor<ui32>
    %33 = stablehlo.add %23, %30 : tensor<5xui32>
    %34 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %35 = stablehlo.shift_left %30, %34 : tensor<5xui32>
    %36 = stablehlo.subtract %c, %32 : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %38 = stablehlo.shift_right_logical %30, %37 : tensor<5xui32>
    %39 = stablehlo.or %35, %38 : tensor<5xui32>
    %40 = stablehlo.xor %33, %39 : tensor<5xui32>
    %41 = stablehlo.broadcast_in_dim %arg4, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %42 = stablehlo.add %33, %41 : tensor<5xui32>
    %43 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %44 = stablehlo.add %40, %43 : tensor<5xui32>
    %45 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %46 = stablehlo.convert %45 : (tensor<i64>) -> tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %48 = stablehlo.add %44, %47 : tensor<5xui32>
    return %0, %42, %48, %arg5, %arg6, %arg4, %arg8, %arg7 : tensor<i64>, tensor<5xui32>, tensor<5xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
  }
  func.func private @_randint(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>, %arg2: tensor<i64>, %arg3: tensor<i64>) -> tensor<3xi64> {
    %c = stablehlo.constant dense<4294967296> : tensor<ui64>
    %c_0 = stablehlo.constant dense<32> : tensor<ui64>
    %c_1 = stablehlo.constant dense<1> : tensor<ui64>
    %c_2 = stablehlo.constant dense<9223372036854775807> : tensor<i64>
    %c_3 = stablehlo.constant dense<-9223372036854775808> : tensor<i64>
    %0 = call @clip(%arg0, %c_2, %c_3, %c_2) : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<i64>
    %1 = stablehlo.compare GT, %arg3, %0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
    %2 = call @clip_0(%arg0, %arg2, %c_3, %c_2) : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<i64>
    %3 = stablehlo.convert %2 : tensor<i64>
    %4 = call @clip_0(%arg0, %arg3, %c_3, %c_2) : (tensor<i64>, tensor<i64>, tensor<i64>, tensor<i64>) -> tensor<i64>
    %5 = stablehlo.convert %4 : tensor<i64>
    %6 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<i64>) -> tensor<1xi64>
    %7 = stablehlo.broadcast_in_dim %5, dims = [] : (tensor<i64>) -> tensor<1xi64>
    %8 = call @_threefry_split(%arg0, %arg1) : (tensor<i64>, tensor<2xui32>) -> tensor<2x2xui32>
    %9 = stablehlo.slice %8 [0:1, 0:2] : (tensor<2x2xui32>) -> tensor<1x2xui32>
    %10 = stablehlo.reshape %9 : (tensor<1x2xui32>) -> tensor<2xui32>
    %11 = stablehlo.slice %8 [1:2, 0:2] : (tensor<2x2xui32>) -> tensor<1x2xui32>
    %12 = stablehlo.reshape %11 : (tensor<1x2xui32>) -> tensor<2xui32>
    %13 = stablehlo.slice %10 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %14 = stablehlo.reshape %13 : (tensor<1xui32>) -> tensor<ui32>
    %15 = stablehlo.slice %10 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %16 = stablehlo.reshape %15 : (tensor<1xui32>) -> tensor<ui32>
    %17 = stablehlo.iota dim = 0 : tensor<3xui64>
    %18 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %19 = stablehlo.multiply %18, %17 : tensor<3xui64>
    %20 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %21 = stablehlo.shift_right_logical %19, %20 : tensor<3xui64>
    %22 = stablehlo.convert %19 : (tensor<3xui64>) -> tensor<3xui32>
    %23 = stablehlo.convert %21 : (tensor<3xui64>) -> tensor<3xui32>
    %24:2 = call @threefry2x32_3(%arg0, %14, %16, %23, %22) : (tensor<i64>, tensor<ui32>, tensor<ui32>, tensor<3xui32>, tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>)
    %25 = stablehlo.convert %24#0 : (tensor<3xui32>) -> tensor<3xui64>
    %26 = stablehlo.convert %24#1 : (tensor<3xui32>) -> tensor<3xui64>
    %27 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %28 = stablehlo.shift_left %25, %27 : tensor<3xui64>
    %29 = stablehlo.or %28, %26 : tensor<3xui64>
    %30 = stablehlo.slice %12 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %31 = stablehlo.reshape %30 : (tensor<1xui32>) -> tensor<ui32>
    %32 = stablehlo.slice %12 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %33 = stablehlo.reshape %32 : (tensor<1xui32>) -> tensor<ui32>
    %34 = stablehlo.iota dim = 0 : tensor<3xui64>
    %35 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %36 = stablehlo.multiply %35, %34 : tensor<3xui64>
    %37 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %38 = stablehlo.shift_right_logical %36, %37 : tensor<3xui64>
    %39 = stablehlo.convert %36 : (tensor<3xui64>) -> tensor<3xui32>
    %40 = stablehlo.convert %38 : (tensor<3xui64>) -> tensor<3xui32>
    %41:2 = call @threefry2x32_3(%arg0, %31, %33, %40, %39) : (tensor<i64>, tensor<ui32>, tensor<ui32>, tensor<3xui32>, tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>)
    %42 = stablehlo.convert %41#0 : (tensor<3xui32>) -> tensor<3xui64>
    %43 = stablehlo.convert %41#1 : (tensor<3xui32>) -> tensor<3xui64>
    %44 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<3xui64>
    %45 = stablehlo.shift_left %42, %44 : tensor<3xui64>
    %46 = stablehlo.or %45, %43 : tensor<3xui64>
    %47 = stablehlo.subtract %7, %6 : tensor<1xi64>
    %48 = stablehlo.convert %47 : (tensor<1xi64>) -> tensor<1xui64>
    %49 = stablehlo.compare LE, %7, %6, SIGNED : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi1>
    %50 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<1xui64>
    %51 = stablehlo.select %49, %50, %48 : tensor<1xi1>, tensor<1xui64>
    %52 = stablehlo.compare GT, %7, %6, SIGNED : (tensor<1xi64>, tensor<1xi64>) -> tensor<1xi1>
    %53 = stablehlo.broadcast_in_dim %1, dims = [] : (tensor<i1>) -> tensor<1xi1>
    %54 = stablehlo.and %53, %52 : tensor<1xi1>
    %55 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui64>) -> tensor<1xui64>
    %56 = stablehlo.add %51, %55 : tensor<1xui64>
    %57 = stablehlo.select %54, %56, %51 : tensor<1xi1>, tensor<1xui64>
    %58 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui64>) -> tensor<1xui64>
    %59 = stablehlo.remainder %58, %57 : tensor<1xui64>
    %60 = stablehlo.multiply %59, %59 : tensor<1xui64>
    %61 = stablehlo.remainder %60, %57 : tensor<1xui64>
    %62 = stablehlo.broadcast_in_dim %57, dims = [0] : (tensor<1xui64>) -> tensor<3xui64>
    %63 = stablehlo.remainder %29, %62 : tensor<3xui64>
    %64 = stablehlo.broadcast_in_dim %61, dims = [0] : (tensor<1xui64>) -> tensor<3xui64>
    %65 = stablehlo.multiply %63, %64 : tensor<3xui64>
    %66 = stablehlo.broadcast_in_dim %57, dims = [0] : (tensor<1xui64>) -> tensor<3xui64>
    %67 = stablehlo.remainder %46, %66 : tensor<3xui64>
    %68 = stablehlo.add %65, %67 : tensor<3xui64>
    %69 = stablehlo.broadcast_in_dim %57, dims = [0] : (tensor<1xui64>) -> tensor<3xui64>
    %70 = stablehlo.remainder %68, %69 : tensor<3xui64>
    %71 = stablehlo.convert %70 : (tensor<3xui64>) -> tensor<3xi64>
    %72 = stablehlo.broadcast_in_dim %6, dims = [0] : (tensor<1xi64>) -> tensor<3xi64>
    %73 = stablehlo.add %72, %71 : tensor<3xi64>
    return %73 : tensor<3xi64>
  }
  func.func private @clip(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<i64>, %arg3: tensor<i64>) -> tensor<i64> {
    %0 = stablehlo.maximum %arg2, %arg1 : tensor<i64>
    %1 = stablehlo.minimum %arg3, %0 : tensor<i64>
    return %1 : tensor<i64>
  }
  func.func private @clip_0(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<i64>, %arg3: tensor<i64>) -> tensor<i64> {
    %0 = stablehlo.maximum %arg2, %arg1 : tensor<i64>
    %1 = stablehlo.minimum %arg3, %0 : tensor<i64>
    return %1 : tensor<i64>
  }
  func.func private @_threefry_split(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<2xui32>) -> tensor<2x2xui32> {
    %c = stablehlo.constant dense<32> : tensor<ui64>
    %c_0 = stablehlo.constant dense<1> : tensor<ui64>
    %0 = stablehlo.slice %arg1 [0:1] : (tensor<2xui32>) -> tensor<1xui32>
    %1 = stablehlo.reshape %0 : (tensor<1xui32>) -> tensor<ui32>
    %2 = stablehlo.slice %arg1 [1:2] : (tensor<2xui32>) -> tensor<1xui32>
    %3 = stablehlo.reshape %2 : (tensor<1xui32>) -> tensor<ui32>
    %4 = stablehlo.iota dim = 0 : tensor<2xui64>
    %5 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %6 = stablehlo.multiply %5, %4 : tensor<2xui64>
    %7 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui64>) -> tensor<2xui64>
    %8 = stablehlo.shift_right_logical %6, %7 : tensor<2xui64>
    %9 = stablehlo.convert %6 : (tensor<2xui64>) -> tensor<2xui32>
    %10 = stablehlo.convert %8 : (tensor<2xui64>) -> tensor<2xui32>
    %11:2 = call @threefry2x32_1(%arg0, %1, %3, %10, %9) : (tensor<i64>, tensor<ui32>, tensor<ui32>, tensor<2xui32>, tensor<2xui32>) -> (tensor<2xui32>, tensor<2xui32>)
    %12 = stablehlo.broadcast_in_dim %11#0, dims = [0] : (tensor<2xui32>) -> tensor<2x1xui32>
    %13 = stablehlo.broadcast_in_dim %11#1, dims = [0] : (tensor<2xui32>) -> tensor<2x1xui32>
    %14 = stablehlo.concatenate %12, %13, dim = 1 : (tensor<2x1xui32>, tensor<2x1xui32>) -> tensor<2x2xui32>
    return %14 : tensor<2x2xui32>
  }
  func.func private @threefry2x32_1(%arg0: tensor<i64>, %arg1: tensor<ui32>, %arg2: tensor<ui32>, %arg3: tensor<2xui32>, %arg4: tensor<2xui32>) -> (tensor<2xui32>, tensor<2xui32>) {
    %c = stablehlo.constant dense<5> : tensor<ui32>
    %c_0 = stablehlo.constant dense<4> : tensor<ui32>
    %c_1 = stablehlo.constant dense<2> : tensor<ui32>
    %c_2 = stablehlo.constant dense<8> : tensor<ui32>
    %c_3 = stablehlo.constant dense<24> : tensor<ui32>
    %c_4 = stablehlo.constant dense<16> : tensor<ui32>
    %c_5 = stablehlo.constant dense<3> : tensor<ui32>
    %c_6 = stablehlo.constant dense<29> : tensor<ui32>
    %c_7 = stablehlo.constant dense<1> : tensor<ui32>
    %c_8 = stablehlo.constant dense<6> : tensor<ui32>
    %c_9 = stablehlo.constant dense<26> : tensor<ui32>
    %c_10 = stablehlo.constant dense<17> : tensor<ui32>
    %c_11 = stablehlo.constant dense<15> : tensor<ui32>
    %c_12 = stablehlo.constant dense<19> : tensor<ui32>
    %c_13 = stablehlo.constant dense<13> : tensor<ui32>
    %c_14 = stablehlo.constant dense<1> : tensor<i64>
    %c_15 = stablehlo.constant dense<5> : tensor<i64>
    %c_16 = stablehlo.constant dense<0> : tensor<i64>
    %c_17 = stablehlo.constant dense<466688986> : tensor<ui32>
    %c_18 = stablehlo.constant dense<[17, 29, 16, 24]> : tensor<4xui32>
    %c_19 = stablehlo.constant dense<[13, 15, 26, 6]> : tensor<4xui32>
    %c_20 = stablehlo.constant dense<2> : tensor<i32>
    %c_21 = stablehlo.constant dense<1> : tensor<i32>
    %c_22 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_22 : tensor<i32>
    }, {
      stablehlo.return %c_21 : tensor<i32>
    }, {
      stablehlo.return %c_20 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2:2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<2xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<2xui32>
      %9:9 = stablehlo.while(%iterArg = %c_16, %iterArg_23 = %c_16, %iterArg_24 = %6, %iterArg_25 = %8, %iterArg_26 = %arg2, %iterArg_27 = %4, %iterArg_28 = %arg1, %iterArg_29 = %c_19, %iterArg_30 = %c_18) : tensor<i64>, tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      cond {
        %10 = stablehlo.compare LT, %iterArg, %c_15, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
        stablehlo.return %10 : tensor<i1>
      } do {
        %10:8 = func.call @closed_call_2(%arg0, %iterArg_23, %iterArg_24, %iterArg_25, %iterArg_26, %iterArg_27, %iterArg_28, %iterArg_29, %iterArg_30) : (tensor<i64>, tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) -> (tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>)
        %11 = stablehlo.add %iterArg, %c_14 : tensor<i64>
        stablehlo.return %11, %10#0, %10#1, %10#2, %10#3, %10#4, %10#5, %10#6, %10#7 : tensor<i64>, tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      }
      stablehlo.return %9#2, %9#3 : tensor<2xui32>, tensor<2xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<2xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<2xui32>
      %9 = stablehlo.add %6, %8 : tensor<2xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<2xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<2xui32>
      %14 = stablehlo.or %11, %13 : tensor<2xui32>
      %15 = stablehlo.xor %9, %14 : tensor<2xui32>
      %16 = stablehlo.add %9, %15 : tensor<2xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<2xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<2xui32>
      %21 = stablehlo.or %18, %20 : tensor<2xui32>
      %22 = stablehlo.xor %16, %21 : tensor<2xui32>
      %23 = stablehlo.add %16, %22 : tensor<2xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<2xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<2xui32>
      %28 = stablehlo.or %25, %27 : tensor<2xui32>
      %29 = stablehlo.xor %23, %28 : tensor<2xui32>
      %30 = stablehlo.add %23, %29 : tensor<2xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<2xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<2xui32>
      %35 = stablehlo.or %32, %34 : tensor<2xui32>
      %36 = stablehlo.xor %30, %35 : tensor<2xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %38 = stablehlo.add %30, %37 : tensor<2xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %40 = stablehlo.add %36, %39 : tensor<2xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %42 = stablehlo.add %40, %41 : tensor<2xui32>
      %43 = stablehlo.add %38, %42 : tensor<2xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<2xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<2xui32>
      %48 = stablehlo.or %45, %47 : tensor<2xui32>
      %49 = stablehlo.xor %43, %48 : tensor<2xui32>
      %50 = stablehlo.add %43, %49 : tensor<2xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<2xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<2xui32>
      %55 = stablehlo.or %52, %54 : tensor<2xui32>
      %56 = stablehlo.xor %50, %55 : tensor<2xui32>
      %57 = stablehlo.add %50, %56 : tensor<2xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<2xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<2xui32>
      %62 = stablehlo.or %59, %61 : tensor<2xui32>
      %63 = stablehlo.xor %57, %62 : tensor<2xui32>
      %64 = stablehlo.add %57, %63 : tensor<2xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<2xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<2xui32>
      %69 = stablehlo.or %66, %68 : tensor<2xui32>
      %70 = stablehlo.xor %64, %69 : tensor<2xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %72 = stablehlo.add %64, %71 : tensor<2xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %74 = stablehlo.add %70, %73 : tensor<2xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %76 = stablehlo.add %74, %75 : tensor<2xui32>
      %77 = stablehlo.add %72, %76 : tensor<2xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<2xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<2xui32>
      %82 = stablehlo.or %79, %81 : tensor<2xui32>
      %83 = stablehlo.xor %77, %82 : tensor<2xui32>
      %84 = stablehlo.add %77, %83 : tensor<2xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<2xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<2xui32>
      %89 = stablehlo.or %86, %88 : tensor<2xui32>
      %90 = stablehlo.xor %84, %89 : tensor<2xui32>
      %91 = stablehlo.add %84, %90 : tensor<2xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<2xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<2xui32>
      %96 = stablehlo.or %93, %95 : tensor<2xui32>
      %97 = stablehlo.xor %91, %96 : tensor<2xui32>
      %98 = stablehlo.add %91, %97 : tensor<2xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<2xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<2xui32>
      %103 = stablehlo.or %100, %102 : tensor<2xui32>
      %104 = stablehlo.xor %98, %103 : tensor<2xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %106 = stablehlo.add %98, %105 : tensor<2xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %108 = stablehlo.add %104, %107 : tensor<2xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %110 = stablehlo.add %108, %109 : tensor<2xui32>
      %111 = stablehlo.add %106, %110 : tensor<2xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<2xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<2xui32>
      %116 = stablehlo.or %113, %115 : tensor<2xui32>
      %117 = stablehlo.xor %111, %116 : tensor<2xui32>
      %118 = stablehlo.add %111, %117 : tensor<2xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<2xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<2xui32>
      %123 = stablehlo.or %120, %122 : tensor<2xui32>
      %124 = stablehlo.xor %118, %123 : tensor<2xui32>
      %125 = stablehlo.add %118, %124 : tensor<2xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<2xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<2xui32>
      %130 = stablehlo.or %127, %129 : tensor<2xui32>
      %131 = stablehlo.xor %125, %130 : tensor<2xui32>
      %132 = stablehlo.add %125, %131 : tensor<2xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<2xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<2xui32>
      %137 = stablehlo.or %134, %136 : tensor<2xui32>
      %138 = stablehlo.xor %132, %137 : tensor<2xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %140 = stablehlo.add %132, %139 : tensor<2xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %142 = stablehlo.add %138, %141 : tensor<2xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %144 = stablehlo.add %142, %143 : tensor<2xui32>
      %145 = stablehlo.add %140, %144 : tensor<2xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<2xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<2xui32>
      %150 = stablehlo.or %147, %149 : tensor<2xui32>
      %151 = stablehlo.xor %145, %150 : tensor<2xui32>
      %152 = stablehlo.add %145, %151 : tensor<2xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<2xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<2xui32>
      %157 = stablehlo.or %154, %156 : tensor<2xui32>
      %158 = stablehlo.xor %152, %157 : tensor<2xui32>
      %159 = stablehlo.add %152, %158 : tensor<2xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<2xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<2xui32>
      %164 = stablehlo.or %161, %163 : tensor<2xui32>
      %165 = stablehlo.xor %159, %164 : tensor<2xui32>
      %166 = stablehlo.add %159, %165 : tensor<2xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<2xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<2xui32>
      %171 = stablehlo.or %168, %170 : tensor<2xui32>
      %172 = stablehlo.xor %166, %171 : tensor<2xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %174 = stablehlo.add %166, %173 : tensor<2xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %176 = stablehlo.add %172, %175 : tensor<2xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %178 = stablehlo.add %176, %177 : tensor<2xui32>
      stablehlo.return %174, %178 : tensor<2xui32>, tensor<2xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<2xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<2xui32>
      %9 = stablehlo.add %6, %8 : tensor<2xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<2xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<2xui32>
      %14 = stablehlo.or %11, %13 : tensor<2xui32>
      %15 = stablehlo.xor %9, %14 : tensor<2xui32>
      %16 = stablehlo.add %9, %15 : tensor<2xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<2xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<2xui32>
      %21 = stablehlo.or %18, %20 : tensor<2xui32>
      %22 = stablehlo.xor %16, %21 : tensor<2xui32>
      %23 = stablehlo.add %16, %22 : tensor<2xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<2xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<2xui32>
      %28 = stablehlo.or %25, %27 : tensor<2xui32>
      %29 = stablehlo.xor %23, %28 : tensor<2xui32>
      %30 = stablehlo.add %23, %29 : tensor<2xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<2xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<2xui32>
      %35 = stablehlo.or %32, %34 : tensor<2xui32>
      %36 = stablehlo.xor %30, %35 : tensor<2xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %38 = stablehlo.add %30, %37 : tensor<2xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %40 = stablehlo.add %36, %39 : tensor<2xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %42 = stablehlo.add %40, %41 : tensor<2xui32>
      %43 = stablehlo.add %38, %42 : tensor<2xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<2xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<2xui32>
      %48 = stablehlo.or %45, %47 : tensor<2xui32>
      %49 = stablehlo.xor %43, %48 : tensor<2xui32>
      %50 = stablehlo.add %43, %49 : tensor<2xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<2xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<2xui32>
      %55 = stablehlo.or %52, %54 : tensor<2xui32>
      %56 = stablehlo.xor %50, %55 : tensor<2xui32>
      %57 = stablehlo.add %50, %56 : tensor<2xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<2xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<2xui32>
      %62 = stablehlo.or %59, %61 : tensor<2xui32>
      %63 = stablehlo.xor %57, %62 : tensor<2xui32>
      %64 = stablehlo.add %57, %63 : tensor<2xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<2xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<2xui32>
      %69 = stablehlo.or %66, %68 : tensor<2xui32>
      %70 = stablehlo.xor %64, %69 : tensor<2xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %72 = stablehlo.add %64, %71 : tensor<2xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %74 = stablehlo.add %70, %73 : tensor<2xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %76 = stablehlo.add %74, %75 : tensor<2xui32>
      %77 = stablehlo.add %72, %76 : tensor<2xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<2xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<2xui32>
      %82 = stablehlo.or %79, %81 : tensor<2xui32>
      %83 = stablehlo.xor %77, %82 : tensor<2xui32>
      %84 = stablehlo.add %77, %83 : tensor<2xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<2xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<2xui32>
      %89 = stablehlo.or %86, %88 : tensor<2xui32>
      %90 = stablehlo.xor %84, %89 : tensor<2xui32>
      %91 = stablehlo.add %84, %90 : tensor<2xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<2xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<2xui32>
      %96 = stablehlo.or %93, %95 : tensor<2xui32>
      %97 = stablehlo.xor %91, %96 : tensor<2xui32>
      %98 = stablehlo.add %91, %97 : tensor<2xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<2xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<2xui32>
      %103 = stablehlo.or %100, %102 : tensor<2xui32>
      %104 = stablehlo.xor %98, %103 : tensor<2xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %106 = stablehlo.add %98, %105 : tensor<2xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %108 = stablehlo.add %104, %107 : tensor<2xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %110 = stablehlo.add %108, %109 : tensor<2xui32>
      %111 = stablehlo.add %106, %110 : tensor<2xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<2xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<2xui32>
      %116 = stablehlo.or %113, %115 : tensor<2xui32>
      %117 = stablehlo.xor %111, %116 : tensor<2xui32>
      %118 = stablehlo.add %111, %117 : tensor<2xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<2xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<2xui32>
      %123 = stablehlo.or %120, %122 : tensor<2xui32>
      %124 = stablehlo.xor %118, %123 : tensor<2xui32>
      %125 = stablehlo.add %118, %124 : tensor<2xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<2xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<2xui32>
      %130 = stablehlo.or %127, %129 : tensor<2xui32>
      %131 = stablehlo.xor %125, %130 : tensor<2xui32>
      %132 = stablehlo.add %125, %131 : tensor<2xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<2xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<2xui32>
      %137 = stablehlo.or %134, %136 : tensor<2xui32>
      %138 = stablehlo.xor %132, %137 : tensor<2xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %140 = stablehlo.add %132, %139 : tensor<2xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %142 = stablehlo.add %138, %141 : tensor<2xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %144 = stablehlo.add %142, %143 : tensor<2xui32>
      %145 = stablehlo.add %140, %144 : tensor<2xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<2xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<2xui32>
      %150 = stablehlo.or %147, %149 : tensor<2xui32>
      %151 = stablehlo.xor %145, %150 : tensor<2xui32>
      %152 = stablehlo.add %145, %151 : tensor<2xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<2xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<2xui32>
      %157 = stablehlo.or %154, %156 : tensor<2xui32>
      %158 = stablehlo.xor %152, %157 : tensor<2xui32>
      %159 = stablehlo.add %152, %158 : tensor<2xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<2xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<2xui32>
      %164 = stablehlo.or %161, %163 : tensor<2xui32>
      %165 = stablehlo.xor %159, %164 : tensor<2xui32>
      %166 = stablehlo.add %159, %165 : tensor<2xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<2xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<2xui32>
      %171 = stablehlo.or %168, %170 : tensor<2xui32>
      %172 = stablehlo.xor %166, %171 : tensor<2xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %174 = stablehlo.add %166, %173 : tensor<2xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %176 = stablehlo.add %172, %175 : tensor<2xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<2xui32>
      %178 = stablehlo.add %176, %177 : tensor<2xui32>
      stablehlo.return %174, %178 : tensor<2xui32>, tensor<2xui32>
    }) : (tensor<i32>) -> (tensor<2xui32>, tensor<2xui32>)
    return %2#0, %2#1 : tensor<2xui32>, tensor<2xui32>
  }
  func.func private @closed_call_2(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<2xui32>, %arg3: tensor<2xui32>, %arg4: tensor<ui32>, %arg5: tensor<ui32>, %arg6: tensor<ui32>, %arg7: tensor<4xui32>, %arg8: tensor<4xui32>) -> (tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) {
    %c = stablehlo.constant dense<32> : tensor<ui32>
    %c_0 = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %1 = stablehlo.slice %arg7 [0:1] : (tensor<4xui32>) -> tensor<1xui32>
    %2 = stablehlo.reshape %1 : (tensor<1xui32>) -> tensor<ui32>
    %3 = stablehlo.add %arg2, %arg3 : tensor<2xui32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %5 = stablehlo.shift_left %arg3, %4 : tensor<2xui32>
    %6 = stablehlo.subtract %c, %2 : tensor<ui32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %8 = stablehlo.shift_right_logical %arg3, %7 : tensor<2xui32>
    %9 = stablehlo.or %5, %8 : tensor<2xui32>
    %10 = stablehlo.xor %3, %9 : tensor<2xui32>
    %11 = stablehlo.slice %arg7 [1:2] : (tensor<4xui32>) -> tensor<1xui32>
    %12 = stablehlo.reshape %11 : (tensor<1xui32>) -> tensor<ui32>
    %13 = stablehlo.add %3, %10 : tensor<2xui32>
    %14 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %15 = stablehlo.shift_left %10, %14 : tensor<2xui32>
    %16 = stablehlo.subtract %c, %12 : tensor<ui32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %18 = stablehlo.shift_right_logical %10, %17 : tensor<2xui32>
    %19 = stablehlo.or %15, %18 : tensor<2xui32>
    %20 = stablehlo.xor %13, %19 : tensor<2xui32>
    %21 = stablehlo.slice %arg7 [2:3] : (tensor<4xui32>) -> tensor<1xui32>
    %22 = stablehlo.reshape %21 : (tensor<1xui32>) -> tensor<ui32>
    %23 = stablehlo.add %13, %20 : tensor<2xui32>
    %24 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %25 = stablehlo.shift_left %20, %24 : tensor<2xui32>
    %26 = stablehlo.subtract %c, %22 : tensor<ui32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %28 = stablehlo.shift_right_logical %20, %27 : tensor<2xui32>
    %29 = stablehlo.or %25, %28 : tensor<2xui32>
    %30 = stablehlo.xor %23, %29 : tensor<2xui32>
    %31 = stablehlo.slice %arg7 [3:4] : (tensor<4xui32>) -> tensor<1xui32>
    %32 = stablehlo.reshape %31 : (tensor<1xui32>) -> tensor<ui32>
    %33 = stablehlo.add %23, %30 : tensor<2xui32>
    %34 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %35 = stablehlo.shift_left %30, %34 : tensor<2xui32>
    %36 = stablehlo.subtract %c, %32 : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %38 = stablehlo.shift_right_logical %30, %37 : tensor<2xui32>
    %39 = stablehlo.or %35, %38 : tensor<2xui32>
    %40 = stablehlo.xor %33, %39 : tensor<2xui32>
    %41 = stablehlo.broadcast_in_dim %arg4, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %42 = stablehlo.add %33, %41 : tensor<2xui32>
    %43 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %44 = stablehlo.add %40, %43 : tensor<2xui32>
    %45 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %46 = stablehlo.convert %45 : (tensor<i64>) -> tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<2xui32>
    %48 = stablehlo.add %44, %47 : tensor<2xui32>
    return %0, %42, %48, %arg5, %arg6, %arg4, %arg8, %arg7 : tensor<i64>, tensor<2xui32>, tensor<2xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
  }
  func.func private @threefry2x32_3(%arg0: tensor<i64>, %arg1: tensor<ui32>, %arg2: tensor<ui32>, %arg3: tensor<3xui32>, %arg4: tensor<3xui32>) -> (tensor<3xui32>, tensor<3xui32>) {
    %c = stablehlo.constant dense<5> : tensor<ui32>
    %c_0 = stablehlo.constant dense<4> : tensor<ui32>
    %c_1 = stablehlo.constant dense<2> : tensor<ui32>
    %c_2 = stablehlo.constant dense<8> : tensor<ui32>
    %c_3 = stablehlo.constant dense<24> : tensor<ui32>
    %c_4 = stablehlo.constant dense<16> : tensor<ui32>
    %c_5 = stablehlo.constant dense<3> : tensor<ui32>
    %c_6 = stablehlo.constant dense<29> : tensor<ui32>
    %c_7 = stablehlo.constant dense<1> : tensor<ui32>
    %c_8 = stablehlo.constant dense<6> : tensor<ui32>
    %c_9 = stablehlo.constant dense<26> : tensor<ui32>
    %c_10 = stablehlo.constant dense<17> : tensor<ui32>
    %c_11 = stablehlo.constant dense<15> : tensor<ui32>
    %c_12 = stablehlo.constant dense<19> : tensor<ui32>
    %c_13 = stablehlo.constant dense<13> : tensor<ui32>
    %c_14 = stablehlo.constant dense<1> : tensor<i64>
    %c_15 = stablehlo.constant dense<5> : tensor<i64>
    %c_16 = stablehlo.constant dense<0> : tensor<i64>
    %c_17 = stablehlo.constant dense<466688986> : tensor<ui32>
    %c_18 = stablehlo.constant dense<[17, 29, 16, 24]> : tensor<4xui32>
    %c_19 = stablehlo.constant dense<[13, 15, 26, 6]> : tensor<4xui32>
    %c_20 = stablehlo.constant dense<2> : tensor<i32>
    %c_21 = stablehlo.constant dense<1> : tensor<i32>
    %c_22 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_22 : tensor<i32>
    }, {
      stablehlo.return %c_21 : tensor<i32>
    }, {
      stablehlo.return %c_20 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2:2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<3xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<3xui32>
      %9:9 = stablehlo.while(%iterArg = %c_16, %iterArg_23 = %c_16, %iterArg_24 = %6, %iterArg_25 = %8, %iterArg_26 = %arg2, %iterArg_27 = %4, %iterArg_28 = %arg1, %iterArg_29 = %c_19, %iterArg_30 = %c_18) : tensor<i64>, tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      cond {
        %10 = stablehlo.compare LT, %iterArg, %c_15, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
        stablehlo.return %10 : tensor<i1>
      } do {
        %10:8 = func.call @closed_call_4(%arg0, %iterArg_23, %iterArg_24, %iterArg_25, %iterArg_26, %iterArg_27, %iterArg_28, %iterArg_29, %iterArg_30) : (tensor<i64>, tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) -> (tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>)
        %11 = stablehlo.add %iterArg, %c_14 : tensor<i64>
        stablehlo.return %11, %10#0, %10#1, %10#2, %10#3, %10#4, %10#5, %10#6, %10#7 : tensor<i64>, tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
      }
      stablehlo.return %9#2, %9#3 : tensor<3xui32>, tensor<3xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<3xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<3xui32>
      %9 = stablehlo.add %6, %8 : tensor<3xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<3xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<3xui32>
      %14 = stablehlo.or %11, %13 : tensor<3xui32>
      %15 = stablehlo.xor %9, %14 : tensor<3xui32>
      %16 = stablehlo.add %9, %15 : tensor<3xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<3xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<3xui32>
      %21 = stablehlo.or %18, %20 : tensor<3xui32>
      %22 = stablehlo.xor %16, %21 : tensor<3xui32>
      %23 = stablehlo.add %16, %22 : tensor<3xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<3xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<3xui32>
      %28 = stablehlo.or %25, %27 : tensor<3xui32>
      %29 = stablehlo.xor %23, %28 : tensor<3xui32>
      %30 = stablehlo.add %23, %29 : tensor<3xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<3xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<3xui32>
      %35 = stablehlo.or %32, %34 : tensor<3xui32>
      %36 = stablehlo.xor %30, %35 : tensor<3xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %38 = stablehlo.add %30, %37 : tensor<3xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %40 = stablehlo.add %36, %39 : tensor<3xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %42 = stablehlo.add %40, %41 : tensor<3xui32>
      %43 = stablehlo.add %38, %42 : tensor<3xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<3xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<3xui32>
      %48 = stablehlo.or %45, %47 : tensor<3xui32>
      %49 = stablehlo.xor %43, %48 : tensor<3xui32>
      %50 = stablehlo.add %43, %49 : tensor<3xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<3xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<3xui32>
      %55 = stablehlo.or %52, %54 : tensor<3xui32>
      %56 = stablehlo.xor %50, %55 : tensor<3xui32>
      %57 = stablehlo.add %50, %56 : tensor<3xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<3xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<3xui32>
      %62 = stablehlo.or %59, %61 : tensor<3xui32>
      %63 = stablehlo.xor %57, %62 : tensor<3xui32>
      %64 = stablehlo.add %57, %63 : tensor<3xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<3xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<3xui32>
      %69 = stablehlo.or %66, %68 : tensor<3xui32>
      %70 = stablehlo.xor %64, %69 : tensor<3xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %72 = stablehlo.add %64, %71 : tensor<3xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %74 = stablehlo.add %70, %73 : tensor<3xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %76 = stablehlo.add %74, %75 : tensor<3xui32>
      %77 = stablehlo.add %72, %76 : tensor<3xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<3xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<3xui32>
      %82 = stablehlo.or %79, %81 : tensor<3xui32>
      %83 = stablehlo.xor %77, %82 : tensor<3xui32>
      %84 = stablehlo.add %77, %83 : tensor<3xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<3xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<3xui32>
      %89 = stablehlo.or %86, %88 : tensor<3xui32>
      %90 = stablehlo.xor %84, %89 : tensor<3xui32>
      %91 = stablehlo.add %84, %90 : tensor<3xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<3xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<3xui32>
      %96 = stablehlo.or %93, %95 : tensor<3xui32>
      %97 = stablehlo.xor %91, %96 : tensor<3xui32>
      %98 = stablehlo.add %91, %97 : tensor<3xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<3xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<3xui32>
      %103 = stablehlo.or %100, %102 : tensor<3xui32>
      %104 = stablehlo.xor %98, %103 : tensor<3xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %106 = stablehlo.add %98, %105 : tensor<3xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %108 = stablehlo.add %104, %107 : tensor<3xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %110 = stablehlo.add %108, %109 : tensor<3xui32>
      %111 = stablehlo.add %106, %110 : tensor<3xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<3xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<3xui32>
      %116 = stablehlo.or %113, %115 : tensor<3xui32>
      %117 = stablehlo.xor %111, %116 : tensor<3xui32>
      %118 = stablehlo.add %111, %117 : tensor<3xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<3xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<3xui32>
      %123 = stablehlo.or %120, %122 : tensor<3xui32>
      %124 = stablehlo.xor %118, %123 : tensor<3xui32>
      %125 = stablehlo.add %118, %124 : tensor<3xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<3xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<3xui32>
      %130 = stablehlo.or %127, %129 : tensor<3xui32>
      %131 = stablehlo.xor %125, %130 : tensor<3xui32>
      %132 = stablehlo.add %125, %131 : tensor<3xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<3xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<3xui32>
      %137 = stablehlo.or %134, %136 : tensor<3xui32>
      %138 = stablehlo.xor %132, %137 : tensor<3xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %140 = stablehlo.add %132, %139 : tensor<3xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %142 = stablehlo.add %138, %141 : tensor<3xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %144 = stablehlo.add %142, %143 : tensor<3xui32>
      %145 = stablehlo.add %140, %144 : tensor<3xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<3xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<3xui32>
      %150 = stablehlo.or %147, %149 : tensor<3xui32>
      %151 = stablehlo.xor %145, %150 : tensor<3xui32>
      %152 = stablehlo.add %145, %151 : tensor<3xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<3xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<3xui32>
      %157 = stablehlo.or %154, %156 : tensor<3xui32>
      %158 = stablehlo.xor %152, %157 : tensor<3xui32>
      %159 = stablehlo.add %152, %158 : tensor<3xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<3xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<3xui32>
      %164 = stablehlo.or %161, %163 : tensor<3xui32>
      %165 = stablehlo.xor %159, %164 : tensor<3xui32>
      %166 = stablehlo.add %159, %165 : tensor<3xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<3xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<3xui32>
      %171 = stablehlo.or %168, %170 : tensor<3xui32>
      %172 = stablehlo.xor %166, %171 : tensor<3xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %174 = stablehlo.add %166, %173 : tensor<3xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %176 = stablehlo.add %172, %175 : tensor<3xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %178 = stablehlo.add %176, %177 : tensor<3xui32>
      stablehlo.return %174, %178 : tensor<3xui32>, tensor<3xui32>
    }, {
      %3 = stablehlo.xor %arg1, %arg2 : tensor<ui32>
      %4 = stablehlo.xor %3, %c_17 : tensor<ui32>
      %5 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %6 = stablehlo.add %arg3, %5 : tensor<3xui32>
      %7 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %8 = stablehlo.add %arg4, %7 : tensor<3xui32>
      %9 = stablehlo.add %6, %8 : tensor<3xui32>
      %10 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %11 = stablehlo.shift_left %8, %10 : tensor<3xui32>
      %12 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %13 = stablehlo.shift_right_logical %8, %12 : tensor<3xui32>
      %14 = stablehlo.or %11, %13 : tensor<3xui32>
      %15 = stablehlo.xor %9, %14 : tensor<3xui32>
      %16 = stablehlo.add %9, %15 : tensor<3xui32>
      %17 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %18 = stablehlo.shift_left %15, %17 : tensor<3xui32>
      %19 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %20 = stablehlo.shift_right_logical %15, %19 : tensor<3xui32>
      %21 = stablehlo.or %18, %20 : tensor<3xui32>
      %22 = stablehlo.xor %16, %21 : tensor<3xui32>
      %23 = stablehlo.add %16, %22 : tensor<3xui32>
      %24 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %25 = stablehlo.shift_left %22, %24 : tensor<3xui32>
      %26 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %27 = stablehlo.shift_right_logical %22, %26 : tensor<3xui32>
      %28 = stablehlo.or %25, %27 : tensor<3xui32>
      %29 = stablehlo.xor %23, %28 : tensor<3xui32>
      %30 = stablehlo.add %23, %29 : tensor<3xui32>
      %31 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %32 = stablehlo.shift_left %29, %31 : tensor<3xui32>
      %33 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %34 = stablehlo.shift_right_logical %29, %33 : tensor<3xui32>
      %35 = stablehlo.or %32, %34 : tensor<3xui32>
      %36 = stablehlo.xor %30, %35 : tensor<3xui32>
      %37 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %38 = stablehlo.add %30, %37 : tensor<3xui32>
      %39 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %40 = stablehlo.add %36, %39 : tensor<3xui32>
      %41 = stablehlo.broadcast_in_dim %c_7, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %42 = stablehlo.add %40, %41 : tensor<3xui32>
      %43 = stablehlo.add %38, %42 : tensor<3xui32>
      %44 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %45 = stablehlo.shift_left %42, %44 : tensor<3xui32>
      %46 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %47 = stablehlo.shift_right_logical %42, %46 : tensor<3xui32>
      %48 = stablehlo.or %45, %47 : tensor<3xui32>
      %49 = stablehlo.xor %43, %48 : tensor<3xui32>
      %50 = stablehlo.add %43, %49 : tensor<3xui32>
      %51 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %52 = stablehlo.shift_left %49, %51 : tensor<3xui32>
      %53 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %54 = stablehlo.shift_right_logical %49, %53 : tensor<3xui32>
      %55 = stablehlo.or %52, %54 : tensor<3xui32>
      %56 = stablehlo.xor %50, %55 : tensor<3xui32>
      %57 = stablehlo.add %50, %56 : tensor<3xui32>
      %58 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %59 = stablehlo.shift_left %56, %58 : tensor<3xui32>
      %60 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %61 = stablehlo.shift_right_logical %56, %60 : tensor<3xui32>
      %62 = stablehlo.or %59, %61 : tensor<3xui32>
      %63 = stablehlo.xor %57, %62 : tensor<3xui32>
      %64 = stablehlo.add %57, %63 : tensor<3xui32>
      %65 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %66 = stablehlo.shift_left %63, %65 : tensor<3xui32>
      %67 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %68 = stablehlo.shift_right_logical %63, %67 : tensor<3xui32>
      %69 = stablehlo.or %66, %68 : tensor<3xui32>
      %70 = stablehlo.xor %64, %69 : tensor<3xui32>
      %71 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %72 = stablehlo.add %64, %71 : tensor<3xui32>
      %73 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %74 = stablehlo.add %70, %73 : tensor<3xui32>
      %75 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %76 = stablehlo.add %74, %75 : tensor<3xui32>
      %77 = stablehlo.add %72, %76 : tensor<3xui32>
      %78 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %79 = stablehlo.shift_left %76, %78 : tensor<3xui32>
      %80 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %81 = stablehlo.shift_right_logical %76, %80 : tensor<3xui32>
      %82 = stablehlo.or %79, %81 : tensor<3xui32>
      %83 = stablehlo.xor %77, %82 : tensor<3xui32>
      %84 = stablehlo.add %77, %83 : tensor<3xui32>
      %85 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %86 = stablehlo.shift_left %83, %85 : tensor<3xui32>
      %87 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %88 = stablehlo.shift_right_logical %83, %87 : tensor<3xui32>
      %89 = stablehlo.or %86, %88 : tensor<3xui32>
      %90 = stablehlo.xor %84, %89 : tensor<3xui32>
      %91 = stablehlo.add %84, %90 : tensor<3xui32>
      %92 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %93 = stablehlo.shift_left %90, %92 : tensor<3xui32>
      %94 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %95 = stablehlo.shift_right_logical %90, %94 : tensor<3xui32>
      %96 = stablehlo.or %93, %95 : tensor<3xui32>
      %97 = stablehlo.xor %91, %96 : tensor<3xui32>
      %98 = stablehlo.add %91, %97 : tensor<3xui32>
      %99 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %100 = stablehlo.shift_left %97, %99 : tensor<3xui32>
      %101 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %102 = stablehlo.shift_right_logical %97, %101 : tensor<3xui32>
      %103 = stablehlo.or %100, %102 : tensor<3xui32>
      %104 = stablehlo.xor %98, %103 : tensor<3xui32>
      %105 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %106 = stablehlo.add %98, %105 : tensor<3xui32>
      %107 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %108 = stablehlo.add %104, %107 : tensor<3xui32>
      %109 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %110 = stablehlo.add %108, %109 : tensor<3xui32>
      %111 = stablehlo.add %106, %110 : tensor<3xui32>
      %112 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %113 = stablehlo.shift_left %110, %112 : tensor<3xui32>
      %114 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %115 = stablehlo.shift_right_logical %110, %114 : tensor<3xui32>
      %116 = stablehlo.or %113, %115 : tensor<3xui32>
      %117 = stablehlo.xor %111, %116 : tensor<3xui32>
      %118 = stablehlo.add %111, %117 : tensor<3xui32>
      %119 = stablehlo.broadcast_in_dim %c_6, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %120 = stablehlo.shift_left %117, %119 : tensor<3xui32>
      %121 = stablehlo.broadcast_in_dim %c_5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %122 = stablehlo.shift_right_logical %117, %121 : tensor<3xui32>
      %123 = stablehlo.or %120, %122 : tensor<3xui32>
      %124 = stablehlo.xor %118, %123 : tensor<3xui32>
      %125 = stablehlo.add %118, %124 : tensor<3xui32>
      %126 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %127 = stablehlo.shift_left %124, %126 : tensor<3xui32>
      %128 = stablehlo.broadcast_in_dim %c_4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %129 = stablehlo.shift_right_logical %124, %128 : tensor<3xui32>
      %130 = stablehlo.or %127, %129 : tensor<3xui32>
      %131 = stablehlo.xor %125, %130 : tensor<3xui32>
      %132 = stablehlo.add %125, %131 : tensor<3xui32>
      %133 = stablehlo.broadcast_in_dim %c_3, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %134 = stablehlo.shift_left %131, %133 : tensor<3xui32>
      %135 = stablehlo.broadcast_in_dim %c_2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %136 = stablehlo.shift_right_logical %131, %135 : tensor<3xui32>
      %137 = stablehlo.or %134, %136 : tensor<3xui32>
      %138 = stablehlo.xor %132, %137 : tensor<3xui32>
      %139 = stablehlo.broadcast_in_dim %arg2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %140 = stablehlo.add %132, %139 : tensor<3xui32>
      %141 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %142 = stablehlo.add %138, %141 : tensor<3xui32>
      %143 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %144 = stablehlo.add %142, %143 : tensor<3xui32>
      %145 = stablehlo.add %140, %144 : tensor<3xui32>
      %146 = stablehlo.broadcast_in_dim %c_13, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %147 = stablehlo.shift_left %144, %146 : tensor<3xui32>
      %148 = stablehlo.broadcast_in_dim %c_12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %149 = stablehlo.shift_right_logical %144, %148 : tensor<3xui32>
      %150 = stablehlo.or %147, %149 : tensor<3xui32>
      %151 = stablehlo.xor %145, %150 : tensor<3xui32>
      %152 = stablehlo.add %145, %151 : tensor<3xui32>
      %153 = stablehlo.broadcast_in_dim %c_11, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %154 = stablehlo.shift_left %151, %153 : tensor<3xui32>
      %155 = stablehlo.broadcast_in_dim %c_10, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %156 = stablehlo.shift_right_logical %151, %155 : tensor<3xui32>
      %157 = stablehlo.or %154, %156 : tensor<3xui32>
      %158 = stablehlo.xor %152, %157 : tensor<3xui32>
      %159 = stablehlo.add %152, %158 : tensor<3xui32>
      %160 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %161 = stablehlo.shift_left %158, %160 : tensor<3xui32>
      %162 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %163 = stablehlo.shift_right_logical %158, %162 : tensor<3xui32>
      %164 = stablehlo.or %161, %163 : tensor<3xui32>
      %165 = stablehlo.xor %159, %164 : tensor<3xui32>
      %166 = stablehlo.add %159, %165 : tensor<3xui32>
      %167 = stablehlo.broadcast_in_dim %c_8, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %168 = stablehlo.shift_left %165, %167 : tensor<3xui32>
      %169 = stablehlo.broadcast_in_dim %c_9, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %170 = stablehlo.shift_right_logical %165, %169 : tensor<3xui32>
      %171 = stablehlo.or %168, %170 : tensor<3xui32>
      %172 = stablehlo.xor %166, %171 : tensor<3xui32>
      %173 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %174 = stablehlo.add %166, %173 : tensor<3xui32>
      %175 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %176 = stablehlo.add %172, %175 : tensor<3xui32>
      %177 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<3xui32>
      %178 = stablehlo.add %176, %177 : tensor<3xui32>
      stablehlo.return %174, %178 : tensor<3xui32>, tensor<3xui32>
    }) : (tensor<i32>) -> (tensor<3xui32>, tensor<3xui32>)
    return %2#0, %2#1 : tensor<3xui32>, tensor<3xui32>
  }
  func.func private @closed_call_4(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i64>, %arg2: tensor<3xui32>, %arg3: tensor<3xui32>, %arg4: tensor<ui32>, %arg5: tensor<ui32>, %arg6: tensor<ui32>, %arg7: tensor<4xui32>, %arg8: tensor<4xui32>) -> (tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>) {
    %c = stablehlo.constant dense<32> : tensor<ui32>
    %c_0 = stablehlo.constant dense<1> : tensor<i64>
    %0 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %1 = stablehlo.slice %arg7 [0:1] : (tensor<4xui32>) -> tensor<1xui32>
    %2 = stablehlo.reshape %1 : (tensor<1xui32>) -> tensor<ui32>
    %3 = stablehlo.add %arg2, %arg3 : tensor<3xui32>
    %4 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %5 = stablehlo.shift_left %arg3, %4 : tensor<3xui32>
    %6 = stablehlo.subtract %c, %2 : tensor<ui32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %8 = stablehlo.shift_right_logical %arg3, %7 : tensor<3xui32>
    %9 = stablehlo.or %5, %8 : tensor<3xui32>
    %10 = stablehlo.xor %3, %9 : tensor<3xui32>
    %11 = stablehlo.slice %arg7 [1:2] : (tensor<4xui32>) -> tensor<1xui32>
    %12 = stablehlo.reshape %11 : (tensor<1xui32>) -> tensor<ui32>
    %13 = stablehlo.add %3, %10 : tensor<3xui32>
    %14 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %15 = stablehlo.shift_left %10, %14 : tensor<3xui32>
    %16 = stablehlo.subtract %c, %12 : tensor<ui32>
    %17 = stablehlo.broadcast_in_dim %16, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %18 = stablehlo.shift_right_logical %10, %17 : tensor<3xui32>
    %19 = stablehlo.or %15, %18 : tensor<3xui32>
    %20 = stablehlo.xor %13, %19 : tensor<3xui32>
    %21 = stablehlo.slice %arg7 [2:3] : (tensor<4xui32>) -> tensor<1xui32>
    %22 = stablehlo.reshape %21 : (tensor<1xui32>) -> tensor<ui32>
    %23 = stablehlo.add %13, %20 : tensor<3xui32>
    %24 = stablehlo.broadcast_in_dim %22, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %25 = stablehlo.shift_left %20, %24 : tensor<3xui32>
    %26 = stablehlo.subtract %c, %22 : tensor<ui32>
    %27 = stablehlo.broadcast_in_dim %26, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %28 = stablehlo.shift_right_logical %20, %27 : tensor<3xui32>
    %29 = stablehlo.or %25, %28 : tensor<3xui32>
    %30 = stablehlo.xor %23, %29 : tensor<3xui32>
    %31 = stablehlo.slice %arg7 [3:4] : (tensor<4xui32>) -> tensor<1xui32>
    %32 = stablehlo.reshape %31 : (tensor<1xui32>) -> tensor<ui32>
    %33 = stablehlo.add %23, %30 : tensor<3xui32>
    %34 = stablehlo.broadcast_in_dim %32, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %35 = stablehlo.shift_left %30, %34 : tensor<3xui32>
    %36 = stablehlo.subtract %c, %32 : tensor<ui32>
    %37 = stablehlo.broadcast_in_dim %36, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %38 = stablehlo.shift_right_logical %30, %37 : tensor<3xui32>
    %39 = stablehlo.or %35, %38 : tensor<3xui32>
    %40 = stablehlo.xor %33, %39 : tensor<3xui32>
    %41 = stablehlo.broadcast_in_dim %arg4, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %42 = stablehlo.add %33, %41 : tensor<3xui32>
    %43 = stablehlo.broadcast_in_dim %arg5, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %44 = stablehlo.add %40, %43 : tensor<3xui32>
    %45 = stablehlo.add %arg1, %c_0 : tensor<i64>
    %46 = stablehlo.convert %45 : (tensor<i64>) -> tensor<ui32>
    %47 = stablehlo.broadcast_in_dim %46, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %48 = stablehlo.add %44, %47 : tensor<3xui32>
    return %0, %42, %48, %arg5, %arg6, %arg4, %arg8, %arg7 : tensor<i64>, tensor<3xui32>, tensor<3xui32>, tensor<ui32>, tensor<ui32>, tensor<ui32>, tensor<4xui32>, tensor<4xui32>
  }
}

// ----- remat
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf32>) -> (tensor<4xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %0:2 = stablehlo.optimization_barrier %arg1, %cst : tensor<4xf32>, tensor<f32>
    %1 = stablehlo.sine %0#0 : tensor<4xf32>
    %2 = stablehlo.cosine %0#0 : tensor<4xf32>
    %3 = stablehlo.cosine %1 : tensor<4xf32>
    %4 = stablehlo.broadcast_in_dim %0#1, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %5 = stablehlo.multiply %4, %3 : tensor<4xf32>
    %6 = stablehlo.multiply %5, %2 : tensor<4xf32>
    return %6 : tensor<4xf32>
  }
}

// ----- rfft
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xf32>) -> (tensor<8xf32> {jax.result_info = "result"}) {
    %0 = call @fft(%arg0, %arg1) : (tensor<i64>, tensor<8xf32>) -> tensor<5xcomplex<f32>>
    %1 = call @fft_0(%arg0, %0) : (tensor<i64>, tensor<5xcomplex<f32>>) -> tensor<8xf32>
    return %1 : tensor<8xf32>
  }
  func.func private @fft(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<8xf32>) -> tensor<5xcomplex<f32>> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.fft %arg1, type = RFFT, length = [8] : (tensor<8xf32>) -> tensor<5xcomplex<f32>>
      stablehlo.return %3 : tensor<5xcomplex<f32>>
    }, {
      %3 = stablehlo.fft %arg1, type = RFFT, length = [8] : (tensor<8xf32>) -> tensor<5xcomplex<f32>>
      stablehlo.return %3 : tensor<5xcomplex<f32>>
    }) : (tensor<i32>) -> tensor<5xcomplex<f32>>
    return %2 : tensor<5xcomplex<f32>>
  }
  func.func private @fft_0(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xcomplex<f32>>) -> tensor<8xf32> {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<1> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %3 = stablehlo.fft %arg1, type = IRFFT, length = [8] : (tensor<5xcomplex<f32>>) -> tensor<8xf32>
      stablehlo.return %3 : tensor<8xf32>
    }, {
      %3 = stablehlo.fft %arg1, type = IRFFT, length = [8] : (tensor<5xcomplex<f32>>) -> tensor<8xf32>
      stablehlo.return %3 : tensor<8xf32>
    }) : (tensor<i32>) -> tensor<8xf32>
    return %2 : tensor<8xf32>
  }
}

// ----- scan
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>) -> (tensor<4xf32> {jax.result_info = "result[0]"}, tensor<7x4xf32> {jax.result_info = "result[1]"}) {
    %c = stablehlo.constant dense<1> : tensor<i64>
    %c_0 = stablehlo.constant dense<7> : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %cst = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %1 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<7x4xf32>
    %2:4 = stablehlo.while(%iterArg = %arg1, %iterArg_2 = %c_1, %iterArg_3 = %0, %iterArg_4 = %1) : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    cond {
      %3 = stablehlo.compare LT, %iterArg_2, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %3 : tensor<i1>
    } do {
      %3 = func.call @dynamic_index_in_dim(%arg0, %iterArg, %iterArg_2) : (tensor<i64>, tensor<7x4xf32>, tensor<i64>) -> tensor<4xf32>
      %4:2 = func.call @closed_call(%arg0, %iterArg_3, %3) : (tensor<i64>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      %5 = func.call @dynamic_update_index_in_dim(%arg0, %iterArg_4, %4#1, %iterArg_2) : (tensor<i64>, tensor<7x4xf32>, tensor<4xf32>, tensor<i64>) -> tensor<7x4xf32>
      %6 = stablehlo.add %iterArg_2, %c : tensor<i64>
      stablehlo.return %iterArg, %6, %4#0, %5 : tensor<7x4xf32>, tensor<i64>, tensor<4xf32>, tensor<7x4xf32>
    }
    return %2#2, %2#3 : tensor<4xf32>, tensor<7x4xf32>
  }
  func.func private @dynamic_index_in_dim(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>, %arg2: tensor<i64>) -> tensor<4xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.dynamic_slice %arg1, %arg2, %c, sizes = [1, 4] : (tensor<7x4xf32>, tensor<i64>, tensor<i64>) -> tensor<1x4xf32>
    %1 = stablehlo.reshape %0 : (tensor<1x4xf32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
  func.func private @closed_call(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4xf32>, %arg2: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
    %0 = stablehlo.add %arg1, %arg2 : tensor<4xf32>
    %1 = stablehlo.multiply %arg1, %arg2 : tensor<4xf32>
    return %0, %1 : tensor<4xf32>, tensor<4xf32>
  }
  func.func private @dynamic_update_index_in_dim(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<7x4xf32>, %arg2: tensor<4xf32>, %arg3: tensor<i64>) -> tensor<7x4xf32> {
    %c = stablehlo.constant dense<0> : tensor<i64>
    %0 = stablehlo.broadcast_in_dim %arg2, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %1 = stablehlo.dynamic_update_slice %arg1, %0, %arg3, %c : (tensor<7x4xf32>, tensor<1x4xf32>, tensor<i64>, tensor<i64>) -> tensor<7x4xf32>
    return %1 : tensor<7x4xf32>
  }
}

// ----- scatter
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<10x4xf32>, %arg2: tensor<3xi32>, %arg3: tensor<3x4xf32>) -> (tensor<10x4xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<10> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %1 = stablehlo.compare LT, %arg2, %0, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %3 = stablehlo.add %arg2, %2 : tensor<3xi32>
    %4 = stablehlo.select %1, %3, %arg2 : tensor<3xi1>, tensor<3xi32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %6 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %7 = "stablehlo.case"(%6) ({
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %8 = "stablehlo.case"(%7) ({
      %9 = "stablehlo.scatter"(%arg1, %5, %arg3) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
      ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
        %10 = stablehlo.add %arg4, %arg5 : tensor<f32>
        stablehlo.return %10 : tensor<f32>
      }) : (tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<10x4xf32>
      stablehlo.return %9 : tensor<10x4xf32>
    }, {
      %9 = "stablehlo.scatter"(%arg1, %5, %arg3) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
      ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
        %10 = stablehlo.add %arg4, %arg5 : tensor<f32>
        stablehlo.return %10 : tensor<f32>
      }) : (tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<10x4xf32>
      stablehlo.return %9 : tensor<10x4xf32>
    }) : (tensor<i32>) -> tensor<10x4xf32>
    return %8 : tensor<10x4xf32>
  }
}

// ----- scatter.v1.8.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<10x4xf32>, %arg2: tensor<3xi32>, %arg3: tensor<3x4xf32>) -> (tensor<10x4xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<10> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.broadcast_in_dim %c_1, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %1 = stablehlo.compare LT, %arg2, %0, SIGNED : (tensor<3xi32>, tensor<3xi32>) -> tensor<3xi1>
    %2 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<i32>) -> tensor<3xi32>
    %3 = stablehlo.add %arg2, %2 : tensor<3xi32>
    %4 = stablehlo.select %1, %3, %arg2 : tensor<3xi1>, tensor<3xi32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [0] : (tensor<3xi32>) -> tensor<3x1xi32>
    %6 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %7 = "stablehlo.case"(%6) ({
      stablehlo.return %c : tensor<i32>
    }, {
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %8 = "stablehlo.case"(%7) ({
      %9 = "stablehlo.scatter"(%arg1, %5, %arg3) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
      ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
        %10 = stablehlo.add %arg4, %arg5 : tensor<f32>
        stablehlo.return %10 : tensor<f32>
      }) : (tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<10x4xf32>
      stablehlo.return %9 : tensor<10x4xf32>
    }, {
      %9 = "stablehlo.scatter"(%arg1, %5, %arg3) <{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>}> ({
      ^bb0(%arg4: tensor<f32>, %arg5: tensor<f32>):
        %10 = stablehlo.add %arg4, %arg5 : tensor<f32>
        stablehlo.return %10 : tensor<f32>
      }) : (tensor<10x4xf32>, tensor<3x1xi32>, tensor<3x4xf32>) -> tensor<10x4xf32>
      stablehlo.return %9 : tensor<10x4xf32>
    }) : (tensor<i32>) -> tensor<10x4xf32>
    return %8 : tensor<10x4xf32>
  }
}

// ----- shard_map
module @jit__lambda attributes {jax.uses_shape_polymorphism = false, mhlo.num_partitions = 8 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["data"=4, "model"=2]> {stablehlo.mesh = {axes = [{name = "data", size = 4 : i64}, {name = "model", size = 2 : i64}]}}
  func.func public @main(%arg0: tensor<8x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"data"}, {"model"}]>}) -> (tensor<2x4xf32> {jax.result_info = "result"}) {
    %0 = sdy.manual_computation(%arg0) in_shardings=[<@mesh, [{"data"}, {"model"}]>] out_shardings=[<@mesh, [{}, {"model"}]>] manual_axes={"data", "model"} (%arg1: tensor<2x2xf32>) {
      %c = stablehlo.constant dense<2> : tensor<ui32>
      %c_0 = stablehlo.constant dense<4> : tensor<ui32>
      %1 = stablehlo.partition_id : tensor<ui32>
      %2 = stablehlo.divide %1, %c : tensor<ui32>
      %3 = stablehlo.remainder %2, %c_0 : tensor<ui32>
      %4 = stablehlo.convert %3 : (tensor<ui32>) -> tensor<i32>
      %5 = stablehlo.convert %4 : (tensor<i32>) -> tensor<f32>
      %6 = stablehlo.broadcast_in_dim %5, dims = [] : (tensor<f32>) -> tensor<2x2xf32>
      %7 = stablehlo.multiply %arg1, %6 : tensor<2x2xf32>
      %8 = "stablehlo.all_reduce"(%7) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>, use_global_device_ids}> ({
      ^bb0(%arg2: tensor<f32>, %arg3: tensor<f32>):
        %9 = stablehlo.add %arg2, %arg3 : tensor<f32>
        stablehlo.return %9 : tensor<f32>
      }) : (tensor<2x2xf32>) -> tensor<2x2xf32>
      sdy.return %8 : tensor<2x2xf32>
    } : (tensor<8x4xf32>) -> tensor<2x4xf32>
    return %0 : tensor<2x4xf32>
  }
}

// ----- shard_map_gather
module @jit__lambda attributes {jax.uses_shape_polymorphism = false, mhlo.num_partitions = 8 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["data"=4, "model"=2]> {stablehlo.mesh = {axes = [{name = "data", size = 4 : i64}, {name = "model", size = 2 : i64}]}}
  func.func public @main(%arg0: tensor<8x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"data"}, {"model"}]>}) -> (tensor<8x4xf32> {jax.result_info = "result"}) {
    %0 = sdy.manual_computation(%arg0) in_shardings=[<@mesh, [{"data"}, {"model"}]>] out_shardings=[<@mesh, [{}, {"model"}]>] manual_axes={"data", "model"} (%arg1: tensor<2x2xf32>) {
      %1 = "stablehlo.collective_permute"(%arg1) <{channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, source_target_pairs = dense<[[0, 1], [1, 0], [2, 3], [3, 2], [4, 5], [5, 4], [6, 7], [7, 6]]> : tensor<8x2xi64>}> : (tensor<2x2xf32>) -> tensor<2x2xf32>
      %2 = "stablehlo.all_gather"(%1) <{all_gather_dim = 0 : i64, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>, use_global_device_ids}> : (tensor<2x2xf32>) -> tensor<8x2xf32>
      sdy.return %2 : tensor<8x2xf32>
    } : (tensor<8x4xf32>) -> tensor<8x4xf32>
    return %0 : tensor<8x4xf32>
  }
}

// ----- sharded_matmul
module @jit__lambda attributes {jax.uses_shape_polymorphism = false, mhlo.num_partitions = 8 : i32, mhlo.num_replicas = 1 : i32} {
  sdy.mesh @mesh = <["data"=4, "model"=2]> {stablehlo.mesh = {axes = [{name = "data", size = 4 : i64}, {name = "model", size = 2 : i64}]}}
  func.func public @main(%arg0: tensor<8x4xf32> {sdy.sharding = #sdy.sharding<@mesh, [{"data"}, {}]>}, %arg1: tensor<4x8xf32> {sdy.sharding = #sdy.sharding<@mesh, [{}, {"model"}]>}) -> (tensor<8x8xf32> {jax.result_info = "result"}) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0] : (tensor<8x4xf32>, tensor<4x8xf32>) -> tensor<8x8xf32>
    %1 = sdy.sharding_constraint %0 <@mesh, [{"data"}, {"model"}]> : tensor<8x8xf32>
    return %1 : tensor<8x8xf32>
  }
}

// ----- sin_matmul
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<3x4xf32>) -> (tensor<3x3xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.sine %arg1 : tensor<3x4xf32>
    %1 = stablehlo.transpose %arg1, dims = [1, 0] : (tensor<3x4xf32>) -> tensor<4x3xf32>
    %2 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %3 = "stablehlo.case"(%2) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %4 = "stablehlo.case"(%3) ({
      %7 = stablehlo.dot_general %0, %1, contracting_dims = [1] x [0] : (tensor<3x4xf32>, tensor<4x3xf32>) -> tensor<3x3xf32>
      stablehlo.return %7 : tensor<3x3xf32>
    }, {
      %7 = stablehlo.dot_general %0, %1, contracting_dims = [1] x [0] : (tensor<3x4xf32>, tensor<4x3xf32>) -> tensor<3x3xf32>
      stablehlo.return %7 : tensor<3x3xf32>
    }, {
      %7 = stablehlo.dot_general %0, %1, contracting_dims = [1] x [0] : (tensor<3x4xf32>, tensor<4x3xf32>) -> tensor<3x3xf32>
      stablehlo.return %7 : tensor<3x3xf32>
    }) : (tensor<i32>) -> tensor<3x3xf32>
    %5 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3x3xf32>
    %6 = stablehlo.add %4, %5 : tensor<3x3xf32>
    return %6 : tensor<3x3xf32>
  }
}

// ----- sort
module @jit__lambda attributes {jax.uses_shape_polymorphism = false, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<12xf32>) -> (tensor<12xf32> {jax.result_info = "result[0]"}, tensor<12xi64> {jax.result_info = "result[1]"}, tensor<3xf32> {jax.result_info = "result[2][0]"}, tensor<3xi32> {jax.result_info = "result[2][1]"}) {
    %0 = call @sort(%arg0) : (tensor<12xf32>) -> tensor<12xf32>
    %1 = call @argsort(%arg0) : (tensor<12xf32>) -> tensor<12xi64>
    %2:2 = stablehlo.composite "chlo.top_k" %arg0 {composite_attributes = {k = 3 : i64}, decomposition = @chlo.top_k.impl, version = 1 : i32} : (tensor<12xf32>) -> (tensor<3xf32>, tensor<3xi32>)
    return %0, %1, %2#0, %2#1 : tensor<12xf32>, tensor<12xi64>, tensor<3xf32>, tensor<3xi32>
  }
  func.func private @chlo.top_k.impl(%arg0: tensor<12xf32>) -> (tensor<3xf32>, tensor<3xi32>) {
    %0 = stablehlo.iota dim = 0 : tensor<12xi32>
    %1:2 = "stablehlo.sort"(%arg0, %0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>, %arg3: tensor<i32>, %arg4: tensor<i32>):
      %4 = stablehlo.compare GT, %arg1, %arg2, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %4 : tensor<i1>
    }) : (tensor<12xf32>, tensor<12xi32>) -> (tensor<12xf32>, tensor<12xi32>)
    %2 = stablehlo.slice %1#0 [0:3] : (tensor<12xf32>) -> tensor<3xf32>
    %3 = stablehlo.slice %1#1 [0:3] : (tensor<12xi32>) -> tensor<3xi32>
    return %2, %3 : tensor<3xf32>, tensor<3xi32>
  }
  func.func private @sort(%arg0: tensor<12xf32>) -> tensor<12xf32> {
    %cst = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %1 = stablehlo.compare EQ, %arg1, %cst_0, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %2 = stablehlo.select %1, %cst_0, %arg1 : tensor<i1>, tensor<f32>
      %3 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.select %3, %cst, %2 : tensor<i1>, tensor<f32>
      %5 = stablehlo.compare EQ, %arg2, %cst_0, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %6 = stablehlo.select %5, %cst_0, %arg2 : tensor<i1>, tensor<f32>
      %7 = stablehlo.compare NE, %arg2, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %8 = stablehlo.select %7, %cst, %6 : tensor<i1>, tensor<f32>
      %9 = stablehlo.compare LT, %4, %8, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %9 : tensor<i1>
    }) : (tensor<12xf32>) -> tensor<12xf32>
    return %0 : tensor<12xf32>
  }
  func.func private @argsort(%arg0: tensor<12xf32>) -> tensor<12xi64> {
    %cst = stablehlo.constant dense<0x7FC00000> : tensor<f32>
    %cst_0 = stablehlo.constant dense<0.000000e+00> : tensor<f32>
    %0 = stablehlo.iota dim = 0 : tensor<12xi64>
    %1:2 = "stablehlo.sort"(%arg0, %0) <{dimension = 0 : i64, is_stable = true}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>, %arg3: tensor<i64>, %arg4: tensor<i64>):
      %2 = stablehlo.compare EQ, %arg1, %cst_0, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %3 = stablehlo.select %2, %cst_0, %arg1 : tensor<i1>, tensor<f32>
      %4 = stablehlo.compare NE, %arg1, %arg1, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %5 = stablehlo.select %4, %cst, %3 : tensor<i1>, tensor<f32>
      %6 = stablehlo.compare EQ, %arg2, %cst_0, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %7 = stablehlo.select %6, %cst_0, %arg2 : tensor<i1>, tensor<f32>
      %8 = stablehlo.compare NE, %arg2, %arg2, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %9 = stablehlo.select %8, %cst, %7 : tensor<i1>, tensor<f32>
      %10 = stablehlo.compare LT, %5, %9, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %10 : tensor<i1>
    }) : (tensor<12xf32>, tensor<12xi64>) -> (tensor<12xf32>, tensor<12xi64>)
    return %1#1 : tensor<12xi64>
  }
}

// ----- switch
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i32>, %arg2: tensor<3xf32>) -> (tensor<3xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %0 = stablehlo.clamp %c, %arg1, %c_0 : tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      %2 = stablehlo.sine %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }, {
      %2 = stablehlo.cosine %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }, {
      %2 = stablehlo.exponential %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }) : (tensor<i32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// ----- switch.v0.20.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<i32>, %arg2: tensor<3xf32>) -> (tensor<3xf32> {jax.result_info = "result"}) {
    %c = stablehlo.constant dense<0> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %0 = stablehlo.clamp %c, %arg1, %c_0 : tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      %2 = stablehlo.sine %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }, {
      %2 = stablehlo.cosine %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }, {
      %2 = stablehlo.exponential %arg2 : tensor<3xf32>
      stablehlo.return %2 : tensor<3xf32>
    }) : (tensor<i32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// ----- uints
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<5xui32>) -> (tensor<5xui64> {jax.result_info = "result[0]"}, tensor<5xui32> {jax.result_info = "result[1]"}, tensor<5xui32> {jax.result_info = "result[2]"}) {
    %c = stablehlo.constant dense<7> : tensor<ui32>
    %c_0 = stablehlo.constant dense<3> : tensor<ui64>
    %0 = stablehlo.convert %arg1 : (tensor<5xui32>) -> tensor<5xui64>
    %1 = stablehlo.broadcast_in_dim %c_0, dims = [] : (tensor<ui64>) -> tensor<5xui64>
    %2 = stablehlo.multiply %0, %1 : tensor<5xui64>
    %3 = stablehlo.broadcast_in_dim %c, dims = [] : (tensor<ui32>) -> tensor<5xui32>
    %4 = stablehlo.xor %arg1, %3 : tensor<5xui32>
    %5 = stablehlo.count_leading_zeros %arg1 : tensor<5xui32>
    return %2, %4, %5 : tensor<5xui64>, tensor<5xui32>, tensor<5xui32>
  }
}

// ----- vmap_grad
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<4x3xf32>, %arg2: tensor<6x3xf32>) -> (tensor<6x4x3xf32> {jax.result_info = "result"}) {
    %cst = stablehlo.constant dense<1.000000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i32>
    %c_0 = stablehlo.constant dense<2> : tensor<i32>
    %c_1 = stablehlo.constant dense<0> : tensor<i32>
    %0 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %1 = "stablehlo.case"(%0) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %2 = "stablehlo.case"(%1) ({
      %17 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [1] : (tensor<4x3xf32>, tensor<6x3xf32>) -> tensor<4x6xf32>
      stablehlo.return %17 : tensor<4x6xf32>
    }, {
      %17 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [1] : (tensor<4x3xf32>, tensor<6x3xf32>) -> tensor<4x6xf32>
      stablehlo.return %17 : tensor<4x6xf32>
    }, {
      %17 = stablehlo.dot_general %arg1, %arg2, contracting_dims = [1] x [1] : (tensor<4x3xf32>, tensor<6x3xf32>) -> tensor<4x6xf32>
      stablehlo.return %17 : tensor<4x6xf32>
    }) : (tensor<i32>) -> tensor<4x6xf32>
    %3 = stablehlo.tanh %2 : tensor<4x6xf32>
    %4 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4x6xf32>
    %5 = stablehlo.subtract %4, %3 : tensor<4x6xf32>
    %6 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<4xf32>
    %7 = stablehlo.broadcast_in_dim %6, dims = [1] : (tensor<4xf32>) -> tensor<1x4xf32>
    %8 = stablehlo.transpose %5, dims = [1, 0] : (tensor<4x6xf32>) -> tensor<6x4xf32>
    %9 = stablehlo.broadcast_in_dim %7, dims = [0, 1] : (tensor<1x4xf32>) -> tensor<6x4xf32>
    %10 = stablehlo.multiply %9, %8 : tensor<6x4xf32>
    %11 = stablehlo.transpose %3, dims = [1, 0] : (tensor<4x6xf32>) -> tensor<6x4xf32>
    %12 = stablehlo.multiply %10, %11 : tensor<6x4xf32>
    %13 = stablehlo.add %10, %12 : tensor<6x4xf32>
    %14 = stablehlo.convert %arg0 : (tensor<i64>) -> tensor<i32>
    %15 = "stablehlo.case"(%14) ({
      stablehlo.return %c_1 : tensor<i32>
    }, {
      stablehlo.return %c_0 : tensor<i32>
    }, {
      stablehlo.return %c : tensor<i32>
    }) : (tensor<i32>) -> tensor<i32>
    %16 = "stablehlo.case"(%15) ({
      %17 = stablehlo.dot_general %13, %arg2, batching_dims = [0] x [0], contracting_dims = [] x [] : (tensor<6x4xf32>, tensor<6x3xf32>) -> tensor<6x4x3xf32>
      stablehlo.return %17 : tensor<6x4x3xf32>
    }, {
      %17 = stablehlo.dot_general %13, %arg2, batching_dims = [0] x [0], contracting_dims = [] x [] : (tensor<6x4xf32>, tensor<6x3xf32>) -> tensor<6x4x3xf32>
      stablehlo.return %17 : tensor<6x4x3xf32>
    }, {
      %17 = stablehlo.dot_general %13, %arg2, batching_dims = [0] x [0], contracting_dims = [] x [] : (tensor<6x4xf32>, tensor<6x3xf32>) -> tensor<6x4x3xf32>
      stablehlo.return %17 : tensor<6x4x3xf32>
    }) : (tensor<i32>) -> tensor<6x4x3xf32>
    return %16 : tensor<6x4x3xf32>
  }
}

// ----- while
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<3xf32>) -> (tensor<i64> {jax.result_info = "result[0]"}, tensor<3xf32> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<1.100000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i64>
    %c_0 = stablehlo.constant dense<10> : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %0:2 = stablehlo.while(%iterArg = %c_1, %iterArg_2 = %arg1) : tensor<i64>, tensor<3xf32>
    cond {
      %1 = stablehlo.compare LT, %iterArg, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1 = stablehlo.add %iterArg, %c : tensor<i64>
      %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %3 = stablehlo.multiply %iterArg_2, %2 : tensor<3xf32>
      stablehlo.return %1, %3 : tensor<i64>, tensor<3xf32>
    }
    return %0#0, %0#1 : tensor<i64>, tensor<3xf32>
  }
}

// ----- while.v1.5.0
module @jit__lambda attributes {jax.uses_shape_polymorphism = true, mhlo.num_partitions = 1 : i32, mhlo.num_replicas = 1 : i32} {
  func.func public @main(%arg0: tensor<i64> {jax.global_constant = "_platform_index"}, %arg1: tensor<3xf32>) -> (tensor<i64> {jax.result_info = "result[0]"}, tensor<3xf32> {jax.result_info = "result[1]"}) {
    %cst = stablehlo.constant dense<1.100000e+00> : tensor<f32>
    %c = stablehlo.constant dense<1> : tensor<i64>
    %c_0 = stablehlo.constant dense<10> : tensor<i64>
    %c_1 = stablehlo.constant dense<0> : tensor<i64>
    %0:2 = stablehlo.while(%iterArg = %c_1, %iterArg_2 = %arg1) : tensor<i64>, tensor<3xf32>
    cond {
      %1 = stablehlo.compare LT, %iterArg, %c_0, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1 = stablehlo.add %iterArg, %c : tensor<i64>
      %2 = stablehlo.broadcast_in_dim %cst, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %3 = stablehlo.multiply %iterArg_2, %2 : tensor<3xf32>
      stablehlo.return %1, %3 : tensor<i64>, tensor<3xf32>
    }
    return %0#0, %0#1 : tensor<i64>, tensor<3xf32>
  }
}

