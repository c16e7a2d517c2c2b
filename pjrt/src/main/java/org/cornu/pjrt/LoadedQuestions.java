package org.cornu.pjrt;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable_AddressableDeviceLogicalIds_Args;
import org.cornu.pjrt.capi.PJRT_LoadedExecutable_GetDeviceAssignment_Args;
import org.cornu.pjrt.capi.Pjrt;
import org.cornu.pjrt.proto.DeviceAssignmentProto;

/** Where a loaded executable runs. */
final class LoadedQuestions {
  private LoadedQuestions() {}

  static Optional<DeviceAssignment> deviceAssignment(Api api, long executable) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_LoadedExecutable_GetDeviceAssignment_Args.class,
                  PJRT_LoadedExecutable_GetDeviceAssignment_Args::new)
              .executable(new PJRT_LoadedExecutable(new Address(executable)));
      api.call(ApiFunction.PJRT_LoadedExecutable_GetDeviceAssignment, args);
      byte[] bytes = Frame.bytes(args.serialized_bytes(), args.serialized_bytes_size());
      Pjrt.cornu_delete(
          Address.of(args.serialized_device_assignment_deleter()),
          Address.of(args.serialized_device_assignment()));
      return read(DeviceAssignmentProto.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new PjrtException("deviceAssignment", ErrorCode.DATA_LOSS, String.valueOf(e));
    }
  }

  private static Optional<DeviceAssignment> read(DeviceAssignmentProto proto) {
    int replicas = proto.getReplicaCount();
    int partitions = proto.getComputationCount();
    if (replicas == 0 || partitions == 0) {
      return Optional.empty();
    }
    int[][] ids = new int[replicas][partitions];
    for (int p = 0; p < partitions; p++) {
      for (int r = 0; r < replicas; r++) {
        ids[r][p] = Math.toIntExact(proto.getComputationDevices(p).getReplicaDeviceIds(r));
      }
    }
    return Optional.of(DeviceAssignment.of(ids));
  }

  static List<LogicalDevice> logicalDevices(Api api, long executable) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_LoadedExecutable_AddressableDeviceLogicalIds_Args.class,
                  PJRT_LoadedExecutable_AddressableDeviceLogicalIds_Args::new)
              .executable(new PJRT_LoadedExecutable(new Address(executable)));
      api.call(ApiFunction.PJRT_LoadedExecutable_AddressableDeviceLogicalIds, args);
      List<LogicalDevice> list = new ArrayList<>();
      for (long i = 0; i < args.num_addressable_device_logical_ids(); i++) {
        var id = args.addressable_device_logical_ids().getPointer(i);
        list.add(new LogicalDevice(id.replica(), id.partition()));
      }
      return Collections.unmodifiableList(list);
    }
  }
}
