package org.cornu.tracer.batching;

import java.util.ArrayList;
import java.util.List;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Sharding;
import org.jspecify.annotations.Nullable;

/** Shardings of values that have gained a batch dimension. */
final class Shardings {
  private Shardings() {}

  /** {@code sharding} with a batch dimension whose layout the partitioner may choose. */
  static Sharding open(Sharding sharding) {
    return withBatch(sharding, new Sharding.Dim(List.of(), true, -1));
  }

  /**
   * The sharding of an operand or result of a manual computation. The batch dimension is open where
   * another one is, because then mesh axes remain that are not manual; else it is replicated.
   */
  static Sharding manual(Sharding sharding) {
    boolean open = sharding.dims().stream().anyMatch(Sharding.Dim::open);
    return open ? open(sharding) : withBatch(sharding, Sharding.Dim.REPLICATED);
  }

  private static Sharding withBatch(Sharding sharding, Sharding.Dim batch) {
    List<Sharding.Dim> dims = new ArrayList<>();
    dims.add(batch);
    dims.addAll(sharding.dims());
    return new Sharding(sharding.mesh(), dims, sharding.replicated(), sharding.unreduced());
  }

  /** An attribute of an argument or result that has gained a batch dimension. */
  static Attribute ofValue(String key, Attribute value) {
    if (value instanceof Sharding sharding) {
      return open(sharding);
    }
    return key.equals("mhlo.sharding") && value instanceof Attribute.Str text ? gspmd(text) : value;
  }

  /**
   * GSPMD's spelling of a sharding, {@code {devices=[2,1]<=[2]}}, with a batch dimension in front
   * that is not split.
   */
  static Attribute.Str gspmd(Attribute.Str sharding) {
    return new Attribute.Str(sharding.value().replace("devices=[", "devices=[1,"));
  }

  /**
   * A discardable attribute of an op whose results have gained a batch dimension; null when it
   * holds no longer.
   */
  static @Nullable Attribute ofOp(String key, Attribute value) {
    boolean layout = value instanceof Sharding || value instanceof Sharding.PerValue;
    return layout || key.equals("mhlo.sharding") ? null : value;
  }
}
