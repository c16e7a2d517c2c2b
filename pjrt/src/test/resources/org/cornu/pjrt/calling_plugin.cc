// A plugin around a real one that calls back where CPU plugins never do: the key-value store while a
// client is created, sends and receives during a launch. What comes back is noted in a file.
// -DHEADER=, -DREAL= and -DNOTES= name the API's header, the real plugin and the file.
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <string>

#include HEADER

static const PJRT_Api* real;
static PJRT_Api table;

static void note(const char* format, ...) {
  FILE* file = fopen(NOTES, "a");
  va_list values;
  va_start(values, format);
  vfprintf(file, format, values);
  va_end(values);
  fclose(file);
}

struct Failure {
  int code;
  std::string text;
};

static PJRT_Error* make_error(PJRT_Error_Code code, const char* message, size_t size) {
  return reinterpret_cast<PJRT_Error*>(new Failure{code, std::string(message, size)});
}

static PJRT_CallbackError callback_error = make_error;

static bool failed(const char* what, PJRT_Error* error) {
  if (error == nullptr) return false;
  Failure* failure = reinterpret_cast<Failure*>(error);
  note("%s: error %d %s\n", what, failure->code, failure->text.c_str());
  delete failure;
  return true;
}

static void put(PJRT_Client_Create_Args* args, const char* key, const char* value) {
  PJRT_KeyValuePutCallback_Args put;
  memset(&put, 0, sizeof(put));
  put.struct_size = sizeof(put);
  put.key = key;
  put.key_size = strlen(key);
  put.value = value;
  put.value_size = strlen(value);
  put.callback_error = &callback_error;
  put.user_arg = args->kv_put_user_arg;
  if (!failed("put", args->kv_put_callback(&put))) note("put %s\n", key);
}

static void get(PJRT_Client_Create_Args* args, const char* key, int timeout) {
  PJRT_KeyValueGetCallback_Args get;
  memset(&get, 0, sizeof(get));
  get.struct_size = sizeof(get);
  get.key = key;
  get.key_size = strlen(key);
  get.timeout_in_ms = timeout;
  get.callback_error = &callback_error;
  get.user_arg = args->kv_get_user_arg;
  if (failed("get", args->kv_get_callback(&get))) return;
  note("get %s = %s\n", key, std::string(get.value, get.value_size).c_str());
  get.value_deleter_callback(get.value);
}

static void try_get(PJRT_Client_Create_Args* args, const char* key) {
  PJRT_KeyValueTryGetCallback_Args get;
  memset(&get, 0, sizeof(get));
  get.struct_size = sizeof(get);
  get.key = key;
  get.key_size = strlen(key);
  get.callback_error = &callback_error;
  get.user_arg = args->kv_try_get_user_arg;
  if (failed("try_get", args->kv_try_get_callback(&get))) return;
  note("try_get %s = %s\n", key, std::string(get.value, get.value_size).c_str());
  get.value_deleter_callback(get.value);
}

static PJRT_Error* client_create(PJRT_Client_Create_Args* args) {
  if (args->kv_put_callback != nullptr) {
    put(args, "answer", "42");
    get(args, "answer", 60000);
    try_get(args, "answer");
    try_get(args, "question");
    get(args, "question", 1);
  }
  return real->PJRT_Client_Create(args);
}

struct Stream {
  std::string bytes;
};

static Stream* stream_of(void* stream) { return static_cast<Stream*>(stream); }

static PJRT_Error* stream_destroy(PJRT_CopyToDeviceStream_Destroy_Args* args) {
  Stream* stream = stream_of(args->stream);
  note("received %s\n", stream->bytes.c_str());
  delete stream;
  return nullptr;
}

static PJRT_Error* stream_add(PJRT_CopyToDeviceStream_AddChunk_Args* args) {
  PJRT_Chunk* chunk = args->chunk;
  stream_of(args->stream)->bytes.append(static_cast<const char*>(chunk->data), chunk->size);
  chunk->deleter(chunk->data, chunk->deleter_arg);
  args->transfer_complete = nullptr;
  return nullptr;
}

static PJRT_Error* stream_total(PJRT_CopyToDeviceStream_TotalBytes_Args* args) {
  args->total_bytes = 8;
  return nullptr;
}

static PJRT_Error* stream_granule(PJRT_CopyToDeviceStream_GranuleSize_Args* args) {
  args->granule_size_in_bytes = 4;
  return nullptr;
}

static PJRT_Error* stream_current(PJRT_CopyToDeviceStream_CurrentBytes_Args* args) {
  args->current_bytes = stream_of(args->stream)->bytes.size();
  return nullptr;
}

static void free_chunk(void* data, void*) {
  note("chunk freed\n");
  free(data);
}

static PJRT_Error* execute(PJRT_LoadedExecutable_Execute_Args* args) {
  PJRT_ExecuteOptions options;
  memset(&options, 0, sizeof(options));
  options.struct_size = sizeof(options);
  options.launch_id = args->options->launch_id;
  for (size_t d = 0; d < args->num_devices; d++) {
    for (size_t i = 0; i < args->options->num_send_ops; i++) {
      PJRT_SendCallbackInfo& send = args->options->send_callbacks[d][i];
      PJRT_Chunk chunk = {strdup("out!"), 4, free_chunk, nullptr};
      PJRT_Error* error = send.send_callback(&chunk, &callback_error, 4, true, send.user_arg);
      if (!failed("send", error)) note("sent on channel %ld\n", (long)send.channel_id);
    }
    for (size_t i = 0; i < args->options->num_recv_ops; i++) {
      PJRT_RecvCallbackInfo& receive = args->options->recv_callbacks[d][i];
      note("receiving on channel %ld\n", (long)receive.channel_id);
      Stream* stream = new Stream();
      receive.recv_callback(reinterpret_cast<PJRT_CopyToDeviceStream*>(stream), receive.user_arg);
    }
  }
  args->options = &options;
  return real->PJRT_LoadedExecutable_Execute(args);
}

extern "C" const PJRT_Api* GetPjrtApi() {
  void* library = dlopen(REAL, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  real = reinterpret_cast<const PJRT_Api* (*)()>(dlsym(library, "GetPjrtApi"))();
  memcpy(&table, real, sizeof(table));
  table.struct_size = sizeof(table);
  table.PJRT_Client_Create = client_create;
  table.PJRT_LoadedExecutable_Execute = execute;
  table.PJRT_CopyToDeviceStream_Destroy = stream_destroy;
  table.PJRT_CopyToDeviceStream_AddChunk = stream_add;
  table.PJRT_CopyToDeviceStream_TotalBytes = stream_total;
  table.PJRT_CopyToDeviceStream_GranuleSize = stream_granule;
  table.PJRT_CopyToDeviceStream_CurrentBytes = stream_current;
  return &table;
}
