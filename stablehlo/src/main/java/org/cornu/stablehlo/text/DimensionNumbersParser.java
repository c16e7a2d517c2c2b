package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;

/**
 * Reads the bodies {@code <field = [..], ...>} of StableHLO's dimension-number attributes, whose
 * fields come in any order and are left out when empty or 0.
 */
final class DimensionNumbersParser {
  /** Larger numbers of dimensions occur nowhere; bounds what a wrong program can make us build. */
  private static final int MAX_RANK = 1 << 10;

  private final Lexer lexer;

  DimensionNumbersParser(Lexer lexer) {
    this.lexer = lexer;
  }

  private static final Set<String> DOT =
      Set.of(
          "lhs_batching_dimensions",
          "rhs_batching_dimensions",
          "lhs_contracting_dimensions",
          "rhs_contracting_dimensions");

  DimensionNumbers.Dot dot() {
    Map<String, List<Long>> fields = struct(DOT);
    return new DimensionNumbers.Dot(
        list(fields, "lhs_batching_dimensions"),
        list(fields, "rhs_batching_dimensions"),
        list(fields, "lhs_contracting_dimensions"),
        list(fields, "rhs_contracting_dimensions"));
  }

  private static final Set<String> GATHER =
      Set.of(
          "offset_dims",
          "collapsed_slice_dims",
          "operand_batching_dims",
          "start_indices_batching_dims",
          "start_index_map",
          "index_vector_dim");

  DimensionNumbers.Gather gather() {
    Map<String, List<Long>> fields = struct(GATHER);
    return new DimensionNumbers.Gather(
        list(fields, "offset_dims"),
        list(fields, "collapsed_slice_dims"),
        list(fields, "operand_batching_dims"),
        list(fields, "start_indices_batching_dims"),
        list(fields, "start_index_map"),
        single(fields, "index_vector_dim"));
  }

  private static final Set<String> SCATTER =
      Set.of(
          "update_window_dims",
          "inserted_window_dims",
          "input_batching_dims",
          "scatter_indices_batching_dims",
          "scatter_dims_to_operand_dims",
          "index_vector_dim");

  DimensionNumbers.Scatter scatter() {
    Map<String, List<Long>> fields = struct(SCATTER);
    return new DimensionNumbers.Scatter(
        list(fields, "update_window_dims"),
        list(fields, "inserted_window_dims"),
        list(fields, "input_batching_dims"),
        list(fields, "scatter_indices_batching_dims"),
        list(fields, "scatter_dims_to_operand_dims"),
        single(fields, "index_vector_dim"));
  }

  Attribute.ChannelHandle channelHandle() {
    Map<String, List<Long>> fields = struct(Set.of("handle", "type"));
    return new Attribute.ChannelHandle(single(fields, "handle"), single(fields, "type"));
  }

  private static final Set<String> RAW_CONVOLUTION =
      Set.of(
          "input_batch_dimension",
          "input_feature_dimension",
          "input_spatial_dimensions",
          "kernel_input_feature_dimension",
          "kernel_output_feature_dimension",
          "kernel_spatial_dimensions",
          "output_batch_dimension",
          "output_feature_dimension",
          "output_spatial_dimensions");

  DimensionNumbers.Convolution convolution() {
    lexer.expect('<');
    if (!lexer.acceptWord("raw")) {
      DimensionNumbers.Convolution numbers = convolutionText();
      lexer.expect('>');
      return numbers;
    }
    int at = lexer.position();
    Map<String, List<Long>> fields = fields(RAW_CONVOLUTION);
    for (Map.Entry<String, List<Long>> field : fields.entrySet()) {
      for (long dim : field.getValue()) {
        checked(at, dim);
      }
    }
    return new DimensionNumbers.Convolution(
        single(fields, "input_batch_dimension"),
        single(fields, "input_feature_dimension"),
        list(fields, "input_spatial_dimensions"),
        single(fields, "kernel_input_feature_dimension"),
        single(fields, "kernel_output_feature_dimension"),
        list(fields, "kernel_spatial_dimensions"),
        single(fields, "output_batch_dimension"),
        single(fields, "output_feature_dimension"),
        list(fields, "output_spatial_dimensions"));
  }

  private long checked(int at, long dim) {
    if (dim < 0 || dim >= MAX_RANK) {
      throw lexer.error(at, "dimension must be from 0 to " + (MAX_RANK - 1) + ", got " + dim);
    }
    return dim;
  }

  /** {@code [b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]}. */
  DimensionNumbers.Convolution convolutionText() {
    Side input = side('b', 'f');
    lexer.expect('x');
    Side kernel = side('i', 'o');
    lexer.expect("->");
    Side output = side('b', 'f');
    return new DimensionNumbers.Convolution(
        input.first,
        input.second,
        input.spatial,
        kernel.first,
        kernel.second,
        kernel.spatial,
        output.first,
        output.second,
        output.spatial);
  }

  private record Side(long first, long second, List<Long> spatial) {}

  private Side side(char first, char second) {
    int at = lexer.position();
    lexer.expect('[');
    long[] letters = {-1, -1};
    Map<Long, Long> spatial = new HashMap<>();
    long position = 0;
    if (!lexer.accept(']')) {
      do {
        if (lexer.accept(first)) {
          letters[0] = position;
        } else if (lexer.accept(second)) {
          letters[1] = position;
        } else if (!lexer.accept('?') && spatial.put(lexer.integer(), position) != null) {
          throw lexer.error(at, "spatial dimension is given twice");
        }
        checked(at, position++);
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    if (letters[0] < 0 || letters[1] < 0) {
      throw lexer.error(at, "expected dimensions '" + first + "' and '" + second + "'");
    }
    List<Long> order = new ArrayList<>();
    for (long i = 0; i < spatial.size(); i++) {
      Long place = spatial.get(i);
      if (place == null) {
        throw lexer.error(at, "spatial dimension " + i + " is missing");
      }
      order.add(place);
    }
    return new Side(letters[0], letters[1], order);
  }

  private Map<String, List<Long>> struct(Set<String> known) {
    lexer.expect('<');
    return fields(known);
  }

  private Map<String, List<Long>> fields(Set<String> known) {
    Map<String, List<Long>> fields = new HashMap<>();
    if (!lexer.accept('>')) {
      do {
        int at = lexer.position();
        String name = lexer.word("a field name");
        if (!known.contains(name)) {
          throw lexer.error(at, "unknown field '" + name + "'");
        }
        lexer.expect('=');
        List<Long> value = lexer.at('[') ? longs() : List.of(lexer.integer());
        if (fields.put(name, value) != null) {
          throw lexer.error(at, "field '" + name + "' is given twice");
        }
        // A comma may stand behind the last field.
      } while (lexer.accept(',') && !lexer.at('>'));
      lexer.expect('>');
    }
    return fields;
  }

  /** {@code [1, 2]}. */
  List<Long> longs() {
    lexer.expect('[');
    List<Long> values = new ArrayList<>();
    if (!lexer.accept(']')) {
      do {
        values.add(lexer.integer());
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    return values;
  }

  private static List<Long> list(Map<String, List<Long>> fields, String name) {
    return fields.getOrDefault(name, List.of());
  }

  private long single(Map<String, List<Long>> fields, String name) {
    List<Long> value = list(fields, name);
    if (value.size() > 1) {
      throw lexer.error("field '" + name + "' is one number");
    }
    return value.isEmpty() ? 0 : value.get(0);
  }
}
