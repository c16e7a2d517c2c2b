// What stands behind cornu_calls.h: padded argument structs, the queue that carries completions from
// plugin threads to Java, memory that passes into a device buffer's keeping, and pinned buffers.
// Not seen by JavaCPP.
#ifndef CORNU_INTERNAL_H_
#define CORNU_INTERNAL_H_

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "pjrt_c_abi.h"

#define CORNU_SLACK 64

namespace cornu {

// An argument struct with zeroed room behind it for fields that newer plugins know.
template <typename T>
struct Padded {
  T args;
  char slack[CORNU_SLACK];
  Padded() {
    memset(static_cast<void*>(this), 0, sizeof(*this));
    args.struct_size = sizeof(T) + CORNU_SLACK;
  }
};

inline const PJRT_Api* table(int64_t api) { return reinterpret_cast<const PJRT_Api*>(api); }

template <typename T>
inline T* handle(int64_t address) {
  return reinterpret_cast<T*>(address);
}

inline int64_t address(const void* pointer) { return reinterpret_cast<int64_t>(pointer); }

// The function in a slot, or null when the plugin's table ends before it or leaves it empty.
inline PJRT_Function* slot(const PJRT_Api* api, size_t offset) {
  if (offset + sizeof(void*) > api->struct_size) return nullptr;
  PJRT_Function* function;
  memcpy(&function, reinterpret_cast<const char*>(api) + offset, sizeof(function));
  return function;
}

// A request id and its outcome, handed from plugin threads to the one Java thread that waits.
struct Completion {
  int64_t id;
  int64_t error;
};

class CompletionQueue {
 public:
  void push(int64_t id, int64_t error) {
    std::lock_guard<std::mutex> lock(mutex_);
    entries_.push_back({id, error});
    ready_.notify_one();
  }

  // Blocks until something completed or the time is over; returns the number of entries taken.
  int take(int64_t* ids, int64_t* errors, int capacity, int64_t timeout_millis) {
    std::unique_lock<std::mutex> lock(mutex_);
    ready_.wait_for(lock, std::chrono::milliseconds(timeout_millis),
                    [this] { return !entries_.empty(); });
    int n = 0;
    while (n < capacity && !entries_.empty()) {
      ids[n] = entries_.front().id;
      errors[n] = entries_.front().error;
      entries_.pop_front();
      n++;
    }
    return n;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<Completion> entries_;
};

// Lives until the process ends: plugin threads may still report after the last Java thread left.
inline CompletionQueue& completions() {
  static CompletionQueue* queue = new CompletionQueue();
  return *queue;
}

struct Watch {
  const PJRT_Api* api;
  PJRT_Event* event;
  int64_t id;
};

inline void destroy_event(const PJRT_Api* api, PJRT_Event* event) {
  if (event == nullptr) return;
  Padded<PJRT_Event_Destroy_Args> destroy;
  destroy.args.event = event;
  api->PJRT_Event_Destroy(&destroy);
}

inline void report_completion(PJRT_Error* error, void* user_arg) {
  Watch* watch = static_cast<Watch*>(user_arg);
  completions().push(watch->id, address(error));
  delete watch;
}

struct OwnedMemory {
  const PJRT_Api* api;
  void* memory;
};

inline std::atomic<int64_t>& staged_bytes() {
  static std::atomic<int64_t> bytes{0};
  return bytes;
}

// What stands in the 64 bytes before staging memory.
struct StagingHeader {
  int64_t size;
  void* block;
};

inline void* allocate_staging(int64_t size) {
  const int64_t kHugePage = 2 << 20;
  if (size < 0 || size > INT64_MAX - 2 * kHugePage) return nullptr;
  bool large = size >= 2 * kHugePage;
  void* block = nullptr;
  if (posix_memalign(&block, large ? kHugePage : 64, size + (large ? kHugePage : 128)) != 0) {
    return nullptr;
  }
  char* memory = static_cast<char*>(block) + 64;
  if (large) madvise(block, size + 64, MADV_HUGEPAGE);
  StagingHeader* header = reinterpret_cast<StagingHeader*>(memory - 64);
  header->size = size;
  header->block = block;
  staged_bytes().fetch_add(size);
  return memory;
}

inline void free_staging(void* memory) {
  if (memory == nullptr) return;
  StagingHeader* header =
      reinterpret_cast<StagingHeader*>(static_cast<char*>(memory) - 64);
  staged_bytes().fetch_sub(header->size);
  free(header->block);
}

inline void release_owned_memory(PJRT_Error* error, void* user_arg) {
  OwnedMemory* owned = static_cast<OwnedMemory*>(user_arg);
  if (error != nullptr) {
    Padded<PJRT_Error_Destroy_Args> destroy;
    destroy.args.error = error;
    owned->api->PJRT_Error_Destroy(&destroy);
  }
  free_staging(owned->memory);
  delete owned;
}

// The external reference count of a buffer is a plain counter inside the plugin.
inline std::mutex& reference_mutex(int64_t buffer) {
  static std::mutex* mutexes = new std::mutex[64];
  return mutexes[(static_cast<uint64_t>(buffer) >> 6) & 63];
}

inline PJRT_Error* await_event(const PJRT_Api* api, PJRT_Event* event) {
  Padded<PJRT_Event_Await_Args> await;
  await.args.event = event;
  PJRT_Error* error = api->PJRT_Event_Await(&await);
  destroy_event(api, event);
  return error;
}

inline PJRT_Error* await_buffer(const PJRT_Api* api, PJRT_Buffer* buffer) {
  Padded<PJRT_Buffer_ReadyEvent_Args> ready;
  ready.args.buffer = buffer;
  PJRT_Error* error = api->PJRT_Buffer_ReadyEvent(&ready);
  if (error != nullptr) return error;
  return await_event(api, ready.args.event);
}

inline void decrease_reference(const PJRT_Api* api, int64_t buffer) {
  std::lock_guard<std::mutex> lock(reference_mutex(buffer));
  Padded<PJRT_Buffer_DecreaseExternalReferenceCount_Args> decrease;
  decrease.args.buffer = handle<PJRT_Buffer>(buffer);
  PJRT_Error* error = api->PJRT_Buffer_DecreaseExternalReferenceCount(&decrease);
  if (error != nullptr) {
    Padded<PJRT_Error_Destroy_Args> destroy;
    destroy.args.error = error;
    api->PJRT_Error_Destroy(&destroy);
  }
}

// Waits for the data and pins it; *data stays valid until decrease_reference.
inline PJRT_Error* pin(const PJRT_Api* api, int64_t buffer, void** data) {
  // The reference comes first: a donation between the wait and the pin would free the memory.
  {
    std::lock_guard<std::mutex> lock(reference_mutex(buffer));
    Padded<PJRT_Buffer_IncreaseExternalReferenceCount_Args> increase;
    increase.args.buffer = handle<PJRT_Buffer>(buffer);
    PJRT_Error* error = api->PJRT_Buffer_IncreaseExternalReferenceCount(&increase);
    if (error != nullptr) return error;
  }
  PJRT_Error* error = await_buffer(api, handle<PJRT_Buffer>(buffer));
  if (error == nullptr) {
    Padded<PJRT_Buffer_OpaqueDeviceMemoryDataPointer_Args> pointer;
    pointer.args.buffer = handle<PJRT_Buffer>(buffer);
    error = api->PJRT_Buffer_OpaqueDeviceMemoryDataPointer(&pointer);
    *data = pointer.args.device_memory_ptr;
  }
  if (error != nullptr) decrease_reference(api, buffer);
  return error;
}

}  // namespace cornu

#endif  // CORNU_INTERNAL_H_
