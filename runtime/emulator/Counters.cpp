//===- Counters.cpp - Energy from counts ----------------------------------===//
//
// A sum of products, as in the published energy models of such chips: each
// kind of event has one price.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Counters.h"

namespace snn::emulator {

Energy energyOf(const Counters &counters, const Costs &costs) {
  constexpr double Picojoule = 1e-12;
  auto price = [](uint64_t count, double each) {
    return each > 0 ? static_cast<double>(count) * each * Picojoule : 0.0;
  };
  Energy energy;
  energy.synapses = price(counters.synapticEvents, costs.synapse);
  energy.neurons = price(counters.accesses, costs.access) +
                   price(counters.updates, costs.update) +
                   price(counters.spikes, costs.spike);
  energy.network = price(counters.messages, costs.message) +
                   price(counters.hopsX, costs.hopX) +
                   price(counters.hopsY, costs.hopY);
  return energy;
}

} // namespace snn::emulator
