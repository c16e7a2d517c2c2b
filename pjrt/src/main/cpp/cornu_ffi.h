// Custom calls that end in Java. XLA calls a plain function pointer that carries no data of its own,
// so each registered name gets one of a fixed number of functions that differ only in their slot.
#ifndef CORNU_FFI_H_
#define CORNU_FFI_H_

#include <string.h>

#include <utility>

#include "cornu_internal.h"
#include "xla_ffi_abi.h"

#define CORNU_FFI_SLOTS 256

// Runs in Java. Returns an error code, 0 for success, and the error's text in message.
typedef int (*cornu_ffi_callback)(int slot, int64_t frame, char* message, int64_t capacity);

// Where custom calls go. Set once, before the first handler is registered.
inline cornu_ffi_callback& cornu_ffi_target() {
  static cornu_ffi_callback target = nullptr;
  return target;
}

inline void cornu_ffi_set_target(cornu_ffi_callback callback) { cornu_ffi_target() = callback; }

// The interface's minor version that handlers claim; a plugin takes only its own.
inline int& cornu_ffi_minor() {
  static int minor = 1;
  return minor;
}

inline void cornu_ffi_set_minor_version(int minor) { cornu_ffi_minor() = minor; }

namespace cornu {

inline XLA_FFI_Error* ffi_call(int slot, XLA_FFI_CallFrame* frame) {
  for (XLA_FFI_Extension_Base* e = frame->extension_start; e != nullptr; e = e->next) {
    if (e->type != 1) continue;
    XLA_FFI_Metadata* metadata = reinterpret_cast<XLA_FFI_Metadata_Extension*>(e)->metadata;
    metadata->api_version.major_version = 0;
    metadata->api_version.minor_version = cornu_ffi_minor();
    metadata->traits = 0;
    return nullptr;
  }
  char message[4096];
  message[0] = 0;
  int code = cornu_ffi_target()(slot, address(frame), message, sizeof(message));
  if (code == 0) return nullptr;
  XLA_FFI_Error_Create_Args create;
  memset(&create, 0, sizeof(create));
  create.struct_size = sizeof(create);
  create.message = message;
  create.errc = code;
  return frame->api->XLA_FFI_Error_Create(&create);
}

template <int slot>
XLA_FFI_Error* ffi_slot(XLA_FFI_CallFrame* frame) {
  return ffi_call(slot, frame);
}

template <int... slots>
XLA_FFI_Handler* ffi_handler(int slot, std::integer_sequence<int, slots...>) {
  static XLA_FFI_Handler* const handlers[] = {&ffi_slot<slots>...};
  return handlers[slot];
}

// The extension of a kind in the plugin's linked list, or null.
inline const PJRT_Extension_Base* extension(const PJRT_Api* api, int type) {
  const PJRT_Extension_Base* e = api->extension_start;
  while (e != nullptr && static_cast<int>(e->type) != type) e = e->next;
  return e;
}

}  // namespace cornu

// The address of the function for a slot below CORNU_FFI_SLOTS.
inline int64_t cornu_ffi_handler(int slot) {
  return cornu::address(reinterpret_cast<void*>(
      cornu::ffi_handler(slot, std::make_integer_sequence<int, CORNU_FFI_SLOTS>())));
}

// The address of a symbol in a library, or 0 with the loader's message.
inline int64_t cornu_find_symbol(const char* library, const char* symbol, char* message,
                                 int64_t message_size) {
  void* opened = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
  void* found = opened == nullptr ? nullptr : dlsym(opened, symbol);
  if (found == nullptr) {
    const char* failure = dlerror();
    strncpy(message, failure == nullptr ? "the symbol is null" : failure, message_size - 1);
    message[message_size - 1] = 0;
  }
  return cornu::address(found);
}

// Calls a function of an extension: the pointer at slot_offset of the extension's struct, with an
// argument struct of args_size bytes. -1 when the plugin has no such extension or function.
inline int64_t cornu_extension_call(int64_t api, int type, int64_t slot_offset, void* args,
                                    int64_t args_size) {
  const PJRT_Extension_Base* e = cornu::extension(cornu::table(api), type);
  if (e == nullptr || slot_offset + 8 > (int64_t)e->struct_size) return -1;
  PJRT_Function* function;
  memcpy(&function, reinterpret_cast<const char*>(e) + slot_offset, sizeof(function));
  if (function == nullptr) return -1;
  *static_cast<size_t*>(args) = args_size;
  return cornu::address(function(args));
}

inline bool cornu_has_extension(int64_t api, int type) {
  return cornu::extension(cornu::table(api), type) != nullptr;
}

#endif  // CORNU_FFI_H_
