package org.cornu.tests.stablehlo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.pjrt.CompileOptions;
import org.cornu.saving.TensorJson;
import org.cornu.stablehlo.build.Builder;
import org.cornu.stablehlo.interpreter.Interpreter;
import org.cornu.stablehlo.interpreter.ProcessGrid;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Location;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;
import org.cornu.stablehlo.passes.Passes;
import org.cornu.stablehlo.text.Printer;

/**
 * The processes that a random program runs on, each with inputs of its own: replicas, or the
 * partitions of a mesh. XLA runs a program as it stands on replicas alone; for partitions its
 * inputs are stacked, and the program is the body of a manual computation.
 */
record Grid(int replicas, int partitions) {
  static final Grid ONE = new Grid(1, 1);

  /** The grids that fit on the virtual devices of the tests. */
  static final List<Grid> SEVERAL =
      List.of(
          new Grid(2, 1),
          new Grid(4, 1),
          new Grid(8, 1),
          new Grid(1, 2),
          new Grid(1, 4),
          new Grid(1, 6),
          new Grid(1, 8));

  int count() {
    return replicas * partitions;
  }

  /** Runs a function on the interpreter; results of each process. */
  List<List<Literal>> run(Interpreter interpreter, Func func, List<List<Literal>> inputs) {
    return count() == 1
        ? List.of(interpreter.run(func, inputs.get(0)))
        : new ProcessGrid(interpreter, replicas, partitions).run(List.of(func), inputs);
  }

  /** The program that the plugin runs for a function. */
  Module module(Func func) {
    Func plain = new Func("main", func.body(), true, Map.of(), Location.UNKNOWN);
    if (partitions == 1) {
      return count() == 1 ? Module.of(plain) : module().add(plain);
    }
    Func program = new Func("program", func.body(), false, Map.of(), Location.UNKNOWN);
    Block whole = new Block(stacked(func.type().inputs(), partitions));
    Block part = new Block(stacked(func.type().inputs(), 1));
    Builder inner = new Builder(part);
    List<Value> arguments = new ArrayList<>();
    for (Value x : part.arguments()) {
      arguments.add(inner.reshape(x, x.shape().remove(0)));
    }
    List<Value> results = new ArrayList<>();
    for (Value x : inner.call(program, arguments)) {
      results.add(inner.reshape(x, x.shape().insert(0, 1)));
    }
    part.returns(results);
    whole.returns(
        new Builder(whole)
            .manualComputation(
                whole.arguments(),
                split(part.argumentTypes()),
                split(part.resultTypes()),
                List.of("p"),
                part,
                stacked(func.type().results(), partitions)));
    Module.Mesh mesh =
        new Module.Mesh(
            "mesh", List.of(new Module.Mesh.Axis("p", partitions)), List.of(), Map.of());
    Func main = new Func("main", whole, true, Map.of(), Location.UNKNOWN);
    for (int i = 0; i < whole.arguments().size(); i++) {
      main.argumentAttribute(i, "sdy.sharding", split(whole.argumentTypes()).get(i));
    }
    for (int i = 0; i < whole.results().size(); i++) {
      main.resultAttribute(i, "sdy.sharding", split(whole.resultTypes()).get(i));
    }
    Module out = module();
    out.add(mesh);
    return out.add(main);
  }

  private Module module() {
    return new Module(
        "processes",
        Map.of(
            "mhlo.num_partitions", Attribute.Int.i32(partitions),
            "mhlo.num_replicas", Attribute.Int.i32(replicas)));
  }

  private static List<TensorType> stacked(List<Type> types, long count) {
    return types.stream()
        .map(TensorType.class::cast)
        .map(type -> type.withShape(type.shape().insert(0, count)))
        .toList();
  }

  private static List<Sharding> split(List<Type> types) {
    List<Sharding> out = new ArrayList<>();
    for (Type type : types) {
      List<Sharding.Dim> dims = new ArrayList<>();
      for (int i = 0; i < ((TensorType) type).rank(); i++) {
        dims.add(i == 0 ? Sharding.Dim.of("p") : Sharding.Dim.REPLICATED);
      }
      out.add(Sharding.of("mesh", dims));
    }
    return out;
  }

  /**
   * The parts of stacked arrays that the processes hold: the same bytes with one more dimension.
   */
  private static List<List<Literal>> withFirst(List<List<Literal>> values, boolean add) {
    List<List<Literal>> out = new ArrayList<>();
    for (List<Literal> process : values) {
      List<Literal> row = new ArrayList<>();
      for (Literal literal : process) {
        Shape shape = literal.type().shape();
        TensorType type = literal.type().withShape(add ? shape.insert(0, 1) : shape.remove(0));
        row.add(Literal.ofBytes(type, literal.expandedBytes()));
      }
      out.add(row);
    }
    return out;
  }

  /** Compiles and runs a function; results of each process. */
  List<List<Literal>> compiled(Func func, List<List<Literal>> inputs) {
    Module module = module(func);
    String text = Printer.print(Passes.forCompiler(module, module.main().type().inputs()));
    CompileOptions.Builder options = Xla.rounded();
    if (count() == 1) {
      return List.of(Xla.run(text, inputs.get(0), options.build()));
    }
    options.replicas(replicas).partitions(partitions);
    if (partitions == 1) {
      return Xla.runOnDevices(text, inputs, options.build());
    }
    options.useSpmd(true).useShardy(true);
    return withFirst(Xla.runOnDevices(text, withFirst(inputs, true), options.build()), false);
  }

  /**
   * Writes inputs or outputs as {@code cornu run} reads them: those of replicas in turn, those of
   * partitions stacked, with the part of each.
   */
  void write(JsonGenerator out, String kind, List<List<Literal>> values) throws IOException {
    out.writeArrayFieldStart(kind + "s");
    for (Literal literal : partitions > 1 ? stacked(values) : row(values)) {
      TensorJson.write(out, literal);
    }
    out.writeEndArray();
    if (partitions > 1) {
      out.writeArrayFieldStart(kind + "_shards");
      for (Literal literal : values.get(0)) {
        writeParts(out, literal.type().shape());
      }
      out.writeEndArray();
    }
  }

  /** Writes how many processes there are. */
  void write(JsonGenerator out) throws IOException {
    out.writeNumberField("num_replicas", replicas);
    out.writeNumberField("num_devices", count());
  }

  private void writeParts(JsonGenerator out, Shape shape) throws IOException {
    out.writeStartArray();
    for (long part = 0; part < partitions; part++) {
      out.writeStartArray();
      out.writeArray(new long[] {part, part + 1}, 0, 2);
      for (long dim : shape.dims()) {
        out.writeArray(new long[] {0, dim}, 0, 2);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
  }

  /** The values of all processes, those of the first first. */
  static List<Literal> row(List<List<Literal>> processes) {
    return processes.stream().flatMap(List::stream).toList();
  }

  private static List<Literal> stacked(List<List<Literal>> values) {
    List<Literal> out = new ArrayList<>();
    for (int i = 0; i < values.get(0).size(); i++) {
      int which = i;
      out.add(stack(values.stream().map(process -> process.get(which)).toList()));
    }
    return out;
  }

  private static Literal stack(List<Literal> parts) {
    TensorType type = parts.get(0).type();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    parts.forEach(part -> bytes.writeBytes(part.expandedBytes()));
    return Literal.ofBytes(
        type.withShape(type.shape().insert(0, parts.size())), bytes.toByteArray());
  }
}
