// Calls from plugin threads that end in Java: the key-value store of multi-process clients, and the
// sends and receives of a running program. All go through one Java function; the number in user_arg
// says which object is meant.
#ifndef CORNU_UPCALLS_H_
#define CORNU_UPCALLS_H_

#include <string>

#include "cornu_internal.h"
#include "pjrt_c_callbacks.h"

#define CORNU_UPCALL_GET 0
#define CORNU_UPCALL_TRY_GET 1
#define CORNU_UPCALL_PUT 2
#define CORNU_UPCALL_SEND 3
#define CORNU_UPCALL_RECEIVE 4

// Runs in Java. first and second are byte ranges (key and value, or a chunk); reply takes the
// answer, or the error's text when the returned error code is not 0.
typedef int (*cornu_upcall)(int64_t target, int kind, int64_t first, int64_t first_size,
                            int64_t second, int64_t second_size, int64_t argument, int64_t reply);

// Where upcalls go. Set once, before the first object is handed out.
inline cornu_upcall& cornu_upcall_target() {
  static cornu_upcall target = nullptr;
  return target;
}

inline void cornu_set_upcall_target(cornu_upcall callback) { cornu_upcall_target() = callback; }

// The answer to an upcall, copied.
inline void cornu_upcall_reply(int64_t reply, const signed char* bytes, int64_t size) {
  cornu::handle<std::string>(reply)->assign(reinterpret_cast<const char*>(bytes), size);
}

namespace cornu {

inline void delete_value(char* value) { delete[] value; }

inline char* copy_value(const std::string& text) {
  char* copy = new char[text.size() + 1];
  memcpy(copy, text.c_str(), text.size() + 1);
  return copy;
}

inline PJRT_Error* upcall_error(PJRT_CallbackError* make, int code, const std::string& text) {
  return (*make)(static_cast<PJRT_Error_Code>(code), text.data(), text.size());
}

inline PJRT_Error* key_value_get(PJRT_KeyValueGetCallback_Args* args) {
  std::string reply;
  int code = cornu_upcall_target()(address(args->user_arg), CORNU_UPCALL_GET, address(args->key),
                                   args->key_size, 0, 0, args->timeout_in_ms, address(&reply));
  if (code != 0) return upcall_error(args->callback_error, code, reply);
  args->value = copy_value(reply);
  args->value_size = reply.size();
  args->value_deleter_callback = reinterpret_cast<void*>(&delete_value);
  return nullptr;
}

inline PJRT_Error* key_value_try_get(PJRT_KeyValueTryGetCallback_Args* args) {
  std::string reply;
  int code = cornu_upcall_target()(address(args->user_arg), CORNU_UPCALL_TRY_GET,
                                   address(args->key), args->key_size, 0, 0, 0, address(&reply));
  if (code != 0) return upcall_error(args->callback_error, code, reply);
  args->value = copy_value(reply);
  args->value_size = reply.size();
  args->value_deleter_callback = reinterpret_cast<void*>(&delete_value);
  return nullptr;
}

inline PJRT_Error* key_value_put(PJRT_KeyValuePutCallback_Args* args) {
  std::string reply;
  int code = cornu_upcall_target()(address(args->user_arg), CORNU_UPCALL_PUT, address(args->key),
                                   args->key_size, address(args->value), args->value_size, 0,
                                   address(&reply));
  return code == 0 ? nullptr : upcall_error(args->callback_error, code, reply);
}

typedef void ChunkDeleter(void* data, void* deleter_arg);

inline PJRT_Error* send(PJRT_Chunk* chunk, PJRT_CallbackError* callback_error, size_t total,
                        bool done, void* user_arg) {
  std::string reply;
  int code = cornu_upcall_target()(address(user_arg), CORNU_UPCALL_SEND, address(chunk->data),
                                   chunk->size, 0, done ? 1 : 0, total, address(&reply));
  if (chunk->deleter != nullptr) {
    reinterpret_cast<ChunkDeleter*>(chunk->deleter)(chunk->data, chunk->deleter_arg);
  }
  return code == 0 ? nullptr : upcall_error(callback_error, code, reply);
}

inline void receive(PJRT_CopyToDeviceStream* stream, void* user_arg) {
  std::string reply;
  cornu_upcall_target()(address(user_arg), CORNU_UPCALL_RECEIVE, address(stream), 0, 0, 0, 0,
                        address(&reply));
}

inline void free_chunk(void* data, void*) { free(data); }

struct ViewWatch {
  int64_t id;
};

inline void report_view_deleted(void*, void* user_arg) {
  ViewWatch* watch = static_cast<ViewWatch*>(user_arg);
  completions().push(watch->id, 0);
  delete watch;
}

}  // namespace cornu

