package org.cornu.tests.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.cornu.tracer.Transforms.customVjp;
import static org.cornu.tracer.Transforms.grad;
import static org.cornu.tracer.Transforms.jit;
import static org.cornu.tracer.Transforms.jvp;
import static org.cornu.tracer.Transforms.linearize;
import static org.cornu.tracer.Transforms.vjp;
import static org.cornu.tracer.Transforms.vmap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cornu.layers.Conv2D;
import org.cornu.layers.Dense;
import org.cornu.layers.Input;
import org.cornu.models.Fit;
import org.cornu.models.Sequential;
import org.cornu.ops.Lax;
import org.cornu.ops.Linalg;
import org.cornu.ops.Np;
import org.cornu.ops.Random;
import org.cornu.optimizers.SGD;
import org.cornu.stablehlo.ir.DType;
import org.cornu.tracer.Axes;
import org.cornu.tracer.Debug;
import org.cornu.tracer.F1;
import org.cornu.tracer.Jit1;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Transforms;
import org.cornu.tracer.Trees;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * What users get wrong: every message says what was wrong, on which of their lines, and what to do.
 */
class MistakesTest {
  record Params(Tensor w, Tensor b) {}

  /** A class with a tensor that is no tree node. */
  static final class Box {
    final Tensor content = Np.ones(2);
  }

  /**
   * A mistake.
   *
   * @param line where its code begins; it ends where the next one's begins
   * @param says what the message must contain, the fix at last
   */
  private record Mistake(String name, int line, Executable code, List<String> says) {}

  private final List<Mistake> mistakes = new ArrayList<>();

  private void mistake(String name, Executable code, String... says) {
    int line =
        StackWalker.getInstance()
            .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    mistakes.add(new Mistake(name, line, code, List.of(says)));
  }

  /** What a trace of the table leaks; before that some array. */
  private static Tensor leaked = Tensor.of(0f);

  private final Tensor x = Np.ones(3, 4);
  private final Tensor v = Tensor.of(new float[] {1, 2, 3});

  private void shapesAndTypes() {
    mistake(
        "matrices that do not fit",
        () -> Np.matmul(x, Np.ones(5, 2)),
        "matmul",
        "[3,4]",
        "[5,2]",
        "Np.einsum");
    mistake(
        "shapes that do not broadcast",
        () -> x.add(Np.ones(3)),
        "add",
        "[3,4]",
        "[3]",
        "Np.expandDims");
    mistake(
        "strict operands of two types",
        () -> Lax.add(v, v.astype(DType.F64)),
        "add",
        "f32[3]",
        "f64[3]",
        "astype");
    mistake(
        "a number of elements that does not fit",
        () -> x.reshape(5, 3),
        "reshape",
        "[3,4]",
        "12 elements",
        "[5, 3]",
        "-1 stands for");
    mistake(
        "arrays that cannot be put together",
        () -> Np.concatenate(List.of(x, Np.ones(3, 5)), 0),
        "concatenate",
        "[3,4]",
        "[3,5]",
        "constraint C2",
        "reshape");
    mistake(
        "an axis that does not exist", () -> x.sum(2), "sum", "[-2, 2)", "got 2", "count from 0");
    mistake(
        "a wrong einsum",
        () -> Np.einsum("ij,jk->ik", x, Np.ones(5, 2)),
        "einsum",
        "'j'",
        "4 and 5",
        "equal sizes");
    mistake(
        "an einsum of other ranks",
        () -> Np.einsum("ijk,k->ij", x, v),
        "einsum",
        "ijk",
        "[3,4]",
        "one letter per axis");
    mistake(
        "indices that are no integers",
        () -> Lax.dynamicSlice(v, List.of(Tensor.of(1f)), 2),
        "dynamic_slice",
        "f32[]",
        "astype");
    mistake(
        "ragged arrays",
        () -> Tensor.of(new float[][] {{1, 2}, {3}}),
        "rows",
        "got 1 beside 2",
        "pad");
    mistake("a matrix that is not square", () -> Linalg.inv(x), "inv", "square", "[3,4]", "pinv");
    mistake("the item of an array", () -> v.item(), "item", "f32[3]", "toFloatArray");
    mistake(
        "a split into unequal parts",
        () -> Np.split(v, 2, 0),
        "split",
        "f32[3]",
        "into 2",
        "arraySplit");
  }

