//===- BundleBuilder.cpp - The rows of a bundle ---------------------------===//
//
// Rows are held back by blocks of sources, and the segments of a source's are
// merged by delay.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/BundleBuilder.h"

#include "runtime/lib/Connectivity/SortBySource.h"
#include "runtime/lib/Core/HugePages.h"
#include "snn/math.h"

using namespace snn::runtime;

// Room for the heads of a row.
static constexpr uint64_t HeadsOfRow = 64;

uint64_t BundleBuilder::heldBytes(uint64_t bytes, uint64_t rows) {
  // Arrays grow by half.
  return bytes / (rows / BlockSources + 1) * 3 / 2;
}

bool BundleBuilder::start(uint32_t wordsOfSynapse, uint64_t sources,
                          double expected) {
  wordsEach = wordsOfSynapse;
  weightTooLarge = false;
  synapses = 0;
  longest = 1;
  rows.clear();
  words.clear();
  held.clear();
  heldRows.clear();
  segments.clear();
  // Growing could take the memory twice; room that is not used is not touched.
  auto likely =
      static_cast<uint64_t>(expected + 6 * snn_sqrt(expected)) * wordsEach +
      sources * HeadsOfRow;
  return (rows.reserve(sources + 1) && reserveHuge(words, likely)) ||
         outOfMemory(error, "the synapses");
}

bool BundleBuilder::collect(const Connectivity &connectivity, Range block,
                            Range targets, uint64_t sumOfFirst) {
  if (targets.empty())
    return true;
  origin = sumOfFirst;
  commonWeight =
      connectivity.hasConstantWeight() ? connectivity.constantWeight() : 0;
  return connectivity.forEachRow(
      block, targets,
      [](void *self, const Row &row) {
        return static_cast<BundleBuilder *>(self)->take(row);
      },
      this, error);
}

bool BundleBuilder::take(const Row &row) {
  if (!heldRows.push({row.source, held.size(), segments.size(),
                      segments.size() + row.numSegments, 0}) ||
      !segments.append(row.segments, row.numSegments) ||
      !held.reserveMore(uint64_t{row.count} * wordsEach))
    return outOfMemory(error, "the synapses");
  auto *weights = static_cast<const int32_t *>(row.weights);
  uint32_t *out = held.end();
  for (uint32_t i = 0; i < row.count; ++i) {
    auto sum = static_cast<uint32_t>(row.targets[i] + origin);
    int64_t weight = weights ? weights[i] : commonWeight;
    if (wordsEach == 2) {
      if (weight != static_cast<int32_t>(weight))
        return fail(error, SNN_MODEL, "E0723",
                    "a weight of %lld grid units is too large for its port",
                    static_cast<long long>(weight));
      *out++ = sum;
      *out++ = static_cast<uint32_t>(weight);
      continue;
    }
    if (weight != static_cast<int16_t>(weight)) {
      weightTooLarge = true;
      return false;
    }
    *out++ = sum | static_cast<uint32_t>(weight) << 16;
  }
  held.setSize(held.size() + uint64_t{row.count} * wordsEach);
  synapses += row.count;
  return true;
}

/// The gathered synapses, under heads.
bool BundleBuilder::appendSegment(uint32_t delay) {
  uint64_t count = gathered.size() / wordsEach;
  const uint32_t *from = gathered.data();
  while (count) {
    uint64_t part = count < LargestSegment ? count : LargestSegment;
    if (!words.push(makeHead(delay, part)) ||
        !words.append(from, part * wordsEach))
      return outOfMemory(error, "the synapses");
    from += part * wordsEach;
    count -= part;
  }
  longest = delay > longest ? delay : longest;
  return true;
}

/// The rows of one source as one.
bool BundleBuilder::merge(HeldRow *first, HeldRow *last) {
  while (true) {
    uint32_t delay = UINT32_MAX;
    for (HeldRow *row = first; row != last; ++row)
      if (row->segment != row->endSegment &&
          segments[row->segment].steps < delay)
        delay = segments[row->segment].steps;
    if (delay == UINT32_MAX)
      break;
    gathered.clear();
    for (HeldRow *row = first; row != last; ++row) {
      if (row->segment == row->endSegment ||
          segments[row->segment].steps != delay)
        continue;
      uint32_t end = segments[row->segment++].end;
      uint64_t count = uint64_t{end - row->taken} * wordsEach;
      if (!gathered.append(held.data() + row->synapse, count))
        return outOfMemory(error, "the synapses");
      row->synapse += count;
      row->taken = end;
    }
    if (!appendSegment(delay))
      return false;
  }
  return words.push(0) || outOfMemory(error, "the synapses");
}

bool BundleBuilder::release(Range block) {
  if (!sortBySource(heldRows, block, sorted, begins))
    return outOfMemory(error, "the synapses");
  for (uint64_t s = 0; s < block.size(); ++s) {
    if (!rows.push(words.size()))
      return outOfMemory(error, "the synapses");
    if (begins[s] != begins[s + 1] &&
        !merge(sorted.data() + begins[s], sorted.data() + begins[s + 1]))
      return false;
  }
  held.clear();
  heldRows.clear();
  segments.clear();
  return true;
}

bool BundleBuilder::finish() {
  return rows.push(words.size()) || outOfMemory(error, "the synapses");
}
