package org.cornu.stablehlo.text;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.DimensionNumbers;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.Sharding;
import org.cornu.stablehlo.ir.Type;
import org.cornu.stablehlo.ir.Value;

/**
 * 128 bits that two functions share if they are the same computation: the same ops on the same
 * values in the same order, with the same attributes, literals and types. Locations and the names
 * of functions do not count. Stable between runs and machines, so that it may name files.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record Fingerprint(long high, long low) {

  /** Fingerprint of a function and of all it calls; linear in their size. */
  public static Fingerprint of(Func func) {
    return new Hasher().func(func);
  }

  /** Fingerprint of a module: its attributes, meshes and functions. */
  public static Fingerprint of(Module module) {
    Hasher hasher = new Hasher();
    Murmur sink = new Murmur();
    hasher.entries(sink, module.attributes());
    sink.add(module.meshes().size());
    for (Module.Mesh mesh : module.meshes()) {
      sink.add(mesh.name());
      sink.add(mesh.axes().size());
      for (Module.Mesh.Axis axis : mesh.axes()) {
        sink.add(axis.name());
        sink.add(axis.size());
      }
      sink.add(mesh.deviceIds());
      hasher.entries(sink, mesh.attributes());
    }
    sink.add(module.functions().size());
    for (Func func : module.functions()) {
      sink.add(hasher.func(func));
    }
    return sink.finish();
  }

  /** 32 hex digits. */
  @Override
  public String toString() {
    String left = Long.toHexString(high);
    String right = Long.toHexString(low);
    return "0".repeat(16 - left.length()) + left + "0".repeat(16 - right.length()) + right;
  }

  private static final class Hasher {
    private final IdentityHashMap<Func, Fingerprint> functions = new IdentityHashMap<>();
    private final Map<Type, Fingerprint> types = new HashMap<>();
    private final Map<String, Fingerprint> words = new HashMap<>();
    // A function that calls itself is told by how far out the call leads.
    private final IdentityHashMap<Func, Integer> open = new IdentityHashMap<>();

    Fingerprint func(Func func) {
      Fingerprint known = functions.get(func);
      if (known != null) {
        return known;
      }
      Integer level = open.get(func);
      if (level != null) {
        return new Fingerprint(-1, open.size() - level);
      }
      open.put(func, open.size());
      Murmur sink = new Murmur();
      entries(sink, func.attributes());
      sink.add(type(func.type()));
      for (int i = 0; i < func.type().inputs().size(); i++) {
        entries(sink, func.argumentAttributes(i));
      }
      for (int i = 0; i < func.type().results().size(); i++) {
        entries(sink, func.resultAttributes(i));
      }
      if (!func.isDeclaration()) {
        block(sink, func.body(), new IdentityHashMap<>());
      } else {
        // Nothing but its name tells what a declared function does.
        sink.add(func.name());
      }
      open.remove(func);
      Fingerprint result = sink.finish();
      functions.put(func, result);
      return result;
    }

    private void block(Murmur sink, Block block, IdentityHashMap<Value, Integer> numbers) {
      sink.add(block.arguments().size());
      for (Value argument : block.arguments()) {
        numbers.put(argument, numbers.size());
        sink.add(type(argument.type()));
      }
      sink.add(block.ops().size());
      for (Op op : block.ops()) {
        op(sink, op, numbers);
      }
      values(sink, block.results(), numbers);
      entries(sink, block.returnAttributes());
    }

    private void op(Murmur sink, Op op, IdentityHashMap<Value, Integer> numbers) {
      sink.add(word(op.name()));
      values(sink, op.operands(), numbers);
      entries(sink, op.attributes());
      sink.add(op.regions().size());
      for (Block region : op.regions()) {
        block(sink, region, numbers);
      }
      sink.add(op.results().size());
      for (Value result : op.results()) {
        numbers.put(result, numbers.size());
        sink.add(type(result.type()));
      }
    }

    private static void values(
        Murmur sink, List<Value> values, IdentityHashMap<Value, Integer> numbers) {
      sink.add(values.size());
      for (Value value : values) {
        Integer number = numbers.get(value);
        if (number == null) {
          throw new IllegalArgumentException(
              "fingerprint: value is not defined before its use in the function: " + value);
        }
        sink.add(number);
      }
    }

    private Fingerprint type(Type type) {
      Fingerprint known = types.get(type);
      if (known == null) {
        known = Murmur.of(type.toString());
        types.put(type, known);
      }
      return known;
    }

    private Fingerprint word(String word) {
      Fingerprint known = words.get(word);
      if (known == null) {
        known = Murmur.of(word);
        words.put(word, known);
      }
      return known;
    }

    void entries(Murmur sink, Map<String, Attribute> entries) {
      sink.add(entries.size());
      for (Map.Entry<String, Attribute> entry : entries.entrySet()) {
        sink.add(word(entry.getKey()));
        attribute(sink, entry.getValue());
      }
    }

    private void attribute(Murmur sink, Attribute attribute) {
      if (attribute instanceof Attribute.Longs longs) {
        sink.add(1);
        long[] values = longs.values();
        sink.add(values.length);
        for (long value : values) {
          sink.add(value);
        }
      } else if (attribute instanceof Attribute.Elements elements) {
        sink.add(2);
        literal(sink, elements.literal());
      } else if (attribute instanceof Attribute.Callee callee) {
        sink.add(3);
        sink.add(func(callee.func()));
      } else if (attribute instanceof Attribute.Array array) {
        sink.add(4);
        sink.add(array.elements().size());
        for (Attribute element : array.elements()) {
          attribute(sink, element);
        }
      } else if (attribute instanceof Attribute.Dict dict) {
        sink.add(5);
        entries(sink, dict.entries());
      } else if (attribute instanceof Attribute.Real real) {
        sink.add(6);
        sink.add(Double.doubleToRawLongBits(real.value()));
        sink.add(word(real.type()));
      } else if (attribute instanceof DimensionNumbers.Dot dot) {
        sink.add(7);
        sink.add(dot.lhsBatching());
        sink.add(dot.rhsBatching());
        sink.add(dot.lhsContracting());
        sink.add(dot.rhsContracting());
      } else if (attribute instanceof Sharding sharding) {
        sink.add(8);
        sink.add(sharding.body());
      } else {
        // The rest are small and told apart by their text: 3 : i64, "x", #stablehlo<...>, ...
        sink.add(9);
        sink.add(attribute.toString());
      }
    }

    private void literal(Murmur sink, Literal literal) {
      sink.add(type(literal.type()));
      sink.add(literal.isSplat() ? 1 : 0);
      ByteBuffer data = literal.data();
      sink.add(data.remaining());
      int whole = data.remaining() & ~7;
      for (int i = 0; i < whole; i += 8) {
        sink.add(data.getLong(i));
      }
      long tail = 0;
      for (int i = whole; i < data.remaining(); i++) {
        tail = tail << 8 | data.get(i) & 0xFF;
      }
      sink.add(tail);
    }
  }

  /** MurmurHash3 x64 128 (Austin Appleby, public domain) over a stream of 64-bit words. */
  private static final class Murmur {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long h1;
    private long h2;
    private long pending;
    private long count;

    static Fingerprint of(String text) {
      Murmur sink = new Murmur();
      sink.add(text);
      return sink.finish();
    }

    void add(long word) {
      if ((count++ & 1) == 0) {
        pending = word;
      } else {
        mix(pending, word);
      }
    }

    private void mix(long k1, long k2) {
      h1 ^= Long.rotateLeft(k1 * C1, 31) * C2;
      h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
      h2 ^= Long.rotateLeft(k2 * C2, 33) * C1;
      h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
    }

    void add(Fingerprint part) {
      add(part.high);
      add(part.low);
    }

    void add(String text) {
      int length = text.length();
      add(length);
      long word = 0;
      for (int i = 0; i < length; i++) {
        word = word << 16 | text.charAt(i);
        if ((i & 3) == 3) {
          add(word);
          word = 0;
        }
      }
      if ((length & 3) != 0) {
        add(word);
      }
    }

    void add(List<Long> values) {
      add(values.size());
      for (long value : values) {
        add(value);
      }
    }

    Fingerprint finish() {
      long words = count;
      if ((words & 1) != 0) {
        add(0);
      }
      h1 ^= words;
      h2 ^= words;
      h1 += h2;
      h2 += h1;
      h1 = avalanche(h1);
      h2 = avalanche(h2);
      h1 += h2;
      h2 += h1;
      return new Fingerprint(h1, h2);
    }

    private static long avalanche(long k) {
      k = (k ^ k >>> 33) * 0xff51afd7ed558ccdL;
      k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
      return k ^ k >>> 33;
    }
  }
}
