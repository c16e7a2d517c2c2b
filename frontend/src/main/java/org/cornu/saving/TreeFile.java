package org.cornu.saving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.tracer.Tensor;
import org.cornu.tracer.Trees;

/**
 * Trees of tensors (records of parameters, states of optimizers) in safetensors files, each leaf
 * under its path, {@code layers[3].kernel}.
 *
 * <pre>{@code
 * TreeFile.write(file, params);
 * Mlp params = TreeFile.read(file, Mlp.init(0)); // what is read has the structure of what is given
 * }</pre>
 */
public final class TreeFile {
  private TreeFile() {}

  /** Writes all leaves; the old file stays until the new one is complete. */
  public static void write(Path file, Object tree) throws IOException {
    Map<String, Literal> leaves = new LinkedHashMap<>();
    Trees.byPath(tree).forEach((path, leaf) -> leaves.put(path, leaf.toLiteral()));
    new SafeTensors(leaves, Map.of("format", "cornu")).write(file);
  }

  /**
   * Reads a tree of the structure, shapes and types of {@code like}.
   *
   * @param like any tree of that structure; its values do not matter
   * @throws FormatException where the file lacks leaves, has others, or their shapes or types
   *     differ; the message names them all
   */
  public static <T> T read(Path file, T like) throws IOException {
    Map<String, Literal> found = SafeTensors.read(file).tensors();
    Map<String, Tensor> wanted = Trees.byPath(like);
    List<String> wrong = new ArrayList<>();
    wanted.forEach(
        (path, leaf) -> {
          Literal value = found.get(path);
          if (value == null) {
            wrong.add("missing " + path + " " + leaf.type().brief());
          } else if (!value.type().equals(leaf.type())) {
            wrong.add(path + " is " + value.type().brief() + ", must be " + leaf.type().brief());
          }
        });
    for (String path : found.keySet()) {
      if (!wanted.containsKey(path)) {
        wrong.add("extra " + path);
      }
    }
    if (!wrong.isEmpty()) {
      throw new FormatException(file + ": does not fit the tree: " + String.join("; ", wrong));
    }
    return Trees.mapWithPath(
        like, (path, leaf) -> Tensor.of(Objects.requireNonNull(found.get(path))));
  }
}
