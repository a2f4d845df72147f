//===- Plasticity.cpp - Projections that change ---------------------------===//
//
// Making plastic projections, what they take, and setting them back. What they
// do in a step is in PlasticTurn.cpp.
//
//===----------------------------------------------------------------------===//
#include "runtime/lib/Plasticity/Plasticity.h"

#include "runtime/lib/Connectivity/SynapseEstimate.h"
#include "runtime/lib/Core/Memory.h"
#include "runtime/lib/Core/Slice.h"
#include "runtime/lib/Delivery/SumBounds.h"

using namespace snn::runtime;

static bool noMemory(Error &error) {
  return outOfMemory(error, "the synapses of a plastic projection");
}

bool Plasticity::create(const snn_model &definition, uint32_t threadCount,
                        uint32_t flags, Error &error) {
  model = &definition;
  threads = threadCount;
  uint32_t count = 0;
  for (uint32_t p = 0; p < model->num_projections; ++p)
    count += model->projections[p].plasticity != nullptr;
  if (!rules.create(count) || !parts.create(uint64_t{count} * threads))
    return noMemory(error);
  anyImmediate = false;
  uint32_t next = 0;
  for (uint32_t p = 0; p < model->num_projections; ++p)
    if (model->projections[p].plasticity &&
        !createRule(rules[next++], p, error))
      return false;
  for (Rule &rule : rules) {
    SynapseEstimate one;
    if (!estimateSynapses(*model, rule.projection, threads, shelf, one, error))
      return false;
    rule.expected = static_cast<double>(one.synapses);
    rule.waits = mayWait(rule) && !(flags & SNN_AT_ONCE) &&
                 (flags & SNN_WAIT || shouldWait(rule));
    rule.periodsWait = rule.waits && mayPeriodsWait(rule);
  }
  return true;
}

/// Where synapses are many, those of a target are far apart; where rows are
/// long, what a source was costs little beside them.
bool Plasticity::shouldWait(const Rule &rule) const {
  constexpr double FewSynapses = 1 << 18, ShortRow = 64;
  double rowsOfThreads = static_cast<double>(threads) *
                         static_cast<double>(projection(rule).source.count);
  return rule.expected >= FewSynapses &&
         rule.expected >= ShortRow * rowsOfThreads;
}

/// What the compiler has proven of the rule, and no change of the experiment
/// spoils: traces that are set back are not what their last spikes left.
bool Plasticity::mayWait(const Rule &rule) const {
  const snn_plasticity &plastic = *projection(rule).plasticity;
  if (!plastic.on_missed || rule.split.axonal == DelaySplit::Differs)
    return false;
  if (plastic.pre == SNN_NONE)
    return true;
  for (uint32_t c = 0; c < model->num_changes; ++c) {
    const snn_change &change = model->changes[c];
    if ((change.kind == SNN_SET_PARAMETER || change.kind == SNN_RESET_STATE) &&
        (change.population == SNN_NONE || change.population == plastic.pre))
      return false;
  }
  return model->populations[plastic.pre].replay != nullptr;
}

/// They see the synapse and modulators alone, nobody sees sums of them, and
/// none moves.
bool Plasticity::mayPeriodsWait(const Rule &rule) const {
  const snn_plasticity &plastic = *projection(rule).plasticity;
  uint32_t common = SNN_ANY_SOURCE | SNN_ANY_TARGET;
  for (uint32_t i = 0; i < plastic.num_periodic; ++i)
    common &= plastic.periodic[i].flags;
  return plastic.num_periodic && !plastic.num_incoming &&
         !plastic.num_outgoing && !plastic.rewire &&
         common == (SNN_ANY_SOURCE | SNN_ANY_TARGET);
}

/// How the delays of a projection are divided, and what is said of divisions
/// that cannot be.
bool Plasticity::createRule(Rule &rule, uint32_t p, Error &error) {
  const snn_projection &description = model->projections[p];
  rule.projection = p;
  Connectivity connectivity;
  if (!connectivity.create(description, model->step, model->seeds.network,
                           shelf, error))
    return false;
  const EdgeValue &axonal = connectivity.axonal;
  const EdgeValue &dendritic = connectivity.dendritic;
  if (!axonal.isConstant() && !dendritic.isConstant()) {
    fail(error, SNN_MODEL, "E0727",
         "axonal and dendritic delays of `%s` are both drawn, but its synapses "
         "change",
         description.path);
    return help(error, "give one of them as a constant");
  }
  auto whole = [](const EdgeValue &delay) {
    return delay.isConstant() ? static_cast<uint32_t>(delay.constantWhole())
                              : DelaySplit::Differs;
  };
  rule.split = {whole(axonal), whole(dendritic)};
  rule.immediate = rule.split.axonal == 0;
  anyImmediate |= rule.immediate;
  const snn_plasticity &plastic = *description.plasticity;
  return (rule.modulators.resize(plastic.num_modulators) &&
          rule.outgoing.resize(plastic.num_outgoing *
                               description.source.count)) ||
         noMemory(error);
}

