//===- Image.cpp - Whether an image can be run at all ---------------------===//
//
// Everything that an engine uses as an index or a size is compared with what
// it indexes, once, so that no file can make an engine read elsewhere.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Image.h"

#include <cinttypes>
#include <initializer_list>

namespace snn::emulator {
namespace {

bool refuse(Error &error, const char *what, uint64_t where) {
  return runtime::fail(error, RefusedFile, "E0801",
                       "the chip image is damaged: %s %" PRIu64, what, where);
}

bool knows(int64_t limit) { return limit >= Unknown; }

} // namespace

bool Image::checkChip(Error &error) const {
  if (memchr(chip.name, 0, sizeof chip.name) == nullptr)
    return refuse(error, "the chip's name ends nowhere in", sizeof chip.name);
  if (chip.timing > Timing::Events || chip.delivery > Delivery::Sum ||
      chip.merge > Merge::Or || chip.weights > Weights::Table ||
      chip.order > RouterOrder::Columns)
    return refuse(error, "an unknown kind in chip", 0);
  if (chip.timing == Timing::Events &&
      (chip.delivery != Delivery::Each || !chip.queue))
    return refuse(error, "events without a queue in chip", 0);
  if (chip.registers == 0 || chip.registers > MaxRegisters ||
      chip.registers != registers.size())
    return refuse(error, "its number of registers is", chip.registers);
  if (chip.parameters > MaxParameters)
    return refuse(error, "its number of parameters is", chip.parameters);
  if (chip.receptors == 0 || chip.receptors > MaxReceptors ||
      (chip.receptors > 1 && chip.weights == Weights::Table))
    return refuse(error, "its number of receptors is", chip.receptors);
  if (!chip.columns || !chip.rows || !chip.coresPerRouter ||
      chip.columns > 4096 || chip.rows > 4096 || chip.coresPerRouter > 4096)
    return refuse(error, "the size of its grid, columns", chip.columns);
  for (uint64_t i = 0; i < registers.size(); ++i)
    if (registers[i].low > 0 || registers[i].high < 0 ||
        registers[i].overflow > Overflow::Saturate || registers[i].reserved ||
        !memchr(registers[i].name, 0, sizeof registers[i].name))
      return refuse(error, "the format of register", i);
  const Limits &l = chip.limits;
  for (int64_t limit : {l.neurons, l.axons, l.routes, l.coreRoutes, l.synapses,
                        l.synapseBits, l.routeDelay, l.synapseDelay})
    if (!knows(limit))
      return refuse(error, "a negative limit in chip", 0);
  if (l.weightTypes < 0 || l.weightTypes > 64 ||
      (chip.weights == Weights::Table && l.weightTypes == 0))
    return refuse(error, "types of weights in chip", 0);
  return true;
}

bool Image::checkCode(const Buffer<Instruction> &code, const char *name,
                      Error &error) const {
  bool written[256] = {};
  for (uint32_t i = 0; i < firstTemporary(chip); ++i)
    written[i] = true;
  // What arrives has a meaning in one of the programs.
  bool isTick = &code == &tickCode;
  written[weightSlot(chip)] = !isTick;
  if (chip.receptors > 1)
    written[receptorSlot(chip)] = !isTick;
  for (uint32_t receptor = 0; receptor < chip.receptors; ++receptor)
    written[inputSlot(chip, receptor)] = isTick;
  for (uint64_t i = 0; i < code.size(); ++i) {
    const Instruction &step = code[i];
    auto kind = step.operation;
    if (static_cast<uint8_t>(kind) > LastOperation || step.reserved[0] ||
        step.reserved[1] || step.reserved[2])
      return refuse(error, name, i);
    bool conditional = kind == Operation::Store && step.b != Always;
    bool binary = (kind >= Operation::Add && kind <= Operation::Multiply) ||
                  (kind >= Operation::Minimum && kind <= Operation::Or) ||
                  kind == Operation::Select || conditional;
    if ((kind != Operation::Constant && !written[step.a]) ||
        (binary && !written[step.b]) ||
        (kind == Operation::Select && !written[step.c]))
      return refuse(error, name, i);
    if (kind == Operation::Spike)
      continue;
    if (kind == Operation::Store) {
      if (step.slot >= chip.registers)
        return refuse(error, name, i);
    } else {
      if (step.slot < firstTemporary(chip) || step.slot >= MaxSlots ||
          written[step.slot])
        return refuse(error, name, i);
      written[step.slot] = true;
    }
  }
  return true;
}

bool Image::checkCores(Error &error) const {
  uint64_t places = uint64_t{chip.columns} * chip.rows * chip.coresPerRouter;
  for (uint64_t i = 0; i < cores.size(); ++i) {
    const Core &core = cores[i];
    if (core.place >= places || core.reserved)
      return refuse(error, "the place of core", i);
    if ((i == 0 && (core.firstNeuron || core.firstAxon)) ||
        core.firstNeuron > endNeuron(i) || core.firstAxon > endAxon(i) ||
        endNeuron(i) - core.firstNeuron > 65536)
      return refuse(error, "the neurons or axons of core", i);
  }
  if (cores.empty() && (neurons() || axons()))
    return refuse(error, "neurons outside of cores,", neurons());
  return true;
}

bool Image::checkRoutes(const Buffer<Route> &list, const char *name,
                        Error &error) const {
  for (uint64_t i = 0; i < list.size(); ++i) {
    const Route &route = list[i];
    if (route.reserved)
      return refuse(error, name, i);
    if (route.core == OutputCore)
      continue;
    if (route.core >= cores.size() ||
        route.axon >= endAxon(route.core) - cores[route.core].firstAxon)
      return refuse(error, name, i);
  }
  return true;
}

bool Image::checkSynapses(Error &error) const {
  if (axonReceptors.size() != (chip.receptors > 1 ? axonGroups.size() : 0))
    return refuse(error, "receptors of axons, of which there are",
                  axonReceptors.size());
  if (firstSynapse.size() != axonGroups.size() + 1 || firstSynapse[0] != 0 ||
      firstSynapse[axonGroups.size()] != synapses.size())
    return refuse(error, "the number of axons is", axonGroups.size());
  for (uint64_t core = 0; core < cores.size(); ++core) {
    uint32_t size = endNeuron(core) - cores[core].firstNeuron;
    for (uint32_t axon = cores[core].firstAxon; axon < endAxon(core); ++axon) {
      int8_t group = axonGroups[axon];
      if (chip.weights == Weights::Table
              ? group < 0 || group >= chip.limits.weightTypes
              : group < -32 || group > 32)
        return refuse(error, "the group of axon", axon);
      if (receptorOf(axon) >= chip.receptors)
        return refuse(error, "the receptor of axon", axon);
      // Sums of a negative exponent are made together.
      auto order = [&](uint32_t one) {
        return static_cast<int32_t>(receptorOf(one)) * 128 + axonGroups[one];
      };
      if (chip.delivery == Delivery::Sum && axon > cores[core].firstAxon &&
          order(axon - 1) > order(axon))
        return refuse(error, "the order of axon", axon);
      if (firstSynapse[axon] > firstSynapse[axon + 1] ||
          firstSynapse[axon + 1] > synapses.size())
        return refuse(error, "the synapses of axon", axon);
      for (uint64_t i = firstSynapse[axon]; i < firstSynapse[axon + 1]; ++i)
        if (synapses[i].target >= size ||
            (chip.delivery == Delivery::Each && synapses[i].delay))
          return refuse(error, "the target of synapse", i);
    }
  }
  return true;
}

bool Image::check(Error &error) {
  if (!checkChip(error))
    return false;
  if (firstRoute.empty() || firstRoute[0] != 0 ||
      firstRoute.size() > UINT32_MAX || axonGroups.size() >= UINT32_MAX)
    return refuse(error, "the number of neurons is", firstRoute.size());
  count = firstRoute.size() - 1;
  if (parameters.size() != count * chip.parameters ||
      initial.size() != count * chip.registers ||
      weightTable.size() !=
          (chip.weights == Weights::Table
               ? count * static_cast<uint64_t>(chip.limits.weightTypes)
               : 0))
    return refuse(error, "parameters do not fit the number of neurons,", count);
  for (uint64_t i = 0; i < count; ++i)
    if (firstRoute[i] > firstRoute[i + 1] || firstRoute[i + 1] > routes.size())
      return refuse(error, "the routes of neuron", i);
  if (firstRoute[count] != routes.size())
    return refuse(error, "routes of no neuron, from", firstRoute[count]);
  for (uint64_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].firstRoute > endInputRoute(i) || inputs[i].reserved ||
        (i == 0 && inputs[i].firstRoute) ||
        (inputs[i].origin != NoCore && inputs[i].origin >= cores.size()))
      return refuse(error, "the routes of input", i);
  if (inputs.empty() && !inputRoutes.empty())
    return refuse(error, "routes of no input, from", 0);
  for (uint64_t i = 0; i < events.size(); ++i)
    if (events[i].line >= inputs.size() ||
        (i > 0 && events[i - 1].tick > events[i].tick))
      return refuse(error, "input event", i);
  for (uint64_t i = 0; i < initial.size(); ++i) {
    const Register &to = registers[i % chip.registers];
    if (initial[i] < to.low || initial[i] > to.high)
      return refuse(error, "the initial state of neuron", i / chip.registers);
  }
  return checkCode(synapseCode, "instruction of an event,", error) &&
         checkCode(tickCode, "instruction of a tick,", error) &&
         checkCores(error) && checkRoutes(routes, "route", error) &&
         checkRoutes(inputRoutes, "route of an input,", error) &&
         checkSynapses(error);
}

} // namespace snn::emulator
