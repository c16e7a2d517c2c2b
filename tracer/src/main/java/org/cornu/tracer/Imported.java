package org.cornu.tracer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.ops.Lax;
import org.cornu.stablehlo.build.Verifier;
import org.cornu.stablehlo.bytecode.JaxExport;
import org.cornu.stablehlo.bytecode.ProgramFile;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.passes.RefineShapes;
import org.cornu.tracer.runtime.Backend;
import org.jspecify.annotations.Nullable;

/**
 * A program from outside, such as one that JAX exported, as a function of tensors. It can be called
 * at once or while tracing, and so be compiled, differentiated and vectorised like a function
 * written here:
 *
 * <pre>{@code
 * Imported model = Imported.read(Path.of("model.mlir"));   // or a portable artifact, or a JAX export
 * Tensor y = model.one(w, x);
 * Tensor gradient = grad((Tensor v) -> model.one(v, x).sum()).apply(w);
 * F1<Params, Tensor> loss = model.on(params, Tensor.class);  // trees in leaf order
 * }</pre>
 *
 * <p>Loops that count have a reverse derivative, as {@code scan} does, and functions to which JAX
 * gives a derivative of their own ({@code relu}, {@code softmax}, {@code logsumexp}, …) keep it;
 * they are told by name and body. Open sizes of the program are those of the arguments. Safe for
 * use by several threads.
 */
public final class Imported implements F1<List<Tensor>, List<Tensor>> {
  private static final int VARIANTS = 64;

  private final Module module;
  private final Func main;

  /** The arguments that main takes of those of the exported function; null for all of them. */
  private final @Nullable List<Integer> kept;

  /** The platforms of an export for several, whose main takes the index of one first. */
  private final List<String> platforms;

