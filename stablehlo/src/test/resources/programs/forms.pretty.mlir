module {
  func.func @stablehlo_abs(%arg0: tensor<f32>) {
    %0 = stablehlo.abs %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_add(%arg0: tensor<i32>, %arg1: tensor<i32>) {
    %0 = stablehlo.add %arg0, %arg1 : tensor<i32>
    return
  }
  func.func @stablehlo_after_all() {
    %0 = stablehlo.after_all  : !stablehlo.token
    return
  }
  func.func @stablehlo_all_gather(%arg0: tensor<8x2xf32>) {
    %0 = "stablehlo.all_gather"(%arg0) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>}> : (tensor<8x2xf32>) -> tensor<8x8xf32>
    return
  }
  func.func @stablehlo_all_reduce(%arg0: tensor<4x4xf32>) {
    %0 = "stablehlo.all_reduce"(%arg0) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %1 = stablehlo.add %arg1, %arg2 : tensor<f32>
      stablehlo.return %1 : tensor<f32>
    }) : (tensor<4x4xf32>) -> tensor<4x4xf32>
    return
  }
  func.func @stablehlo_all_to_all(%arg0: tensor<4x16xf32>) {
    %0 = "stablehlo.all_to_all"(%arg0) <{concat_dimension = 0 : i64, replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>, split_count = 4 : i64, split_dimension = 1 : i64}> : (tensor<4x16xf32>) -> tensor<16x4xf32>
    return
  }
  func.func @stablehlo_and(%arg0: tensor<i1>, %arg1: tensor<i1>) {
    %0 = stablehlo.and %arg0, %arg1 : tensor<i1>
    return
  }
  func.func @stablehlo_async_done(%arg0: !stablehlo.future<tensor<4x4xf32>>) {
    %0 = "stablehlo.async_done"(%arg0) : (!stablehlo.future<tensor<4x4xf32>>) -> tensor<4x4xf32>
    return
  }
  func.func @stablehlo_async_start(%arg0: tensor<16x8xf32>) {
    %0 = "stablehlo.async_start"(%arg0) ({
    ^bb0(%arg1: tensor<16x8xf32>):
      %1 = "stablehlo.collective_broadcast"(%arg1) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<16x8xf32>) -> tensor<16x8xf32>
      stablehlo.return %1 : tensor<16x8xf32>
    }) : (tensor<16x8xf32>) -> !stablehlo.future<tensor<16x8xf32>>
    return
  }
  func.func @stablehlo_atan2(%arg0: tensor<3x4xf32>, %arg1: tensor<3x4xf32>) {
    %0 = stablehlo.atan2 %arg0, %arg1 : tensor<3x4xf32>
    return
  }
  func.func @stablehlo_batch_norm_grad(%arg0: tensor<2x2x2x2xf32>, %arg1: tensor<2xf32>, %arg2: tensor<2xf32>, %arg3: tensor<2xf32>, %arg4: tensor<2x2x2x2xf32>) {
    %grad_operand, %grad_scale, %grad_offset = "stablehlo.batch_norm_grad"(%arg0, %arg1, %arg2, %arg3, %arg4) <{epsilon = 1.000000e-03 : f32, feature_index = 0 : i64}> : (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x2x2x2xf32>) -> (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>)
    return
  }
  func.func @stablehlo_batch_norm_inference(%arg0: tensor<4x256xf32>, %arg1: tensor<256xf32>, %arg2: tensor<256xf32>, %arg3: tensor<256xf32>, %arg4: tensor<256xf32>) {
    %0 = "stablehlo.batch_norm_inference"(%arg0, %arg1, %arg2, %arg3, %arg4) <{epsilon = 1.001000e-05 : f32, feature_index = 1 : i64}> : (tensor<4x256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>) -> tensor<4x256xf32>
    return
  }
  func.func @stablehlo_batch_norm_training(%arg0: tensor<2x2x2x2xf32>, %arg1: tensor<2xf32>, %arg2: tensor<2xf32>) {
    %output, %batch_mean, %batch_var = "stablehlo.batch_norm_training"(%arg0, %arg1, %arg2) <{epsilon = 1.000000e-03 : f32, feature_index = 3 : i64}> : (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>)
    return
  }
  func.func @stablehlo_bitcast_convert(%arg0: tensor<i64>) {
    %0 = stablehlo.bitcast_convert %arg0 : (tensor<i64>) -> tensor<f64>
    return
  }
  func.func @stablehlo_broadcast(%arg0: tensor<3xi32>) {
    %0 = stablehlo.broadcast %arg0, sizes = [1, 2] : (tensor<3xi32>) -> tensor<1x2x3xi32>
    return
  }
  func.func @stablehlo_broadcast_in_dim(%arg0: tensor<i32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<i32>) -> tensor<i32>
    return
  }
  func.func @stablehlo_cbrt(%arg0: tensor<4xf64>) {
    %0 = stablehlo.cbrt %arg0 : tensor<4xf64>
    return
  }
  func.func @stablehlo_ceil(%arg0: tensor<f32>) {
    %0 = stablehlo.ceil %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_cholesky(%arg0: tensor<4x4xf32>) {
    %0 = stablehlo.cholesky %arg0, lower = true : tensor<4x4xf32>
    return
  }
  func.func @stablehlo_clamp(%arg0: tensor<3x4xf32>, %arg1: tensor<3x4xf32>, %arg2: tensor<3x4xf32>) {
    %0 = stablehlo.clamp %arg0, %arg1, %arg2 : tensor<3x4xf32>
    return
  }
  func.func @stablehlo_collective_broadcast(%arg0: tensor<16x8xf32>) {
    %0 = "stablehlo.collective_broadcast"(%arg0) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<16x8xf32>) -> tensor<16x8xf32>
    return
  }
  func.func @stablehlo_collective_permute(%arg0: tensor<128x32xf32>) {
    %0 = "stablehlo.collective_permute"(%arg0) <{source_target_pairs = dense<[[0, 1], [1, 2], [2, 3]]> : tensor<3x2xi64>}> : (tensor<128x32xf32>) -> tensor<128x32xf32>
    return
  }
  func.func @stablehlo_compare(%arg0: tensor<i1>, %arg1: tensor<i1>) {
    %0 = stablehlo.compare EQ, %arg0, %arg1 : (tensor<i1>, tensor<i1>) -> tensor<i1>
    return
  }
  func.func @stablehlo_complex(%arg0: tensor<2x4xf32>, %arg1: tensor<2x4xf32>) {
    %0 = stablehlo.complex %arg0, %arg1 : tensor<2x4xcomplex<f32>>
    return
  }
  func.func @stablehlo_concatenate(%arg0: tensor<4xf32>, %arg1: tensor<1xf32>) {
    %0 = stablehlo.concatenate %arg0, %arg1, dim = 0 : (tensor<4xf32>, tensor<1xf32>) -> tensor<5xf32>
    return
  }
  func.func @stablehlo_constant() {
    %c = stablehlo.constant dense<0> : tensor<i32>
    return
  }
  func.func @stablehlo_convert(%arg0: tensor<i32>) {
    %0 = stablehlo.convert %arg0 : tensor<i32>
    return
  }
  func.func @stablehlo_convolution(%arg0: tensor<100x26x26x32xi8>, %arg1: tensor<3x3x1x32xi8>) {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f], window = {stride = [1, 1], pad = [[2, 2], [2, 2]], lhs_dilate = [1, 1], rhs_dilate = [1, 1]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<100x26x26x32xi8>, tensor<3x3x1x32xi8>) -> tensor<100x28x28x1xi32>
    return
  }
  func.func @stablehlo_cosine(%arg0: tensor<24xf32>) {
    %0 = stablehlo.cosine %arg0 : tensor<24xf32>
    return
  }
  func.func @stablehlo_count_leading_zeros(%arg0: tensor<2x2xi64>) {
    %0 = stablehlo.count_leading_zeros %arg0 : tensor<2x2xi64>
    return
  }
  func.func @stablehlo_create_token() {
    %0 = stablehlo.create_token : !stablehlo.token
    return
  }
  func.func @stablehlo_cross_replica_sum(%arg0: tensor<10xf32>) {
    %0 = "stablehlo.cross-replica-sum"(%arg0) <{replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>}> : (tensor<10xf32>) -> tensor<10xf32>
    return
  }
  func.func @stablehlo_custom_call() {
    stablehlo.custom_call @foo() {api_version = 4 : i32, backend_config = {foo = 42 : i32}} : () -> ()
    return
  }
  func.func @stablehlo_divide(%arg0: tensor<f32>, %arg1: tensor<f32>) {
    %0 = stablehlo.divide %arg0, %arg1 : tensor<f32>
    return
  }
  func.func @stablehlo_dot(%arg0: tensor<1x2xi8>, %arg1: tensor<2x1xi8>) {
    %0 = stablehlo.dot %arg0, %arg1 : (tensor<1x2xi8>, tensor<2x1xi8>) -> tensor<1x1xi16>
    return
  }
  func.func @stablehlo_dot_general(%arg0: tensor<20xf32>, %arg1: tensor<20xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [0] x [0], precision = [DEFAULT, DEFAULT] : (tensor<20xf32>, tensor<20xf32>) -> tensor<f32>
    return
  }
  func.func @stablehlo_dynamic_broadcast_in_dim(%arg0: tensor<4xf32>, %arg1: tensor<2xi64>) {
    %0 = stablehlo.dynamic_broadcast_in_dim %arg0, %arg1, dims = [1] : (tensor<4xf32>, tensor<2xi64>) -> tensor<3x4xf32>
    return
  }
  func.func @stablehlo_dynamic_conv(%arg0: tensor<1x4x4x1xi64>, %arg1: tensor<3x3x1x1xi64>, %arg2: tensor<2x2xi64>) {
    %0 = "stablehlo.dynamic_conv"(%arg0, %arg1, %arg2) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2, 2>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, false>, window_strides = array<i64: 4, 4>}> : (tensor<1x4x4x1xi64>, tensor<3x3x1x1xi64>, tensor<2x2xi64>) -> tensor<1x2x2x1xi64>
    return
  }
  func.func @stablehlo_dynamic_gather(%arg0: tensor<2x4x9xi32>, %arg1: tensor<1x5x2xi32>, %arg2: tensor<3xi32>) {
    %0 = "stablehlo.dynamic_gather"(%arg0, %arg1, %arg2) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, indices_are_sorted = false}> : (tensor<2x4x9xi32>, tensor<1x5x2xi32>, tensor<3xi32>) -> tensor<1x5x8xi32>
    return
  }
  func.func @stablehlo_dynamic_iota(%arg0: tensor<1xi64>) {
    %0 = stablehlo.dynamic_iota %arg0, dim = 0 : (tensor<1xi64>) -> tensor<4xf32>
    return
  }
  func.func @stablehlo_dynamic_pad(%arg0: tensor<4xf64>, %arg1: tensor<f64>, %arg2: tensor<1xi32>, %arg3: tensor<1xi32>, %arg4: tensor<1xi32>) {
    %0 = stablehlo.dynamic_pad %arg0, %arg1, %arg2, %arg3, %arg4 : (tensor<4xf64>, tensor<f64>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf64>
    return
  }
  func.func @stablehlo_dynamic_reshape(%arg0: tensor<1x6xi64>, %arg1: tensor<1xi64>) {
    %0 = stablehlo.dynamic_reshape %arg0, %arg1 : (tensor<1x6xi64>, tensor<1xi64>) -> tensor<6xi64>
    return
  }
  func.func @stablehlo_dynamic_slice(%arg0: tensor<3xf32>, %arg1: tensor<i32>) {
    %0 = stablehlo.dynamic_slice %arg0, %arg1, sizes = [1] : (tensor<3xf32>, tensor<i32>) -> tensor<1xf32>
    return
  }
  func.func @stablehlo_dynamic_update_slice(%arg0: tensor<4xf32>, %arg1: tensor<1xf32>, %arg2: tensor<i32>) {
    %0 = stablehlo.dynamic_update_slice %arg0, %arg1, %arg2 : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    return
  }
  func.func @stablehlo_einsum(%arg0: tensor<1x2xi8>, %arg1: tensor<2x1xi8>) {
    %0 = stablehlo.einsum %arg0, %arg1, config = "ab,bc->ac" : (tensor<1x2xi8>, tensor<2x1xi8>) -> tensor<1x1xi16>
    return
  }
  func.func @stablehlo_exponential(%arg0: tensor<f32>) {
    %0 = stablehlo.exponential %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_exponential_minus_one(%arg0: tensor<2xf64>) {
    %0 = stablehlo.exponential_minus_one %arg0 : tensor<2xf64>
    return
  }
  func.func @stablehlo_fft(%arg0: tensor<4xf64>) {
    %0 = stablehlo.fft %arg0, type = RFFT, length = [4] : (tensor<4xf64>) -> tensor<3xcomplex<f64>>
    return
  }
  func.func @stablehlo_floor(%arg0: tensor<f32>) {
    %0 = stablehlo.floor %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_gather(%arg0: tensor<8xf32>, %arg1: tensor<6x1xui32>) {
    %0 = "stablehlo.gather"(%arg0, %arg1) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<8xf32>, tensor<6x1xui32>) -> tensor<6x1xf32>
    return
  }
  func.func @stablehlo_get_dimension_size(%arg0: tensor<4x2xf32>) {
    %0 = stablehlo.get_dimension_size %arg0, dim = 1 : (tensor<4x2xf32>) -> tensor<i32>
    return
  }
  func.func @stablehlo_get_tuple_element(%arg0: tuple<tensor<i64>>) {
    %0 = stablehlo.get_tuple_element %arg0[0] : (tuple<tensor<i64>>) -> tensor<i64>
    return
  }
  func.func @stablehlo_if(%arg0: tensor<i1>) {
    %0:2 = "stablehlo.if"(%arg0) ({
      %c = stablehlo.constant dense<0> : tensor<2xi64>
      stablehlo.return %c, %c : tensor<2xi64>, tensor<2xi64>
    }, {
      %c = stablehlo.constant dense<1> : tensor<2xi64>
      stablehlo.return %c, %c : tensor<2xi64>, tensor<2xi64>
    }) : (tensor<i1>) -> (tensor<2xi64>, tensor<2xi64>)
    return
  }
  func.func @stablehlo_imag(%arg0: tensor<2xf64>) {
    %0 = stablehlo.imag %arg0 : tensor<2xf64>
    return
  }
  func.func @stablehlo_infeed(%arg0: !stablehlo.token) {
    %0:2 = "stablehlo.infeed"(%arg0) <{infeed_config = ""}> : (!stablehlo.token) -> (tensor<2x2xi64>, !stablehlo.token)
    return
  }
  func.func @stablehlo_iota() {
    %0 = stablehlo.iota dim = 0 : tensor<4xi32>
    return
  }
  func.func @stablehlo_is_finite(%arg0: tensor<f32>) {
    %0 = stablehlo.is_finite %arg0 : (tensor<f32>) -> tensor<i1>
    return
  }
  func.func @stablehlo_log(%arg0: tensor<f32>) {
    %0 = stablehlo.log %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_log_plus_one(%arg0: tensor<f32>) {
    %0 = stablehlo.log_plus_one %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_logistic(%arg0: tensor<2xf32>) {
    %0 = stablehlo.logistic %arg0 : tensor<2xf32>
    return
  }
  func.func @stablehlo_map(%arg0: tensor<4xf32>, %arg1: tensor<4xi32>) {
    %0 = "stablehlo.map"(%arg0, %arg1) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg2: tensor<f32>, %arg3: tensor<i32>):
      stablehlo.return %arg2 : tensor<f32>
    }) : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
    return
  }
  func.func @stablehlo_maximum(%arg0: tensor<4xf32>, %arg1: tensor<4xf32>) {
    %0 = stablehlo.maximum %arg0, %arg1 : tensor<4xf32>
    return
  }
  func.func @stablehlo_minimum(%arg0: tensor<5xf32>, %arg1: tensor<5xf32>) {
    %0 = stablehlo.minimum %arg0, %arg1 : tensor<5xf32>
    return
  }
  func.func @stablehlo_multiply(%arg0: tensor<5xf32>, %arg1: tensor<5xf32>) {
    %0 = stablehlo.multiply %arg0, %arg1 : tensor<5xf32>
    return
  }
  func.func @stablehlo_negate(%arg0: tensor<f32>) {
    %0 = stablehlo.negate %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_not(%arg0: tensor<i1>) {
    %0 = stablehlo.not %arg0 : tensor<i1>
    return
  }
  func.func @stablehlo_optimization_barrier(%arg0: tensor<f32>, %arg1: tensor<f32>) {
    %0:2 = stablehlo.optimization_barrier %arg0, %arg1 : tensor<f32>, tensor<f32>
    return
  }
  func.func @stablehlo_or(%arg0: tensor<i1>, %arg1: tensor<i1>) {
    %0 = stablehlo.or %arg0, %arg1 : tensor<i1>
    return
  }
  func.func @stablehlo_outfeed(%arg0: !stablehlo.token) {
    %0 = "stablehlo.outfeed"(%arg0) <{outfeed_config = "foobar"}> : (!stablehlo.token) -> !stablehlo.token
    return
  }
  func.func @stablehlo_pad(%arg0: tensor<3xf32>, %arg1: tensor<f32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [3], high = [0], interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<6xf32>
    return
  }
  func.func @stablehlo_partition_id() {
    %0 = stablehlo.partition_id : tensor<ui32>
    return
  }
  func.func @stablehlo_popcnt(%arg0: tensor<4xi64>) {
    %0 = stablehlo.popcnt %arg0 : tensor<4xi64>
    return
  }
  func.func @stablehlo_power(%arg0: tensor<6xi64>, %arg1: tensor<6xi64>) {
    %0 = stablehlo.power %arg0, %arg1 : tensor<6xi64>
    return
  }
  func.func @stablehlo_real(%arg0: tensor<2xf64>) {
    %0 = stablehlo.real %arg0 : tensor<2xf64>
    return
  }
  func.func @stablehlo_real_dynamic_slice(%arg0: tensor<?xf32>, %arg1: tensor<1xindex>, %arg2: tensor<1xindex>, %arg3: tensor<1xindex>) {
    %0 = stablehlo.real_dynamic_slice %arg0, %arg1, %arg2, %arg3 : (tensor<?xf32>, tensor<1xindex>, tensor<1xindex>, tensor<1xindex>) -> tensor<?xf32>
    return
  }
  func.func @stablehlo_recv(%arg0: !stablehlo.token) {
    %0 = "stablehlo.recv"(%arg0) <{channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false}> : (!stablehlo.token) -> !stablehlo.token
    return
  }
  func.func @stablehlo_reduce(%arg0: tensor<3x6xi1>, %arg1: tensor<i1>) {
    %0 = stablehlo.reduce(%arg0 init: %arg1) applies stablehlo.or across dimensions = [1] : (tensor<3x6xi1>, tensor<i1>) -> tensor<3xi1>
    return
  }
  func.func @stablehlo_reduce_precision(%arg0: tensor<f64>) {
    %0 = stablehlo.reduce_precision %arg0, format = e5m0 : tensor<f64>
    return
  }
  func.func @stablehlo_reduce_scatter(%arg0: tensor<4x16xf32>) {
    %0 = "stablehlo.reduce_scatter"(%arg0) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>, scatter_dimension = 1 : i64}> ({
    ^bb0(%arg1: tensor<f32>, %arg2: tensor<f32>):
      %1 = stablehlo.add %arg1, %arg2 : tensor<f32>
      stablehlo.return %1 : tensor<f32>
    }) : (tensor<4x16xf32>) -> tensor<4x4xf32>
    return
  }
  func.func @stablehlo_reduce_window(%arg0: tensor<8xi32>, %arg1: tensor<i32>) {
    %0 = "stablehlo.reduce_window"(%arg0, %arg1) <{base_dilations = array<i64: 1>, padding = dense<[[7, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 8>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg2: tensor<i32>, %arg3: tensor<i32>):
      %1 = stablehlo.add %arg2, %arg3 : tensor<i32>
      stablehlo.return %1 : tensor<i32>
    }) : (tensor<8xi32>, tensor<i32>) -> tensor<8xi32>
    return
  }
  func.func @stablehlo_remainder(%arg0: tensor<i32>, %arg1: tensor<i32>) {
    %0 = stablehlo.remainder %arg0, %arg1 : tensor<i32>
    return
  }
  func.func @stablehlo_replica_id() {
    %0 = stablehlo.replica_id : tensor<ui32>
    return
  }
  func.func @stablehlo_reshape(%arg0: tensor<1xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1xf32>) -> tensor<f32>
    return
  }
  func.func @stablehlo_reverse(%arg0: tensor<1x8xi32>) {
    %0 = stablehlo.reverse %arg0, dims = [0] : tensor<1x8xi32>
    return
  }
  func.func @stablehlo_rng(%arg0: tensor<f32>, %arg1: tensor<f32>, %arg2: tensor<1xi64>) {
    %0 = stablehlo.rng %arg0, %arg1, %arg2, distribution = NORMAL : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<7xf32>
    return
  }
  func.func @stablehlo_rng_bit_generator(%arg0: tensor<2xui64>) {
    %output_state, %output = stablehlo.rng_bit_generator %arg0, algorithm = PHILOX : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui32>)
    return
  }
  func.func @stablehlo_round_nearest_afz(%arg0: tensor<5xf64>) {
    %0 = stablehlo.round_nearest_afz %arg0 : tensor<5xf64>
    return
  }
  func.func @stablehlo_round_nearest_even(%arg0: tensor<5xf64>) {
    %0 = stablehlo.round_nearest_even %arg0 : tensor<5xf64>
    return
  }
  func.func @stablehlo_rsqrt(%arg0: tensor<5xf32>) {
    %0 = stablehlo.rsqrt %arg0 : tensor<5xf32>
    return
  }
  func.func @stablehlo_scatter(%arg0: tensor<8xi1>, %arg1: tensor<1xi32>, %arg2: tensor<7xi1>) {
    %0 = "stablehlo.scatter"(%arg0, %arg1, %arg2) <{indices_are_sorted = true, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], scatter_dims_to_operand_dims = [0]>, unique_indices = true}> ({
    ^bb0(%arg3: tensor<i1>, %arg4: tensor<i1>):
      stablehlo.return %arg4 : tensor<i1>
    }) : (tensor<8xi1>, tensor<1xi32>, tensor<7xi1>) -> tensor<8xi1>
    return
  }
  func.func @stablehlo_select(%arg0: tensor<i1>, %arg1: tensor<i32>, %arg2: tensor<i32>) {
    %0 = stablehlo.select %arg0, %arg1, %arg2 : tensor<i1>, tensor<i32>
    return
  }
  func.func @stablehlo_select_and_scatter(%arg0: tensor<10x24x24x64xf32>, %arg1: tensor<10x12x12x64xf32>, %arg2: tensor<f32>) {
    %0 = "stablehlo.select_and_scatter"(%arg0, %arg1, %arg2) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg3: tensor<f32>, %arg4: tensor<f32>):
      %1 = stablehlo.compare GE, %arg3, %arg4, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    }, {
    ^bb0(%arg3: tensor<f64>, %arg4: tensor<f64>):
      %1 = stablehlo.add %arg3, %arg4 : tensor<f64>
      stablehlo.return %1 : tensor<f64>
    }) : (tensor<10x24x24x64xf32>, tensor<10x12x12x64xf32>, tensor<f32>) -> tensor<10x24x24x64xf64>
    return
  }
  func.func @stablehlo_send(%arg0: !stablehlo.token) {
    %0 = "stablehlo.send"(%arg0) <{channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false}> : (!stablehlo.token) -> !stablehlo.token
    return
  }
  func.func @stablehlo_set_dimension_size(%arg0: tensor<4x4xf32>, %arg1: tensor<i32>) {
    %0 = stablehlo.set_dimension_size %arg0, %arg1, dim = 1 : (tensor<4x4xf32>, tensor<i32>) -> tensor<4x4xf32>
    return
  }
  func.func @stablehlo_shift_left(%arg0: tensor<3xi64>, %arg1: tensor<3xi64>) {
    %0 = stablehlo.shift_left %arg0, %arg1 : tensor<3xi64>
    return
  }
  func.func @stablehlo_shift_right_arithmetic(%arg0: tensor<3xi64>, %arg1: tensor<3xi64>) {
    %0 = stablehlo.shift_right_arithmetic %arg0, %arg1 : tensor<3xi64>
    return
  }
  func.func @stablehlo_shift_right_logical(%arg0: tensor<2xui64>, %arg1: tensor<2xui64>) {
    %0 = stablehlo.shift_right_logical %arg0, %arg1 : tensor<2xui64>
    return
  }
  func.func @stablehlo_sign(%arg0: tensor<i32>) {
    %0 = stablehlo.sign %arg0 : tensor<i32>
    return
  }
  func.func @stablehlo_sine(%arg0: tensor<5x6xf32>) {
    %0 = stablehlo.sine %arg0 : tensor<5x6xf32>
    return
  }
  func.func @stablehlo_slice(%arg0: tensor<9xf32>) {
    %0 = stablehlo.slice %arg0 [1:2] : (tensor<9xf32>) -> tensor<1xf32>
    return
  }
  func.func @stablehlo_sort(%arg0: tensor<5x7xi64>) {
    %0 = "stablehlo.sort"(%arg0) <{dimension = 0 : i64}> ({
    ^bb0(%arg1: tensor<i64>, %arg2: tensor<i64>):
      %1 = stablehlo.compare LT, %arg1, %arg2, SIGNED : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    }) : (tensor<5x7xi64>) -> tensor<5x7xi64>
    return
  }
  func.func @stablehlo_sqrt(%arg0: tensor<f32>) {
    %0 = stablehlo.sqrt %arg0 : tensor<f32>
    return
  }
  func.func @stablehlo_subtract(%arg0: tensor<f32>, %arg1: tensor<f32>) {
    %0 = stablehlo.subtract %arg0, %arg1 : tensor<f32>
    return
  }
  func.func @stablehlo_tan(%arg0: tensor<4xf64>) {
    %0 = stablehlo.tan %arg0 : tensor<4xf64>
    return
  }
  func.func @stablehlo_tanh(%arg0: tensor<2x4xf32>) {
    %0 = stablehlo.tanh %arg0 : tensor<2x4xf32>
    return
  }
  func.func @stablehlo_torch_index_select(%arg0: tensor<2x2xf32>, %arg1: tensor<2xi32>) {
    %0 = "stablehlo.torch_index_select"(%arg0, %arg1) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<2x2xf32>, tensor<2xi32>) -> tensor<2x2xf32>
    return
  }
  func.func @stablehlo_transpose(%arg0: tensor<8x1xi32>) {
    %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<8x1xi32>) -> tensor<1x8xi32>
    return
  }
  func.func @stablehlo_triangular_solve(%arg0: tensor<4x4xf32>, %arg1: tensor<4x4xf32>) {
    %0 = "stablehlo.triangular_solve"(%arg0, %arg1) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose TRANSPOSE>, unit_diagonal = false}> : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    return
  }
  func.func @stablehlo_tuple(%arg0: tensor<i64>) {
    %0 = stablehlo.tuple %arg0 : tuple<tensor<i64>>
    return
  }
  func.func @stablehlo_unary_einsum(%arg0: tensor<2xf32>) {
    %0 = stablehlo.unary_einsum %arg0, config = "a->" : (tensor<2xf32>) -> tensor<f32>
    return
  }
  func.func @stablehlo_while() {
    stablehlo.while()
    cond {
      %c = stablehlo.constant dense<false> : tensor<i1>
      stablehlo.return %c : tensor<i1>
    } do {
      stablehlo.return 
    }
    return
  }
  func.func @stablehlo_xor(%arg0: tensor<2xi1>, %arg1: tensor<2xi1>) {
    %0 = stablehlo.xor %arg0, %arg1 : tensor<2xi1>
    return
  }
  func.func @chlo_acos(%arg0: tensor<7xf32>) {
    %0 = chlo.acos %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_acosh(%arg0: tensor<7xf32>) {
    %0 = chlo.acosh %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_asin(%arg0: tensor<5xf32>) {
    %0 = chlo.asin %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_asinh(%arg0: tensor<7xf32>) {
    %0 = chlo.asinh %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_atan(%arg0: tensor<7xf32>) {
    %0 = chlo.atan %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_atanh(%arg0: tensor<5xf32>) {
    %0 = chlo.atanh %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_bessel_i1e(%arg0: tensor<7xf32>) {
    %0 = chlo.bessel_i1e %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_broadcast_add(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_add %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_and(%arg0: tensor<2x3x4xi8>, %arg1: tensor<2x3x4xi8>) {
    %0 = chlo.broadcast_and %arg0, %arg1 : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    return
  }
  func.func @chlo_broadcast_atan2(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_atan2 %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_compare(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_compare %arg0, %arg1 {comparison_direction = #chlo<comparison_direction LT>} : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xi1>
    return
  }
  func.func @chlo_broadcast_complex(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_complex %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xcomplex<f64>>
    return
  }
  func.func @chlo_broadcast_divide(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_divide %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_maximum(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_maximum %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_minimum(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_minimum %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_multiply(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_multiply %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_next_after(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_next_after %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_or(%arg0: tensor<2x3x4xi8>, %arg1: tensor<2x3x4xi8>) {
    %0 = chlo.broadcast_or %arg0, %arg1 : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    return
  }
  func.func @chlo_broadcast_polygamma(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_polygamma %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_power(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_power %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_remainder(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_remainder %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_select(%arg0: tensor<2x3x4xi1>, %arg1: tensor<2x3x4xf64>, %arg2: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_select %arg0, %arg1, %arg2 : (tensor<2x3x4xi1>, tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_shift_left(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_shift_left %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_shift_right_arithmetic(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_shift_right_arithmetic %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_shift_right_logical(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_shift_right_logical %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_subtract(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_subtract %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_broadcast_xor(%arg0: tensor<2x3x4xi8>, %arg1: tensor<2x3x4xi8>) {
    %0 = chlo.broadcast_xor %arg0, %arg1 : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    return
  }
  func.func @chlo_broadcast_zeta(%arg0: tensor<2x3x4xf64>, %arg1: tensor<2x3x4xf64>) {
    %0 = chlo.broadcast_zeta %arg0, %arg1 : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    return
  }
  func.func @chlo_conj(%arg0: tensor<8x8xf64>) {
    %0 = chlo.conj %arg0 : tensor<8x8xf64> -> tensor<8x8xf64>
    return
  }
  func.func @chlo_cosh(%arg0: tensor<5xf32>) {
    %0 = chlo.cosh %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_digamma(%arg0: tensor<7xf32>) {
    %0 = chlo.digamma %arg0 : tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @chlo_erf(%arg0: tensor<f32>) {
    %0 = chlo.erf %arg0 : tensor<f32> -> tensor<f32>
    return
  }
  func.func @chlo_erf_inv(%arg0: tensor<8xf32>) {
    %0 = chlo.erf_inv %arg0 : tensor<8xf32> -> tensor<8xf32>
    return
  }
  func.func @chlo_erfc(%arg0: tensor<5xf32>) {
    %0 = chlo.erfc %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_lgamma(%arg0: tensor<5xf32>) {
    %0 = chlo.lgamma %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_mulhi(%arg0: tensor<4xi64>, %arg1: tensor<4xi64>) {
    %0 = chlo.mulhi %arg0, %arg1 : tensor<4xi64>, tensor<4xi64> -> tensor<4xi64>
    return
  }
  func.func @chlo_next_after(%arg0: tensor<f32>, %arg1: tensor<f32>) {
    %0 = chlo.next_after %arg0, %arg1 : tensor<f32>, tensor<f32> -> tensor<f32>
    return
  }
  func.func @chlo_polygamma(%arg0: tensor<5xf32>, %arg1: tensor<5xf32>) {
    %0 = chlo.polygamma %arg0, %arg1 : tensor<5xf32>, tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_ragged_dot(%arg0: tensor<3x11x5xf32>, %arg1: tensor<3x5x7xf32>, %arg2: tensor<3xi64>) {
    %0 = "chlo.ragged_dot"(%arg0, %arg1, %arg2) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<3x11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
    return
  }
  func.func @chlo_sinh(%arg0: tensor<5xf32>) {
    %0 = chlo.sinh %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_square(%arg0: tensor<5xf32>) {
    %0 = chlo.square %arg0 : tensor<5xf32> -> tensor<5xf32>
    return
  }
  func.func @chlo_tan(%arg0: tensor<8x8xf64>) {
    %0 = chlo.tan %arg0 : tensor<8x8xf64> -> tensor<8x8xf64>
    return
  }
  func.func @chlo_top_k(%arg0: tensor<16xf32>) {
    %values, %indices = chlo.top_k(%arg0, k = 8) : tensor<16xf32> -> (tensor<8xf32>, tensor<8xi32>)
    return
  }
  func.func @chlo_zeta(%arg0: tensor<7xf32>, %arg1: tensor<7xf32>) {
    %0 = chlo.zeta %arg0, %arg1 : tensor<7xf32>, tensor<7xf32> -> tensor<7xf32>
    return
  }
  func.func @scan(%arg0: tensor<2x3xf32>, %arg1: tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>) {
    %0:2 = chlo.scan(%arg0) inits (%arg1) dimension=0  attributes {is_reverse = true} {
    ^bb0(%input: tensor<3xf32>, %carry: tensor<3xf32>):
      %1 = stablehlo.add %input, %carry : tensor<3xf32>
      stablehlo.return %1, %1 : tensor<3xf32>, tensor<3xf32>
    } : (tensor<2x3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>)
    return %0#0, %0#1 : tensor<2x3xf32>, tensor<3xf32>
  }
  func.func @predicates(%arg0: tensor<4xf32>) -> tensor<4xi1> {
    %0 = chlo.is_inf %arg0 : tensor<4xf32> -> tensor<4xi1>
    %1 = chlo.is_neg_inf %arg0 : tensor<4xf32> -> tensor<4xi1>
    %2 = chlo.is_pos_inf %arg0 : tensor<4xf32> -> tensor<4xi1>
    %3 = chlo.constant dense<1> : tensor<3xi32>
    %4 = stablehlo.select %0, %1, %2 : tensor<4xi1>, tensor<4xi1>
    return %4 : tensor<4xi1>
  }
  func.func @reduces(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xi32>, %arg2: tensor<f32>, %arg3: tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>) {
    %0 = stablehlo.reduce(%arg0 init: %arg2) applies stablehlo.maximum across dimensions = [0, 1] {mhlo.note = "x"} : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
    %1:2 = stablehlo.reduce(%arg0 init: %arg2), (%arg1 init: %arg3) across dimensions = [1] : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
     reducer(%arg4: tensor<f32>, %arg6: tensor<f32>) (%arg5: tensor<i32>, %arg7: tensor<i32>)  {
      %3 = stablehlo.compare GE, %arg4, %arg6, TOTALORDER : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %4 = stablehlo.select %3, %arg4, %arg6 : tensor<i1>, tensor<f32>
      %5 = stablehlo.select %3, %arg5, %arg7 : tensor<i1>, tensor<i32>
      stablehlo.return %4, %5 : tensor<f32>, tensor<i32>
    }
    %2 = stablehlo.reduce(%arg0 init: %arg2) across dimensions = [1] : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
     reducer(%arg4: tensor<f32>, %arg5: tensor<f32>)  {
      %3 = stablehlo.subtract %arg4, %arg5 : tensor<f32>
      stablehlo.return %3 : tensor<f32>
    }
    return %1#0, %1#1 : tensor<2xf32>, tensor<2xi32>
  }
  func.func @loops(%arg0: tensor<i32>, %arg1: tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>) {
    %c = stablehlo.constant dense<7> : tensor<i32>
    stablehlo.while()
    cond {
      %c_0 = stablehlo.constant dense<false> : tensor<i1>
      stablehlo.return %c_0 : tensor<i1>
    } do {
      stablehlo.return 
    }
    %0:2 = stablehlo.while(%iterArg = %arg0, %iterArg_0 = %arg1) : tensor<i32>, tensor<4xf32> attributes {mhlo.note = 1 : i32}
    cond {
      %1 = stablehlo.compare LT, %iterArg, %c, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %1 = stablehlo.add %iterArg, %iterArg : tensor<i32>
      %2 = func.call @callee(%iterArg_0) {note} : (tensor<4xf32>) -> tensor<4xf32>
      stablehlo.return %1, %2 : tensor<i32>, tensor<4xf32>
    }
    return %0#0, %0#1 : tensor<i32>, tensor<4xf32>
  }
  func.func private @callee(%arg0: tensor<4xf32>) -> tensor<4xf32> {
    %0 = stablehlo.composite "ns.name" %arg0 {composite_attributes = {a = 1 : i64}, decomposition = @declared, version = 1 : i32} : (tensor<4xf32>) -> tensor<4xf32>
    %1 = stablehlo.custom_call @"odd name"(%0) {api_version = 4 : i32, backend_config = {k = true}, called_computations = [@declared], has_side_effect = true} : (tensor<4xf32>) -> tensor<4xf32>
    stablehlo.custom_call @none() : () -> ()
    return %1 : tensor<4xf32>
  }
  func.func private @declared(tensor<4xf32> {a.b = 1 : i64}) -> (tensor<4xf32> {a.c})
  func.func @dots(%arg0: tensor<2x3x4xf32>, %arg1: tensor<2x4x5xf32>) -> tensor<2x3x5xf32> {
    %0 = stablehlo.dot_general %arg0, %arg1, batching_dims = [0] x [0], contracting_dims = [2] x [1], precision = [DEFAULT, DEFAULT], algorithm = <lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false> {note = [1, 2]} : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
    return %0 : tensor<2x3x5xf32>
  }
  func.func @convolutions(%arg0: tensor<1x8x8x4xf32>, %arg1: tensor<3x3x4x8xf32>) -> tensor<1x4x4x8xf32> {
    %0 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {stride = [2, 2], pad = [[0, 1], [0, 1]], lhs_dilate = [1, 1], rhs_dilate = [1, 1], reverse = [true, false]} {batch_group_count = 1 : i64, feature_group_count = 1 : i64, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]} : (tensor<1x8x8x4xf32>, tensor<3x3x4x8xf32>) -> tensor<1x4x4x8xf32>
    %1 = stablehlo.convolution(%arg0, %arg1) dim_numbers = [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f], window = {} {batch_group_count = 1 : i64, feature_group_count = 1 : i64} : (tensor<1x8x8x4xf32>, tensor<3x3x4x8xf32>) -> tensor<1x6x6x8xf32>
    return %0 : tensor<1x4x4x8xf32>
  }
  func.func @shapes(%arg0: tensor<4x6xf32>, %arg1: tensor<f32>, %arg2: tensor<i32>, %arg3: tuple<tensor<f32>, tensor<i32>>, %arg4: !stablehlo.token) -> tensor<f32> {
    %0 = stablehlo.slice %arg0 [0:4, 1:6:2] : (tensor<4x6xf32>) -> tensor<4x3xf32>
    %1 = stablehlo.slice %arg1 [] : (tensor<f32>) -> tensor<f32>
    %2 = stablehlo.dynamic_slice %arg0, %arg2, %arg2, sizes = [2, 3] : (tensor<4x6xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    %3 = stablehlo.pad %arg0, %arg1, low = [0, -1], high = [1, 0], interior = [2, 0] : (tensor<4x6xf32>, tensor<f32>) -> tensor<11x5xf32>
    %4 = stablehlo.get_tuple_element %arg3[1] : (tuple<tensor<f32>, tensor<i32>>) -> tensor<i32>
    %5 = stablehlo.tuple %arg1, %arg2 : tuple<tensor<f32>, tensor<i32>>
    %6:2 = stablehlo.optimization_barrier {note} %arg1, %arg2 : tensor<f32>, tensor<i32>
    stablehlo.optimization_barrier()
    %7 = stablehlo.after_all %arg4, %arg4 : !stablehlo.token
    %8 = stablehlo.reduce_precision %arg1, format = e5m10 : tensor<f32>
    %9 = stablehlo.complex %arg1, %arg1 : tensor<complex<f32>>
    %values, %indices = chlo.top_k(%arg0, k = 2) : tensor<4x6xf32> -> (tensor<4x2xf32>, tensor<4x2xi32>)
    %10 = "stablehlo.case"(%arg2) ({
      stablehlo.return %arg1 : tensor<f32>
    }, {
      stablehlo.return %8 : tensor<f32>
    }) : (tensor<i32>) -> tensor<f32>
    return %10 : tensor<f32>
  }
}