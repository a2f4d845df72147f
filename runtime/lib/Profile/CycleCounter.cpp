//===- CycleCounter.cpp - Cycles of a thread in user mode -----------------===//
//
// perf_event_open(2), for one thread on whatever processor it runs.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Profile/CycleCounter.h"

#include <cstring>
#include <unistd.h>
#if defined(__linux__)
#include <linux/perf_event.h>
#include <sys/syscall.h>
#endif

using namespace snn::runtime;

#if defined(__linux__)
const CycleCounter::Event CycleCounter::Cycles = {PERF_TYPE_HARDWARE,
                                                  PERF_COUNT_HW_CPU_CYCLES};
#else
const CycleCounter::Event CycleCounter::Cycles = {};
#endif

CycleCounter::~CycleCounter() {
  if (isOpen())
    close(descriptor);
}

bool CycleCounter::open([[maybe_unused]] const Event &event) {
  if (isOpen())
    close(descriptor);
  descriptor = -1;
#if defined(__linux__)
  perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = event.type;
  attributes.config = event.config;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  descriptor =
      static_cast<int>(syscall(SYS_perf_event_open, &attributes, /*pid=*/0,
                               /*cpu=*/-1, /*group=*/-1, PERF_FLAG_FD_CLOEXEC));
#endif
  return isOpen();
}

uint64_t CycleCounter::read() const {
  uint64_t count = 0;
  if (::read(descriptor, &count, sizeof count) != sizeof count)
    return 0;
  return count;
}
