//===- Bundle.cpp - Projections that share their rows ---------------------===//
//
// Which sums of a thread a bundle reaches, its rows onto them, and the spikes
// that set out on these.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Delivery/Bundle.h"

#include "runtime/lib/Connectivity/SortBySource.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/BundleBuilder.h"

using namespace snn::runtime;

// Spikes ahead whose row is looked up.
static constexpr uint64_t Ahead = 6;

// Spikes ahead whose row of targets is fetched, and how much of it.
static constexpr uint64_t AheadTargets = 4;
static constexpr uint64_t FetchedLines = 8;

// Sums that half a word can number.
static constexpr uint64_t MostShortSums = 0x10000;

static bool onlyAdds(const snn_projection &projection) {
  return projection.sum_field != SNN_NONE &&
         projection.weight_element == SNN_I32;
}

static bool canGenerate(const snn_projection &projection) {
  return drawnRuleOf(projection) && projection.weight.kind != SNN_DATA &&
         projection.axonal_delay.kind != SNN_DATA &&
         projection.dendritic_delay.kind != SNN_DATA;
}

Bundle::Kind Bundle::kindOf(const snn_projection &projection, bool generated) {
  if (!onlyAdds(projection) || drawsByTarget(projection))
    return Kind::None;
  if (generated && canGenerate(projection))
    return Kind::Generated;
  bool constant = projection.weight.kind == SNN_CONSTANT &&
                  projection.axonal_delay.kind == SNN_CONSTANT &&
                  projection.dendritic_delay.kind == SNN_CONSTANT;
  return constant ? Kind::Targets : Kind::Stored;
}

static uint32_t elementOfSum(const snn_model &model,
                             const snn_projection &projection) {
  return model.populations[projection.target.population]
      .fields[projection.sum_field]
      .element;
}

bool Bundle::together(const snn_model &model, Kind kind,
                      const snn_projection &a, const snn_projection &b) {
  if (elementOfSum(model, a) != elementOfSum(model, b) ||
      a.source.population != b.source.population ||
      a.source.first != b.source.first || a.source.count != b.source.count ||
      a.source.stride != b.source.stride)
    return false;
  return kind != Kind::Targets ||
         (a.grid == b.grid && areEqual(a.weight, b.weight) &&
          areEqual(a.axonal_delay, b.axonal_delay) &&
          areEqual(a.dendritic_delay, b.dendritic_delay));
}

bool Bundle::create(const snn_model &definition, const uint32_t *projections,
                    uint64_t count, Kind theKind, uint32_t threads,
                    QuantileShelf &shelf, Error &error) {
  model = &definition;
  kind = theKind;
  source = model->projections[projections[0]].source;
  sumElement = elementOfSum(*model, model->projections[projections[0]]);
  if (!members.create(count) || !parts.create(threads))
    return outOfMemory(error, "the synapses");
  for (uint64_t i = 0; i < count; ++i)
    if (!members[i].create(model->projections[projections[i]], model->step,
                           model->seeds.network, shelf, error))
      return false;
  return true;
}

/// The sums of a thread, from the first population's that has any.
struct Bundle::Sums {
  uint64_t offset; // in the arena
  uint64_t count;
  uint64_t bytesEach;
};

Bundle::Sums Bundle::sumsOf(const ObjectArray<Population> &populations,
                            uint32_t thread) const {
  uint64_t least = UINT64_MAX, most = 0;
  uint64_t bytesEach = elementBytes(sumElement);
  for (const Connectivity &member : members) {
    const snn_projection &projection = member.projection();
    const Population &target = populations[projection.target.population];
    uint64_t first = target.sumOffset(thread, projection.sum_field);
    uint64_t last = first + target.range(thread).size() * bytesEach;
    least = first < least ? first : least;
    most = last > most ? last : most;
  }
  return {least, (most - least) / bytesEach, bytesEach};
}

/// Whether all weights are known to fit half a word.
bool Bundle::fitOneWord() const {
  for (const Connectivity &member : members)
    if (!member.weights.isWithin(INT16_MIN, INT16_MAX))
      return false;
  return true;
}

