package org.cornu.pjrt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cornu.pjrt.capi.PJRT_Client;
import org.cornu.pjrt.capi.PJRT_Client_TopologyDescription_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_Id_Args;
import org.cornu.pjrt.capi.PJRT_DeviceDescription_Kind_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Attributes_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Create_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Deserialize_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Destroy_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Fingerprint_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_GetDeviceDescriptions_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_PlatformName_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_PlatformVersion_Args;
import org.cornu.pjrt.capi.PJRT_TopologyDescription_Serialize_Args;
import org.cornu.pjrt.capi.Pjrt;

/**
 * How a client's devices are built up, without the devices themselves: what a compiler needs to
 * know of them.
 *
 * @param platformName the platform
 * @param platformVersion the plugin's description of the platform's software
 * @param devices the kind of each device, by global id
 * @param attributes what the plugin says of the topology
 * @param serialized the plugin's own bytes; empty where it has none
 */
public record Topology(
    String platformName,
    String platformVersion,
    Map<Integer, String> devices,
    Map<String, Object> attributes,
    List<Byte> serialized) {

  static Topology named(Api api, String name, Map<String, Object> options) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_TopologyDescription_Create_Args.class,
                  PJRT_TopologyDescription_Create_Args::new)
              .topology_name(frame.text(name))
              .topology_name_size(Frame.utf8Length(name))
              .create_options(NamedValues.write(frame, options))
              .num_options(options.size());
      api.call(ApiFunction.PJRT_TopologyDescription_Create, args);
      try {
        return read(api, args.topology());
      } finally {
        destroy(api, args.topology());
      }
    }
  }

  /** Asks about this topology as an object of the plugin. */
  <T> T onPlugin(Api api, Function<PJRT_TopologyDescription, T> question) {
    byte[] bytes = new byte[serialized.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = serialized.get(i);
    }
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_TopologyDescription_Deserialize_Args.class,
                  PJRT_TopologyDescription_Deserialize_Args::new)
              .serialized_topology(frame.bytes(bytes))
              .serialized_topology_size(bytes.length);
      api.call(ApiFunction.PJRT_TopologyDescription_Deserialize, args);
      try {
        return question.apply(args.topology());
      } finally {
        destroy(api, args.topology());
      }
    }
  }

  static long fingerprint(Api api, PJRT_TopologyDescription topology) {
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_TopologyDescription_Fingerprint_Args.class,
                  PJRT_TopologyDescription_Fingerprint_Args::new)
              .topology(topology);
      api.call(ApiFunction.PJRT_TopologyDescription_Fingerprint, args);
      return args.fingerprint();
    }
  }

  private static void destroy(Api api, PJRT_TopologyDescription topology) {
    try (Frame frame = new Frame()) {
      var unused =
          api.tryCall(
              ApiFunction.PJRT_TopologyDescription_Destroy,
              frame
                  .args(
                      PJRT_TopologyDescription_Destroy_Args.class,
                      PJRT_TopologyDescription_Destroy_Args::new)
                  .topology(topology));
    }
  }

  static Topology of(Client client) {
    Api api = client.api();
    try (Frame frame = new Frame()) {
      var args =
          frame
              .args(
                  PJRT_Client_TopologyDescription_Args.class,
                  PJRT_Client_TopologyDescription_Args::new)
              .client(new PJRT_Client(new Address(client.handle)));
      // The client owns this topology: it is not destroyed here.
      api.call(ApiFunction.PJRT_Client_TopologyDescription, args);
      return read(api, args.topology());
    }
  }

  private static Topology read(Api api, PJRT_TopologyDescription topology) {
    try (Frame frame = new Frame()) {
      var name =
          frame
              .args(
                  PJRT_TopologyDescription_PlatformName_Args.class,
                  PJRT_TopologyDescription_PlatformName_Args::new)
              .topology(topology);
      api.call(ApiFunction.PJRT_TopologyDescription_PlatformName, name);
      var version =
          frame
              .args(
                  PJRT_TopologyDescription_PlatformVersion_Args.class,
                  PJRT_TopologyDescription_PlatformVersion_Args::new)
              .topology(topology);
      api.call(ApiFunction.PJRT_TopologyDescription_PlatformVersion, version);
      var attributes =
          frame
              .args(
                  PJRT_TopologyDescription_Attributes_Args.class,
                  PJRT_TopologyDescription_Attributes_Args::new)
              .topology(topology);
      return new Topology(
          Frame.text(name.platform_name(), name.platform_name_size()),
          Frame.text(version.platform_version(), version.platform_version_size()),
          devices(api, frame, topology),
          api.tryCall(ApiFunction.PJRT_TopologyDescription_Attributes, attributes)
              ? NamedValues.read(attributes.attributes(), attributes.num_attributes())
              : Map.of(),
          serialize(api, frame, topology));
    }
  }

  private static Map<Integer, String> devices(
      Api api, Frame frame, PJRT_TopologyDescription topology) {
    var args =
        frame
            .args(
                PJRT_TopologyDescription_GetDeviceDescriptions_Args.class,
                PJRT_TopologyDescription_GetDeviceDescriptions_Args::new)
            .topology(topology);
    api.call(ApiFunction.PJRT_TopologyDescription_GetDeviceDescriptions, args);
    Map<Integer, String> devices = new java.util.TreeMap<>();
    for (int i = 0; i < args.num_descriptions(); i++) {
      PJRT_DeviceDescription description = args.descriptions(i);
      var id =
          frame
              .args(PJRT_DeviceDescription_Id_Args.class, PJRT_DeviceDescription_Id_Args::new)
              .device_description(description);
      api.call(ApiFunction.PJRT_DeviceDescription_Id, id);
      var kind =
          frame
              .args(PJRT_DeviceDescription_Kind_Args.class, PJRT_DeviceDescription_Kind_Args::new)
              .device_description(description);
      api.call(ApiFunction.PJRT_DeviceDescription_Kind, kind);
      devices.put(id.id(), Frame.text(kind.device_kind(), kind.device_kind_size()));
    }
    return Collections.unmodifiableMap(devices);
  }

  private static List<Byte> serialize(Api api, Frame frame, PJRT_TopologyDescription topology) {
    var args =
        frame
            .args(
                PJRT_TopologyDescription_Serialize_Args.class,
                PJRT_TopologyDescription_Serialize_Args::new)
            .topology(topology);
    if (!api.tryCall(ApiFunction.PJRT_TopologyDescription_Serialize, args)) {
      return List.of();
    }
    List<Byte> bytes = new ArrayList<>();
    for (byte b : Frame.bytes(args.serialized_bytes(), args.serialized_bytes_size())) {
      bytes.add(b);
    }
    Pjrt.cornu_delete(
        Address.of(args.serialized_topology_deleter()), Address.of(args.serialized_topology()));
    return Collections.unmodifiableList(bytes);
  }
}
