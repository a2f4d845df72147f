//===- Arena.cpp - One block for all that a run changes -------------------===//
//
// The block comes from the system, zeroed and on huge pages where it can.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Arena.h"

#include <sys/mman.h>

using namespace snn::runtime;

static constexpr uint64_t Line = 64;

Arena::~Arena() {
  if (base)
    munmap(base, bytes ? bytes : Line);
}

uint64_t Arena::plan(uint64_t size) {
  uint64_t offset = bytes;
  bytes += (size + Line - 1) / Line * Line;
  return offset;
}

bool Arena::allocate() {
  void *memory = mmap(nullptr, bytes ? bytes : Line, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return false;
  base = static_cast<char *>(memory);
#if defined(MADV_HUGEPAGE)
  madvise(base, bytes, MADV_HUGEPAGE); // a hint; small pages do as well
#endif
  return true;
}
