package org.cornu.stablehlo.bytecode;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Sharding;

/**
 * Decodes Shardy's attributes (its {@code bytecode.td}). Axes and dimensions, which are attributes
 * of their own there but not in the IR, become their text and are taken apart again.
 */
final class SdyDecoder {
  private final Decoder decoder;

  SdyDecoder(Decoder decoder) {
    this.decoder = decoder;
  }

  /** A part of a sharding, which is no attribute of the IR. */
  record Part(String axis, Sharding.Dim dim) {}

  Object attribute(ByteInput in) {
    int code = in.count();
    return switch (code) {
      case 0 -> new Attribute.Array(decoder.attributeList(in));
      case 1 -> {
        String name = decoder.string(in);
        yield new Attribute.Opaque(Attribute.quote(name) + "=" + in.signedVarint());
      }
      case 2 -> mesh(in);
      case 3 -> new Attribute.Opaque("(" + in.signedVarint() + ")" + in.signedVarint());
      case 4 -> axis(in);
      case 5 -> dimension(in);
      case 6 -> sharding(in, false);
      case 7, 16 -> perValue(in);
      case 15 -> sharding(in, true);
      default -> throw in.error("sdy attribute of code " + code + " is not known");
    };
  }

  private Attribute mesh(ByteInput in) {
    List<String> axes = new ArrayList<>();
    for (Attribute axis : decoder.attributeList(in)) {
      axes.add(axis.toString());
    }
    long[] devices = in.signedVarints();
    return new Attribute.Opaque(
        "#sdy.mesh<["
            + String.join(", ", axes)
            + "]"
            + (devices.length == 0 ? "" : ", device_ids=" + java.util.Arrays.toString(devices))
            + ">");
  }

  private Part axis(ByteInput in) {
    String name = decoder.string(in);
    Attribute part = decoder.optionalAttribute(in);
    return new Part(part == null ? name : name + ":" + part, Sharding.Dim.REPLICATED);
  }

  private Part dimension(ByteInput in) {
    List<String> axes = axes(in);
    boolean closed = in.octet() != 0;
    int priority = in.count();
    return new Part("", new Sharding.Dim(axes, !closed, (priority & 1) == 0 ? -1 : priority >> 1));
  }

  private List<String> axes(ByteInput in) {
    int size = in.size();
    List<String> axes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      axes.add(decoder.shardingPart(in).axis());
    }
    return axes;
  }

  private Sharding sharding(ByteInput in, boolean unreduced) {
    Attribute mesh = decoder.attribute(in);
    String name =
        mesh instanceof Attribute.Symbol symbol
            ? symbol.name()
            : mesh.toString().replaceFirst("^#sdy\\.", "");
    int size = in.size();
    List<Sharding.Dim> dims = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      dims.add(decoder.shardingPart(in).dim());
    }
    List<String> replicated = axes(in);
    return new Sharding(name, dims, replicated, unreduced ? axes(in) : List.of());
  }

  private Attribute perValue(ByteInput in) {
    List<Sharding> shardings = new ArrayList<>();
    for (Attribute element : decoder.attributeList(in)) {
      if (!(element instanceof Sharding sharding)) {
        throw in.error("expected a sharding, got " + element);
      }
      shardings.add(sharding);
    }
    return new Sharding.PerValue(shardings);
  }
}
