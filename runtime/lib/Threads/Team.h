//===- Team.h - The threads of an instance and their barrier ----*- C++ -*-===//
//
// A team runs one function on all its threads, of which the caller is number
// 0; between runs the others sleep. Steps are separated by a barrier that
// spins for about as long as a step of a small network takes, then yields,
// then sleeps: a step costs a microsecond, and a busy machine none of it.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_THREADS_TEAM_H
#define SNN_RUNTIME_THREADS_TEAM_H

#include "runtime/lib/Core/Buffer.h"

#include <atomic>
#include <cstdint>
#include <pthread.h>

namespace snn::runtime {

/// A counter that threads wait on for a change.
class Signal {
public:
  uint32_t read() const { return value.load(std::memory_order_acquire); }
  /// Returns once the value differs from `old`; spins so often before it
  /// yields.
  void waitChange(uint32_t old, uint32_t spins);
  void advance();

private:
  std::atomic<uint32_t> value{0};
  std::atomic<uint32_t> sleepers{0};
};

class Team {
public:
  Team() = default;
  Team(const Team &) = delete;
  Team &operator=(const Team &) = delete;
  ~Team();

  /// False if fewer could be made; size() tells how many.
  [[nodiscard]] bool start(uint32_t threads);
  uint32_t size() const { return count; }

  using Body = void (*)(void *context, uint32_t thread);
  /// Runs the body on all threads, in the runtime's floating-point mode.
  void run(Body body, void *context);

  /// Waits for all threads; the last one to come first calls `serial`, which
  /// sees all that the others wrote and is seen by them.
  template <typename Fn>
  void barrier(Fn &&serial) {
    if (count == 1)
      return serial();
    uint32_t generation = released.read();
    if (arrived.fetch_add(1, std::memory_order_acq_rel) + 1 != count) {
      released.waitChange(generation, spins);
      return;
    }
    serial();
    arrived.store(0, std::memory_order_relaxed);
    released.advance();
  }
  void barrier() {
    barrier([] {});
  }

private:
  static void *enter(void *member);
  void work(uint32_t thread);

  struct Member {
    Team *team;
    uint32_t thread;
    pthread_t handle;
  };
  Buffer<Member> members;
  uint32_t count = 1;
  uint32_t spins = 0;  // none where threads share a core
  Body body = nullptr; // null ends the threads
  void *context = nullptr;
  alignas(64) Signal started;
  alignas(64) std::atomic<uint32_t> arrived{0};
  alignas(64) Signal released;
};

/// Cores that this process may use.
uint32_t availableCores();

} // namespace snn::runtime

#endif // SNN_RUNTIME_THREADS_TEAM_H
