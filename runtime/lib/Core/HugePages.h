//===- HugePages.h - Room that is read at random ----------------*- C++ -*-===//
//
// Rows of synapses lie anywhere in a large table: on pages of 2 MiB, finding
// them costs no walk through page tables.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CORE_HUGEPAGES_H
#define SNN_RUNTIME_CORE_HUGEPAGES_H

#include "runtime/lib/Core/Buffer.h"

#include <sys/mman.h>

namespace snn::runtime {

/// Room for `count` elements, on huge pages where it is large and the system
/// grants them.
template <typename T>
[[nodiscard]] bool reserveHuge(Buffer<T> &buffer, uint64_t count) {
  if (!buffer.reserve(count))
    return false;
#if defined(MADV_HUGEPAGE)
  constexpr uintptr_t huge = uintptr_t{1} << 21;
  auto begin = reinterpret_cast<uintptr_t>(buffer.data());
  auto end = begin + buffer.capacityBytes();
  begin = (begin + huge - 1) / huge * huge;
  if (begin + huge <= end)
    madvise(reinterpret_cast<void *>(begin), (end - begin) / huge * huge,
            MADV_HUGEPAGE); // a wish; it is no fault if it is not granted
#endif
  return true;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_CORE_HUGEPAGES_H
