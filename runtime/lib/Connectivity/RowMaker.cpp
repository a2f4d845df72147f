//===- RowMaker.cpp - From targets to finished rows -----------------------===//
//
// Everything goes through flat arrays of the row: words, steps, targets,
// weights; no object exists for an edge.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Connectivity/RowMaker.h"

using namespace snn::runtime;

namespace {

template <typename T>
T *room(Buffer<T> &buffer, uint64_t count) {
  // A buffer that was never grown has no address to tell from failure.
  return buffer.reserve(count < 64 ? 64 : count) ? buffer.data() : nullptr;
}

} // namespace

bool RowMaker::outOfMemory() {
  return snn::runtime::outOfMemory(error, "the rows of a projection");
}

uint32_t *RowMaker::targetsOfRow(uint64_t count) {
  uint32_t *result = room(targets, count);
  if (!result)
    outOfMemory();
  return result;
}

uint64_t *RowMaker::edgesOfRow(uint64_t count) {
  uint64_t *result = room(edges, count);
  if (!result)
    outOfMemory();
  return result;
}

uint32_t *RowMaker::workWords(uint64_t count) {
  uint32_t *result = room(work, count);
  if (!result)
    outOfMemory();
  return result;
}

bool RowMaker::failProbability(double probability, double distance) {
  fail(error, ModelError, "E0411",
       "`%s` joins neurons that are %g um apart with probability %g, which is "
       "not in 0 .. 1",
       network->projection().path, distance, probability);
  return help(error, "scale it, or bound it by `min(1, ...)`");
}

bool RowMaker::report(EdgeFault fault, const char *what) {
  const char *path = network->projection().path;
  switch (fault) {
  case EdgeFault::None:
    return true;
  case EdgeFault::NoMemory:
    return outOfMemory();
  case EdgeFault::NoDraw:
    fail(error, ModelError, "E0420",
         "%s of `%s`: %u draws in a row missed the bounds of `redraw to`", what,
         path, LargestTries);
    return help(error, "give bounds that the distribution can reach");
  case EdgeFault::OutOfRange:
    if (what[0] == 'w') {
      fail(error, ModelError, "E0723",
           "a drawn weight of `%s` is too large for its port's sum", path);
      return help(error, "bound it with `redraw to` or `clip to`");
    }
    fail(error, ModelError, "E0722",
         "a drawn delay of `%s` is not in 0 .. 65,535 steps", path);
    return help(error, "bound it with `redraw to` or `clip to`");
  }
  return false;
}

/// The word of each of `kept` edges of a row of `count`.
bool RowMaker::makeWords(const EdgeValue &value, const Places &places,
                         uint64_t count, uint64_t kept) {
  if (!room(words, count + 7) || !room(unknown, count))
    return outOfMemory();
  if (!value.needsWord())
    return true;
  uint32_t *to = words.data();
  if (!places.listed) {
    arsFill(value.key(), 0, places.name, (count + 3) / 4, to);
    if (places.positions)
      for (uint64_t j = 0; j < kept; ++j)
        to[j] = to[places.positions[j]];
    return true;
  }
  // Blocks serve runs of consecutive numbers.
  Block block = {};
  uint64_t last = UINT64_MAX;
  for (uint64_t j = 0; j < kept; ++j) {
    uint64_t edge = places.edge(j), group = edge / 4;
    if (group != last)
      block = ars(value.key(), static_cast<uint32_t>(edge) / 4, edge >> 32);
    last = group;
    to[j] = block[edge % 4];
  }
  return true;
}

/// What the geometry says of edge j of a listed row.
double RowMaker::valueOfPlace(const EdgeValue &value, const Places &places,
                              uint64_t j) const {
  const snn_geometry &functions = *network->projection().geometry;
  snn_place_fn function = &value == &network->weights ? functions.weight
                          : &value == &network->axonal
                              ? functions.axonal_delay
                              : functions.dendritic_delay;
  return network->geometry.evaluate(function, places.source, targets.data()[j]);
}

/// Draws `count` values after makeWords.
template <typename T>
bool RowMaker::makeWhole(const EdgeValue &value, const char *what,
                         const Places &places, uint64_t count, T *out) {
  int64_t whole = 0;
  if (value.isData()) {
    for (uint64_t j = 0; j < count; ++j) {
      if (!report(value.dataWhole(places.edge(j), whole), what))
        return false;
      out[j] = static_cast<T>(whole);
    }
    return true;
  }
  if (value.isOfPlace()) {
    for (uint64_t j = 0; j < count; ++j) {
      if (!report(value.givenWhole(valueOfPlace(value, places, j), whole),
                  what))
        return false;
      out[j] = static_cast<T>(whole);
    }
    return true;
  }
  // The table first, in one loop; then what it does not know.
  uint64_t left = value.findAll(words.data(), count, out, unknown.data());
  for (uint64_t i = 0; i < left; ++i) {
    uint32_t j = unknown.data()[i];
    EdgeFault fault = value.computeWhole(words.data()[j], places[j], whole);
    if (fault != EdgeFault::None)
      return report(fault, what);
    out[j] = static_cast<T>(whole);
  }
  return true;
}

