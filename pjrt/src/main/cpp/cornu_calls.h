// What Cornu does natively: the few operations whose cost or whose threads matter.
//
// Everything else is called from Java through cornu_call with a generated argument struct. Handles
// travel as 64-bit addresses. A function that can fail returns the address of a PJRT_Error, 0 for
// success; cornu_call also -1 when the plugin's table does not hold the function. The caller owns
// the error.
#ifndef CORNU_CALLS_H_
#define CORNU_CALLS_H_

#include "cornu_internal.h"

// ---- Library and environment

// The address of the plugin's function table, or 0 with the loader's message.
inline int64_t cornu_open(const char* path, char* message, int64_t message_size) {
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  const char* failure = nullptr;
  int64_t api = 0;
  if (library == nullptr) {
    failure = dlerror();
  } else {
    typedef const PJRT_Api* (*GetPjrtApi)();
    GetPjrtApi get = reinterpret_cast<GetPjrtApi>(dlsym(library, "GetPjrtApi"));
    if (get == nullptr) {
      failure = "the library does not export GetPjrtApi";
    } else {
      api = cornu::address(get());
      if (api == 0) failure = "GetPjrtApi returned null";
    }
  }
  if (failure != nullptr && message_size > 0) {
    strncpy(message, failure, message_size - 1);
    message[message_size - 1] = 0;
  }
  return api;
}

// Loads a library for its symbols only (what a plugin needs but cannot find). 0, or -1 + message.
inline int cornu_preload(const char* path, char* message, int64_t message_size) {
  if (dlopen(path, RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE) != nullptr) return 0;
  strncpy(message, dlerror(), message_size - 1);
  message[message_size - 1] = 0;
  return -1;
}

inline int cornu_set_environment(const char* name, const char* value, int overwrite) {
  return setenv(name, value, overwrite);
}

// ---- Generic call

// Calls the function in a slot of the table with a zeroed argument struct of args_size bytes.
inline int64_t cornu_call(int64_t api, int index, void* args, int64_t args_size) {
  PJRT_Function* function =
      cornu::slot(cornu::table(api), offsetof(PJRT_Api, PJRT_Error_Destroy) + 8 * index);
  if (function == nullptr) return -1;
  *static_cast<size_t*>(args) = args_size;
  return cornu::address(function(args));
}

inline bool cornu_offers(int64_t api, int index) {
  return cornu::slot(cornu::table(api), offsetof(PJRT_Api, PJRT_Error_Destroy) + 8 * index) !=
         nullptr;
}

// Runs a deleter that an argument struct handed out.
inline void cornu_delete(int64_t deleter, int64_t object) {
  if (deleter != 0 && object != 0) reinterpret_cast<void (*)(void*)>(deleter)((void*)object);
}

// ---- Errors

inline int cornu_error_code(int64_t api, int64_t error) {
  cornu::Padded<PJRT_Error_GetCode_Args> code;
  code.args.error = cornu::handle<PJRT_Error>(error);
  PJRT_Error* failure = cornu::table(api)->PJRT_Error_GetCode(&code);
  if (failure == nullptr) return code.args.code;
  cornu::Padded<PJRT_Error_Destroy_Args> destroy;
  destroy.args.error = failure;
  cornu::table(api)->PJRT_Error_Destroy(&destroy);
  return PJRT_Error_Code_UNKNOWN;
}

inline int64_t cornu_error_message_size(int64_t api, int64_t error) {
  cornu::Padded<PJRT_Error_Message_Args> message;
  message.args.error = cornu::handle<PJRT_Error>(error);
  cornu::table(api)->PJRT_Error_Message(&message);
  return message.args.message_size;
}

inline void cornu_error_message(int64_t api, int64_t error, signed char* text, int64_t size) {
  cornu::Padded<PJRT_Error_Message_Args> message;
  message.args.error = cornu::handle<PJRT_Error>(error);
  cornu::table(api)->PJRT_Error_Message(&message);
  if (size > (int64_t)message.args.message_size) size = message.args.message_size;
  memcpy(text, message.args.message, size);
}

inline void cornu_error_destroy(int64_t api, int64_t error) {
  cornu::Padded<PJRT_Error_Destroy_Args> destroy;
  destroy.args.error = cornu::handle<PJRT_Error>(error);
  cornu::table(api)->PJRT_Error_Destroy(&destroy);
}

// ---- Execution

