package org.cornu.stablehlo.ir;

import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code #sdy.sharding<@mesh, [{"data"}, {}]>}: how one tensor is laid out on a mesh (Shardy's
 * tensor sharding).
 *
 * @param mesh symbol of the mesh, or text of an inlined {@code mesh<...>}
 * @param dims one entry per tensor dimension
 * @param replicated axes the tensor is explicitly replicated over
 * @param unreduced axes over which a reduction is still pending
 */
public record Sharding(String mesh, List<Dim> dims, List<String> replicated, List<String> unreduced)
    implements Attribute {

  /** Copies the lists. */
  public Sharding {
    dims = List.copyOf(dims);
    replicated = List.copyOf(replicated);
    unreduced = List.copyOf(unreduced);
  }

  /** A sharding with closed dimensions and nothing pending. */
  public static Sharding of(String mesh, List<Dim> dims) {
    return new Sharding(mesh, dims, List.of(), List.of());
  }

  /**
   * The mesh axes that split one dimension, major to minor.
   *
   * @param axes axis names, or sub-axes spelled {@code a:(2)2}
   * @param open true where the partitioner may add axes ({@code ?})
   * @param priority Shardy's propagation priority, -1 where none is given
   */
  public record Dim(List<String> axes, boolean open, int priority) {
    /** A dimension that is not split. */
    public static final Dim REPLICATED = new Dim(List.of(), false, -1);

    /** Copies the list. */
    public Dim {
      axes = List.copyOf(axes);
    }

    /** A closed dimension split over these axes. */
    public static Dim of(String... axes) {
      return new Dim(List.of(axes), false, -1);
    }

    @Override
    public String toString() {
      String inner = axes.stream().map(Sharding::axisText).collect(Collectors.joining(", "));
      if (open) {
        inner += inner.isEmpty() ? "?" : ", ?";
      }
      return "{" + inner + "}" + (priority < 0 ? "" : "p" + priority);
    }
  }

  /** {@code #sdy.sharding_per_value<[<@mesh, [..]>, ..]>}: the shardings of several results. */
  public record PerValue(List<Sharding> shardings) implements Attribute {
    /** Copies the list. */
    public PerValue {
      shardings = List.copyOf(shardings);
    }

    @Override
    public String toString() {
      return shardings.stream()
          .map(Sharding::body)
          .collect(Collectors.joining(", ", "#sdy.sharding_per_value<[", "]>"));
    }
  }

  static String axisText(String axis) {
    int colon = axis.indexOf(":(");
    return colon < 0
        ? Attribute.quote(axis)
        : Attribute.quote(axis.substring(0, colon)) + axis.substring(colon);
  }

  private static String axesText(List<String> axes) {
    return axes.stream().map(Sharding::axisText).collect(Collectors.joining(", ", "{", "}"));
  }

  /** {@code <@mesh, [{"data"}, {}]>}: the form without {@code #sdy.sharding} in front. */
  public String body() {
    StringBuilder out = new StringBuilder("<");
    out.append(mesh.startsWith("mesh<") ? mesh : Attribute.symbolText(mesh)).append(", ");
    out.append(dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]")));
    if (!replicated.isEmpty()) {
      out.append(", replicated=").append(axesText(replicated));
    }
    if (!unreduced.isEmpty()) {
      out.append(", unreduced=").append(axesText(unreduced));
    }
    return out.append('>').toString();
  }

  @Override
  public String toString() {
    return "#sdy.sharding" + body();
  }
}