template <typename T>
bool RowMaker::makeReal(const EdgeValue &value, const Places &places,
                        uint64_t count, T *out) {
  for (uint64_t j = 0; j < count; ++j) {
    double real = 0;
    if (value.isData())
      real = value.dataReal(places.edge(j));
    else if (value.isOfPlace())
      real = valueOfPlace(value, places, j);
    else if (EdgeFault fault = value.drawReal(words.data()[j], places[j], real);
             fault != EdgeFault::None)
      return report(fault, network->nameOfWeights());
    out[j] = static_cast<T>(real);
  }
  return true;
}

/// The delay of each edge in steps.
bool RowMaker::makeSteps(const Places &places, uint64_t count) {
  // A part that is constant is added to the other, which is not.
  const EdgeValue &axonal = network->axonal;
  const EdgeValue &dendritic = network->dendritic;
  bool both = !axonal.isConstant() && !dendritic.isConstant();
  const EdgeValue &first = axonal.isConstant() ? dendritic : axonal;
  const char *what = axonal.isConstant() ? "dendritic delay" : "axonal delay";
  if (!room(steps, 2 * count))
    return outOfMemory();
  if (!makeWords(first, places, count, count) ||
      !makeWhole(first, what, places, count, steps.data()))
    return false;
  uint32_t *total = steps.data(), *second = total + count;
  if (both) {
    if (!makeWords(dendritic, places, count, count) ||
        !makeWhole(dendritic, "dendritic delay", places, count, second))
      return false;
    for (uint64_t j = 0; j < count; ++j)
      total[j] += second[j];
  } else {
    auto constant = static_cast<uint32_t>(
        (axonal.isConstant() ? axonal : dendritic).constantWhole());
    for (uint64_t j = 0; j < count; ++j)
      total[j] += constant;
  }
  for (uint64_t j = 0; j < count; ++j)
    if (total[j] - 1 >= Connectivity::LongestDelay) {
      fail(error, ModelError, "E0722",
           "a drawn delay of `%s` is %u steps; delays are 1 .. 65,535 steps",
           network->projection().path, total[j]);
      return help(error, "bound it with `redraw to >= 0.5 step`, for example");
    }
  return true;
}

/// Counts `steps` into segments; leaves in the histogram where each begins.
bool RowMaker::makeSegments(uint64_t count) {
  if (histogram.empty() && !histogram.resize(Connectivity::LongestDelay + 1))
    return outOfMemory();
  uint32_t least = UINT32_MAX, most = 0;
  for (uint64_t j = 0; j < count; ++j) {
    uint32_t delay = steps.data()[j];
    ++histogram.data()[delay];
    least = delay < least ? delay : least;
    most = delay > most ? delay : most;
  }
  uint32_t end = 0;
  for (uint32_t delay = least; delay <= most; ++delay) {
    uint32_t here = histogram.data()[delay];
    if (here == 0)
      continue;
    histogram.data()[delay] = end;
    end += here;
    if (!segments.push({delay, end}))
      return outOfMemory();
  }
  return true;
}

/// Stable, by counting.
bool RowMaker::sortByDelay(uint64_t count) {
  if (!room(sortedTargets, count) || !room(sortedEdges, count))
    return outOfMemory();
  for (uint64_t j = 0; j < count; ++j) {
    uint32_t to = histogram.data()[steps.data()[j]]++;
    sortedTargets.data()[to] = targets.data()[j];
    sortedEdges.data()[to] = edges.data()[j];
  }
  memcpy(targets.data(), sortedTargets.data(), count * sizeof(uint32_t));
  memcpy(edges.data(), sortedEdges.data(), count * sizeof(uint64_t));
  return true;
}

