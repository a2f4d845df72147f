//===- Sandbox.cpp - What the reader may do ---------------------*- C++ -*-===//
//
// Limits of resources, then a filter of system calls: an allow-list, and death
// for all else. No file can be opened, no process started, nothing connected.
//
//===----------------------------------------------------------------------===//
#include "compiler/Import/Process/Sandbox.h"

#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>

using namespace snn::process;

namespace {

bool limit(__rlimit_resource resource, uint64_t most) {
  rlimit value{most, most};
  return setrlimit(resource, &value) == 0;
}

/// A parser may hold the file once more, and plain values copy the rest.
constexpr uint64_t MemoryBase = uint64_t(512) << 20, MemoryFactor = 4;
/// Seconds of processor time, and bytes that take another one.
constexpr uint64_t SecondsBase = 20, BytesPerSecond = uint64_t(20) << 20;

} // namespace

bool snn::process::restrictProcess(uint64_t fileBytes) {
  if (!limit(RLIMIT_AS, MemoryBase + MemoryFactor * fileBytes) ||
      !limit(RLIMIT_CPU, SecondsBase + fileBytes / BytesPerSecond) ||
      !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) ||
      !limit(RLIMIT_NPROC, 0) || !limit(RLIMIT_NOFILE, 0) ||
      prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return false;
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
  if (!filter)
    return false;
  constexpr int allowed[] = {
      SCMP_SYS(write),        SCMP_SYS(mmap),      SCMP_SYS(munmap),
      SCMP_SYS(mremap),       SCMP_SYS(mprotect),  SCMP_SYS(madvise),
      SCMP_SYS(brk),          SCMP_SYS(futex),     SCMP_SYS(exit),
      SCMP_SYS(rt_sigreturn), SCMP_SYS(exit_group)};
  bool good = true;
  for (int call : allowed)
    good &= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
  good = good && seccomp_load(filter) == 0;
  seccomp_release(filter);
  return good;
}
