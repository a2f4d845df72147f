//===- Emulator.cpp - Ticks of the reference engine -----------------------===//
//
// Delivery, update and routing, in the order that Emulator.h gives.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Emulator.h"

#include <algorithm>

namespace snn::emulator {

bool Emulator::create(const Image &toRun, Error &error, const Times &times) {
  image = &toRun;
  const ChipRecord &chip = image->chip;
  for (const Synapse &synapse : image->synapses)
    horizon = std::max<uint64_t>(horizon, synapse.delay + 1u);
  uint64_t neurons = image->neurons(), widest = 0;
  for (uint64_t core = 0; core < image->cores.size(); ++core)
    widest = std::max<uint64_t>(widest, image->endNeuron(core) -
                                            image->cores[core].firstNeuron);
  bool summing = chip.delivery == Delivery::Sum;
  if (!traffic.create(toRun, times, error))
    return false;
  if (!registers.resize(image->initial.size()) || !touched.resize(neurons) ||
      !sums.resize(summing ? chip.receptors * neurons * horizon : 0) ||
      !group.resize(summing ? widest * horizon : 0))
    return runtime::outOfMemory(error, "the emulator");
  for (uint64_t i = 0; i < registers.size(); ++i)
    registers[i] = image->initial[i];
  return true;
}

int64_t *Emulator::due(uint32_t receptor, uint64_t delay) {
  return sums.data() +
         (receptor * horizon + (traffic.now() + delay) % horizon) *
             image->neurons();
}

/// Runs a program on one neuron; whether it spikes.
bool Emulator::run(const Buffer<Instruction> &code, uint32_t neuron) {
  const ChipRecord &chip = image->chip;
  int64_t *state = registers.data() + uint64_t{neuron} * chip.registers;
  const int32_t *given =
      image->parameters.data() + uint64_t{neuron} * chip.parameters;
  std::copy_n(state, chip.registers, slots);
  std::copy_n(given, chip.parameters, slots + parameterSlot(chip));
  bool spikes = execute(code, image->registers, slots, counts.overflows);
  std::copy_n(slots, chip.registers, state);
  return spikes;
}

bool Emulator::spike(uint32_t neuron, Error &error) {
  if (!fired.push(neuron))
    return runtime::outOfMemory(error, "the spikes of a tick");
  return traffic.sendSpike(neuron, counts, error);
}

/// The events of one axon, each at once.
bool Emulator::deliverRow(uint32_t axon, Error &error) {
  const ChipRecord &chip = image->chip;
  uint32_t first = image->cores[traffic.coreOfAxon(axon)].firstNeuron;
  bool table = chip.weights == Weights::Table;
  if (chip.receptors > 1)
    slots[receptorSlot(chip)] = image->receptorOf(axon);
  auto types = static_cast<uint64_t>(chip.limits.weightTypes);
  for (uint64_t i = image->firstSynapse[axon];
       i < image->firstSynapse[axon + 1]; ++i) {
    const Synapse &synapse = image->synapses[i];
    uint32_t neuron = first + synapse.target;
    slots[weightSlot(chip)] =
        table
            ? image->weightTable[neuron * types +
                                 static_cast<uint8_t>(image->axonGroups[axon])]
            : synapse.weight;
    ++counts.synapticEvents;
    touched[neuron] = 1;
    if (run(image->synapseCode, neuron) && !spike(neuron, error))
      return false;
  }
  return true;
}

/// The events of one core, added up for the tick in which they act. Weights of
/// one exponent, receptor and delay are summed before the exponent applies,
/// because a negative one rounds.
void Emulator::deliverSums(uint32_t core, const uint32_t *from,
                           const uint32_t *to) {
  uint32_t first = image->cores[core].firstNeuron;
  uint32_t size = image->endNeuron(core) - first;
  while (from != to) {
    int8_t exponent = image->axonGroups[*from];
    uint32_t receptor = image->receptorOf(*from);
    for (; from != to && image->axonGroups[*from] == exponent &&
           image->receptorOf(*from) == receptor;
         ++from)
      for (uint64_t i = image->firstSynapse[*from];
           i < image->firstSynapse[*from + 1]; ++i) {
        const Synapse &synapse = image->synapses[i];
        group[uint64_t{synapse.delay} * size + synapse.target] +=
            synapse.weight;
        ++counts.synapticEvents;
        if (synapse.delay == 0)
          touched[first + synapse.target] = 1;
      }
    for (uint64_t delay = 0; delay < horizon; ++delay) {
      int64_t *sum = due(receptor, delay) + first;
      int64_t *part = group.data() + delay * size;
      for (uint32_t i = 0; i < size; ++i) {
        sum[i] = modular(static_cast<uint64_t>(sum[i]) +
                         static_cast<uint64_t>(scale(part[i], exponent)));
        part[i] = 0;
      }
    }
  }
}

bool Emulator::deliver(Error &error) {
  Buffer<uint32_t> &now = traffic.arrived(counts);
  for (uint64_t i = 0, end; i < now.size(); i = end) {
    uint32_t core = traffic.coreOfAxon(now[i]);
    for (end = i; end < now.size() && now[end] < image->endAxon(core);)
      ++end;
    if (image->chip.delivery == Delivery::Sum) {
      deliverSums(core, now.data() + i, now.data() + end);
      continue;
    }
    for (uint64_t k = i; k < end; ++k)
      if (!deliverRow(now[k], error))
        return false;
  }
  now.clear();
  return true;
}

bool Emulator::drain(Error &error) {
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

bool Emulator::update(Error &error) {
  const ChipRecord &chip = image->chip;
  bool summing = chip.delivery == Delivery::Sum;
  for (uint32_t neuron = 0; neuron < image->neurons(); ++neuron) {
    bool active = touched[neuron];
    for (uint32_t receptor = 0; receptor < chip.receptors; ++receptor) {
      int64_t *sum = summing ? due(receptor, 0) + neuron : nullptr;
      int64_t &input = slots[inputSlot(chip, receptor)];
      input = sum ? *sum : 0;
      active |= input != 0;
      if (sum)
        *sum = 0;
    }
    const int64_t *state = registers.data() + uint64_t{neuron} * chip.registers;
    for (uint32_t i = 0; i < chip.registers; ++i)
      active |= state[i] != 0;
    counts.updates += active;
    traffic.clock().updates(traffic.coreOf(neuron), active);
    ++counts.accesses;
    touched[neuron] = 0;
    if (run(image->tickCode, neuron) && !spike(neuron, error))
      return false;
  }
  return true;
}

bool Emulator::step(const uint32_t *lines, uint64_t count, Error &error) {
  fired.clear();
  traffic.beginTick();
  bool events = image->chip.timing == Timing::Events;
  for (uint64_t i = 0; i < count; ++i) {
    if (!traffic.sendInput(lines[i], counts, error) ||
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
