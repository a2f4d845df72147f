//===- FastEmulator.cpp - Ticks of the fast engine ------------------------===//
//
// Rows of neurons go through the programs together where none of them can see
// what another did: all neurons in a tick, and the targets of one axon.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/FastEmulator.h"

#include <algorithm>
#include <cassert>

namespace snn::emulator {

bool FastEmulator::create(const Image &toRun, Error &error) {
  image = &toRun;
  const ChipRecord &chip = image->chip;
  if (!traffic.create(toRun, error))
    return false;
  if (!onSynapse.create(image->synapseCode, chip, image->registers) ||
      !onTick.create(image->tickCode, chip, image->registers))
    return runtime::outOfMemory(error, "the emulator");
  return layOut(error);
}

bool FastEmulator::layOut(Error &error) {
  const ChipRecord &chip = image->chip;
  uint64_t neurons = image->neurons();
  for (const Synapse &synapse : image->synapses)
    horizon = std::max<uint64_t>(horizon, synapse.delay + 1u);
  bool summing = chip.delivery == Delivery::Sum;
  if (!registers.resize(neurons * chip.registers) ||
      !parameters.resize(neurons * chip.parameters) ||
      !coreOfNeuron.resize(neurons) || !touched.resize(neurons) ||
      !coreOfAxon.resize(image->axons()) || !distinct.resize(image->axons()) ||
      !sums.resize(summing ? chip.receptors * neurons * horizon : 0) ||
      !due.resize(chip.receptors * horizon) ||
      !gathered.resize(uint64_t{firstTemporary(chip)} * Lanes) ||
      !zeros.resize(Lanes))
    return runtime::outOfMemory(error, "the emulator");
  for (uint64_t n = 0; n < neurons; ++n) {
    for (uint32_t i = 0; i < chip.registers; ++i)
      registers[i * neurons + n] = image->initial[n * chip.registers + i];
    for (uint32_t i = 0; i < chip.parameters; ++i)
      parameters[i * neurons + n] = image->parameters[n * chip.parameters + i];
  }
  uint64_t widest = 0;
  bool rounds = false;
  for (uint64_t core = 0; core < image->cores.size(); ++core) {
    uint32_t first = image->cores[core].firstNeuron;
    widest = std::max<uint64_t>(widest, image->endNeuron(core) - first);
    for (uint32_t n = first; n < image->endNeuron(core); ++n)
      coreOfNeuron[n] = static_cast<uint32_t>(core);
    for (uint32_t axon = image->cores[core].firstAxon;
         axon < image->endAxon(core); ++axon) {
      coreOfAxon[axon] = static_cast<uint32_t>(core);
      rounds |= image->axonGroups[axon] < 0;
      distinct[axon] = 1;
      for (uint64_t i = image->firstSynapse[axon] + 1;
           i < image->firstSynapse[axon + 1]; ++i)
        distinct[axon] &=
            image->synapses[i - 1].target < image->synapses[i].target;
    }
  }
  if (!group.resize(summing && rounds ? widest * horizon : 0))
    return runtime::outOfMemory(error, "the emulator");
  for (uint32_t slot = 0; slot < firstTemporary(chip); ++slot)
    onSynapse.bind(slot, gathered.data() + uint64_t{slot} * Lanes);
  for (uint32_t slot = inputSlot(chip); slot < firstTemporary(chip); ++slot)
    onTick.bind(slot, zeros.data());
  return true;
}

bool FastEmulator::spike(uint32_t neuron, Error &error) {
  ++counts.spikes;
  if (!fired.push(neuron))
    return runtime::outOfMemory(error, "the spikes of a tick");
  return traffic.send(image->routes.data() + image->firstRoute[neuron],
                      image->routes.data() + image->firstRoute[neuron + 1],
                      coreOfNeuron[neuron], 1, counts, error);
}

/// The events of one axon onto neurons that differ.
bool FastEmulator::deliverPart(uint32_t axon, const Synapse *from,
                               uint32_t lanes, Error &error) {
  const ChipRecord &chip = image->chip;
  uint64_t neurons = image->neurons();
  uint32_t first = image->cores[coreOfAxon[axon]].firstNeuron;
  auto gather = [&](uint32_t slot, const int64_t *values) {
    int64_t *to = gathered.data() + uint64_t{slot} * Lanes;
    for (uint32_t i = 0; i < lanes; ++i)
      to[i] = values[from[i].target];
  };
  for (uint32_t i = 0; i < chip.registers; ++i)
    if (onSynapse.uses(i))
      gather(i, registers.data() + i * neurons + first);
  for (uint32_t i = 0; i < chip.parameters; ++i)
    if (onSynapse.uses(parameterSlot(chip) + i))
      gather(parameterSlot(chip) + i, parameters.data() + i * neurons + first);
  int64_t *weights = gathered.data() + uint64_t{weightSlot(chip)} * Lanes;
  if (chip.weights == Weights::Table) {
    auto types = static_cast<uint64_t>(chip.limits.weightTypes);
    const int16_t *table = image->weightTable.data() + first * types +
                           static_cast<uint8_t>(image->axonGroups[axon]);
    for (uint32_t i = 0; i < lanes; ++i)
      weights[i] = table[from[i].target * types];
  } else {
    for (uint32_t i = 0; i < lanes; ++i)
      weights[i] = from[i].weight;
  }
  if (chip.receptors > 1 && onSynapse.uses(receptorSlot(chip)))
    std::fill_n(gathered.data() + uint64_t{receptorSlot(chip)} * Lanes, lanes,
                image->receptorOf(axon));
  counts.synapticEvents += lanes;
  for (uint32_t i = 0; i < lanes; ++i)
    touched[first + from[i].target] = 1;
  bool any = onSynapse.run(lanes, spiking, counts.overflows);
  for (uint32_t r = 0; r < chip.registers; ++r)
    if (onSynapse.uses(r)) {
      int64_t *to = registers.data() + r * neurons + first;
      const int64_t *made = gathered.data() + uint64_t{r} * Lanes;
      for (uint32_t i = 0; i < lanes; ++i)
        to[from[i].target] = made[i];
    }
  for (uint32_t i = 0; any && i < lanes; ++i)
    if (spiking[i] && !spike(first + from[i].target, error))
      return false;
  return true;
}

bool FastEmulator::deliverRow(uint32_t axon, Error &error) {
  const Synapse *from = image->synapses.data() + image->firstSynapse[axon],
                *to = image->synapses.data() + image->firstSynapse[axon + 1];
  uint32_t most = distinct[axon] ? Lanes : 1;
  while (from != to) {
    auto lanes = static_cast<uint32_t>(std::min<int64_t>(most, to - from));
    if (!deliverPart(axon, from, lanes, error))
      return false;
    from += lanes;
  }
  return true;
}

/// Adding shifted weights is shifting their sum, modulo 2^64.
void FastEmulator::deliverSum(uint32_t axon) {
  int8_t exponent = image->axonGroups[axon];
  uint32_t first = image->cores[coreOfAxon[axon]].firstNeuron;
  const Synapse *from = image->synapses.data() + image->firstSynapse[axon],
                *to = image->synapses.data() + image->firstSynapse[axon + 1];
  counts.synapticEvents += static_cast<uint64_t>(to - from);
  int64_t *const *when = due.data() + image->receptorOf(axon) * horizon;
  for (const Synapse *one = from; one != to; ++one) {
    int64_t &sum = when[one->delay][first + one->target];
    sum = modular(static_cast<uint64_t>(sum) +
                  static_cast<uint64_t>(scale(one->weight, exponent)));
    touched[first + one->target] |= one->delay == 0;
  }
}

bool FastEmulator::deliver(Error &error) {
  Buffer<uint32_t> &now = traffic.arrived(counts);
  if (image->chip.delivery == Delivery::Each) {
    for (uint32_t axon : now)
      if (!deliverRow(axon, error))
        return false;
    now.clear();
    return true;
  }
  for (uint64_t i = 0; i < due.size(); ++i)
    due[i] = sums.data() + (i - i % horizon + (traffic.now() + i) % horizon) *
                               image->neurons();
  for (uint64_t i = 0; i < now.size();) {
    int8_t exponent = image->axonGroups[now[i]];
    if (exponent >= 0) {
      deliverSum(now[i++]);
      continue;
    }
    // What rounds is added up first: once through for the sums of this core
    // and exponent, once more to take them.
    uint32_t core = coreOfAxon[now[i]], first = image->cores[core].firstNeuron;
    uint32_t receptor = image->receptorOf(now[i]);
    uint64_t size = image->endNeuron(core) - first, end = i;
    auto forEach = [&](auto &&act) {
      for (uint64_t k = i; k < end; ++k)
        for (uint64_t s = image->firstSynapse[now[k]];
             s < image->firstSynapse[now[k] + 1]; ++s)
          act(image->synapses[s], group[image->synapses[s].delay * size +
                                        image->synapses[s].target]);
    };
    while (end < now.size() && coreOfAxon[now[end]] == core &&
           image->axonGroups[now[end]] == exponent &&
           image->receptorOf(now[end]) == receptor)
      ++end;
    forEach([&](const Synapse &synapse, int64_t &part) {
      part += synapse.weight;
      ++counts.synapticEvents;
      touched[first + synapse.target] |= synapse.delay == 0;
    });
    forEach([&](const Synapse &synapse, int64_t &part) {
      int64_t &sum =
          due[receptor * horizon + synapse.delay][first + synapse.target];
      sum = modular(static_cast<uint64_t>(sum) +
                    static_cast<uint64_t>(scale(part, exponent)));
      part = 0;
    });
    i = end;
  }
  now.clear();
  return true;
}

bool FastEmulator::drain(Error &error) {
  for (;;) {
    uint32_t axon = 0;
    bool found;
    if (!traffic.take(axon, found, error))
      return false;
    if (!found)
      return true;
    if (!deliverRow(axon, error))
      return false;
  }
}

bool FastEmulator::update(Error &error) {
  const ChipRecord &chip = image->chip;
  uint64_t neurons = image->neurons();
  bool summing = chip.delivery == Delivery::Sum;
  auto inputs = [&](uint32_t receptor) {
    return sums.data() +
           (receptor * horizon + traffic.now() % horizon) * neurons;
  };
  for (uint64_t first = 0; first < neurons; first += Lanes) {
    auto lanes =
        static_cast<uint32_t>(std::min<uint64_t>(Lanes, neurons - first));
    int64_t active[Lanes];
    for (uint32_t i = 0; i < lanes; ++i)
      active[i] = touched[first + i];
    for (uint32_t r = 0; summing && r < chip.receptors; ++r) {
      int64_t *input = inputs(r) + first;
      onTick.bind(inputSlot(chip, r), input);
      for (uint32_t i = 0; i < lanes; ++i)
        active[i] |= input[i];
    }
    for (uint32_t r = 0; r < chip.registers; ++r) {
      int64_t *state = registers.data() + r * neurons + first;
      onTick.bind(r, state);
      for (uint32_t i = 0; i < lanes; ++i)
        active[i] |= state[i];
    }
    for (uint32_t i = 0; i < lanes; ++i)
      counts.updates += active[i] != 0;
    counts.accesses += lanes;
    for (uint32_t p = 0; p < chip.parameters; ++p)
      onTick.bind(parameterSlot(chip) + p,
                  parameters.data() + p * neurons + first);
    bool any = onTick.run(lanes, spiking, counts.overflows);
    memset(touched.data() + first, 0, lanes);
    for (uint32_t r = 0; summing && r < chip.receptors; ++r)
      memset(inputs(r) + first, 0, lanes * sizeof(int64_t));
    for (uint32_t i = 0; any && i < lanes; ++i)
      if (spiking[i] && !spike(static_cast<uint32_t>(first + i), error))
        return false;
  }
  return true;
}

bool FastEmulator::step(const uint32_t *lines, uint64_t count, Error &error) {
  fired.clear();
  traffic.beginTick();
  bool events = image->chip.timing == Timing::Events;
  for (uint64_t i = 0; i < count; ++i) {
    assert(lines[i] < image->inputs.size());
    const InputLine &input = image->inputs[lines[i]];
    ++counts.inputSpikes;
    if (!traffic.send(image->inputRoutes.data() + input.firstRoute,
                      image->inputRoutes.data() +
                          image->endInputRoute(lines[i]),
                      input.origin, 0, counts, error) ||
        (events && !drain(error)))
      return false;
  }
  if ((!events && !deliver(error)) || !update(error) || !drain(error))
    return false;
  traffic.endTick();
  ++counts.ticks;
  return true;
}

} // namespace snn::emulator
