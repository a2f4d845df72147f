//===- PlasticRows.cpp - Synapses that change -----------------------------===//
//
// States that are drawn are those of a projection whose weight they are: drawn
// by the counters of its edges, under a key of their own.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/PlasticRows.h"

#include "runtime/lib/Core/HugePages.h"
#include "runtime/lib/Core/Population.h"

using namespace snn::runtime;

static bool noMemory(Error &error) {
  return outOfMemory(error, "the synapses of a plastic projection");
}

double PlasticRows::bytesOfSynapse(const snn_plasticity &rule, DelaySplit split,
                                   bool reverse) {
  return (rule.num_states - 1.0) *
             static_cast<double>(elementBytes(rule.element)) +
         (rule.lazy ? 4 : 0) + (rule.rewire ? RewiringBytes : 0) +
         4.0 / (1 << MostBlockBits) + (reverse ? 4 : 0) +
         (hasDelays(rule, split, reverse) ? 2 : 0);
}

bool PlasticRows::build(const snn_model &model, uint32_t projection,
                        Range neurons, DelaySplit split, bool reverse,
                        QuantileShelf &shelf, Error &error) {
  const snn_projection &description = model.projections[projection];
  const snn_plasticity &rule = *description.plasticity;
  owned = neurons;
  firstNeuron = neurons.begin;
  if (!buildSynapses(model, projection, owned, shelf, table, error))
    return false;
  if (table.size() >= UINT32_MAX) {
    fail(error, SNN_RESOURCE, "E0704",
         "a thread has more than 4,294,967,295 synapses of `%s`",
         description.path);
    return help(error, "divide it into several connections, or use more "
                       "threads");
  }
  return addStates(model, projection, shelf, error) && addBlocks(error) &&
         (!reverse || addReverse(error)) &&
         (!hasDelays(rule, split, reverse) || addDelays(split, error));
}

bool PlasticRows::addStates(const snn_model &model, uint32_t projection,
                            QuantileShelf &shelf, Error &error) {
  const snn_plasticity &rule = *model.projections[projection].plasticity;
  uint64_t bytes = elementBytes(rule.element);
  if (!extra.create(rule.num_states - 1) || !pointers.resize(rule.num_states))
    return noMemory(error);
  pointers[0] = table.weights.data();
  for (uint32_t s = 1; s < rule.num_states; ++s) {
    Buffer<char> &state = extra[s - 1];
    const snn_value &initial = rule.initials[s - 1];
    if (initial.kind == SNN_CONSTANT) {
      if (!reserveHuge(state, table.size() * bytes))
        return noMemory(error);
      state.setSize(table.size() * bytes);
      for (uint64_t i = 0; i < table.size(); ++i)
        writeElement(state.data(), rule.element, i, initial.a);
    } else {
      Synapses drawn;
      if (!buildSynapses(model, projection, owned, shelf, drawn, error, s))
        return false;
      state = static_cast<Buffer<char> &&>(drawn.weights);
    }
    pointers[s] = state.data();
  }
  identities.clear();
  if (rule.rewire && !identities.resize(table.size()))
    return noMemory(error);
  for (uint64_t i = 0; i < identities.size(); ++i)
    identities[i] = static_cast<uint32_t>(i);
  lastEvent.clear();
  return !rule.lazy || lastEvent.resize(table.size()) || noMemory(error);
}

bool PlasticRows::reset(const snn_model &model, uint32_t projection,
                        QuantileShelf &shelf, Error &error) {
  // Freed first, so that this takes no more than making it did.
  table = Synapses();
  if (!buildSynapses(model, projection, owned, shelf, table, error) ||
      !addStates(model, projection, shelf, error))
    return false;
  if (model.projections[projection].plasticity->rewire) {
    findBlocks();
    if (!byTarget.empty())
      listByTarget(targetBegins, byTarget);
  }
  return true;
}

/// Sorted by counting: for each target its indices ascend.
bool PlasticRows::addReverse(Error &error) {
  if (!targetBegins.resize(owned.size() + 1) ||
      !reserveHuge(byTarget, table.size()))
    return noMemory(error);
  byTarget.setSize(table.size());
  listByTarget(targetBegins, byTarget);
  return true;
}

void PlasticRows::listByTarget(Buffer<uint32_t> &begins,
                               Buffer<uint32_t> &listed) const {
  for (uint32_t &begin : begins)
    begin = 0;
  for (uint32_t target : table.targets)
    ++begins[target - firstNeuron];
  uint32_t end = 0;
  for (uint32_t &begin : begins)
    begin = end += begin;
  // From the ends backwards, which leaves the beginnings behind.
  for (uint64_t i = table.size(); i-- > 0;)
    listed[--begins[table.targets[i] - firstNeuron]] = static_cast<uint32_t>(i);
}

bool PlasticRows::addBlocks(Error &error) {
  // No more synapses than in a row.
  while (blockBits > LeastBlockBits &&
         table.rows.size() << blockBits > table.size())
    --blockBits;
  uint64_t blocks = (table.size() >> blockBits) + 2;
  if (!blockRows.resize(blocks))
    return noMemory(error);
  findBlocks();
  return true;
}

void PlasticRows::findBlocks() {
  uint64_t blocks = blockRows.size(), row = 0, most = table.rows.size() - 2;
  for (uint64_t block = 0; block < blocks; ++block) {
    uint64_t first = block << blockBits;
    while (row < most && table.rows[row + 1] <= first)
      ++row;
    blockRows[block] = static_cast<uint32_t>(row);
  }
}

/// Up to the row in which the block ends.
uint64_t PlasticRows::searchRow(uint64_t low, uint32_t synapse) const {
  uint64_t high = blockRows[(synapse >> blockBits) + 1];
  while (low < high) {
    uint64_t middle = low + (high - low + 1) / 2;
    if (table.rows[middle] <= synapse)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

bool PlasticRows::addDelays(DelaySplit split, Error &error) {
  if (!axonal.reserve(table.size()))
    return noMemory(error);
  for (const Segment &segment : table.segments) {
    auto delay = static_cast<uint16_t>(split.axonalOf(segment.delay));
    for (uint32_t i = 0; i < segment.count; ++i)
      if (!axonal.push(delay))
        return noMemory(error);
  }
  return true;
}

uint64_t PlasticRows::bytes() const {
  uint64_t sum = table.bytes() + lastEvent.capacityBytes() +
                 identities.capacityBytes() + blockRows.capacityBytes() +
                 targetBegins.capacityBytes() + byTarget.capacityBytes() +
                 axonal.capacityBytes();
  for (const Buffer<char> &state : extra)
    sum += state.capacityBytes();
  return sum;
}
