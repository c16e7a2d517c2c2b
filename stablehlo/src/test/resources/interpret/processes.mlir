// Programs on several processes.
module @sums {
  func.func @sum(%x : tensor<2xf32>) -> tensor<2xf32> {
    %0 = "stablehlo.all_reduce"(%x) ({
    ^bb0(%a: tensor<f32>, %b: tensor<f32>):
      %1 = stablehlo.add %a, %b : tensor<f32>
      stablehlo.return %1 : tensor<f32>
    }) {replica_groups = dense<[[0, 2], [1, 3]]> : tensor<2x2xi64>} : (tensor<2xf32>) -> tensor<2xf32>
    %1 = "stablehlo.cross-replica-sum"(%x) {replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>} : (tensor<2xf32>) -> tensor<2xf32>
    %2 = stablehlo.add %0, %1 : tensor<2xf32>
    return %2 : tensor<2xf32>
  }
  func.func @main() {
    %0 = stablehlo.constant dense<[1.0, 2.0]> : tensor<2xf32>
    %1 = stablehlo.constant dense<[10.0, 20.0]> : tensor<2xf32>
    %2 = stablehlo.constant dense<[100.0, 200.0]> : tensor<2xf32>
    %3 = stablehlo.constant dense<[1000.0, 2000.0]> : tensor<2xf32>
    %4:4 = "interpreter.run_parallel"(%0, %1, %2, %3) {programs = [[@sum], [@sum], [@sum], [@sum]]} : (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>)
    check.expect_eq_const %4#0, dense<[1212.0, 2424.0]> : tensor<2xf32>
    check.expect_eq_const %4#1, dense<[2121.0, 4242.0]> : tensor<2xf32>
    check.expect_eq_const %4#3, dense<[2121.0, 4242.0]> : tensor<2xf32>
    func.return
  }
}

// -----

