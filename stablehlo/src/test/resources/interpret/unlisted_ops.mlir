// Ops that StableHLO's own interpreter suite leaves out.
func.func @batch_norm_inference() {
  %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %scale = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %offset = stablehlo.constant dense<[0.5, -0.5]> : tensor<2xf32>
  %mean = stablehlo.constant dense<[2.0, 3.0]> : tensor<2xf32>
  %variance = stablehlo.constant dense<[3.0, 0.25]> : tensor<2xf32>
  %0 = "stablehlo.batch_norm_inference"(%x, %scale, %offset, %mean, %variance) {epsilon = 1.0 : f32, feature_index = 1 : i64} : (tensor<2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  check.expect_almost_eq_const %0, dense<[[0.0, -2.2888544], [1.0, 1.2888544]]> : tensor<2x2xf32>
  func.return
}

// -----

func.func @batch_norm_training_and_gradient() {
  %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 6.0]]> : tensor<2x2xf64>
  %scale = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf64>
  %offset = stablehlo.constant dense<[0.5, -0.5]> : tensor<2xf64>
  %0, %1, %2 = "stablehlo.batch_norm_training"(%x, %scale, %offset) {epsilon = 0.0 : f32, feature_index = 1 : i64} : (tensor<2x2xf64>, tensor<2xf64>, tensor<2xf64>) -> (tensor<2x2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_almost_eq_const %0, dense<[[-0.5, -2.5], [1.5, 1.5]]> : tensor<2x2xf64>
  check.expect_eq_const %1, dense<[2.0, 4.0]> : tensor<2xf64>
  check.expect_eq_const %2, dense<[1.0, 4.0]> : tensor<2xf64>
  %g = stablehlo.constant dense<[[1.0, 1.0], [3.0, 1.0]]> : tensor<2x2xf64>
  %3, %4, %5 = "stablehlo.batch_norm_grad"(%x, %scale, %1, %2, %g) {epsilon = 0.0 : f32, feature_index = 1 : i64} : (tensor<2x2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2x2xf64>) -> (tensor<2x2xf64>, tensor<2xf64>, tensor<2xf64>)
  check.expect_almost_eq_const %3, dense<0.0> : tensor<2x2xf64>
  check.expect_almost_eq_const %4, dense<[2.0, 0.0]> : tensor<2xf64>
  check.expect_almost_eq_const %5, dense<[4.0, 2.0]> : tensor<2xf64>
  func.return
}

// -----

func.func @cholesky() {
  %a = stablehlo.constant dense<[[4.0, 9.0, 9.0], [2.0, 5.0, 9.0], [6.0, 1.0, 14.0]]> : tensor<3x3xf64>
  %0 = stablehlo.cholesky %a, lower = true : tensor<3x3xf64>
  check.expect_almost_eq_const %0, dense<[[2.0, 0.0, 0.0], [1.0, 2.0, 0.0], [3.0, -1.0, 2.0]]> : tensor<3x3xf64>
  %bad = stablehlo.constant dense<[[1.0, 2.0], [2.0, 1.0]]> : tensor<2x2xf64>
  %1 = stablehlo.cholesky %bad : tensor<2x2xf64>
  check.expect_almost_eq_const %1, dense<0x7FF8000000000000> : tensor<2x2xf64>
  %c = stablehlo.constant dense<[[(2.0, 0.0), (0.0, -2.0)], [(0.0, 2.0), (6.0, 0.0)]]> : tensor<2x2xcomplex<f64>>
  %2 = stablehlo.cholesky %c : tensor<2x2xcomplex<f64>>
  %3 = stablehlo.transpose %2, dims = [1, 0] : (tensor<2x2xcomplex<f64>>) -> tensor<2x2xcomplex<f64>>
  %4 = chlo.conj %3 : tensor<2x2xcomplex<f64>> -> tensor<2x2xcomplex<f64>>
  %5 = stablehlo.dot_general %4, %2, contracting_dims = [1] x [0] : (tensor<2x2xcomplex<f64>>, tensor<2x2xcomplex<f64>>) -> tensor<2x2xcomplex<f64>>
  check.expect_almost_eq %5, %c : tensor<2x2xcomplex<f64>>
  func.return
}

// -----

func.func @legacy_contractions() {
  %a = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %b = stablehlo.constant dense<[[1, 0], [0, 1], [2, 2]]> : tensor<3x2xi32>
  %0 = stablehlo.dot %a, %b : (tensor<2x3xi32>, tensor<3x2xi32>) -> tensor<2x2xi32>
  check.expect_eq_const %0, dense<[[7, 8], [16, 17]]> : tensor<2x2xi32>
  %1 = stablehlo.einsum %a, %b, config = "ij,jk->ki" : (tensor<2x3xi32>, tensor<3x2xi32>) -> tensor<2x2xi32>
  check.expect_eq_const %1, dense<[[7, 16], [8, 17]]> : tensor<2x2xi32>
  %2 = "stablehlo.unary_einsum"(%a) {einsum_config = "ij->j"} : (tensor<2x3xi32>) -> tensor<3xi32>
  check.expect_eq_const %2, dense<[5, 7, 9]> : tensor<3xi32>
  %s = stablehlo.slice %a [0:2, 0:2] : (tensor<2x3xi32>) -> tensor<2x2xi32>
  %3 = "stablehlo.unary_einsum"(%s) {einsum_config = "ii->"} : (tensor<2x2xi32>) -> tensor<i32>
  check.expect_eq_const %3, dense<6> : tensor<i32>
  func.return
}

// -----

