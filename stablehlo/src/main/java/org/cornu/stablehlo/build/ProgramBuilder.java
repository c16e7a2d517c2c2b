package org.cornu.stablehlo.build;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/** The part of {@link Builder} for control flow, calls, random bits and linear algebra. */
abstract class ProgramBuilder extends IndexingBuilder {
  ProgramBuilder(Block block) {
    super(block);
  }

  /**
   * A loop: {@code body} takes and returns the state as long as {@code cond} of the state holds.
   * Both may use values from outside.
   */
  public final List<Value> whileLoop(List<Value> inits, Block cond, Block body) {
    return create(OpCode.WHILE, inits, Map.of(), List.of(cond, body)).results();
  }

  /** The branch of this index; the last one when the index is out of range. */
  public final List<Value> caseOf(Value index, List<Block> branches) {
    return create(OpCode.CASE, List.of(index), Map.of(), branches).results();
  }

  /** One of two branches, which may use values from outside. */
  public final List<Value> ifOf(Value pred, Block onTrue, Block onFalse) {
    return create(OpCode.IF, List.of(pred), Map.of(), List.of(onTrue, onFalse)).results();
  }

  /** A call. */
  public final List<Value> call(Func callee, List<Value> arguments) {
    return calling(OpCode.CALL, arguments, callee, Map.of());
  }

  final List<Value> calling(
      OpCode code, List<Value> arguments, Func callee, Map<String, Attribute> attributes) {
    Map<String, Attribute> all = new TreeMap<>(attributes);
    all.put("callee", new Attribute.Callee(callee));
    return create(code, arguments, all, List.of()).results();
  }

  /** An op by name, and a function that says what it means. */
  public final List<Value> composite(
      String name,
      List<Value> arguments,
      Func decomposition,
      Map<String, Attribute> attributes,
      long version) {
    Map<String, Attribute> all = new TreeMap<>();
    all.put("name", new Attribute.Str(name));
    all.put("decomposition", new Attribute.Callee(decomposition));
    if (!attributes.isEmpty()) {
      all.put("composite_attributes", new Attribute.Dict(attributes));
    }
    if (version != 0) {
      all.put("version", Attribute.Int.i32(version));
    }
    return create(OpCode.COMPOSITE, arguments, all, List.of()).results();
  }

  /** A call of code outside the program. */
  public final List<Value> customCall(
      String target,
      List<Value> arguments,
      List<? extends Type> results,
      Map<String, Attribute> attributes) {
    Map<String, Attribute> all = new TreeMap<>(attributes);
    all.put("call_target_name", new Attribute.Str(target));
    return create(OpCode.CUSTOM_CALL, arguments, all, List.of(), results).results();
  }

  /** The values themselves; the compiler moves no op across. */
  public final List<Value> optimizationBarrier(List<Value> values) {
    return create(OpCode.OPTIMIZATION_BARRIER, values, Map.of(), List.of()).results();
  }

  /**
   * Random bits.
   *
   * @param state u64 vector
   * @param algorithm {@code DEFAULT}, {@code THREE_FRY} or {@code PHILOX}
   * @return next state, bits
   */
  public final List<Value> rngBitGenerator(Value state, TensorType result, String algorithm) {
    return create(
            OpCode.RNG_BIT_GENERATOR,
            List.of(state),
            Map.of("rng_algorithm", keyword("rng_algorithm", algorithm)),
            List.of(),
            List.of(state.type(), result))
        .results();
  }

  /** A Fourier transform over the last dimensions; type FFT, IFFT, RFFT or IRFFT. */
  public final Value fft(Value x, String type, long... length) {
    Map<String, Attribute> attributes =
        Map.of("fft_type", keyword("fft_type", type), "fft_length", longs(length));
    return one(OpCode.FFT, List.of(x), attributes);
  }

  /** The Cholesky factor of positive definite matrices in the last two dimensions. */
  public final Value cholesky(Value x, boolean lower) {
    return one(OpCode.CHOLESKY, List.of(x), Map.of("lower", bool(lower)));
  }

  /**
   * The solution X of {@code op(a) X = b}, or of {@code X op(a) = b}.
   *
   * @param transposeA NO_TRANSPOSE, TRANSPOSE or ADJOINT
   */
  public final Value triangularSolve(
      Value a, Value b, boolean leftSide, boolean lower, boolean unitDiagonal, String transposeA) {
    Map<String, Attribute> attributes =
        Map.of(
            "left_side",
            bool(leftSide),
            "lower",
            bool(lower),
            "unit_diagonal",
            bool(unitDiagonal),
            "transpose_a",
            keyword("transpose", transposeA));
    return one(OpCode.TRIANGULAR_SOLVE, List.of(a, b), attributes);
  }
}