  private void tracing() {
    mistake(
        "a Java condition on a traced value",
        () -> jit((Tensor t) -> t.sum().item() > 0 ? t : t.neg()).apply(v),
        "traced",
        "f32[]",
        "Lax.cond");
    mistake(
        "reading a traced array",
        () -> grad((Tensor t) -> t.mul(t.toFloatArray()[0]).sum()).apply(v),
        "traced",
        "f32[3]",
        "Np.where");
    mistake(
        "a traced value kept in a field",
        () -> {
          jit((Tensor t) -> {
                leaked = t.exp();
                return t;
              })
              .apply(v);
          leaked.add(1.0);
        },
        "f32[3]",
        "ended",
        "return it");
    mistake(
        "a traced value that leaks into another trace",
        () -> {
          jit((Tensor t) -> {
                leaked = t;
                return t;
              })
              .apply(v);
          jit((Tensor t) -> t.add(leaked)).apply(v);
        },
        "f32[3]",
        "ended",
        "return it");
    mistake(
        "a number that changes as an argument that may not",
        () -> jit((Object config) -> v).apply(new float[] {1, 2}),
        "argument 0",
        "float[]",
        "Tensor.of");
    mistake(
        "a set of tensors",
        () -> jit((Object tree) -> v).apply(Set.of(v)),
        "pytree",
        "holds tensors",
        "List");
    mistake(
        "an object with tensors that is no record",
        () -> jit((Box box) -> box.content).apply(new Box()),
        "Box",
        "'content'",
        "record");
    mistake(
        "a donated array used again",
        () -> {
          Tensor state = Np.ones(1000);
          Jit1<Tensor, Tensor> step = jit((Tensor t) -> t.mul(2.0)).donate(0);
          step.apply(state);
          step.apply(state);
        },
        "donated",
        "f32[1000]",
        "use what that call returned");
    mistake(
        "a closed array used again",
        () -> {
          Tensor t = Np.ones(1000);
          t.close();
          t.add(1.0);
        },
        "closed",
        "f32[1000]",
        "after its last use");
    mistake(
        "a donated argument that does not exist",
        () -> jit((Tensor t) -> t).donate(1).apply(v),
        "donate",
        "there are 1 arguments",
        "position 1",
        "count from 0");
  }

  private void derivatives() {
    mistake(
        "a gradient of integers",
        () -> grad((Tensor t) -> t.sum().astype(DType.F32)).apply(Tensor.of(new int[] {1, 2})),
        "grad",
        "i32[2]",
        "astype");
    mistake(
        "a gradient of something that is no scalar",
        () -> grad((Tensor t) -> t.mul(2.0)).apply(v),
        "grad",
        "real scalar",
        "f32[3]",
        "reduce it");
    mistake(
        "a tangent of another type",
        () -> jvp((Tensor t) -> t.exp(), v, v.astype(DType.F64)),
        "jvp",
        "f32[3]",
        "f64[3]",
        "shape and type");
    mistake(
        "a cotangent of another shape",
        () -> vjp((Tensor t) -> t.exp(), v).pullback().apply(Np.ones(2)),
        "vjp",
        "f32[3]",
        "f32[2]",
        "shape and type");
    mistake(
        "a cotangent of another structure",
        () -> vjp((Tensor t) -> List.of(t, t), v).pullback().apply(List.of(v)),
        "vjp",
        "list of 2",
        "list of 1",
        "one cotangent per tensor");
    mistake(
        "a backward rule of another shape",
        () ->
            grad(customVjp(
                    (Tensor t) -> t.sum(),
                    t -> new Transforms.Forward<>(t.sum(), t),
                    (Tensor r, Tensor ct) -> ct))
                .apply(v),
        "backward rule",
        "f32[3]",
        "f32[]",
        "shape and type");
    F1<Tensor, Tensor> reverseOnly =
        customVjp(
            (Tensor t) -> t.mul(2.0),
            t -> new Transforms.Forward<>(t.mul(2.0), t),
            (Tensor r, Tensor ct) -> ct.mul(2.0));
    mistake(
        "forward mode of a function with rules for reverse mode",
        () -> jvp(reverseOnly, v, v),
        "forward mode",
        "custom vjp",
        "give it a custom jvp, or use reverse mode");
    mistake(
        "a linear map, which is forward mode, of a function with rules for reverse mode",
        () -> linearize((Tensor t) -> Np.sin(reverseOnly.apply(t)), v),
        "forward mode",
        "custom vjp",
        "give it a custom jvp, or use reverse mode");
    mistake(
        "a rule for a function that uses tensors from outside",
        () ->
            jit((Tensor t) ->
                    customVjp(
                            (Tensor u) -> u.mul(t),
                            u -> new Transforms.Forward<>(u, u),
                            (Tensor r, Tensor ct) -> ct)
                        .apply(v))
                .apply(v),
        "customVjp",
        "outside",
        "argument");
    mistake(
        "reverse mode through an open loop",
        () ->
            grad((Tensor t) -> Lax.whileLoop(c -> c.lt(9.0), (Tensor c) -> c.mul(2.0), t.sum()))
                .apply(v),
        "while",
        "scan");
  }

