package org.cornu.stablehlo.build;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;
import org.jspecify.annotations.Nullable;

/** Rules of calls of code outside the program. Their result types are always given. */
final class CustomCallRules {
  private static final long TYPED_FFI = 4;

  private CustomCallRules() {}

  /** Returns the given types. */
  static List<Type> check(Adaptor a) {
    a.attribute("call_target_name", Attribute.Str.class);
    layouts(a);
    aliases(a);
    Attribute config = a.attributes.get("backend_config");
    if (config != null) {
      boolean typed = a.integer("api_version", 1) == TYPED_FFI;
      boolean empty = config instanceof Attribute.Str text && text.value().isEmpty();
      boolean fits =
          typed ? config instanceof Attribute.Dict || empty : config instanceof Attribute.Str;
      if (!fits) {
        throw a.fail(
            "",
            "backend_config must be "
                + (typed ? "a dictionary for api_version 4" : "a string below api_version 4")
                + ", got "
                + config);
      }
    }
    return List.copyOf(a.given);
  }

  private static void layouts(Adaptor a) {
    Attribute.Array operands = a.optional("operand_layouts", Attribute.Array.class);
    Attribute.Array results = a.optional("result_layouts", Attribute.Array.class);
    if (operands == null && results == null) {
      return;
    }
    if (operands == null || results == null) {
      throw a.fail("", "layouts must be given for both operands and results, or for none");
    }
    List<? extends Type> types = a.given;
    if (types.size() == 1 && types.get(0) instanceof Type.Tuple tuple) {
      types = tuple.elements();
    }
    layouts(a, "operand", RegionRules.types(a.operands), operands.elements());
    layouts(a, "result", types, results.elements());
  }

  private static void layouts(
      Adaptor a, String what, List<? extends Type> types, List<Attribute> layouts) {
    if (types.size() != layouts.size()) {
      throw a.fail("", "expected " + types.size() + " " + what + " layouts, got " + layouts.size());
    }
    for (int i = 0; i < types.size(); i++) {
      Type type = types.get(i);
      if (!(layouts.get(i) instanceof Attribute.Elements elements) || type instanceof Type.Opaque) {
        continue;
      }
      Literal layout = elements.literal();
      int rank = type instanceof TensorType tensor ? tensor.rank() : 0;
      boolean fits = layout.count() == rank && !(type instanceof Type.Tuple);
      boolean[] seen = new boolean[rank];
      for (int j = 0; fits && j < rank; j++) {
        long dim = layout.longAt(j);
        fits = dim >= 0 && dim < rank && !seen[(int) dim];
        if (fits) {
          seen[(int) dim] = true;
        }
      }
      if (!fits) {
        throw a.fail(
            "",
            "layout of "
                + what
                + " "
                + i
                + " must contain each dimension of "
                + Adaptor.text(type)
                + " once, got "
                + layout);
      }
    }
  }

  private static void aliases(Adaptor a) {
    Attribute.Array aliases = a.optional("output_operand_aliases", Attribute.Array.class);
    if (aliases == null) {
      return;
    }
    for (Attribute alias : aliases.elements()) {
      StructText fields = new StructText(alias);
      long index = fields.integer("operand_index", 0);
      a.inRange("", "operand_index of an alias", index, a.count());
      long[] results = fields.list("output_tuple_indices");
      Type output = a.given.size() == 1 ? a.given.get(0) : new Type.Tuple(new ArrayList<>(a.given));
      Type result = part(output, results);
      Type operand = part(a.type((int) index), fields.list("operand_tuple_indices"));
      if (result == null || operand == null) {
        throw a.fail("", "tuple indices of an alias are out of range: " + alias);
      }
      if (!Compatibility.compatible(operand, result)) {
        throw a.fail(
            "",
            "operand and result of an alias differ: "
                + Adaptor.text(operand)
                + " and "
                + Adaptor.text(result));
      }
    }
  }

  private static @Nullable Type part(Type type, long[] indices) {
    Type part = type;
    for (long index : indices) {
      if (!(part instanceof Type.Tuple tuple) || index < 0 || index >= tuple.elements().size()) {
        return null;
      }
      part = tuple.elements().get((int) index);
    }
    return part;
  }
}
