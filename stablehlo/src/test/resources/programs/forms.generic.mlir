"builtin.module"() ({
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_abs"}> ({
  ^bb0(%arg294: tensor<f32>):
    %202 = "stablehlo.abs"(%arg294) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>, tensor<i32>) -> (), sym_name = "stablehlo_add"}> ({
  ^bb0(%arg292: tensor<i32>, %arg293: tensor<i32>):
    %201 = "stablehlo.add"(%arg292, %arg293) : (tensor<i32>, tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_after_all"}> ({
    %200 = "stablehlo.after_all"() : () -> !stablehlo.token
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8x2xf32>) -> (), sym_name = "stablehlo_all_gather"}> ({
  ^bb0(%arg291: tensor<8x2xf32>):
    %199 = "stablehlo.all_gather"(%arg291) <{all_gather_dim = 1 : i64, replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>}> : (tensor<8x2xf32>) -> tensor<8x8xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x4xf32>) -> (), sym_name = "stablehlo_all_reduce"}> ({
  ^bb0(%arg288: tensor<4x4xf32>):
    %197 = "stablehlo.all_reduce"(%arg288) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> ({
    ^bb0(%arg289: tensor<f32>, %arg290: tensor<f32>):
      %198 = "stablehlo.add"(%arg289, %arg290) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%198) : (tensor<f32>) -> ()
    }) : (tensor<4x4xf32>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x16xf32>) -> (), sym_name = "stablehlo_all_to_all"}> ({
  ^bb0(%arg287: tensor<4x16xf32>):
    %196 = "stablehlo.all_to_all"(%arg287) <{concat_dimension = 0 : i64, replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>, split_count = 4 : i64, split_dimension = 1 : i64}> : (tensor<4x16xf32>) -> tensor<16x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>, tensor<i1>) -> (), sym_name = "stablehlo_and"}> ({
  ^bb0(%arg285: tensor<i1>, %arg286: tensor<i1>):
    %195 = "stablehlo.and"(%arg285, %arg286) : (tensor<i1>, tensor<i1>) -> tensor<i1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (!stablehlo.future<tensor<4x4xf32>>) -> (), sym_name = "stablehlo_async_done"}> ({
  ^bb0(%arg284: !stablehlo.future<tensor<4x4xf32>>):
    %194 = "stablehlo.async_done"(%arg284) : (!stablehlo.future<tensor<4x4xf32>>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<16x8xf32>) -> (), sym_name = "stablehlo_async_start"}> ({
  ^bb0(%arg282: tensor<16x8xf32>):
    %192 = "stablehlo.async_start"(%arg282) ({
    ^bb0(%arg283: tensor<16x8xf32>):
      %193 = "stablehlo.collective_broadcast"(%arg283) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<16x8xf32>) -> tensor<16x8xf32>
      "stablehlo.return"(%193) : (tensor<16x8xf32>) -> ()
    }) : (tensor<16x8xf32>) -> !stablehlo.future<tensor<16x8xf32>>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3x4xf32>, tensor<3x4xf32>) -> (), sym_name = "stablehlo_atan2"}> ({
  ^bb0(%arg280: tensor<3x4xf32>, %arg281: tensor<3x4xf32>):
    %191 = "stablehlo.atan2"(%arg280, %arg281) : (tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x2x2x2xf32>) -> (), sym_name = "stablehlo_batch_norm_grad"}> ({
  ^bb0(%arg275: tensor<2x2x2x2xf32>, %arg276: tensor<2xf32>, %arg277: tensor<2xf32>, %arg278: tensor<2xf32>, %arg279: tensor<2x2x2x2xf32>):
    %190:3 = "stablehlo.batch_norm_grad"(%arg275, %arg276, %arg277, %arg278, %arg279) <{epsilon = 1.000000e-03 : f32, feature_index = 0 : i64}> : (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2x2x2x2xf32>) -> (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>) -> (), sym_name = "stablehlo_batch_norm_inference"}> ({
  ^bb0(%arg270: tensor<4x256xf32>, %arg271: tensor<256xf32>, %arg272: tensor<256xf32>, %arg273: tensor<256xf32>, %arg274: tensor<256xf32>):
    %189 = "stablehlo.batch_norm_inference"(%arg270, %arg271, %arg272, %arg273, %arg274) <{epsilon = 1.001000e-05 : f32, feature_index = 1 : i64}> : (tensor<4x256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>, tensor<256xf32>) -> tensor<4x256xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>) -> (), sym_name = "stablehlo_batch_norm_training"}> ({
  ^bb0(%arg267: tensor<2x2x2x2xf32>, %arg268: tensor<2xf32>, %arg269: tensor<2xf32>):
    %188:3 = "stablehlo.batch_norm_training"(%arg267, %arg268, %arg269) <{epsilon = 1.000000e-03 : f32, feature_index = 3 : i64}> : (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2x2x2x2xf32>, tensor<2xf32>, tensor<2xf32>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i64>) -> (), sym_name = "stablehlo_bitcast_convert"}> ({
  ^bb0(%arg266: tensor<i64>):
    %187 = "stablehlo.bitcast_convert"(%arg266) : (tensor<i64>) -> tensor<f64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3xi32>) -> (), sym_name = "stablehlo_broadcast"}> ({
  ^bb0(%arg265: tensor<3xi32>):
    %186 = "stablehlo.broadcast"(%arg265) <{broadcast_sizes = array<i64: 1, 2>}> : (tensor<3xi32>) -> tensor<1x2x3xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>) -> (), sym_name = "stablehlo_broadcast_in_dim"}> ({
  ^bb0(%arg264: tensor<i32>):
    %185 = "stablehlo.broadcast_in_dim"(%arg264) <{broadcast_dimensions = array<i64>}> : (tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf64>) -> (), sym_name = "stablehlo_cbrt"}> ({
  ^bb0(%arg263: tensor<4xf64>):
    %184 = "stablehlo.cbrt"(%arg263) : (tensor<4xf64>) -> tensor<4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_ceil"}> ({
  ^bb0(%arg262: tensor<f32>):
    %183 = "stablehlo.ceil"(%arg262) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x4xf32>) -> (), sym_name = "stablehlo_cholesky"}> ({
  ^bb0(%arg261: tensor<4x4xf32>):
    %182 = "stablehlo.cholesky"(%arg261) <{lower = true}> : (tensor<4x4xf32>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) -> (), sym_name = "stablehlo_clamp"}> ({
  ^bb0(%arg258: tensor<3x4xf32>, %arg259: tensor<3x4xf32>, %arg260: tensor<3x4xf32>):
    %181 = "stablehlo.clamp"(%arg258, %arg259, %arg260) : (tensor<3x4xf32>, tensor<3x4xf32>, tensor<3x4xf32>) -> tensor<3x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<16x8xf32>) -> (), sym_name = "stablehlo_collective_broadcast"}> ({
  ^bb0(%arg257: tensor<16x8xf32>):
    %180 = "stablehlo.collective_broadcast"(%arg257) <{replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>}> : (tensor<16x8xf32>) -> tensor<16x8xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<128x32xf32>) -> (), sym_name = "stablehlo_collective_permute"}> ({
  ^bb0(%arg256: tensor<128x32xf32>):
    %179 = "stablehlo.collective_permute"(%arg256) <{source_target_pairs = dense<[[0, 1], [1, 2], [2, 3]]> : tensor<3x2xi64>}> : (tensor<128x32xf32>) -> tensor<128x32xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>, tensor<i1>) -> (), sym_name = "stablehlo_compare"}> ({
  ^bb0(%arg254: tensor<i1>, %arg255: tensor<i1>):
    %178 = "stablehlo.compare"(%arg254, %arg255) <{comparison_direction = #stablehlo<comparison_direction EQ>}> : (tensor<i1>, tensor<i1>) -> tensor<i1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>, tensor<2x4xf32>) -> (), sym_name = "stablehlo_complex"}> ({
  ^bb0(%arg252: tensor<2x4xf32>, %arg253: tensor<2x4xf32>):
    %177 = "stablehlo.complex"(%arg252, %arg253) : (tensor<2x4xf32>, tensor<2x4xf32>) -> tensor<2x4xcomplex<f32>>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>, tensor<1xf32>) -> (), sym_name = "stablehlo_concatenate"}> ({
  ^bb0(%arg250: tensor<4xf32>, %arg251: tensor<1xf32>):
    %176 = "stablehlo.concatenate"(%arg250, %arg251) <{dimension = 0 : i64}> : (tensor<4xf32>, tensor<1xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_constant"}> ({
    %175 = "stablehlo.constant"() <{value = dense<0> : tensor<i32>}> : () -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>) -> (), sym_name = "stablehlo_convert"}> ({
  ^bb0(%arg249: tensor<i32>):
    %174 = "stablehlo.convert"(%arg249) : (tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<100x26x26x32xi8>, tensor<3x3x1x32xi8>) -> (), sym_name = "stablehlo_convolution"}> ({
  ^bb0(%arg247: tensor<100x26x26x32xi8>, %arg248: tensor<3x3x1x32xi8>):
    %173 = "stablehlo.convolution"(%arg247, %arg248) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, o, i]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 1, 1>, padding = dense<2> : tensor<2x2xi64>, rhs_dilation = array<i64: 1, 1>, window_strides = array<i64: 1, 1>}> : (tensor<100x26x26x32xi8>, tensor<3x3x1x32xi8>) -> tensor<100x28x28x1xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<24xf32>) -> (), sym_name = "stablehlo_cosine"}> ({
  ^bb0(%arg246: tensor<24xf32>):
    %172 = "stablehlo.cosine"(%arg246) : (tensor<24xf32>) -> tensor<24xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2xi64>) -> (), sym_name = "stablehlo_count_leading_zeros"}> ({
  ^bb0(%arg245: tensor<2x2xi64>):
    %171 = "stablehlo.count_leading_zeros"(%arg245) : (tensor<2x2xi64>) -> tensor<2x2xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_create_token"}> ({
    %170 = "stablehlo.create_token"() : () -> !stablehlo.token
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<10xf32>) -> (), sym_name = "stablehlo_cross_replica_sum"}> ({
  ^bb0(%arg244: tensor<10xf32>):
    %169 = "stablehlo.cross-replica-sum"(%arg244) <{replica_groups = dense<[[0, 2, 4, 6], [1, 3, 5, 7]]> : tensor<2x4xi64>}> : (tensor<10xf32>) -> tensor<10xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_custom_call"}> ({
    "stablehlo.custom_call"() <{api_version = 4 : i32, backend_config = {foo = 42 : i32}, call_target_name = "foo"}> : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<f32>) -> (), sym_name = "stablehlo_divide"}> ({
  ^bb0(%arg242: tensor<f32>, %arg243: tensor<f32>):
    %168 = "stablehlo.divide"(%arg242, %arg243) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x2xi8>, tensor<2x1xi8>) -> (), sym_name = "stablehlo_dot"}> ({
  ^bb0(%arg240: tensor<1x2xi8>, %arg241: tensor<2x1xi8>):
    %167 = "stablehlo.dot"(%arg240, %arg241) : (tensor<1x2xi8>, tensor<2x1xi8>) -> tensor<1x1xi16>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<20xf32>, tensor<20xf32>) -> (), sym_name = "stablehlo_dot_general"}> ({
  ^bb0(%arg238: tensor<20xf32>, %arg239: tensor<20xf32>):
    %166 = "stablehlo.dot_general"(%arg238, %arg239) <{dot_dimension_numbers = #stablehlo.dot<lhs_contracting_dimensions = [0], rhs_contracting_dimensions = [0]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> : (tensor<20xf32>, tensor<20xf32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>, tensor<2xi64>) -> (), sym_name = "stablehlo_dynamic_broadcast_in_dim"}> ({
  ^bb0(%arg236: tensor<4xf32>, %arg237: tensor<2xi64>):
    %165 = "stablehlo.dynamic_broadcast_in_dim"(%arg236, %arg237) <{broadcast_dimensions = array<i64: 1>}> : (tensor<4xf32>, tensor<2xi64>) -> tensor<3x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x4x4x1xi64>, tensor<3x3x1x1xi64>, tensor<2x2xi64>) -> (), sym_name = "stablehlo_dynamic_conv"}> ({
  ^bb0(%arg233: tensor<1x4x4x1xi64>, %arg234: tensor<3x3x1x1xi64>, %arg235: tensor<2x2xi64>):
    %164 = "stablehlo.dynamic_conv"(%arg233, %arg234, %arg235) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 2, 2>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: false, false>, window_strides = array<i64: 4, 4>}> : (tensor<1x4x4x1xi64>, tensor<3x3x1x1xi64>, tensor<2x2xi64>) -> tensor<1x2x2x1xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4x9xi32>, tensor<1x5x2xi32>, tensor<3xi32>) -> (), sym_name = "stablehlo_dynamic_gather"}> ({
  ^bb0(%arg230: tensor<2x4x9xi32>, %arg231: tensor<1x5x2xi32>, %arg232: tensor<3xi32>):
    %163 = "stablehlo.dynamic_gather"(%arg230, %arg231, %arg232) <{dimension_numbers = #stablehlo.gather<offset_dims = [2], collapsed_slice_dims = [0, 1], start_index_map = [0, 1], index_vector_dim = 2>, indices_are_sorted = false}> : (tensor<2x4x9xi32>, tensor<1x5x2xi32>, tensor<3xi32>) -> tensor<1x5x8xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1xi64>) -> (), sym_name = "stablehlo_dynamic_iota"}> ({
  ^bb0(%arg229: tensor<1xi64>):
    %162 = "stablehlo.dynamic_iota"(%arg229) <{iota_dimension = 0 : i64}> : (tensor<1xi64>) -> tensor<4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf64>, tensor<f64>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> (), sym_name = "stablehlo_dynamic_pad"}> ({
  ^bb0(%arg224: tensor<4xf64>, %arg225: tensor<f64>, %arg226: tensor<1xi32>, %arg227: tensor<1xi32>, %arg228: tensor<1xi32>):
    %161 = "stablehlo.dynamic_pad"(%arg224, %arg225, %arg226, %arg227, %arg228) : (tensor<4xf64>, tensor<f64>, tensor<1xi32>, tensor<1xi32>, tensor<1xi32>) -> tensor<?xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x6xi64>, tensor<1xi64>) -> (), sym_name = "stablehlo_dynamic_reshape"}> ({
  ^bb0(%arg222: tensor<1x6xi64>, %arg223: tensor<1xi64>):
    %160 = "stablehlo.dynamic_reshape"(%arg222, %arg223) : (tensor<1x6xi64>, tensor<1xi64>) -> tensor<6xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3xf32>, tensor<i32>) -> (), sym_name = "stablehlo_dynamic_slice"}> ({
  ^bb0(%arg220: tensor<3xf32>, %arg221: tensor<i32>):
    %159 = "stablehlo.dynamic_slice"(%arg220, %arg221) <{slice_sizes = array<i64: 1>}> : (tensor<3xf32>, tensor<i32>) -> tensor<1xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> (), sym_name = "stablehlo_dynamic_update_slice"}> ({
  ^bb0(%arg217: tensor<4xf32>, %arg218: tensor<1xf32>, %arg219: tensor<i32>):
    %158 = "stablehlo.dynamic_update_slice"(%arg217, %arg218, %arg219) : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x2xi8>, tensor<2x1xi8>) -> (), sym_name = "stablehlo_einsum"}> ({
  ^bb0(%arg215: tensor<1x2xi8>, %arg216: tensor<2x1xi8>):
    %157 = "stablehlo.einsum"(%arg215, %arg216) <{einsum_config = "ab,bc->ac"}> : (tensor<1x2xi8>, tensor<2x1xi8>) -> tensor<1x1xi16>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_exponential"}> ({
  ^bb0(%arg214: tensor<f32>):
    %156 = "stablehlo.exponential"(%arg214) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xf64>) -> (), sym_name = "stablehlo_exponential_minus_one"}> ({
  ^bb0(%arg213: tensor<2xf64>):
    %155 = "stablehlo.exponential_minus_one"(%arg213) : (tensor<2xf64>) -> tensor<2xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf64>) -> (), sym_name = "stablehlo_fft"}> ({
  ^bb0(%arg212: tensor<4xf64>):
    %154 = "stablehlo.fft"(%arg212) <{fft_length = array<i64: 4>, fft_type = #stablehlo<fft_type RFFT>}> : (tensor<4xf64>) -> tensor<3xcomplex<f64>>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_floor"}> ({
  ^bb0(%arg211: tensor<f32>):
    %153 = "stablehlo.floor"(%arg211) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8xf32>, tensor<6x1xui32>) -> (), sym_name = "stablehlo_gather"}> ({
  ^bb0(%arg209: tensor<8xf32>, %arg210: tensor<6x1xui32>):
    %152 = "stablehlo.gather"(%arg209, %arg210) <{dimension_numbers = #stablehlo.gather<offset_dims = [1], start_index_map = [0], index_vector_dim = 1>, indices_are_sorted = false, slice_sizes = array<i64: 1>}> : (tensor<8xf32>, tensor<6x1xui32>) -> tensor<6x1xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x2xf32>) -> (), sym_name = "stablehlo_get_dimension_size"}> ({
  ^bb0(%arg208: tensor<4x2xf32>):
    %151 = "stablehlo.get_dimension_size"(%arg208) <{dimension = 1 : i64}> : (tensor<4x2xf32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tuple<tensor<i64>>) -> (), sym_name = "stablehlo_get_tuple_element"}> ({
  ^bb0(%arg207: tuple<tensor<i64>>):
    %150 = "stablehlo.get_tuple_element"(%arg207) <{index = 0 : i32}> : (tuple<tensor<i64>>) -> tensor<i64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>) -> (), sym_name = "stablehlo_if"}> ({
  ^bb0(%arg206: tensor<i1>):
    %147:2 = "stablehlo.if"(%arg206) ({
      %149 = "stablehlo.constant"() <{value = dense<0> : tensor<2xi64>}> : () -> tensor<2xi64>
      "stablehlo.return"(%149, %149) : (tensor<2xi64>, tensor<2xi64>) -> ()
    }, {
      %148 = "stablehlo.constant"() <{value = dense<1> : tensor<2xi64>}> : () -> tensor<2xi64>
      "stablehlo.return"(%148, %148) : (tensor<2xi64>, tensor<2xi64>) -> ()
    }) : (tensor<i1>) -> (tensor<2xi64>, tensor<2xi64>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xf64>) -> (), sym_name = "stablehlo_imag"}> ({
  ^bb0(%arg205: tensor<2xf64>):
    %146 = "stablehlo.imag"(%arg205) : (tensor<2xf64>) -> tensor<2xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (!stablehlo.token) -> (), sym_name = "stablehlo_infeed"}> ({
  ^bb0(%arg204: !stablehlo.token):
    %145:2 = "stablehlo.infeed"(%arg204) <{infeed_config = ""}> : (!stablehlo.token) -> (tensor<2x2xi64>, !stablehlo.token)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_iota"}> ({
    %144 = "stablehlo.iota"() <{iota_dimension = 0 : i64}> : () -> tensor<4xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_is_finite"}> ({
  ^bb0(%arg203: tensor<f32>):
    %143 = "stablehlo.is_finite"(%arg203) : (tensor<f32>) -> tensor<i1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_log"}> ({
  ^bb0(%arg202: tensor<f32>):
    %142 = "stablehlo.log"(%arg202) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_log_plus_one"}> ({
  ^bb0(%arg201: tensor<f32>):
    %141 = "stablehlo.log_plus_one"(%arg201) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xf32>) -> (), sym_name = "stablehlo_logistic"}> ({
  ^bb0(%arg200: tensor<2xf32>):
    %140 = "stablehlo.logistic"(%arg200) : (tensor<2xf32>) -> tensor<2xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>, tensor<4xi32>) -> (), sym_name = "stablehlo_map"}> ({
  ^bb0(%arg196: tensor<4xf32>, %arg197: tensor<4xi32>):
    %139 = "stablehlo.map"(%arg196, %arg197) <{dimensions = array<i64: 0>}> ({
    ^bb0(%arg198: tensor<f32>, %arg199: tensor<i32>):
      "stablehlo.return"(%arg198) : (tensor<f32>) -> ()
    }) : (tensor<4xf32>, tensor<4xi32>) -> tensor<4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>, tensor<4xf32>) -> (), sym_name = "stablehlo_maximum"}> ({
  ^bb0(%arg194: tensor<4xf32>, %arg195: tensor<4xf32>):
    %138 = "stablehlo.maximum"(%arg194, %arg195) : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>, tensor<5xf32>) -> (), sym_name = "stablehlo_minimum"}> ({
  ^bb0(%arg192: tensor<5xf32>, %arg193: tensor<5xf32>):
    %137 = "stablehlo.minimum"(%arg192, %arg193) : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>, tensor<5xf32>) -> (), sym_name = "stablehlo_multiply"}> ({
  ^bb0(%arg190: tensor<5xf32>, %arg191: tensor<5xf32>):
    %136 = "stablehlo.multiply"(%arg190, %arg191) : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_negate"}> ({
  ^bb0(%arg189: tensor<f32>):
    %135 = "stablehlo.negate"(%arg189) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>) -> (), sym_name = "stablehlo_not"}> ({
  ^bb0(%arg188: tensor<i1>):
    %134 = "stablehlo.not"(%arg188) : (tensor<i1>) -> tensor<i1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<f32>) -> (), sym_name = "stablehlo_optimization_barrier"}> ({
  ^bb0(%arg186: tensor<f32>, %arg187: tensor<f32>):
    %133:2 = "stablehlo.optimization_barrier"(%arg186, %arg187) : (tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>, tensor<i1>) -> (), sym_name = "stablehlo_or"}> ({
  ^bb0(%arg184: tensor<i1>, %arg185: tensor<i1>):
    %132 = "stablehlo.or"(%arg184, %arg185) : (tensor<i1>, tensor<i1>) -> tensor<i1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (!stablehlo.token) -> (), sym_name = "stablehlo_outfeed"}> ({
  ^bb0(%arg183: !stablehlo.token):
    %131 = "stablehlo.outfeed"(%arg183) <{outfeed_config = "foobar"}> : (!stablehlo.token) -> !stablehlo.token
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3xf32>, tensor<f32>) -> (), sym_name = "stablehlo_pad"}> ({
  ^bb0(%arg181: tensor<3xf32>, %arg182: tensor<f32>):
    %130 = "stablehlo.pad"(%arg181, %arg182) <{edge_padding_high = array<i64: 0>, edge_padding_low = array<i64: 3>, interior_padding = array<i64: 0>}> : (tensor<3xf32>, tensor<f32>) -> tensor<6xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_partition_id"}> ({
    %129 = "stablehlo.partition_id"() : () -> tensor<ui32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xi64>) -> (), sym_name = "stablehlo_popcnt"}> ({
  ^bb0(%arg180: tensor<4xi64>):
    %128 = "stablehlo.popcnt"(%arg180) : (tensor<4xi64>) -> tensor<4xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<6xi64>, tensor<6xi64>) -> (), sym_name = "stablehlo_power"}> ({
  ^bb0(%arg178: tensor<6xi64>, %arg179: tensor<6xi64>):
    %127 = "stablehlo.power"(%arg178, %arg179) : (tensor<6xi64>, tensor<6xi64>) -> tensor<6xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xf64>) -> (), sym_name = "stablehlo_real"}> ({
  ^bb0(%arg177: tensor<2xf64>):
    %126 = "stablehlo.real"(%arg177) : (tensor<2xf64>) -> tensor<2xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<?xf32>, tensor<1xindex>, tensor<1xindex>, tensor<1xindex>) -> (), sym_name = "stablehlo_real_dynamic_slice"}> ({
  ^bb0(%arg173: tensor<?xf32>, %arg174: tensor<1xindex>, %arg175: tensor<1xindex>, %arg176: tensor<1xindex>):
    %125 = "stablehlo.real_dynamic_slice"(%arg173, %arg174, %arg175, %arg176) : (tensor<?xf32>, tensor<1xindex>, tensor<1xindex>, tensor<1xindex>) -> tensor<?xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (!stablehlo.token) -> (), sym_name = "stablehlo_recv"}> ({
  ^bb0(%arg172: !stablehlo.token):
    %124 = "stablehlo.recv"(%arg172) <{channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false}> : (!stablehlo.token) -> !stablehlo.token
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3x6xi1>, tensor<i1>) -> (), sym_name = "stablehlo_reduce"}> ({
  ^bb0(%arg168: tensor<3x6xi1>, %arg169: tensor<i1>):
    %122 = "stablehlo.reduce"(%arg168, %arg169) <{dimensions = array<i64: 1>}> ({
    ^bb0(%arg170: tensor<i1>, %arg171: tensor<i1>):
      %123 = "stablehlo.or"(%arg170, %arg171) : (tensor<i1>, tensor<i1>) -> tensor<i1>
      "stablehlo.return"(%123) : (tensor<i1>) -> ()
    }) : (tensor<3x6xi1>, tensor<i1>) -> tensor<3xi1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f64>) -> (), sym_name = "stablehlo_reduce_precision"}> ({
  ^bb0(%arg167: tensor<f64>):
    %121 = "stablehlo.reduce_precision"(%arg167) <{exponent_bits = 5 : i32, mantissa_bits = 0 : i32}> : (tensor<f64>) -> tensor<f64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x16xf32>) -> (), sym_name = "stablehlo_reduce_scatter"}> ({
  ^bb0(%arg164: tensor<4x16xf32>):
    %119 = "stablehlo.reduce_scatter"(%arg164) <{replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>, scatter_dimension = 1 : i64}> ({
    ^bb0(%arg165: tensor<f32>, %arg166: tensor<f32>):
      %120 = "stablehlo.add"(%arg165, %arg166) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%120) : (tensor<f32>) -> ()
    }) : (tensor<4x16xf32>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8xi32>, tensor<i32>) -> (), sym_name = "stablehlo_reduce_window"}> ({
  ^bb0(%arg160: tensor<8xi32>, %arg161: tensor<i32>):
    %117 = "stablehlo.reduce_window"(%arg160, %arg161) <{base_dilations = array<i64: 1>, padding = dense<[[7, 0]]> : tensor<1x2xi64>, window_dilations = array<i64: 1>, window_dimensions = array<i64: 8>, window_strides = array<i64: 1>}> ({
    ^bb0(%arg162: tensor<i32>, %arg163: tensor<i32>):
      %118 = "stablehlo.add"(%arg162, %arg163) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      "stablehlo.return"(%118) : (tensor<i32>) -> ()
    }) : (tensor<8xi32>, tensor<i32>) -> tensor<8xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>, tensor<i32>) -> (), sym_name = "stablehlo_remainder"}> ({
  ^bb0(%arg158: tensor<i32>, %arg159: tensor<i32>):
    %116 = "stablehlo.remainder"(%arg158, %arg159) : (tensor<i32>, tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_replica_id"}> ({
    %115 = "stablehlo.replica_id"() : () -> tensor<ui32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1xf32>) -> (), sym_name = "stablehlo_reshape"}> ({
  ^bb0(%arg157: tensor<1xf32>):
    %114 = "stablehlo.reshape"(%arg157) : (tensor<1xf32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x8xi32>) -> (), sym_name = "stablehlo_reverse"}> ({
  ^bb0(%arg156: tensor<1x8xi32>):
    %113 = "stablehlo.reverse"(%arg156) <{dimensions = array<i64: 0>}> : (tensor<1x8xi32>) -> tensor<1x8xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<f32>, tensor<1xi64>) -> (), sym_name = "stablehlo_rng"}> ({
  ^bb0(%arg153: tensor<f32>, %arg154: tensor<f32>, %arg155: tensor<1xi64>):
    %112 = "stablehlo.rng"(%arg153, %arg154, %arg155) <{rng_distribution = #stablehlo<rng_distribution NORMAL>}> : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xui64>) -> (), sym_name = "stablehlo_rng_bit_generator"}> ({
  ^bb0(%arg152: tensor<2xui64>):
    %111:2 = "stablehlo.rng_bit_generator"(%arg152) <{rng_algorithm = #stablehlo<rng_algorithm PHILOX>}> : (tensor<2xui64>) -> (tensor<2xui64>, tensor<5xui32>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf64>) -> (), sym_name = "stablehlo_round_nearest_afz"}> ({
  ^bb0(%arg151: tensor<5xf64>):
    %110 = "stablehlo.round_nearest_afz"(%arg151) : (tensor<5xf64>) -> tensor<5xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf64>) -> (), sym_name = "stablehlo_round_nearest_even"}> ({
  ^bb0(%arg150: tensor<5xf64>):
    %109 = "stablehlo.round_nearest_even"(%arg150) : (tensor<5xf64>) -> tensor<5xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "stablehlo_rsqrt"}> ({
  ^bb0(%arg149: tensor<5xf32>):
    %108 = "stablehlo.rsqrt"(%arg149) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8xi1>, tensor<1xi32>, tensor<7xi1>) -> (), sym_name = "stablehlo_scatter"}> ({
  ^bb0(%arg144: tensor<8xi1>, %arg145: tensor<1xi32>, %arg146: tensor<7xi1>):
    %107 = "stablehlo.scatter"(%arg144, %arg145, %arg146) <{indices_are_sorted = true, scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [0], scatter_dims_to_operand_dims = [0]>, unique_indices = true}> ({
    ^bb0(%arg147: tensor<i1>, %arg148: tensor<i1>):
      "stablehlo.return"(%arg148) : (tensor<i1>) -> ()
    }) : (tensor<8xi1>, tensor<1xi32>, tensor<7xi1>) -> tensor<8xi1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i1>, tensor<i32>, tensor<i32>) -> (), sym_name = "stablehlo_select"}> ({
  ^bb0(%arg141: tensor<i1>, %arg142: tensor<i32>, %arg143: tensor<i32>):
    %106 = "stablehlo.select"(%arg141, %arg142, %arg143) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<10x24x24x64xf32>, tensor<10x12x12x64xf32>, tensor<f32>) -> (), sym_name = "stablehlo_select_and_scatter"}> ({
  ^bb0(%arg134: tensor<10x24x24x64xf32>, %arg135: tensor<10x12x12x64xf32>, %arg136: tensor<f32>):
    %103 = "stablehlo.select_and_scatter"(%arg134, %arg135, %arg136) <{window_dimensions = array<i64: 1, 2, 2, 1>, window_strides = array<i64: 1, 2, 2, 1>}> ({
    ^bb0(%arg139: tensor<f32>, %arg140: tensor<f32>):
      %105 = "stablehlo.compare"(%arg139, %arg140) <{compare_type = #stablehlo<comparison_type TOTALORDER>, comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
      "stablehlo.return"(%105) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg137: tensor<f64>, %arg138: tensor<f64>):
      %104 = "stablehlo.add"(%arg137, %arg138) : (tensor<f64>, tensor<f64>) -> tensor<f64>
      "stablehlo.return"(%104) : (tensor<f64>) -> ()
    }) : (tensor<10x24x24x64xf32>, tensor<10x12x12x64xf32>, tensor<f32>) -> tensor<10x24x24x64xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (!stablehlo.token) -> (), sym_name = "stablehlo_send"}> ({
  ^bb0(%arg133: !stablehlo.token):
    %102 = "stablehlo.send"(%arg133) <{channel_handle = #stablehlo.channel_handle<handle = 5, type = 1>, is_host_transfer = false}> : (!stablehlo.token) -> !stablehlo.token
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x4xf32>, tensor<i32>) -> (), sym_name = "stablehlo_set_dimension_size"}> ({
  ^bb0(%arg131: tensor<4x4xf32>, %arg132: tensor<i32>):
    %101 = "stablehlo.set_dimension_size"(%arg131, %arg132) <{dimension = 1 : i64}> : (tensor<4x4xf32>, tensor<i32>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3xi64>, tensor<3xi64>) -> (), sym_name = "stablehlo_shift_left"}> ({
  ^bb0(%arg129: tensor<3xi64>, %arg130: tensor<3xi64>):
    %100 = "stablehlo.shift_left"(%arg129, %arg130) : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3xi64>, tensor<3xi64>) -> (), sym_name = "stablehlo_shift_right_arithmetic"}> ({
  ^bb0(%arg127: tensor<3xi64>, %arg128: tensor<3xi64>):
    %99 = "stablehlo.shift_right_arithmetic"(%arg127, %arg128) : (tensor<3xi64>, tensor<3xi64>) -> tensor<3xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xui64>, tensor<2xui64>) -> (), sym_name = "stablehlo_shift_right_logical"}> ({
  ^bb0(%arg125: tensor<2xui64>, %arg126: tensor<2xui64>):
    %98 = "stablehlo.shift_right_logical"(%arg125, %arg126) : (tensor<2xui64>, tensor<2xui64>) -> tensor<2xui64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>) -> (), sym_name = "stablehlo_sign"}> ({
  ^bb0(%arg124: tensor<i32>):
    %97 = "stablehlo.sign"(%arg124) : (tensor<i32>) -> tensor<i32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5x6xf32>) -> (), sym_name = "stablehlo_sine"}> ({
  ^bb0(%arg123: tensor<5x6xf32>):
    %96 = "stablehlo.sine"(%arg123) : (tensor<5x6xf32>) -> tensor<5x6xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<9xf32>) -> (), sym_name = "stablehlo_slice"}> ({
  ^bb0(%arg122: tensor<9xf32>):
    %95 = "stablehlo.slice"(%arg122) <{limit_indices = array<i64: 2>, start_indices = array<i64: 1>, strides = array<i64: 1>}> : (tensor<9xf32>) -> tensor<1xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5x7xi64>) -> (), sym_name = "stablehlo_sort"}> ({
  ^bb0(%arg119: tensor<5x7xi64>):
    %93 = "stablehlo.sort"(%arg119) <{dimension = 0 : i64}> ({
    ^bb0(%arg120: tensor<i64>, %arg121: tensor<i64>):
      %94 = "stablehlo.compare"(%arg120, %arg121) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i64>, tensor<i64>) -> tensor<i1>
      "stablehlo.return"(%94) : (tensor<i1>) -> ()
    }) : (tensor<5x7xi64>) -> tensor<5x7xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "stablehlo_sqrt"}> ({
  ^bb0(%arg118: tensor<f32>):
    %92 = "stablehlo.sqrt"(%arg118) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<f32>) -> (), sym_name = "stablehlo_subtract"}> ({
  ^bb0(%arg116: tensor<f32>, %arg117: tensor<f32>):
    %91 = "stablehlo.subtract"(%arg116, %arg117) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf64>) -> (), sym_name = "stablehlo_tan"}> ({
  ^bb0(%arg115: tensor<4xf64>):
    %90 = "stablehlo.tan"(%arg115) : (tensor<4xf64>) -> tensor<4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x4xf32>) -> (), sym_name = "stablehlo_tanh"}> ({
  ^bb0(%arg114: tensor<2x4xf32>):
    %89 = "stablehlo.tanh"(%arg114) : (tensor<2x4xf32>) -> tensor<2x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x2xf32>, tensor<2xi32>) -> (), sym_name = "stablehlo_torch_index_select"}> ({
  ^bb0(%arg112: tensor<2x2xf32>, %arg113: tensor<2xi32>):
    %88 = "stablehlo.torch_index_select"(%arg112, %arg113) <{batch_dims = 0 : i64, dim = 0 : i64}> : (tensor<2x2xf32>, tensor<2xi32>) -> tensor<2x2xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8x1xi32>) -> (), sym_name = "stablehlo_transpose"}> ({
  ^bb0(%arg111: tensor<8x1xi32>):
    %87 = "stablehlo.transpose"(%arg111) <{permutation = array<i64: 1, 0>}> : (tensor<8x1xi32>) -> tensor<1x8xi32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x4xf32>, tensor<4x4xf32>) -> (), sym_name = "stablehlo_triangular_solve"}> ({
  ^bb0(%arg109: tensor<4x4xf32>, %arg110: tensor<4x4xf32>):
    %86 = "stablehlo.triangular_solve"(%arg109, %arg110) <{left_side = true, lower = true, transpose_a = #stablehlo<transpose TRANSPOSE>, unit_diagonal = false}> : (tensor<4x4xf32>, tensor<4x4xf32>) -> tensor<4x4xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i64>) -> (), sym_name = "stablehlo_tuple"}> ({
  ^bb0(%arg108: tensor<i64>):
    %85 = "stablehlo.tuple"(%arg108) : (tensor<i64>) -> tuple<tensor<i64>>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xf32>) -> (), sym_name = "stablehlo_unary_einsum"}> ({
  ^bb0(%arg107: tensor<2xf32>):
    %84 = "stablehlo.unary_einsum"(%arg107) <{einsum_config = "a->"}> : (tensor<2xf32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = () -> (), sym_name = "stablehlo_while"}> ({
    "stablehlo.while"() ({
      %83 = "stablehlo.constant"() <{value = dense<false> : tensor<i1>}> : () -> tensor<i1>
      "stablehlo.return"(%83) : (tensor<i1>) -> ()
    }, {
      "stablehlo.return"() : () -> ()
    }) : () -> ()
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2xi1>, tensor<2xi1>) -> (), sym_name = "stablehlo_xor"}> ({
  ^bb0(%arg105: tensor<2xi1>, %arg106: tensor<2xi1>):
    %82 = "stablehlo.xor"(%arg105, %arg106) : (tensor<2xi1>, tensor<2xi1>) -> tensor<2xi1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_acos"}> ({
  ^bb0(%arg104: tensor<7xf32>):
    %81 = "chlo.acos"(%arg104) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_acosh"}> ({
  ^bb0(%arg103: tensor<7xf32>):
    %80 = "chlo.acosh"(%arg103) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_asin"}> ({
  ^bb0(%arg102: tensor<5xf32>):
    %79 = "chlo.asin"(%arg102) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_asinh"}> ({
  ^bb0(%arg101: tensor<7xf32>):
    %78 = "chlo.asinh"(%arg101) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_atan"}> ({
  ^bb0(%arg100: tensor<7xf32>):
    %77 = "chlo.atan"(%arg100) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_atanh"}> ({
  ^bb0(%arg99: tensor<5xf32>):
    %76 = "chlo.atanh"(%arg99) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_bessel_i1e"}> ({
  ^bb0(%arg98: tensor<7xf32>):
    %75 = "chlo.bessel_i1e"(%arg98) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_add"}> ({
  ^bb0(%arg96: tensor<2x3x4xf64>, %arg97: tensor<2x3x4xf64>):
    %74 = "chlo.broadcast_add"(%arg96, %arg97) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> (), sym_name = "chlo_broadcast_and"}> ({
  ^bb0(%arg94: tensor<2x3x4xi8>, %arg95: tensor<2x3x4xi8>):
    %73 = "chlo.broadcast_and"(%arg94, %arg95) : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_atan2"}> ({
  ^bb0(%arg92: tensor<2x3x4xf64>, %arg93: tensor<2x3x4xf64>):
    %72 = "chlo.broadcast_atan2"(%arg92, %arg93) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_compare"}> ({
  ^bb0(%arg90: tensor<2x3x4xf64>, %arg91: tensor<2x3x4xf64>):
    %71 = "chlo.broadcast_compare"(%arg90, %arg91) <{comparison_direction = #chlo<comparison_direction LT>}> : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xi1>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_complex"}> ({
  ^bb0(%arg88: tensor<2x3x4xf64>, %arg89: tensor<2x3x4xf64>):
    %70 = "chlo.broadcast_complex"(%arg88, %arg89) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xcomplex<f64>>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_divide"}> ({
  ^bb0(%arg86: tensor<2x3x4xf64>, %arg87: tensor<2x3x4xf64>):
    %69 = "chlo.broadcast_divide"(%arg86, %arg87) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_maximum"}> ({
  ^bb0(%arg84: tensor<2x3x4xf64>, %arg85: tensor<2x3x4xf64>):
    %68 = "chlo.broadcast_maximum"(%arg84, %arg85) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_minimum"}> ({
  ^bb0(%arg82: tensor<2x3x4xf64>, %arg83: tensor<2x3x4xf64>):
    %67 = "chlo.broadcast_minimum"(%arg82, %arg83) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_multiply"}> ({
  ^bb0(%arg80: tensor<2x3x4xf64>, %arg81: tensor<2x3x4xf64>):
    %66 = "chlo.broadcast_multiply"(%arg80, %arg81) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_next_after"}> ({
  ^bb0(%arg78: tensor<2x3x4xf64>, %arg79: tensor<2x3x4xf64>):
    %65 = "chlo.broadcast_next_after"(%arg78, %arg79) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> (), sym_name = "chlo_broadcast_or"}> ({
  ^bb0(%arg76: tensor<2x3x4xi8>, %arg77: tensor<2x3x4xi8>):
    %64 = "chlo.broadcast_or"(%arg76, %arg77) : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_polygamma"}> ({
  ^bb0(%arg74: tensor<2x3x4xf64>, %arg75: tensor<2x3x4xf64>):
    %63 = "chlo.broadcast_polygamma"(%arg74, %arg75) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_power"}> ({
  ^bb0(%arg72: tensor<2x3x4xf64>, %arg73: tensor<2x3x4xf64>):
    %62 = "chlo.broadcast_power"(%arg72, %arg73) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_remainder"}> ({
  ^bb0(%arg70: tensor<2x3x4xf64>, %arg71: tensor<2x3x4xf64>):
    %61 = "chlo.broadcast_remainder"(%arg70, %arg71) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xi1>, tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_select"}> ({
  ^bb0(%arg67: tensor<2x3x4xi1>, %arg68: tensor<2x3x4xf64>, %arg69: tensor<2x3x4xf64>):
    %60 = "chlo.broadcast_select"(%arg67, %arg68, %arg69) : (tensor<2x3x4xi1>, tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_shift_left"}> ({
  ^bb0(%arg65: tensor<2x3x4xf64>, %arg66: tensor<2x3x4xf64>):
    %59 = "chlo.broadcast_shift_left"(%arg65, %arg66) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_shift_right_arithmetic"}> ({
  ^bb0(%arg63: tensor<2x3x4xf64>, %arg64: tensor<2x3x4xf64>):
    %58 = "chlo.broadcast_shift_right_arithmetic"(%arg63, %arg64) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_shift_right_logical"}> ({
  ^bb0(%arg61: tensor<2x3x4xf64>, %arg62: tensor<2x3x4xf64>):
    %57 = "chlo.broadcast_shift_right_logical"(%arg61, %arg62) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_subtract"}> ({
  ^bb0(%arg59: tensor<2x3x4xf64>, %arg60: tensor<2x3x4xf64>):
    %56 = "chlo.broadcast_subtract"(%arg59, %arg60) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> (), sym_name = "chlo_broadcast_xor"}> ({
  ^bb0(%arg57: tensor<2x3x4xi8>, %arg58: tensor<2x3x4xi8>):
    %55 = "chlo.broadcast_xor"(%arg57, %arg58) : (tensor<2x3x4xi8>, tensor<2x3x4xi8>) -> tensor<2x3x4xi8>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> (), sym_name = "chlo_broadcast_zeta"}> ({
  ^bb0(%arg55: tensor<2x3x4xf64>, %arg56: tensor<2x3x4xf64>):
    %54 = "chlo.broadcast_zeta"(%arg55, %arg56) : (tensor<2x3x4xf64>, tensor<2x3x4xf64>) -> tensor<2x3x4xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8x8xf64>) -> (), sym_name = "chlo_conj"}> ({
  ^bb0(%arg54: tensor<8x8xf64>):
    %53 = "chlo.conj"(%arg54) : (tensor<8x8xf64>) -> tensor<8x8xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_cosh"}> ({
  ^bb0(%arg53: tensor<5xf32>):
    %52 = "chlo.cosh"(%arg53) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>) -> (), sym_name = "chlo_digamma"}> ({
  ^bb0(%arg52: tensor<7xf32>):
    %51 = "chlo.digamma"(%arg52) : (tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>) -> (), sym_name = "chlo_erf"}> ({
  ^bb0(%arg51: tensor<f32>):
    %50 = "chlo.erf"(%arg51) : (tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8xf32>) -> (), sym_name = "chlo_erf_inv"}> ({
  ^bb0(%arg50: tensor<8xf32>):
    %49 = "chlo.erf_inv"(%arg50) : (tensor<8xf32>) -> tensor<8xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_erfc"}> ({
  ^bb0(%arg49: tensor<5xf32>):
    %48 = "chlo.erfc"(%arg49) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_lgamma"}> ({
  ^bb0(%arg48: tensor<5xf32>):
    %47 = "chlo.lgamma"(%arg48) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xi64>, tensor<4xi64>) -> (), sym_name = "chlo_mulhi"}> ({
  ^bb0(%arg46: tensor<4xi64>, %arg47: tensor<4xi64>):
    %46 = "chlo.mulhi"(%arg46, %arg47) : (tensor<4xi64>, tensor<4xi64>) -> tensor<4xi64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<f32>, tensor<f32>) -> (), sym_name = "chlo_next_after"}> ({
  ^bb0(%arg44: tensor<f32>, %arg45: tensor<f32>):
    %45 = "chlo.next_after"(%arg44, %arg45) : (tensor<f32>, tensor<f32>) -> tensor<f32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>, tensor<5xf32>) -> (), sym_name = "chlo_polygamma"}> ({
  ^bb0(%arg42: tensor<5xf32>, %arg43: tensor<5xf32>):
    %44 = "chlo.polygamma"(%arg42, %arg43) : (tensor<5xf32>, tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<3x11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> (), sym_name = "chlo_ragged_dot"}> ({
  ^bb0(%arg39: tensor<3x11x5xf32>, %arg40: tensor<3x5x7xf32>, %arg41: tensor<3xi64>):
    %43 = "chlo.ragged_dot"(%arg39, %arg40, %arg41) <{precision_config = [#chlo<precision DEFAULT>, #chlo<precision DEFAULT>], ragged_dot_dimension_numbers = #chlo.ragged_dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1], lhs_ragged_dimensions = [0]>}> : (tensor<3x11x5xf32>, tensor<3x5x7xf32>, tensor<3xi64>) -> tensor<3x11x7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_sinh"}> ({
  ^bb0(%arg38: tensor<5xf32>):
    %42 = "chlo.sinh"(%arg38) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<5xf32>) -> (), sym_name = "chlo_square"}> ({
  ^bb0(%arg37: tensor<5xf32>):
    %41 = "chlo.square"(%arg37) : (tensor<5xf32>) -> tensor<5xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<8x8xf64>) -> (), sym_name = "chlo_tan"}> ({
  ^bb0(%arg36: tensor<8x8xf64>):
    %40 = "chlo.tan"(%arg36) : (tensor<8x8xf64>) -> tensor<8x8xf64>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<16xf32>) -> (), sym_name = "chlo_top_k"}> ({
  ^bb0(%arg35: tensor<16xf32>):
    %39:2 = "chlo.top_k"(%arg35) <{k = 8 : i64}> : (tensor<16xf32>) -> (tensor<8xf32>, tensor<8xi32>)
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<7xf32>, tensor<7xf32>) -> (), sym_name = "chlo_zeta"}> ({
  ^bb0(%arg33: tensor<7xf32>, %arg34: tensor<7xf32>):
    %38 = "chlo.zeta"(%arg33, %arg34) : (tensor<7xf32>, tensor<7xf32>) -> tensor<7xf32>
    "func.return"() : () -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>), sym_name = "scan"}> ({
  ^bb0(%arg29: tensor<2x3xf32>, %arg30: tensor<3xf32>):
    %36:2 = "chlo.scan"(%arg29, %arg30) <{dimension = 0 : i64, is_reverse = true, operandSegmentSizes = array<i32: 1, 1>, resultSegmentSizes = array<i32: 1, 1>}> ({
    ^bb0(%arg31: tensor<3xf32>, %arg32: tensor<3xf32>):
      %37 = "stablehlo.add"(%arg31, %arg32) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      "stablehlo.return"(%37, %37) : (tensor<3xf32>, tensor<3xf32>) -> ()
    }) : (tensor<2x3xf32>, tensor<3xf32>) -> (tensor<2x3xf32>, tensor<3xf32>)
    "func.return"(%36#0, %36#1) : (tensor<2x3xf32>, tensor<3xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>) -> tensor<4xi1>, sym_name = "predicates"}> ({
  ^bb0(%arg28: tensor<4xf32>):
    %31 = "chlo.is_inf"(%arg28) : (tensor<4xf32>) -> tensor<4xi1>
    %32 = "chlo.is_neg_inf"(%arg28) : (tensor<4xf32>) -> tensor<4xi1>
    %33 = "chlo.is_pos_inf"(%arg28) : (tensor<4xf32>) -> tensor<4xi1>
    %34 = "chlo.constant"() <{value = dense<1> : tensor<3xi32>}> : () -> tensor<3xi32>
    %35 = "stablehlo.select"(%31, %32, %33) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
    "func.return"(%35) : (tensor<4xi1>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>), sym_name = "reduces"}> ({
  ^bb0(%arg16: tensor<2x3xf32>, %arg17: tensor<2x3xi32>, %arg18: tensor<f32>, %arg19: tensor<i32>):
    %23 = "stablehlo.reduce"(%arg16, %arg18) <{dimensions = array<i64: 0, 1>}> ({
    ^bb0(%arg26: tensor<f32>, %arg27: tensor<f32>):
      %30 = "stablehlo.maximum"(%arg26, %arg27) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%30) : (tensor<f32>) -> ()
    }) {mhlo.note = "x"} : (tensor<2x3xf32>, tensor<f32>) -> tensor<f32>
    %24:2 = "stablehlo.reduce"(%arg16, %arg17, %arg18, %arg19) <{dimensions = array<i64: 1>}> ({
    ^bb0(%arg22: tensor<f32>, %arg23: tensor<i32>, %arg24: tensor<f32>, %arg25: tensor<i32>):
      %27 = "stablehlo.compare"(%arg22, %arg24) <{compare_type = #stablehlo<comparison_type TOTALORDER>, comparison_direction = #stablehlo<comparison_direction GE>}> : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %28 = "stablehlo.select"(%27, %arg22, %arg24) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %29 = "stablehlo.select"(%27, %arg23, %arg25) : (tensor<i1>, tensor<i32>, tensor<i32>) -> tensor<i32>
      "stablehlo.return"(%28, %29) : (tensor<f32>, tensor<i32>) -> ()
    }) : (tensor<2x3xf32>, tensor<2x3xi32>, tensor<f32>, tensor<i32>) -> (tensor<2xf32>, tensor<2xi32>)
    %25 = "stablehlo.reduce"(%arg16, %arg18) <{dimensions = array<i64: 1>}> ({
    ^bb0(%arg20: tensor<f32>, %arg21: tensor<f32>):
      %26 = "stablehlo.subtract"(%arg20, %arg21) : (tensor<f32>, tensor<f32>) -> tensor<f32>
      "stablehlo.return"(%26) : (tensor<f32>) -> ()
    }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2xf32>
    "func.return"(%24#0, %24#1) : (tensor<2xf32>, tensor<2xi32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<i32>, tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>), sym_name = "loops"}> ({
  ^bb0(%arg10: tensor<i32>, %arg11: tensor<4xf32>):
    %17 = "stablehlo.constant"() <{value = dense<7> : tensor<i32>}> : () -> tensor<i32>
    "stablehlo.while"() ({
      %22 = "stablehlo.constant"() <{value = dense<false> : tensor<i1>}> : () -> tensor<i1>
      "stablehlo.return"(%22) : (tensor<i1>) -> ()
    }, {
      "stablehlo.return"() : () -> ()
    }) : () -> ()
    %18:2 = "stablehlo.while"(%arg10, %arg11) ({
    ^bb0(%arg14: tensor<i32>, %arg15: tensor<4xf32>):
      %21 = "stablehlo.compare"(%arg14, %17) <{compare_type = #stablehlo<comparison_type SIGNED>, comparison_direction = #stablehlo<comparison_direction LT>}> : (tensor<i32>, tensor<i32>) -> tensor<i1>
      "stablehlo.return"(%21) : (tensor<i1>) -> ()
    }, {
    ^bb0(%arg12: tensor<i32>, %arg13: tensor<4xf32>):
      %19 = "stablehlo.add"(%arg12, %arg12) : (tensor<i32>, tensor<i32>) -> tensor<i32>
      %20 = "func.call"(%arg13) <{callee = @callee}> {note} : (tensor<4xf32>) -> tensor<4xf32>
      "stablehlo.return"(%19, %20) : (tensor<i32>, tensor<4xf32>) -> ()
    }) {mhlo.note = 1 : i32} : (tensor<i32>, tensor<4xf32>) -> (tensor<i32>, tensor<4xf32>)
    "func.return"(%18#0, %18#1) : (tensor<i32>, tensor<4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4xf32>) -> tensor<4xf32>, sym_name = "callee", sym_visibility = "private"}> ({
  ^bb0(%arg9: tensor<4xf32>):
    %15 = "stablehlo.composite"(%arg9) <{composite_attributes = {a = 1 : i64}, decomposition = @declared, name = "ns.name", version = 1 : i32}> : (tensor<4xf32>) -> tensor<4xf32>
    %16 = "stablehlo.custom_call"(%15) <{api_version = 4 : i32, backend_config = {k = true}, call_target_name = "odd name", called_computations = [@declared], has_side_effect = true}> : (tensor<4xf32>) -> tensor<4xf32>
    "stablehlo.custom_call"() <{call_target_name = "none"}> : () -> ()
    "func.return"(%16) : (tensor<4xf32>) -> ()
  }) : () -> ()
  "func.func"() <{arg_attrs = [{a.b = 1 : i64}], function_type = (tensor<4xf32>) -> tensor<4xf32>, res_attrs = [{a.c}], sym_name = "declared", sym_visibility = "private"}> ({
  }) : () -> ()
  "func.func"() <{function_type = (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>, sym_name = "dots"}> ({
  ^bb0(%arg7: tensor<2x3x4xf32>, %arg8: tensor<2x4x5xf32>):
    %14 = "stablehlo.dot_general"(%arg7, %arg8) <{algorithm = #stablehlo.dot_algorithm<lhs_precision_type = tf32, rhs_precision_type = tf32, accumulation_type = f32, lhs_component_count = 1, rhs_component_count = 1, num_primitive_operations = 1, allow_imprecise_accumulation = false>, dot_dimension_numbers = #stablehlo.dot<lhs_batching_dimensions = [0], rhs_batching_dimensions = [0], lhs_contracting_dimensions = [2], rhs_contracting_dimensions = [1]>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>]}> {note = [1, 2]} : (tensor<2x3x4xf32>, tensor<2x4x5xf32>) -> tensor<2x3x5xf32>
    "func.return"(%14) : (tensor<2x3x5xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<1x8x8x4xf32>, tensor<3x3x4x8xf32>) -> tensor<1x4x4x8xf32>, sym_name = "convolutions"}> ({
  ^bb0(%arg5: tensor<1x8x8x4xf32>, %arg6: tensor<3x3x4x8xf32>):
    %12 = "stablehlo.convolution"(%arg5, %arg6) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64, lhs_dilation = array<i64: 1, 1>, padding = dense<[[0, 1], [0, 1]]> : tensor<2x2xi64>, precision_config = [#stablehlo<precision DEFAULT>, #stablehlo<precision DEFAULT>], rhs_dilation = array<i64: 1, 1>, window_reversal = array<i1: true, false>, window_strides = array<i64: 2, 2>}> : (tensor<1x8x8x4xf32>, tensor<3x3x4x8xf32>) -> tensor<1x4x4x8xf32>
    %13 = "stablehlo.convolution"(%arg5, %arg6) <{batch_group_count = 1 : i64, dimension_numbers = #stablehlo.conv<[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]>, feature_group_count = 1 : i64}> : (tensor<1x8x8x4xf32>, tensor<3x3x4x8xf32>) -> tensor<1x6x6x8xf32>
    "func.return"(%12) : (tensor<1x4x4x8xf32>) -> ()
  }) : () -> ()
  "func.func"() <{function_type = (tensor<4x6xf32>, tensor<f32>, tensor<i32>, tuple<tensor<f32>, tensor<i32>>, !stablehlo.token) -> tensor<f32>, sym_name = "shapes"}> ({
  ^bb0(%arg0: tensor<4x6xf32>, %arg1: tensor<f32>, %arg2: tensor<i32>, %arg3: tuple<tensor<f32>, tensor<i32>>, %arg4: !stablehlo.token):
    %0 = "stablehlo.slice"(%arg0) <{limit_indices = array<i64: 4, 6>, start_indices = array<i64: 0, 1>, strides = array<i64: 1, 2>}> : (tensor<4x6xf32>) -> tensor<4x3xf32>
    %1 = "stablehlo.slice"(%arg1) <{limit_indices = array<i64>, start_indices = array<i64>, strides = array<i64>}> : (tensor<f32>) -> tensor<f32>
    %2 = "stablehlo.dynamic_slice"(%arg0, %arg2, %arg2) <{slice_sizes = array<i64: 2, 3>}> : (tensor<4x6xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    %3 = "stablehlo.pad"(%arg0, %arg1) <{edge_padding_high = array<i64: 1, 0>, edge_padding_low = array<i64: 0, -1>, interior_padding = array<i64: 2, 0>}> : (tensor<4x6xf32>, tensor<f32>) -> tensor<11x5xf32>
    %4 = "stablehlo.get_tuple_element"(%arg3) <{index = 1 : i32}> : (tuple<tensor<f32>, tensor<i32>>) -> tensor<i32>
    %5 = "stablehlo.tuple"(%arg1, %arg2) : (tensor<f32>, tensor<i32>) -> tuple<tensor<f32>, tensor<i32>>
    %6:2 = "stablehlo.optimization_barrier"(%arg1, %arg2) {note} : (tensor<f32>, tensor<i32>) -> (tensor<f32>, tensor<i32>)
    "stablehlo.optimization_barrier"() : () -> ()
    %7 = "stablehlo.after_all"(%arg4, %arg4) : (!stablehlo.token, !stablehlo.token) -> !stablehlo.token
    %8 = "stablehlo.reduce_precision"(%arg1) <{exponent_bits = 5 : i32, mantissa_bits = 10 : i32}> : (tensor<f32>) -> tensor<f32>
    %9 = "stablehlo.complex"(%arg1, %arg1) : (tensor<f32>, tensor<f32>) -> tensor<complex<f32>>
    %10:2 = "chlo.top_k"(%arg0) <{k = 2 : i64}> : (tensor<4x6xf32>) -> (tensor<4x2xf32>, tensor<4x2xi32>)
    %11 = "stablehlo.case"(%arg2) ({
      "stablehlo.return"(%arg1) : (tensor<f32>) -> ()
    }, {
      "stablehlo.return"(%8) : (tensor<f32>) -> ()
    }) : (tensor<i32>) -> tensor<f32>
    "func.return"(%11) : (tensor<f32>) -> ()
  }) : () -> ()
}) : () -> ()