  /** The function for arguments of these types, where main leaves sizes open. */
  private final Map<List<TensorType>, Func> refined =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<List<TensorType>, Func> eldest) {
              return size() > VARIANTS;
            }
          });

  private Imported(Module module, @Nullable List<Integer> kept, List<String> platforms) {
    Verifier.verify(module);
    this.module = module;
    this.main = module.main();
    this.kept = kept;
    this.platforms = platforms;
    for (Type type : main.type().inputs()) {
      requireTensor(type, "takes");
    }
    for (Type type : main.type().results()) {
      requireTensor(type, "returns");
    }
    if (module.attributes().get("mhlo.num_partitions") instanceof Attribute.Int n
        && n.asLong() > 1) {
      throw new OpException(
          "import: the program is for "
              + n.asLong()
              + " devices: expected one for a single device\n  hint: export the function without"
              + " shardings and shard it here, or run the file with 'cornu run'");
    }
  }

  private void requireTensor(Type type, String verb) {
    if (!(type instanceof TensorType)) {
      throw new OpException(
          "import: @" + main.name() + " " + verb + " a " + type + ": only tensors can be passed");
    }
  }

  /**
   * Reads a program: MLIR text, a portable artifact, or what {@code jax.export} serialized.
   *
   * @throws IOException if the file cannot be read
   * @throws RuntimeException if it is no program: the parser's, the bytecode reader's or the
   *     verifier's own exception, with the place
   */
  public static Imported read(Path file) throws IOException {
    return of(ProgramFile.read(file));
  }

  /** The function of a program that was read. */
  public static Imported of(ProgramFile file) {
    JaxExport export = file.export();
    return export == null
        ? of(file.module())
        : new Imported(
            file.module(),
            export.kept(),
            export.platforms().size() > 1 ? export.platforms() : List.of());
  }

  /** The entry point of a module: {@code main}, or its only function. */
  public static Imported of(Module module) {
    return new Imported(module, null, List.of());
  }

  /** The program. */
  public Module module() {
    return module;
  }

  /** The types of the arguments; sizes may be open. */
  public List<TensorType> inputTypes() {
    return tensors(main.type().inputs())
        .subList(platforms.isEmpty() ? 0 : 1, main.type().inputs().size());
  }

  /** The types of the results; sizes may be open. */
  public List<TensorType> resultTypes() {
    return tensors(main.type().results());
  }

  private static List<TensorType> tensors(List<Type> types) {
    return types.stream().map(TensorType.class::cast).toList();
  }

  /**
   * Calls the program.
   *
   * @param arguments one tensor per argument of the program. Of an export that drops arguments it
   *     does not use, either those it kept or all of them
   * @throws OpException if number, shapes or types are not those of the program
   */
  @Override
  public List<Tensor> apply(List<Tensor> arguments) {
    List<Tensor> used = used(arguments);
    List<TensorType> types = inputTypes();
    for (int i = 0; i < types.size(); i++) {
      if (!fits(types.get(i), used.get(i).type())) {
        throw new OpException(
            "import: argument "
                + i
                + " of @"
                + main.name()
                + " is "
                + types.get(i).brief()
                + ": got "
                + used.get(i).type().brief()
                + UserFrame.suffix()
                + (types.get(i).dtype() == used.get(i).dtype() ? "" : "\n  hint: cast it before"));
      }
    }
    if (!platforms.isEmpty()) {
      used.add(0, platformIndex());
    }
    return Dispatch.call(function(used), used);
  }

  /** Calls a program of several tensors. */
  public List<Tensor> call(Tensor... arguments) {
    return apply(Arrays.asList(arguments));
  }

  /** Calls a program that has one result. */
  public Tensor one(Tensor... arguments) {
    List<Tensor> results = call(arguments);
    if (results.size() != 1) {
      throw new OpException(
          "import: @" + main.name() + " has " + results.size() + " results: expected one");
    }
    return results.get(0);
  }

  /**
   * The program as a function of one tree, whose tensors are its arguments in leaf order, and a
   * tree with the structure of {@code result}: what {@code jax.jit} of a function of such trees is.
   * Dictionaries have their leaves in the order of their keys in both worlds.
   *
   * @param result a tree with as many tensors as the program has results; their values do not count
   */
  public <A, R> F1<A, R> on(R result) {
    Structure structure = Trees.structure(result);
    if (structure.leafCount() != main.type().results().size()) {
      throw new OpException(
          "import: @"
              + main.name()
              + " has "
              + main.type().results().size()
              + " results: the tree given for them has "
              + structure.leafCount()
              + " tensors");
    }
    return tree -> Trees.unflatten(structure, apply(Trees.leaves(tree)));
  }

  private List<Tensor> used(List<Tensor> arguments) {
    int expected = inputTypes().size();
    if (arguments.size() == expected) {
      return new ArrayList<>(arguments);
    }
    if (kept != null && kept.stream().allMatch(i -> i < arguments.size())) {
      List<Tensor> out = new ArrayList<>();
      kept.forEach(i -> out.add(arguments.get(i)));
      if (out.size() == expected) {
        return out;
      }
    }
    throw new OpException(
        "import: @"
            + main.name()
            + " takes "
            + expected
            + " tensors: got "
            + arguments.size()
            + UserFrame.suffix());
  }

  private static boolean fits(TensorType declared, TensorType got) {
    if (declared.dtype() != got.dtype() || declared.rank() != got.rank()) {
      return false;
    }
    for (int d = 0; d < declared.rank(); d++) {
      if (declared.dim(d) != Shape.DYNAMIC && declared.dim(d) != got.dim(d)) {
        return false;
      }
    }
    return true;
  }

  private Tensor platformIndex() {
    String name = Backend.current().platformName();
    int index = platforms.indexOf(name.equals("gpu") ? "cuda" : name);
    if (index < 0) {
      throw new OpException(
          "import: the program was exported for " + platforms + ": this is " + name);
    }
    return Lax.full(((TensorType) main.type().inputs().get(0)).dtype(), index);
  }

  private Func function(List<Tensor> arguments) {
    if (inputTypes().stream().allMatch(t -> t.shape().isStatic())) {
      return main;
    }
    List<TensorType> types = arguments.stream().map(Tensor::type).toList();
    Func known = refined.get(types);
    if (known == null) {
      try {
        known = RefineShapes.run(main, types);
      } catch (IllegalArgumentException e) {
        throw new OpException("import: " + e.getMessage() + UserFrame.suffix(), e);
      }
      refined.put(types, known);
    }
    return known;
  }

  @Override
  public String toString() {
    return "@" + main.name() + inputTypes() + " -> " + resultTypes();
  }
}
