package org.cornu.tracer.lowering;

import java.util.List;
import java.util.Locale;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * A form other than the plain one that a piece of a program may be compiled in. Each computes what
 * the plain form computes, up to the order of sums, and has a benchmark, {@code cornu bench
 * --workload lowering_NAME}.
 */
public enum Alternative {
  /** Values of a residual stream are computed once, not again in all that reads them. */
  RESIDUAL_BOUNDARIES("a fusion boundary on each value of a residual stream", Platforms.CPU),
  /** Convolution of each channel by itself as multiply-adds of shifted slices. */
  DEPTHWISE_SHIFTS("depthwise convolutions as shifted multiply-adds", Platforms.CPU),
  /** Gradient of max pooling where windows do not overlap. */
  POOL_GRADIENT_MASKS("gradients of max pooling by masks", Platforms.CPU),
  /** Convolution whose kernel is one point. */
  POINTWISE_MATMUL("pointwise convolutions as matrix products", Platforms.NONE),
  /** Gradient of the kernel of such a convolution. */
  POINTWISE_KERNEL_GRADIENT(
      "kernel gradients of pointwise convolutions as matrix products", Platforms.CPU),
  /** Gradient of a convolution's kernel. */
  KERNEL_GRADIENT_CHUNKS("kernel gradients of convolutions in chunks of the batch", Platforms.CPU),
  /** Convolutions in the bodies of loops and in branches. */
  LOOP_CONVOLUTIONS("convolutions inside loops in the compiler's layout", Platforms.CPU),
  /** Products that sum over several dimensions, such as batch and time. */
  MERGED_CONTRACTIONS("products over several dimensions as products over one", Platforms.CPU),
  /** What the transpose of a split adds up. */
  CONCATENATED_PADS("sums of parts padded side by side as concatenations", Platforms.CPU),
  /** Weight gradients of loops as one product behind the loop. */
  LOOP_WEIGHT_GRADIENTS(
      "weight gradients of scans as one product after the backward loop", Platforms.ALL),
  /** What a backward loop needs of the forward loop. */
  DERIVED_RESIDUALS(
      "residuals of scans that follow from others computed again, not kept", Platforms.ALL);

  private enum Platforms {
    NONE,
    CPU,
    ALL
  }

  private final String description;
  private final Platforms platforms;

  Alternative(String description, Platforms platforms) {
    this.description = description;
    this.platforms = platforms;
  }

  /** The name in options, {@code depthwise_shifts}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it does, in a few words. */
  public String description() {
    return description;
  }

  /** True where it is in use unless switched off. */
  public boolean isDefaultOn(String platform) {
    return switch (platforms) {
      case NONE -> false;
      case CPU -> platform.equals("cpu");
      case ALL -> true;
    };
  }

  /** True for the ops that {@link #form} may replace. */
  boolean mayReplace(OpCode code) {
    return switch (this) {
      case DEPTHWISE_SHIFTS, POINTWISE_MATMUL, POINTWISE_KERNEL_GRADIENT, KERNEL_GRADIENT_CHUNKS ->
          code == OpCode.CONVOLUTION;
      case CONCATENATED_PADS -> code == OpCode.ADD;
      case MERGED_CONTRACTIONS -> code == OpCode.DOT_GENERAL;
      case POOL_GRADIENT_MASKS -> code == OpCode.SELECT_AND_SCATTER;
      case RESIDUAL_BOUNDARIES, LOOP_CONVOLUTIONS, LOOP_WEIGHT_GRADIENTS, DERIVED_RESIDUALS ->
          false;
    };
  }

  /** The form of one op, or null where it does not apply or does not pay. */
  @Nullable List<Value> form(Op op, List<Value> operands, Builder b) {
    return switch (this) {
      case DEPTHWISE_SHIFTS -> DepthwiseShifts.form(op, operands, b);
      case POINTWISE_MATMUL -> PointwiseMatmul.form(op, operands, b);
      case POINTWISE_KERNEL_GRADIENT -> PointwiseMatmul.kernelGradient(op, operands, b);
      case KERNEL_GRADIENT_CHUNKS -> KernelGradientChunks.form(op, operands, b);
      case CONCATENATED_PADS -> ConcatenatedPads.form(op, operands, b);
      case MERGED_CONTRACTIONS -> MergedContractions.form(op, operands, b);
      case POOL_GRADIENT_MASKS -> PoolGradientMasks.form(op, operands, b);
      case RESIDUAL_BOUNDARIES, LOOP_CONVOLUTIONS, LOOP_WEIGHT_GRADIENTS, DERIVED_RESIDUALS -> null;
    };
  }
}