// Launches on all num_devices devices of the executable. The memory at args_address holds
// num_devices * num_args buffer handles, that at outputs_address receives num_devices *
// num_outputs. donatable (may be null) flags the parameters that the program may consume: the entry
// in args of those it did consume becomes negative (the handle itself still wants destroying). options is the address of a PJRT_ExecuteOptions or 0. events (may be null)
// receives one event per device that completes when the launch no longer reads its inputs.
inline int64_t cornu_execute(int64_t api_address, int64_t executable, int num_devices, int num_args,
                             int num_outputs, int64_t args_address, int64_t outputs_address,
                             const signed char* donatable, int64_t options, int64_t device,
                             int64_t* events) {
  const PJRT_Api* api = cornu::table(api_address);
  int64_t* args = reinterpret_cast<int64_t*>(args_address);
  int64_t* outputs = reinterpret_cast<int64_t*>(outputs_address);
  cornu::Padded<PJRT_LoadedExecutable_Execute_Args> execute;
  cornu::Padded<PJRT_ExecuteOptions> defaults;
  PJRT_Buffer* const* one_input[1];
  PJRT_Buffer** one_output[1];
  PJRT_Buffer* const** input_lists = one_input;
  PJRT_Buffer*** output_lists = one_output;
  if (num_devices > 1) {
    input_lists = static_cast<PJRT_Buffer* const**>(malloc(sizeof(void*) * num_devices));
    output_lists = static_cast<PJRT_Buffer***>(malloc(sizeof(void*) * num_devices));
  }
  for (int d = 0; d < num_devices; d++) {
    input_lists[d] = reinterpret_cast<PJRT_Buffer* const*>(args + (int64_t)d * num_args);
    output_lists[d] = reinterpret_cast<PJRT_Buffer**>(outputs + (int64_t)d * num_outputs);
  }
  execute.args.executable = cornu::handle<PJRT_LoadedExecutable>(executable);
  execute.args.options =
      options != 0 ? cornu::handle<PJRT_ExecuteOptions>(options) : &defaults.args;
  execute.args.argument_lists = input_lists;
  execute.args.num_devices = num_devices;
  execute.args.num_args = num_args;
  execute.args.output_lists = output_lists;
  execute.args.device_complete_events = reinterpret_cast<PJRT_Event**>(events);
  execute.args.execute_device = cornu::handle<PJRT_Device>(device);
  PJRT_Error* error = api->PJRT_LoadedExecutable_Execute(&execute);
  if (num_devices > 1) {
    free(input_lists);
    free(output_lists);
  }
  if (error != nullptr || donatable == nullptr) return cornu::address(error);
  cornu::Padded<PJRT_Buffer_IsDeleted_Args> deleted;
  for (int d = 0; d < num_devices; d++) {
    for (int i = 0; i < num_args; i++) {
      if (!donatable[i]) continue;
      int64_t* arg = args + (int64_t)d * num_args + i;
      deleted.args.buffer = cornu::handle<PJRT_Buffer>(*arg);
      deleted.args.is_deleted = false;
      PJRT_Error* failure = api->PJRT_Buffer_IsDeleted(&deleted);
      if (failure != nullptr) {
        cornu_error_destroy(api_address, cornu::address(failure));
      } else if (deleted.args.is_deleted) {
        *arg = -*arg;
      }
    }
  }
  return 0;
}

// ---- Buffers

inline void cornu_buffer_destroy(int64_t api, int64_t buffer) {
  cornu::Padded<PJRT_Buffer_Destroy_Args> destroy;
  destroy.args.buffer = cornu::handle<PJRT_Buffer>(buffer);
  PJRT_Error* error = cornu::table(api)->PJRT_Buffer_Destroy(&destroy);
  if (error != nullptr) cornu_error_destroy(api, cornu::address(error));
}

inline void cornu_buffers_destroy(int64_t api, int64_t handles_address, int count) {
  const int64_t* buffers = reinterpret_cast<const int64_t*>(handles_address);
  for (int i = 0; i < count; i++) cornu_buffer_destroy(api, buffers[i]);
}

// Whether the plugin gave the storage away (donation) or freed it. Not to be asked of a destroyed
// handle.
inline bool cornu_buffer_is_deleted(int64_t api, int64_t buffer) {
  cornu::Padded<PJRT_Buffer_IsDeleted_Args> deleted;
  deleted.args.buffer = cornu::handle<PJRT_Buffer>(buffer);
  PJRT_Error* error = cornu::table(api)->PJRT_Buffer_IsDeleted(&deleted);
  if (error != nullptr) {
    cornu_error_destroy(api, cornu::address(error));
    return true;
  }
  return deleted.args.is_deleted;
}

inline int64_t cornu_buffer_await(int64_t api, int64_t buffer) {
  return cornu::address(
      cornu::await_buffer(cornu::table(api), cornu::handle<PJRT_Buffer>(buffer)));
}

