//===- Synapses.cpp - The stored synapses of a projection -----------------===//
//
// Rows are generated for the owned targets and laid down one after the other.
// Where a source has rows in several tiles, a block of sources is held back
// until all of them are there, and each source's rows are merged by delay.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/Synapses.h"

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Connectivity/SortBySource.h"
#include "runtime/lib/Core/HugePages.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

unsigned snn::runtime::bytesOfWeight(const Connectivity &connectivity) {
  const snn_projection &projection = connectivity.projection();
  if (connectivity.hasConstantWeight() && projection.sum_field != SNN_NONE &&
      !projection.plasticity)
    return 0;
  uint32_t element = projection.weight_element;
  return element == SNN_I32 || element == SNN_F32 ? 4 : 8;
}

namespace {

class Builder {
public:
  Builder(const Connectivity &connectivity, Synapses &out, Error &error)
      : connectivity(connectivity), out(out), error(error),
        weightBytes(bytesOfWeight(connectivity)) {}

  bool build(Range targets);

private:
  struct HeldRow {
    uint32_t source, count;
    uint64_t first; // in held.targets
    uint64_t segment, endSegment;
  };

  static bool take(void *self, const Row &row) {
    return static_cast<Builder *>(self)->append(row);
  }
  static bool hold(void *self, const Row &row) {
    return static_cast<Builder *>(self)->keep(row);
  }
  bool outOfMemory() {
    return snn::runtime::outOfMemory(error, "the synapses of a projection");
  }

  bool startRows(uint64_t source);
  bool appendWeights(const void *weights, uint64_t first, uint64_t count);
  bool append(const Row &row);
  bool keep(const Row &row);
  bool merge(const HeldRow *rows, uint64_t count);
  bool releaseBlock(Range sources);

  const Connectivity &connectivity;
  Synapses &out;
  Error &error;
  unsigned weightBytes;