/// The weights of the `kept` edges that are left of `count`.
bool RowMaker::makeWeights(Places places, uint64_t count, uint64_t kept) {
  const EdgeValue &value = network->weights;
  if (!positions.empty())
    places.positions = positions.data();
  if (!room(weights, kept * 8))
    return outOfMemory();
  if (!makeWords(value, places, count, kept))
    return false;
  char *to = weights.data();
  switch (network->projection().weight_element) {
  case SNN_I32:
    return makeWhole(value, "weight", places, kept,
                     reinterpret_cast<int32_t *>(to));
  case SNN_I64:
    return makeWhole(value, "weight", places, kept,
                     reinterpret_cast<int64_t *>(to));
  case SNN_F32:
    return makeReal(value, places, kept, reinterpret_cast<float *>(to));
  default:
    return makeReal(value, places, kept, reinterpret_cast<double *>(to));
  }
}

const int32_t *RowMaker::weightsOfEdges(uint64_t count) {
  uint64_t *numbers = edgesOfRow(count);
  if (!numbers)
    return nullptr;
  for (uint64_t j = 0; j < count; ++j)
    numbers[j] = j;
  positions.clear();
  return makeWeights({true, 0, numbers, nullptr}, count, count)
             ? reinterpret_cast<const int32_t *>(weights.data())
             : nullptr;
}

/// Drops the targets that are not wanted, keeping the positions of the others.
bool RowMaker::cut(uint64_t &count) {
  if (!room(positions, count))
    return outOfMemory();
  uint32_t *target = targets.data(), *position = positions.data();
  uint32_t kept = 0, j = 0;
  uint64_t keptSegments = 0;
  auto least = static_cast<uint32_t>(wantedTargets.begin);
  auto size = static_cast<uint32_t>(wantedTargets.size() - 1);
  for (DelaySegment segment : segments) {
    uint32_t before = kept;
    for (; j < segment.end; ++j) {
      target[kept] = target[j];
      position[kept] = j;
      kept += target[j] - least <= size;
    }
    if (kept != before)
      segments[keptSegments++] = {segment.steps, kept};
  }
  segments.setSize(keptSegments);
  positions.setSize(kept);
  count = kept;
  return true;
}

bool RowMaker::finish(const RowCount &row, const Places &places) {
  Range range = network->tiles()[row.tile];
  uint64_t kept = row.count;
  positions.clear();
  if ((range.begin < wantedTargets.begin || wantedTargets.end < range.end) &&
      !cut(kept))
    return false;
  if (kept == 0)
    return true;
  if (!network->hasConstantWeight() && !makeWeights(places, row.count, kept))
    return false;
  const snn_slice &slice = network->projection().target;
  if (slice.first != 0 || slice.stride != 1)
    for (uint64_t j = 0; j < kept; ++j)
      targets.data()[j] =
          static_cast<uint32_t>(slice.first + targets.data()[j] * slice.stride);
  return consumer(context,
                  {row.source, row.tile, static_cast<uint32_t>(kept),
                   static_cast<uint32_t>(segments.size()), targets.data(),
                   network->hasConstantWeight() ? nullptr : weights.data(),
                   segments.data(), row.before});
}

bool RowMaker::drawDelays(const RowCount &row) {
  if (row.count > UINT32_MAX)
    return fail(error, SNN_RESOURCE, "E0704",
                "a neuron has more than 4,294,967,295 synapses in one tile of "
                "`%s`",
                network->projection().path);
  segments.clear();
  if (network->hasConstantDelay())
    return segments.push(
               {network->constantDelay(), static_cast<uint32_t>(row.count)}) ||
           outOfMemory();
  Places places = {false, row.name(), nullptr, nullptr};
  if (!makeSteps(places, row.count) || !makeSegments(row.count))
    return false;
  for (DelaySegment segment : segments)
    histogram[segment.steps] = 0;
  return true;
}

bool RowMaker::finishDrawn(const RowCount &row) {
  return drawDelays(row) && finish(row, {false, row.name(), nullptr, nullptr});
}

bool RowMaker::finishCounted(const RowCount &row, const DelaySegment *delays,
                             uint64_t numDelays) {
  segments.clear();
  if (!segments.append(delays, numDelays))
    return outOfMemory();
  return finish(row, {false, row.name(), nullptr, nullptr});
}

bool RowMaker::finishListed(uint32_t source, uint32_t tile, uint64_t count) {
  Places places = {true, 0, edges.data(), nullptr, source};
  segments.clear();
  if (network->hasConstantDelay()) {
    if (!segments.push(
            {network->constantDelay(), static_cast<uint32_t>(count)}))
      return outOfMemory();
  } else {
    if (!makeSteps(places, count) || !makeSegments(count) ||
        !sortByDelay(count))
      return false;
    for (DelaySegment segment : segments)
      histogram[segment.steps] = 0;
  }
  return finish({source, tile, count, 0}, places);
}
