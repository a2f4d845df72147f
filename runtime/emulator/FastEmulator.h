//===- FastEmulator.h - Runs an image, many neurons at a time ---*- C++ -*-===//
//
// Shows, tick by tick, the spikes, states and counters that the reference
// engine (Emulator.h) shows: the same order of what matters, in rows, and on
// several threads. In a tick of a synchronous chip cores see nothing of each
// other, so threads share them out; spikes are sent in the order of neurons
// when all are done. On a chip of events each sees all that was before, and one
// thread does everything.
//
//===----------------------------------------------------------------------===//
#ifndef SNN_EMULATOR_FASTEMULATOR_H
#define SNN_EMULATOR_FASTEMULATOR_H

#include "runtime/emulator/CoreGroup.h"
#include "runtime/emulator/Traffic.h"
#include "runtime/lib/Threads/Team.h"

namespace snn::emulator {

class FastEmulator {
public:
  /// The image must have passed check() and outlive this. Of `threads` as many
  /// are used as have enough to do; they change nothing that is shown.
  bool create(const Image &image, Error &error, const Times &times = {},
              uint32_t threads = 1);

  /// One tick; `lines` are the inputs that spike, in their order, each less
  /// than the image's number of them.
  bool step(const uint32_t *lines, uint64_t count, Error &error);

  /// Neurons that spiked in the last tick, in their order.
  const Buffer<uint32_t> &spikes() const { return fired; }
  /// Numbers of outputs that were reached from it.
  const Buffer<uint32_t> &outputs() const { return traffic.outputs(); }
  int64_t state(uint32_t neuron, uint32_t index) const {
    return rows.states(index)[neuron];
  }
  const Counters &counters() const { return counts; }
  /// Link loads, and how long the chip takes.
  const Traffic &mesh() const { return traffic; }
  uint32_t threads() const { return team.size(); }

private:
  const Image *image = nullptr;
  Counters counts;
  Traffic traffic;
  NeuronRows rows;
  runtime::ObjectArray<CoreGroup> groups; // by thread
  runtime::Team team;
  runtime::ObjectArray<Error> failures; // by thread
  const Buffer<uint32_t> *arrived = nullptr;
  Buffer<uint32_t> fired;

  bool shareOut(uint32_t threads, Error &error);
  bool send(Buffer<uint32_t> &spikes, Error &error);
  bool drain(Error &error);
  bool workCores(Error &error);
  void takeCounts();
};

} // namespace snn::emulator

#endif // SNN_EMULATOR_FASTEMULATOR_H