bool Bundle::build(const ObjectArray<Population> &populations,
                   const Arena &arena, uint32_t thread, SumBounds &bounds,
                   Error &error) {
  ObjectArray<Part> &own = parts[thread];
  Sums sums = sumsOf(populations, thread);
  uint64_t *firstBound = bounds.from(sums.offset, sumElement);
  uint64_t windows = (sums.count + MostShortSums - 1) / MostShortSums;
  // Stored weights are seen; those that would be made must be foreseen.
  bool needsTwoWords = kind == Kind::Generated && !fitOneWord();
  for (uint32_t wordsEach = needsTwoWords ? 2 : 1; wordsEach <= 2;
       ++wordsEach) {
    // Two words can say any sum.
    uint64_t count = wordsEach == 1 && windows ? windows : 1;
    if (!own.create(count))
      return outOfMemory(error, "the synapses");
    needsTwoWords = false;
    for (uint64_t w = 0; w < count && !needsTwoWords; ++w) {
      Range window = {sums.count * w / count, sums.count * (w + 1) / count};
      own[w].wordsEach = wordsEach;
      own[w].sums = arena.at(sums.offset + window.begin * sums.bytesEach);
      if (!buildPart(own[w], populations, thread, sums, window,
                     firstBound ? firstBound + window.begin : nullptr,
                     needsTwoWords, error) &&
          !needsTwoWords)
        return false;
    }
    if (!needsTwoWords)
      break;
  }
  if (kind == Kind::Stored && firstBound)
    for (uint64_t w = 0; w < own.size(); ++w)
      addBounds(own[w], firstBound + sums.count * w / own.size());
  return true;
}

/// Rows onto the sums of a window.
bool Bundle::buildPart(Part &part, const ObjectArray<Population> &populations,
                       uint32_t thread, const Sums &sums, Range window,
                       uint64_t *bounds, bool &needsTwoWords, Error &error) {
  // Of a member: where the sum of its neuron 0 would be, modulo 2^64, and the
  // neurons whose sums are in the window.
  auto originOf = [&](const Population &target, uint32_t field) {
    return (target.sumOffset(thread, field) - sums.offset) / sums.bytesEach -
           target.range(thread).begin - window.begin;
  };
  auto neuronsOf = [&](const Population &target, uint64_t origin) {
    Range owned = target.range(thread);
    auto clamp = [&](uint64_t neuron) {
      auto place = static_cast<int64_t>(neuron);
      auto low = static_cast<int64_t>(owned.begin);
      auto high = static_cast<int64_t>(owned.end);
      return static_cast<uint64_t>(place < low    ? low
                                   : place > high ? high
                                                  : place);
    };
    return Range{clamp(0 - origin), clamp(window.size() - origin)};
  };
  auto originOfMember = [&](const Connectivity &member) {
    const snn_projection &projection = member.projection();
    return originOf(populations[projection.target.population],
                    projection.sum_field);
  };
  auto targetsOfMember = [&](const Connectivity &member) {
    const snn_slice &slice = member.projection().target;
    Range targets = sliceIndices(slice, neuronsOf(populations[slice.population],
                                                  originOfMember(member)));
    targets.end = targets.end < slice.count ? targets.end : slice.count;
    return targets;
  };

  uint64_t spikes =
      SumBounds::spikesInStep(model->populations[source.population]);
  if (kind == Kind::Generated) {
    GeneratedRows &rows = part.generated;
    rows.create(part.wordsEach, source.count);
    for (const Connectivity &member : members)
      if (!rows.add(member, targetsOfMember(member), originOfMember(member)))
        return outOfMemory(error, "the synapses");
    if (!rows.count(bounds, spikes, error))
      return false;
    part.synapses = rows.numSynapses();
    return part.cursors.create(rows.longestDelay(), part.wordsEach, sumElement,
                               part.sums) ||
           outOfMemory(error, "the spikes under way");
  }

  double expected = 0; // synapses
  for (const Connectivity &member : members)
    if (member.numTargets())
      expected += member.expectedEdges() *
                  static_cast<double>(targetsOfMember(member).size()) /
                  static_cast<double>(member.numTargets());
  if (kind == Kind::Targets) {
    TargetRows &rows = part.targets;
    bool built = rows.create(source.count, expected);
    for (Range block = blockFrom(0, source.count); built && !block.empty();
         block = blockFrom(block.end, source.count)) {
      for (const Connectivity &member : members)
        if (!rows.collect(member, block, targetsOfMember(member),
                          originOfMember(member), error))
          return false;
      built = rows.release(block);
    }
    if (!built || !rows.finish())
      return outOfMemory(error, "the synapses");
    part.synapses = rows.numSynapses();
    int64_t weight = members[0].constantWeight();
    if (bounds)
      rows.addBounds(static_cast<uint64_t>(weight < 0 ? -weight : weight) *
                         spikes,
                     bounds);
    return true;
  }

  BundleBuilder builder(part.stored.begins, part.stored.words, error);
  bool built = builder.start(part.wordsEach, source.count, expected);
  for (Range block = blockFrom(0, source.count); built && !block.empty();
       block = blockFrom(block.end, source.count)) {
    for (const Connectivity &member : members)
      built = built && builder.collect(member, block, targetsOfMember(member),
                                       originOfMember(member));
    built = built && builder.release(block);
  }
  if (!built || !builder.finish()) {
    needsTwoWords = builder.needsTwoWords();
    return false;
  }
  part.synapses = builder.numSynapses();
  return (part.stored.finish() &&
          part.cursors.create(builder.longestDelay(), part.wordsEach,
                              sumElement, part.sums)) ||
         outOfMemory(error, "the spikes under way");
}