//===- Estimates ----------------------------------------------------------===//

bool Plasticity::estimate(snn_memory &memory, LargestProjections &largest,
                          uint64_t &temporary, Error &error) {
  auto add = [&](uint64_t bytes) {
    if (__builtin_add_overflow(memory.synapses, bytes, &memory.synapses))
      memory.synapses = UINT64_MAX;
  };
  for (Rule &rule : rules) {
    const snn_projection &description = projection(rule);
    const snn_plasticity &plastic = *description.plasticity;
    const snn_population &target =
        model->populations[description.target.population];
    SynapseEstimate one;
    if (!estimateSynapses(*model, rule.projection, threads, shelf, one, error))
      return false;
    if (one.synapses / threads >= UINT32_MAX) {
      fail(error, SNN_RESOURCE, "E0704",
           "a thread has more than 4,294,967,295 synapses of `%s`",
           description.path);
      return help(error, "divide it into several connections, or use more "
                         "threads");
    }
    const DelaySplit &split = rule.split;
    rule.longestAxonal = split.axonal == DelaySplit::Differs
                             ? one.longestDelay - split.dendritic
                             : split.axonal;
    rule.longestDendritic = split.dendritic == DelaySplit::Differs
                                ? one.longestDelay - split.axonal
                                : split.dendritic;
    auto bytes = static_cast<uint64_t>(
        static_cast<double>(one.bytes) +
        static_cast<double>(one.synapses) *
            PlasticRows::bytesOfSynapse(plastic, split, hasReverse(rule)));
    if (hasReverse(rule))
      bytes += padToLanes(target.size) * sizeof(uint32_t);
    if (rule.waits)
      bytes += TargetLog::bytesOf(
          padToLanes(target.size),
          TargetLog::spikesFor(one.synapses, description.target.count));
    if (rule.waits)
      bytes += threads *
               SourceReplay::bytesOf(plastic.pre == SNN_NONE
                                         ? nullptr
                                         : &model->populations[plastic.pre],
                                     description.source.count);
    if (rule.periodsWait)
      bytes += threads * PeriodLog::bytesOf();
    bytes += plastic.num_outgoing * description.source.count * sizeof(double);
    add(bytes);
    largest.add(description.path, one.synapses, bytes);
    if (__builtin_add_overflow(memory.expected_synapses, one.synapses,
                               &memory.expected_synapses))
      memory.expected_synapses = UINT64_MAX;
    // A drawn state is made with targets of its own.
    bool drawn = false;
    for (uint32_t s = 1; s < plastic.num_states; ++s)
      drawn |= plastic.initials[s - 1].kind != SNN_CONSTANT;
    one.temporary += drawn ? 4 * one.synapses : 0;
    temporary = one.temporary > temporary ? one.temporary : temporary;
  }
  for (uint32_t p = 0; p < model->num_populations; ++p) {
    const snn_population &population = model->populations[p];
    if (population.kind == SNN_FOLLOWERS)
      memory.states += Followers::bytesOf(population, viewOf(p));
    for (uint32_t f = 0; f < population.num_fields; ++f) {
      uint32_t longest = 0;
      for (const Rule &rule : rules)
        if (projection(rule).target.population == p &&
            projection(rule).sum_field == f && rule.longestDendritic > longest)
          longest = rule.longestDendritic;
      if (longest)
        memory.states += LaterSums::bytesOf(population, f, longest);
    }
  }
  return true;
}

//===- Building -----------------------------------------------------------===//

bool Plasticity::build(const ObjectArray<Population> &populations,
                       uint32_t thread, SumBounds &bounds, Error &error) {
  for (uint64_t r = 0; r < rules.size(); ++r) {
    const Population &target =
        populations[projection(rules[r]).target.population];
    if (!createPart(part(r, thread), rules[r], target, thread, error))
      return false;
    addBounds(rules[r], part(r, thread), target, thread, bounds);
  }
  return true;
}

