//===- CoreGroup.cpp - The cores that one thread runs ---------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/CoreGroup.h"

#include <algorithm>

namespace snn::emulator {

bool CoreGroup::create(NeuronRows &theRows, Traffic &theTraffic, uint64_t begin,
                       uint64_t end, Error &error) {
  rows = &theRows;
  traffic = &theTraffic;
  firstCore = begin;
  endCore = end;
  const Image &image = rows->of();
  const ChipRecord &chip = image.chip;
  bool addsUp = chip.delivery == Delivery::Sum && rows->hasRounding();
  if (!onSynapse.create(image.synapseCode, chip, image.registers) ||
      !onTick.create(image.tickCode, chip, image.registers) ||
      !group.resize(addsUp ? rows->widestCore() * rows->ticksAhead() : 0) ||
      !gathered.resize(uint64_t{firstTemporary(chip)} * Lanes) ||
      !zeros.resize(Lanes))
    return runtime::outOfMemory(error, "the emulator");
  for (uint32_t slot = 0; slot < firstTemporary(chip); ++slot)
    onSynapse.bind(slot, gathered.data() + uint64_t{slot} * Lanes);
  for (uint32_t slot = inputSlot(chip); slot < firstTemporary(chip); ++slot)
    onTick.bind(slot, zeros.data());
  return true;
}

/// The events of one axon onto neurons that differ.
bool CoreGroup::deliverPart(uint32_t axon, const Synapse *from, uint32_t lanes,
                            Error &error) {
  const Image &image = rows->of();
  const ChipRecord &chip = image.chip;
  uint32_t first = image.cores[traffic->coreOfAxon(axon)].firstNeuron;
  auto gather = [&](uint32_t slot, const int64_t *values) {
    int64_t *to = gathered.data() + uint64_t{slot} * Lanes;
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = values[from[i].target];
  };
  for (uint32_t i = 0; i < chip.registers; ++i)
    if (onSynapse.uses(i))
      gather(i, rows->states(i) + first);
  for (uint32_t i = 0; i < chip.parameters; ++i)
    if (onSynapse.uses(parameterSlot(chip) + i))
      gather(parameterSlot(chip) + i, rows->given(i) + first);
  int64_t *weights = gathered.data() + uint64_t{weightSlot(chip)} * Lanes;
  if (chip.weights == Weights::Table) {
    auto types = static_cast<uint64_t>(chip.limits.weightTypes);
    const int16_t *table = image.weightTable.data() + first * types +
                           static_cast<uint8_t>(image.axonGroups[axon]);
    for (uint32_t i = 0; i < lanes; ++i)
      weights[i] = table[from[i].target * types];
  } else {
    for (uint32_t i = 0; i < lanes; ++i)
      weights[i] = from[i].weight;
  }
  if (chip.receptors > 1 && onSynapse.uses(receptorSlot(chip)))
    std::fill_n(gathered.data() + uint64_t{receptorSlot(chip)} * Lanes, lanes,
                image.receptorOf(axon));
  counts.synapticEvents += lanes;
  for (uint32_t i = 0; i < lanes; ++i)
    rows->touched()[first + from[i].target] = 1;
  bool any = onSynapse.run(lanes, spiking, counts.overflows);
  for (uint32_t r = 0; r < chip.registers; ++r)
    if (onSynapse.uses(r)) {
      int64_t *to = rows->states(r) + first;
      const int64_t *made = gathered.data() + uint64_t{r} * Lanes;
      for (uint32_t i = 0; i < lanes; ++i)
        to[from[i].target] = made[i];
    }
  for (uint32_t i = 0; any && i < lanes; ++i)
    if (spiking[i] && !atDelivery.push(first + from[i].target))
      return runtime::outOfMemory(error, "the spikes of a tick");
  return true;
}

bool CoreGroup::deliverRow(uint32_t axon, Error &error) {
  const Image &image = rows->of();
  const Synapse *from = image.synapses.data() + image.firstSynapse[axon],
                *to = image.synapses.data() + image.firstSynapse[axon + 1];
  uint32_t most = rows->isDistinct(axon) ? Lanes : 1;
  while (from != to) {
    auto lanes = static_cast<uint32_t>(std::min<int64_t>(most, to - from));
    if (!deliverPart(axon, from, lanes, error))
      return false;
    from += lanes;
  }
  return true;
}

/// Adding shifted weights is shifting their sum, modulo 2^64.
void CoreGroup::deliverSum(uint32_t axon) {
  const Image &image = rows->of();
  int8_t exponent = image.axonGroups[axon];
  uint32_t first = image.cores[traffic->coreOfAxon(axon)].firstNeuron;
  uint32_t receptor = image.receptorOf(axon);
  const Synapse *from = image.synapses.data() + image.firstSynapse[axon],
                *to = image.synapses.data() + image.firstSynapse[axon + 1];
  counts.synapticEvents += static_cast<uint64_t>(to - from);
  for (const Synapse *one = from; one != to; ++one) {
    int64_t &sum = rows->due(receptor, one->delay)[first + one->target];
    sum = modular(static_cast<uint64_t>(sum) +
                  static_cast<uint64_t>(scale(one->weight, exponent)));
    rows->touched()[first + one->target] |= one->delay == 0;
  }
}

/// What rounds is added up first: once through for the sums of this core,
/// exponent and receptor, once more to take them. Returns the end of these
/// axons.
uint64_t CoreGroup::deliverRounded(const Buffer<uint32_t> &arrived,
                                   uint64_t begin, uint64_t all) {
  const Image &image = rows->of();
  uint32_t core = traffic->coreOfAxon(arrived[begin]),
           first = image.cores[core].firstNeuron;
  int8_t exponent = image.axonGroups[arrived[begin]];
  uint32_t receptor = image.receptorOf(arrived[begin]);
  uint64_t size = image.endNeuron(core) - first, end = begin;
  auto forEach = [&](auto &&act) {
    for (uint64_t k = begin; k < end; ++k)
      for (uint64_t s = image.firstSynapse[arrived[k]];
           s < image.firstSynapse[arrived[k] + 1]; ++s)
        act(image.synapses[s],
            group[image.synapses[s].delay * size + image.synapses[s].target]);
  };
  while (end < all && traffic->coreOfAxon(arrived[end]) == core &&
         image.axonGroups[arrived[end]] == exponent &&
         image.receptorOf(arrived[end]) == receptor)
    ++end;
  forEach([&](const Synapse &synapse, int64_t &part) {
    part += synapse.weight;
    ++counts.synapticEvents;
    rows->touched()[first + synapse.target] |= synapse.delay == 0;
  });
  forEach([&](const Synapse &synapse, int64_t &part) {
    int64_t &sum = rows->due(receptor, synapse.delay)[first + synapse.target];
    sum = modular(static_cast<uint64_t>(sum) +
                  static_cast<uint64_t>(scale(part, exponent)));
    part = 0;
  });
  return end;
}

bool CoreGroup::deliver(const Buffer<uint32_t> &arrived, Error &error) {
  const Image &image = rows->of();
  if (firstCore == endCore)
    return true;
  auto placeOf = [&](uint32_t axon) {
    return static_cast<uint64_t>(
        std::lower_bound(arrived.begin(), arrived.end(), axon) -
        arrived.begin());
  };
  uint64_t i = placeOf(image.cores[firstCore].firstAxon),
           end = placeOf(image.endAxon(endCore - 1));
  bool each = image.chip.delivery == Delivery::Each;
  while (i < end) {
    if (!each && image.axonGroups[arrived[i]] < 0)
      i = deliverRounded(arrived, i, end);
    else if (!each)
      deliverSum(arrived[i++]);
    else if (!deliverRow(arrived[i++], error))
      return false;
  }
  return true;
}

bool CoreGroup::updateBlock(uint32_t core, uint32_t first, uint32_t lanes,
                            Error &error) {
  const ChipRecord &chip = rows->of().chip;
  bool summing = chip.delivery == Delivery::Sum;
  int64_t active[Lanes];
  for (uint32_t i = 0; i < lanes; ++i)
    active[i] = rows->touched()[first + i];
  for (uint32_t r = 0; summing && r < chip.receptors; ++r) {
    int64_t *input = rows->due(r, 0) + first;
    onTick.bind(inputSlot(chip, r), input);
    for (uint32_t i = 0; i < lanes; ++i)
      active[i] |= input[i];
  }
  for (uint32_t r = 0; r < chip.registers; ++r) {
    int64_t *state = rows->states(r) + first;
    onTick.bind(r, state);
    for (uint32_t i = 0; i < lanes; ++i)
      active[i] |= state[i];
  }
  uint64_t updates = 0;
  for (uint32_t i = 0; i < lanes; ++i)
    updates += active[i] != 0;
  counts.updates += updates;
  counts.accesses += lanes;
  traffic->clock().updates(core, updates);
  for (uint32_t p = 0; p < chip.parameters; ++p)
    onTick.bind(parameterSlot(chip) + p, rows->given(p) + first);
  bool any = onTick.run(lanes, spiking, counts.overflows);
  memset(rows->touched() + first, 0, lanes);
  for (uint32_t r = 0; summing && r < chip.receptors; ++r)
    memset(rows->due(r, 0) + first, 0, lanes * sizeof(int64_t));
  for (uint32_t i = 0; any && i < lanes; ++i)
    if (spiking[i] && !atUpdate.push(first + i))
      return runtime::outOfMemory(error, "the spikes of a tick");
  return true;
}

bool CoreGroup::update(Error &error) {
  const Image &image = rows->of();
  for (uint64_t core = firstCore; core < endCore; ++core)
    for (uint32_t first = image.cores[core].firstNeuron,
                  end = image.endNeuron(core);
         first < end; first += Lanes)
      if (!updateBlock(static_cast<uint32_t>(core), first,
                       std::min(Lanes, end - first), error))
        return false;
  return true;
}

} // namespace snn::emulator
