package org.cornu.pjrt;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import org.cornu.pjrt.proto.CompileOptionsProto;
import org.cornu.pjrt.proto.DeviceAssignmentProto;
import org.cornu.pjrt.proto.EffortLevel;
import org.cornu.pjrt.proto.ExecutableBuildOptionsProto;

/** Compile options from elsewhere: what would make a plugin abort is refused here. */
final class SerializedOptions {
  /** More devices than any launch has; larger numbers overflow products inside plugins. */
  private static final long MAX_COUNT = 1 << 20;

  private SerializedOptions() {}

  /**
   * The same options without the fields that Cornu does not know, and so cannot check.
   *
   * @throws IllegalArgumentException if a field has a value that a plugin would not survive
   */
  static byte[] sanitize(byte[] bytes) {
    CompileOptionsProto options;
    try {
      options = knownFields(CompileOptionsProto.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("compile options: not a CompileOptionsProto", e);
    }
    check(options.getExecutableBuildOptions());
    return options.toByteArray();
  }

  private static CompileOptionsProto knownFields(CompileOptionsProto options) {
    CompileOptionsProto.Builder builder =
        options.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    ExecutableBuildOptionsProto.Builder build = builder.getExecutableBuildOptionsBuilder();
    build.setUnknownFields(UnknownFieldSet.getDefaultInstance());
    if (build.hasDeviceAssignment()) {
      DeviceAssignmentProto.Builder assignment = build.getDeviceAssignmentBuilder();
      assignment.setUnknownFields(UnknownFieldSet.getDefaultInstance());
      for (int i = 0; i < assignment.getComputationDevicesCount(); i++) {
        assignment
            .getComputationDevicesBuilder(i)
            .setUnknownFields(UnknownFieldSet.getDefaultInstance());
      }
    }
    return builder.build();
  }

  private static void check(ExecutableBuildOptionsProto build) {
    long ordinal = build.getDeviceOrdinal();
    if (ordinal < -1 || ordinal > MAX_COUNT) {
      throw new IllegalArgumentException(
          "compile options: the device ordinal must be -1 or a device: got " + ordinal);
    }
    if (build.getOptimizationLevel() == EffortLevel.UNRECOGNIZED
        || build.getMemoryFittingLevel() == EffortLevel.UNRECOGNIZED) {
      throw new IllegalArgumentException("compile options: unknown effort level");
    }
    requireCount("replicas", build.getNumReplicas());
    requireCount("partitions", build.getNumPartitions());
    if (build.hasDeviceAssignment()) {
      checkAssignment(build);
    }
  }

  private static void requireCount(String what, long count) {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "compile options: " + what + " must be 1 to " + MAX_COUNT + ": got " + count);
    }
  }

  private static void checkAssignment(ExecutableBuildOptionsProto build) {
    DeviceAssignmentProto assignment = build.getDeviceAssignment();
    boolean fits =
        assignment.getReplicaCount() == build.getNumReplicas()
            && assignment.getComputationCount() == build.getNumPartitions()
            && assignment.getComputationDevicesCount() == assignment.getComputationCount()
            && assignment.getComputationDevicesList().stream()
                .allMatch(c -> c.getReplicaDeviceIdsCount() == assignment.getReplicaCount());
    if (!fits) {
      throw new IllegalArgumentException(
          "compile options: the device assignment does not have "
              + build.getNumReplicas()
              + " replicas of "
              + build.getNumPartitions()
              + " partitions");
    }
  }
}
