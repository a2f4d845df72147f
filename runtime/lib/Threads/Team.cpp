//===- Team.cpp - The threads of an instance and their barrier ------------===//
//
// Waiting in three stages, and the life of the threads.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Threads/Team.h"

#include "runtime/lib/Core/FloatMode.h"

#include <climits>
#include <csignal>
#include <sched.h>
#include <unistd.h>
#if defined(__linux__)
#include <linux/futex.h>
#include <sys/syscall.h>
#endif

using namespace snn::runtime;

// A step of a large network takes some 100 us, of which threads may differ by a
// tenth: so long a thread spins, and then yields as often, before a system call
// to sleep and one to wake up are worth their time.
static constexpr uint32_t Spins = 4000;
static constexpr uint32_t Yields = 200;

static void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

static void sleepWhile(std::atomic<uint32_t> &value, uint32_t old) {
#if defined(__linux__)
  syscall(SYS_futex, &value, FUTEX_WAIT_PRIVATE, old, nullptr, nullptr, 0);
#else
  sched_yield();
#endif
}

static void wakeAll(std::atomic<uint32_t> &value) {
#if defined(__linux__)
  syscall(SYS_futex, &value, FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
#endif
}

void Signal::waitChange(uint32_t old, uint32_t spins) {
  for (uint32_t i = 0; i < spins; ++i) {
    if (read() != old)
      return;
    relax();
  }
  for (uint32_t i = 0; i < Yields; ++i) {
    if (read() != old)
      return;
    sched_yield();
  }
  // Announced before the value is tested once more by the system call, while
  // advance() changes it before it looks for sleepers: one sees the other.
  sleepers.fetch_add(1);
  while (value.load() == old)
    sleepWhile(value, old);
  sleepers.fetch_sub(1);
}

void Signal::advance() {
  value.fetch_add(1);
  if (sleepers.load())
    wakeAll(value);
}

bool Team::start(uint32_t threads) {
  if (threads <= 1)
    return true;
  if (!members.reserve(threads - 1))
    return false;
  spins = threads <= availableCores() ? Spins : 0;
  // Signals go to the threads of the host program, not to these.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (uint32_t thread = 1; thread < threads; ++thread) {
    Member *member = members.data() + (thread - 1);
    *member = {this, thread, {}};
    if (pthread_create(&member->handle, nullptr, enter, member))
      break;
    members.setSize(thread);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  count = static_cast<uint32_t>(members.size()) + 1;
  return count == threads;
}

Team::~Team() {
  if (count == 1)
    return;
  body = nullptr;
  started.advance();
  for (Member &member : members)
    pthread_join(member.handle, nullptr);
}

void *Team::enter(void *member) {
  auto *self = static_cast<Member *>(member);
  self->team->work(self->thread);
  return nullptr;
}

void Team::work(uint32_t thread) {
  FloatMode mode;
  for (uint32_t turn = 0;; ++turn) {
    started.waitChange(turn, /*spins=*/0);
    if (!body)
      return;
    body(context, thread);
    barrier();
  }
}

void Team::run(Body newBody, void *newContext) {
  FloatMode mode;
  body = newBody;
  context = newContext;
  if (count > 1)
    started.advance();
  body(context, 0);
  if (count > 1)
    barrier();
}

uint32_t snn::runtime::availableCores() {
#if defined(__linux__)
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    return static_cast<uint32_t>(CPU_COUNT(&set));
#endif
  long cores = sysconf(_SC_NPROCESSORS_ONLN);
  return cores > 0 ? static_cast<uint32_t>(cores) : 1;
}
