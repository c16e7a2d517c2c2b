package org.cornu.stablehlo.build;

import static org.cornu.stablehlo.build.Adaptor.ANY;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.DType;
import org.cornu.stablehlo.ir.ElementType;
import org.cornu.stablehlo.ir.Literal;
import org.cornu.stablehlo.ir.Shape;
import org.cornu.stablehlo.ir.TensorType;
import org.cornu.stablehlo.ir.Type;

/**
 * Types of ops that devices execute together. How many replicas and partitions a program runs on is
 * not known here, so that of the constraints on replica groups those remain that hold for any
 * number.
 */
final class CollectiveRules {
  /** No group size is known. */
  private static final long UNKNOWN = -1;

  private CollectiveRules() {}

  private static void some(Adaptor a, String label) {
    if (a.count() == 0) {
      throw a.fail(label, "expected at least one operand");
    }
  }

  /**
   * Checks replica groups: unique ids (first label) that are 0, 1, 2, … (second label). Returns
   * their common size, or {@link #UNKNOWN}.
   */
  private static long groups(Adaptor a, String uniqueLabel, String rangeLabel, boolean sameSize) {
    Attribute attribute = a.attributes.get("replica_groups");
    if (attribute == null) {
      throw a.fail("", "attribute 'replica_groups' is missing");
    }
    if (!(attribute instanceof Attribute.Elements elements)) {
      return UNKNOWN; // mesh axes, kept as text
    }
    Literal groups = elements.literal();
    if (groups.type().rank() != 2) {
      throw a.fail("", "replica_groups must be a matrix, got " + groups.type().brief());
    }
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < groups.count(); i++) {
      long id = groups.longAt(i);
      if (id == -1 && !sameSize) {
        continue;
      }
      if (id < 0) {
        throw a.fail(rangeLabel, "replica_groups must be at least 0, got " + id);
      }
      if (!seen.add(id)) {
        throw a.fail(uniqueLabel, "replica_groups must be unique, got " + id + " twice");
      }
    }
    for (long id = 0; id < seen.size(); id++) {
      if (!seen.contains(id)) {
        throw a.fail(
            rangeLabel,
            "replica_groups must contain each id below their number, "
                + seen.size()
                + ", but "
                + id
                + " is missing");
      }
    }
    if (a.flag("use_global_device_ids", false) && groups.count() == 0) {
      throw a.fail("", "replica_groups must not be empty with use_global_device_ids");
    }
    return groups.count() == 0 ? UNKNOWN : groups.type().dim(1);
  }

  private static long channel(Adaptor a) {
    Attribute.ChannelHandle handle = a.optional("channel_handle", Attribute.ChannelHandle.class);
    return handle == null ? 0 : handle.handle();
  }

  private static void globalIds(Adaptor a, String label) {
    if (a.flag("use_global_device_ids", false) && channel(a) <= 0) {
      throw a.fail(
          label, "use_global_device_ids needs a channel_handle above 0, got " + channel(a));
    }
  }

  /**
   * How many processes work together: the size of a group, unless groups of replicas span all
   * partitions ({@code cross_replica_and_partition}), whose number is not known.
   */
  private static long processes(Adaptor a, long groupSize) {
    boolean acrossPartitions = channel(a) > 0 && !a.flag("use_global_device_ids", false);
    return acrossPartitions ? UNKNOWN : groupSize;
  }

  /** Concatenation over the processes of each group. */
  static List<Type> allGather(Adaptor a) {
    some(a, "");
    long size = processes(a, groups(a, "C2", "C4", true)); // (C2), (C4)
    globalIds(a, "C5"); // (C5)
    long dim = a.integer("all_gather_dim");
    List<Type> results = new ArrayList<>(a.count());
    for (int i = 0; i < a.count(); i++) {
      TensorType x = a.tensor(i, ANY);
      a.inRange("C1", "all_gather_dim of " + x.brief(), dim, x.rank()); // (C1)
      long length = x.dim((int) dim);
      results.add(
          x.withShape(
              x.shape().with((int) dim, size == UNKNOWN ? Shape.DYNAMIC : times(length, size))));
    }
    return multiples(a, "C6", results, (int) dim, size, false); // (C6)
  }

  private static long times(long length, long size) {
    return length == Shape.DYNAMIC ? length : length * size;
  }

  /** Results where the number of processes may be unknown: then they must be given. */
  private static List<Type> multiples(
      Adaptor a, String label, List<Type> results, int dim, long size, boolean smaller) {
    if (size == UNKNOWN) {
      if (a.given.isEmpty()) {
        throw a.fail("", "result types must be given, since the number of processes is not known");
      }
      for (int i = 0; i < a.count() && i < a.given.size(); i++) {
        TensorType x = a.tensor(i);
        TensorType result = a.givenTensor(i);
        if (result.rank() != x.rank()) {
          break;
        }
        long small = smaller ? result.dim(dim) : x.dim(dim);
        long large = smaller ? x.dim(dim) : result.dim(dim);
        boolean open = small == Shape.DYNAMIC || large == Shape.DYNAMIC;
        if (!open && (small == 0 ? large != 0 : large % small != 0)) {
          throw a.fail(
              label,
              "dimension "
                  + dim
                  + " of operand "
                  + x.brief()
                  + " and result "
                  + result.brief()
                  + " must be multiples of each other");
        }
      }
    }
    return a.results(label, results);
  }

  /** Reduction over the processes of each group. */
  static List<Type> allReduce(Adaptor a) {
    a.regionCount(1);
    some(a, "");
    groups(a, "C1", "C3", false); // (C1), (C3)
    globalIds(a, "C4"); // (C4)
    return a.results("C6", reduced(a, a.count(), "C5", "C7")); // (C5), (C6), (C7)
  }

  /** Each operand's type with the element type that the one computation gives it. */
  private static List<Type> reduced(Adaptor a, int n, String bodyLabel, String elementLabel) {
    List<Type> results = new ArrayList<>(n);
    List<ElementType> elements = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      TensorType x = a.tensor(i, ANY);
      ElementType element =
          RegionRules.reducer(a, bodyLabel, a.region(0), List.of(x.element())).get(0);
      elements.add(element);
      results.add(x.withElement(element));
    }
    ReductionRules.checkElements(a, elementLabel, elements);
    return results;
  }

  /** Exchange of parts between the processes of each group. */
  static List<Type> allToAll(Adaptor a) {
    some(a, "");
    long split = a.integer("split_dimension");
    long concat = a.integer("concat_dimension");
    long count = a.integer("split_count");
    if (count <= 0) {
      throw a.fail("C4", "split_count must be positive, got " + count); // (C4)
    }
    long size = groups(a, "C5", "C7", true); // (C5), (C7)
    boolean listed = a.attributes.get("replica_groups") instanceof Attribute.Elements;
    if (listed && size != count) {
      throw a.fail(
          "C8",
          "replica_groups must have split_count "
              + count
              + " columns, got "
              + a.attributes.get("replica_groups")); // (C8)
    }
    List<Type> results = new ArrayList<>(a.count());
    for (int i = 0; i < a.count(); i++) {
      TensorType x = a.tensor(i, ANY);
      a.inRange("C1", "split_dimension of " + x.brief(), split, x.rank()); // (C1)
      a.inRange("C3", "concat_dimension of " + x.brief(), concat, x.rank()); // (C3)
      long[] dims = x.shape().dims();
      long[] bounds = Bounds.filled(x);
      int from = (int) split;
      int to = (int) concat;
      if (dims[from] != Shape.DYNAMIC && dims[from] % count != 0) {
        throw a.fail(
            "C2",
            "dimension "
                + split
                + " of "
                + x.brief()
                + " must be divisible by split_count "
                + count); // (C2)
      }
      dims[from] = dims[from] == Shape.DYNAMIC ? Shape.DYNAMIC : dims[from] / count;
      bounds[from] = bounds[from] == Shape.DYNAMIC ? Shape.DYNAMIC : bounds[from] / count;
      dims[to] = times(dims[to], count);
      bounds[to] = times(bounds[to], count);
      results.add(Bounds.tensor(x, dims, bounds));
    }
    return a.results("C9", results); // (C9)
  }

  /** Fails unless a last operand names one root per data operand. Returns the number of data. */
  private static int data(Adaptor a, String staticLabel, String dynamicLabel) {
    if (!a.flag("has_dynamic_root", false)) {
      some(a, staticLabel);
      return a.count();
    }
    int n = a.count() - 1;
    if (n < 1) {
      throw a.fail(dynamicLabel, "expected data and roots, got " + a.count() + " operands");
    }
    TensorType roots = a.tensor(n);
    if (roots.dtype() != DType.I32
        || roots.rank() != 1
        || !Compatibility.sameDim(roots.dim(0), n)) {
      throw a.fail(dynamicLabel, "roots must have type " + "i32[" + n + "], got " + roots.brief());
    }
    return n;
  }

  /** The values of one process of each group. */
  static List<Type> collectiveBroadcast(Adaptor a) {
    broadcastGroups(a);
    int n = data(a, "C3", "C4"); // (C3), (C4)
    List<Type> results = RegionRules.types(a.operands.subList(0, n));
    return a.results(a.given.size() == n ? "C3" : "C5", results); // (C5)
  }

  private static void broadcastGroups(Adaptor a) {
    if (a.attributes.get("replica_groups") instanceof Attribute.Elements elements) {
      Literal groups = elements.literal();
      if (groups.type().rank() != 2) {
        throw a.fail("", "replica_groups must be a matrix, got " + groups.type().brief());
      }
      Set<Long> seen = new HashSet<>();
      for (int i = 0; i < groups.count(); i++) {
        long id = groups.longAt(i);
        if (id < 0) {
          throw a.fail("C2", "replica_groups must be at least 0, got " + id); // (C2)
        }
        if (!seen.add(id)) {
          throw a.fail("C1", "replica_groups must be unique, got " + id + " twice"); // (C1)
        }
      }
    } else if (!a.attributes.containsKey("replica_groups")) {
      throw a.fail("", "attribute 'replica_groups' is missing");
    }
  }

  /** A reduction whose result one process of each group gets. */
  static List<Type> collectiveReduce(Adaptor a) {
    a.regionCount(1);
    groups(a, "C1", "C2", false); // (C1), (C2)
    globalIds(a, "");
    int n = data(a, "C3", "C3"); // (C3)
    return a.results("C3", reduced(a, n, "C4", "C4")); // (C4)
  }

  /** Pairs of a sender and a receiver. */
  static void pairs(Adaptor a, Literal pairs) {
    TensorType type = pairs.type();
    if (type.rank() != 2 || type.dim(1) != 2) {
      throw a.fail("C1", "source_target_pairs must have shape [n,2], got " + type.brief()); // (C1)
    }
    Set<Long> sources = new HashSet<>();
    Set<Long> targets = new HashSet<>();
    for (int i = 0; i < pairs.count(); i++) {
      long id = pairs.longAt(i);
      if (id < 0) {
        throw a.fail("C4", "source_target_pairs must be at least 0, got " + id); // (C4)
      }
      if (i % 2 == 0 && !sources.add(id)) {
        throw a.fail("C2", "sources must be unique, got " + id + " twice"); // (C2)
      }
      if (i % 2 == 1 && !targets.add(id)) {
        throw a.fail("C3", "targets must be unique, got " + id + " twice"); // (C3)
      }
    }
  }

  /** Values sent from process to process. */
  static List<Type> collectivePermute(Adaptor a) {
    some(a, "");
    pairs(a, a.attribute("source_target_pairs", Attribute.Elements.class).literal());
    for (int i = 0; i < a.count(); i++) {
      a.tensor(i, ANY);
    }
    return a.results("C5", RegionRules.types(a.operands)); // (C5)
  }

  /** The old sum over replicas. */
  static List<Type> crossReplicaSum(Adaptor a) {
    a.arity(1);
    groups(a, "", "", false);
    return a.result("", a.tensor(0, ANY));
  }

  /** Reduction over the processes of each group, of which each keeps its part. */
  static List<Type> reduceScatter(Adaptor a) {
    a.arity(1);
    a.regionCount(1);
    TensorType x = a.tensor(0, ANY);
    long dim = a.integer("scatter_dimension");
    a.inRange("C2", "scatter_dimension of " + x.brief(), dim, x.rank()); // (C2)
    long size = processes(a, groups(a, "C3", "C5", true)); // (C3), (C5)
    globalIds(a, "C6"); // (C6)
    TensorType out = (TensorType) reduced(a, 1, "C7", "C9").get(0); // (C7), (C9)
    long length = x.dim((int) dim);
    if (size != UNKNOWN && length != Shape.DYNAMIC && length % size != 0) {
      throw a.fail(
          "C1",
          "dimension "
              + dim
              + " of "
              + x.brief()
              + " must be divisible by the size of a group, "
              + size); // (C1)
    }
    boolean open = size == UNKNOWN || length == Shape.DYNAMIC;
    Shape shape = x.shape().with((int) dim, open ? Shape.DYNAMIC : length / size);
    return multiples(a, "C8", List.of(out.withShape(shape)), (int) dim, size, true); // (C8)
  }

  /** The number of this process. */
  static List<Type> id(Adaptor a) {
    a.arity(0);
    return a.result("", TensorType.of(DType.U32));
  }
}
