// The PJRT C ABI, last part: extensions and the function table. See pjrt_c_client.h for the rules.
#ifndef CORNU_PJRT_C_ABI_H_
#define CORNU_PJRT_C_ABI_H_

#include "pjrt_c_client.h"
#include "pjrt_c_executable.h"

// ---- Extensions: found by type in the plugin's linked list, called by offset (cornu_ffi.h).

// Offset 40 of the FFI extension. This struct has no extension_start, and it is the one that changed
// in its middle: api_version is gone from newer plugins. A plugin says which of the two it means by
// the size it asks for.
typedef struct PJRT_FFI_Register_Handler_Args {
  size_t struct_size;
  const char* target_name;
  size_t target_name_size;
  void* handler;
  const char* platform_name;
  size_t platform_name_size;
  int traits;
} PJRT_FFI_Register_Handler_Args;

typedef struct PJRT_FFI_Register_Handler_Args_Untyped {
  size_t struct_size;
  const char* target_name;
  size_t target_name_size;
  int api_version;  // 1: typed handlers
  void* handler;
  const char* platform_name;
  size_t platform_name_size;
  int traits;
} PJRT_FFI_Register_Handler_Args_Untyped;

// Offsets 24, 32, 40, 48, 64 and 72 of the layouts extension, in this order.
typedef struct PJRT_Layouts_MemoryLayout_Destroy_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Layouts_MemoryLayout* layout;
} PJRT_Layouts_MemoryLayout_Destroy_Args;

typedef struct PJRT_Layouts_MemoryLayout_Serialize_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Layouts_MemoryLayout* layout;
  const char* serialized_bytes;  // out
  size_t serialized_bytes_size;  // out
  PJRT_Layouts_SerializedLayout* serialized_layout;  // out
  void* serialized_layout_deleter;  // out
} PJRT_Layouts_MemoryLayout_Serialize_Args;

typedef struct PJRT_Layouts_PJRT_Client_GetDefaultLayout_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Client* client;
  PJRT_Buffer_Type type;
  const int64_t* dims;
  size_t num_dims;
  PJRT_Layouts_MemoryLayout* layout;  // out
} PJRT_Layouts_PJRT_Client_GetDefaultLayout_Args;

typedef struct PJRT_Layouts_PJRT_Buffer_MemoryLayout_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Buffer* buffer;
  PJRT_Layouts_MemoryLayout* layout;  // out
} PJRT_Layouts_PJRT_Buffer_MemoryLayout_Args;

typedef struct PJRT_Layouts_PJRT_Executable_GetOutputLayouts_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Executable* executable;
  size_t num_outputs;  // out
  PJRT_Layouts_MemoryLayout** layouts;  // out, part of the executable
} PJRT_Layouts_PJRT_Executable_GetOutputLayouts_Args;

typedef struct PJRT_Layouts_PJRT_Executable_GetParameterLayouts_Args {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Executable* executable;
  size_t num_parameters;  // out
  PJRT_Layouts_MemoryLayout** layouts;  // out, part of the executable
} PJRT_Layouts_PJRT_Executable_GetParameterLayouts_Args;

// Every function of the table has this shape, but for PJRT_Error_Destroy and PJRT_Error_Message,
// which return nothing.
typedef PJRT_Error* PJRT_Function(void* args);

