package org.cornu.tests.stablehlo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.FloatFormat;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.EliminateDeadCode;

/**
 * Well-typed programs from lists of numbers: each number chooses one op, its operands among the
 * values so far, and its attributes. Leaving a number out leaves a program, which is what shrinking
 * does.
 *
 * <p>The result of every inexact op is multiplied by an argument that is all ones: by filling it
 * with numbers close to one instead, one learns how much rounding can change the results.
 */
final class RandomPrograms {
  private static final int MAX_RESULTS = 8;

  static final List<Consumer<Draft>> STEPS =
      List.of(
          ElementwiseSteps::real,
          ElementwiseSteps::real,
          ElementwiseSteps::real,
          ElementwiseSteps::realBinary,
          ElementwiseSteps::realBinary,
          ElementwiseSteps::broadcasting,
          ElementwiseSteps::integer,
          ElementwiseSteps::integerBinary,
          ElementwiseSteps::integerBinary,
          ElementwiseSteps::compare,
          ElementwiseSteps::select,
          ElementwiseSteps::clamp,
          ElementwiseSteps::convert,
          ElementwiseSteps::bits,
          ElementwiseSteps::rounding,
          ElementwiseSteps::special,
          ElementwiseSteps::complex,
          ElementwiseSteps::complex,
          ElementwiseSteps::small,
          ElementwiseSteps::small,
          ShapeSteps::reshape,
          ShapeSteps::transpose,
          ShapeSteps::broadcast,
          ShapeSteps::slice,
          ShapeSteps::pad,
          ShapeSteps::concatenate,
          ShapeSteps::reverse,
          ShapeSteps::iota,
          ReductionSteps::reduce,
          ReductionSteps::reduce,
          ReductionSteps::argmax,
          ReductionSteps::window,
          ReductionSteps::selectAndScatter,
          ReductionSteps::sort,
          ReductionSteps::topK,
          ReductionSteps::map,
          ContractionSteps::dot,
          ContractionSteps::matrix,
          ContractionSteps::convolution,
          ContractionSteps::image,
          ContractionSteps::fourier,
          ContractionSteps::solve,
          ContractionSteps::normalization,
          IndexingSteps::dynamicSlice,
          IndexingSteps::gather,
          IndexingSteps::batchedGather,
          IndexingSteps::scatter,
          IndexingSteps::indexSelect,
          ControlSteps::loop,
          ControlSteps::branch,
          ControlSteps::call,
          ControlSteps::together,
          ControlSteps::randomBits,
          ControlSteps::process,
          DynamicSteps::reshape,
          DynamicSteps::broadcast,
          DynamicSteps::iota,
          DynamicSteps::pad,
          DynamicSteps::slice,
          DynamicSteps::gather,
          DynamicSteps::convolution,
          DynamicSteps::bounded);

  /** What a program of several processes is made of beside these. */
  static final List<Consumer<Draft>> COLLECTIVE_STEPS =
      List.of(
          CollectiveSteps::reduce,
          CollectiveSteps::reduceScatter,
          CollectiveSteps::gather,
          CollectiveSteps::exchange,
          CollectiveSteps::permute,
          CollectiveSteps::sum,
          CollectiveSteps::process);

  private RandomPrograms() {}

  /**
   * A program with the inputs to run it on.
   *
   * @param inputs those of each process of the grid
   * @param isNoise which inputs are the ones that results are multiplied by
   */
  record Program(Grid grid, Func func, List<List<Literal>> inputs, List<Boolean> isNoise) {
    /** The inputs with numbers that differ from one by a few roundings where there were ones. */
    List<List<Literal>> perturbed(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return inputs.stream().map(process -> perturbed(process, random)).toList();
    }

    private List<Literal> perturbed(List<Literal> inputs, SplittableRandom random) {
      List<Literal> out = new ArrayList<>();
      for (int i = 0; i < inputs.size(); i++) {
        Literal input = inputs.get(i);
        if (!isNoise.get(i) || input.count() == 0) {
          out.add(input);
          continue;
        }
        DType part = input.type().dtype().real();
        double step = Math.scalb(1.0, 2 - FloatFormat.mantissaBits(part));
        boolean complex = input.type().dtype().isComplex();
        double[] values = new double[input.count() * (complex ? 2 : 1)];
        for (int k = 0; k < values.length; k++) {
          double near = random.nextBoolean() ? step : -step;
          values[k] = complex && k % 2 == 1 ? near : 1 + near;
        }
        out.add(
            complex
                ? Literal.ofComplex(input.type(), values)
                : Literal.ofDoubles(input.type(), values));
      }
      return out;
    }
  }

  /** A program with one value to begin with. */
  static Draft draft(Grid grid) {
    Draft draft = new Draft(grid);
    draft.step(0, () -> draft.input(DType.F32, Shape.of(3, 4)));
    return draft;
  }

  /** The program of one process that these numbers describe. */
  static Program build(List<Long> genes) {
    return build(Grid.ONE, genes);
  }

  /** The program that these numbers describe. */
  static Program build(Grid grid, List<Long> genes) {
    Draft draft = draft(grid);
    for (long gene : genes) {
      draft.step(gene, () -> step(draft).accept(draft));
    }
    List<Value> values = draft.values();
    draft.block.returns(values.subList(Math.max(0, values.size() - MAX_RESULTS), values.size()));
    Func func = new Func("main", draft.block, true, Map.of(), Location.UNKNOWN);
    return new Program(grid, EliminateDeadCode.run(func), draft.inputs, draft.isNoise);
  }

  private static Consumer<Draft> step(Draft draft) {
    List<Consumer<Draft>> steps = draft.grid.count() > 1 && draft.coin() ? COLLECTIVE_STEPS : STEPS;
    return steps.get(draft.below(steps.size()));
  }
}
