package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.cornu.stablehlo.ir.Attribute;
import org.cornu.stablehlo.ir.Block;
import org.cornu.stablehlo.ir.Func;
import org.cornu.stablehlo.ir.Module;
import org.cornu.stablehlo.ir.Op;
import org.cornu.stablehlo.ir.OpCode;
import org.cornu.stablehlo.ir.Sharding;
import org.jspecify.annotations.Nullable;

/**
 * Regions that compute on one device's part of each tensor. Outside of them every process of the
 * grid holds whole tensors; on the way in it cuts out its own part, on the way out all parts are
 * put together again.
 */
final class Sharded {
  /** A channel that no program uses. */
  private static final long ASSEMBLY = Long.MIN_VALUE;

  private Sharded() {}

  /** Which part of a tensor a device holds: number of parts and position, per dimension. */
  interface Tiling {
    /** Number of parts of dimension {@code axis}. */
    int parts(int axis);

    /** The part of dimension {@code axis} that {@code device} holds. */
    int part(int axis, int device);
  }

  /** The number of devices of the largest mesh of a module, 0 without a mesh. */
  static int devices(Module module) {
    int most = 0;
    for (Module.Mesh mesh : module.meshes()) {
      most = Math.max(most, size(mesh));
    }
    return most;
  }

  private static int size(Module.Mesh mesh) {
    long size = 1;
    for (Module.Mesh.Axis axis : mesh.axes()) {
      size *= axis.size();
    }
    return Math.toIntExact(size);
  }

  /** True when the entry point reaches an op whose meaning depends on the device. */
  static boolean isPerDevice(Module module) {
    return reaches(module.main().body(), Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean reaches(Block block, Set<Func> seen) {
    for (Op op : block.ops()) {
      boolean perDevice =
          switch (op.code()) {
            case ALL_GATHER,
                ALL_REDUCE,
                ALL_TO_ALL,
                COLLECTIVE_BROADCAST,
                COLLECTIVE_PERMUTE,
                COLLECTIVE_REDUCE,
                CROSS_REPLICA_SUM,
                PARTITION_ID,
                REPLICA_ID,
                REDUCE_SCATTER,
                SDY_MANUAL_COMPUTATION ->
                true;
            case CUSTOM_CALL -> CustomCalls.target(op).startsWith("SPMD");
            default -> false;
          };
      if (perDevice || op.regions().stream().anyMatch(region -> reaches(region, seen))) {
        return true;
      }
      for (Attribute attribute : op.attributes().values()) {
        if (attribute instanceof Attribute.Callee callee
            && !callee.func().isDeclaration()
            && seen.add(callee.func())
            && reaches(callee.func().body(), seen)) {
          return true;
        }
      }
    }
    return false;
  }

  static Datum[] manualComputation(Call c) {
    Set<String> manual =
        Set.copyOf(
            c.op.attribute("manual_axes", Attribute.Array.class).elements().stream()
                .map(axis -> axis instanceof Attribute.Str name ? name.value() : axis.toString())
                .toList());
    List<Sharding> in = c.op.attribute("in_shardings", Sharding.PerValue.class).shardings();
    List<Sharding> out = c.op.attribute("out_shardings", Sharding.PerValue.class).shardings();
    Datum[] local = new Datum[c.operands.length];
    for (int i = 0; i < local.length; i++) {
      local[i] = cut(c, c.x(i), tiling(c, in.get(i), manual));
    }
    Datum[] results = c.region(0).call(local).clone();
    for (int i = 0; i < results.length; i++) {
      results[i] = assemble(c, (Array) results[i], tiling(c, out.get(i), manual));
    }
    return results;
  }

  private static Array cut(Call c, Array whole, Tiling tiling) {
    int device = device(c);
    Array out = whole;
    for (int axis = 0; axis < whole.rank(); axis++) {
      if (tiling.parts(axis) > 1) {
        out = ShapeKernels.part(out, axis, tiling.parts(axis), tiling.part(axis, device));
      }
    }
    return out;
  }

  private static int device(Call c) {
    return c.evaluator.process.id();
  }

  private static Array assemble(Call c, Array local, Tiling tiling) {
    int[] dims = local.dims.clone();
    boolean split = false;
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] *= tiling.parts(axis);
      split |= tiling.parts(axis) > 1;
    }
    if (!split) {
      return local;
    }
    Process process = c.evaluator.process;
    List<List<Array>> all = process.exchange(process.everyone(), ASSEMBLY, List.of(local));
    Array out = Array.zeros(local.element, dims);
    int[] strides = Indexing.strides(dims);
    for (int device = 0; device < all.size(); device++) {
      int offset = 0;
      for (int axis = 0; axis < dims.length; axis++) {
        offset += tiling.part(axis, device) * local.dims[axis] * strides[axis];
      }
      out.put(Indexing.positions(local.dims, offset, strides), all.get(device).get(0));
    }
    return out;
  }

