package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.RuleCase.op;

import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.OpCode;

/** Rows of linear algebra, Fourier transforms, random numbers, normalization, quantization. */
final class LinalgCases {
  private LinalgCases() {}

  static void add(RuleTable t) {
    matrices(t);
    fft(t);
    random(t);
    normalization(t);
    quantization(t);
  }

  private static void matrices(RuleTable t) {
    RuleCase cholesky = t.ok(op(OpCode.CHOLESKY, "f32[2,3,3]").flag("lower"), "f32[2,3,3]");
    t.bad("C1", cholesky.results("f32[3,3]"));
    t.bad("C2", cholesky.operand(0, "f32[3]"));
    t.bad("C3", cholesky.operand(0, "f32[3,4]"));
    t.bad("I1", cholesky.operand(0, "i32[3,3]"));

    RuleCase solve =
        t.ok(
            op(OpCode.TRIANGULAR_SOLVE, "f32[2,3,3] f32[2,3,5]")
                .flag("left_side")
                .flag("lower")
                .flag("unit_diagonal")
                .word("transpose_a", "ADJOINT"),
            "f32[2,3,5]");
    t.ok(solve.without("left_side").operand(1, "f32[2,5,3]"), "f32[2,5,3]");
    t.bad("C1", solve.operand(1, "f64[2,3,5]"));
    t.bad("C2", solve.operand(1, "f32[3,5]"));
    t.bad("C3", solve.operand(0, "f32[2,3,4]"));
    t.bad("C3", solve.operand(1, "f32[2,4,5]"));
    t.bad("C3", solve.operand(1, "f32[3,3,5]"));
    t.bad("C4", solve.results("f32[2,5,3]"));
    t.refused("transpose_a must be one of", solve.word("transpose_a", "MAYBE"));

    RuleCase einsum =
        t.ok(
            op(OpCode.EINSUM, "f32[2,3] f32[3,4]")
                .attr("einsum_config", new Attribute.Str("ab,bc->ca"))
                .results("f32[4,2]"),
            "f32[4,2]");
    t.refused("sizes of dimension 'b' differ", einsum.operand(1, "f32[5,4]"));
    t.refused("result 0 must have type", einsum.results("f32[2,4]"));
    t.ok(
        op(OpCode.UNARY_EINSUM, "f32[2,3]")
            .attr("einsum_config", new Attribute.Str("ab->a"))
            .results("f32[2]"),
        "f32[2]");
  }

  private static void fft(RuleTable t) {
    RuleCase real =
        t.ok(
            op(OpCode.FFT, "f32[2,4,8]").word("fft_type", "RFFT").attr("fft_length", 4, 8),
            "c64[2,4,5]");
    RuleCase inverse =
        t.ok(
            op(OpCode.FFT, "c64[2,4,5]").word("fft_type", "IRFFT").attr("fft_length", 4, 8),
            "f32[2,4,8]");
    t.ok(op(OpCode.FFT, "c128[8]").word("fft_type", "FFT").attr("fft_length", 8), "c128[8]");
    t.ok(op(OpCode.FFT, "c64[8]").word("fft_type", "IFFT").attr("fft_length", 8), "c64[8]");
    t.ok(op(OpCode.FFT, "f32[0]").word("fft_type", "RFFT").attr("fft_length", 0), "c64[0]");
    t.bad("C1", real.operand(0, "f32[8]"));
    t.bad("C2", real.operand(0, "c64[2,4,8]"));
    t.bad("C2", real.word("fft_type", "FFT"));
    t.bad("C2", inverse.results("c64[2,4,8]"));
    t.bad("C3", real.attr("fft_length"));
    t.bad("C3", real.operand(0, "f32[1,2,4,8]").attr("fft_length", 1, 2, 4, 8));
    t.bad("C4", real.attr("fft_length", 4, 9));
    t.bad("C4", inverse.attr("fft_length", 5, 8));
    t.bad("C5", inverse.operand(0, "c64[2,4,4]"));
    t.bad("C5", real.results("c64[2,4,8]"));
  }

