package org.cornu.stablehlo.ir;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every operation that Cornu knows: the 117 StableHLO ops beside the terminator, the CHLO ops that
 * exports contain, calls and shardings, and Cornu's own ops, which transforms see whole and which
 * are lowered before printing. Algorithms over ops dispatch through exhaustive {@code switch}
 * expressions over this enum, so that an op without a rule does not compile.
 */
public enum OpCode {
  ABS("stablehlo.abs"),
  ADD("stablehlo.add"),
  AFTER_ALL("stablehlo.after_all"),
  ALL_GATHER(
      "stablehlo.all_gather",
      "all_gather_dim",
      "replica_groups",
      "channel_handle",
      "use_global_device_ids"),
  ALL_REDUCE("stablehlo.all_reduce", "replica_groups", "channel_handle", "use_global_device_ids"),
  ALL_TO_ALL(
      "stablehlo.all_to_all",
      "split_dimension",
      "concat_dimension",
      "split_count",
      "replica_groups",
      "channel_handle"),
  AND("stablehlo.and"),
  ASYNC_DONE("stablehlo.async_done"),
  ASYNC_START("stablehlo.async_start"),
  ATAN2("stablehlo.atan2"),
  BATCH_NORM_GRAD("stablehlo.batch_norm_grad", "epsilon", "feature_index"),
  BATCH_NORM_INFERENCE("stablehlo.batch_norm_inference", "epsilon", "feature_index"),
  BATCH_NORM_TRAINING("stablehlo.batch_norm_training", "epsilon", "feature_index"),
  BITCAST_CONVERT("stablehlo.bitcast_convert"),
  BROADCAST("stablehlo.broadcast", "broadcast_sizes"),
  BROADCAST_IN_DIM("stablehlo.broadcast_in_dim", "broadcast_dimensions"),
  CASE("stablehlo.case"),
  CBRT("stablehlo.cbrt", "result_accuracy"),
  CEIL("stablehlo.ceil"),
  CHOLESKY("stablehlo.cholesky", "lower"),
  CLAMP("stablehlo.clamp"),
  COLLECTIVE_BROADCAST(
      "stablehlo.collective_broadcast", "replica_groups", "channel_handle", "has_dynamic_root"),
  COLLECTIVE_PERMUTE("stablehlo.collective_permute", "source_target_pairs", "channel_handle"),
  COLLECTIVE_REDUCE(
      "stablehlo.collective_reduce",
      "replica_groups",
      "channel_handle",
      "use_global_device_ids",
      "has_dynamic_root"),
  COMPARE("stablehlo.compare", "comparison_direction", "compare_type"),
  COMPLEX("stablehlo.complex"),
  COMPOSITE("stablehlo.composite", "name", "composite_attributes", "decomposition", "version"),
  CONCATENATE("stablehlo.concatenate", "dimension"),
  CONSTANT("stablehlo.constant", "value"),
  CONVERT("stablehlo.convert"),
  CONVOLUTION(
      "stablehlo.convolution",
      "window_strides",
      "padding",
      "lhs_dilation",
      "rhs_dilation",
      "window_reversal",
      "dimension_numbers",
      "feature_group_count",
      "batch_group_count",
      "precision_config"),
  COSINE("stablehlo.cosine", "result_accuracy"),
  COUNT_LEADING_ZEROS("stablehlo.count_leading_zeros"),
  CREATE_TOKEN("stablehlo.create_token"),
  CROSS_REPLICA_SUM("stablehlo.cross-replica-sum", "replica_groups"),
  CUSTOM_CALL(
      "stablehlo.custom_call",
      "call_target_name",
      "has_side_effect",
      "backend_config",
      "api_version",
      "called_computations",
      "operand_layouts",
      "result_layouts",
      "output_operand_aliases",
      "result_tilings"),
  DIVIDE("stablehlo.divide"),
  DOT("stablehlo.dot", "precision_config"),
  DOT_GENERAL("stablehlo.dot_general", "dot_dimension_numbers", "precision_config", "algorithm"),
  DYNAMIC_BROADCAST_IN_DIM(
      "stablehlo.dynamic_broadcast_in_dim",
      "broadcast_dimensions",
      "known_expanding_dimensions",
      "known_nonexpanding_dimensions"),
  DYNAMIC_CONV(
      "stablehlo.dynamic_conv",
      "window_strides",
      "lhs_dilation",
      "rhs_dilation",
      "window_reversal",
      "dimension_numbers",
      "feature_group_count",
      "batch_group_count",
      "precision_config"),
  DYNAMIC_GATHER("stablehlo.dynamic_gather", "dimension_numbers", "indices_are_sorted"),
  DYNAMIC_IOTA("stablehlo.dynamic_iota", "iota_dimension"),
  DYNAMIC_PAD("stablehlo.dynamic_pad"),
  DYNAMIC_RESHAPE("stablehlo.dynamic_reshape"),
  DYNAMIC_SLICE("stablehlo.dynamic_slice", "slice_sizes"),
  DYNAMIC_UPDATE_SLICE("stablehlo.dynamic_update_slice"),
  EINSUM("stablehlo.einsum", "einsum_config"),
  EXPONENTIAL("stablehlo.exponential", "result_accuracy"),
  EXPONENTIAL_MINUS_ONE("stablehlo.exponential_minus_one", "result_accuracy"),
  FFT("stablehlo.fft", "fft_type", "fft_length"),
  FLOOR("stablehlo.floor"),
  GATHER("stablehlo.gather", "dimension_numbers", "slice_sizes", "indices_are_sorted"),
  GET_DIMENSION_SIZE("stablehlo.get_dimension_size", "dimension"),
  GET_TUPLE_ELEMENT("stablehlo.get_tuple_element", "index"),
  IF("stablehlo.if"),
  IMAG("stablehlo.imag"),
  INFEED("stablehlo.infeed", "infeed_config", "layout"),
  IOTA("stablehlo.iota", "iota_dimension"),
  IS_FINITE("stablehlo.is_finite"),
  LOG("stablehlo.log", "result_accuracy"),
  LOG_PLUS_ONE("stablehlo.log_plus_one", "result_accuracy"),
  LOGISTIC("stablehlo.logistic", "result_accuracy"),
  MAP("stablehlo.map", "dimensions"),
  MAXIMUM("stablehlo.maximum"),
  MINIMUM("stablehlo.minimum"),
  MULTIPLY("stablehlo.multiply"),
  NEGATE("stablehlo.negate"),
  NOT("stablehlo.not"),
  OPTIMIZATION_BARRIER("stablehlo.optimization_barrier"),
  OR("stablehlo.or"),
  OUTFEED("stablehlo.outfeed", "outfeed_config"),
  PAD("stablehlo.pad", "edge_padding_low", "edge_padding_high", "interior_padding"),
  PARTITION_ID("stablehlo.partition_id"),
  POPCNT("stablehlo.popcnt"),
  POWER("stablehlo.power"),
  REAL("stablehlo.real"),
  REAL_DYNAMIC_SLICE("stablehlo.real_dynamic_slice"),
  RECV("stablehlo.recv", "channel_handle", "is_host_transfer", "source_target_pairs"),
  REDUCE("stablehlo.reduce", "dimensions"),
  REDUCE_PRECISION("stablehlo.reduce_precision", "exponent_bits", "mantissa_bits"),
  REDUCE_SCATTER(
      "stablehlo.reduce_scatter",
      "scatter_dimension",
      "replica_groups",
      "channel_handle",
      "use_global_device_ids"),
  REDUCE_WINDOW(
      "stablehlo.reduce_window",
      "window_dimensions",
      "window_strides",
      "base_dilations",
      "window_dilations",
      "padding"),
  REMAINDER("stablehlo.remainder"),
  REPLICA_ID("stablehlo.replica_id"),
  RESHAPE("stablehlo.reshape"),
  REVERSE("stablehlo.reverse", "dimensions"),
  RNG("stablehlo.rng", "rng_distribution"),
  RNG_BIT_GENERATOR("stablehlo.rng_bit_generator", "rng_algorithm"),
  ROUND_NEAREST_AFZ("stablehlo.round_nearest_afz"),
  ROUND_NEAREST_EVEN("stablehlo.round_nearest_even"),
  RSQRT("stablehlo.rsqrt", "result_accuracy"),
  SCATTER("stablehlo.scatter", "scatter_dimension_numbers", "indices_are_sorted", "unique_indices"),
  SELECT("stablehlo.select"),
  SELECT_AND_SCATTER(
      "stablehlo.select_and_scatter", "window_dimensions", "window_strides", "padding"),
  SEND("stablehlo.send", "channel_handle", "is_host_transfer", "source_target_pairs"),
  SET_DIMENSION_SIZE("stablehlo.set_dimension_size", "dimension"),
  SHIFT_LEFT("stablehlo.shift_left"),
  SHIFT_RIGHT_ARITHMETIC("stablehlo.shift_right_arithmetic"),
  SHIFT_RIGHT_LOGICAL("stablehlo.shift_right_logical"),
  SIGN("stablehlo.sign"),
  SINE("stablehlo.sine", "result_accuracy"),
  SLICE("stablehlo.slice", "start_indices", "limit_indices", "strides"),
  SORT("stablehlo.sort", "dimension", "is_stable"),
  SQRT("stablehlo.sqrt", "result_accuracy"),
  SUBTRACT("stablehlo.subtract"),
  TAN("stablehlo.tan", "result_accuracy"),
  TANH("stablehlo.tanh", "result_accuracy"),
  TORCH_INDEX_SELECT("stablehlo.torch_index_select", "dim", "batch_dims"),
  TRANSPOSE("stablehlo.transpose", "permutation"),
  TRIANGULAR_SOLVE(
      "stablehlo.triangular_solve", "left_side", "lower", "unit_diagonal", "transpose_a"),
  TUPLE("stablehlo.tuple"),
  UNARY_EINSUM("stablehlo.unary_einsum", "einsum_config"),
  UNIFORM_DEQUANTIZE("stablehlo.uniform_dequantize"),
  UNIFORM_QUANTIZE("stablehlo.uniform_quantize"),
  WHILE("stablehlo.while"),
  XOR("stablehlo.xor"),
  CHLO_ASIN_ACOS_KERNEL("chlo._asin_acos_kernel"),
  CHLO_ACOS("chlo.acos"),
  CHLO_ACOSH("chlo.acosh"),
  CHLO_ASIN("chlo.asin"),
  CHLO_ASINH("chlo.asinh"),
  CHLO_ATAN("chlo.atan"),
  CHLO_ATANH("chlo.atanh"),
  CHLO_BESSEL_I1E("chlo.bessel_i1e"),
  CHLO_BROADCAST_ADD("chlo.broadcast_add", "broadcast_dimensions"),
  CHLO_BROADCAST_AND("chlo.broadcast_and", "broadcast_dimensions"),
  CHLO_BROADCAST_ATAN2("chlo.broadcast_atan2", "broadcast_dimensions"),
  CHLO_BROADCAST_COMPARE(
      "chlo.broadcast_compare", "broadcast_dimensions", "comparison_direction", "compare_type"),
  CHLO_BROADCAST_COMPLEX("chlo.broadcast_complex", "broadcast_dimensions"),
  CHLO_BROADCAST_DIVIDE("chlo.broadcast_divide", "broadcast_dimensions"),
  CHLO_BROADCAST_MAXIMUM("chlo.broadcast_maximum", "broadcast_dimensions"),
  CHLO_BROADCAST_MINIMUM("chlo.broadcast_minimum", "broadcast_dimensions"),
  CHLO_BROADCAST_MULTIPLY("chlo.broadcast_multiply", "broadcast_dimensions"),
  CHLO_BROADCAST_NEXT_AFTER("chlo.broadcast_next_after", "broadcast_dimensions"),
  CHLO_BROADCAST_OR("chlo.broadcast_or", "broadcast_dimensions"),
  CHLO_BROADCAST_POLYGAMMA("chlo.broadcast_polygamma", "broadcast_dimensions"),
  CHLO_BROADCAST_POWER("chlo.broadcast_power", "broadcast_dimensions"),
  CHLO_BROADCAST_REMAINDER("chlo.broadcast_remainder", "broadcast_dimensions"),
  CHLO_BROADCAST_SELECT("chlo.broadcast_select"),
  CHLO_BROADCAST_SHIFT_LEFT("chlo.broadcast_shift_left", "broadcast_dimensions"),
  CHLO_BROADCAST_SHIFT_RIGHT_ARITHMETIC(
      "chlo.broadcast_shift_right_arithmetic", "broadcast_dimensions"),
  CHLO_BROADCAST_SHIFT_RIGHT_LOGICAL("chlo.broadcast_shift_right_logical", "broadcast_dimensions"),
  CHLO_BROADCAST_SUBTRACT("chlo.broadcast_subtract", "broadcast_dimensions"),
  CHLO_BROADCAST_XOR("chlo.broadcast_xor", "broadcast_dimensions"),
  CHLO_BROADCAST_ZETA("chlo.broadcast_zeta", "broadcast_dimensions"),
  CHLO_CONJ("chlo.conj"),
  CHLO_CONSTANT("chlo.constant", "value"),
  CHLO_CONSTANT_LIKE("chlo.constant_like", "value"),
  CHLO_COSH("chlo.cosh"),
  CHLO_DIGAMMA("chlo.digamma"),
  CHLO_ERF("chlo.erf"),
  CHLO_ERF_INV("chlo.erf_inv"),
  CHLO_ERFC("chlo.erfc"),
  CHLO_IS_INF("chlo.is_inf"),
  CHLO_IS_NEG_INF("chlo.is_neg_inf"),
  CHLO_IS_POS_INF("chlo.is_pos_inf"),
  CHLO_LGAMMA("chlo.lgamma"),
  CHLO_MULHI("chlo.mulhi"),
  CHLO_NEXT_AFTER("chlo.next_after"),
  CHLO_POLYGAMMA("chlo.polygamma"),
  CHLO_RAGGED_DOT("chlo.ragged_dot", "ragged_dot_dimension_numbers", "precision_config"),
  CHLO_SCAN("chlo.scan", "dimension", "scan_dim_size", "is_reverse", "is_associative"),
  CHLO_SINH("chlo.sinh"),
  CHLO_SQUARE("chlo.square"),
  CHLO_TAN("chlo.tan"),
  CHLO_TOP_K("chlo.top_k", "k", "is_stable"),
  CHLO_ZETA("chlo.zeta"),
  CALL("func.call", "callee"),
  SDY_SHARDING_CONSTRAINT("sdy.sharding_constraint", "sharding"),
  SDY_MANUAL_COMPUTATION("sdy.manual_computation", "in_shardings", "out_shardings", "manual_axes"),
  /**
   * A loop with a known trip count: {@code consts, carry, xs -> carry, ys}; the region takes one
   * slice of each {@code xs}. Lowered to {@code while}.
   */
  SCAN("cornu.scan", "length", "num_consts", "num_carry", "reverse", "unroll"),
  /** Identity whose derivative is zero. Lowered to nothing. */
  STOP_GRADIENT("cornu.stop_gradient"),
  /**
   * A call whose derivative is given by the user ({@code custom_jvp}, {@code custom_vjp}). Lowered
   * to a call.
   */
  CUSTOM_DERIVATIVE("cornu.custom_derivative", "callee", "kind", "rule"),
  /** A call whose intermediate values are recomputed in the backward pass. Lowered to a call. */
  REMAT("cornu.remat", "callee", "policy", "prevent_cse"),
  /**
   * The tangent of a window maximum or minimum: of each window, the element of the first operand
   * where the second is extremal. Lowered to a variadic {@code reduce_window}.
   */
  SELECT_AND_GATHER_ADD(
      "cornu.select_and_gather_add",
      "window_dimensions",
      "window_strides",
      "base_dilations",
      "window_dilations",
      "padding",
      "select"),
  /** Position along a named axis. Bound by {@code vmap} or {@code shardMap}. */
  AXIS_INDEX("cornu.axis_index", "axis"),
  /** Sum, maximum or minimum over a named axis. */
  AXIS_REDUCE("cornu.axis_reduce", "axis", "kind"),
  /** All values along a named axis, stacked or concatenated. */
  AXIS_GATHER("cornu.axis_gather", "axis", "dimension", "tiled"),
  /** Sum over a named axis, of which each position keeps its own slice. */
  AXIS_SCATTER("cornu.axis_scatter", "axis", "dimension", "tiled"),
  /** Sends values between positions of a named axis. */
  AXIS_PERMUTE("cornu.axis_permute", "axis", "pairs"),
  /** Exchanges slices between the positions of a named axis. */
  AXIS_ALL_TO_ALL("cornu.axis_all_to_all", "axis", "split_dimension", "concat_dimension", "tiled"),
  /** An op of a dialect that Cornu does not interpret; its name stands on the op. */
  OPAQUE("");

