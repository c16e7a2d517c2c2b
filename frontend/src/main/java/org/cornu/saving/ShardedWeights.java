package org.cornu.saving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.cornu.stablehlo.ir.Literal;
import org.jspecify.annotations.Nullable;

/**
 * Weights spread over several HDF5 files of limited size, with an index {@code NAME.weights.json}:
 * {@code {"metadata": {"total_size"}, "weight_map": {group path: file or files}}}, as Keras writes
 * it with {@code max_shard_size}.
 */
public final class ShardedWeights implements AutoCloseable {
  private static final String SUFFIX = ".weights.json";

  private final Path index;
  private final Map<String, List<String>> files = new LinkedHashMap<>();
  private final Map<String, H5File> open = new LinkedHashMap<>();

  private ShardedWeights(Path index) {
    this.index = index;
  }

  /**
   * Opens an index; its files are opened when they are needed.
   *
   * @throws FormatException where the index is damaged, or names a file outside its folder
   */
  public static ShardedWeights open(Path index) throws IOException {
    ShardedWeights weights = new ShardedWeights(index);
    Object map = Json.parseObject(Files.readString(index)).get("weight_map");
    if (!(map instanceof Map<?, ?> entries)) {
      throw new FormatException("sharded weights: " + index + " has no weight_map");
    }
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      List<String> names = new ArrayList<>();
      for (Object name : entry.getValue() instanceof List<?> l ? l : List.of(entry.getValue())) {
        String file = String.valueOf(name);
        if (file.contains("/") || file.contains("\\") || file.equals("..")) {
          throw new FormatException(
              "sharded weights: " + index + " names '" + file + "', outside its folder");
        }
        names.add(file);
      }
      weights.files.put(String.valueOf(entry.getKey()), names);
    }
    return weights;
  }

  /** Paths of all groups that hold variables, such as {@code /layers/dense/vars}. */
  public Set<String> groups() {
    return new LinkedHashSet<>(files.keySet());
  }

  /** The variables of a group, gathered from all files that hold some, in order. */
  public List<Literal> variables(String group) throws IOException {
    Map<Integer, Literal> found = new TreeMap<>();
    for (String file : files.getOrDefault(group, List.of())) {
      H5Group root = shard(file).root();
      if (root.has(group.substring(1))) {
        H5Group part = root.group(group.substring(1));
        for (String name : part.names()) {
          found.put(Integer.parseInt(name), part.dataset(name).read());
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private H5File shard(String file) throws IOException {
    H5File known = open.get(file);
    if (known == null) {
      known = H5File.open(index.resolveSibling(file));
      open.put(file, known);
    }
    return known;
  }

  /** Closes the files. */
  @Override
  public void close() {
    open.values().forEach(H5File::close);
    open.clear();
  }

  /**
   * Writes an index and its files, of at most {@code maxShardBytes} of data each. The index is
   * written last, so that it never names a file that is not there.
   *
   * @param index the path, ending in {@code .weights.json}
   * @param groups variables by group path, such as {@code /layers/dense/vars}
   * @param names the attribute {@code name} of groups that have one
   * @throws IllegalArgumentException where one variable alone is larger than the limit
   */
  public static void write(
      Path index, Map<String, List<Literal>> groups, Map<String, String> names, long maxShardBytes)
      throws IOException {
    String fileName = index.getFileName().toString();
    if (!fileName.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "sharded weights: the file's name must end in " + SUFFIX + ": got " + index);
    }
    String stem = fileName.substring(0, fileName.length() - SUFFIX.length());
    Map<String, Object> map = new LinkedHashMap<>();
    List<Map<String, Literal>> shards = plan(groups, stem, maxShardBytes, map);
    for (int i = 0; i < shards.size(); i++) {
      Map<String, Literal> shard = shards.get(i);
      AtomicFile.write(
          index.resolveSibling(shardName(stem, i)),
          temporary -> {
            try (H5Writer out = H5Writer.create(temporary)) {
              for (Map.Entry<String, Literal> item : shard.entrySet()) {
                String group = item.getKey().substring(0, item.getKey().lastIndexOf('/'));
                out.group(group);
                out.dataset(item.getKey(), item.getValue());
                if (names.containsKey(group)) {
                  out.attribute(group, "name", names.get(group));
                }
              }
            }
          });
    }
    long total =
        groups.values().stream().flatMap(List::stream).mapToLong(ShardedWeights::size).sum();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("metadata", Map.of("total_size", total));
    tree.put("weight_map", map);
    byte[] text = Json.write(tree).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(index, temporary -> Files.write(temporary, text));
  }

  private static List<Map<String, Literal>> plan(
      Map<String, List<Literal>> groups, String stem, long limit, Map<String, Object> map) {
    List<Map<String, Literal>> shards = new ArrayList<>();
    shards.add(new LinkedHashMap<>());
    long used = 0;
    for (Map.Entry<String, List<Literal>> group : groups.entrySet()) {
      Set<String> files = new LinkedHashSet<>();
      for (int i = 0; i < group.getValue().size(); i++) {
        Literal value = group.getValue().get(i);
        long size = size(value);
        if (size > limit) {
          throw new IllegalArgumentException(
              "sharded weights: "
                  + group.getKey()
                  + "/"
                  + i
                  + " has "
                  + size
                  + " bytes, more than one file may hold ("
                  + limit
                  + ")");
        }
        if (used + size > limit) {
          shards.add(new LinkedHashMap<>());
          used = 0;
        }
        used += size;
        shards.get(shards.size() - 1).put(group.getKey() + "/" + i, value);
        files.add(shardName(stem, shards.size() - 1));
      }
      map.put(group.getKey(), List.copyOf(files));
    }
    return shards;
  }

  private static long size(Literal value) {
    return value.type().shape().count() * value.type().dtype().bytes();
  }

  private static String shardName(String stem, int i) {
    return String.format(Locale.ROOT, "%s_%05d.weights.h5", stem, i);
  }
}
