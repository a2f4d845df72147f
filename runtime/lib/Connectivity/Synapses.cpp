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

namespace {

unsigned bytesOfElement(uint32_t element) {
  return element == SNN_I32 || element == SNN_F32 ? 4 : 8;
}

/// Whether each synapse has a weight of its own in the table.
bool storesWeights(const Connectivity &connectivity) {
  return !connectivity.hasConstantWeight() ||
         connectivity.projection().sum_field == SNN_NONE ||
         connectivity.projection().plasticity;
}

class Builder {
public:
  Builder(const Connectivity &connectivity, Synapses &out, Error &error)
      : connectivity(connectivity), out(out), error(error),
        weightBytes(
            storesWeights(connectivity)
                ? bytesOfElement(connectivity.projection().weight_element)
                : 0) {}

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

//===- Estimates ----------------------------------------------------------===//

/// Draws a value from this many words, evenly spread.
constexpr uint32_t Samples = 4096;

/// Bytes of work space for an edge of the row that is made: target, words of
/// its values, the values, and where it stood.
constexpr double WorkOfEdge = 40;

/// A delay that no draw exceeds, in steps.
double longestOf(const EdgeValue &value, const snn_value &description,
                 double step) {
  if (value.isConstant())
    return static_cast<double>(value.constantWhole());
  double bound = Infinity;
  if (value.isOfPlace()) {
    bound = description.b;
  } else if (value.isData()) {
    bound = 0;
    for (uint64_t i = 0; i < description.count; ++i)
      bound = description.data[i] > bound ? description.data[i] : bound;
  } else if (isQuantile(description)) {
    bound = quantile(description, 1 - 0x1p-53);
  }
  bound = bound < description.redraw_high ? bound : description.redraw_high;
  bound = bound < description.clip_high ? bound : description.clip_high;
  return roundHalfEven(bound / step);
}

/// Expected number of different delays among `edges` of a row.
double expectedSegments(const Connectivity &connectivity, double edges,
                        double step, Buffer<uint32_t> &histogram,
                        SharedDelays *shared) {
  if (connectivity.axonal.isOfPlace() || connectivity.dendritic.isOfPlace()) {
    // As many as there are steps from the least delay to the greatest.
    const snn_projection &projection = connectivity.projection();
    double steps = 1;
    for (const snn_value *delay :
         {&projection.axonal_delay, &projection.dendritic_delay})
      if (delay->kind == SNN_OF_PLACE)
        steps += (delay->b - delay->a) / step;
    double segments = edges < steps ? edges : steps;
    if (shared)
      shared->addOwn(segments);
    return segments;
  }
  if (connectivity.axonal.isData() || connectivity.dendritic.isData()) {
    if (shared)
      shared->addOwn(edges);
    return edges;
  }
  for (uint32_t i = 0; i < Samples; ++i) {
    // Two evenly spread words that are not each other's function.
    uint32_t word = (i << 20) + (1u << 19);
    auto other = static_cast<uint32_t>(mix64(i));
    int64_t first = connectivity.axonal.constantWhole();
    int64_t second = connectivity.dendritic.constantWhole();
    if ((!connectivity.axonal.isConstant() &&
         connectivity.axonal.drawWhole(word, {i, UINT64_MAX}, first) !=
             EdgeFault::None) ||
        (!connectivity.dendritic.isConstant() &&
         connectivity.dendritic.drawWhole(other, {i, UINT64_MAX}, second) !=
             EdgeFault::None))
      continue;
    int64_t steps = first + second;
    if (steps >= 1 && steps <= Connectivity::LongestDelay)
      ++histogram[static_cast<uint64_t>(steps)];
  }
  double expected = 0;
  for (uint64_t steps = 1; steps < histogram.size(); ++steps) {
    if (histogram[steps] == 0)
      continue;
    double absence = snn_pow(
        1 - static_cast<double>(histogram[steps]) / (Samples + 1), edges);
    expected += 1 - absence;
    if (shared)
      shared->add(steps, absence);
  }
  return expected;
}

} // namespace

bool SharedDelays::create() {
  absences.clear();
  if (!absences.resize(Connectivity::LongestDelay + 1))
    return false;
  for (double &absence : absences)
    absence = 1;
  own = 0;
  return true;
}

double SharedDelays::expected() const {
  double sum = own;
  for (double absence : absences)
    sum += 1 - absence;
  return sum;
}

bool snn::runtime::buildSynapses(const snn_model &model, uint32_t projection,
                                 Range owned, StairShelf &shelf, Synapses &out,
                                 Error &error, uint32_t state) {
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

bool snn::runtime::estimateSynapses(const snn_model &model, uint32_t projection,
                                    uint32_t threads, StairShelf &shelf,
                                    SynapseEstimate &out, Error &error,
                                    SharedDelays *shared) {
  const snn_projection &description = model.projections[projection];
  Connectivity connectivity;
  if (!connectivity.create(description, model.step, model.seeds.network, shelf,
                           error))
    return false;
  double edges = connectivity.expectedEdges();
  auto sources = static_cast<double>(connectivity.numSources());
  double perSynapse = 4 + (storesWeights(connectivity)
                               ? bytesOfElement(description.weight_element)
                               : 0);
  double bytes = edges * perSynapse + 8.0 * threads * (sources + 1);
  double longest =
      longestOf(connectivity.axonal, description.axonal_delay, model.step) +
      longestOf(connectivity.dendritic, description.dendritic_delay,
                model.step);
  double segments = 0;
  if (!connectivity.hasConstantDelay()) {
    Buffer<uint32_t> histogram;
    if (!histogram.resize(Connectivity::LongestDelay + 1))
      return outOfMemory(error, "an estimate of memory");
    bytes += 8.0 * threads * (sources + 1);
    if (sources != 0)
      segments = threads * sources *
                 expectedSegments(connectivity, edges / sources / threads,
                                  model.step, histogram, shared);
    bytes += 8.0 * segments;
  } else if (shared) {
    shared->add(connectivity.constantDelay(), 0);
  }
  // A thread's work space is a row of a tile, and how often each delay is in
  // it; rules that draw by target sort the edges of a tile, or of all its tiles
  // where a thread has several.
  auto tiles = static_cast<double>(connectivity.tiles().count());
  double row = sources * tiles == 0 ? 0 : edges / (sources * tiles);
  double temporary = threads * WorkOfEdge * (row + 6 * snn_sqrt(row));
  if (!connectivity.hasConstantDelay())
    temporary +=
        threads * sizeof(uint32_t) * (Connectivity::LongestDelay + 1.0);
  if (drawsByTarget(connectivity.projection())) {
    double atOnce = tiles == 0 ? 0 : edges / tiles;
    temporary += 8 * (threads * atOnce < edges ? threads * atOnce : edges);
    if (tiles > threads)
      temporary += edges * perSynapse + 8.0 * threads * sources;
  }
  constexpr double most = 0x1p62;
  out.synapses = static_cast<uint64_t>(edges);
  out.shortWeights = description.weight_element == SNN_I32 &&
                     connectivity.weights.isWithin(INT16_MIN, INT16_MAX);
  out.segments = static_cast<uint64_t>(segments);
  out.bytes = static_cast<uint64_t>(bytes < most ? bytes : most);
  out.temporary = static_cast<uint64_t>(temporary < most ? temporary : most);
  constexpr double limit = Connectivity::LongestDelay;
  out.longestDelay = static_cast<uint32_t>(longest < limit ? longest : limit);
  return true;
}
