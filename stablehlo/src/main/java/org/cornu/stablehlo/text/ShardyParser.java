package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Sharding;
import org.jspecify.annotations.Nullable;

/** Reads Shardy's attributes: meshes, shardings, lists of shardings, manual axes. */
final class ShardyParser {
  private final Lexer lexer;
  private final Aliases aliases;

  ShardyParser(Lexer lexer, Aliases aliases) {
    this.lexer = lexer;
    this.aliases = aliases;
  }

  /** {@code <@mesh, [{"x"}, {}], replicated={..}>}, an error if it has parts Cornu lacks. */
  Sharding sharding() {
    int from = lexer.position();
    Sharding sharding = optionalSharding();
    if (sharding == null) {
      throw lexer.error(from, "sharding has parts that are not known");
    }
    return sharding;
  }

  /** The same; null, with the cursor anywhere, if it has parts Cornu lacks. */
  @Nullable Sharding optionalSharding() {
    lexer.expect('<');
    String mesh = mesh();
    lexer.expect(',');
    lexer.expect('[');
    List<Sharding.Dim> dims = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        dims.add(dim());
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    List<String> replicated = List.of();
    List<String> unreduced = List.of();
    while (lexer.accept(',')) {
      if (lexer.acceptWord("replicated")) {
        lexer.expect('=');
        replicated = axes();
      } else if (lexer.acceptWord("unreduced")) {
        lexer.expect('=');
        if (!lexer.at('{')) {
          return null;
        }
        unreduced = axes();
      } else {
        return null;
      }
    }
    lexer.expect('>');
    return new Sharding(mesh, dims, replicated, unreduced);
  }

  private String mesh() {
    if (lexer.at('@')) {
      return lexer.symbol();
    }
    int from = lexer.position();
    lexer.expectWord("mesh");
    lexer.skipGroup();
    return aliases.normal(from, lexer);
  }

  private Sharding.Dim dim() {
    lexer.expect('{');
    List<String> axes = new ArrayList<>();
    boolean open = false;
    if (!lexer.accept('}')) {
      do {
        if (lexer.accept('?')) {
          open = true;
          break;
        }
        axes.add(axis());
      } while (lexer.accept(','));
      lexer.expect('}');
    }
    int priority = -1;
    if (lexer.raw() == 'p' && Lexer.isDigit(lexer.raw(1))) {
      lexer.step();
      priority = (int) Math.min(Integer.MAX_VALUE, lexer.integer());
    }
    return new Sharding.Dim(axes, open, priority);
  }

  // "x", or the sub-axis "x":(2)4
  private String axis() {
    String name = lexer.string();
    if (!lexer.accept(':')) {
      return name;
    }
    lexer.expect('(');
    long before = lexer.integer();
    lexer.expect(')');
    return name + ":(" + before + ")" + lexer.integer();
  }

  /** {@code {"x", "y"}}. */
  List<String> axes() {
    lexer.expect('{');
    List<String> axes = new ArrayList<>();
    if (!lexer.accept('}')) {
      do {
        axes.add(axis());
      } while (lexer.accept(','));
      lexer.expect('}');
    }
    return axes;
  }

  /** {@code <[<@mesh, [..]>, ...]>}; null if a sharding has parts Cornu lacks. */
  Sharding.@Nullable PerValue perValue() {
    lexer.expect('<');
    List<Sharding> shardings = shardings();
    if (shardings == null) {
      return null;
    }
    lexer.expect('>');
    return new Sharding.PerValue(shardings);
  }

  /** {@code [<@mesh, [..]>, ...]}; null if a sharding has parts Cornu lacks. */
  @Nullable List<Sharding> shardings() {
    lexer.expect('[');
    List<Sharding> shardings = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        Sharding sharding = optionalSharding();
        if (sharding == null) {
          return null;
        }
        shardings.add(sharding);
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    return shardings;
  }

  /** {@code <manual_axes{"x"}>} as a list of strings; null for another attribute. */
  Attribute.@Nullable Array manualAxes() {
    lexer.expect('<');
    if (!lexer.acceptWord("manual_axes")) {
      return null;
    }
    Attribute.Array axes = strings(axes());
    lexer.expect('>');
    return axes;
  }

  /** The names as an attribute. */
  static Attribute.Array strings(List<String> names) {
    List<Attribute> elements = new ArrayList<>();
    for (String name : names) {
      elements.add(new Attribute.Str(name));
    }
    return new Attribute.Array(elements);
  }

  /** {@code <["x"=4, "y"=2], device_ids=[..]>} under this symbol, without attributes. */
  Module.Mesh mesh(String name) {
    lexer.expect('<');
    List<Module.Mesh.Axis> axes = new ArrayList<>();
    List<Long> devices = new ArrayList<>();
    lexer.expect('[');
    if (!lexer.accept(']')) {
      do {
        String axis = lexer.string();
        lexer.expect('=');
        int at = lexer.position();
        long size = lexer.integer();
        if (size < 1 || axes.stream().anyMatch(known -> known.name().equals(axis))) {
          throw lexer.error(at, "mesh has a bad axis: '" + axis + "' of size " + size);
        }
        axes.add(new Module.Mesh.Axis(axis, size));
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    if (lexer.accept(',')) {
      lexer.expectWord("device_ids");
      lexer.expect('=');
      devices = new DimensionNumbersParser(lexer).longs();
    }
    lexer.expect('>');
    return new Module.Mesh(name, axes, devices, java.util.Map.of());
  }
}