  private static void random(RuleTable t) {
    RuleCase rng =
        t.ok(op(OpCode.RNG, "f32[] f32[] i64[2]").word("rng_distribution", "NORMAL"), "f32[?,?]");
    t.ok(rng.constant(2, 3, 4), "f32[3,4]");
    t.bad("C1", rng.operand(1, "f64[]"));
    t.bad("C1", rng.results("f64[2,3]"));
    t.bad("C2", rng.operands("i32[] i32[] i64[2]"));
    t.bad("C3", rng.results("f32[2]"));
    t.bad("C3", rng.constant(2, 3, 4).results("f32[4,3]"));

    RuleCase bits =
        t.ok(
            op(OpCode.RNG_BIT_GENERATOR, "u64[2]")
                .word("rng_algorithm", "THREE_FRY")
                .results("u64[2] u8[3,4]"),
            "u64[2] u8[3,4]");
    t.ok(
        bits.word("rng_algorithm", "PHILOX").operand(0, "u64[3]").results("u64[3] f32[2]"),
        "u64[3] f32[2]");
    t.ok(
        bits.word("rng_algorithm", "DEFAULT").operand(0, "u32[4]").results("u32[4] u32[2]"),
        "u32[4] u32[2]");
    t.bad("C1", bits.results("u64[3] u8[3,4]"));
    t.bad("C2", bits.operand(0, "u64[3]").results("u64[3] u8[3,4]"));
    t.bad("C2", bits.word("rng_algorithm", "PHILOX").operand(0, "u64[4]").results("u64[4] u8[]"));
  }

  private static void normalization(RuleTable t) {
    Attribute epsilon = new Attribute.Real(0.001, "f32");
    RuleCase inference =
        t.ok(
            op(OpCode.BATCH_NORM_INFERENCE, "f32[2,3,4] f32[3] f32[3] f32[3] f32[3]")
                .attr("epsilon", epsilon)
                .integer("feature_index", 1),
            "f32[2,3,4]");
    t.bad("C1", inference.integer("feature_index", 3));
    t.bad("C2", inference.operand(2, "f16[3]"));
    for (int i = 1; i < 5; i++) {
      t.bad("C" + (i + 2), inference.operand(i, "f32[4]"));
    }
    t.bad("C7", inference.results("f32[2,3,5]"));

    RuleCase training =
        t.ok(
            op(OpCode.BATCH_NORM_TRAINING, "f32[2,3,4] f32[3] f32[3]")
                .attr("epsilon", epsilon)
                .integer("feature_index", 1),
            "f32[2,3,4] f32[3] f32[3]");
    t.bad("C1", training.integer("feature_index", -1));
    t.bad("C2", training.operand(1, "f16[3]"));
    t.bad("C3", training.operand(1, "f32[4]"));
    t.bad("C4", training.operand(2, "f32[4]"));
    t.bad("C5", training.results("f32[2,3,4] f32[4] f32[3]"));
    t.bad("C6", training.results("f32[2,3,4] f32[3] f32[4]"));
    t.bad("C7", training.results("f32[2,3,5] f32[3] f32[3]"));

    RuleCase grad =
        t.ok(
            op(OpCode.BATCH_NORM_GRAD, "f32[2,3,4] f32[3] f32[3] f32[3] f32[2,3,4]")
                .attr("epsilon", epsilon)
                .integer("feature_index", 1),
            "f32[2,3,4] f32[3] f32[3]");
    t.bad("C1", grad.integer("feature_index", 3));
    t.bad("C2", grad.operand(4, "f16[2,3,4]"));
    t.bad("C3", grad.operand(4, "f32[2,3,5]"));
    t.bad("C4", grad.operand(3, "f32[4]"));
    t.bad("C4", grad.results("f32[2,3,4] f32[4] f32[3]"));
    t.bad("C5", grad.operands("f32[2,3,4] f32[4] f32[4] f32[4] f32[2,3,4]"));
  }

  private static void quantization(RuleTable t) {
    RuleCase quantize =
        t.ok(op(OpCode.UNIFORM_QUANTIZE, "f32[2,3]").results("q8@1[2,3]"), "q8@1[2,3]");
    t.ok(op(OpCode.UNIFORM_QUANTIZE, "q16[2]").results("q8[2]"), "q8[2]");
    t.bad("C1", quantize.results("q8[3,2]"));
    t.bad("C2", quantize.operand(0, "f16[2,3]"));
    t.refused("must be quantized", quantize.results("f32[2,3]"));
    RuleCase dequantize = t.ok(op(OpCode.UNIFORM_DEQUANTIZE, "q8h[2]"), "f16[2]");
    t.bad("I1", dequantize.operand(0, "f32[2]"));
    t.bad("C1", dequantize.results("f16[3]"));
    t.bad("C2", dequantize.results("f32[2]"));
  }
}
