package org.cornu.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornu.layers.InputLayer;
import org.cornu.layers.Layer;
import org.cornu.layers.LayerNode;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stateless.Variable;

/** The table of a model's layers. */
final class Summary {
  private Summary() {}

  static String of(Model model) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output Shape", "Param #"});
    for (Layer<?> layer : model.layers()) {
      if (model instanceof Sequential && layer instanceof InputLayer) {
        continue;
      }
      rows.add(
          new String[] {
            layer.name() + " (" + layer.spec().className() + ")",
            shape(model, layer),
            layer.isBuilt() ? count(layer.countParams()) : "0 (unbuilt)"
          });
    }
    int[] widths = new int[3];
    for (String[] row : rows) {
      for (int c = 0; c < 3; c++) {
        widths[c] = Math.max(widths[c], row[c].length());
      }
    }
    StringBuilder out = new StringBuilder();
    out.append("Model: \"").append(model.name()).append("\"\n");
    line(out, widths, '┏', '┳', '┓', '━');
    row(out, widths, rows.get(0), '┃');
    line(out, widths, '┡', '╇', '┩', '━');
    for (int i = 1; i < rows.size(); i++) {
      row(out, widths, rows.get(i), '│');
      boolean last = i == rows.size() - 1;
      line(out, widths, last ? '└' : '├', last ? '┴' : '┼', last ? '┘' : '┤', '─');
    }
    long trainable = elements(model.trainableVariables());
    long all = model.countParams();
    out.append(" Total params: ").append(count(all)).append(bytes(model.weights())).append('\n');
    out.append(" Trainable params: ").append(count(trainable)).append('\n');
    out.append(" Non-trainable params: ").append(count(all - trainable)).append('\n');
    return out.toString();
  }

  private static String shape(Model model, Layer<?> layer) {
    Graph graph = model.graph();
    if (graph != null) {
      for (LayerNode node : graph.nodes()) {
        if (node.layer() == layer) {
          List<String> shapes = node.outputs().stream().map(t -> text(t.shape())).toList();
          return shapes.size() == 1 ? shapes.get(0) : shapes.toString();
        }
      }
    }
    return "?";
  }

  private static String text(Shape shape) {
    StringBuilder out = new StringBuilder("(");
    for (int d = 0; d < shape.rank(); d++) {
      out.append(d == 0 ? "" : ", ");
      out.append(shape.dim(d) == Shape.DYNAMIC ? "None" : Long.toString(shape.dim(d)));
    }
    return out.append(')').toString();
  }

  private static long elements(List<Variable> variables) {
    return variables.stream().mapToLong(v -> v.shape().count()).sum();
  }

  private static String bytes(List<Variable> variables) {
    double size = variables.stream().mapToLong(v -> v.shape().count() * v.dtype().bytes()).sum();
    String[] units = {"B", "KB", "MB", "GB", "TB"};
    int unit = 0;
    while (size >= 1024 && unit < units.length - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, " (%.2f %s)", size, units[unit]);
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static void line(
      StringBuilder out, int[] widths, char left, char middle, char right, char fill) {
    for (int c = 0; c < widths.length; c++) {
      out.append(c == 0 ? left : middle).append(String.valueOf(fill).repeat(widths[c] + 2));
    }
    out.append(right).append('\n');
  }

  private static void row(StringBuilder out, int[] widths, String[] row, char bar) {
    for (int c = 0; c < widths.length; c++) {
      boolean number = c == 2;
      String pad = " ".repeat(widths[c] - row[c].length());
      out.append(bar).append(' ').append(number ? pad + row[c] : row[c] + pad).append(' ');
    }
    out.append(bar).append('\n');
  }
}