func.func @legacy_shapes() {
  %x = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %0 = stablehlo.broadcast %x, sizes = [2] : (tensor<2xi32>) -> tensor<2x2xi32>
  check.expect_eq_const %0, dense<[[1, 2], [1, 2]]> : tensor<2x2xi32>
  %a = stablehlo.constant dense<[[1, 2, 3], [4, 5, 6]]> : tensor<2x3xi32>
  %i = stablehlo.constant dense<[2, 0, 9]> : tensor<3xi32>
  %1 = "stablehlo.torch_index_select"(%a, %i) {dim = 1 : i64, batch_dims = 0 : i64} : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2x3xi32>
  check.expect_eq_const %1, dense<[[3, 1, 3], [6, 4, 6]]> : tensor<2x3xi32>
  %start = stablehlo.constant dense<[0, 1]> : tensor<2xi64>
  %limit = stablehlo.constant dense<[2, 3]> : tensor<2xi64>
  %stride = stablehlo.constant dense<[1, 1]> : tensor<2xi64>
  %2 = stablehlo.real_dynamic_slice %a, %start, %limit, %stride : (tensor<2x3xi32>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>) -> tensor<2x2xi32>
  check.expect_eq_const %2, dense<[[2, 3], [5, 6]]> : tensor<2x2xi32>
  func.return
}

// -----

func.func @set_dimension_size() {
  %x = stablehlo.constant dense<[1, 2, 3]> : tensor<3xi32>
  %n = stablehlo.constant dense<2> : tensor<i32>
  %0 = stablehlo.set_dimension_size %x, %n, dim = 0 : (tensor<3xi32>, tensor<i32>) -> tensor<?xi32, #stablehlo.bounds<3>>
  %1 = stablehlo.get_dimension_size %0, dim = 0 : (tensor<?xi32, #stablehlo.bounds<3>>) -> tensor<i32>
  check.expect_eq_const %1, dense<2> : tensor<i32>
  func.return
}

// -----

func.func @rng_bits() {
  %state = stablehlo.constant dense<0> : tensor<2xui64>
  %0, %1 = stablehlo.rng_bit_generator %state, algorithm = THREE_FRY : (tensor<2xui64>) -> (tensor<2xui64>, tensor<2xui32>)
  check.expect_eq_const %0, dense<[0, 1]> : tensor<2xui64>
  check.expect_eq_const %1, dense<[1797259609, 2579123966]> : tensor<2xui32>
  %s3 = stablehlo.constant dense<0> : tensor<3xui64>
  %2, %3 = stablehlo.rng_bit_generator %s3, algorithm = PHILOX : (tensor<3xui64>) -> (tensor<3xui64>, tensor<2xui64>)
  check.expect_eq_const %2, dense<[0, 1, 0]> : tensor<3xui64>
  check.expect_eq_const %3, dense<[0xE169C58D6627E8D5, 0x9B00DBD8BC57AC4C]> : tensor<2xui64>
  func.return
}

// -----

func.func @rng() {
  %a = stablehlo.constant dense<3> : tensor<i32>
  %b = stablehlo.constant dense<7> : tensor<i32>
  %shape = stablehlo.constant dense<[50]> : tensor<1xi64>
  %0 = stablehlo.rng %a, %b, %shape, distribution = UNIFORM : (tensor<i32>, tensor<i32>, tensor<1xi64>) -> tensor<50xi32>
  %1 = stablehlo.clamp %a, %0, %b : (tensor<i32>, tensor<50xi32>, tensor<i32>) -> tensor<50xi32>
  check.expect_eq %0, %1 : tensor<50xi32>
  func.return
}

// -----

func.func @nan_is_the_largest_of_top_k() {
  %x = stablehlo.constant dense<[1.0, 0x7FC00000, 3.0, 3.0, -1.0]> : tensor<5xf32>
  %values, %indices = chlo.top_k(%x, k = 3) : tensor<5xf32> -> (tensor<3xf32>, tensor<3xi32>)
  check.expect_almost_eq_const %values, dense<[0x7FC00000, 3.0, 3.0]> : tensor<3xf32>
  check.expect_eq_const %indices, dense<[1, 2, 3]> : tensor<3xi32>
  func.return
}

// -----

func.func @chlo_broadcasts() {
  %x = stablehlo.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %y = stablehlo.constant dense<[10.0, 20.0]> : tensor<2xf32>
  %0 = chlo.broadcast_add %x, %y : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2x2xf32>
  check.expect_eq_const %0, dense<[[11.0, 22.0], [13.0, 24.0]]> : tensor<2x2xf32>
  %1 = chlo.broadcast_subtract %y, %x {broadcast_dimensions = array<i64: 0>} : (tensor<2xf32>, tensor<2x2xf32>) -> tensor<2x2xf32>
  check.expect_eq_const %1, dense<[[9.0, 8.0], [17.0, 16.0]]> : tensor<2x2xf32>
  %2 = chlo.broadcast_compare %x, %y {comparison_direction = #chlo<comparison_direction LT>} : (tensor<2x2xf32>, tensor<2xf32>) -> tensor<2x2xi1>
  check.expect_eq_const %2, dense<true> : tensor<2x2xi1>
  func.return
}

// -----

func.func @tuples_and_barriers() {
  %x = stablehlo.constant dense<[1, 2]> : tensor<2xi32>
  %y = stablehlo.constant dense<3> : tensor<i32>
  %t = stablehlo.tuple %x, %y : tuple<tensor<2xi32>, tensor<i32>>
  %0 = stablehlo.get_tuple_element %t[1] : (tuple<tensor<2xi32>, tensor<i32>>) -> tensor<i32>
  %1 = stablehlo.optimization_barrier %0 : tensor<i32>
  check.expect_eq_const %1, dense<3> : tensor<i32>
  %token = stablehlo.create_token : !stablehlo.token
  %2 = stablehlo.after_all %token : !stablehlo.token
  func.return
}
