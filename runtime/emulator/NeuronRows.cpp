//===- NeuronRows.cpp - States of all neurons, side by side ---------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/NeuronRows.h"

#include <algorithm>

namespace snn::emulator {

bool NeuronRows::create(const Image &toRun, Error &error) {
  image = &toRun;
  const ChipRecord &chip = image->chip;
  uint64_t neurons = image->neurons();
  for (const Synapse &synapse : image->synapses)
    horizon = std::max<uint64_t>(horizon, synapse.delay + 1u);
  bool summing = chip.delivery == Delivery::Sum;
  if (!registers.resize(neurons * chip.registers) ||
      !parameters.resize(neurons * chip.parameters) ||
      !events.resize(neurons) || !distinct.resize(image->axons()) ||
      !sums.resize(summing ? chip.receptors * neurons * horizon : 0) ||
      !dueNow.resize(chip.receptors * horizon))
    return runtime::outOfMemory(error, "the emulator");
  for (uint64_t n = 0; n < neurons; ++n) {
    for (uint32_t i = 0; i < chip.registers; ++i)
      registers[i * neurons + n] = image->initial[n * chip.registers + i];
    for (uint32_t i = 0; i < chip.parameters; ++i)
      parameters[i * neurons + n] = image->parameters[n * chip.parameters + i];
  }
  for (uint32_t core = 0; core < image->cores.size(); ++core) {
    uint32_t first = image->cores[core].firstNeuron;
    widest = std::max<uint64_t>(widest, image->endNeuron(core) - first);
    for (uint32_t axon = image->cores[core].firstAxon;
         axon < image->endAxon(core); ++axon) {
      rounds |= image->axonGroups[axon] < 0;
      distinct[axon] = 1;
      for (uint64_t i = image->firstSynapse[axon] + 1;
           i < image->firstSynapse[axon + 1]; ++i)
        distinct[axon] &=
            image->synapses[i - 1].target < image->synapses[i].target;
    }
  }
  return true;
}

void NeuronRows::beginTick(uint64_t now) {
  if (sums.empty())
    return;
  for (uint64_t i = 0; i < dueNow.size(); ++i)
    dueNow[i] = sums.data() +
                (i - i % horizon + (now + i) % horizon) * image->neurons();
}

} // namespace snn::emulator
