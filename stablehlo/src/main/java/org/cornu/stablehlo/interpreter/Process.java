package org.cornu.stablehlo.interpreter;

import java.util.Arrays;
import java.util.List;

/**
 * One process of a grid: what runs a program on one device.
 *
 * @param grid the grid it belongs to
 * @param replica its row
 * @param partition its column
 */
record Process(ProcessGrid grid, int replica, int partition) {

  /** Its number in row-major order. */
  int id() {
    return replica * grid.partitions() + partition;
  }

  /**
   * The group of processes that this one communicates with, given rows of ids padded with -1; empty
   * when it is in none (spec, "Collective ops").
   */
  int[] group(long[][] rows, Strategy strategy) {
    for (long[] row : rows) {
      int[] ids = Arrays.stream(row).filter(id -> id >= 0).mapToInt(id -> (int) id).toArray();
      int[] group = strategy.processes(ids, this);
      if (Indexing.contains(group, id())) {
        return group;
      }
    }
    return new int[0];
  }

  /** All processes of its grid. */
  int[] everyone() {
    int[] out = new int[grid.replicas() * grid.partitions()];
    for (int i = 0; i < out.length; i++) {
      out[i] = i;
    }
    return out;
  }

  /** Waits until all of {@code group} have come with this channel; their values in group order. */
  List<List<Array>> exchange(int[] group, long channel, List<Array> values) {
    return grid.exchange(group, channel, id(), values);
  }

  /** What the ids in a group of a collective op stand for. */
  enum Strategy {
    /** Replicas, within one partition. */
    CROSS_REPLICA {
      @Override
      int[] processes(int[] ids, Process of) {
        return Arrays.stream(ids).map(r -> r * of.grid.partitions() + of.partition).toArray();
      }
    },
    /** Partitions, within one replica. */
    CROSS_PARTITION {
      @Override
      int[] processes(int[] ids, Process of) {
        return Arrays.stream(ids).map(p -> of.replica * of.grid.partitions() + p).toArray();
      }
    },
    /** Replicas with all their partitions. */
    CROSS_REPLICA_AND_PARTITION {
      @Override
      int[] processes(int[] ids, Process of) {
        int partitions = of.grid.partitions();
        int[] out = new int[ids.length * partitions];
        for (int p = 0; p < partitions; p++) {
          for (int i = 0; i < ids.length; i++) {
            out[p * ids.length + i] = ids[i] * partitions + p;
          }
        }
        return out;
      }
    },
    /** Process numbers. */
    FLATTENED_IDS {
      @Override
      int[] processes(int[] ids, Process of) {
        return ids;
      }
    };

    abstract int[] processes(int[] ids, Process of);
  }
}
