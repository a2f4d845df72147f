//===- Stands.cpp - Whether neurons do what others do ---------------------===//
//
// See the header. A relay is run for two ticks, with and without its spike:
// after both it must be as before, and spike in the first alone.
//
//===----------------------------------------------------------------------===//
#include "compiler/Target/Cores/Verify/Stands.h"

#include "runtime/emulator/Machine.h"

#include <algorithm>
#include <compare>
#include <optional>

using namespace snn::emulator;

namespace snn::target::cores {

namespace {

/// A synapse onto a neuron, with whom its spikes are of. Lines are numbered
/// after all neurons.
struct Arrival {
  uint32_t source;
  uint32_t ticks; // from the spike of the source
  uint32_t receptor;
  int32_t weight, exponent;
  auto operator<=>(const Arrival &) const = default;
};

class StandChecker {
public:
  StandChecker(const Image &image, std::span<const Stand> stands)
      : image(image), stands(stands) {}
  std::vector<std::string> run();

private:
  const Image &image;
  std::span<const Stand> stands;
  std::vector<uint32_t> of; // of each neuron, whom it stands for; itself
  std::vector<bool> isRelay, isAsked;
  std::vector<std::vector<Arrival>> arrivals; // as they come, of those asked
  std::vector<std::optional<uint32_t>> late;  // of each relay
  std::vector<std::string> found;

  void say(uint32_t neuron, const std::string &what) {
    found.push_back("neuron " + std::to_string(neuron) + " stands for neuron " +
                    std::to_string(of[neuron]) + ", but " + what);
  }
  bool read();
  void follow(uint32_t source, const Route &route, uint32_t early);
  void findDelays();
  std::vector<Arrival> resolved(uint32_t neuron) const;
  bool hasSameNumbers(uint32_t a, uint32_t b) const;
  bool passesOn(uint32_t relay) const;
};

} // namespace

bool StandChecker::read() {
  for (uint32_t n = 0; n < image.neurons(); ++n)
    of.push_back(n);
  isRelay.resize(of.size());
  isAsked.resize(of.size());
  for (const Stand &stand : stands)
    if (stand.of >= of.size() || stand.first > of.size() ||
        stand.count > of.size() - stand.first) {
      found.push_back("a neuron that is not there stands for another");
      return false;
    }
  for (const Stand &stand : stands)
    for (uint32_t n = stand.first; n < stand.first + stand.count; ++n) {
      of[n] = stand.of;
      isRelay[n] = stand.isRelay;
      isAsked[n] = isAsked[stand.of] = true;
    }
  return true;
}

void StandChecker::follow(uint32_t source, const Route &route, uint32_t early) {
  if (route.core == OutputCore)
    return;
  uint32_t axon = image.cores[route.core].firstAxon + route.axon;
  size_t types =
      image.neurons() ? image.weightTable.size() / image.neurons() : 0;
  for (uint64_t i = image.firstSynapse[axon]; i < image.firstSynapse[axon + 1];
       ++i) {
    const Synapse &synapse = image.synapses[i];
    uint32_t target = image.cores[route.core].firstNeuron + synapse.target;
    if (!isAsked[target])
      continue;
    auto group = static_cast<size_t>(image.axonGroups[axon]);
    bool isTable = types > 0;
    arrivals[target].push_back(
        {source, route.delay + uint32_t{synapse.delay} + early,
         image.receptorOf(axon),
         isTable ? image.weightTable[target * types + group] : synapse.weight,
         isTable ? 0 : image.axonGroups[axon]});
  }
}

/// How late relays are, from those that have none before them on.
void StandChecker::findDelays() {
  late.resize(of.size());
  for (bool isMore = true; isMore;) {
    isMore = false;
    for (uint32_t n = 0; n < of.size(); ++n) {
      if (!isRelay[n] || late[n] || arrivals[n].size() != 1)
        continue;
      const Arrival &only = arrivals[n].front();
      if (only.source >= of.size() || of[only.source] != of[n] ||
          (isRelay[only.source] && !late[only.source]))
        continue;
      late[n] = only.ticks + late[only.source].value_or(0);
      isMore = true;
    }
  }
}

std::vector<Arrival> StandChecker::resolved(uint32_t neuron) const {
  std::vector<Arrival> list = arrivals[neuron];
  for (Arrival &one : list)
    if (one.source < of.size()) {
      one.ticks += late[one.source].value_or(0);
      one.source = of[one.source];
    }
  std::ranges::sort(list);
  return list;
}

bool StandChecker::hasSameNumbers(uint32_t a, uint32_t b) const {
  auto same = [&](const auto &list) {
    size_t each = list.size() / image.neurons();
    return std::equal(list.begin() + a * each, list.begin() + (a + 1) * each,
                      list.begin() + b * each);
  };
  return same(image.parameters) && same(image.initial);
}

bool StandChecker::passesOn(uint32_t relay) const {
  size_t parameters = image.chip.parameters, registers = image.chip.registers;
  auto spikes = [&](int64_t weight, bool &isAsBefore) {
    Slots slots = {};
    for (size_t i = 0; i < registers; ++i)
      slots[i] = image.initial[relay * registers + i];
    for (size_t i = 0; i < parameters; ++i)
      slots[parameterSlot(image.chip) + i] =
          image.parameters[relay * parameters + i];
    bool isSum = image.chip.delivery == Delivery::Sum;
    slots[inputSlot(image.chip)] = isSum ? weight : 0;
    slots[weightSlot(image.chip)] = weight;
    Overflows overflows;
    bool early = weight && !isSum &&
                 execute(image.synapseCode, image.registers, slots, overflows);
    bool fires = execute(image.tickCode, image.registers, slots, overflows);
    for (size_t i = 0; i < registers; ++i)
      isAsBefore &= slots[i] == image.initial[relay * registers + i];
    return early || fires;
  };
  bool isAsBefore = true;
  bool driven = spikes(arrivals[relay].front().weight, isAsBefore),
       alone = spikes(0, isAsBefore);
  return driven && !alone && isAsBefore;
}

std::vector<std::string> StandChecker::run() {
  if (stands.empty() || !read())
    return found;
  arrivals.resize(of.size());
  for (uint32_t n = 0; n < of.size(); ++n)
    for (uint64_t i = image.firstRoute[n]; i < image.firstRoute[n + 1]; ++i)
      follow(n, image.routes[i], 1);
  for (uint64_t line = 0; line < image.inputs.size(); ++line)
    for (uint64_t i = image.inputs[line].firstRoute;
         i < image.endInputRoute(line); ++i)
      follow(static_cast<uint32_t>(of.size() + line), image.inputRoutes[i], 0);
  findDelays();
  for (uint32_t n = 0; n < of.size(); ++n) {
    if (isRelay[n]) {
      if (!late[n])
        say(n, "is no relay of its spikes alone");
      else if (!passesOn(n))
        say(n, "does not pass each of its spikes on");
    } else if (of[n] != n) {
      if (!hasSameNumbers(n, of[n]))
        say(n, "has other numbers");
      else if (resolved(n) != resolved(of[n]))
        say(n, "gets other spikes");
    }
  }
  return found;
}

std::vector<std::string> verifyStands(const Image &image,
                                      std::span<const Stand> stands) {
  return StandChecker(image, stands).run();
}

} // namespace snn::target::cores