typedef struct PJRT_Api {
  size_t struct_size;
  PJRT_Extension_Base* extension_start;
  PJRT_Api_Version pjrt_api_version;
  PJRT_Function* PJRT_Error_Destroy;
  PJRT_Function* PJRT_Error_Message;
  PJRT_Function* PJRT_Error_GetCode;
  PJRT_Function* PJRT_Plugin_Initialize;
  PJRT_Function* PJRT_Plugin_Attributes;
  PJRT_Function* PJRT_Event_Destroy;
  PJRT_Function* PJRT_Event_IsReady;
  PJRT_Function* PJRT_Event_Error;
  PJRT_Function* PJRT_Event_Await;
  PJRT_Function* PJRT_Event_OnReady;
  PJRT_Function* PJRT_Client_Create;
  PJRT_Function* PJRT_Client_Destroy;
  PJRT_Function* PJRT_Client_PlatformName;
  PJRT_Function* PJRT_Client_ProcessIndex;
  PJRT_Function* PJRT_Client_PlatformVersion;
  PJRT_Function* PJRT_Client_Devices;
  PJRT_Function* PJRT_Client_AddressableDevices;
  PJRT_Function* PJRT_Client_LookupDevice;
  PJRT_Function* PJRT_Client_LookupAddressableDevice;
  PJRT_Function* PJRT_Client_AddressableMemories;
  PJRT_Function* PJRT_Client_Compile;
  PJRT_Function* PJRT_Client_DefaultDeviceAssignment;
  PJRT_Function* PJRT_Client_BufferFromHostBuffer;
  PJRT_Function* PJRT_DeviceDescription_Id;
  PJRT_Function* PJRT_DeviceDescription_ProcessIndex;
  PJRT_Function* PJRT_DeviceDescription_Attributes;
  PJRT_Function* PJRT_DeviceDescription_Kind;
  PJRT_Function* PJRT_DeviceDescription_DebugString;
  PJRT_Function* PJRT_DeviceDescription_ToString;
  PJRT_Function* PJRT_Device_GetDescription;
  PJRT_Function* PJRT_Device_IsAddressable;
  PJRT_Function* PJRT_Device_LocalHardwareId;
  PJRT_Function* PJRT_Device_AddressableMemories;
  PJRT_Function* PJRT_Device_DefaultMemory;
  PJRT_Function* PJRT_Device_MemoryStats;
  PJRT_Function* PJRT_Memory_Id;
  PJRT_Function* PJRT_Memory_Kind;
  PJRT_Function* PJRT_Memory_DebugString;
  PJRT_Function* PJRT_Memory_ToString;
  PJRT_Function* PJRT_Memory_AddressableByDevices;
  PJRT_Function* PJRT_Executable_Destroy;
  PJRT_Function* PJRT_Executable_Name;
  PJRT_Function* PJRT_Executable_NumReplicas;
  PJRT_Function* PJRT_Executable_NumPartitions;
  PJRT_Function* PJRT_Executable_NumOutputs;
  PJRT_Function* PJRT_Executable_SizeOfGeneratedCodeInBytes;
  PJRT_Function* PJRT_Executable_GetCostAnalysis;
  PJRT_Function* PJRT_Executable_OutputMemoryKinds;
  PJRT_Function* PJRT_Executable_OptimizedProgram;
  PJRT_Function* PJRT_Executable_Serialize;
  PJRT_Function* PJRT_LoadedExecutable_Destroy;
  PJRT_Function* PJRT_LoadedExecutable_GetExecutable;
  PJRT_Function* PJRT_LoadedExecutable_AddressableDevices;
  PJRT_Function* PJRT_LoadedExecutable_Delete;
  PJRT_Function* PJRT_LoadedExecutable_IsDeleted;
  PJRT_Function* PJRT_LoadedExecutable_Execute;
  PJRT_Function* PJRT_Executable_DeserializeAndLoad;
  PJRT_Function* PJRT_LoadedExecutable_Fingerprint;
  PJRT_Function* PJRT_Buffer_Destroy;
  PJRT_Function* PJRT_Buffer_ElementType;
  PJRT_Function* PJRT_Buffer_Dimensions;
  PJRT_Function* PJRT_Buffer_UnpaddedDimensions;
  PJRT_Function* PJRT_Buffer_DynamicDimensionIndices;
  PJRT_Function* PJRT_Buffer_GetMemoryLayout;
  PJRT_Function* PJRT_Buffer_OnDeviceSizeInBytes;
  PJRT_Function* PJRT_Buffer_Device;
  PJRT_Function* PJRT_Buffer_Memory;
  PJRT_Function* PJRT_Buffer_Delete;
  PJRT_Function* PJRT_Buffer_IsDeleted;
  PJRT_Function* PJRT_Buffer_CopyToDevice;
  PJRT_Function* PJRT_Buffer_ToHostBuffer;
  PJRT_Function* PJRT_Buffer_IsOnCpu;
  PJRT_Function* PJRT_Buffer_ReadyEvent;
  PJRT_Function* PJRT_Buffer_UnsafePointer;
  PJRT_Function* PJRT_Buffer_IncreaseExternalReferenceCount;
  PJRT_Function* PJRT_Buffer_DecreaseExternalReferenceCount;
  PJRT_Function* PJRT_Buffer_OpaqueDeviceMemoryDataPointer;
  PJRT_Function* PJRT_CopyToDeviceStream_Destroy;
  PJRT_Function* PJRT_CopyToDeviceStream_AddChunk;
  PJRT_Function* PJRT_CopyToDeviceStream_TotalBytes;
  PJRT_Function* PJRT_CopyToDeviceStream_GranuleSize;
  PJRT_Function* PJRT_CopyToDeviceStream_CurrentBytes;
  PJRT_Function* PJRT_TopologyDescription_Create;
  PJRT_Function* PJRT_TopologyDescription_Destroy;
  PJRT_Function* PJRT_TopologyDescription_PlatformName;
  PJRT_Function* PJRT_TopologyDescription_PlatformVersion;
  PJRT_Function* PJRT_TopologyDescription_GetDeviceDescriptions;
  PJRT_Function* PJRT_TopologyDescription_Serialize;
  PJRT_Function* PJRT_TopologyDescription_Attributes;
  PJRT_Function* PJRT_Compile;
  PJRT_Function* PJRT_Executable_OutputElementTypes;
  PJRT_Function* PJRT_Executable_OutputDimensions;
  PJRT_Function* PJRT_Buffer_CopyToMemory;
  PJRT_Function* PJRT_Client_CreateViewOfDeviceBuffer;
  PJRT_Function* PJRT_Executable_Fingerprint;
  PJRT_Function* PJRT_Client_TopologyDescription;
  PJRT_Function* PJRT_Executable_GetCompiledMemoryStats;
  PJRT_Function* PJRT_Memory_Kind_Id;
  PJRT_Function* PJRT_ExecuteContext_Create;
  PJRT_Function* PJRT_ExecuteContext_Destroy;
  PJRT_Function* PJRT_Buffer_CopyRawToHost;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_Destroy;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_TransferData;
  PJRT_Function* PJRT_Client_CreateBuffersForAsyncHostToDevice;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_RetrieveBuffer;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_Device;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_BufferCount;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_BufferSize;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_SetBufferError;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_AddMetadata;
  PJRT_Function* PJRT_Client_DmaMap;
  PJRT_Function* PJRT_Client_DmaUnmap;
  PJRT_Function* PJRT_Client_CreateUninitializedBuffer;
  PJRT_Function* PJRT_Client_UpdateGlobalProcessInfo;
  PJRT_Function* PJRT_TopologyDescription_Deserialize;
  PJRT_Function* PJRT_Client_CreateAliasBuffer;
  PJRT_Function* PJRT_Client_FulfillAliasBuffer;
  PJRT_Function* PJRT_LoadedExecutable_GetDeviceAssignment;
  PJRT_Function* PJRT_Client_CreateErrorBuffer;
  PJRT_Function* PJRT_AsyncHostToDeviceTransferManager_TransferLiteral;
  PJRT_Function* PJRT_Buffer_CopyRawToHostFuture;
  PJRT_Function* PJRT_Device_PoisonExecution;
  PJRT_Function* PJRT_Device_CreateAsyncTrackingEvent;
  PJRT_Function* PJRT_AsyncTrackingEvent_Destroy;
  PJRT_Function* PJRT_Executable_GetCompileOptions;
  PJRT_Function* PJRT_Buffer_DonateWithControlDependency;
  PJRT_Function* PJRT_Event_Create;
  PJRT_Function* PJRT_Event_Set;
  PJRT_Function* PJRT_Device_GetAttributes;
  PJRT_Function* PJRT_Client_Load;
  PJRT_Function* PJRT_LoadedExecutable_AddressableDeviceLogicalIds;
  PJRT_Function* PJRT_Buffer_Bitcast;
  PJRT_Function* PJRT_Error_ForEachPayload;
  PJRT_Function* PJRT_TopologyDescription_Fingerprint;
  PJRT_Function* PJRT_Executable_ParameterMemoryKinds;
  PJRT_Function* PJRT_Device_ClearMemoryStats;
  PJRT_Function* PJRT_TopologyDescription_MakeCanonicalShapeForMemorySpace;
  PJRT_Function* PJRT_TopologyDescription_GetMemorySpaceKindIds;
} PJRT_Api;

#endif  // CORNU_PJRT_C_ABI_H_
