package org.cornu.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Functions of Keras by their dotted paths, each with Keras' signature and the call of Cornu's
 * function that it stands for. Recorded cases are run through it, and the comparison with the list
 * of Keras' functions reads it.
 */
public final class OpCatalog {
  /** Calls Cornu's function: a tensor, a list or record of them, or a Java value. */
  @FunctionalInterface
  public interface Call {
    /** The result for these arguments. */
    @Nullable Object apply(Arguments arguments);
  }

  /** Service: adds functions of other packages. */
  public interface Provider {
    /** Adds entries. */
    void addTo(OpCatalog catalog);
  }

  /**
   * One function.
   *
   * @param path Keras' dotted path: {@code keras.ops.abs}
   * @param signature Keras' parameters
   * @param method Cornu's function: {@code Np.abs}
   */
  public record Entry(String path, Signature signature, String method, Call call) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private OpCatalog() {}

  /** All functions of Cornu and of services. */
  public static OpCatalog load() {
    OpCatalog out = new OpCatalog();
    NumpyEntries.addTo(out);
    ShapeEntries.addTo(out);
    NnEntries.addTo(out);
    CoreEntries.addTo(out);
    LinalgEntries.addTo(out);
    ImageEntries.addTo(out);
    ServiceLoader.load(Provider.class, OpCatalog.class.getClassLoader()).forEach(p -> p.addTo(out));
    return out;
  }

  /**
   * Adds a function.
   *
   * @param path with parameters, as Keras writes it: {@code keras.ops.sum(x, axis=None)}
   * @param method Cornu's function, for people
   */
  public void add(String path, String method, Call call) {
    int open = path.indexOf('(');
    String name = path.substring(0, open);
    Entry entry = new Entry(name, Signature.parse(path.substring(open)), method, call);
    if (entries.put(name, entry) != null) {
      throw new IllegalStateException("the catalog holds " + name + " twice");
    }
  }

  /** Adds another name of a function that is there. */
  void alias(String path, String of) {
    Entry entry = entries.get(of);
    if (entry == null) {
      throw new IllegalStateException("the catalog holds no " + of);
    }
    entries.put(path, new Entry(path, entry.signature(), entry.method(), entry.call()));
  }

  /** All functions by path. */
  public Map<String, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** The function at a path, also through a submodule such as {@code keras.ops.linalg}; or null. */
  public @Nullable Entry find(String path) {
    Entry entry = entries.get(path);
    if (entry == null && path.startsWith("keras.ops.")) {
      entry = entries.get("keras.ops" + path.substring(path.lastIndexOf('.')));
    }
    return entry;
  }
}
