//===- SynapseEstimate.cpp - Synapses before they are made ----------------===//
//
// Numbers of synapses and delays are expected values, from which what is drawn
// differs by a thousandth in networks that need much memory.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/SynapseEstimate.h"

#include "runtime/lib/Connectivity/Connectivity.h"
#include "runtime/lib/Connectivity/Synapses.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Math/Bits.h"
#include "runtime/lib/Math/Math.h"

using namespace snn::runtime;

namespace {

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

/// Delays of `Samples` edges, which are drawn from words or constant.
void sampleDelays(const Connectivity &connectivity,
                  Buffer<uint32_t> &histogram) {
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
  sampleDelays(connectivity, histogram);
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

bool snn::runtime::delayShares(const Connectivity &connectivity,
                               Buffer<double> &out) {
  Buffer<uint32_t> histogram;
  if (!histogram.resize(Connectivity::LongestDelay + 1))
    return false;
  sampleDelays(connectivity, histogram);
  uint64_t end = histogram.size();
  while (end > 0 && histogram[end - 1] == 0)
    --end;
  out.clear();
  if (!out.resize(end))
    return false;
  for (uint64_t steps = 0; steps < end; ++steps)
    out[steps] = static_cast<double>(histogram[steps]) / Samples;
  return true;
}

bool snn::runtime::estimateSynapses(const snn_model &model, uint32_t projection,
                                    uint32_t threads, QuantileShelf &shelf,
                                    SynapseEstimate &out, Error &error,
                                    SharedDelays *shared) {
  const snn_projection &description = model.projections[projection];
  Connectivity connectivity;
  if (!connectivity.create(description, model.step, model.seeds.network, shelf,
                           error))
    return false;
  double edges = connectivity.expectedEdges();
  auto sources = static_cast<double>(connectivity.numSources());
  double perSynapse = 4 + bytesOfWeight(connectivity);
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
