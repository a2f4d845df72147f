//===- Rewiring.cpp - Synapses that get other sources ---------------------===//
//
// Those of a target are served one after the other, so each sees what the ones
// before it have got. Then rows are sorted anew, by counting: synapses of one
// source and target stay in the order in which they were.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/Rewiring.h"

#include "runtime/lib/Core/Population.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Plasticity/PlasticRows.h"
#include "runtime/lib/Random/Stream.h"
#include "runtime/lib/Random/Words.h"

using namespace snn::runtime;

//===- Drawing ------------------------------------------------------------===//

NewSources::NewSources(const snn_projection &projection, uint64_t seed,
                       uint64_t stamp)
    : projection(projection), declaration(hash64(seed, projection.path)),
      stamp(stamp), isRecurrent(projection.source.population ==
                                projection.target.population) {}

uint32_t NewSources::draw(uint64_t target, uint32_t number,
                          const uint32_t *sources, uint32_t count) const {
  auto canHave = [&](uint32_t source) {
    if (isRecurrent && !(projection.flags & SNN_AUTAPSES) &&
        sliceNeuron(projection.source, source) == target)
      return false;
    for (uint32_t i = 0; i < count && !(projection.flags & SNN_MULTAPSES); ++i)
      if (i != number && sources[i] == source)
        return false;
    return source != sources[number];
  };
  Key key = makeKey(declaration, Stream::Rewire, mix64(stamp, target));
  Words words = Words::ofNeuron(key, number);
  for (unsigned tries = 0; tries < MostTries; ++tries) {
    // The high half of a product: of 2^64 numbers each source has as many but
    // for one in 2^32.
    auto source =
        static_cast<uint32_t>(static_cast<unsigned __int128>(words.next()) *
                                  projection.source.count >>
                              64);
    if (canHave(source))
      return source;
  }
  return sources[number];
}

//===- Moving -------------------------------------------------------------===//

bool PlasticRows::rewire(const snn_model &model, uint32_t projection,
                         uint64_t stamp) {
  const snn_plasticity &rule = *model.projections[projection].plasticity;
  uint64_t count = table.size();
  void *flags = pointers[rule.rewire];
  bool any = false;
  for (uint64_t i = 0; i < count && !any; ++i)
    any = readElement(flags, rule.element, i) != 0;
  if (!any)
    return true;
  Buffer<uint32_t> sources, begins, listed, own;
  if (!sources.resize(count) || !begins.resize(owned.size() + 1) ||
      !listed.resize(count))
    return false;
  for (uint64_t row = 0; row + 1 < table.rows.size(); ++row)
    for (uint64_t i = table.rows[row]; i < table.rows[row + 1]; ++i)
      sources[i] = static_cast<uint32_t>(row);
  listByTarget(begins, listed);
  NewSources draws(model.projections[projection], model.seeds.network, stamp);
  for (uint64_t t = 0; t < owned.size(); ++t) {
    uint32_t first = begins[t], size = begins[t + 1] - first;
    own.clear();
    for (uint32_t n = 0; n < size; ++n)
      if (!own.push(sources[listed[first + n]]))
        return false;
    for (uint32_t n = 0; n < size; ++n) {
      uint64_t synapse = listed[first + n];
      if (readElement(flags, rule.element, synapse) == 0)
        continue;
      own[n] = draws.draw(firstNeuron + t, n, own.data(), size);
      sources[synapse] = own[n];
      writeElement(flags, rule.element, synapse, 0);
    }
  }
  return sortRows(sources, rule.element);
}

/// Rows again, by the sources that synapses have now.
bool PlasticRows::sortRows(const Buffer<uint32_t> &sources, uint32_t element) {
  uint64_t count = table.size(), last = table.rows.size() - 1;
  Buffer<uint32_t> places;
  Buffer<char> copy;
  if (!places.resize(count) || !copy.resize(count * sizeof(uint64_t)))
    return false;
  for (uint64_t &begin : table.rows)
    begin = 0;
  for (uint32_t source : sources)
    ++table.rows[source];
  uint64_t end = 0;
  for (uint64_t row = 0; row <= last; ++row)
    table.rows[row] = end += row < last ? table.rows[row] : 0;
  // From the ends backwards, which leaves the beginnings behind.
  for (uint64_t i = count; i-- > 0;)
    places[i] = static_cast<uint32_t>(--table.rows[sources[i]]);
  auto move = [&](void *array, uint64_t bytes) {
    auto *to = static_cast<char *>(array);
    for (uint64_t i = 0; i < count; ++i)
      memcpy(copy.data() + places[i] * bytes, to + i * bytes, bytes);
    memcpy(to, copy.data(), count * bytes);
  };
  move(table.targets.data(), sizeof(uint32_t));
  for (void *state : pointers)
    move(state, elementBytes(element));
  if (!lastEvent.empty())
    move(lastEvent.data(), sizeof(uint32_t));
  if (!identities.empty())
    move(identities.data(), sizeof(uint32_t));
  if (!byTarget.empty())
    listByTarget(targetBegins, byTarget);
  findBlocks();
  return true;
}