  private void controlFlow() {
    mistake(
        "branches of two types",
        () -> Lax.cond(Tensor.of(true), () -> v, () -> v.astype(DType.F64)),
        "branches 0 and 1",
        "f64[3] against f32[3]",
        "astype");
    mistake(
        "branches of two structures",
        () -> Lax.<Object>cond(Tensor.of(true), () -> List.of(v), () -> v),
        "branches 0 and 1",
        "list of 1",
        "same records");
    mistake(
        "a condition that is no bool",
        () -> Lax.cond(v.sum(), () -> v, () -> v),
        "cond",
        "scalar bool",
        "f32[]",
        "compare");
    mistake(
        "a condition of a loop that is no scalar",
        () -> Lax.whileLoop(c -> c.lt(9.0), (Tensor c) -> c.mul(2.0), v),
        "whileLoop",
        "scalar bool",
        "bool[3]",
        "Np.all");
    mistake(
        "a carried value that changes its type",
        () -> Lax.scan((Tensor c, Tensor t) -> new Lax.Step<>(c.astype(DType.F64), t), v.sum(), v),
        "scan",
        "carried value",
        "f32[]",
        "f64[]",
        "astype");
    mistake(
        "a carried value that changes its shape",
        () -> Lax.foriLoop(0, 3, (i, c) -> Np.concatenate(List.of(c, c), 0), v),
        "foriLoop",
        "carried value",
        "f32[3]",
        "f32[6]",
        "fix the shape");
    mistake(
        "sequences of two lengths",
        () ->
            Lax.scan(
                (Tensor c, List<Tensor> t) -> new Lax.Step<>(c, c),
                v.sum(),
                List.of(v, Np.ones(4))),
        "scan",
        "'[1]'",
        "size 3",
        "f32[4]",
        "axis 0");
    mistake(
        "a switch over floats",
        () -> Lax.switchCase(Tensor.of(1f), List.of(() -> v, () -> v)),
        "switchCase",
        "i32",
        "f32[]",
        "astype");
  }

  private void axes() {
    mistake(
        "mapped axes of two sizes",
        () -> vmap((Tensor a, Tensor b) -> a.add(b)).apply(v, Np.ones(4)),
        "vmap",
        "size 3",
        "size 4",
        "Axes.NONE");
    mistake(
        "a mapped axis that does not exist",
        () -> vmap((Tensor a) -> a, Axes.all(2), 0).apply(x),
        "vmap",
        "f32[3,4]",
        "axis 2",
        "Axes.NONE");
    mistake(
        "axes for other arguments",
        () -> vmap((Tensor a, Tensor b) -> a.add(b), Axes.of(0), 0).apply(v, v),
        "vmap",
        "[0]",
        "2 arguments",
        "Axes.of");
    mistake(
        "nothing to map over",
        () -> vmap((Tensor a) -> a, Axes.all(Axes.NONE), 0).apply(v),
        "vmap",
        "at least one",
        "size(n)");
    mistake(
        "an axis name that is not in scope",
        () -> vmap((Tensor a) -> Lax.psum(a, "batch"), Axes.all(0).named("i"), 0).apply(v),
        "psum",
        "'batch'",
        "[i]",
        "named");
    mistake(
        "a result that differs without an axis",
        () -> vmap((Tensor a) -> a.mul(2.0), Axes.all(0), Axes.all(Axes.NONE)).apply(v),
        "vmap",
        "differs within the batch",
        "pmean");
  }