// Waits for all, and returns the first error among them.
inline int64_t cornu_buffers_await(int64_t api, const int64_t* buffers, int count) {
  int64_t first = 0;
  for (int i = 0; i < count; i++) {
    int64_t error = cornu_buffer_await(api, buffers[i]);
    if (error == 0) continue;
    if (first == 0) {
      first = error;
    } else {
      cornu_error_destroy(api, error);
    }
  }
  return first;
}

// Memory of at least size bytes whose start is 64-byte aligned; 0 when there is none. Large blocks
// ask for huge pages: the page faults of fresh memory cost more than copying into it.
inline int64_t cornu_staging_allocate(int64_t size) {
  return cornu::address(cornu::allocate_staging(size));
}

inline void cornu_staging_free(int64_t memory) {
  cornu::free_staging(reinterpret_cast<void*>(memory));
}

inline int64_t cornu_staged_bytes() { return cornu::staged_bytes().load(); }

// Copies or shares host memory as a device buffer. result[0] receives the buffer, result[1] the
// event after which the host memory is free again (0 when it is free already).
inline int64_t cornu_buffer_from_host(int64_t api_address, int64_t client, int64_t data, int type,
                                      const int64_t* dims, int num_dims,
                                      const int64_t* byte_strides, int num_byte_strides,
                                      int semantics, int64_t device, int64_t memory,
                                      int64_t* result) {
  const PJRT_Api* api = cornu::table(api_address);
  cornu::Padded<PJRT_Client_BufferFromHostBuffer_Args> from;
  from.args.client = cornu::handle<PJRT_Client>(client);
  from.args.data = reinterpret_cast<const void*>(data);
  from.args.type = static_cast<PJRT_Buffer_Type>(type);
  from.args.dims = dims;
  from.args.num_dims = num_dims;
  from.args.byte_strides = num_byte_strides > 0 ? byte_strides : nullptr;
  from.args.num_byte_strides = num_byte_strides;
  from.args.host_buffer_semantics = static_cast<PJRT_HostBufferSemantics>(semantics);
  from.args.device = cornu::handle<PJRT_Device>(device);
  from.args.memory = cornu::handle<PJRT_Memory>(memory);
  PJRT_Error* error = api->PJRT_Client_BufferFromHostBuffer(&from);
  if (error != nullptr) return cornu::address(error);
  result[0] = cornu::address(from.args.buffer);
  result[1] = 0;
  if (semantics == PJRT_HostBufferSemantics_kImmutableOnlyDuringCall) {
    cornu::destroy_event(api, from.args.done_with_host_buffer);
  } else {
    result[1] = cornu::address(from.args.done_with_host_buffer);
  }
  return 0;
}

// As above for memory of cornu_staging_allocate, which passes into the buffer's keeping and is
// freed when the device no longer uses it (at once when the call fails).
inline int64_t cornu_buffer_from_staging(int64_t api_address, int64_t client, int64_t data,
                                         int type, const int64_t* dims, int num_dims,
                                         int64_t device, int64_t memory, int64_t* result) {
  const PJRT_Api* api = cornu::table(api_address);
  int64_t error = cornu_buffer_from_host(api_address, client, data, type, dims, num_dims, nullptr,
                                         0, PJRT_HostBufferSemantics_kMutableZeroCopy, device,
                                         memory, result);
  if (error != 0 || result[1] == 0) {
    cornu_staging_free(data);
    return error;
  }
  PJRT_Event* done = cornu::handle<PJRT_Event>(result[1]);
  result[1] = 0;
  cornu::Padded<PJRT_Event_OnReady_Args> ready;
  ready.args.event = done;
  ready.args.callback = cornu::release_owned_memory;
  ready.args.user_arg = new cornu::OwnedMemory{api, reinterpret_cast<void*>(data)};
  PJRT_Error* failure = api->PJRT_Event_OnReady(&ready);
  cornu::destroy_event(api, done);
  // Without a callback the memory's end is unknown: better leaked than freed under the device.
  return cornu::address(failure);
}

// Waits for the buffer and pins its memory. result[0] is the address. End with cornu_buffer_unpin.
inline int64_t cornu_buffer_pin(int64_t api, int64_t buffer, int64_t* result) {
  void* data = nullptr;
  PJRT_Error* error = cornu::pin(cornu::table(api), buffer, &data);
  result[0] = cornu::address(data);
  return cornu::address(error);
}

inline void cornu_buffer_unpin(int64_t api, int64_t buffer) {
  cornu::decrease_reference(cornu::table(api), buffer);
}

// Copies row-major data of a buffer in host-visible memory, after waiting for it.
inline int64_t cornu_buffer_read(int64_t api_address, int64_t buffer, int64_t offset, int64_t size,
                                 int64_t destination) {
  const PJRT_Api* api = cornu::table(api_address);
  void* data = nullptr;
  PJRT_Error* error = cornu::pin(api, buffer, &data);
  if (error != nullptr) return cornu::address(error);
  memcpy(reinterpret_cast<void*>(destination), static_cast<char*>(data) + offset, size);
  cornu::decrease_reference(api, buffer);
  return 0;
}

