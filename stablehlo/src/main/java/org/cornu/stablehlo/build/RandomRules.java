package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.BOOL;
import static org.cornu.stablehlo.build.Adaptor.FLOAT;
import static org.cornu.stablehlo.build.Adaptor.INDEX;
import static org.cornu.stablehlo.build.Adaptor.INT;

import java.util.Arrays;
import java.util.List;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/** Types of random numbers. */
final class RandomRules {
  private static final List<String> DISTRIBUTIONS = List.of("UNIFORM", "NORMAL");
  private static final List<String> ALGORITHMS = List.of("DEFAULT", "THREE_FRY", "PHILOX");

  private RandomRules() {}

  /** Numbers of a distribution, from a generator of the device's own. */
  static List<Type> rng(Adaptor a) {
    a.arity(3);
    TensorType from = a.scalar(0, BOOL | INT | FLOAT);
    TensorType to = a.scalar(1, BOOL | INT | FLOAT);
    TensorType shape = a.vector(2, INT | INDEX);
    if (!from.element().equals(to.element())) {
      throw a.fail("C1", "element types differ: a " + from.brief() + ", b " + to.brief()); // (C1)
    }
    String distribution = a.keyword("rng_distribution", DISTRIBUTIONS);
    if (distribution.equals("NORMAL") && !from.dtype().isFloat()) {
      throw a.fail("C2", "NORMAL needs float operands, got " + from.brief()); // (C2)
    }
    if (shape.dim(0) == Shape.DYNAMIC) {
      throw a.fail("I3", "shape must have a known length, got " + shape.brief());
    }
    long[] dims = a.constant(2);
    if (dims == null) {
      dims = new long[shape.shape().size(0)];
      Arrays.fill(dims, Shape.DYNAMIC);
    }
    return a.result("C1", "C3", TensorType.of(from.element(), dims)); // (C3)
  }

  /** Random bits and the next state of their generator. */
  static List<Type> rngBitGenerator(Adaptor a) {
    a.arity(1);
    TensorType state = a.tensor(0, INT | FLOAT);
    String algorithm = a.keyword("rng_algorithm", ALGORITHMS);
    if (a.given.size() != 2) {
      throw a.fail("", "the types of next state and bits must be given");
    }
    TensorType next = a.givenTensor(0);
    TensorType bits = a.givenTensor(1);
    if (!Compatibility.compatible(state, next)) {
      throw a.fail(
          "C1",
          "types of states differ: operand " + state.brief() + ", result " + next.brief()); // (C1)
    }
    if (!bits.shape().isStatic()) {
      throw a.fail("", "bits must have a known shape, got " + bits.brief());
    }
    // The specification counts u64 words; XLA takes the same number of bits in narrower ones too.
    boolean words = state.dtype().isInteger() && state.shape().isStatic();
    long width = words ? state.shape().count() * state.dtype().bits() : 0;
    boolean fits =
        !words
            || switch (algorithm) {
              case "THREE_FRY" -> width == 2 * 64;
              case "PHILOX" -> width == 2 * 64 || width == 3 * 64;
              default -> true;
            };
    if (!fits) {
      throw a.fail(
          "C2",
          "state of "
              + algorithm
              + " must have "
              + (algorithm.equals("PHILOX") ? "2 or 3" : "2")
              + " words of 64 bits, got "
              + state.brief()); // (C2)
    }
    return List.copyOf(a.given);
  }
}
