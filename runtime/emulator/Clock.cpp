//===- Clock.cpp - How long ticks take on the chip ------------------------===//
//
// See the header.
//
//===----------------------------------------------------------------------===//
#include "runtime/emulator/Clock.h"

#include <algorithm>

namespace snn::emulator {

bool Clock::create(const Image &image, const Times &given, Error &error) {
  times = given;
  if (!work.resize(image.cores.size()))
    return runtime::outOfMemory(error, "the emulator");
  for (uint64_t core = 0; core < work.size(); ++core)
    work[core].neurons = image.endNeuron(core) - image.cores[core].firstNeuron;
  return true;
}

void Clock::endTick() {
  double busiest = 0;
  for (Work &one : work) {
    double each = static_cast<double>(one.neurons) * times.access +
                  static_cast<double>(one.updates) * times.update +
                  static_cast<double>(one.operations) * times.synapse +
                  static_cast<double>(one.spikes) * times.spike +
                  static_cast<double>(one.messages) * times.message;
    busiest = std::max(busiest, each);
    one.operations = one.updates = one.spikes = one.messages = 0;
  }
  double tick = busiest + longest + times.barrier;
  total += tick;
  most = std::max(most, tick);
  longest = 0;
}

} // namespace snn::emulator