/// The size of every weight, at its sum.
void Bundle::addBounds(const Part &part, uint64_t *bounds) const {
  uint64_t spikes =
      SumBounds::spikesInStep(model->populations[source.population]);
  const uint32_t *words = part.stored.words.data();
  for (uint64_t row = 0; row < source.count; ++row)
    for (const uint32_t *head = words + part.stored.begins[row],
                        *end = words + part.stored.begins[row + 1];
         head != end && *head;) {
      const uint32_t *synapse = head + 1;
      head = synapse + uint64_t{countOfHead(*head)} * part.wordsEach;
      for (; synapse != head; synapse += part.wordsEach) {
        int64_t weight = part.wordsEach == 1
                             ? static_cast<int32_t>(*synapse) >> 16
                             : static_cast<int32_t>(synapse[1]);
        uint32_t sum = part.wordsEach == 1 ? *synapse & 0xffff : *synapse;
        bounds[sum] +=
            static_cast<uint64_t>(weight < 0 ? -weight : weight) * spikes;
      }
    }
}

bool Bundle::startCursors(Part &part, const Buffer<uint32_t> &spikes,
                          uint64_t emitted) const {
  bool fits = true;
  for (uint64_t i = 0; i < spikes.size(); ++i) {
    if (kind == Kind::Stored && i + Ahead < spikes.size()) {
      uint64_t ahead = sliceIndex(source, spikes[i + Ahead]);
      if (ahead != UINT64_MAX)
        __builtin_prefetch(part.stored.begins.data() + ahead);
    }
    uint64_t row = sliceIndex(source, spikes[i]);
    if (row != UINT64_MAX)
      fits &= kind == Kind::Generated
                  ? part.generated.start(part.cursors, row, emitted)
                  : part.stored.start(part.cursors, row, emitted);
  }
  return fits;
}

template <typename Sum>
void Bundle::deliverTargets(Part &part, Worker &worker,
                            const Buffer<uint32_t> &spikes) const {
  auto weight = static_cast<Sum>(members[0].constantWeight());
  auto *sums = static_cast<Sum *>(part.sums);
  uint64_t count = spikes.size();
  auto rowOf = [&](uint64_t i) {
    return i < count ? sliceIndex(source, spikes[i]) : UINT64_MAX;
  };
  for (uint64_t i = 0; i < count; ++i) {
    if (uint64_t ahead = rowOf(i + Ahead + AheadTargets); ahead != UINT64_MAX)
      part.targets.fetchBegin(ahead);
    if (uint64_t ahead = rowOf(i + AheadTargets); ahead != UINT64_MAX)
      part.targets.fetch(ahead, FetchedLines);
    uint64_t row = rowOf(i);
    if (row == UINT64_MAX)
      continue;
    worker.synapticEvents += part.targets.deliver(row, weight, sums);
    ++worker.segments;
  }
}

