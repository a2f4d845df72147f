//===- TargetRows.cpp - Rows of nothing but targets -----------------------===//
//
// Rows are held back by blocks of sources.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/TargetRows.h"

#include "runtime/lib/Connectivity/SortBySource.h"
#include "runtime/lib/Core/HugePages.h"
#include "snn/math.h"

using namespace snn::runtime;

static constexpr uint64_t LineTargets = 64 / TargetRows::SynapseBytes;

bool TargetRows::create(uint64_t sources, double expected) {
  // Growing could take the memory twice; room that is not used is not touched.
  auto likely = static_cast<uint64_t>(expected + 6 * snn_sqrt(expected)) + 64;
  return begins.reserve(sources + 1) && reserveHuge(targets, likely);
}

bool TargetRows::take(void *opaque, const Row &row) {
  auto &self = *static_cast<TargetRows *>(opaque);
  if (!self.heldRows.push({row.source, row.count, self.held.size()}) ||
      !self.held.reserveMore(row.count))
    return false;
  uint16_t *out = self.held.end();
  for (uint32_t i = 0; i < row.count; ++i)
    out[i] = static_cast<uint16_t>(row.targets[i] + self.originOfMember);
  self.held.setSize(self.held.size() + row.count);
  return true;
}

bool TargetRows::collect(const Connectivity &connectivity, Range block,
                         Range wanted, uint64_t origin, Error &error) {
  originOfMember = origin;
  return wanted.empty() ||
         connectivity.forEachRow(block, wanted, take, this, error) ||
         error.status || outOfMemory(error, "the synapses");
}

bool TargetRows::release(Range block) {
  if (!sortBySource(heldRows, block, sorted, places))
    return false;
  for (uint64_t s = 0; s < block.size(); ++s) {
    if (!begins.push(targets.size()))
      return false;
    for (uint64_t i = places[s]; i < places[s + 1]; ++i)
      if (!targets.append(held.data() + sorted[i].first, sorted[i].count))
        return false;
  }
  held.clear();
  heldRows.clear();
  return true;
}

bool TargetRows::finish() { return begins.push(targets.size()); }

void TargetRows::addBounds(uint64_t amount, uint64_t *bounds) const {
  for (uint16_t target : targets)
    bounds[target] += amount;
}

void TargetRows::fetch(uint64_t source, uint64_t lines) const {
  uint64_t end = begins[source + 1], first = begins[source];
  end = end - first > lines * LineTargets ? first + lines * LineTargets : end;
  for (; first < end; first += LineTargets)
    __builtin_prefetch(targets.data() + first);
}

template <typename Sum>
uint64_t TargetRows::deliver(uint64_t source, Sum weight, Sum *sums) const {
  const uint16_t *target = targets.data() + begins[source];
  const uint16_t *end = targets.data() + begins[source + 1];
#pragma GCC unroll 8
  for (const uint16_t *each = target; each != end; ++each)
    sums[*each] += weight;
  return static_cast<uint64_t>(end - target);
}

template uint64_t TargetRows::deliver(uint64_t, int32_t, int32_t *) const;
template uint64_t TargetRows::deliver(uint64_t, int64_t, int64_t *) const;
