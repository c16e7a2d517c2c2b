package org.cornu.stablehlo.text;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.OpCode;

/**
 * The comma-separated part of a pretty form: operands, and clauses {@code word = value}, each of
 * which stands for an attribute of the op.
 */
final class Clauses {
  private final OpParser ops;
  private final Lexer lexer;
  private final AttributeParser attributes;

  Clauses(OpParser ops) {
    this.ops = ops;
    this.lexer = ops.lexer;
    this.attributes = ops.attributes;
  }

  /** Reads operands and clauses into {@code op}. */
  void read(PendingOp op) {
    do {
      if (lexer.at('%')) {
        op.operands.add(ops.operand());
        if (op.code == OpCode.SLICE) {
          slice(op);
        } else if (op.code == OpCode.GET_TUPLE_ELEMENT) {
          lexer.expect('[');
          op.set("index", Attribute.Int.i32(lexer.integer()));
          lexer.expect(']');
        }
      } else if (op.name.endsWith("_const") && !lexer.atWord("tolerance")) {
        op.set("value", attributes.attribute());
      } else {
        clause(op);
      }
    } while (lexer.accept(','));
  }

  private void clause(PendingOp op) {
    int at = lexer.position();
    String word = lexer.word("an operand or a clause");
    if (op.code == OpCode.COMPARE) {
      // Bare words: compare LT, %a, %b, FLOAT.
      boolean first = !op.attributes.containsKey("comparison_direction");
      String kind = first ? "comparison_direction" : "comparison_type";
      op.set(first ? kind : "compare_type", new Attribute.Keyword(kind, word));
      return;
    }
    lexer.expect('=');
    switch (op.code) {
      case BROADCAST -> longs(op, at, word, "sizes", "broadcast_sizes");
      case DYNAMIC_SLICE -> longs(op, at, word, "sizes", "slice_sizes");
      case BROADCAST_IN_DIM, DYNAMIC_BROADCAST_IN_DIM ->
          longs(op, at, word, "dims", "broadcast_dimensions");
      case TRANSPOSE -> longs(op, at, word, "dims", "permutation");
      case REVERSE -> longs(op, at, word, "dims", "dimensions");
      case CONCATENATE, GET_DIMENSION_SIZE, SET_DIMENSION_SIZE ->
          integer(op, at, word, "dim", "dimension");
      case IOTA, DYNAMIC_IOTA -> integer(op, at, word, "dim", "iota_dimension");
      case PAD -> {
        switch (word) {
          case "low" -> longs(op, at, word, "low", "edge_padding_low");
          case "high" -> longs(op, at, word, "high", "edge_padding_high");
          default -> longs(op, at, word, "interior", "interior_padding");
        }
      }
      case EINSUM, UNARY_EINSUM -> {
        expect(at, word, "config");
        op.set("einsum_config", new Attribute.Str(lexer.string()));
      }
      case FFT -> {
        if (word.equals("type")) {
          keyword(op, at, word, "type", "fft_type", "fft_type");
        } else {
          longs(op, at, word, "length", "fft_length");
        }
      }
      case RNG -> keyword(op, at, word, "distribution", "rng_distribution", "rng_distribution");
      case RNG_BIT_GENERATOR ->
          keyword(op, at, word, "algorithm", "rng_algorithm", "rng_algorithm");
      case REDUCE_PRECISION -> format(op, at, word);
      case CHOLESKY -> {
        expect(at, word, "lower");
        op.set("lower", new Attribute.Bool(attributes.bool()));
      }
      case CHLO_TOP_K -> {
        if (word.equals("k")) {
          op.set("k", Attribute.Int.i64(lexer.integer()));
        } else {
          expect(at, word, "is_stable");
          op.set("is_stable", new Attribute.Bool(attributes.bool()));
        }
      }
      case DOT -> {
        expect(at, word, "precision");
        precision(op);
      }
      case DOT_GENERAL -> dotGeneral(op, at, word);
      case OPAQUE -> opaque(op, at, word);
      default -> throw lexer.error(at, op.name + " has no clause '" + word + "'");
    }
  }

  private void expect(int at, String word, String expected) {
    if (!word.equals(expected)) {
      throw lexer.error(at, "expected '" + expected + "', got '" + word + "'");
    }
  }