  private static Tiling tiling(Call c, Sharding sharding, Set<String> manual) {
    Module.Mesh mesh = mesh(c, sharding.mesh());
    int devices = size(mesh);
    int here = c.evaluator.process.grid().replicas() * c.evaluator.process.grid().partitions();
    if (devices != here) {
      throw new InterpreterException(
          "manual_computation: a mesh of "
              + devices
              + " devices needs as many processes, got "
              + here);
    }
    return new Tiling() {
      @Override
      public int parts(int axis) {
        int out = 1;
        for (String name : axes(axis)) {
          out *= SubAxis.of(mesh, name).size;
        }
        return out;
      }

      @Override
      public int part(int axis, int device) {
        int place = mesh.deviceIds().isEmpty() ? device : mesh.deviceIds().indexOf((long) device);
        int out = 0;
        for (String name : axes(axis)) {
          SubAxis sub = SubAxis.of(mesh, name);
          out = out * sub.size + place / sub.stride % sub.size;
        }
        return out;
      }

      private List<String> axes(int axis) {
        return sharding.dims().get(axis).axes().stream()
            .filter(name -> manual.contains(name) || manual.contains(SubAxis.whole(name)))
            .toList();
      }
    };
  }

  /** A mesh axis, or a part {@code "x":(pre)size} of one, as a digit of the device's place. */
  private static final class SubAxis {
    final int size;
    final int stride;

    private SubAxis(int size, int stride) {
      this.size = size;
      this.stride = stride;
    }

    static String whole(String name) {
      int colon = name.indexOf(":(");
      return colon < 0 ? name : name.substring(0, colon);
    }

    static SubAxis of(Module.Mesh mesh, String name) {
      int stride = 1;
      for (int i = mesh.axes().size() - 1; i >= 0; i--) {
        Module.Mesh.Axis axis = mesh.axes().get(i);
        int size = Math.toIntExact(axis.size());
        if (axis.name().equals(whole(name))) {
          if (whole(name).equals(name)) {
            return new SubAxis(size, stride);
          }
          int close = name.indexOf(')');
          int before = Integer.parseInt(name.substring(name.indexOf('(') + 1, close));
          int part = Integer.parseInt(name.substring(close + 1));
          return new SubAxis(part, stride * (size / before / part));
        }
        stride *= size;
      }
      throw new InterpreterException("mesh @" + mesh.name() + " has no axis '" + name + "'");
    }
  }

  private static Module.Mesh mesh(Call c, String name) {
    Module module = c.evaluator.process.grid().module();
    if (module != null) {
      for (Module.Mesh mesh : module.meshes()) {
        if (mesh.name().equals(name)) {
          return mesh;
        }
      }
    }
    throw new InterpreterException("mesh @" + name + " is not defined: run the whole module");
  }

  /** {@code SPMDFullToShardShape}: the operand says how it lies on the devices. */
  static Array toShard(Call c) {
    Op source = c.op.operand(0).op();
    Attribute attribute =
        source != null && source.code() == OpCode.CUSTOM_CALL
            ? source.attribute("mhlo.sharding")
            : null;
    return cut(c, c.x(0), gspmd(attribute, c.x(0).dims, c.resultDims(0)));
  }

  /** {@code SPMDShardToFullShape}: the op itself says how the result lies on the devices. */
  static Array toFull(Call c) {
    return assemble(
        c, c.x(0), gspmd(c.op.attribute("mhlo.sharding"), c.resultDims(0), c.x(0).dims));
  }

  /** The tiling of a GSPMD sharding, restricted to the dimensions whose size really changes. */
  private static Tiling gspmd(@Nullable Attribute attribute, int[] whole, int[] local) {
    String text = attribute instanceof Attribute.Str str ? str.value() : "{replicated}";
    GspmdSharding sharding = GspmdSharding.parse(text);
    int[] parts = new int[whole.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = local[i] == 0 ? 1 : whole[i] / local[i];
    }
    if (sharding.tiles().length < whole.length && Arrays.stream(parts).anyMatch(n -> n > 1)) {
      throw new InterpreterException(
          "sharding " + text + " does not say how " + Arrays.toString(whole) + " is split");
    }
    return new Tiling() {
      @Override
      public int parts(int axis) {
        return parts[axis];
      }

      @Override
      public int part(int axis, int device) {
        return parts[axis] == 1
            ? 0
            : sharding.tile(axis, device) * parts[axis] / sharding.tiles()[axis];
      }
    };
  }
}
