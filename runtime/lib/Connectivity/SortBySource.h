//===- SortBySource.h - Rows of a block, source by source -------*- C++ -*-===//
//
// Whether a rule makes its rows tile by tile or source by source depends on the
// rule. Who needs them by source holds back those of a block of sources, few
// enough for the cache, and sorts them.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_RUNTIME_CONNECTIVITY_SORTBYSOURCE_H
#define SNN_RUNTIME_CONNECTIVITY_SORTBYSOURCE_H

#include "runtime/lib/Core/Buffer.h"
#include "runtime/lib/Threads/Partition.h"

namespace snn::runtime {

/// Sources whose rows are held back together.
constexpr uint64_t BlockSources = 64;

/// The block that begins with a source; empty when there are no more.
constexpr Range blockFrom(uint64_t begin, uint64_t sources) {
  uint64_t end = begin + BlockSources;
  return {begin, end < sources ? end : sources};
}

/// Stable, by counting: the rows of source block.begin + s become
/// sorted[begins[s] .. begins[s + 1]). False without memory.
template <typename HeldRow>
[[nodiscard]] bool sortBySource(const Buffer<HeldRow> &rows, Range block,
                                Buffer<HeldRow> &sorted,
                                Buffer<uint64_t> &begins) {
  begins.clear();
  if (!begins.resize(block.size() + 1) || !sorted.resize(rows.size()))
    return false;
  for (const HeldRow &row : rows)
    ++begins[row.source - block.begin];
  // Counts to ends; placing from the back then leaves the beginnings.
  uint64_t end = 0;
  for (uint64_t &begin : begins)
    begin = end += begin;
  for (uint64_t i = rows.size(); i-- > 0;)
    sorted[--begins[rows[i].source - block.begin]] = rows[i];
  return true;
}

} // namespace snn::runtime

#endif // SNN_RUNTIME_CONNECTIVITY_SORTBYSOURCE_H