bool Plasticity::createPart(Part &own, const Rule &rule,
                            const Population &target, uint32_t thread,
                            Error &error) {
  const snn_plasticity &plastic = *projection(rule).plasticity;
  if (!own.synapses.build(*model, rule.projection, target.range(thread),
                          rule.split, hasReverse(rule), shelf, error))
    return false;
  uint32_t longest = 0;
  if (rule.split.axonal == DelaySplit::Differs) {
    for (const Segment &segment : own.synapses.rows().segments) {
      uint32_t delay = rule.split.axonalOf(segment.delay);
      longest = delay > longest ? delay : longest;
      if (delay == 0) {
        fail(error, SNN_MODEL, "E0722",
             "a drawn axonal delay of `%s` is 0 steps, but its synapses change",
             projection(rule).path);
        return help(error,
                    "bound it with `redraw to >= 0.5 step`, for example");
      }
    }
    if (!own.calendar.create(longest))
      return noMemory(error);
  }
  uint64_t fields = target.model().num_fields;
  uint64_t states =
      plastic.pre == SNN_NONE
          ? 0
          : Followers::countStates(model->populations[plastic.pre]);
  if (!own.fields.append(target.fields(thread), fields) ||
      !own.pre.resize(states))
    return noMemory(error);
  for (Chunk &chunk : own.chunks) {
    if (!chunk.values.resize(states * ChunkSize) ||
        !chunk.pointers.resize(states))
      return noMemory(error);
    for (uint64_t s = 0; s < states; ++s)
      chunk.pointers[s] = chunk.values.data() + s * ChunkSize;
  }
  if (!rule.waits)
    return true;
  Range range = target.range(thread);
  if (rule.periodsWait && !own.periods.create(rule.modulators.size()))
    return noMemory(error);
  return own.log.create(
             range, TargetLog::spikesFor(own.synapses.size(), range.size())) ||
         noMemory(error);
}

/// Every synapse may send its largest value for each spike of its source.
void Plasticity::addBounds(const Rule &rule, const Part &own,
                           const Population &target, uint32_t thread,
                           SumBounds &bounds) const {
  const snn_projection &description = projection(rule);
  uint64_t *bound =
      bounds.from(target.sumOffset(thread, description.sum_field),
                  target.model().fields[description.sum_field].element);
  if (!bound)
    return;
  // Rounded up, so that rounding half-even is not above.
  double units = description.plasticity->largest / description.grid;
  uint64_t most = (static_cast<uint64_t>(units < 0x1p32 ? units : 0x1p32) + 1) *
                  SumBounds::spikesInStep(
                      model->populations[description.source.population]);
  uint64_t first = target.range(thread).begin;
  for (uint32_t synapse : own.synapses.rows().targets)
    bound[synapse - first] += most;
}

bool Plasticity::reset(uint32_t thread, Error &error) {
  for (uint64_t r = 0; r < rules.size(); ++r)
    if (!part(r, thread).synapses.reset(*model, rules[r].projection, shelf,
                                        error))
      return false;
  return true;
}

//===- Histories ----------------------------------------------------------===//

/// Delays that are drawn, as they were drawn.
void Plasticity::measureDelays(uint64_t r) {
  Rule &rule = rules[r];
  const DelaySplit &split = rule.split;
  rule.longestAxonal = split.axonal == DelaySplit::Differs ? 1 : split.axonal;
  rule.longestDendritic =
      split.dendritic == DelaySplit::Differs ? 0 : split.dendritic;
  for (uint32_t thread = 0; thread < threads; ++thread)
    for (const Segment &segment : part(r, thread).synapses.rows().segments) {
      uint32_t axonal = split.axonalOf(segment.delay);
      uint32_t dendritic = split.dendriticOf(segment.delay);
      rule.longestAxonal =
          axonal > rule.longestAxonal ? axonal : rule.longestAxonal;
      rule.longestDendritic =
          dendritic > rule.longestDendritic ? dendritic : rule.longestDendritic;
    }
}

FollowerView Plasticity::viewOf(uint32_t follower) const {
  FollowerView view;
  for (const Rule &rule : rules) {
    const snn_plasticity &plastic = *projection(rule).plasticity;
    if (plastic.pre == follower) {
      view.before = true;
      view.left |= rule.waits;
      view.after |= hasReverse(rule) || plastic.num_periodic;
      view.longest =
          rule.longestAxonal > view.longest ? rule.longestAxonal : view.longest;
    }
    view.unfollowed |= plastic.post == follower && rule.immediate;
  }
  return view;
}

bool Plasticity::createLaterSums(const ObjectArray<Population> &populations) {
  if (!laterSums.create(rules.size()))
    return false;
  uint32_t used = 0;
  for (uint64_t r = 0; r < rules.size(); ++r) {
    uint32_t target = projection(rules[r]).target.population;
    uint32_t field = projection(rules[r]).sum_field, longest = 0;
    auto isSame = [&](const Rule &other) {
      return projection(other).target.population == target &&
             projection(other).sum_field == field;
    };
    for (const Rule &other : rules)
      if (isSame(other) && other.longestDendritic > longest)
        longest = other.longestDendritic;
    if (!longest || rules[r].later != SNN_NONE)
      continue;
    for (Rule &other : rules)
      if (isSame(other))
        other.later = used;
    if (!laterSums[used++].create(populations[target], target, field, longest))
      return false;
  }
  return true;
}