  Buffer<HeldRow> rows, sorted;
  Buffer<uint64_t> begins;
  Buffer<uint32_t> targets;
  Buffer<char> weights;
  Buffer<DelaySegment> segments;
};

/// Empty rows up to that of `source`, which begins here.
bool Builder::startRows(uint64_t source) {
  while (out.rows.size() <= source)
    if (!out.rows.push(out.targets.size()) ||
        (!out.constantDelay && !out.segmentRows.push(out.segments.size())))
      return outOfMemory();
  return true;
}

bool Builder::appendWeights(const void *from, uint64_t first, uint64_t count) {
  if (weightBytes == 0)
    return true;
  if (from)
    return out.weights.append(static_cast<const char *>(from) +
                                  first * weightBytes,
                              count * weightBytes) ||
           outOfMemory();
  // A handler takes weights one by one, even if they are equal.
  double real = connectivity.constantRealWeight();
  auto single = static_cast<float>(real);
  const void *weight = weightBytes == 4 ? static_cast<void *>(&single)
                                        : static_cast<void *>(&real);
  for (uint64_t j = 0; j < count; ++j)
    if (!out.weights.append(static_cast<const char *>(weight), weightBytes))
      return outOfMemory();
  return true;
}

/// The only row of its source.
bool Builder::append(const Row &row) {
  if (!startRows(row.source) || !out.targets.append(row.targets, row.count) ||
      !appendWeights(row.weights, 0, row.count))
    return outOfMemory();
  uint32_t begin = 0;
  if (!out.constantDelay)
    for (uint32_t s = 0; s < row.numSegments; ++s) {
      if (!out.segments.push(
              {row.segments[s].steps, row.segments[s].end - begin}))
        return outOfMemory();
      begin = row.segments[s].end;
    }
  return true;
}

bool Builder::keep(const Row &row) {
  HeldRow held = {row.source, row.count, targets.size(), segments.size(),
                  segments.size() + row.numSegments};
  return (rows.push(held) && targets.append(row.targets, row.count) &&
          segments.append(row.segments, row.numSegments) &&
          (!row.weights ||
           weights.append(static_cast<const char *>(row.weights),
                          uint64_t{row.count} * weightBytes))) ||
         outOfMemory();
}

/// One source's rows, by delay and then tile.
bool Builder::merge(const HeldRow *part, uint64_t count) {
  if (!startRows(part[0].source))
    return false;
  const void *from = weights.empty() ? nullptr : weights.data();
  Buffer<uint64_t> taken, at; // synapses done, and the next segment, by row
  if (!taken.resize(count) || !at.resize(count))
    return outOfMemory();
  for (uint64_t r = 0; r < count; ++r)
    at[r] = part[r].segment;
  while (true) {
    uint32_t delay = UINT32_MAX;
    for (uint64_t r = 0; r < count; ++r)
      if (at[r] != part[r].endSegment && segments[at[r]].steps < delay)
        delay = segments[at[r]].steps;
    if (delay == UINT32_MAX)
      return true;
    uint64_t before = out.targets.size();
    for (uint64_t r = 0; r < count; ++r) {
      if (at[r] == part[r].endSegment || segments[at[r]].steps != delay)
        continue;
      uint64_t first = part[r].first + taken[r];
      uint64_t size = segments[at[r]].end - taken[r];
      if (!out.targets.append(targets.data() + first, size) ||
          !appendWeights(from, first, size))
        return outOfMemory();
      taken[r] = segments[at[r]++].end;
    }
    if (!out.constantDelay &&
        !out.segments.push(
            {delay, static_cast<uint32_t>(out.targets.size() - before)}))
      return outOfMemory();
  }
}

bool Builder::releaseBlock(Range sources) {
  if (!sortBySource(rows, sources, sorted, begins))
    return outOfMemory();
  for (uint64_t s = 0; s < sources.size(); ++s)
    if (begins[s] != begins[s + 1] &&
        !merge(sorted.data() + begins[s], begins[s + 1] - begins[s]))
      return false;
  rows.clear();
  targets.clear();
  weights.clear();
  segments.clear();
  return true;
}

bool Builder::build(Range range) {
  out.constantDelay = connectivity.hasConstantDelay();
  out.delay = out.constantDelay ? connectivity.constantDelay() : 1;
  out.constantWeight = weightBytes == 0;
  out.weight = out.constantWeight ? connectivity.constantWeight() : 0;
  uint64_t sources = connectivity.numSources();
  range.end = range.end < connectivity.numTargets() ? range.end
                                                    : connectivity.numTargets();
  // Six standard deviations of room: growing would take the memory twice.
  double share = range.empty()
                     ? 0
                     : static_cast<double>(range.size()) /
                           static_cast<double>(connectivity.numTargets());
  double mean = connectivity.expectedEdges() * share;
  auto likely = static_cast<uint64_t>(mean + 6 * snn_sqrt(mean) + 64);
  if (!out.rows.reserve(sources + 1) || !reserveHuge(out.targets, likely) ||
      !reserveHuge(out.weights, likely * weightBytes) ||
      (!out.constantDelay && !out.segmentRows.reserve(sources + 1)))
    return outOfMemory();

  Range tiles = connectivity.tiles().covering(range);
  if (tiles.size() <= 1) {
    if (!connectivity.forEachRow({0, sources}, range, take, this, error))
      return false;
  } else {
    uint64_t block =
        drawsByTarget(connectivity.projection()) ? sources : BlockSources;
    for (uint64_t begin = 0; begin < sources; begin += block) {
      Range part = {begin, begin + block < sources ? begin + block : sources};
      if (!connectivity.forEachRow(part, range, hold, this, error) ||
          !releaseBlock(part))
        return false;
    }
  }
  return startRows(sources);
}

} // namespace

bool snn::runtime::buildSynapses(const snn_model &model, uint32_t projection,
                                 Range owned, QuantileShelf &shelf,
                                 Synapses &out, Error &error, uint32_t state) {
  snn_projection description = model.projections[projection];
  const char *name = nullptr;
  if (state) {
    name = description.plasticity->states[state].name;
    description.weight = description.plasticity->initials[state - 1];
  }
  Connectivity connectivity;
  return connectivity.create(description, model.step, model.seeds.network,
                             shelf, error, name) &&
         Builder(connectivity, out, error)
             .build(sliceIndices(description.target, owned));
}