template <typename Fetch>
void Bundle::fetchGenerated(const Worker &worker, uint64_t step,
                            SpikeHistory &history, Fetch fetch) const {
  if (kind != Kind::Generated)
    return;
  for (uint32_t thread = 0; thread < parts.size(); ++thread)
    for (uint32_t spike : history.list(step, thread))
      if (uint64_t row = sliceIndex(source, spike); row != UINT64_MAX)
        for (const Part &part : parts[worker.thread])
          if (part.synapses)
            fetch(part.generated, row);
}

void Bundle::fetchBegins(const Worker &worker, uint64_t step,
                         SpikeHistory &history) const {
  fetchGenerated(
      worker, step, history,
      [](const GeneratedRows &rows, uint64_t row) { rows.fetchBegin(row); });
}

void Bundle::fetchRecipes(const Worker &worker, uint64_t step,
                          SpikeHistory &history) const {
  fetchGenerated(
      worker, step, history,
      [](const GeneratedRows &rows, uint64_t row) { rows.fetchRecipe(row); });
}

void Bundle::deliver(Worker &worker, uint64_t step, SpikeHistory &history) {
  for (Part &part : parts[worker.thread]) {
    if (!part.synapses)
      continue;
    for (uint32_t thread = 0; thread < parts.size(); ++thread)
      if (kind != Kind::Targets) {
        if (!startCursors(part, history.list(step, thread), step))
          worker.outOfMemory = true;
      } else if (step + 1 >= lookBack()) {
        Buffer<uint32_t> &spikes = history.list(step + 1 - lookBack(), thread);
        if (sumElement == SNN_I64)
          deliverTargets<int64_t>(part, worker, spikes);
        else
          deliverTargets<int32_t>(part, worker, spikes);
      }
    if (kind != Kind::Targets)
      part.cursors.advance(worker, step + 1);
  }
}

void Bundle::fetchNext(const Worker &worker, uint64_t step,
                       SpikeHistory &history) {
  if (kind != Kind::Targets || step + 2 < lookBack())
    return;
  for (uint32_t thread = 0; thread < parts.size(); ++thread) {
    // What other threads emit in this step is not to be looked at yet.
    if (lookBack() == 1 && thread != worker.thread)
      continue;
    const Buffer<uint32_t> &spikes =
        history.list(step + 2 - lookBack(), thread);
    for (uint64_t s = 0; s < spikes.size() && s < AheadTargets; ++s)
      if (uint64_t row = sliceIndex(source, spikes[s]); row != UINT64_MAX)
        for (const Part &part : parts[worker.thread])
          if (part.synapses)
            part.targets.fetch(row, FetchedLines);
  }
}

void Bundle::clear() {
  for (ObjectArray<Part> &ofThread : parts)
    for (Part &part : ofThread) {
      part.cursors.clear();
      part.generated.clear();
    }
}

uint64_t Bundle::numSynapses() const {
  uint64_t sum = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread)
      sum += part.synapses;
  return sum;
}

uint64_t Bundle::bytes() const {
  uint64_t sum = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread)
      sum +=
          part.targets.bytes() + part.stored.bytes() + part.generated.bytes();
  return sum;
}

const char *Bundle::storage() const {
  if (kind == Kind::Generated)
    return "generated rows";
  if (kind == Kind::Targets)
    return "rows of targets";
  uint64_t windows = 0;
  for (const ObjectArray<Part> &ofThread : parts)
    for (const Part &part : ofThread) {
      if (part.wordsEach == 2)
        return "rows of two words";
      windows = ofThread.size() > windows ? ofThread.size() : windows;
    }
  return windows > 1 ? "rows of one word, in windows" : "rows of one word";
}