bool Plasticity::createHistories(const ObjectArray<Population> &populations) {
  Buffer<FollowerView> views;
  for (uint64_t r = 0; r < rules.size(); ++r)
    measureDelays(r);
  for (uint32_t p = 0; p < model->num_populations; ++p)
    if (!views.push(viewOf(p)))
      return false;
  for (uint64_t r = 0; r < rules.size(); ++r) {
    uint32_t pre = projection(rules[r]).plasticity->pre;
    for (uint32_t thread = 0; rules[r].waits && thread < threads; ++thread)
      if (!part(r, thread).replay.create(pre == SNN_NONE ? nullptr
                                                         : &populations[pre],
                                         projection(rules[r]).source))
        return false;
  }
  return createLaterSums(populations) &&
         allFollowers.create(*model, populations, threads, views);
}

uint32_t Plasticity::longestLookBack(uint32_t population) const {
  uint32_t longest = Followers::longestFollowDelay(*model, population);
  for (const Rule &rule : rules) {
    const snn_projection &description = projection(rule);
    uint32_t backprop = description.plasticity->backprop;
    if (description.source.population == population &&
        rule.split.axonal != DelaySplit::Differs && rule.split.axonal > longest)
      longest = rule.split.axonal;
    if (description.target.population == population && backprop > longest)
      longest = backprop;
  }
  return longest;
}

//===- Serial -------------------------------------------------------------===//

void Plasticity::publishModulators(const ObjectArray<Population> &populations) {
  for (Rule &rule : rules) {
    const snn_plasticity &plastic = *projection(rule).plasticity;
    for (uint32_t m = 0; m < plastic.num_modulators; ++m) {
      const snn_modulator &modulator = plastic.modulators[m];
      const Population &population = populations[modulator.population];
      const snn_field &field = population.model().fields[modulator.field];
      writeElement(
          rule.modulators.data(), plastic.element, m,
          readElement(population.fields(population.ownerOf(0))[modulator.field],
                      field.element, 0));
    }
  }
}

/// States that decay while nobody looks have to be told that time stood still.
void Plasticity::freeze(uint32_t frozenProjection, bool frozen, uint64_t step) {
  for (uint64_t r = 0; r < rules.size(); ++r) {
    Rule &rule = rules[r];
    if ((frozenProjection != SNN_NONE && frozenProjection != rule.projection) ||
        rule.frozen == frozen)
      continue;
    rule.frozen = frozen;
    if (frozen) {
      rule.frozenSince = step;
      continue;
    }
    auto passed = static_cast<uint32_t>(step - rule.frozenSince);
    for (uint32_t thread = 0; thread < threads; ++thread) {
      PlasticRows &synapses = part(r, thread).synapses;
      for (uint64_t i = 0; i < synapses.numLast(); ++i)
        synapses.last()[i] += passed;
    }
  }
}

void Plasticity::begin(uint32_t thread) {
  for (uint64_t r = 0; r < rules.size(); ++r) {
    if (!rules[r].waits)
      continue;
    part(r, thread).log.clear(0);
    part(r, thread).periods.clear(0);
    part(r, thread).replay.begin(allFollowers,
                                 projection(rules[r]).plasticity->pre);
  }
}

void Plasticity::clear() {
  for (Rule &rule : rules)
    rule.frozen = false;
  for (uint64_t r = 0; r < rules.size(); ++r)
    for (uint32_t thread = 0; thread < threads; ++thread)
      if (rules[r].split.axonal == DelaySplit::Differs)
        part(r, thread).calendar.clear();
  for (LaterSums &sums : laterSums)
    sums.clear();
}

//===- Reading ------------------------------------------------------------===//

uint64_t Plasticity::numSynapses() const {
  uint64_t sum = 0;
  for (const Part &each : parts)
    sum += each.synapses.size();
  return sum;
}

uint64_t Plasticity::bytes() const {
  uint64_t sum = 0;
  for (const Part &each : parts)
    sum += each.bytes();
  return sum;
}

Projections::Item Plasticity::item(uint32_t number) const {
  const Rule &rule = rules[number];
  uint64_t synapses = 0, bytes = 0;
  for (uint32_t thread = 0; thread < threads; ++thread) {
    synapses += part(number, thread).synapses.size();
    bytes += part(number, thread).bytes();
  }
  bool differs = rule.split.axonal == DelaySplit::Differs ||
                 rule.split.dendritic == DelaySplit::Differs;
  return {&rule.projection, 1,
          differs ? "plastic rows by delay" : "plastic rows", synapses, bytes};
}

uint64_t Plasticity::ruleOf(uint32_t projection) const {
  uint64_t rule = 0;
  while (rules[rule].projection != projection)
    ++rule;
  return rule;
}

const PlasticRows &Plasticity::rows(uint32_t projection,
                                    uint32_t thread) const {
  return part(ruleOf(projection), thread).synapses;
}