  private void trees() {
    mistake(
        "trees of two structures",
        () -> Trees.map(Map.of("a", v), Map.of("b", v), Tensor::add),
        "Trees.map",
        "[a]",
        "[b]",
        "same records");
    mistake(
        "leaves that do not fit the structure",
        () -> Trees.unflatten(Trees.structure(List.of(v, v)), List.of(v)),
        "unflatten",
        "2 leaves",
        "got 1",
        "from one tree");
    mistake(
        "a key that is no key",
        () -> Random.uniform(v, DType.F32, 3),
        "random",
        "f32[3]",
        "u32[2]",
        "Random.key");
    mistake(
        "a text without place for the value",
        () -> Debug.debugPrint("loss", v),
        "debugPrint",
        "1 values",
        "{}");
  }

  private void models() {
    Sequential model = new Sequential(Input.of(4), new Dense(2));
    mistake(
        "fit before compile",
        () -> model.fit(x, Np.ones(3, 2), Fit.epochs(1).verbose(false)),
        "fit",
        "not compiled",
        "call compile");
    mistake(
        "a layer called with the wrong rank",
        () -> new Conv2D(2, 3).apply(Np.ones(8, 8, 3)),
        "conv2d",
        "[8,8,3]",
        "4 dimensions",
        "Np.expandDims");
    mistake(
        "a layer called with other channels",
        () -> {
          Dense dense = new Dense(2);
          dense.apply(x);
          dense.apply(Np.ones(3, 5));
        },
        "dense",
        "must be 4",
        "[3,5]",
        "another layer");
    mistake(
        "an activation that does not exist",
        () -> new Dense(2).activation("rellu"),
        "rellu",
        "did you mean 'relu'?");
    mistake(
        "a loss that does not exist",
        () -> {
          Sequential ready = new Sequential(Input.of(4), new Dense(2));
          ready.compile(new SGD(0.1), "mean_square_error");
          ready.fit(x, Np.ones(3, 2), Fit.epochs(1).verbose(false));
        },
        "mean_square_error",
        "did you mean 'mean_squared_error'?");
    mistake(
        "inputs and targets of two lengths",
        () -> {
          Sequential ready = new Sequential(Input.of(4), new Dense(2));
          ready.compile(new SGD(0.1), "mean_squared_error");
          ready.fit(Np.ones(8, 4), Np.ones(7, 2), Fit.epochs(1).verbose(false));
        },
        "f32[8,4]",
        "f32[7,2]",
        "axis 0 counts the samples");
    mistake(
        "a setting after the build",
        () -> {
          Dense dense = new Dense(2);
          dense.apply(x);
          dense.useBias(false);
        },
        "useBias",
        "built",
        "before the first call");
  }

  private void theEnd() {
    mistake("", () -> {});
  }

  @TestFactory
  Stream<DynamicTest> everyMessageSaysWhatWhereAndWhatToDo() {
    shapesAndTypes();
    tracing();
    derivatives();
    controlFlow();
    axes();
    trees();
    models();
    theEnd();
    assertThat(mistakes).hasSizeGreaterThan(40);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i + 1 < mistakes.size(); i++) {
      Mistake mistake = mistakes.get(i);
      int end = mistakes.get(i + 1).line();
      tests.add(DynamicTest.dynamicTest(mistake.name(), () -> check(mistake, end)));
    }
    return tests.stream();
  }

  private static void check(Mistake mistake, int end) {
    Throwable error = catchThrowable(mistake.code()::execute);
    assertThat(error).as("an error").isInstanceOf(RuntimeException.class);
    String message = String.valueOf(error.getMessage());
    assertThat(message).as("what was wrong, and the fix").contains(mistake.says());
    boolean named = false;
    for (int line = mistake.line(); line < end; line++) {
      named |= message.contains("MistakesTest.java:" + line);
    }
    assertThat(named).as("names a line of [%d, %d): %s", mistake.line(), end, message).isTrue();
  }
}
