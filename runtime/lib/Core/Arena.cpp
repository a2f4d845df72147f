//===- Arena.cpp - One block for all that a run changes -------------------===//
//
// The block comes from the system, zeroed and on huge pages where it can.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Core/Arena.h"

#include <cstdio>
#include <cstring>
#include <sys/mman.h>

using namespace snn::runtime;

static constexpr uint64_t Line = 64;

// From so much on, pages of 2 MiB are worth what they round up.
static constexpr uint64_t WorthHugePages = 512 << 10;
static constexpr uint64_t HugePage = 2 << 20;

Arena::~Arena() {
  if (mapping)
    munmap(mapping, mapped);
}

/// Whether the system gives huge pages to who asks for them.
static bool grantsHugePages() {
  FILE *file = fopen("/sys/kernel/mm/transparent_hugepage/enabled", "re");
  if (!file)
    return false;
  char line[64] = {};
  bool grants = fgets(line, sizeof line, file) && !strstr(line, "[never]");
  fclose(file);
  return grants;
}

uint64_t Arena::plan(uint64_t size) {
  uint64_t offset = bytes;
  bytes += (size + Line - 1) / Line * Line;
  return offset;
}

bool Arena::isWorthHugePages() const { return bytes >= WorthHugePages; }

uint64_t Arena::size() const {
  return isWorthHugePages() && grantsHugePages()
             ? (bytes + HugePage - 1) / HugePage * HugePage
             : bytes;
}

bool Arena::allocate() {
  mapped = bytes ? bytes : Line;
  bool huge = isWorthHugePages();
  // A huge page needs its own alignment; what stands before it is not touched.
  if (huge)
    mapped = (bytes + HugePage - 1) / HugePage * HugePage + HugePage;
  void *memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED)
    return false;
  mapping = memory;
  base = static_cast<char *>(memory);
  if (!huge)
    return true;
  base += -reinterpret_cast<uintptr_t>(base) % HugePage;
#if defined(MADV_HUGEPAGE)
  madvise(base, mapped - HugePage, MADV_HUGEPAGE); // a hint; small pages do too
#endif
  return true;
}