  private static final Map<String, OpCode> BY_NAME = new HashMap<>();

  static {
    for (OpCode code : values()) {
      BY_NAME.put(code.mlirName, code);
    }
  }

  private final String mlirName;
  private final List<String> properties;
  private final boolean own;

  OpCode(String mlirName, String... properties) {
    this.mlirName = mlirName;
    this.properties = List.of(properties);
    this.own = mlirName.startsWith("cornu.");
  }

  /** The code of this MLIR name, or null for an op of another dialect. */
  public static @Nullable OpCode byName(String mlirName) {
    return mlirName.isEmpty() ? null : BY_NAME.get(mlirName);
  }

  /** Name with dialect, {@code stablehlo.add}. */
  public String mlirName() {
    return mlirName;
  }

  /** Name without dialect, {@code add}: what messages say. */
  public String shortName() {
    return mlirName.substring(mlirName.indexOf('.') + 1);
  }

  /** Dialect, {@code stablehlo}, {@code chlo}, {@code func}, {@code sdy} or {@code cornu}. */
  public String dialect() {
    return mlirName.substring(0, Math.max(0, mlirName.indexOf('.')));
  }

  /** Names of the attributes that belong to the op; all others are discardable. */
  public List<String> properties() {
    return properties;
  }

  /**
   * True for reductions, sorts and the like, whose regions may use nothing from outside: XLA
   * refuses all but constants there, and the readers of programs repeat those inside.
   */
  public boolean hasIsolatedRegions() {
    return switch (this) {
      case ALL_REDUCE,
          COLLECTIVE_REDUCE,
          MAP,
          REDUCE,
          REDUCE_SCATTER,
          REDUCE_WINDOW,
          SCATTER,
          SELECT_AND_SCATTER,
          SORT ->
          true;
      default -> false;
    };
  }

  /**
   * True for ops of Cornu's own, which must be lowered before a program is printed for a plugin.
   */
  public boolean isOwn() {
    return own;
  }
}