  private void longs(PendingOp op, int at, String word, String expected, String key) {
    expect(at, word, expected);
    lexer.expect('[');
    op.set(key, new Attribute.Longs(attributes.longs(']')));
  }

  private void integer(PendingOp op, int at, String word, String expected, String key) {
    expect(at, word, expected);
    op.set(key, Attribute.Int.i64(lexer.integer()));
  }

  private void keyword(
      PendingOp op, int at, String word, String expected, String key, String kind) {
    expect(at, word, expected);
    op.set(key, new Attribute.Keyword(kind, lexer.word("a keyword")));
  }

  // format = e5m10
  private void format(PendingOp op, int at, String word) {
    expect(at, word, "format");
    int from = lexer.position();
    String format = lexer.plainWord("a format such as e5m10");
    int m = format.indexOf('m');
    if (!format.matches("e[0-9]{1,9}m[0-9]{1,9}")) {
      throw lexer.error(from, "expected a format such as e5m10, got '" + format + "'");
    }
    op.set("exponent_bits", Attribute.Int.i32(Long.parseLong(format.substring(1, m))));
    op.set("mantissa_bits", Attribute.Int.i32(Long.parseLong(format.substring(m + 1))));
  }

  // [DEFAULT, HIGH]
  private void precision(PendingOp op) {
    List<Attribute> words = new ArrayList<>();
    lexer.expect('[');
    if (!lexer.accept(']')) {
      do {
        words.add(new Attribute.Keyword("precision", lexer.word("a precision")));
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    op.set("precision_config", new Attribute.Array(words));
  }

  private void dotGeneral(PendingOp op, int at, String word) {
    DimensionNumbers.Dot before =
        op.attributes.get("dot_dimension_numbers") instanceof DimensionNumbers.Dot dot
            ? dot
            : new DimensionNumbers.Dot(List.of(), List.of(), List.of(), List.of());
    switch (word) {
      case "batching_dims" -> {
        List<Long> left = attributes.dimensions().longs();
        lexer.expect('x');
        List<Long> right = attributes.dimensions().longs();
        op.set(
            "dot_dimension_numbers",
            new DimensionNumbers.Dot(
                left, right, before.lhsContracting(), before.rhsContracting()));
      }
      case "contracting_dims" -> {
        List<Long> left = attributes.dimensions().longs();
        lexer.expect('x');
        List<Long> right = attributes.dimensions().longs();
        op.set(
            "dot_dimension_numbers",
            new DimensionNumbers.Dot(before.lhsBatching(), before.rhsBatching(), left, right));
      }
      case "precision" -> precision(op);
      case "algorithm" -> op.set("algorithm", attributes.body("#stablehlo.dot_algorithm"));
      default -> throw lexer.error(at, "dot_general has no clause '" + word + "'");
    }
  }

  // %x [0:4, 1:8:2]
  private void slice(PendingOp op) {
    List<long[]> ranges = new ArrayList<>();
    lexer.expect('[');
    if (!lexer.accept(']')) {
      do {
        long start = lexer.integer();
        lexer.expect(':');
        long limit = lexer.integer();
        ranges.add(new long[] {start, limit, lexer.accept(':') ? lexer.integer() : 1});
      } while (lexer.accept(','));
      lexer.expect(']');
    }
    String[] keys = {"start_indices", "limit_indices", "strides"};
    for (int k = 0; k < keys.length; k++) {
      long[] values = new long[ranges.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ranges.get(i)[k];
      }
      op.set(keys[k], new Attribute.Longs(values));
    }
  }

  private void opaque(PendingOp op, int at, String word) {
    switch (word) {
      case "tolerance" -> op.set("tolerance", attributes.number(lexer.number(), "f64"));
      case "max_ulp_difference", "min_ulp_difference" ->
          op.set(word, attributes.number(lexer.number(), "ui64"));
      case "probe_id" -> op.set("probe_id", new Attribute.Str(lexer.string()));
      case "iter" -> op.set("iteration", attributes.number(lexer.number(), "ui32"));
      case "group_id" -> op.set("group_id", attributes.number(lexer.number(), "i64"));
      case "allowed_direction" ->
          op.set(
              "allowed_direction",
              new Attribute.Opaque(
                  "#sdy<propagation_direction " + lexer.word("a direction") + ">"));
      default -> throw lexer.error(at, op.name + " has no clause '" + word + "'");
    }
  }
}