// The address of the function that serves one kind of upcall.
inline int64_t cornu_upcall_function(int kind) {
  switch (kind) {
    case CORNU_UPCALL_GET:
      return cornu::address(reinterpret_cast<void*>(&cornu::key_value_get));
    case CORNU_UPCALL_TRY_GET:
      return cornu::address(reinterpret_cast<void*>(&cornu::key_value_try_get));
    case CORNU_UPCALL_PUT:
      return cornu::address(reinterpret_cast<void*>(&cornu::key_value_put));
    case CORNU_UPCALL_SEND:
      return cornu::address(reinterpret_cast<void*>(&cornu::send));
    default:
      return cornu::address(reinterpret_cast<void*>(&cornu::receive));
  }
}

// Hands a copy of size bytes to a stream that a program receives from. event[0]: when it took them.
inline int64_t cornu_stream_add(int64_t api_address, int64_t stream, int64_t data, int64_t size,
                                int64_t* event) {
  const PJRT_Api* api = cornu::table(api_address);
  PJRT_Chunk chunk;
  chunk.data = malloc(size > 0 ? size : 1);
  memcpy(chunk.data, reinterpret_cast<const void*>(data), size);
  chunk.size = size;
  chunk.deleter = reinterpret_cast<void*>(&cornu::free_chunk);
  chunk.deleter_arg = nullptr;
  cornu::Padded<PJRT_CopyToDeviceStream_AddChunk_Args> add;
  add.args.stream = cornu::handle<PJRT_CopyToDeviceStream>(stream);
  add.args.chunk = &chunk;
  PJRT_Error* error = api->PJRT_CopyToDeviceStream_AddChunk(&add);
  event[0] = cornu::address(add.args.transfer_complete);
  return cornu::address(error);
}

// What PJRT_Client_CreateViewOfDeviceBuffer takes so that the view's end is reported under an id to
// cornu_completions_take. result[0] is the callback, result[1] its argument.
inline void cornu_view_callback(int64_t id, int64_t* result) {
  result[0] = cornu::address(reinterpret_cast<void*>(&cornu::report_view_deleted));
  result[1] = cornu::address(new cornu::ViewWatch{id});
}

// Releases an argument of cornu_view_callback whose view was never made.
inline void cornu_view_callback_free(int64_t argument) {
  delete cornu::handle<cornu::ViewWatch>(argument);
}

// Reports to a buffer made by PJRT_Buffer_DonateWithControlDependency that what it waits for
// happened, or failed.
inline void cornu_dependency_ready(int64_t function, int64_t data, int code,
                                   const signed char* message, int64_t message_size) {
  typedef void Ready(PJRT_Buffer_DonateWithControlDependency_Callback_Args*);
  cornu::Padded<PJRT_Buffer_DonateWithControlDependency_Callback_Args> ready;
  ready.args.callback_data = cornu::handle<void>(data);
  ready.args.error_code = static_cast<PJRT_Error_Code>(code);
  ready.args.error_message = reinterpret_cast<const char*>(message);
  ready.args.error_message_size = message_size;
  reinterpret_cast<Ready*>(function)(&ready.args);
}

// 1 when the buffer's data is there or failed to come, 0 when not yet; error[0] takes the failure.
inline int cornu_buffer_is_ready(int64_t api_address, int64_t buffer, int64_t* error) {
  const PJRT_Api* api = cornu::table(api_address);
  error[0] = 0;
  cornu::Padded<PJRT_Buffer_ReadyEvent_Args> ready;
  ready.args.buffer = cornu::handle<PJRT_Buffer>(buffer);
  PJRT_Error* failure = api->PJRT_Buffer_ReadyEvent(&ready);
  if (failure != nullptr) {
    error[0] = cornu::address(failure);
    return 1;
  }
  cornu::Padded<PJRT_Event_IsReady_Args> is_ready;
  is_ready.args.event = ready.args.event;
  failure = api->PJRT_Event_IsReady(&is_ready);
  if (failure == nullptr && is_ready.args.is_ready) {
    cornu::Padded<PJRT_Event_Error_Args> outcome;
    outcome.args.event = ready.args.event;
    failure = api->PJRT_Event_Error(&outcome);
  }
  cornu::destroy_event(api, ready.args.event);
  error[0] = cornu::address(failure);
  return is_ready.args.is_ready || failure != nullptr ? 1 : 0;
}

#endif  // CORNU_UPCALLS_H_