// A ring, twice through the same channel, in a loop of which each process makes the same turns.
module @ring {
  func.func @step(%x : tensor<i64>) -> tensor<i64> {
    %zero = stablehlo.constant dense<0> : tensor<i64>
    %one = stablehlo.constant dense<1> : tensor<i64>
    %two = stablehlo.constant dense<2> : tensor<i64>
    %0:2 = stablehlo.while(%i = %zero, %acc = %x) : tensor<i64>, tensor<i64> cond {
      %1 = stablehlo.compare LT, %i, %two : (tensor<i64>, tensor<i64>) -> tensor<i1>
      stablehlo.return %1 : tensor<i1>
    } do {
      %2 = stablehlo.add %i, %one : tensor<i64>
      %3 = "stablehlo.collective_permute"(%acc) {channel_handle = #stablehlo.channel_handle<handle = 1, type = 1>, source_target_pairs = dense<[[0, 1], [1, 2], [2, 0]]> : tensor<3x2xi64>} : (tensor<i64>) -> tensor<i64>
      stablehlo.return %2, %3 : tensor<i64>, tensor<i64>
    }
    return %0#1 : tensor<i64>
  }
  func.func @main() {
    %0 = stablehlo.constant dense<5> : tensor<i64>
    %1 = stablehlo.constant dense<6> : tensor<i64>
    %2 = stablehlo.constant dense<7> : tensor<i64>
    %3:3 = "interpreter.run_parallel"(%0, %1, %2) {programs = [[@step, @step, @step]]} : (tensor<i64>, tensor<i64>, tensor<i64>) -> (tensor<i64>, tensor<i64>, tensor<i64>)
    check.expect_eq_const %3#0, dense<6> : tensor<i64>
    check.expect_eq_const %3#1, dense<7> : tensor<i64>
    check.expect_eq_const %3#2, dense<5> : tensor<i64>
    func.return
  }
}

// -----

module @exchange {
  func.func @p(%x : tensor<2x2xi64>) -> (tensor<4x1xi64>, tensor<1x2xi64>, tensor<ui32>) {
    %0 = "stablehlo.all_to_all"(%x) {split_dimension = 1 : i64, concat_dimension = 0 : i64, split_count = 2 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x2xi64>) -> tensor<4x1xi64>
    %1 = "stablehlo.reduce_scatter"(%x) ({
    ^bb0(%a: tensor<i64>, %b: tensor<i64>):
      %2 = stablehlo.maximum %a, %b : tensor<i64>
      stablehlo.return %2 : tensor<i64>
    }) {scatter_dimension = 0 : i64, replica_groups = dense<[[0, 1]]> : tensor<1x2xi64>} : (tensor<2x2xi64>) -> tensor<1x2xi64>
    %3 = stablehlo.replica_id : tensor<ui32>
    return %0, %1, %3 : tensor<4x1xi64>, tensor<1x2xi64>, tensor<ui32>
  }
  func.func @main() {
    %0 = stablehlo.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
    %1 = stablehlo.constant dense<[[5, 6], [7, -8]]> : tensor<2x2xi64>
    %2:6 = "interpreter.run_parallel"(%0, %1) {programs = [[@p], [@p]]} : (tensor<2x2xi64>, tensor<2x2xi64>) -> (tensor<4x1xi64>, tensor<1x2xi64>, tensor<ui32>, tensor<4x1xi64>, tensor<1x2xi64>, tensor<ui32>)
    check.expect_eq_const %2#0, dense<[[1], [3], [5], [7]]> : tensor<4x1xi64>
    check.expect_eq_const %2#1, dense<[[5, 6]]> : tensor<1x2xi64>
    check.expect_eq_const %2#3, dense<[[2], [4], [6], [-8]]> : tensor<4x1xi64>
    check.expect_eq_const %2#4, dense<[[7, 4]]> : tensor<1x2xi64>
    check.expect_eq_const %2#5, dense<1> : tensor<ui32>
    func.return
  }
}

// -----

module @channels {
  func.func @send(%x : tensor<i64>, %t : !stablehlo.token) -> !stablehlo.token {
    %0 = "stablehlo.send"(%x, %t) {channel_handle = #stablehlo.channel_handle<handle = 3, type = 2>, is_host_transfer = true} : (tensor<i64>, !stablehlo.token) -> !stablehlo.token
    return %0 : !stablehlo.token
  }
  func.func @receive(%t : !stablehlo.token) -> (tensor<i64>, tensor<i64>) {
    %0, %1 = "stablehlo.recv"(%t) {channel_handle = #stablehlo.channel_handle<handle = 3, type = 3>, is_host_transfer = true} : (!stablehlo.token) -> (tensor<i64>, !stablehlo.token)
    %2, %3 = "stablehlo.infeed"(%1) : (!stablehlo.token) -> (tensor<i64>, !stablehlo.token)
    %4 = "stablehlo.outfeed"(%2, %3) : (tensor<i64>, !stablehlo.token) -> !stablehlo.token
    return %0, %2 : tensor<i64>, tensor<i64>
  }
  func.func @queue() -> tensor<i64> {
    %0 = stablehlo.constant dense<9> : tensor<i64>
    return %0 : tensor<i64>
  }
  func.func @main() {
    %0 = stablehlo.constant dense<4> : tensor<i64>
    %1 = stablehlo.create_token : !stablehlo.token
    %2:3 = "interpreter.run_parallel"(%0, %1, %1) {infeed = [@queue], programs = [[@send], [@receive]]} : (tensor<i64>, !stablehlo.token, !stablehlo.token) -> (!stablehlo.token, tensor<i64>, tensor<i64>)
    check.expect_eq_const %2#1, dense<4> : tensor<i64>
    check.expect_eq_const %2#2, dense<9> : tensor<i64>
    func.return
  }
}

// -----

// Groups written as axes of a mesh, whose devices are numbered backwards.
module @mesh_axes {
  func.func @gather(%x: tensor<1xi64>) -> tensor<2xi64> {
    %0 = "stablehlo.all_gather"(%x) {all_gather_dim = 0 : i64, channel_handle = #stablehlo.channel_handle<handle = 1, type = 0>, use_global_device_ids, replica_groups = #stablehlo.replica_group_mesh_axes<mesh = #stablehlo.mesh<axes = [#stablehlo.mesh_axis<name = "a", size = 2>, #stablehlo.mesh_axis<name = "b", size = 2>], device_ids = dense<[3, 2, 1, 0]> : tensor<4xi64>>, axes = [#stablehlo.axis_ref<name = "a">]>} : (tensor<1xi64>) -> tensor<2xi64>
    return %0 : tensor<2xi64>
  }
  func.func @main() {
    %0 = stablehlo.constant dense<10> : tensor<1xi64>
    %1 = stablehlo.constant dense<11> : tensor<1xi64>
    %2 = stablehlo.constant dense<12> : tensor<1xi64>
    %3 = stablehlo.constant dense<13> : tensor<1xi64>
    %4:4 = "interpreter.run_parallel"(%0, %1, %2, %3) {programs = [[@gather, @gather, @gather, @gather]]} : (tensor<1xi64>, tensor<1xi64>, tensor<1xi64>, tensor<1xi64>) -> (tensor<2xi64>, tensor<2xi64>, tensor<2xi64>, tensor<2xi64>)
    check.expect_eq_const %4#0, dense<[12, 10]> : tensor<2xi64>
    check.expect_eq_const %4#1, dense<[13, 11]> : tensor<2xi64>
    check.expect_eq_const %4#3, dense<[13, 11]> : tensor<2xi64>
    func.return
  }
}
