package org.cornu.stablehlo.ir;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an op: an immutable map in the order of its keys. Most ops have none to three,
 * and programs have many ops, so two arrays take the place of a tree; copies of an op share them.
 */
final class Attributes extends AbstractMap<String, Attribute> {
  private static final Attributes NONE = new Attributes(new String[0], new Attribute[0]);

  /** Up to here looking at every key is faster than halving. */
  private static final int FEW = 8;

  private final String[] keys;
  private final Attribute[] values;
  private final List<Func> callees;

  private Attributes(String[] keys, Attribute[] values) {
    this.keys = keys;
    this.values = values;
    List<Func> named = null;
    for (Attribute value : values) {
      named = callees(value, named);
    }
    this.callees = named == null ? List.of() : List.copyOf(named);
  }

  /** The entries of a map; itself when it is one of these already. */
  static Attributes of(Map<String, Attribute> entries) {
    if (entries instanceof Attributes attributes) {
      return attributes;
    }
    int count = entries.size();
    if (count == 0) {
      return NONE;
    }
    String[] keys = new String[count];
    Attribute[] values = new Attribute[count];
    int filled = 0;
    for (Map.Entry<String, Attribute> entry :
        (count <= FEW ? entries : new TreeMap<>(entries)).entrySet()) {
      String key = entry.getKey();
      int at = filled++;
      for (; at > 0 && keys[at - 1].compareTo(key) > 0; at--) {
        keys[at] = keys[at - 1];
        values[at] = values[at - 1];
      }
      keys[at] = key;
      values[at] = Objects.requireNonNull(entry.getValue());
    }
    return new Attributes(keys, values);
  }

  private static @Nullable List<Func> callees(Attribute attribute, @Nullable List<Func> found) {
    List<Func> out = found;
    if (attribute instanceof Attribute.Callee callee) {
      out = out == null ? new ArrayList<>() : out;
      out.add(callee.func());
    } else if (attribute instanceof Attribute.Array array) {
      for (Attribute element : array.elements()) {
        out = callees(element, out);
      }
    } else if (attribute instanceof Attribute.Dict dict) {
      for (Attribute element : dict.entries().values()) {
        out = callees(element, out);
      }
    }
    return out;
  }

  /** The functions that the attributes name, also within lists and dictionaries. */
  List<Func> callees() {
    return callees;
  }

  private int position(@Nullable Object key) {
    if (keys.length > FEW) {
      return key instanceof String ? Arrays.binarySearch(keys, key) : -1;
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].equals(key)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public @Nullable Attribute get(@Nullable Object key) {
    int at = position(key);
    return at < 0 ? null : values[at];
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return position(key) >= 0;
  }

  @Override
  public int size() {
    return keys.length;
  }

  @Override
  public boolean isEmpty() {
    return keys.length == 0;
  }

  @Override
  public Collection<Attribute> values() {
    return Arrays.asList(values.clone());
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Attribute> action) {
    for (int i = 0; i < keys.length; i++) {
      action.accept(keys[i], values[i]);
    }
  }

  @Override
  public Set<Map.Entry<String, Attribute>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public int size() {
        return keys.length;
      }

      @Override
      public Iterator<Map.Entry<String, Attribute>> iterator() {
        return new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return next < keys.length;
          }

          @Override
          public Map.Entry<String, Attribute> next() {
            if (next == keys.length) {
              throw new NoSuchElementException();
            }
            return Map.entry(keys[next], values[next++]);
          }
        };
      }
    };
  }
}