// One element of up to 8 bytes from host-visible memory, zero-extended into value[0].
inline int64_t cornu_buffer_read_element(int64_t api_address, int64_t buffer, int64_t offset,
                                         int size, int64_t* value) {
  value[0] = 0;
  return cornu_buffer_read(api_address, buffer, offset, size, cornu::address(value));
}

// The general way to host memory, row-major whatever the device's layout. *event: the transfer.
inline int64_t cornu_buffer_to_host(int64_t api_address, int64_t buffer, int num_dims,
                                    int64_t destination, int64_t size, int64_t* event) {
  const PJRT_Api* api = cornu::table(api_address);
  int64_t order[64];
  if (num_dims > 64) num_dims = 64;
  for (int i = 0; i < num_dims; i++) order[i] = num_dims - 1 - i;
  PJRT_Buffer_MemoryLayout layout;
  memset(&layout, 0, sizeof(layout));
  layout.struct_size = sizeof(layout);
  layout.type = PJRT_Buffer_MemoryLayout_Type_Tiled;
  layout.tiled.struct_size = sizeof(layout.tiled);
  layout.tiled.minor_to_major = order;
  layout.tiled.minor_to_major_size = num_dims;
  cornu::Padded<PJRT_Buffer_ToHostBuffer_Args> to_host;
  to_host.args.src = cornu::handle<PJRT_Buffer>(buffer);
  to_host.args.host_layout = &layout;
  to_host.args.dst = reinterpret_cast<void*>(destination);
  to_host.args.dst_size = size;
  PJRT_Error* error = api->PJRT_Buffer_ToHostBuffer(&to_host);
  if (error != nullptr) return cornu::address(error);
  event[0] = cornu::address(to_host.args.event);
  return 0;
}

// 1 when the buffer lies row-major and untiled, 0 when not, -1 when the plugin cannot say.
inline int cornu_buffer_is_row_major(int64_t api_address, int64_t buffer) {
  const PJRT_Api* api = cornu::table(api_address);
  cornu::Padded<PJRT_Buffer_GetMemoryLayout_Args> get;
  get.args.buffer = cornu::handle<PJRT_Buffer>(buffer);
  PJRT_Error* error = api->PJRT_Buffer_GetMemoryLayout(&get);
  if (error != nullptr) {
    cornu_error_destroy(api_address, cornu::address(error));
    return -1;
  }
  if (get.args.layout.type != PJRT_Buffer_MemoryLayout_Type_Tiled) return -1;
  const PJRT_Buffer_MemoryLayout_Tiled& tiled = get.args.layout.tiled;
  if (tiled.num_tiles != 0) return 0;
  for (size_t i = 0; i < tiled.minor_to_major_size; i++) {
    if (tiled.minor_to_major[i] != (int64_t)(tiled.minor_to_major_size - 1 - i)) return 0;
  }
  return 1;
}

inline void cornu_memory_copy(int64_t destination, int64_t source, int64_t size) {
  memcpy(reinterpret_cast<void*>(destination), reinterpret_cast<const void*>(source), size);
}

// ---- Events

inline int64_t cornu_event_await(int64_t api, int64_t event) {
  cornu::Padded<PJRT_Event_Await_Args> await;
  await.args.event = cornu::handle<PJRT_Event>(event);
  return cornu::address(cornu::table(api)->PJRT_Event_Await(&await));
}

inline void cornu_event_destroy(int64_t api, int64_t event) {
  cornu::destroy_event(cornu::table(api), cornu::handle<PJRT_Event>(event));
}

// Reports the event's outcome under an id to cornu_completions_take, and destroys the event.
inline int64_t cornu_event_watch(int64_t api_address, int64_t event, int64_t id) {
  const PJRT_Api* api = cornu::table(api_address);
  cornu::Watch* watch = new cornu::Watch{api, cornu::handle<PJRT_Event>(event), id};
  cornu::Padded<PJRT_Event_OnReady_Args> ready;
  ready.args.event = watch->event;
  ready.args.callback = cornu::report_completion;
  ready.args.user_arg = watch;
  PJRT_Error* error = api->PJRT_Event_OnReady(&ready);
  if (error != nullptr) delete watch;
  cornu::destroy_event(api, cornu::handle<PJRT_Event>(event));
  return cornu::address(error);
}

inline int cornu_completions_take(int64_t* ids, int64_t* errors, int capacity,
                                  int64_t timeout_millis) {
  return cornu::completions().take(ids, errors, capacity, timeout_millis);
}

#endif  // CORNU_CALLS_H_
