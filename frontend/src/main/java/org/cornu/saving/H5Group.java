package org.cornu.saving;

import static org.bytedeco.hdf5.global.hdf5.H5O_TYPE_DATASET;
import static org.bytedeco.hdf5.global.hdf5.H5O_TYPE_GROUP;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cornu.stablehlo.ir.Literal;
import org.jspecify.annotations.Nullable;

/** A group of an HDF5 file: named groups and datasets, with attributes. */
public final class H5Group implements H5Node {
  private final H5File file;
  private final String path;

  H5Group(H5File file, String path) {
    this.file = file;
    this.path = path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Map<String, @Nullable Object> attributes() throws IOException {
    return H5Attributes.read(file, path);
  }

  /**
   * The list of strings in an attribute, joined again where it was too long for one: Keras writes
   * {@code layer_names0}, {@code layer_names1}, ….
   */
  public List<String> strings(String attribute) throws IOException {
    Map<String, @Nullable Object> all = attributes();
    List<String> out = new ArrayList<>();
    if (all.containsKey(attribute)) {
      append(out, all.get(attribute));
      return out;
    }
    for (int i = 0; all.containsKey(attribute + i); i++) {
      append(out, all.get(attribute + i));
    }
    return out;
  }

  private static void append(List<String> out, @Nullable Object value) {
    if (value instanceof List<?> list) {
      list.forEach(item -> out.add(String.valueOf(item)));
    } else if (value != null) {
      out.add(String.valueOf(value));
    }
  }

  /** Names of the members, sorted. */
  public List<String> names() throws IOException {
    return file.names(path);
  }

  /** Whether something stands under a path below this group. */
  public boolean has(String relative) {
    String at = path;
    for (String part : relative.split("/")) {
      at = child(at, part);
      if (!file.exists(at)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The group or dataset under a path below this group.
   *
   * @throws FormatException where there is none, or a link on the way is not a plain one
   */
  public H5Node get(String relative) throws IOException {
    String at = path;
    int kind = H5O_TYPE_GROUP;
    for (String part : relative.split("/")) {
      at = child(at, part);
      if (!file.exists(at)) {
        throw new FormatException(
            "hdf5: " + file.where(path) + " has no '" + relative + "'; it has " + names());
      }
      kind = file.kind(at);
    }
    if (kind == H5O_TYPE_GROUP) {
      return new H5Group(file, at);
    }
    if (kind == H5O_TYPE_DATASET) {
      return new H5Dataset(file, at);
    }
    throw new FormatException("hdf5: " + file.where(at) + " is neither group nor dataset");
  }

  /** The group under a path below this one. */
  public H5Group group(String relative) throws IOException {
    if (get(relative) instanceof H5Group group) {
      return group;
    }
    throw new FormatException("hdf5: " + file.where(child(path, relative)) + " is no group");
  }

  /** The dataset under a path below this group. */
  public H5Dataset dataset(String relative) throws IOException {
    if (get(relative) instanceof H5Dataset dataset) {
      return dataset;
    }
    throw new FormatException("hdf5: " + file.where(child(path, relative)) + " is no dataset");
  }

  /**
   * The variables of one object as Keras stores them: datasets {@code 0}, {@code 1}, … in that
   * order.
   */
  public List<Literal> variables() throws IOException {
    List<Literal> out = new ArrayList<>();
    while (has(String.valueOf(out.size()))) {
      out.add(dataset(String.valueOf(out.size())).read());
    }
    return out;
  }

  /** All datasets at and below this group, depth first in the order of names. */
  public List<H5Dataset> datasets() throws IOException {
    List<H5Dataset> out = new ArrayList<>();
    for (String name : names()) {
      H5Node node = get(name);
      if (node instanceof H5Dataset dataset) {
        out.add(dataset);
      } else if (node instanceof H5Group group) {
        out.addAll(group.datasets());
      }
    }
    return out;
  }

  private static String child(String parent, String name) {
    return parent.equals("/") ? "/" + name : parent + "/" + name;
  }

  @Override
  public String toString() {
    return file.where(path);
  }
}
